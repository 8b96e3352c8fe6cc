#!/usr/bin/env python3
"""A pipe, a socket or a device where a file belongs: refused, never waited for.

What a person names for once (identity, SOURCE, FILE) may be a pipe, and its
writer is waited for.
"""

import contextlib
import json
import os
import pathlib
import pty
import signal
import socket
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import AIGENV, KEY, PATIENCE, TOKEN, Home, Nowhere, answers, main  # noqa: E402

# Far less than a test's own limit: hanging is what is looked for.

# Each command that reads what is put out of its place.
READERS = {
    "aigenv.json": [
        ["secret", "list"], ["secret", "reveal", "CF_AIG_TOKEN"],
        ["secret", "set", "MIMO_API_KEY", "--from", "env:NEW"],
        ["secret", "remove", "EXTRA"], ["config", "get"],
        ["config", "set", "vars.A=2"], ["profile", "list"], ["profile", "show"],
        ["profile", "copy", "production", "b"], ["seal", "--yes"], ["verify"],
        ["apply", "--no-verify"], ["render"], ["run", "--", "true"],
        ["init", "--no-verify", "--var", "A=3"],
    ],
    ".env": [["apply", "--no-verify"], ["apply", "--dry-run"], ["render"],
             ["init", "--no-verify"]],
    "ecosystem.config.cjs": [["apply", "--no-verify"], ["init", "--no-verify"]],
    "page.txt.mustache": [["apply", "--no-verify"], ["render", "page.txt"],
                          ["seal", "--yes"]],
}  # fmt: skip


def set_up(home):
    outputs = [
        {"template": "env", "path": ".env"},
        {"template": "ecosystem", "path": "ecosystem.config.cjs"},
        {"template": "./page.txt.mustache", "path": "page.txt"},
    ]
    (home.project / "server.js").touch()
    (home.project / "page.txt.mustache").write_text("{{CF_AIG_BASE_URL}}\n")
    home.aigenv(
        "init", "--answers", "-", "--no-input", "--no-verify",
        stdin=json.dumps(answers(Nowhere, pm2={"app": "web"}, outputs=outputs)),
    )  # fmt: skip


def put_pipe(path):
    os.mkfifo(path, 0o600)


def put_socket(path):
    # Its own path may be longer than an address can be.
    made = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(path.parent)
    try:
        made.bind(path.name)
    finally:
        os.chdir(here)
        made.close()


def put_device(path):
    os.mknod(path, 0o600 | 0o020000, os.makedev(1, 5))  # zero: without an end


def put_folder(path):
    path.mkdir()


KINDS = {"pipe": put_pipe, "socket": put_socket, "folder": put_folder}
if os.geteuid() == 0:
    KINDS["device"] = put_device


def is_refused(home, path, commands, status=3):
    kept = path.read_bytes()
    for word, put in KINDS.items():
        path.unlink()
        put(path)
        for command in commands:
            done = home.aigenv(
                *command, "--no-input", status=None, stdin="", timeout=PATIENCE,
                more={"NEW": "sk-another0123456789"},
            )  # fmt: skip
            assert done.returncode == status, (word, command, done)
            assert f"is a {word}, not a file" in done.stderr, (word, command, done)
            assert path.name in done.stderr, (word, command, done)
            assert not path.is_file(), (word, command)
        path.rmdir() if word == "folder" else path.unlink()
        path.write_bytes(kept)
        path.chmod(0o600)


def files_of_the_project_are_refused():
    with Home() as home:
        set_up(home)
        for name, commands in READERS.items():
            is_refused(home, home.project / name, commands)
        home.aigenv("apply", "--no-verify", "--no-input")


def what_a_machine_remembers_is_refused():
    with Home() as home:
        set_up(home)
        states = list((home.home / ".local/state/aigenv/vaults").glob("*/*.json"))
        assert states
        for state in states:
            if not state.name.endswith(".proven.json"):
                is_refused(home, state, [["secret", "list"], ["apply", "--no-verify"]])


def no_output_takes_the_place_of_a_device():
    with Home() as home:
        set_up(home)
        for word, put in KINDS.items():
            path = home.project / "out"
            put(path)
            done = home.aigenv("render", "--out", "out", status=3, timeout=PATIENCE)
            assert f"is a {word}, not a file" in done.stderr, done
            assert not path.is_file()
            path.rmdir() if word == "folder" else path.unlink()


def late_writer(path, content):
    """Writes into the pipe once somebody reads it, and some time after that."""

    def write():
        with open(path, "wb") as pipe:
            time.sleep(0.3)
            pipe.write(content)

    threading.Thread(target=write, daemon=True).start()


def what_a_person_names_may_be_a_pipe():
    with Home() as home:
        set_up(home)
        identity = home.home / ".config/aigenv/identity.txt"
        pipe = home.root / "pipe"
        os.mkfifo(pipe, 0o600)
        given = {
            "identity": (identity.read_bytes(), ["secret", "list"],
                         {"AIGENV_IDENTITY": str(pipe)}),
            "SOURCE": (b"sk-piped0123456789\n",
                       ["secret", "set", "MIMO_API_KEY", "--from", f"@{pipe}"], {}),
            "import": (f"CF_AIG_TOKEN={TOKEN}\n".encode(),
                       ["import", str(pipe), "--dry-run"], {}),
            "explain": (b"HTTP/1.1 401 Unauthorized\n\n", ["explain", str(pipe)], {}),
            "answers": (b'{"vars":{"A":"2"}}',
                        ["init", "--no-verify", "--answers", str(pipe)], {}),
        }  # fmt: skip
        for name, (content, command, more) in given.items():
            late_writer(pipe, content)
            done = home.aigenv(
                *command, "--no-input", status=None, more=more, timeout=PATIENCE
            )
            assert "not a file" not in done.stderr, (name, done)
            assert "cannot open" not in done.stderr, (name, done)
            assert done.returncode in (0, 2, 5), (name, done)
        revealed = home.aigenv("secret", "reveal", "MIMO_API_KEY")
        assert revealed.stdout == "sk-piped0123456789", revealed
        assert KEY not in revealed.stdout


def a_file_under_a_lease_is_an_error_of_the_disk():
    """Opening without waiting fails there, where a plain open would wait."""
    with Home() as home:
        set_up(home)
        hold = (
            "import fcntl, signal, sys\n"
            "signal.signal(signal.SIGIO, signal.SIG_IGN)\n"
            "file = open(sys.argv[1], 'r+b')\n"
            "fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK)\n"
            "print('held', flush=True)\n"
            "sys.stdin.read()\n"
        )
        path = home.project / "aigenv.json"
        holder = subprocess.Popen(
            [sys.executable, "-c", hold, str(path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        try:
            if holder.stdout.readline() != b"held\n":
                print("  (left out: this file system has no leases)")
                return
            done = home.aigenv("secret", "list", status=7, timeout=PATIENCE)
            assert "aigenv.json" in done.stderr, done
        finally:
            holder.send_signal(signal.SIGKILL)
            holder.wait()
            holder.stdout.close()


def what_an_editor_saves_while_the_file_is_mended_stays():
    """It waits in the midst for who reads what it changes."""
    with Home() as home:
        path = home.project / ".env"
        terminal, screen = pty.openpty()
        path.write_text("".join(f"K{i} = {i}\n" for i in range(9000)))
        path.chmod(0o600)
        mending = subprocess.Popen(
            [AIGENV, "check", "--fix", ".env"], stdout=screen, stderr=subprocess.PIPE,
            cwd=home.project, env=home.environment, text=True,
        )  # fmt: skip
        os.close(screen)
        os.read(terminal, 1)
        path.write_text("K=saved\n")
        with contextlib.suppress(OSError):  # the end of a terminal
            while os.read(terminal, 65536):
                pass
        os.close(terminal)
        said = mending.communicate()[1]
        assert mending.returncode == 8 and "run the command again" in said, said
        assert path.read_text() == "K=saved\n"
        assert [one.name for one in home.project.iterdir()] == [".env"]


TESTS = [
    what_an_editor_saves_while_the_file_is_mended_stays,
    files_of_the_project_are_refused,
    what_a_machine_remembers_is_refused,
    no_output_takes_the_place_of_a_device,
    what_a_person_names_may_be_a_pipe,
    a_file_under_a_lease_is_an_error_of_the_disk,
]

if __name__ == "__main__":
    main(TESTS)
