#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The hidden prompt under a real shell: what is pasted there is never run by it."""

import os
import pathlib
import shutil
import sys
import tempfile

import run

BINARY = pathlib.Path(os.environ["AIGENV_TEST_BINARY"]).resolve()
SOURCE = pathlib.Path(__file__).resolve().parents[2]
VECTORS = SOURCE / "tests/vectors/vault"


class Shell:
    """An interactive bash in a folder with a vault."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="aigenv-shell-"))
        shutil.copy(VECTORS / "one.json", self.folder / "aigenv.json")
        shutil.copy(VECTORS / "identities/alice.txt", self.folder / "identity.txt")
        (self.folder / "identity.txt").chmod(0o600)
        kept = ("ASAN_OPTIONS", "UBSAN_OPTIONS")
        env = {
            "PATH": f"{BINARY}:/usr/bin:/bin", "HOME": str(self.folder), "LANG": "C.UTF-8",
            "TERM": "dumb", "PS1": "ready> ", "XDG_STATE_HOME": str(self.folder / "state"),
            "AIGENV_IDENTITY": str(self.folder / "identity.txt"),
            **{name: os.environ[name] for name in kept if name in os.environ},
        }
        self.terminal = run.Terminal("exec bash --norc --noprofile -i", self.folder, env, "80x24")
        self.terminal.wait_for("ready>")

    def ask(self):
        self.terminal.type(b"aigenv secret set EXTRA\r")
        self.terminal.wait_for("Value of EXTRA:")

    def ended(self):
        """Waits for the shell; returns the exit status."""
        self.terminal.type(b"echo st''atus=$?,\r")
        self.terminal.wait_for("status=<ANY>,")
        shown = self.terminal.text()[: self.terminal.seen]
        self.terminal.wait_for("ready>")
        return int(shown.rsplit("status=", 1)[1].rstrip(","))

    def value(self):
        self.terminal.type(b"aigenv secret reveal EXTRA | od -c | cat; echo shown,\r")
        self.terminal.wait_for("shown,")
        before = self.terminal.seen
        self.terminal.wait_for("shown,")
        return self.terminal.text()[before : self.terminal.seen]

    def ran_something(self):
        return (self.folder / "RUN").exists()

    def close(self):
        self.terminal.type(b"exit\r")
        self.terminal.close()
        shutil.rmtree(self.folder, ignore_errors=True)


# What is pasted all at once, and how the command then ends.
PASTES = {
    b"half\0other\rtouch RUN\r": 3,
    b"\0touch RUN\rtouch RUN\r": 3,
    b"\0\rtouch RUN\r": 3,
    b"\x04touch RUN\rtouch RUN\r": 2,
    b"\x04\rtouch RUN\r": 2,
    b"half\x04touch RUN\rtouch RUN\r": 0,
    b"half\x03touch RUN\rtouch RUN\r": 130,
    b"first\rtouch RUN\r": 0,
    b"\rtouch RUN\r": 0,
    b"k" * 70000 + b"\rtouch RUN\r": 3,
}


def test_what_is_pasted_is_never_run():
    for paste, expected in PASTES.items():
        shell = Shell()
        try:
            shell.ask()
            shell.terminal.type(paste)
            shell.terminal.wait_for("ready>")
            assert shell.ended() == expected, (paste[:40], shell.terminal.text())
            assert not shell.ran_something(), paste[:40]
        finally:
            shell.close()


def test_a_paste_of_several_lines_is_one_value():
    shell = Shell()
    try:
        shell.ask()
        shell.terminal.type(b"first\rsecond\r")
        shell.terminal.wait_for("ready>")
        shown = shell.value()
        assert "f   i   r   s   t  \\n   s   e   c   o   n   d" in shown, shown
    finally:
        shell.close()


def test_an_empty_answer_is_no_value():
    shell = Shell()
    try:
        shell.ask()
        shell.terminal.type(b"\r")
        shell.terminal.wait_for("EXTRA is empty")
        shell.terminal.wait_for("ready>")
        assert shell.ended() == 3
    finally:
        shell.close()


def main():
    tests = [value for name, value in globals().items() if name.startswith("test_")]
    for test in tests:
        test()
        print("ok", test.__name__.replace("_", " "))
    return 0


if __name__ == "__main__":
    sys.exit(main())
