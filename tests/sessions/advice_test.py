#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""No text advises what is not there: every `aigenv COMMAND ...` in a string of
the source is a command of the program, with options that it takes.

    advice_test.py AIGENV SOURCE_FOLDER
"""

import json
import pathlib
import re
import subprocess
import sys

LITERALS = re.compile(r'"(?:[^"\\\n]|\\.)*"(?:\s*"(?:[^"\\\n]|\\.)*")*')
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
COMMENTS = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
# A command stands in backticks, behind "then" and its kin, or begins the text.
COMMAND = re.compile(r"(?:`|^|(?:then|or|and|mean) )aigenv ([a-z][^`\";,]*)")
NOT_OURS = ("emulator", "manpages")
# What begins a sentence about the program itself.
PROSE = {"did", "writes", "sets", "is", "made", "does", "cannot", "has", "had", "and", "in"}


def literals(path):
    text = COMMENTS.sub(" ", path.read_text())
    for found in LITERALS.finditer(text):
        parts = LITERAL.findall(found.group())
        yield "".join(parts).replace("\\n", "\n")


def options_of(aigenv, *words):
    found = subprocess.run([aigenv, *words, "--help", "--json"], timeout=20,
                           capture_output=True, text=True, check=False)
    return json.loads(found.stdout) if found.returncode == 0 else None


class Commands:
    """What the program says that it has; asked once a command."""

    def __init__(self, aigenv):
        self.aigenv = aigenv
        overview = options_of(aigenv)
        self.everywhere = {option["name"] for key in ("options", "vault_options")
                           for option in overview[key]}
        self.known = {}

    def find(self, *words):
        if words not in self.known:
            self.known[words] = options_of(self.aigenv, *words)
        return self.known[words]

    def fault(self, line):
        """What is wrong with the words behind `aigenv`; None for nothing."""
        words = re.sub(r"\{[^}]*\}|%[a-z0-9.*]+", "", line).split()
        command = self.find(words[0])
        if command is None:
            return "no such command"
        behind = words[1:]
        if command["commands"]:
            names = {entry["name"] for entry in command["commands"]}
            if not behind or behind[0] not in names:
                return None if not behind else "no such command"
            command = self.find(*words[:2])
        takes = self.everywhere | {option["name"] for option in command["options"]}
        for word in behind:
            if word == "--":
                break
            option = re.fullmatch(r"--([a-z][a-z-]+)(=.*)?", word)
            if option and option.group(1) not in takes:
                return f"no option --{option.group(1)}"
        return None


def main():
    aigenv, source = sys.argv[1:]
    commands = Commands(aigenv)
    wrong, seen = [], 0
    for path in sorted(pathlib.Path(source).rglob("*.c")):
        if path.relative_to(source).parts[0] in NOT_OURS:
            continue
        for text in literals(path):
            for found in COMMAND.finditer(text):
                line = found.group(1)
                if line.split()[0] in PROSE:
                    continue
                seen += 1
                fault = commands.fault(line)
                if fault:
                    wrong.append(f"{path}: aigenv {line}: {fault}")
    assert seen > 50, f"only {seen} commands were found: the test is blind"
    print("\n".join(wrong) or f"{seen} advised commands are all there")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
