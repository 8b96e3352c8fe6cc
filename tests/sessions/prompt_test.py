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


def ending_signals():
    """All that end a program which has no handler; SIGINT is answered."""
    harmless = {
        signal.SIGKILL, signal.SIGSTOP, signal.SIGCONT, signal.SIGCHLD, signal.SIGURG,
        signal.SIGWINCH, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU,
        # Ignored: a write to a closed pipe, or beyond a limit, is an error like any.
        signal.SIGPIPE, signal.SIGXFSZ,
    }
    faults = {
        signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGSEGV,
        signal.SIGSYS, signal.SIGTRAP,
    }
    ending = signal.valid_signals() - harmless
    # A sanitizer has handlers of its own for these.
    return sorted(ending - faults if "ASAN_OPTIONS" in os.environ else ending)


def test_being_ended_restores_the_terminal(term):
    for hidden in (False, True):
        for number in ending_signals():
            terminal = open_terminal(term)
            if hidden:
                to_key(terminal)
            else:
                terminal.wait_for("Paste:")
            terminal.process.send_signal(number)
            expected = 130 if number == signal.SIGINT else -number
            assert terminal.finish() == expected, (number, hidden)
            terminal.close()


def test_after_a_sigstop_nothing_is_echoed(term):
    """Nobody can answer a SIGSTOP; the shell sets the terminal its own way."""
    shell = "exec bash -c 'set -m; saved=$(stty -g); prompt-trial; stty $saved; echo ready; fg'"
    terminal = open_terminal(term, shell)
    to_key(terminal)
    terminal.type(b"half")
    child = foreground_of(terminal)
    os.killpg(child, signal.SIGSTOP)
    terminal.wait_for("ready")
    terminal.wait_for("Key, hidden:")
    terminal.type(b"hidden-still\r")
    terminal.wait_for("answer 12 <>")
    terminal.wait_for("Go on?")
    terminal.type(b"\x03")
    assert terminal.finish() == 130
    assert b"hidden-still" not in terminal.screen
    terminal.close()


def test_after_a_sigstop_a_visible_line_can_be_edited(term):
    shell = "exec bash -c 'set -m; saved=$(stty -g); prompt-trial; stty $saved; echo ready; fg'"
    terminal = open_terminal(term, shell)
    terminal.wait_for("Paste:")
    terminal.type(b"half")
    os.killpg(foreground_of(terminal), signal.SIGSTOP)
    terminal.wait_for("ready")
    terminal.wait_for("Paste:")
    terminal.type(b"ab\x7fc\r")
    terminal.wait_for("answer 2 <ac>")
    terminal.wait_for("Model")
    terminal.type(b"\x03")
    assert terminal.finish() == 130
    terminal.close()


def foreground_of(terminal):
    """The process group that has the terminal: the trial's, not the shell's."""
    group = os.tcgetpgrp(terminal.master)
    assert group != terminal.process.pid
    return group


def test_in_the_background_the_terminal_is_left_alone(term):
    """A shell that goes on meanwhile has its own settings on it."""
    shell = (
        "exec bash -c 'set -m; prompt-trial; before=$(stty -g); bg; sleep 0.3; "
        'test "$before" = "$(stty -g)" && echo untouched; kill %1; sleep 0.3; '
        'test "$before" = "$(stty -g)" && echo untouched still; '
        "kill -CONT %1; wait %1; echo over'"
    )
    terminal = open_terminal(term, shell)
    to_key(terminal)
    terminal.type(b"half\x1a")
    terminal.wait_for("untouched")
    terminal.wait_for("untouched still")
    terminal.wait_for("over")
    terminal.finish()
    terminal.close()


def test_a_nul_is_refused_and_asked_again(term):
    terminal = open_terminal(term)
    to_key(terminal)
    terminal.type(b"k\0ey\r")
    terminal.wait_for("the answer has a NUL character")
    terminal.wait_for("Key, hidden:")
    terminal.type(b"k\r")
    terminal.wait_for("answer 1 <>")
    terminal.wait_for("Go on?")
    terminal.type(b"\x03")
    assert terminal.finish() == 130
    terminal.close()


def found_in_memory(pid, *texts):
    """Which of the texts the process has in memory that it can write."""
    needles = {
        text: (text.encode(), text.encode("utf-32-le")) for text in texts
    }
    found = set()
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            place, rights, *_ = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(number, 16) for number in place.split("-"))
            memory.seek(start)
            try:
                content = memory.read(end - start)
            except OSError:
                continue
            found |= {text for text, forms in needles.items() if any(f in content for f in forms)}
    return found


def test_what_was_typed_does_not_stay_in_memory(term):
    """Libedit keeps the last line, and what was cut; it may have been a key."""
    terminal = open_terminal(term)
    terminal.wait_for("Paste:")
    pid = terminal.process.pid
    terminal.type(b"typed-visibly")
    terminal.wait_for("typed-visibly")
    try:
        assert found_in_memory(pid, "typed-visibly"), "the test sees nothing"
    except PermissionError:
        print("  (left out: another process's memory is not ours to read here)")
        terminal.close()
        return
    terminal.type(b"\r")
    terminal.wait_for("Model")
    for key in (b"\x15", b"\x17", b"\x01\x0b"):
        terminal.type(b"cut-by-mistake" + key)
    terminal.type(b"gpt-4o\r")
    terminal.wait_for("Key, hidden:")
    terminal.type(b"typed-hidden\r")
    terminal.wait_for("Go on?")
    left, end = True, time.monotonic() + run.SCREEN_SECONDS
    while left and time.monotonic() < end:
        left = found_in_memory(pid, "typed-visibly", "cut-by-mistake", "typed-hidden")
    assert not left, left
    terminal.type(b"\x03")
    assert terminal.finish() == 130
    terminal.close()


def main():
    tests = [value for name, value in globals().items() if name.startswith("test_")]
    for test in tests:
        for term in ("xterm-256color", "dumb"):
            if term == "dumb" and "visible_field" in test.__name__:
                continue
            if "in_memory" in test.__name__ and "ASAN_OPTIONS" in os.environ:
                continue  # a sanitizer keeps what was freed
            test(term)
            print("ok", term, test.__name__.replace("_", " "))
    return 0


if __name__ == "__main__":
    sys.exit(main())
