#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""No text advises what is not there, or cannot be run: every `aigenv COMMAND ...`
in a string of the source is a command of the program, with options that it takes,
and with no word in it that stands for another. A command in a sentence stands in
backticks.

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
COMMAND = re.compile(r"(?:`(?:there: )?|^|(?:then|or|and|mean) )aigenv ([a-z][^`\";,]*)")
NOT_OURS = ("emulator", "manpages")
# What begins a sentence about the program itself.
PROSE = {"did", "stays", "writes", "sets", "is", "made", "does", "cannot", "has", "had", "and", "in"}


def literals(path):
    text = COMMENTS.sub(" ", path.read_text())
    for found in LITERALS.finditer(text):
        parts = LITERAL.findall(found.group())
        yield "".join(parts).replace("\\n", "\n")


def options_of(aigenv, *words):
    found = subprocess.run([aigenv, *words, "--help", "--json"], timeout=60,
                           capture_output=True, text=True, check=False)
    return json.loads(found.stdout) if found.returncode == 0 else None


PLACEHOLDER = re.compile(r"(?<![A-Z_$])(?:NAME|FILE|KEY|VALUE|FROM|TO|PROFILE|SLUG|FINGERPRINT|"
                         r"SOURCE|TEMPLATE|PATH|APP|URL|DIR|FOLDER|N|COMMAND|MODEL|ROUTE|ID)"
                         r"(?![A-Z_])|\.\.\.")
QUOTED = re.compile(r"`(?:there: )?(aigenv [^`]*)`")
# In a table of help or an example a command stands alone, with nothing before it.
IN_SENTENCE = re.compile(r"[a-z,;:] aigenv (?:-[A-Za-z] \S+ )*([a-z]+)\b")
# The form of a command, not one to be run.
FORMS = set()
# What others read: a line to be sent, the title of a schema.
NOT_ADVICE = ("send one of its writers this line", "to be let into a vault, send one of its writers",
              "AIGENV_TRUST=%s aigenv", "answers for aigenv init")


def unfit(text, commands):
    """What is wrong with the way in which commands stand in the text."""
    for line in QUOTED.findall(text):
        if PLACEHOLDER.search(line) and line not in FORMS:
            yield f"{line}: a placeholder would be taken for a value"
    if text.startswith(NOT_ADVICE):
        return
    for found in IN_SENTENCE.finditer(re.sub(r"`[^`]*`", "", text)):
        if found.group(1) not in PROSE and commands.find(found.group(1)):
            yield f"{text}: a command without backticks"


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
    folder = pathlib.Path(source)
    for path in sorted([*folder.rglob("*.c"), *folder.rglob("*.def")]):
        if path.relative_to(source).parts[0] in NOT_OURS:
            continue
        for text in literals(path):
            wrong += [f"{path}: {fault}" for fault in unfit(text, commands)]
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
