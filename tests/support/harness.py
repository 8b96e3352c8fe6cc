"""What interop tests share: the built programs, an emulator, a home of one's own.

A test is a plain Python program. CTest sets AIGENV_TEST_SOURCE and
AIGENV_TEST_BINARY; run by hand, the dev build of this tree is taken.
"""

import contextlib
import http.client
import json
import os
import pathlib
import random
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

SOURCE = pathlib.Path(
    os.environ.get("AIGENV_TEST_SOURCE", pathlib.Path(__file__).resolve().parents[2])
)
BINARY = pathlib.Path(os.environ.get("AIGENV_TEST_BINARY", SOURCE / "build" / "dev"))
AIGENV = BINARY / "aigenv"
EMULATOR = BINARY / "aig-emulator"
NODE_MODULES = SOURCE / "tests" / "node_modules"

# A test that exits with this is counted as skipped (SKIP_RETURN_CODE).
SKIPPED = 77

# Seconds after which a test gives up what never comes. It waits for a state and
# never for a time, so a quick machine waits no longer for it, and one that is
# busy is no failure.
PATIENCE = 60

# What a shell began in its background ignores the first two, what nohup began the
# third; a test's programs are to see them.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGQUIT, signal.SIG_DFL)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

ACCOUNT = "0123456789abcdef0123456789abcdef"
GATEWAY = "my-gateway"
TOKEN = "cfut_demoTokenOfTheEmulator0123456789abcdefgh"
KEY = "sk-demoXiaomiKey0123456789"
OPENAI_KEY = "sk-proj-demoOpenAiKey0123456789"
API_TOKEN = "cfut_demoManagementTokenOfTheEmulator0123456789"


HELD = []


def free_port():
    """A port that no other test takes, nor the system for whom asks it for one."""
    for port in random.sample(range(20000, 32000), 500):
        hold = socket.socket(socket.AF_UNIX)
        try:
            hold.bind(f"\0aigenv-test-port-{port}")
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            hold.close()
            continue
        HELD.append(hold)  # until the test ends
        return port
    raise AssertionError("no port is free")


def wait_until(is_so, what, pause=0.02):
    """What `is_so` returns once that is true; `what`, or what it returns, says what is not so."""
    end = time.monotonic() + PATIENCE
    while not (found := is_so()):
        if time.monotonic() > end:
            raise AssertionError(f"not so after {PATIENCE} s: {what() if callable(what) else what}")
        time.sleep(pause)
    return found


class Emulator:
    """An aig-emulator on a port of its own: `with Emulator("--open") as it:`"""

    def __init__(self, *options, program=EMULATOR):
        if not program.exists():
            print("skipped, for want of:\n  aig-emulator: this build leaves it out")
            sys.exit(SKIPPED)
        self.process = subprocess.Popen(
            [str(program), "--port", "0", *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        line = self.process.stdout.readline().decode().strip() if ready else ""
        if "://127.0.0.1:" not in line:
            self.process.kill()
            raise AssertionError(f"no origin: {line!r} {self.process.stderr.read()!r}")
        self.origin = line
        self.port = int(line.rsplit(":", 1)[1])

    def base_url(self, segment="custom-xiaomi", path="/v1", gateway=GATEWAY):
        return f"{self.origin}/v1/{ACCOUNT}/{gateway}/{segment}{path}"

    def ask(self, method, path, body=None, headers=None, timeout=PATIENCE):
        """One request: (status, headers, body bytes). `path` may be a whole URL."""
        parts = urllib.parse.urlsplit(path)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        with contextlib.closing(connection):
            connection.request(
                method,
                (parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
                json.dumps(body) if isinstance(body, (dict, list)) else body,
                {"User-Agent": "aigenv-tests", **(headers or {})},
            )
            answer = connection.getresponse()
            return answer.status, dict(answer.headers.items()), answer.read()

    def chat(self, base_url=None, token=TOKEN, key=KEY, **changes):
        """A chat completion with both credentials: (status, headers, document)."""
        body = {
            "model": "mimo-v2.5",
            "messages": [{"role": "user", "content": "ping"}],
            "thinking": {"type": "disabled"},
            **changes,
        }
        headers = {"Content-Type": "application/json"}
        if token:
            headers["cf-aig-authorization"] = f"Bearer {token}"
        if key:
            headers["Authorization"] = f"Bearer {key}"
        url = (base_url or self.base_url()) + "/chat/completions"
        status, received, text = self.ask("POST", url, body, headers)
        return status, received, json.loads(text)

    def set(self, **settings):
        """Changes settings while it is running (src/emulator/config.c)."""
        status, _, text = self.ask("PUT", "/emulator/settings", settings)
        assert status == 200, text

    def settings(self):
        """All of them as they are now."""
        return json.loads(self.ask("GET", "/emulator/settings")[2])

    def requests(self):
        """What it received, newest last."""
        return json.loads(self.ask("GET", "/emulator/requests")[2])

    def wait_for_request(self):
        """Returns once one has come in, answered or not."""
        wait_until(self.requests, "a request has come in")

    def forget(self):
        self.ask("DELETE", "/emulator/requests")

    def stop(self, number=signal.SIGTERM):
        """Ends it; returns its exit status. Sanitizers' words are repeated."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        if self.process.stderr.closed:
            return self.process.returncode
        try:
            _, self.errors = self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        for word in (b"Sanitizer", b"runtime error:"):
            if word in self.errors:
                print(self.errors.decode(errors="replace"))
                raise AssertionError("a sanitizer spoke")
        return self.process.returncode

    def __enter__(self):
        return self

    def __exit__(self, *_):
        assert self.stop() == 0, self.process.returncode


class Home:
    """A folder with a home directory in it and nothing of this machine's user."""

    def __init__(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="aigenv-test-"))
        self.home = self.root / "home"
        self.project = self.root / "project"
        self.home.mkdir()
        self.project.mkdir()
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "XDG_STATE_HOME": str(self.home / ".local" / "state"),
            "LANG": "C.UTF-8",
            "NO_COLOR": "1",
        }
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]

    def run(self, *command, status=0, stdin="", more=None, timeout=600, directory=None):
        """Runs a program there; returns it finished. `status` None: any."""
        done = subprocess.run(
            [str(word) for word in command],
            input=stdin,
            capture_output=True,
            text=True,
            cwd=directory or self.project,
            env={**self.environment, **(more or {})},
            timeout=timeout,
            check=False,
        )
        if status is not None and done.returncode != status:
            raise AssertionError(
                f"{command} exited {done.returncode}, not {status}\n"
                f"stdout: {done.stdout}\nstderr: {done.stderr}"
            )
        return done

    def aigenv(self, *arguments, **options):
        return self.run(AIGENV, *arguments, **options)

    def measured(self, *command, timeout=120):
        """(exit status, what it wrote, the most memory that it took, in KiB); not from here,
        for which tests/support/launcher.c says the reason."""
        with tempfile.TemporaryFile() as output:
            launched = subprocess.run(
                [BINARY / "launcher", *command], cwd=self.project, env=self.environment,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=output, check=True,
                timeout=timeout,
            )
            output.seek(0)
            status, kib = map(int, launched.stdout.split())
            return status, output.read(), kib

    def remove(self):
        shutil.rmtree(self.root, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.remove()


class Nowhere:
    """In an emulator's place, for runs that make no call."""

    origin = "http://127.0.0.1:9"


def answers(emulator, **changes):
    """What `init --answers` needs for a profile behind that emulator."""
    return {
        "account_id": ACCOUNT,
        "gateway": GATEWAY,
        "origin": emulator.origin,
        "routes": [{"provider": "custom-xiaomi", "model": "mimo-v2.5"}],
        "secrets": {"CF_AIG_TOKEN": TOKEN, "MIMO_API_KEY": KEY},
        **changes,
    }


def main(tests):
    """Runs each function of the list, says its name; fails with the first.

    With `2of3` as the only argument every third of them from the second on, so
    that CTest can run a long list at several places at once.
    """
    if len(sys.argv) == 2 and (part := re.fullmatch(r"(\d+)of(\d+)", sys.argv[1])):
        tests = tests[int(part[1]) - 1::int(part[2])]
    for test in tests:
        print(f"- {test.__name__.replace('_', ' ')}", flush=True)
        test()
    print("ok")
