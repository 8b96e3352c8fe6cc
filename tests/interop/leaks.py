#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Where secrets go, seen from below: every command runs under strace with
values that are known, and what it hands to the system is searched for them.

    leaks.py commands   arguments and environment of children, names of files,
                        every write and every send
    leaks.py typed      what is typed into a hidden prompt
    leaks.py cores      a SIGSEGV while keys are held: no core

Each value is looked for as it is, in Base64 at each offset, in hex and as in a
URL. Where it may be is written beside each command, and nowhere else may it be:

    output     stdout of `secret reveal`, `render` and plumbing
    file       a file that only its owner can read: outputs, the identity
    gateway    a socket to the profile's gateway
    child      the environment of the program that `run` starts, and of pm2
"""
import base64
import json
import os
import pathlib
import pty
import re
import resource
import select
import signal
import subprocess
import sys
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import helptext  # noqa: E402
from harness import (  # noqa: E402
    ACCOUNT, AIGENV, GATEWAY, KEY, PATIENCE, SKIPPED, TOKEN, Emulator, Home, answers, main,
    wait_until)

EXTRA = 'extra/+"secret&of=the test~0123456789?'
NEW = "sk-newKeyThatIsNotKnownThere0123456789"
API_TOKEN = "cfut_managementTokenOfTheTest0123456789abcdefg"
PASSPHRASE = "correct horse battery staple 0123456789"
CALLS = ("execve,execveat,write,writev,pwrite64,pwritev,pwritev2,sendto,sendmsg,sendmmsg,open,"
         "openat,creat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,mkdir,mkdirat,"
         "setxattr,fsetxattr,add_key,memfd_create,prctl")
DATA = ("write", "writev", "pwrite64", "pwritev", "pwritev2", "sendto", "sendmsg", "sendmmsg")
LINE = re.compile(r"^\d+ +(?:\S+ )?(\w+)\((.*)$")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
PLACE = re.compile(r"^(\d+)<((?:TCP|UDP)(?:v6)?:\[[^\]]*\]|[^>]*)>")


def spelled(value):
    """Every form that a value is looked for in; the ends of Base64, which hang
    on what stands beside it, are left out."""
    data = value if isinstance(value, bytes) else value.encode()
    forms = {data, data.hex().encode(), data.hex().upper().encode(),
             urllib.parse.quote(data, safe="").encode(), urllib.parse.quote_plus(data).encode(),
             json.dumps(data.decode("latin-1"))[1:-1].encode()}
    for offset in range(3):
        text = base64.b64encode(bytes(offset) + data)
        core = text[4 if offset else 0:len(text) // 4 * 4 - 4]
        forms |= {core, core.replace(b"+", b"-").replace(b"/", b"_")}
    return {form for form in forms if len(form) >= 8}


class Values:
    """What is secret, by name, in all its forms."""

    def __init__(self, **values):
        self.forms = {name: spelled(value) for name, value in values.items()}

    def add(self, name, value):
        self.forms.setdefault(name, set()).update(spelled(value))

    def of(self, data):
        return sorted(name for name, forms in self.forms.items()
                      if any(form in data for form in forms))


def unhexed(text):
    return bytes.fromhex(text.replace("\\x", ""))


def place_of(arguments):
    """The file or socket that a descriptor is, and its number."""
    found = PLACE.match(arguments)
    if not found:
        return -1, ""
    name = re.sub(r"(?:\\x[0-9a-f]{2})+", lambda part: unhexed(part[0]).decode("utf8", "replace"),
                  found[2])
    return int(found[1]), name


class Trace:
    """What a command and its children handed to the system."""

    def __init__(self, path):
        self.calls = []
        for line in path.read_text("latin-1").splitlines():
            found = LINE.match(line)
            if found:
                self.calls.append((found[1], found[2]))

    def leaks(self, values, allowed, gateway):
        first = True
        for name, arguments in self.calls:
            if name in ("execve", "execveat"):
                yield from self.child(values, arguments, allowed, first)
                first = False
                continue
            found = values.of(b"\n".join(unhexed(text) for text in TEXT.findall(arguments)))
            number, place = place_of(arguments)
            if found and not (name in DATA and is_allowed(number, place, allowed, gateway)):
                yield name, place or arguments[:80], found

    def child(self, values, arguments, allowed, first):
        """argv may have none, ever; the environment may in what `run` starts."""
        words = arguments.split("], [" if "], [" in arguments else "], 0x")
        program = values.of(b"\n".join(unhexed(text) for text in TEXT.findall(words[0])))
        if program:
            yield "argv", arguments[:80], program
        inherited = values.of(b"\n".join(
            unhexed(text) for text in TEXT.findall(words[1] if len(words) > 1 else "")))
        if inherited and not first and "child" not in allowed:
            yield "environment", arguments[:80], inherited

    def made_private(self):
        """Files that were made, and were not made for the owner alone."""
        for name, arguments in self.calls:
            if name == "openat" and "O_CREAT" in arguments and "aigenv-" in unhexed(
                    TEXT.findall(arguments)[0]).decode("latin-1"):
                if ", 0600)" not in arguments:
                    yield arguments


def is_allowed(number, place, allowed, gateway):
    if number == 1 and "output" in allowed:
        return True
    if "gateway" in allowed and place.startswith("TCP") and place.endswith(f":{gateway}]"):
        return True
    name = place.rsplit("/", 1)[-1]
    return "file" in allowed and re.fullmatch(r"\.?(\.env|env|identity\.txt|out|recovery\.txt|"
                                              r"ana\.txt|page\.txt)\.aigenv-\w+", name) is not None


class Place:
    def __init__(self):
        self.home = Home()
        self.emulator = Emulator()
        project = self.home.project
        (project / "server.js").write_text("setInterval(() => {}, 1000)\n")
        (project / "page.txt.mustache").write_text("{{MIMO_API_KEY}} {{EXTRA}}\n")
        (project / "other.env").write_text(f"CF_AIG_TOKEN={TOKEN}\nMIMO_API_KEY={KEY}\nLEFT=1\n")
        (project / "key.txt").write_text(NEW + "\n")
        (project / "paste.txt").write_text(
            f"curl https://x.example -H 'Authorization: Bearer {KEY}'\nHTTP/1.1 401 Unauthorized\n\n"
            f'{{"error":{{"message":"Incorrect API key provided: {KEY}"}}}}\n')
        (project / "data.json").write_text(json.dumps({"K": EXTRA}))
        (project / "t.mustache").write_text("K={{K}}\n")
        (project / "passphrase").write_text(PASSPHRASE + "\n")
        (project / "pm2").write_text("#!/bin/sh\nexit 0\n")
        (project / "pm2").chmod(0o755)
        self.values = Values(token=TOKEN, key=KEY, extra=EXTRA, new=NEW, passphrase=PASSPHRASE,
                             api_token=API_TOKEN)
        self.trace = self.home.root / "trace"
        subprocess.run(["git", "init", "-q", project], check=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.emulator.stop()
        self.home.remove()

    def learn_identity(self, path):
        """The key as its file has it, and its bytes."""
        line = next(line for line in path.read_text().splitlines()
                    if line.startswith("AGE-SECRET-KEY-"))
        self.values.add("identity", line)
        charset = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
        bits = "".join(f"{charset.index(one):05b}" for one in line.lower().rsplit("1", 1)[1][:-6])
        self.values.add("identity", bytes(int(bits[at:at + 8], 2) for at in range(0, 256, 8)))

    def traced(self, words):
        return ["strace", "-f", "-v", "-qq", "-yy", "-xx", "-s", "4194304", "-o", str(self.trace),
                "-e", f"trace={CALLS}", "-e", "signal=none", str(AIGENV), *words]

    def look(self, words, allowed=(), status=0, stdin="", **more):
        done = self.home.run(*self.traced(words), status=None, stdin=stdin, more=more)
        self.judge(words, allowed, done.stdout + done.stderr)
        self.printed = done.stdout
        if status is not None:
            assert done.returncode == status, (words, done)
        return done

    def judge(self, words, allowed, shown):
        trace = Trace(self.trace)
        assert any(name == "execve" for name, _ in trace.calls), "nothing was traced"
        leaks = list(trace.leaks(self.values, allowed, self.emulator.port))
        assert not leaks, (words, leaks)
        open_files = list(trace.made_private())
        assert not open_files, (words, open_files)
        found = self.values.of(shown.encode())
        assert not found or "output" in allowed, (words, "printed", found)


def runs(place):
    """Every command: its words, where secrets may go, and what else it is given."""
    start = json.dumps(answers(place.emulator, secrets={
        "CF_AIG_TOKEN": TOKEN, "MIMO_API_KEY": KEY, "EXTRA": EXTRA}, outputs=[
            {"template": "env", "path": ".env"},
            {"template": "./page.txt.mustache", "path": "page.txt"}],
        pm2={"app": "web", "script": "server.js"}))
    sends, writes = ("gateway",), ("gateway", "file")
    yield ["init", "--answers", "-", "--no-input"], ("file", "gateway"), {"stdin": start}
    yield ["key", "show"], (), {}
    yield ["apply"], writes, {}
    yield ["apply", "--no-verify"], ("file",), {"before": [".env"]}
    yield ["apply", "--dry-run"], sends, {"before": [".env"]}
    yield ["apply", "--restart"], (*writes, "child"), {"status": None}
    yield ["verify"], sends, {}
    yield ["verify", "--explain"], sends, {}
    yield ["verify", "--curl"], (), {}
    yield ["verify", "--all", "--stream"], sends, {}
    yield ["status"], (), {"status": None}
    yield ["explain", "paste.txt"], (), {}
    yield ["render"], ("output",), {}
    yield ["render", "--out", "out"], ("file",), {}
    yield ["run", "--", "true"], ("child",), {}
    yield ["run", "--clean", "--", "true"], ("child",), {}
    yield ["secret", "list"], (), {}
    yield ["secret", "reveal", "EXTRA"], ("output",), {}
    yield ["secret", "set", "MIMO_API_KEY"], (), {"stdin": NEW}
    # The provider's refusal repeats the key: it is masked in what is said.
    yield ["verify", "--explain"], sends, {"status": 5}
    yield ["apply"], sends, {"status": 5}
    yield ["secret", "set", "MIMO_API_KEY", "--from", "@key.txt"], (), {}
    yield ["rollback", "MIMO_API_KEY"], (*writes, "child"), {"status": None}
    yield ["secret", "set", "OTHER", "--from", "@key.txt"], (), {}
    yield ["secret", "forget", "MIMO_API_KEY"], (), {}
    yield ["secret", "remove", "OTHER", "--yes"], (), {}
    yield ["rotate", "EXTRA", "--no-restart", "--from", "@key.txt"], writes, {"status": 1}
    yield ["rotate", "EXTRA", "--abort"], writes, {}
    yield ["config", "get"], (), {}
    yield ["config", "set", "vars.A=1"], (), {}
    yield ["config", "unset", "vars.A"], (), {}
    taken = ["import", "other.env", "--no-input", "--no-verify", "--account", ACCOUNT,
             "--gateway", GATEWAY, "--origin", place.emulator.origin, "--model", "mimo-v2.5",
             "--provider", "custom-xiaomi", "--output", "env=env"]
    yield ["-p", "imported", *taken, "--dry-run"], (), {}
    yield ["-p", "imported", *taken], ("file",), {}
    yield ["profile", "remove", "imported", "--yes"], (), {}
    yield ["profile", "list"], (), {}
    yield ["profile", "show"], (), {}
    yield ["profile", "copy", "production", "staging"], (), {}
    yield ["profile", "remove", "staging", "--yes"], (), {}
    yield ["seal", "--yes"], (), {}
    yield ["share", "list"], (), {}
    yield ["share", "add", "ana", "TOKEN"], (), {}
    yield ["share", "remove", "ana"], (), {}
    yield ["key", "new"], ("file",), {"AIGENV_IDENTITY": "ana.txt"}
    # Behind the passphrase: the identity must not be in the clear.
    yield ["key", "new", "--recovery", "recovery.txt"], (), {"AIGENV_PASSPHRASE_FILE": "passphrase"}
    yield ["secret", "list"], (), {"AIGENV_IDENTITY": "recovery.txt",
                                   "AIGENV_PASSPHRASE_FILE": "passphrase"}
    yield ["age", "encrypt", "-a", "-r", "AGE"], (), {"stdin": EXTRA}
    yield ["age", "encrypt", "-a", "--passphrase-file", "passphrase"], (), {"stdin": EXTRA}
    yield ["age", "decrypt", "--passphrase-file", "passphrase"], ("output",), {
        "stdin": place.printed}
    yield ["template", "render", "--data", "data.json", "--escape", "env", "t.mustache"], (
        "output",), {}
    yield ["providers", "list"], (), {}
    yield ["providers", "show", "xiaomi"], (), {}
    yield ["completion", "bash"], (), {}
    for words in (["check"], ["check", "--fix"], ["doctor"], ["discover"]):
        if words[0] in helptext.commands():
            yield words, sends, {"status": None, "AIGENV_API_ORIGIN": place.emulator.origin,
                                 "CLOUDFLARE_API_TOKEN": API_TOKEN}
    yield ["help"], (), {}
    yield ["version"], (), {}


# With --json and -v, too.
TWICE = ("verify", "apply", "status", "secret list", "config get", "profile show", "share list")


# Words of a row that are known only then.
GIVEN = {
    "TOKEN": lambda place: place.home.aigenv(
        "key", "new", more={"AIGENV_IDENTITY": "eve.txt"}).stdout.strip(),
    "AGE": lambda place: place.home.aigenv("key", "show", "--age").stdout.strip()}


def is_covered(name, seen):
    return any(words == name or words.startswith(name + " ") for words in seen)


def every_command_keeps_them():
    seen = []
    with Place() as place:
        path = f"{place.home.project}:{os.environ['PATH']}"  # with a pm2 that does nothing
        for words, allowed, more in runs(place):
            for name in more.pop("before", ()):
                (place.home.project / name).unlink(missing_ok=True)
            words = [GIVEN[word](place) if word in GIVEN else word for word in words]
            place.look(words, allowed, PATH=path, **more)
            if words[0] == "init":
                place.learn_identity(place.home.home / ".config/aigenv/identity.txt")
            named = " ".join(word for word in words if not word.startswith("-p"))
            seen.append(named.removeprefix("imported "))
            if any(named == one for one in TWICE):
                place.look(["--json", *words], allowed, **{**more, "status": None})
                place.look(["-v", *words], allowed, **{**more, "status": None})
    missing = []
    for name, table in helptext.commands().items():
        for one in [f"{name} {sub['name']}" for sub in table["commands"]] or [name]:
            if not is_covered(one, seen):
                missing.append(one)
    assert not missing, ("without a row here:", missing)


def the_search_finds_what_it_looks_for():
    """A leak of each form, by a program that leaks."""
    with Place() as place:
        for form in (EXTRA, EXTRA.encode().hex(), base64.b64encode(b"x" + EXTRA.encode()).decode(),
                     urllib.parse.quote(EXTRA, safe="")):
            for words in (["-c", 'printf %s "$0" >&2', form], ["-c", 'exec env -i A="$V" true'],
                          ["-c", '/bin/true "$V"; true']):
                traced = place.traced([])[:-1] + ["sh", *words]
                subprocess.run(traced, env={**place.home.environment, "V": form}, check=True,
                               stderr=subprocess.DEVNULL, timeout=60)
                leaks = list(Trace(place.trace).leaks(place.values, (), 1))
                assert any("extra" in found for _, _, found in leaks), (form, words, leaks)


# Prompts

def type_into(place, words, typed, **more):
    """Runs it in a terminal; answers each prompt; returns what was shown."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(place.home.project)
        os.execvpe("strace", place.traced(words), {**place.home.environment, **more})
    shown, typed, deadline = b"", list(typed), time.monotonic() + PATIENCE
    last = b""
    while time.monotonic() < deadline:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            new = os.read(terminal, 4096)
        except OSError:
            break
        if not new:
            break
        shown, last = shown + new, last + new
        if typed and last.rstrip().endswith(b":"):
            os.write(terminal, typed.pop(0).encode() + b"\n")
            last = b""
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), shown.decode("utf8", "replace")


def what_is_typed_stays_unseen():
    with Place() as place:
        first = next(runs(place))
        place.look(first[0], first[1], **first[2])
        place.learn_identity(place.home.home / ".config/aigenv/identity.txt")
        status, shown = type_into(place, ["secret", "set", "EXTRA"], [NEW])
        assert status == 0, shown
        place.judge(["secret", "set"], (), shown)
        locked = {"AIGENV_IDENTITY": "locked.txt"}
        status, shown = type_into(place, ["key", "new", "--passphrase"], [PASSPHRASE] * 2, **locked)
        assert status == 0, shown
        place.judge(["key", "new"], (), shown)
        status, shown = type_into(place, ["secret", "list"], [PASSPHRASE], **locked)
        assert status == 4, shown  # unlocked, and not shared with
        place.judge(["secret", "list"], (), shown)


# Cores

def dumps(command, environment, folder, when):
    """Whether a SIGSEGV makes a core of it."""
    def limit():
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)

    process = subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               preexec_fn=limit)
    try:
        when(process)
        limits = pathlib.Path(f"/proc/{process.pid}/limits").read_text()
        process.send_signal(signal.SIGSEGV)
        _, status = os.waitpid(process.pid, 0)
    finally:
        process.returncode = 0
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGSEGV, (command, status)
    size = re.search(r"Max core file size +(\S+)", limits)[1]
    return os.WCOREDUMP(status), size


def a_crash_leaves_no_core():
    with Place() as place:
        first = next(runs(place))
        place.look(first[0], first[1], **first[2])
        folder, environment = place.home.project, place.home.environment

        def asked(_):
            """The gateway was asked: the keys are held, and its answer is awaited."""
            place.emulator.wait_for_request()

        place.emulator.set(latency_ms=1000 * PATIENCE)
        for words in (["verify"], ["apply"]):
            place.emulator.forget()
            core, size = dumps([str(AIGENV), *words], environment, folder, asked)
            assert (core, size) == (False, "0"), (words, core, size)
        left = [path for path in place.home.root.rglob("*core*") if ".git" not in path.parts]
        assert not left, left
        for path in place.home.root.rglob("*"):
            if path.is_file() and ".env" in path.name and path.name != "other.env":
                assert path.stat().st_mode & 0o77 == 0, path
        # Else nothing here would say anything: others may dump.
        def started(process):
            executable = pathlib.Path(f"/proc/{process.pid}/exe")
            wait_until(lambda: executable.resolve().name == "sleep", "sleep is what runs")

        assert dumps(["sleep", str(PATIENCE)], environment, str(place.home.root),
                     started)[1] == "unlimited"


PARTS = {"commands": [the_search_finds_what_it_looks_for, every_command_keeps_them],
         "typed": [what_is_typed_stays_unseen], "cores": [a_crash_leaves_no_core]}

if __name__ == "__main__":
    if b"__asan_" in AIGENV.read_bytes():
        print("skipped, for want of:\n  a build without sanitizers: it is traced")
        sys.exit(SKIPPED)
    part = PARTS[sys.argv.pop(1)]
    main(part)
