#!/usr/bin/python3
"""The models of the readers of env files, compared with the readers themselves.

    reader_models.py PROGRAM READER [COUNT [SEED]]

COUNT files are made at random, of pieces in which readers are known to differ,
and read by the reader and by its models. Every name and value that a model gives
as certain has to be what the reader has, and nothing else may be there; where a
model says that a value depends on the environment its name alone is compared.
A reader of which several versions are installed is compared version by version.
"""

import json
import os
import random
import subprocess
import sys
import tempfile

import env_readers

PROGRAM = sys.argv[1]
PIECES = ["A=", "B=", "C= ", "D =", "E_1: ", "export F=", "export  F=", "export G", "A", "b.c=", "d-e=", "1x=",
          "=", "'", "'", '"', '"', "`", "\\", "\\n", "\\'", '\\"', "\\\\", "\\$", "$A", "${A}",
          "${NO:-x}", "$1", "$", "#", " #", "x", "it", "é", "\u00a0", " ", "  ", "\t", "\n", "\n",
          "\n", "\n", "\r\n", ";", "&", "|", "(", ")", "{", "}", "~", "=\"", "a!b", "a:b", "\n# c\n"]
# Files of few odd pieces: in most of the others some reader stops at once.
PLAIN = ["A=1\n", "B='x y'\n", "C=\"x y\"\n", "\n", "# c\n", "D=\n", "E='it'\n"]


def text_at_random(chance):
    if chance.random() < 0.3:
        return "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 20)))
    parts = []
    for _ in range(chance.randint(1, 3)):
        parts += chance.choices(PLAIN, k=chance.randint(0, 2))
        line = chance.choice("ABCDEFG") + "="
        quote = chance.choice(["", "", "'", '"', "`"])
        inner = "".join(chance.choice(PIECES) for _ in range(chance.randint(0, 5)))
        parts.append(line + quote + inner + quote + chance.choice(["", "", " ", " # c", "x"]) +
                     chance.choice(["\n", "\n", "\n", "\r\n", ""]))
    return "".join(parts)


def may_run(text):
    """What a shell would run, beyond a command that is not found; `export` behind something
    else in its line is such a command."""
    inner = any(text[at - 1] != "\n" for at in range(1, len(text)) if text.startswith("export", at))
    return inner or "$(" in text or "`" in text.replace("``", "")


def from_models(folder, reader, count):
    done = subprocess.run([PROGRAM, folder, reader, str(count)], stdout=subprocess.PIPE, check=True)
    versions = {}
    for line in done.stdout.splitlines():
        file, version, seen, end = json.loads(line)
        values = [(bytes.fromhex(name).decode("utf-8", "replace"),
                   bytes.fromhex(value).decode("utf-8", "replace"), kind)
                  for name, value, kind in seen]
        versions.setdefault(version, {})[file] = (values, end)
    return versions


def expected(reader, seen, end):
    """What the environment is, and which values of it are not known."""
    if end == "refused":
        return None, set()
    values, unknown = {}, set()
    for name, value, kind in seen:
        if reader == "rust-dotenv" and (name in values or name in unknown):
            continue
        values.pop(name, None)
        unknown.discard(name)
        if kind == "expanded":
            unknown.add(name)
        else:
            values[name] = value
    return values, unknown


def differs(reader, model, got):
    seen, end = model
    values, unknown = expected(reader, seen, end)
    got = {} if got == [] else got  # an empty array of PHP's
    if values is None or got is None:
        # A shell that stops has what stands above: nobody starts an app then.
        return not ((values is None or end == "ended") and got is None)
    if end == "ended":
        return False
    if reader == "next" and not got and unknown:
        return False  # it gives up where two variables refer to each other
    if reader == "node":
        values = {n.replace("\r", ""): v for n, v in values.items()}
    return {n: v for n, v in got.items() if n not in unknown and v is not None} != values


def main():
    reader = sys.argv[2]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 300
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else 20260103
    found = env_readers.find(reader)
    chance = random.Random(seed)
    texts = [text for text in (text_at_random(chance) for _ in range(count)) if not may_run(text)]
    failures = certain = 0
    with tempfile.TemporaryDirectory() as folder:
        for i, text in enumerate(texts):
            if reader == "bash":
                # Bash would replace itself by a file's last command.
                texts[i] = text = text + "\n:\n"
            with open(os.path.join(folder, "%d.env" % i), "w", encoding="utf-8", newline="") as file:
                file.write(text)
        versions = from_models(folder, reader, len(texts))
        for label, version, read in found:
            got = read(folder, len(texts))
            model = versions[version]
            for i, text in enumerate(texts):
                certain += len(model[i][0])
                if differs(reader, model[i], got.get(i)):
                    failures += 1
                    if failures <= 15:
                        print("FAIL %s reads %r\n  as %r\n  its model %r"
                              % (label, text, got.get(i), model[i]))
    print("%s: %d files, %d assignments, %d failures" % (reader, len(texts), certain, failures))
    if certain == 0:
        print("no assignment was compared: the test is blind")
    return 1 if failures or certain == 0 else 0


sys.exit(main())
