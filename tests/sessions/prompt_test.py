#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a session cannot type: long pastes, Ctrl-Z, signals from elsewhere."""

import os
import pathlib
import signal
import sys
import tempfile
import time

import run

BINARY = pathlib.Path(os.environ["AIGENV_TEST_BINARY"]).resolve()


def open_terminal(term, command="exec prompt-trial"):
    env = {"PATH": f"{BINARY}:/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": term,
           **{name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ}}
    return run.Terminal(command, tempfile.gettempdir(), env, "80x24")


def to_key(terminal):
    terminal.wait_for("Paste:")
    terminal.type(b"\r")
    terminal.wait_for("Model")
    terminal.type(b"\r")
    terminal.wait_for("Key, hidden:")


def test_a_long_paste_into_the_hidden_field_arrives_whole(term):
    terminal = open_terminal(term)
    to_key(terminal)
    terminal.type(b"k" * 20000 + b"\r")
    terminal.wait_for("answer 20000 <>")
    terminal.wait_for("Go on?")
    terminal.type(b"\x03")
    assert terminal.finish() == 130
    assert b"kkk" not in terminal.screen
    terminal.close()


def test_a_paste_beyond_the_limit_is_refused_and_asked_again(term):
    terminal = open_terminal(term)
    to_key(terminal)
    terminal.type(b"k" * 65536 + b"\r")
    terminal.wait_for("longer than 65535 bytes")
    terminal.wait_for("Key, hidden:")
    terminal.type(b"k\r")
    terminal.wait_for("Go on?")
    terminal.type(b"\x04")
    assert terminal.finish() == 2
    terminal.close()


def test_a_long_paste_into_a_visible_field_arrives_whole(term):
    terminal = open_terminal(term)
    terminal.wait_for("Paste:")
    terminal.type(b"\x1b[200~" + b"curl \\\r-H 'a: b' \\\r" * 400 + b"\x1b[201~\r")
    terminal.wait_for(f"answer {19 * 400 - 1} <curl")
    terminal.wait_for("Model")
    terminal.type(b"\x03")
    assert terminal.finish() == 130
    terminal.close()


def test_stopping_restores_the_terminal_and_asks_again(term):
    """Under a shell with job control: a lone process cannot be stopped."""
    shell = "exec bash -c 'set -m; prompt-trial; stty -a | grep -q \" icanon\" && echo sane; fg; fg'"
    terminal = open_terminal(term, shell)
    terminal.wait_for("Paste:")
    terminal.type(b"half\x1a")
    terminal.wait_for("sane")
    terminal.wait_for("Paste:")
    terminal.type(b"\r")
    terminal.wait_for("initial 0 <>")
    terminal.wait_for("Model")
    terminal.type(b"\r")
    terminal.wait_for("Key, hidden:")
    terminal.type(b"half\x1a")
    terminal.wait_for("Key, hidden:")
    terminal.type(b"abc\r")
    terminal.wait_for("answer 3 <>")
    terminal.wait_for("Go on?")
    terminal.type(b"\x03")
    assert terminal.finish() == 130
    terminal.close()


def test_being_ended_restores_the_terminal(term):
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        for hidden in (False, True):
            terminal = open_terminal(term)
            if hidden:
                to_key(terminal)
            else:
                terminal.wait_for("Paste:")
            time.sleep(0.05)
            terminal.process.send_signal(number)
            expected = 130 if number == signal.SIGINT else -number
            assert terminal.finish() == expected, (number, hidden)
            terminal.close()


def main():
    tests = [value for name, value in globals().items() if name.startswith("test_")]
    for test in tests:
        for term in ("xterm-256color", "dumb"):
            if term == "dumb" and "visible" in test.__name__:
                continue
            test(term)
            print("ok", term, test.__name__.replace("_", " "))
    return 0


if __name__ == "__main__":
    sys.exit(main())
