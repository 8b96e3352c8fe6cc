"""A real pm2 with a home and a daemon of its own, ended with the test."""

import os
import pathlib
import shutil
import signal
import socket
import struct
import urllib.error
import urllib.request
import json

from harness import BINARY, NODE_MODULES, PATIENCE, SOURCE, Home, free_port, wait_until

# Which of the installed ones: PM2 7, or 5 as "pm2-5".
PM2 = os.environ.get("AIGENV_TEST_PM2", "pm2")
# An app that does nothing, until it is to close.
KEEP = "setInterval(() => {}, 1e4); process.on('SIGINT', () => process.exit(0));\n"
APP = SOURCE / "tests" / "support" / "app"


class Server(Home):
    """A server: a project with the app in it, pm2 and aigenv in PATH."""

    def __init__(self):
        super().__init__()
        self.port = free_port()
        self.pm2_home = self.root / "pm2"
        tools = self.root / "bin"
        tools.mkdir()
        (tools / "pm2").symlink_to(NODE_MODULES / PM2 / "bin" / "pm2")
        (tools / "aigenv").symlink_to(BINARY / "aigenv")
        self.environment["PATH"] = f"{tools}:{self.environment['PATH']}"
        self.environment["PM2_HOME"] = str(self.pm2_home)
        for name in ("package.json", "server.js"):
            shutil.copy(APP / name, self.project)
        (self.project / "node_modules").symlink_to(NODE_MODULES)

    def shell(self, command, **options):
        """Runs a line as a person would who pastes it."""
        return self.run("sh", "-c", command, **options)

    def get(self, page="/", status=200):
        """The app's answer. Waits while it is starting anew."""
        url = f"http://127.0.0.1:{self.port}{page}"

        def ask():
            try:
                with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
                    return answer.status, answer.read()
            except urllib.error.HTTPError as error:
                return error.code, error.read()
            except OSError:
                return None

        code, text = wait_until(ask, f"{url} answers", 0.1)
        document = json.loads(text)
        assert code == status, f"{page}: {code}, not {status}: {document}"
        return document

    def after_restart(self, command, **options):
        """Runs a command that restarts the app; waits for the new process."""
        before = self.get()["pid"]
        done = self.shell(command, **options)
        now = wait_until(lambda: (page := self.get())["pid"] != before and page,
                         f"a new process after {command}", 0.1)
        return done, now

    def end_daemon(self):
        """Ends it as `pm2 kill` does, without node; by force where that did not help."""
        try:
            number = int((self.pm2_home / "pm2.pid").read_text())
            os.kill(number, signal.SIGTERM)
        except (OSError, ValueError):
            return
        try:
            wait_until(lambda: not pathlib.Path(f"/proc/{number}").exists(), "PM2 has ended", 0.1)
        except AssertionError:
            os.kill(number, signal.SIGKILL)

    def __exit__(self, *_):
        try:
            self.end_daemon()
        finally:
            self.remove()


def listed(server, app="web"):
    """What `pm2 jlist` prints: its daemon is asked as pm2 asks it, without node."""
    asked = b'j:{"type":"call","method":"getMonitorData","args":[{}]}', b"s:list"
    with socket.socket(socket.AF_UNIX) as daemon:
        daemon.settimeout(PATIENCE)
        daemon.connect(str(server.pm2_home / "rpc.sock"))
        daemon.sendall(b"\x12" + b"".join(struct.pack(">I", len(part)) + part for part in asked))
        with daemon.makefile("rb") as answer:
            answer.read(1)
            text = answer.read(struct.unpack(">I", answer.read(4))[0])
    [processes] = json.loads(text.removeprefix(b"j:"))["args"]
    return [one for one in processes if one["name"] == app]


def live(server, name, app="web"):
    """What each process of the app has, from /proc or, of a cluster, from PM2."""
    values = set()
    for one in listed(server, app):
        assert one["pm2_env"]["status"] == "online", one["pm2_env"]["status"]
        if one["pm2_env"]["exec_mode"] == "cluster_mode":
            values.add(one["pm2_env"].get(name))
            continue
        entries = pathlib.Path(f"/proc/{one['pid']}/environ").read_bytes().split(b"\0")
        found = [e for e in entries if e.startswith(name.encode() + b"=")]
        values.add(found[0].decode().partition("=")[2] if found else None)
    assert len(values) == 1, values
    return values.pop()


def status(server, *options, code=0):
    done = server.aigenv("status", "--json", *options, status=code)
    return json.loads(done.stdout)["profiles"][0]
