#!/usr/bin/env python3
"""Streams and limits that a caller may give: closed, full, empty, too small."""

import itertools
import json
import os
import pathlib
import resource
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import AIGENV, EMULATOR, Emulator, Home, answers, main  # noqa: E402

# Each command that has something to say on stdout.
TALKERS = [
    ["secret", "reveal", "CF_AIG_TOKEN"], ["secret", "list"], ["config", "get"],
    ["config", "get", "gateway"], ["profile", "list"], ["profile", "show"],
    ["render"], ["apply", "--no-verify"], ["apply", "--dry-run"], ["verify", "--curl"],
    ["verify"], ["init", "--no-verify"], ["key", "show"], ["key", "show", "--age"],
    ["providers", "list"], ["providers", "show", "openai"],
    ["explain", "answer.txt"], ["import", "more.env", "--dry-run"],
    ["template", "render", "--data", "data.json", "--escape", "none", "t.txt"],
    ["help"], ["help", "exit-codes"], ["help", "apply"], ["apply", "--help"],
    ["version"], ["--version"], ["--help"],
]  # fmt: skip

# Those that say nothing where all is well: --json makes them speak.
SILENT = [
    ["secret", "set", "EXTRA", "--from", "env:NEW"],
    ["config", "set", "vars.A=2"],
    ["secret", "remove", "EXTRA"],
]


def set_up(home, emulator):
    home.aigenv(
        "init", "--answers", "-", "--no-input", "--no-verify",
        stdin=json.dumps(answers(emulator, pm2={"app": "web", "script": "server.js"})),
    )  # fmt: skip
    (home.project / "answer.txt").write_text("HTTP/1.1 401 Unauthorized\n\n")
    (home.project / "more.env").write_text("MORE=1\n")
    (home.project / "data.json").write_text("{}")
    (home.project / "t.txt").write_text("text\n")


def shell(home, line, status=None, **options):
    return home.run(
        "bash", "-c", line, "bash", AIGENV, status=status,
        more={"NEW": "new-value", **options.pop("more", {})}, **options,
    )  # fmt: skip


def words(command):
    return '"$1" ' + " ".join(f"'{word}'" for word in command)


def what_cannot_be_said_is_an_error():
    with Emulator() as emulator, Home() as home:
        set_up(home, emulator)
        for command in [*TALKERS, *(["--json", *command] for command in SILENT[:2])]:
            usual = shell(home, words(command) + " </dev/null")
            assert usual.returncode in (0, 1, 5), (command, usual)
            if not usual.stdout:
                # `verify` says it on stderr, `explain` may.
                command = ["--json", *command]
            for where in (">&-", ">/dev/full"):
                done = shell(home, f"{words(command)} {where} </dev/null")
                expected = 7 if usual.returncode in (0, 1) else usual.returncode
                assert done.returncode == expected, (command, where, done)
                if expected == 7:
                    assert "stdout" in done.stderr, (command, where, done)


def silence_needs_no_stdout():
    with Emulator() as emulator, Home() as home:
        set_up(home, emulator)
        for command in SILENT:
            shell(home, words(command) + " >&- </dev/null", status=0)


def the_emulator_says_so_too():
    with Home() as home:
        for option in ("--version", "--help", "--port 0"):
            for where in (">&-", ">/dev/full"):
                done = home.run(
                    "bash", "-c", f'timeout 60 "$1" {option} {where}', "bash", EMULATOR,
                    status=None,
                )  # fmt: skip
                assert done.returncode == 7, (option, where, done)


def no_file_takes_the_number_of_a_closed_stream():
    """Of any of the three; what is written there then would land in that file."""
    with Emulator() as emulator, Home() as home:
        set_up(home, emulator)
        for count in (1, 2, 3):
            for closed in itertools.combinations(range(3), count):
                close = " ".join(f"{number}{'<' if number == 0 else '>'}&-" for number in closed)
                for command in (
                    ["secret", "set", "EXTRA", "--from", "env:NEW"],
                    ["config", "set", f"vars.A={close}"],
                    ["apply", "--no-verify"], ["render"], ["secret", "list"], ["verify"],
                ):  # fmt: skip
                    done = shell(home, f"{words(command)} {close}", timeout=60)
                    assert done.returncode in (0, 7), (command, close, done)
                    json.loads((home.project / "aigenv.json").read_text())
                    assert "\naigenv" not in (home.project / ".env").read_text()
        home.aigenv("secret", "list")
        home.aigenv("apply", "--no-verify", "--no-input")


def a_child_gets_no_file_of_ours_either():
    with Emulator() as emulator, Home() as home:
        set_up(home, emulator)
        done = shell(
            home, f"{words(['run', '--', 'sh', '-c', 'ls -l /proc/self/fd'])} 0<&- 2>&-"
        )
        assert "aigenv" not in done.stdout and "identity" not in done.stdout, done


def nothing_replaces_a_secret_but_a_value():
    with Emulator() as emulator, Home() as home:
        set_up(home, emulator)
        (home.project / "empty").touch()
        (home.project / "newline").write_text("\n")
        sources = [
            ("", "</dev/null"), ("", "<&-"), ("", "<empty"), ("", "<newline"),
            ("", "<<<''"), ("--from - ", "</dev/null"), ("--from @empty ", ""),
            ("--from @newline ", ""), ("--from env:EMPTY ", ""), ("--from fd:0 ", "<&-"),
            ("--from fd:7 ", ""), ("--from fd:7 ", "7<empty"),
        ]  # fmt: skip
        for name in ("CF_AIG_TOKEN", "MIMO_API_KEY", "EXTRA"):
            if name == "EXTRA":
                home.aigenv("secret", "set", name, stdin="kept")
            before = home.aigenv("secret", "reveal", name).stdout
            for option, stream in sources:
                done = shell(
                    home, f'"$1" secret set {name} {option}{stream}', more={"EMPTY": ""}
                )
                assert done.returncode in (3, 7), (name, option, stream, done)
                assert done.stderr.count("\n  next") == 1, done
                assert home.aigenv("secret", "reveal", name).stdout == before
        given = {"vars": {}, "secrets": {"EXTRA": ""}}
        home.aigenv(
            "init", "--answers", "-", "--no-verify", stdin=json.dumps(given), status=3
        )
        shell(home, '"$1" init --no-verify --secret EXTRA=@empty </dev/null', status=3)
        assert home.aigenv("secret", "reveal", "EXTRA").stdout == "kept"


def too_few_descriptors_are_no_network_fault():
    with Emulator() as emulator, Home() as home:
        set_up(home, emulator)
        for count in range(5, 16):
            for command in ("verify", "apply"):
                done = shell(home, f'ulimit -n {count}; exec "$1" {command} 0<&1')
                assert done.returncode in (0, 7), (count, command, done)
                assert "connect_failed" not in done.stdout + done.stderr, (count, done)
                if done.returncode == 7:
                    assert "ulimit -n" in done.stderr or "open files" in done.stderr, done
        assert done.returncode == 0, done


def limited(size):
    def limit():
        # As a shell's child has it; Python itself ignores the signal.
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def a_limit_on_the_size_of_files_is_an_error_like_any():
    with Emulator() as emulator, Home() as home:
        set_up(home, emulator)
        environment = {**home.environment, "NEW": "new-value"}
        before = (home.project / "aigenv.json").read_bytes()
        for size in (0, 1, 100):
            done = subprocess.run(
                [AIGENV, "secret", "set", "EXTRA", "--from", "env:NEW"],
                cwd=home.project, env=environment, preexec_fn=limited(size),
                stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert done.returncode == 7, (size, done)
            assert "ulimit -f" in done.stderr, (size, done)
            assert (home.project / "aigenv.json").read_bytes() == before
            assert not list(home.project.glob(".*.aigenv-*"))
        with (home.project / "out").open("wb") as out:
            done = subprocess.run(
                [AIGENV, "secret", "reveal", "CF_AIG_TOKEN"],
                cwd=home.project, env=environment, preexec_fn=limited(4),
                stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE, check=False,
            )  # fmt: skip
        assert done.returncode == 7, done
        assert b"stdout" in done.stderr, done


def too_small_a_stack_is_said():
    if "ASAN_OPTIONS" in os.environ:
        print("  (left out: a sanitizer needs a larger one by itself)")
        return
    deep = "[" * 20000
    with Emulator() as emulator, Home() as home:
        set_up(home, emulator)
        (home.project / "answer.txt").write_text(f"HTTP/1.1 401 Unauthorized\n\n{deep}")
        (home.project / "data.json").write_text(deep)
        for kib in (64, 100, 128, 255, 256):
            for command in [*TALKERS, ["run", "--", "true"]]:
                done = shell(home, f"ulimit -s {kib}; exec {words(command)} </dev/null")
                if kib < 256:
                    assert done.returncode == 7, (kib, command, done)
                    assert "the stack is limited to" in done.stderr, (kib, command, done)
                    assert "ulimit -s" in done.stderr, (kib, command, done)
                else:
                    assert done.returncode in (0, 1, 3, 5), (kib, command, done)
            done = home.run(
                "bash", "-c", f'ulimit -s {kib}; timeout 60 "$1" --help', "bash", EMULATOR,
                status=None,
            )  # fmt: skip
            assert done.returncode == (7 if kib < 256 else 0), (kib, done)


def a_child_gets_its_signals_as_they_were():
    with Emulator() as emulator, Home() as home:
        set_up(home, emulator)
        ask = ["run", "--", "sh", "-c", "grep SigIgn /proc/self/status"]
        plain = shell(home, words(ask), status=0).stdout
        assert int(plain.split()[1], 16) == 0, plain
        ignored = shell(home, f"trap '' XFSZ PIPE USR1; {words(ask)}", status=0).stdout
        bits = int(ignored.split()[1], 16)
        for number in (signal.SIGXFSZ, signal.SIGPIPE, signal.SIGUSR1):
            assert bits & 1 << (number - 1), (number, ignored)


TESTS = [
    what_cannot_be_said_is_an_error,
    silence_needs_no_stdout,
    the_emulator_says_so_too,
    no_file_takes_the_number_of_a_closed_stream,
    a_child_gets_no_file_of_ours_either,
    nothing_replaces_a_secret_but_a_value,
    too_few_descriptors_are_no_network_fault,
    a_limit_on_the_size_of_files_is_an_error_like_any,
    too_small_a_stack_is_said,
    a_child_gets_its_signals_as_they_were,
]

if __name__ == "__main__":
    main(TESTS)
