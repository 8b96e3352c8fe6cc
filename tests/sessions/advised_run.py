#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every next step can be done as it stands (DESIGN "Details"), and every sentence
is one text of the catalogue.

    advised_run.py SESSION ...
    advised_run.py PART PARTS    every PARTS-th of all sessions

Runs sessions in the language of marks.py, which looks at what is said; and after
each of their commands runs every `aigenv ...` that it advised, in a terminal, as
it was printed: in the session's own folder, which is put back afterwards. A
command that asks is answered with Ctrl-C. It must not fail with a usage error,
nor with the error that advised it, mean another profile, or hold a word that
stands for one: NAME would be stored.
"""

import pathlib
import re
import shlex
import subprocess
import sys
import termios
import time

import marks
import run
from folder import Folder

# What is advised stands in backticks, or is all of a next step.
QUOTED = re.compile(r"`(aigenv(?: [^`]*)?)`")
WHOLE = re.compile(r"^ +next +(aigenv .*)$", re.M)
# What is to be sent to somebody else is for that one to run.
SENT = re.compile(r"send one of [^`]*`[^`]*`")
WHAT = re.compile(r"^aigenv: (.*)$", re.M)
PLACEHOLDER = re.compile(
    r"(?:^|[=.:@/])(?:NAME|FILE|KEY|VALUE|FROM|TO|PROFILE|SLUG|TOKEN|FINGERPRINT|SOURCE|TEMPLATE|"
    r"PATH|OUTPUT|APP|URL|DIR|FOLDER|N|SHELL|COMMAND|MODEL|ROUTE|ID|VAR)(?=$|[=.:@/])|\.\.\.|^<")
# A usage line shows the form alone, and a topic tells of commands in general.
GENERAL = re.compile(r"\baigenv (?:\S+ )*?(help|--help|-h)\b|\bhelp\b")
# How often a question that is still there gets another Ctrl-C.
AGAIN_SECONDS = 0.5


def advised(said):
    """The commands in a text, each once."""
    said = SENT.sub("", marks.without(said))
    return dict.fromkeys(QUOTED.findall(said) + WHOLE.findall(said))


class Session(marks.Session):
    def __init__(self, path, binary, source):
        super().__init__(path, binary, source)
        self.path = path
        self.tried = set()
        self.wrong = []

    def was_said(self, command):
        super().was_said(command)
        self.try_advice(command)

    def try_advice(self, command):
        if GENERAL.search(command):
            return
        held = set(WHAT.findall(self.said))
        for line in advised(self.said):
            state = (line, *held)
            if state in self.tried:
                continue
            self.tried.add(state)
            status, fault = self.fault(line, held)
            if fault:
                self.wrong.append(f"{self.path}:{self.line}: `{line}` {fault}")
            if status == 130:
                # It was not done, so what comes after it may meet the same error.
                held = set()

    def fault(self, line, errors):
        """How the advised command ended, and what is wrong with that."""
        words = shlex.split(line)
        for word in words[1:]:
            if PLACEHOLDER.search(word):
                return None, f"holds the placeholder {word}"
        kept = Folder(self.root)
        try:
            status, said = self.run_in_terminal(line)
        finally:
            kept.put_back()
        if status == 2:
            return status, f"is wrong usage:\n{said}"
        same = set(WHAT.findall(said)) & errors
        if status not in (0, 130) and same:
            return status, f"ends with the same error: {same}"
        return status, None

    def run_in_terminal(self, line):
        terminal = run.Terminal("exec " + line, self.work, self.env, "400x50")
        try:
            end = time.monotonic() + run.SCREEN_SECONDS
            while terminal.process.poll() is None:
                if asks(terminal):
                    terminal.type(b"\x03")
                    terminal.pump(AGAIN_SECONDS)
                terminal.pump(0.02)
                if time.monotonic() > end:
                    raise run.Failure(f"`{line}` is still running; on the screen:\n"
                                      f"{terminal.text()}")
            while terminal.pump(0):
                pass
            return terminal.process.returncode, terminal.text()
        finally:
            terminal.close()


def asks(terminal):
    """Whether it is at a question: only then it takes keys one by one; or it reads
    what is pasted up to a Ctrl-D, as it says."""
    return (not termios.tcgetattr(terminal.slave)[3] & termios.ICANON
            or "Ctrl-D" in terminal.text())


def main(paths):
    if paths and paths[0].isdigit():
        part, parts = (int(number) for number in paths)
        paths = sorted(pathlib.Path(__file__).parent.glob("*.session"))[part - 1::parts]
    marks.make_catalogue()
    wrong, tried = [], 0
    for path in paths:
        session = Session(pathlib.Path(path), marks.BINARY, marks.SOURCE)
        try:
            session.run()
        except run.Skipped:
            pass
        except (run.Failure, subprocess.TimeoutExpired) as failure:
            wrong.append(f"{path}:{session.line}: {failure}")
        finally:
            session.close()
        wrong += session.wrong + [f"{path}:{fault}" for fault in session.faults]
        tried += len(session.tried)
    print("\n".join(wrong) or f"{len(paths)} sessions are whole sentences, and {tried} advised "
          "commands can be run as they stand")
    return 1 if wrong or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
