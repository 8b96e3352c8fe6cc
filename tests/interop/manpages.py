#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The man pages, as mandoc and man-db see them.

    manpages.py lint      mandoc has nothing to say against them, nor has groff
    manpages.py text      a reader gets each topic's words, unharmed
    manpages.py commands  aigenv(1) has each command, option, example and exit code
    manpages.py settings  aigenv-settings(5) says what each setting's value may be
    manpages.py install   cmake --install puts them where man looks
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness

MAN = harness.BINARY / "man"
# What mandoc says of pages that are not part of its own system.
INHERENT = ("operating system explicitly specified", "referenced manual not found",
            "outdated mandoc.db")


def fail(*words):
    sys.exit("FAILED: " + " ".join(str(word) for word in words))


def pages():
    found = sorted(MAN.glob("*.[15]"))
    if len(found) < 2:
        fail("no pages in", MAN)
    return found


def run(*words, **more):
    return subprocess.run(
        [str(word) for word in words], capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8", **more})


def shown(page, width=80):
    """What man shows, in lines of that many columns."""
    done = run("man", "--warnings", "--no-hyphenation", "-l", page, MANWIDTH=str(width))
    if done.returncode or done.stderr:
        fail("man -l", page, done.stderr)
    return done.stdout


def flat(text):
    """Words alone: where a line breaks is the reader's own matter."""
    return " ".join(text.split())


def ask(*words):
    return json.loads(run(harness.AIGENV, "help", *words, "--json").stdout)


def lint():
    for page in pages():
        said = run("mandoc", "-T", "lint", "-W", "style", page).stdout.splitlines()
        if strange := [line for line in said if not any(one in line for one in INHERENT)]:
            fail(*strange)
        shown(page)
    with tempfile.NamedTemporaryFile("w", suffix=".1") as broken:
        broken.write(".Dd x\n.Dt X 1\n.Os\n.Sh NAME\n.Bl -tag\n")
        broken.flush()
        if run("mandoc", "-T", "lint", "-W", "style", broken.name).returncode == 0:
            fail("a broken page passes: the test is blind")


def text():
    everything = flat(" ".join(shown(page, 1000) for page in pages()).replace("`", ""))
    count = 0
    for topic in ask("topics")["topics"]:
        words = flat(ask(topic["name"])["text"].replace("`", ""))
        for sentence in re.split(r"(?<=[.:]) ", words):
            count += 1
            if sentence not in everything:
                fail("no page has, of the topic", topic["name"] + ":", sentence)
    if count < 50:
        fail("only", count, "sentences: the test is blind")


def each_command(commands):
    for command in commands:
        yield command
        yield from each_command(command["commands"])


def option_line(option):
    """As the page has it: -o, --out FILE"""
    letter = f"-{option['letter']}, " if option["letter"] else ""
    return f"{letter}--{option['name']}" + (f" {option['value']}" if option["value"] else "")


def commands():
    page = flat(shown(MAN / "aigenv.1", 1000).replace("`", ""))
    overview = ask()
    hidden = [ask(name) for name in ("age", "template")]
    for command in each_command(overview["commands"] + hidden):
        wanted = [command["usage"], command["summary"][1:]]
        wanted += [flat(option_line(one)) for one in command["options"]]
        wanted += [one["help"] for one in command["options"]]
        wanted += [one["says"] for one in command["examples"] if one["says"]]
        if command["exit_codes"] and not command["commands"]:
            wanted.append("Exit status: " + ", ".join(map(str, sorted(command["exit_codes"]))))
        for words in wanted:
            if flat(words.replace("`", "")) not in page:
                fail(command["usage"], "lacks:", words)
        for example in command["examples"]:
            if example["command"].replace("`", "") not in page.replace(" \\ ", " "):
                fail("no example", example["command"])
    for option in overview["options"] + overview["vault_options"]:
        if option_line(option) not in page:
            fail("no option", option_line(option))


def settings():
    """Each setting that `help settings` has, with what its value may be."""
    page = shown(MAN / "aigenv-settings.5", 1000)
    values = page[page.index("\nVALUES\n"):page.index("\nREADERS\n")]
    keys = [row.split()[0] for row in ask("settings")["text"].splitlines()
            if re.match(r"  [a-z][\w.]+  +\S", row)]
    for key in keys:
        if not re.search(rf"^ +{re.escape(key)}  +(a |an |true )", values, re.M) \
                and not key.startswith("vars."):
            fail("no value of", key)
    for wanted in ("1 to 36500", "header, stored, unified", "--route-name NAME of init"):
        if wanted not in flat(values):
            fail("no", wanted)
    if len(keys) < 20:
        fail("only", len(keys), "settings: the test is blind")


def install():
    with tempfile.TemporaryDirectory(prefix="aigenv-man-") as folder:
        done = run("cmake", "--install", harness.BINARY, "--prefix", folder)
        if done.returncode:
            fail(done.stderr)
        for page in pages():
            name, section = page.name.rsplit(".", 1)
            found = run("man", "-w", section, name, MANPATH=f"{folder}/share/man").stdout
            if f"share/man/man{section}/{page.name}" not in found:
                fail("man does not find", page.name, "but", found)


PARTS = {"lint": lint, "text": text, "commands": commands, "settings": settings,
         "install": install}

if __name__ == "__main__":
    for word in sys.argv[1:] or PARTS:
        PARTS[word]()
