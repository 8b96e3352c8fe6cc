#!/usr/bin/env python3
"""Two commands on one vault.

    races.py meanwhile   the vault changes while `apply` waits for its test call
    races.py pairs       every pair of commands that write, started together
    races.py rotations   a rotation beside each of them
    races.py prompts     nothing is locked while a person is asked
"""

import contextlib
import fcntl
import itertools
import json
import os
import pathlib
import pty
import re
import select
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from gate import Gate  # noqa: E402
from harness import AIGENV, BINARY, KEY, PATIENCE, SOURCE, TOKEN, Emulator, Home, Nowhere, answers  # noqa: E402

FAULTY = BINARY / "aigenv-faulty"
RESTART = "pm2 restart ecosystem.config.cjs --only web --update-env\n"
OTHER_KEY = "sk-anotherXiaomiKey0123456789"


def own_file(profile):
    """Outputs that no other profile has: whose a file is, is another question."""
    return [{"template": "env", "path": f"{profile}.env"}]


def init(home, origin, profile="production", **more):
    if profile != "production":
        more = {"outputs": own_file(profile), **more}
    given = answers(origin, pm2={"app": "web"}, profile=profile, **more)
    return home.aigenv(
        "init", "--answers", "-", "--no-input", "--no-verify", stdin=json.dumps(given)
    )


def start(home, *words, program=AIGENV):
    return subprocess.Popen(
        [str(program), *words],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, cwd=home.project, env=home.environment,
    )  # fmt: skip


def end(process, stdin=""):
    """Its exit status, stdout, stderr; no sanitizer may have spoken."""
    out, errors = process.communicate(stdin, timeout=PATIENCE)
    for word in ("Sanitizer", "runtime error:"):
        assert word not in errors, errors
    return process.returncode, out, errors


@contextlib.contextmanager
def a_project():
    with Emulator("--quiet") as emulator, Home() as home:
        (home.project / "server.js").touch()
        yield home, emulator


@contextlib.contextmanager
def a_gated_project(*profiles, **more):
    with a_project() as (home, emulator), Gate(emulator) as gate:
        for profile in profiles:
            init(home, gate, profile, **more)
        yield home, gate


# The vault changes while `apply` waits.

VARS = {"LOG_LEVEL": "info", "FLAG": "on"}


def apply_meanwhile(home, gate, change):
    """What `apply` ends with when `change` is made during its test call."""
    gate.close()
    waiting = start(home, "-p", "production", "apply", "--no-input")
    gate.wait_for_requests()
    change()
    assert waiting.poll() is None, "the change came too late to be one meanwhile"
    gate.open()
    return end(waiting)


def another_profile_changes():
    with a_gated_project("production", "staging", vars=VARS) as (home, gate):
        for change in (
            ("-p", "staging", "config", "set", "vars.FLAG=off"),
            ("-p", "staging", "secret", "set", "DATABASE_URL", "--from", "env:HOME"),
            ("profile", "copy", "staging", "third"),
            ("profile", "remove", "staging", "--yes"),
        ):
            before = (home.project / ".env").read_bytes()
            home.aigenv("-p", "production", "config", "set", f"vars.N={change[1]}{change[2]}")
            status, out, errors = apply_meanwhile(
                home, gate, lambda words=change: home.aigenv(*words)
            )
            assert (status, out) == (0, RESTART), (change, status, out, errors)
            assert (home.project / ".env").read_bytes() != before, change
        # What this machine remembers is not garbage either: nothing is left to do,
        # and a name that is lost is taken out of the file.
        again = home.aigenv("-p", "production", "apply", "--no-input")
        assert "unchanged" in again.stderr, again
        home.aigenv("-p", "production", "config", "unset", "vars.FLAG")
        home.aigenv("-p", "production", "apply", "--no-input")
        assert "FLAG" not in (home.project / ".env").read_text()


def the_same_profile_changes():
    with a_gated_project("production", "staging", vars=VARS) as (home, gate):
        before = (home.project / ".env").read_bytes()
        home.aigenv("-p", "production", "config", "set", "vars.N=1")
        for change in (
            ("-p", "production", "config", "set", "vars.FLAG=off"),
            ("-p", "production", "secret", "set", "DATABASE_URL", "--from", "env:HOME"),
            ("profile", "remove", "production", "--yes"),
        ):
            status, out, errors = apply_meanwhile(
                home, gate, lambda words=change: home.aigenv(*words)
            )
            assert (status, out) == (8, ""), (change, status, out, errors)
            assert "run the command again" in errors, errors
            assert (home.project / ".env").read_bytes() == before, change


def no_lock_is_held_during_the_call():
    with a_gated_project("production") as (home, gate):
        apply_meanwhile(
            home,
            gate,
            lambda: home.aigenv("config", "set", "vars.X=1", "--no-input"),
        )


def a_short_save_stops_no_init_halfway():
    """Its vault is written: it waits for the other one, though --no-input waits for nobody."""
    with a_project() as (home, emulator), Gate(emulator) as gate:
        given = json.dumps(answers(gate, pm2={"app": "web"}))
        gate.close()
        waiting = start(home, "init", "--answers", "-", "--no-input")
        waiting.stdin.write(given)
        waiting.stdin.close()
        waiting.stdin = None
        gate.wait_for_requests()
        folder = os.open(home.project, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        gate.open()
        time.sleep(0.5)  # a short save; that it is over sooner only makes it easier
        os.close(folder)
        status, out, errors = end(waiting, None)
        assert (status, out) == (0, RESTART), (status, out, errors)
        assert "CF_AIG_TOKEN" in (home.project / ".env").read_text()


# Pairs

def public_key(name):
    path = SOURCE / "tests" / "vectors" / "vault" / "identities" / f"{name}.txt"
    return re.search(r"age1\w+", path.read_text())[0]


SECRET = ("secret", "set", "DATABASE_URL", "--from", "env:HOME")
WRITERS = {
    "secret set": SECRET,
    "another secret set": ("secret", "set", "OTHER", "--from", "env:PATH"),
    "secret remove": ("secret", "remove", "EXTRA"),
    "config set": ("config", "set", "vars.A=1"),
    "another config set": ("config", "set", "vars.B=2"),
    "config unset": ("config", "unset", "vars.FLAG"),
    "another profile": ("-p", "staging", "config", "set", "vars.A=1"),
    "profile copy": ("profile", "copy", "production", "copied"),
    "profile remove": ("profile", "remove", "staging", "--yes"),
    "init again": (
        "init", "--answers", "again.json", "--no-input", "--no-verify",
    ),
    "init anew": (
        "-p", "fresh", "init", "--answers", "fresh.json", "--no-input", "--no-verify",
    ),
    "import": (
        "-p", "imported", "import", "old.env", "--answers", "imported.json",
        "--no-input", "--no-verify",
    ),
    "seal": ("seal", "--yes"),
    "secret forget": ("secret", "forget", "RENEWED"),
    "rollback": ("rollback", "TURNED", "--no-input", "--no-verify"),
    "rotate": (
        "rotate", "ROTATED", "--from", "@rotated.txt", "--no-restart", "--no-input",
    ),
    "share add": ("share", "add", "bob", public_key("bob")),
    "share remove": ("share", "remove", "carol"),
    "key new": ("key", "new", "--recovery", "recovery.txt"),
    "apply": ("apply", "--no-input", "--no-verify"),
}  # fmt: skip


def holds(vault, name):
    """Whether what that command does is in the vault."""
    profiles = vault["profiles"]
    production = profiles["production"]
    names = production["settings"].get("vars", {})
    return {
        "secret set": "DATABASE_URL" in production["secrets"],
        "another secret set": "OTHER" in production["secrets"],
        "secret remove": "EXTRA" not in production["secrets"],
        "config set": names.get("A") == "1",
        "another config set": names.get("B") == "2",
        "config unset": "FLAG" not in names,
        "another profile": "staging" not in profiles
        or profiles["staging"]["settings"]["vars"].get("A") == "1",
        "profile copy": "copied" in profiles,
        "profile remove": "staging" not in profiles,
        "init again": names.get("AGAIN") == "yes",
        "init anew": "fresh" in profiles,
        "import": "imported" in profiles,
        "secret forget": "previous" not in production["secrets"]["RENEWED"],
        "rotate": "previous" in production["secrets"]["ROTATED"]
        or "rotation" in production["secrets"]["ROTATED"],
        "share add": "bob" in production["recipients"],
        "share remove": "carol" not in production["recipients"],
        "key new": "recovery" in production["recipients"],
    }.get(name, True)


def put(home, files):
    for path, content in files.items():
        path.write_bytes(content)
    for path in [*home.project.rglob("*"), *(home.home / ".local").rglob("*.json")]:
        if path.is_file() and path not in files:
            path.unlink()


def snapshot(home):
    found = [*home.project.rglob("*"), *(home.home / ".local").rglob("*.json")]
    return {path: path.read_bytes() for path in found if path.is_file()}


def prepare(home, emulator):
    """A vault on which every one of WRITERS has something to do."""
    changed = answers(emulator, vars={"AGAIN": "yes"})
    del changed["secrets"]
    (home.project / "again.json").write_text(json.dumps(changed))
    for name in ("fresh", "imported"):
        (home.project / f"{name}.json").write_text(
            json.dumps(answers(emulator, outputs=own_file(name)))
        )
    (home.project / "old.env").write_text(
        f"CF_AIG_BASE_URL={emulator.base_url()}\n"
        f"CF_AIG_TOKEN={TOKEN}\nMIMO_API_KEY={KEY}\nMIMO_MODEL=mimo-v2.5\n"
    )
    secrets = {"CF_AIG_TOKEN": TOKEN, "MIMO_API_KEY": KEY, "EXTRA": "x"}
    init(home, emulator, "staging", vars=VARS)
    init(home, emulator, "production", vars=VARS, secrets=secrets)
    passphrase = home.project / "passphrase.txt"
    passphrase.write_text("correct horse battery\n")
    passphrase.chmod(0o600)
    home.environment["AIGENV_PASSPHRASE_FILE"] = str(passphrase)
    # Else `key new` computes for so long that it meets nobody.
    home.environment["AIGENV_WORK_FACTOR"] = "4"
    (home.project / "rotated.txt").write_text(OTHER_KEY)
    home.aigenv("-p", "production", "secret", "set", "ROTATED", "--from", "env:HOME")
    for name in ("TURNED", "RENEWED"):
        for source in ("env:HOME", "env:PATH"):
            home.aigenv(
                "-p", "production", "secret", "set", name, "--from", source
            )
    home.aigenv("-p", "production", "share", "add", "carol", public_key("carol"))
    return snapshot(home)


# What ends with 3 where the other one has been there first, as it would the day
# after: there is nothing left to remove, there is a profile already, or a rotation
# is under way.
LATE = [
    {"secret remove"}, {"config unset"}, {"profile copy"}, {"profile remove"},
    {"another profile", "profile remove"}, {"secret forget"}, {"share add"},
    {"share remove"}, {"key new"}, {"rotate"}, {"rollback", "rotate"},
]  # fmt: skip


def every_pair():
    with a_project() as (home, emulator):
        files = prepare(home, emulator)
        ends = set()
        for pair in itertools.combinations_with_replacement(WRITERS, 2):
            put(home, files)
            started = [start(home, *with_profile(WRITERS[name]), program=FAULTY) for name in pair]
            done = [end(process) for process in started]
            check_pair(home, pair, done)
            ends |= {one[0] for one in done}
        assert 8 in ends, f"nobody was ever in another's way: {ends}"


def with_profile(words):
    return words if words[0] == "-p" else ("-p", "production", *words)


def check_pair(home, pair, done):
    # A rotation that waits for the others' word has done what it can: 1.
    statuses = [
        0 if (name, one[0]) == ("rotate", 1) else one[0] for name, one in zip(pair, done)
    ]
    about = (pair, statuses, [one[2] for one in done])
    allowed = {0, 3, 8} if set(pair) in LATE else {0, 8}
    assert set(statuses) <= allowed, about
    vault = json.loads((home.project / "aigenv.json").read_text())
    # One at least has come through; or its change has, and what init does after that
    # found the other one in its way. Two rotations may both give up.
    assert (0 in statuses or any(holds(vault, name) for name in pair)
            or set(pair) == {"rotate"}), about
    for name, status in zip(pair, statuses):
        if status == 0:
            assert holds(vault, name), (name, *about)
    for profile in vault["profiles"]:  # every check and every value of it
        home.aigenv("-p", profile, "run", "--", "true")
    left = [path.name for path in home.root.rglob(".*aigenv-*")]
    assert not left, (left, *about)


# A rotation takes several saves: whatever comes between two of them, the vault is
# whole and the rotation is over, or goes on.

ROTATE = ("rotate", "EXTRA", "--from", "env:HOME", "--no-input")


def a_rotation_beside_every_writer():
    with a_project() as (home, emulator):
        files = prepare(home, emulator)
        ends = set()
        for name, words in {**WRITERS, "rotate": ROTATE}.items():
            put(home, files)
            started = [start(home, *with_profile(one)) for one in (ROTATE, words)]
            done = [end(process) for process in started]
            about = (name, done)
            assert done[0][0] in (1, 3, 8), about
            assert done[1][0] in ((1, 3, 8) if name == "rotate" else (0, 3, 8)), about
            ends.add(done[0][0])
            finish_rotation(home, about)
        assert 1 in ends, ends


def finish_rotation(home, about):
    vault = json.loads((home.project / "aigenv.json").read_text())
    secrets = vault["profiles"]["production"]["secrets"]
    if "rotation" in secrets.get("EXTRA", {}):
        home.aigenv("-p", "production", "rotate", "--resume", "--confirmed")
        value = home.aigenv("-p", "production", "secret", "reveal", "EXTRA").stdout
        assert value == str(home.home), about
    for profile in vault["profiles"]:
        home.aigenv("-p", profile, "run", "--", "true")
    left = [path.name for path in home.root.rglob(".*aigenv-*")]
    assert not left, (left, about)


# Prompts

PASSPHRASE = "a passphrase that opens nothing else"


class Terminal:
    """A command on a terminal of its own."""

    def __init__(self, home, *words):
        self.screen = ""
        self.process, self.file = pty.fork()
        if self.process == 0:
            os.chdir(home.project)
            os.execve(AIGENV, ["aigenv", *words], {**home.environment, "TERM": "dumb"})

    def wait(self, text):
        limit = time.monotonic() + PATIENCE
        while text not in self.screen and time.monotonic() < limit:
            if not select.select([self.file], [], [], 0.2)[0]:
                continue
            try:
                self.screen += os.read(self.file, 65536).decode(errors="replace")
            except OSError:  # it has ended
                break
        assert text in self.screen, (text, self.screen)
        self.screen = self.screen.split(text, 1)[1]

    def type(self, text):
        os.write(self.file, f"{text}\r".encode())

    def end(self):
        with contextlib.suppress(OSError):
            while os.read(self.file, 65536):
                pass
        os.close(self.file)
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])


@contextlib.contextmanager
def a_locked_identity():
    """A vault whose only writer keeps her identity behind a passphrase: one that takes no
    time to try, since what is looked at is the time of the questions."""
    with Home() as home:
        (home.root / "passphrase").write_text(PASSPHRASE)
        known = {"AIGENV_PASSPHRASE_FILE": str(home.root / "passphrase")}
        home.run(FAULTY, "key", "new", "--passphrase", more={"AIGENV_WORK_FACTOR": "4", **known})
        for name, given in (("erin-dev", answers(Nowhere, outputs=own_file("erin"))),
                            ("fresh", answers(Nowhere, outputs=own_file("f")))):
            (home.project / f"{name}.json").write_text(json.dumps(given))
        home.aigenv("-p", "erin-dev", "init", "--answers", "erin-dev.json", "--no-input",
                    "--no-verify", more=known)
        yield home


def check_not_locked(home):
    folder = os.open(home.project, os.O_RDONLY | os.O_DIRECTORY)
    fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(folder)


PROMPTS = [
    (("config", "set", "vars.A=1"), ["Passphrase"]),
    (("secret", "set", "DATABASE_URL"), ["Passphrase", "Value of"]),
    (("secret", "remove", "CF_AIG_TOKEN"), ["Passphrase", "Remove it?"]),
    (("profile", "copy", "erin-dev", "other"), ["Passphrase"]),
    (("profile", "remove", "erin-dev"), ["Passphrase", "Remove the profile"]),
    (("-p", "fresh", "init", "--answers", "fresh.json", "--no-verify"),
     ["PM2 app", "Go on?", "Passphrase"]),
]  # fmt: skip
TYPED = {
    "Passphrase": PASSPHRASE, "Value of": "a value", "PM2 app": "-", "Go on?": "y",
    "Remove it?": "y", "Remove the profile": "y",
}  # fmt: skip


def nothing_is_locked_while_a_person_is_asked():
    for words, prompts in PROMPTS:
        with a_locked_identity() as home:
            before = (home.project / "aigenv.json").read_bytes()
            terminal = Terminal(home, *words)
            for prompt in prompts:
                terminal.wait(prompt)
                check_not_locked(home)
                terminal.type(TYPED[prompt])
            assert terminal.end() == 0, (words, terminal.screen)
            assert (home.project / "aigenv.json").read_bytes() != before, words


# From nothing


def two_inits_where_there_is_nothing_yet():
    with Emulator("--quiet") as emulator:
        for names in (("one", "two"), ("one", "one")) * 5:
            with Home() as home:
                for name in names:
                    given = answers(emulator, outputs=own_file(name))
                    (home.project / f"{name}.json").write_text(json.dumps(given))
                started = [
                    start(home, "-p", name, "init", "--answers", f"{name}.json",
                          "--no-input", "--no-verify")
                    for name in names
                ]  # fmt: skip
                done = [end(process) for process in started]
                statuses = [one[0] for one in done]
                assert set(statuses) <= {0, 8} and 0 in statuses, done
                vault = json.loads((home.project / "aigenv.json").read_text())
                for name, status in zip(names, statuses):
                    if status == 0:
                        assert name in vault["profiles"], (name, done)
                        home.aigenv("-p", name, "run", "--", "true")


PARTS = {
    "prompts": [nothing_is_locked_while_a_person_is_asked],
    "meanwhile": [
        another_profile_changes,
        the_same_profile_changes,
        no_lock_is_held_during_the_call,
        a_short_save_stops_no_init_halfway,
    ],
    "rotations": [a_rotation_beside_every_writer],
    "pairs": [every_pair, two_inits_where_there_is_nothing_yet],
}


def main():
    for part in sys.argv[1:] or PARTS:
        for test in PARTS[part]:
            print(f"- {test.__name__.replace('_', ' ')}", flush=True)
            test()
    print("ok")


if __name__ == "__main__":
    main()
