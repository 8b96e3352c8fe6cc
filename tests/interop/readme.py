#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""README.md says what is so.

    readme.py blocks      what it has of help's texts is the same there
    readme.py links       every relative link leads to something
    readme.py commands    every `aigenv ...` in it has a command and options that exist
    readme.py examples    its examples run, one after the other
    readme.py write       brings the blocks up to date
"""

import pathlib
import re
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness
import helptext
import project
from helptext import fail

README = harness.SOURCE / "README.md"
# A newcomer reads it in five minutes; the rest is looked up in help.
LINES = 250
BLOCK = re.compile(r"(<!-- from: aigenv help (\S+) -->\n```\w+\n)(.*?)(```\n<!-- end -->)", re.S)
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.S | re.M)


def block_of(topic):
    """Of the app's lines the client: it begins with an import."""
    return next(block for block in helptext.blocks(topic) if block.startswith("import "))


def with_blocks(text):
    return BLOCK.sub(lambda found: found[1] + block_of(found[2]) + found[4], text)


def blocks():
    text = README.read_text("utf8")
    if not BLOCK.search(text):
        fail("no block seen: the test is blind")
    if text != with_blocks(text):
        fail("a block is old: run tests/interop/readme.py write")
    if text.count("\n") > LINES:
        fail("README.md has", text.count("\n"), "lines, more than", LINES)


def write():
    README.write_text(with_blocks(README.read_text("utf8")), "utf8")


def anchor(heading):
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def links():
    text = FENCE.sub("", README.read_text("utf8"))
    anchors = {anchor(found) for found in re.findall(r"^#+ (.*)$", text, re.M)}
    found = re.findall(r"\]\(([^)]+)\)", text)
    for link in found:
        if link.startswith("https://"):
            continue
        if link.startswith("#") and link[1:] not in anchors:
            fail("no heading for", link)
        if not link.startswith("#") and not (harness.SOURCE / link).exists():
            fail("nothing at", link)
    if len(found) < 5:
        fail("no links seen: the test is blind")


def command_lines(text):
    for language, block in FENCE.findall(text):
        if language in ("sh", "text"):
            for line in helptext.joined(block):
                if re.match(r"(?:.*\| |.*\$\()?aigenv ", line):
                    yield line
    yield from re.findall(r"`(aigenv [^`]*)`", FENCE.sub("", text).replace("\n", " "))


def commands():
    checker = helptext.Checker()
    lines = list(command_lines(README.read_text("utf8")))
    for line in lines:
        checker.check(line)
    if len(lines) < 15:
        fail("only", len(lines), "commands: the test is blind")


def examples():
    found = [block for language, block in FENCE.findall(README.read_text("utf8"))
             if language == "sh"]
    with tempfile.TemporaryDirectory(prefix="aigenv-readme-") as name, \
            project.emulator() as emulator:
        folder = pathlib.Path(name)
        project.fill(folder, emulator)
        for block in found:
            # The one thing that a reader has and this test has not: Cloudflare.
            block = block.replace("init -p alice-dev",
                                  f"init -p alice-dev --origin {emulator.origin}")
            project.run(folder, block, emulator)
    if len(found) < 4:
        fail("only", len(found), "blocks: the test is blind")


PARTS = {"blocks": blocks, "links": links, "commands": commands, "examples": examples,
         "write": write}

if __name__ == "__main__":
    for word in sys.argv[1:] or [part for part in PARTS if part != "write"]:
        PARTS[word]()
