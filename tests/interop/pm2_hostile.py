#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A PM2 daemon and a saved list that say anything: `status` and `apply` end as
they should, and print no value and nothing that drives a terminal."""

import json
import os
import pathlib
import random
import socket
import struct
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import Home, main  # noqa: E402

KEY = "sk-abcdefghijklmnopqrstuvwx"
ANSWERS = {
    "account_id": "0123456789abcdef0123456789abcdef", "gateway": "g",
    "routes": [{"provider": "openai", "model": "gpt-5-mini"}],
    "pm2": {"app": "web", "script": "./app.js"},
    "secrets": {"CF_AIG_TOKEN": "tok-abcdefghijklmnopqrstuvwx", "OPENAI_API_KEY": KEY},
}
RECORD = {
    "name": "web", "status": "online", "exec_mode": "fork_mode", "pm_exec_path": "/srv/app.js",
    "pm_cwd": "/srv", "exec_interpreter": "node", "args": ["a"], "node_args": [],
    "instances": 1, "restart_time": 0, "pm_uptime": 1, "CF_AIG_TOKEN": "x",
    "OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": "https://api.openai.com/v1",
}
ODD = [None, True, -1, 2**62, 1.5, "x\x1b[31m\u202e", "", "web", "A" * 9000, "a\0b",
       [None, ["x", {"a": 1}]], {"a": [1, None]}]


def record(chance):
    """PM2's record of an app, with some members exchanged."""
    return {name: chance.choice(ODD) if chance.random() < 0.4 else value
            for name, value in RECORD.items()}


def item(chance):
    return {
        "name": "web" if chance.random() < 0.8 else chance.choice(ODD),
        "pm_id": chance.choice([0, None, "x", 2**62]),
        "pid": chance.choice([0, 1, -5, 2**40, "x", os.getpid()]),
        "pm2_env": record(chance) if chance.random() < 0.95 else chance.choice(ODD),
    }


def answer(chance):
    items = [item(chance) for _ in range(chance.randint(0, 4))]
    document = {"args": [items] if chance.random() < 0.9 else chance.choice(ODD)}
    parts = (b"j:" + json.dumps(document).encode(), b"s:aigenv")
    frame = b"\x12" + b"".join(struct.pack(">I", len(part)) + part for part in parts)
    return frame[:chance.randint(0, len(frame))] if chance.random() < 0.1 else frame


def serve(listener, said):
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            try:
                connection.recv(65536)
                connection.sendall(said[0])
            except OSError:
                pass


def whatever_pm2_says_nothing_breaks_and_nothing_leaks():
    chance = random.Random(20261128)
    with Home() as home, socket.socket(socket.AF_UNIX) as listener:
        (home.project / "app.js").write_text("")
        folder = home.root / "pm2"
        folder.mkdir()
        home.environment.update(PM2_HOME=str(folder), PATH="/usr/bin:/bin")
        home.aigenv("init", "--answers", "-", "--no-input", "--no-verify",
                    stdin=json.dumps(ANSWERS))
        listener.bind(str(folder / "rpc.sock"))
        listener.listen(16)
        said = [b""]
        threading.Thread(target=serve, args=(listener, said), daemon=True).start()
        for _ in range(25):
            said[0] = answer(chance)
            (folder / "dump.pm2").write_text(json.dumps([record(chance) for _ in range(3)]))
            for command in (("status",), ("status", "--json"), ("apply", "--no-verify")):
                done = home.aigenv(*command, status=None)
                both = done.stdout + done.stderr
                assert done.returncode in (0, 1), (command, done)
                assert "Sanitizer" not in both and KEY not in both and "\x1b" not in both and "\u202e" not in both, both


def frame(document):
    parts = (b"j:" + document, b"s:aigenv")
    return b"\x12" + b"".join(struct.pack(">I", len(part)) + part for part in parts)


def set_up(home, folder):
    (home.project / "app.js").write_text("")
    home.environment.update(PM2_HOME=str(folder), PATH="/usr/bin:/bin")
    home.aigenv("init", "--answers", "-", "--no-input", "--no-verify", stdin=json.dumps(ANSWERS))


def look(home, **more):
    """`status` and `apply` end, and say nothing that is secret or drives a terminal."""
    said = ""
    for command in (("status",), ("apply", "--no-verify")):
        done = home.aigenv(*command, status=None, timeout=60, more=more)
        said += done.stdout + done.stderr
        assert done.returncode in (0, 1), (command, done)
    assert KEY not in said and "\x1b" not in said and "Sanitizer" not in said, said
    return said


def a_list_of_any_size_is_read_or_given_up():
    with Home() as home, socket.socket(socket.AF_UNIX) as listener:
        folder = home.root / "pm2"
        folder.mkdir()
        set_up(home, folder)
        listener.bind(str(folder / "rpc.sock"))
        listener.listen(16)
        said = [b""]
        threading.Thread(target=serve, args=(listener, said), daemon=True).start()
        many = [{"name": "web", "pm_id": number, "pid": 0, "pm2_env": RECORD}
                for number in range(3000)]
        said[0] = frame(json.dumps({"args": [many]}).encode())
        assert "web (2999)" in look(home)
        for document in (b'{"args":[[' + b'{"name":"' + b"A" * 40_000_000 + b'"}]]}',
                         b'{"args":[' + b"[" * 500_000 + b"]" * 500_000 + b"]}",
                         b'{"args":[[' + b"1," * 3_000_000 + b"1]]}"):
            said[0] = frame(document)
            assert "could not be read" in look(home), document[:40]


def odd_homes_and_files_in_them_are_no_trouble():
    with Home() as home:
        folder = home.root / "pm2 'x' \u00e9"
        set_up(home, folder)
        # Not there, a file, too long for a socket, relative, empty.
        (home.root / "file").write_text("")
        for odd in (str(folder), str(home.root / "file"), "/" + "a/" * 120 + "pm2", "pm2", "",
                    "/proc/self", "/dev/null"):
            look(home, PM2_HOME=odd)
        # What is in it: no regular files, names that drive a terminal, links.
        (folder / "logs").mkdir(parents=True)
        os.mkfifo(folder / "logs" / "pipe")
        os.mkfifo(folder / "dump.pm2")
        (folder / "logs" / "zero").symlink_to("/dev/zero")
        (folder / "dump.pm2.bak").symlink_to("/dev/zero")
        (folder / "logs" / "folder").mkdir()
        (folder / "logs" / "a\x1b[31m\nb'c.log").write_text(f"x{KEY}")
        (folder / "pm2.log").write_text(KEY[:12] + " " + KEY[12:])
        said = look(home)
        assert "holds OPENAI_API_KEY" in said and "pm2.log" not in said, said
        # A socket that nobody listens at: PM2 was killed.
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(home.root / "rpc.sock"))
        os.rename(home.root / "rpc.sock", folder / "rpc.sock")
        assert "could not be read" not in look(home)


main([
    whatever_pm2_says_nothing_breaks_and_nothing_leaks,
    a_list_of_any_size_is_read_or_given_up,
    odd_homes_and_files_in_them_are_no_trouble,
])
