#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Bytes that are no UTF-8, in every place where text comes in: options and arguments (from
the tables that `aigenv help --json` lists), variables of the environment, answers, files.

    odd_bytes.py options      every option that takes a value
    odd_bytes.py arguments    every command's arguments
    odd_bytes.py environment  the variables that are read
    odd_bytes.py shown        names of files, and long names that are cut

Where text is meant, a sentence refuses it with 2 or 3 and nothing changes: it is never
dropped, and never taken for something else. Where a file is meant, any byte can be in its
name; what is shown of it is UTF-8 all the same.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness
import helptext
from helptext import fail

ODD = [b"\xff", b"a\xffb", b"\xc3", b"\xed\xa0\x80", "小".encode()[:2], b"A=\xff", b"\xff=a",
       b"env=\xff.env", b"vars.\xff=x", b"vars.A=\xff", b"routes.\xff.model=m", b"[\"\xff\"]"]
FILES = {"FILE", "DIR", "VAULT", "SOURCE", "NAME=SOURCE"}
# Their arguments are names of files, or another program's.
TAKE_FILES = {"check", "import", "explain", "template render", "run", "complete"}

ANSWERS = {
    "account_id": harness.ACCOUNT, "gateway": harness.GATEWAY,
    "routes": [{"provider": "custom-xiaomi", "model": "mimo-v2.5"}], "pm2": {"app": "api"},
    "secrets": {"CF_AIG_TOKEN": harness.TOKEN, "MIMO_API_KEY": harness.KEY},
}


class Place:
    """A project with a vault, which no odd byte may change."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder) / "project"
        self.home = pathlib.Path(folder) / "home"
        self.folder.mkdir()
        self.home.mkdir()
        (self.folder / "server.js").write_text("")
        status, _, said = self.run(["init", "--answers", "-", "--no-input", "--no-verify"],
                                   json.dumps(ANSWERS).encode(), plain=True)
        if status:
            fail("init ended with", status, said)
        self.kept = self.files()

    def files(self):
        return {path: path.read_bytes() for root in (self.folder, self.home)
                for path in sorted(root.rglob("*")) if path.is_file()}

    def run(self, words, data=b"", plain=False, **more):
        """(status, document or None, stderr) of one command, with --json unless `plain`."""
        env = {b"PATH": os.fsencode(os.environ["PATH"]), b"HOME": os.fsencode(self.home),
               **{os.fsencode(name): value for name, value in more.items()}}
        argv = [os.fsencode(harness.AIGENV), *(() if plain else (b"--json",)),
                *(word if isinstance(word, bytes) else word.encode() for word in words)]
        done = subprocess.run(argv, input=data, capture_output=True, cwd=self.folder, env=env,
                              timeout=60, check=False)
        if done.returncode < 0 or b"Sanitizer" in done.stderr or b"runtime error" in done.stderr:
            fail(argv, "crashed", done.returncode, done.stderr.decode(errors="replace"))
        try:
            said = done.stderr.decode()
        except UnicodeDecodeError:
            fail(argv, "says what is no UTF-8:", done.stderr)
        if plain:
            return done.returncode, None, said
        try:
            document = json.loads(done.stdout)
        except (UnicodeDecodeError, json.JSONDecodeError):
            # run, age and completions print their own bytes.
            document = None
        return done.returncode, document, said

    def refuses(self, words, data=b"", **more):
        """Text is refused: by 2 or 3, with a sentence, and nothing is changed."""
        status, document, said = self.run(words, data, **more)
        if status not in (2, 3):
            fail(words, more, "ended with", status, document, said)
        self.is_told(words, document, said)

    def is_told(self, words, document, said):
        # To doctor it is one finding among others.
        if isinstance(document, dict) and any(
                one["severity"] == "error" and one["message"] for one in document.get("findings", ())):
            return
        if not isinstance(document, dict) or not document.get("error", {}).get("what"):
            fail(words, "has no sentence in JSON:", document, said)
        if not said.strip():
            fail(words, "says nothing")
        if self.files() != self.kept:
            fail(words, "changed a file")


def each_command():
    """(words, table) of each that can be run, the hidden ones too."""
    for name, table in helptext.commands().items():
        if not table["commands"]:
            yield [name], table
        for one in table["commands"]:
            yield [name, one["name"]], one


def options(place):
    overview = helptext.ask()
    count = 0
    for words, table in each_command():
        own = [(words, option) for option in table["options"]]
        shared = overview["options"] + (overview["vault_options"] if table["opens_vault"] else [])
        for at, option in own + [(words, option) for option in shared]:
            if not option["value"]:
                continue
            # Those that every command has are read by the same code.
            for odd in ODD if option in table["options"] else ODD[1:4]:
                given = [*at, f"--{option['name']}=".encode() + odd]
                count += 1
                if option["value"] not in FILES:
                    place.refuses(given)
                    continue
                status, document, said = place.run(given)
                if option["name"] == "out":
                    # A file may be called anything.
                    for path in set(place.files()) - set(place.kept):
                        path.unlink()
                    continue
                if option["name"] == "file" and not table["opens_vault"]:
                    continue
                if status == 0:
                    fail(given, "ended with 0 for a file that is not there", document, said)
                if words[0] != "age" and words[0] != "run":
                    place.is_told(given, document, said)
    if count < 500:
        fail("only", count, "options: the test is blind")


def arguments(place):
    count = 0
    for words, table in each_command():
        takes = len(table["usage"].replace("[OPTIONS]", "").split()) > 1 + len(words)
        if not takes:
            continue
        for odd in ODD:
            if " ".join(words) in TAKE_FILES:
                status, document, said = place.run([*words, b"--", odd])
                if status == 0 and words[0] != "complete":
                    fail(words, odd, "ended with 0", said)
                if words[0] not in ("run", "complete"):
                    place.is_told([*words, odd], document, said)
            else:
                place.refuses([*words, odd])
                place.refuses([*words, b"--", odd, odd])
            count += 1
    if count < 150:
        fail("only", count, "arguments: the test is blind")


def environment(place):
    for name in ("AIGENV_FILE", "AIGENV_PROFILE", "AIGENV_IDENTITY", "AIGENV_TRUST",
                 "AIGENV_PASSPHRASE_FILE", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "PM2_HOME",
                 "LANG", "LC_ALL", "HOME", "COLUMNS"):
        for odd in ODD:
            for words in (["config", "get"], ["apply", "--dry-run"], ["profile", "list"]):
                _, document, said = place.run(words, **{name: odd})
                if not isinstance(document, dict) or not document:
                    fail(words, name, odd, "has no document:", document, said)
    # A value that is to be kept is refused, whatever it comes by.
    for odd in ODD:
        place.refuses(["secret", "set", "KEY"], odd)
        place.refuses(["secret", "set", "KEY", "--from", "env:ODD"], ODD=odd)
        place.refuses(["init", "--no-input", "--no-verify", "--secret", "KEY=env:ODD"], ODD=odd)
        place.refuses(["init", "--no-input", "--no-verify", "--answers", "-"],
                      b'{"vars": {"A": "' + odd + b'"}}')
        place.refuses(["init", "--no-input", "--no-verify", "--answers", "-"],
                      b'{"vars": {"' + odd + b'": "x"}}')
        place.refuses(["init", "--no-input", "--no-verify", "--answers", "-"],
                      b'{"secrets": {"A": "' + odd + b'"}}')


def shown(place):
    # A folder and files of any name.
    odd = place.folder / os.fsdecode(b"\xfffolder")
    odd.mkdir()
    (odd / os.fsdecode(b"\xff.env")).write_bytes(b"A=1\nB=\xff\n")
    place.kept = place.files()
    status, document, said = place.run(["-C", b"\xfffolder", "import", "--dry-run", "--no-input",
                                        b"\xff.env", "-p", "other", "--account",
                                        harness.ACCOUNT])
    if status != 2 or "routes[0].model" not in document["error"]["what"]:
        fail("import of a file with an odd name:", status, document, said)
    if "B: " not in said or "UTF-8" not in said:
        fail("a value that is no text is not told:", said)
    status, document, said = place.run(["-C", b"\xfffolder", "-f", b"\xff.json", "config", "get"])
    if status == 0 or "\ufffd" not in document["error"]["where"]:
        fail("a vault of an odd name:", status, document)
    status, document, said = place.run(["render", "--out", b"\xff.out"])
    if status != 0 or document["out"] != "\ufffd.out":
        fail("render to an odd name:", status, document, said)
    # Sentences that are cut end at a whole character, where a byte more would not.
    for name in ("小" * 400, "x" + "小" * 400, "xx" + "小" * 400, "ß" * 700):
        for words in (["-p", name, "config", "get"], ["config", "get", name],
                      ["providers", "show", name], ["secret", "set", name], ["help", name],
                      ["config", "set", f"{name}=x"], ["init", "--no-input", "--model", name,
                                                       "--provider", name]):
            _, document, said = place.run(words, b"x")
            if not document or not document.get("error", {}).get("what"):
                fail(words, "has no sentence:", document, said)
            if "\ufffd" in json.dumps(document, ensure_ascii=False) + said:
                fail(words, "cuts a character in two:", document, said)


PARTS = {part.__name__: part for part in (options, arguments, environment, shown)}
with tempfile.TemporaryDirectory() as temporary:
    PARTS[sys.argv[1]](Place(temporary))
