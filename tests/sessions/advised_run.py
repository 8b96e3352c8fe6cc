#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every next step can be done as it stands (DESIGN "Details").

    advised_run.py SESSION ...
    advised_run.py PART PARTS    every PARTS-th of all sessions

Runs sessions as run.py does, and after each of their commands runs every
`aigenv ...` that it advised, in a terminal, as it was printed: in the session's
own folder, which is put back afterwards. A command that asks is answered with
Ctrl-C. It must not fail with a usage error, nor with the error that advised it,
mean another profile, or hold a word that stands for one: NAME would be stored.
"""

import os
import pathlib
import re
import shlex
import signal
import stat
import sys
import tempfile
import time

import run

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
ASKED_SECONDS = 10
IDLE_SECONDS = 0.5


class Folder:
    """The session's files as they were, to be put back."""

    def __init__(self, root):
        self.root = root
        self.files = {path: self.read(path) for path in root.rglob("*")}

    @staticmethod
    def read(path):
        status = path.lstat()
        if stat.S_ISREG(status.st_mode):
            content = path.read_bytes() if os.access(path, os.R_OK) else None
        elif stat.S_ISLNK(status.st_mode):
            content = os.readlink(path)
        else:
            content = None
        return status.st_mode, status.st_mtime_ns, content

    def put_back(self):
        for path in sorted(self.root.rglob("*"), reverse=True):
            if path not in self.files:
                path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        for path, (mode, time_ns, content) in sorted(self.files.items()):
            if os.path.lexists(path) and self.read(path) == (mode, time_ns, content):
                continue
            if stat.S_ISLNK(mode):
                path.unlink(missing_ok=True)
                path.symlink_to(content)
            elif stat.S_ISDIR(mode):
                path.mkdir(exist_ok=True)
                path.chmod(stat.S_IMODE(mode))
            elif stat.S_ISREG(mode) and content is not None:
                path.write_bytes(content)
                path.chmod(stat.S_IMODE(mode))
                os.utime(path, ns=(time_ns, time_ns))


def advised(said):
    """The commands in a text, each once."""
    said = SENT.sub("", said)
    return dict.fromkeys(QUOTED.findall(said) + WHOLE.findall(said))


class Session(run.Session):
    def __init__(self, path, binary, source):
        super().__init__(path, binary, source)
        self.path = path
        self.tried = set()
        self.wrong = []

    def do_command(self, command):
        super().do_command(command)
        self.try_advice(command)

    def do_terminal(self, command):
        super().do_terminal(command)
        self.try_advice(command)

    def try_advice(self, command):
        if GENERAL.search(command):
            return
        for line in advised(self.said):
            state = (line, *WHAT.findall(self.said))
            if state in self.tried:
                continue
            self.tried.add(state)
            fault = self.fault(line)
            if fault:
                self.wrong.append(f"{self.path}:{self.line}: `{line}` {fault}")

    def fault(self, line):
        """What is wrong with the advised command; None for nothing."""
        words = shlex.split(line)
        for word in words[1:]:
            if PLACEHOLDER.search(word):
                return f"holds the placeholder {word}"
        kept = Folder(self.root)
        try:
            status, said = self.run_in_terminal(line)
        finally:
            kept.put_back()
        if status == 2:
            return f"is wrong usage:\n{said}"
        same = set(WHAT.findall(said)) & set(WHAT.findall(self.said))
        if status not in (0, 130) and same:
            return f"ends with the same error: {same}"
        return None

    def run_in_terminal(self, line):
        terminal = run.Terminal("exec " + line, self.work, self.env, "400x50")
        try:
            end = time.monotonic() + ASKED_SECONDS
            while terminal.process.poll() is None and time.monotonic() < end:
                if not terminal.pump(IDLE_SECONDS) and terminal.process.poll() is None:
                    terminal.type(b"\x03")
            while terminal.pump(0):
                pass
            if terminal.process.poll() is None:
                os.killpg(terminal.process.pid, signal.SIGKILL)
                terminal.process.wait()
            return terminal.process.returncode, terminal.text()
        finally:
            terminal.close()


def main(paths):
    if paths and paths[0].isdigit():
        part, parts = (int(number) for number in paths)
        paths = sorted(pathlib.Path(__file__).parent.glob("*.session"))[part - 1::parts]
    source = pathlib.Path(__file__).resolve().parents[2]
    binary = pathlib.Path(os.environ.get("AIGENV_TEST_BINARY", source / "build/dev")).resolve()
    wrong, tried = [], 0
    for path in paths:
        session = Session(pathlib.Path(path), binary, source)
        try:
            session.run()
        except run.Skipped:
            pass
        except run.Failure as failure:
            wrong.append(f"{path}:{session.line}: {failure}")
        finally:
            session.close()
        wrong += session.wrong
        tried += len(session.tried)
    print("\n".join(wrong) or f"{tried} advised commands can be run as they stand")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
