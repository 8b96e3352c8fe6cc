#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A server gets its part: README's four commands as they are written there, with
real git and a real pm2; then `apply` as servers run it.

    provision.py readme        the four commands
    provision.py places        under sudo, from cron, in a new release folder,
                               with umask 002 and a setgid folder
    provision.py container     in a namespace of its own, with bind mounts
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import (  # noqa: E402
    AIGENV, KEY, SKIPPED, SOURCE, TOKEN, Emulator, Home, answers, main)
from pm2 import Server, listed  # noqa: E402

APP = 65534  # nobody, who plays the app's user
FINGERPRINT = re.compile(r"AIGENV_TRUST=(\w+)")


def git(home, *words, directory=None):
    return home.run("git", "-c", "user.name=a", "-c", "user.email=a@example.org", *words,
                    directory=directory)


def four_commands():
    """README's lines: who runs what."""
    text = (SOURCE / "README.md").read_text("utf8")
    block = text[text.index("### A server is provisioned"):].split("```text\n")[1].split("```")[0]
    lines = [re.match(r"(\w[\w-]*)\$ +(.*?)(?: {3,}.*)?$", line).groups()
             for line in block.splitlines()]
    assert [who for who, _ in lines] == ["web-1", "alice", "web-1", "web-1"], lines
    return [command for _, command in lines]


def commit_and_push(alice):
    git(alice, "add", ".")
    git(alice, "commit", "-qm", "aigenv")
    git(alice, "push", "-q", "origin", "HEAD")


def start_team(alice, emulator, **changes):
    """Alice's vault, in a repository that a server has cloned."""
    (alice.project / "server.js").write_text("setInterval(() => {}, 1000);\n")
    (alice.project / ".gitignore").write_text(".env\n")
    alice.aigenv("init", "--answers", "-", "--no-input", "--no-verify",
                 stdin=json.dumps(answers(emulator, **changes)))
    git(alice, "init", "-q", "-b", "main", ".")
    git(alice, "init", "-q", "--bare", "-b", "main", alice.root / "repository")
    git(alice, "remote", "add", "origin", alice.root / "repository")
    commit_and_push(alice)


def clone(home, alice):
    shutil.rmtree(home.project)
    git(home, "clone", "-q", alice.root / "repository", home.project, directory=home.root)


def live_value(server, name):
    process = listed(server)[0]["pid"]
    entries = pathlib.Path(f"/proc/{process}/environ").read_bytes().split(b"\0")
    return [e.partition(b"=")[2].decode() for e in entries if e.startswith(name.encode() + b"=")]


def the_four_commands_of_readme():
    new, share, pull, deploy = four_commands()
    with Emulator() as emulator, Home() as alice, Server() as server:
        start_team(alice, emulator, pm2={"app": "web", "script": "server.js"})
        clone(server, alice)
        # Whatever comes too early says what to ask from whom.
        early = server.shell("aigenv apply -p production --restart", status=4).stderr
        assert "no identity" in early and "aigenv key new" in early, early
        token = server.shell(new).stdout.strip()
        early = server.shell("aigenv apply -p production --restart", status=4).stderr
        line = re.search(r"aigenv share add \S+ (\S+) -p production", early)
        assert "not shared with" in early and line and line[1] == token, early

        told = alice.run(AIGENV, *share.replace("TOKEN", token).split()[1:]).stdout
        commit_and_push(alice)
        fingerprint = FINGERPRINT.search(told)[1]
        line = deploy.replace("AIGENV_TRUST=FINGERPRINT", f"AIGENV_TRUST={fingerprint}")
        assert told.strip() == line, (told, line)
        server.shell(pull)
        wrong = "AIGENV_TRUST=" + "0" * 32
        server.shell(line.replace(f"AIGENV_TRUST={fingerprint}", wrong), status=4)
        assert not (server.project / ".env").exists()
        done = server.shell(line)
        assert TOKEN not in done.stdout + done.stderr
        assert live_value(server, "CF_AIG_TOKEN") == [TOKEN]
        assert live_value(server, "MIMO_API_KEY") == [KEY]

        # It reads, and changes nothing; what comes later needs no word of trust.
        server.shell("aigenv secret set MIMO_API_KEY", status=4, stdin="sk-other-0123456789abc")
        alice.aigenv("config", "set", "vars.MARK=two")
        commit_and_push(alice)
        server.shell(f"{pull} && aigenv apply --restart")
        assert live_value(server, "MARK") == ["two"]
        status = server.shell("aigenv status --json").stdout
        assert json.loads(status)["profiles"][0]["processes"][0]["state"] == "in_sync", status
        # Gone: from then on nothing new is opened, and it says with whom to talk.
        alice.aigenv("share", "remove", "web-1")
        commit_and_push(alice)
        gone = server.shell(f"{pull} && aigenv apply --restart", status=4).stderr
        assert "not shared with" in gone and "send one of its writers" in gone, gone


# As servers run it

class Deployed(Home):
    """A server's account whose identity is a reader of alice's vault."""

    def __init__(self, emulator):
        super().__init__()
        self.alice = Home()
        start_team(self.alice, emulator)
        token = self.aigenv("key", "new").stdout.strip()
        told = self.alice.aigenv("share", "add", "web-1", token, "--reader").stdout
        self.trust = FINGERPRINT.search(told)[1]
        commit_and_push(self.alice)
        clone(self, self.alice)

    def change(self, name):
        self.alice.aigenv("config", "set", f"vars.MARK={name}")
        commit_and_push(self.alice)

    def written(self, mark=None, folder=None):
        env = (folder or self.project) / ".env"
        text = env.read_text()
        assert TOKEN in text and KEY in text, text
        assert mark is None or f"MARK={mark}" in text, text
        assert env.stat().st_mode & 0o777 == 0o600, oct(env.stat().st_mode)
        return env

    def __exit__(self, *_):
        self.alice.remove()
        self.remove()


def give(folder, uid, gid=None):
    for path in (folder, *folder.rglob("*")):
        os.chown(path, uid, uid if gid is None else gid, follow_symlinks=False)


def sudo(server, *words, status=0, **variables):
    """As an administrator types it: sudo hands over HOME, USER, SUDO_UID and
    nothing of the caller's; what is named in front of the command stays."""
    given = [f"{name}={value}" for name, value in variables.items()]
    return server.run("sudo", "-n", "-u", f"#{APP}", *given, AIGENV, "--no-input", *words,
                      status=status)


def under_sudo():
    with Emulator() as emulator, Deployed(emulator) as server:
        server.root.chmod(0o755)
        own = {"HOME": str(server.home), "AIGENV_TRUST": server.trust}
        # All of it is the app's.
        give(server.root, APP)
        sudo(server, "apply", **own)
        assert server.written().stat().st_uid == APP
        # The checkout is root's, who deploys: the folder takes no file of the app's.
        give(server.project, 0)
        (server.project / ".env").unlink()
        told = sudo(server, "apply", status=7, **own).stderr
        assert "ermission denied" in told and not (server.project / ".env").exists(), told
        # `run` needs no file.
        done = server.run("sudo", "-n", "-u", f"#{APP}", *[f"{n}={v}" for n, v in own.items()],
                          AIGENV, "run", "--", "printenv", "CF_AIG_TOKEN")
        assert done.stdout.strip() == TOKEN, done
        # Another home than the identity's: it says where it looked, and what to do.
        told = sudo(server, "apply", status=4, AIGENV_TRUST=server.trust).stderr
        assert "identity" in told and "aigenv key new" in told, told
        # Root's own identity is not for the app: refused with the path.
        identity = server.home / ".config/aigenv/identity.txt"
        os.chown(identity, 0, 0)
        told = sudo(server, "apply", status=4, **own).stderr
        assert str(identity) in told, told


def from_cron():
    """Debian's cron: these variables, no terminal, the home folder."""
    with Emulator() as emulator, Deployed(emulator) as server:
        line = (f"cd {server.project} && AIGENV_TRUST={server.trust} {AIGENV} apply"
                " && " f"{AIGENV} status --json >status.json")
        for mark in ("one", "two"):
            server.change(mark)
            git(server, "pull", "-q")
            done = subprocess.run(
                ["env", "-i", f"HOME={server.home}", "LOGNAME=root", "PATH=/usr/bin:/bin",
                 "SHELL=/bin/sh", "/bin/sh", "-c", line], cwd=server.home, timeout=60,
                stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done
            server.written(mark)
            assert "\x1b" not in done.stdout + done.stderr, done
        # Without HOME, as some units have it: the account's own, or what to set.
        done = subprocess.run(
            ["env", "-i", "PATH=/usr/bin:/bin", f"AIGENV_TRUST={server.trust}",
             f"AIGENV_IDENTITY={server.home}/.config/aigenv/identity.txt",
             f"XDG_STATE_HOME={server.home}/.local/state", AIGENV, "-C", server.project, "apply"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done


def in_a_new_release_folder_each_time():
    with Emulator() as emulator, Deployed(emulator) as server:
        current = server.root / "current"
        for number in ("1", "2", "3"):
            release = server.root / "releases" / number
            server.change(number)
            git(server, "clone", "-q", server.alice.root / "repository", release,
                directory=server.root)
            current.unlink(missing_ok=True)
            current.symlink_to(release)
            done = server.aigenv("-C", current, "apply", more={"AIGENV_TRUST": server.trust})
            assert "first contact" not in done.stderr or number == "1", done
            server.written(number, release)
            # From inside, without the word of trust: the vault is known by now.
            server.aigenv("apply", directory=release)
        # Back to an older release: a warning for those that read, and a way on.
        current.unlink()
        current.symlink_to(server.root / "releases/1")
        told = server.aigenv("-C", current, "apply", status=4).stderr
        assert "older copy" in told and "--allow-older" in told, told
        server.aigenv("-C", current, "run", "--", "true")
        server.aigenv("-C", current, "apply", "--allow-older")


def with_a_group_that_shares_the_folder():
    """umask 002; a folder of a group's, whose files are the group's too."""
    with Emulator() as emulator, Deployed(emulator) as server:
        # The user's own private group: nobody else is in it.
        shell = f"umask 002; rm -f .env; AIGENV_TRUST={server.trust} {AIGENV} apply"
        server.project.chmod(0o2775)
        (server.project / "aigenv.json").chmod(0o664)
        server.run("sh", "-c", shell)
        server.written()
        if os.geteuid() != 0:
            return
        # A group with others in it could change the vault: the way on is said.
        for path in (server.project, *server.project.rglob("*")):
            os.chown(path, -1, APP, follow_symlinks=False)
        server.project.chmod(0o2775)
        (server.project / ".env").unlink()
        told = server.run("sh", "-c", shell, status=4).stderr
        assert "-f " in told, told
        option = re.search(r"-f (\S*aigenv\.json)", told)[1]
        done = server.run("sh", "-c", f"{shell} -f {option}")
        env = server.written()
        assert env.stat().st_gid == APP and env.stat().st_mode & 0o77 == 0, done


# A container: a file system of its own, made of mounts

def enter(server, script, status=0, **more):
    """Runs it in a mount namespace, as root there, where / is as it is here."""
    return server.run("unshare", "-m", "--propagation", "private", "sh", "-ec", script,
                      status=status, more={"A": str(AIGENV), "AIGENV_TRUST": server.trust, **more})


def in_a_container():
    with Emulator() as emulator, Deployed(emulator) as server:
        identity = server.home / ".config/aigenv/identity.txt"
        given = {"HOME": "/", "AIGENV_IDENTITY": str(server.root / "run/identity"),
                 "XDG_STATE_HOME": "", "XDG_CONFIG_HOME": ""}
        (server.root / "run").mkdir()
        (server.root / "run/identity").touch()
        app = server.root / "app"
        app.mkdir()
        identity.chmod(0o444)  # as platforms mount a secret: for all, and read-only
        secret = (f"mount --bind {identity} {server.root}/run/identity; "
                  f"mount -o remount,bind,ro {server.root}/run/identity; ")
        whole = f"{secret} mount --bind {server.project} {app}; cd {app}; "

        # The project's folder, bound; a home that nobody can write.
        home = f"mkdir -p {server.root}/empty; mount -t tmpfs -o ro none {server.root}/empty; "
        done = enter(server, f"{home} {whole} $A apply", **{**given, "HOME": f"{server.root}/empty"})
        assert "cannot remember" in done.stderr, done
        assert "others on this machine can read the identity" in done.stderr, done
        server.written()

        # All of it read-only: files cannot be written, `run` works.
        ro = f"{home} {whole} mount -o remount,bind,ro {app}; cd {app}; "
        (server.project / ".env").unlink()
        told = enter(server, f"{ro} $A apply", status=7, **given).stderr
        assert "ead-only" in told and ".env" in told, told
        done = enter(server, f"{ro} $A run -- printenv MIMO_API_KEY", **given)
        assert done.stdout.strip() == KEY, done

        # The vault alone, as a file: it can be read, and not be replaced.
        (app / "aigenv.json").touch()
        one = f"{secret} mount --bind {server.project}/aigenv.json {app}/aigenv.json; cd {app}; "
        state = {"XDG_STATE_HOME": str(server.root / "state")}
        enter(server, f"{one} $A apply", **{**given, **state})
        server.written(folder=app)
        alices = {**given, **state,
                  "AIGENV_IDENTITY": str(server.alice.home / ".config/aigenv/identity.txt")}
        told = enter(server, f"{one} $A config set vars.B=1", status=7, **alices).stderr
        assert "mount" in told, told

        # A writable mount without the identity: it says what to do.
        told = enter(server, f"cd {server.project}; $A apply", status=4,
                     **{**given, "AIGENV_IDENTITY": "/nowhere/identity"}).stderr
        assert "AIGENV_IDENTITY" in told, told


def root_alone(tests):
    if os.geteuid() != 0:
        print("skipped, for want of:\n  root: it plays the app's user, and mounts")
        sys.exit(SKIPPED)
    return tests


PARTS = {
    "readme": lambda: [the_four_commands_of_readme],
    "places": lambda: [from_cron, in_a_new_release_folder_each_time,
                       with_a_group_that_shares_the_folder,
                       *([under_sudo] if os.geteuid() == 0 and shutil.which("sudo") else [])],
    "container": lambda: root_alone([in_a_container]),
}

if __name__ == "__main__":
    main(PARTS[sys.argv.pop(1)]())
