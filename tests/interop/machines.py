#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""One rotation, many machines: servers with identities, memories and PM2s of their
own, and two writers, each with a clone, follow one rotation by real git. At each
point what is live where is read from the processes, and which token works is asked
of the emulator.

    machines.py rotation    three servers: one late, one failing its call, one given up
    machines.py receipts    what is no receipt, and whose
    machines.py killed      while it goes on with a receipt
    machines.py script      the script that `aigenv help machines` prints
    machines.py ssh         the same by a real sshd, where there is one
"""

import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import helptext  # noqa: E402
from harness import AIGENV, BINARY, SKIPPED, TOKEN, Emulator, Home, free_port, main  # noqa: E402
from pm2 import KEEP, Server  # noqa: E402
from provision import clone, commit_and_push, git, start_team  # noqa: E402

NEW = "cfut_aNewTokenOfTheEmulator0123456789abcdef"
THIRD = "cfut_aThirdTokenOfTheEmulator0123456789abc"
FINGERPRINT = re.compile(r"(?:AIGENV_TRUST=|--trust )(\w+)")


def pull(home):
    git(home, "pull", "-q", "--no-rebase")


def push(home):
    git(home, "commit", "-qam", "a step")
    git(home, "push", "-q", "origin", "HEAD")


class Team:
    """Alice's vault in a repository; whoever joins has a clone of it."""

    def __init__(self, emulator, **changes):
        self.alice, self.members = Home(), []
        start_team(self.alice, emulator, **changes)

    def join(self, member, name, *options):
        token = member.aigenv("key", "new").stdout.strip()
        told = self.alice.aigenv("share", "add", name, token, *options).stdout
        member.trust, member.name = FINGERPRINT.search(told)[1], name
        self.members.append(member)
        return member

    def publish(self):
        commit_and_push(self.alice)
        git(self.alice, "branch", "-q", "-u", "origin/main")
        for member in self.members:
            clone(member, self.alice)
            member.aigenv("secret", "list", "--trust", member.trust)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for member in (*self.members, self.alice):
            member.__exit__()


def live(server):
    """What the app's process was started with."""
    pid = next((server.pm2_home / "pids").glob("web-*.pid")).read_text()
    entries = pathlib.Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    return next(e[13:].decode() for e in entries if e.startswith(b"CF_AIG_TOKEN="))


def deploy(server, status=0):
    pull(server)
    return server.aigenv("apply", "--restart", status=status)


def receipt(member, name, status=0):
    path = member.root / name
    path.write_text(member.aigenv("status", "--json", status=status).stdout)
    return path


def rotate(writer, *words, value="", status=0):
    return writer.aigenv("rotate", *words, stdin=value, status=status)


def ends(done):
    document = json.loads(done.stdout)
    return document["end"], document["waits_for"]


def secret(home, name="CF_AIG_TOKEN"):
    return home.aigenv("secret", "reveal", name).stdout


def works(emulator, token):
    return emulator.chat(token=token)[0] == 200


def three_servers_and_two_writers():
    with Emulator() as emulator, \
            Team(emulator, pm2={"app": "web", "script": "server.js"}) as team:
        (team.alice.project / "server.js").write_text(KEEP)
        alice, ana = team.alice, team.join(Home(), "ana")
        servers = [team.join(Server(), f"web-{number}", "--reader") for number in (1, 2, 3)]
        first, second, third = servers
        team.publish()
        for server in servers:
            server.aigenv("apply", "--restart")
        # From here on nobody but the emulator decides what works.
        emulator.set(tokens=[TOKEN, NEW])
        holds = lambda: [live(server) for server in servers]  # noqa: E731
        assert holds() == [TOKEN] * 3

        # The writer's stops at the switch, and names the others.
        done = rotate(alice, "CF_AIG_TOKEN", "--json", value=NEW, status=1)
        assert ends(done)[0] == "waits", done
        assert set(ends(done)[1]) == {"ana", "web-1", "web-2", "web-3"}, done
        assert holds() == [TOKEN] * 3 and works(emulator, TOKEN)
        push(alice)

        # One takes it, one fails its call and keeps what it has, one is late.
        deploy(first)
        emulator.set(tokens=[TOKEN])
        deploy(second, status=5)
        emulator.set(tokens=[TOKEN, NEW])
        assert holds() == [NEW, TOKEN, TOKEN] and works(emulator, TOKEN)
        told = second.aigenv("status", status=1).stderr
        assert "waits for this machine" in told and "rotate" not in told, told

        files = [receipt(first, "web-1.json"), receipt(second, "web-2.json", 1),
                 receipt(third, "web-3.json")]
        done = rotate(alice, "--resume", "--json", "--confirmed-by", *files, status=1)
        assert set(ends(done)[1]) == {"ana", "web-2", "web-3"}, done
        assert re.search(r"web-2\.json: web-2 is not in sync \(.env\): .*apply --restart",
                         done.stderr), done
        assert re.search(r"web-3\.json: web-3 has generation \d+, in which", done.stderr), done
        assert alice.aigenv("secret", "list", "--json").stdout.count('"previous": true') == 1
        assert holds() == [NEW, TOKEN, TOKEN]

        # The other writer goes on, once the second has it; the third is given up.
        pull(ana)
        told = ana.aigenv("status", status=1)
        assert "web-1, web-2, web-3" in told.stdout and "--confirmed-by -" in told.stderr, told
        second.aigenv("apply", "--restart")
        lines = "".join(json.dumps(json.loads(path.read_text())) + "\n" for path in
                        (files[0], receipt(second, "web-2.json")))
        others = [option for name in ("web-3", first_writer(ana)) for option in ("--except", name)]
        done = rotate(ana, "--resume", "--json", "--confirmed-by", "-", *others, value=lines)
        assert ends(done) == ("done", []), done
        assert "web-3 is not waited for, by your word" in done.stderr, done
        assert holds() == [NEW, NEW, TOKEN]
        # Now that it is said to be live, the old one is revoked where it was made.
        emulator.set(tokens=[NEW, THIRD])
        ana.aigenv("secret", "forget", "CF_AIG_TOKEN")
        push(ana)
        # Whoever was given up and comes back takes it as ever.
        deploy(third)
        assert holds() == [NEW] * 3

        back_again(emulator, team, servers, files)


def first_writer(home):
    document = json.loads(home.aigenv("share", "list", "--json").stdout)
    return next(one["name"] for one in document["profiles"][0]["recipients"]
                if one["writer"] and one["name"] != "ana")


def back_again(emulator, team, servers, old_receipts):
    """Taken back before anything is revoked, by the other writer; what was a receipt
    then is none for the next rotation."""
    alice, ana = team.alice, team.members[0]
    first = servers[0]
    pull(alice)
    rotate(alice, "CF_AIG_TOKEN", value=THIRD, status=1)
    push(alice)
    deploy(first)
    assert [live(server) for server in servers] == [THIRD, NEW, NEW]
    given = receipt(first, "before.json")
    pull(ana)
    done = rotate(ana, "--abort")
    assert "may run with the new value" in done.stderr and "web-1" in done.stderr, done
    push(ana)
    assert works(emulator, NEW) and works(emulator, THIRD)
    deploy(first)
    assert [live(server) for server in servers] == [NEW] * 3

    pull(alice)
    rotate(alice, "CF_AIG_TOKEN", value=THIRD, status=1)
    done = rotate(alice, "--resume", "--confirmed-by", given, *old_receipts, status=1)
    assert done.stderr.count("web-1 has generation") + done.stderr.count("a later receipt") == 2
    assert "by its word of" not in done.stderr, done
    rotate(alice, "--abort")


# Receipts

def without_pm2(emulator):
    """Alice rotates; ana and web-1 are waited for, and have no app to look at."""
    team = Team(emulator)
    team.join(Home(), "ana")
    team.join(Home(), "web-1", "--reader")
    team.publish()
    emulator.set(tokens=[TOKEN, NEW])
    rotate(team.alice, "CF_AIG_TOKEN", value=NEW, status=1)
    push(team.alice)
    for member in team.members:
        pull(member)
        member.aigenv("apply")
    return team


def changed(document, **members):
    """A copy in which members of the document or of its profile are others."""
    copy = json.loads(json.dumps(document))
    for name, value in members.items():
        (copy if name in copy else copy["profiles"][0])[name] = value
    return copy


def at(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + seconds))


def hostile(document):
    """(text of the file, what is said of it)"""
    profile = document["profiles"][0]
    none = "this is not a receipt"
    yield "", none
    yield "ssh: connect to host web-1 port 22: Connection refused\n", none
    yield json.dumps(document)[:200], none
    yield "[" * 100000, none
    yield "{}", none
    yield "[]", none
    yield "null", none
    yield json.dumps(changed(document, profiles={})), none
    yield json.dumps(changed(document, profiles=[None])), none
    yield json.dumps(changed(document, at="yesterday")), none
    forged = "x\n✓ receipt web-2 on host b has it"
    for name in ("vault", "host", "recipient"):
        yield json.dumps(changed(document, **{name: forged})), none
    yield json.dumps(changed(document, files=[{"path": forged, "state": "drifted"}])), none
    yield json.dumps(changed(document, processes=[{"app": forged, "state": "stale"}])), none
    yield json.dumps(changed(document, files=None)), none
    yield json.dumps(changed(document, generation=1e3)), none
    yield json.dumps(changed(document, vault="0" * 32)), "of another vault, 00000000"
    yield json.dumps(changed(document, profile="staging")), "profile production is not in"
    yield json.dumps(changed(document, recipient="web-9")), "web-9 is not waited for"
    yield json.dumps(changed(document, generation=profile["generation"] - 1)), "is not switched"
    yield json.dumps(changed(document, generation=2**62)), "`git pull` here first"
    yield json.dumps(changed(document, core="AAAA")), "is not the same at"
    yield json.dumps(changed(document, rotation=None)), "is not switched"
    yield json.dumps(changed(document, rotation={"name": "CF_AIG_TOKEN", "step": "staged"})), \
        "is not switched"
    yield json.dumps(changed(document, at=at(-3600))), "before the switch at"
    yield json.dumps(changed(document, at=at(-3600))), "see that the clock there is right"
    yield json.dumps(changed(document, at=at(3600))), "yet to come"
    yield json.dumps(changed(document, files=[])), "not in sync (.env)"
    yield json.dumps(changed(document, files=[{"path": ".env", "state": "drifted"}])), \
        "not in sync (.env)"
    yield json.dumps(changed(document, processes=[{"app": "web", "state": 7}])), \
        "not in sync (web)"
    yield json.dumps(changed(document, dump="stale")), "saved list"


def each_is_told_in_one_line():
    with Emulator() as emulator, without_pm2(emulator) as team:
        alice, (ana, server) = team.alice, team.members
        good = json.loads(server.aigenv("status", "--json").stdout)
        told_of = alice.project / "told.json"
        for text, said in hostile(good):
            told_of.write_text(text)
            done = rotate(alice, "--resume", "--json", "--confirmed-by", told_of, status=1)
            lines = [line for line in done.stderr.splitlines() if "told.json" in line]
            assert len(lines) == 1 and said in lines[0], (text[:300], said, done.stderr)
            assert ends(done)[1] == ["ana", "web-1"], done
        # What is no file at all, or more than a receipt can be.
        told_of.write_text(" " * (1 << 21))
        assert "told.json" in rotate(alice, "--resume", "--confirmed-by", told_of, status=3).stderr
        gone = rotate(alice, "--resume", "--confirmed-by", "gone.json", status=None)
        assert gone.returncode in (3, 7) and "gone.json" in gone.stderr, gone
        for words in (("--confirmed-by", told_of), ("--except", "ana"),
                      ("--resume", "--confirmed", "--except", "ana")):
            rotate(alice, *words, status=2)
        said = rotate(alice, "--resume", "--except", "web-9", status=3).stderr
        assert "web-9 is not waited for" in said and "aigenv status" in said, said

        # Of several by one recipient the latest counts, also where it is worse.
        stale = changed(good, at=at(1), files=[{"path": ".env", "state": "drifted"}])
        both = json.dumps(good) + "\n" + json.dumps(stale, indent=2) + "\n"
        done = rotate(alice, "--resume", "--json", "--confirmed-by", "-", value=both, status=1)
        assert re.search(r"stdin.*:1: a later receipt of web-1 counts.*:2", done.stderr), done
        assert ":2: web-1 is not in sync" in done.stderr, done
        assert ends(done)[1] == ["ana", "web-1"], done
        # The same one twice is one; two recipients on one host are told.
        hers = json.loads(ana.aigenv("status", "--json").stdout)
        files = [str(alice.project / name) for name in ("a.json", "b.json", "c.json")]
        for path, document in zip(files, (good, good, hers), strict=True):
            pathlib.Path(path).write_text(json.dumps(document))
        done = rotate(alice, "--resume", "--json", "--confirmed-by", *files)
        assert ends(done) == ("done", []), done
        assert done.stderr.count(" receipt ") == 2 and "are both on host" in done.stderr, done
        assert "what runs with them it cannot tell" in done.stderr, done


def two_writers_go_on_at_once():
    """With the same receipts, each in a clone: git and seal --merge bring it together."""
    with Emulator() as emulator, without_pm2(emulator) as team:
        alice, (ana, server) = team.alice, team.members
        given = receipt(server, "web-1.json")
        rotate(alice, "--resume", "--confirmed-by", given, "--except", "ana")
        rotate(ana, "--resume", "--confirmed-by", given, "--except", first_writer(ana))
        push(alice)
        git(ana, "commit", "-qam", "hers")
        ana.run("git", "-c", "user.name=a", "-c", "user.email=a@example.org", "pull", "-q",
                "--no-rebase", status=None)
        ana.aigenv("seal", "--merge", "--take", "ours", "--yes")
        git(ana, "add", "aigenv.json")
        push(ana)
        pull(alice)
        for home in (alice, ana):
            record = json.loads(home.aigenv("status", "--json", status=None).stdout)["profiles"][0]
            assert record["rotation"] is None and secret(home) == NEW, record


def a_merge_while_it_waits():
    """A change on the other side is merged in; the switch stands, and a receipt of the
    merged vault counts."""
    with Emulator() as emulator, without_pm2(emulator) as team:
        alice, (ana, server) = team.alice, team.members
        before = receipt(server, "before.json")
        ana.aigenv("config", "set", "vars.MARK=ana")
        push(ana)
        alice.aigenv("config", "set", "vars.OTHER=alice")
        git(alice, "commit", "-qam", "hers")
        alice.run("git", "-c", "user.name=a", "-c", "user.email=a@example.org", "pull", "-q",
                  "--no-rebase", status=None)
        alice.aigenv("seal", "--merge", "--yes")
        git(alice, "add", "aigenv.json")
        push(alice)
        # It had the new value before the merge already, and says so.
        done = rotate(alice, "--resume", "--json", "--confirmed-by", before, status=1)
        assert ends(done)[1] == ["ana"], done
        pull(server)
        server.aigenv("apply")
        done = rotate(alice, "--resume", "--json", "--confirmed-by",
                      receipt(server, "after.json"), "--except", "ana")
        assert ends(done) == ("done", []) and secret(alice) == NEW, done


def two_profiles_at_once():
    """What is printed for the others, as it stands, has a word for each profile."""
    with Emulator() as emulator, Team(emulator) as team:
        alice, server = team.alice, team.join(Home(), "web-1", "--reader")
        alice.aigenv("profile", "copy", "production", "staging")
        alice.aigenv("-p", "staging", "config", "set", "outputs.0.path=.env.staging")
        alice.aigenv("-p", "staging", "share", "add", "web-1",
                     server.aigenv("key", "show").stdout.strip(), "--reader")
        team.publish()
        emulator.set(tokens=[TOKEN, NEW])
        done = rotate(alice, "CF_AIG_TOKEN", "--all-profiles", value=NEW, status=1)
        words = re.search(r"takes what `(aigenv status .*?)` prints", done.stderr)[1].split()
        push(alice)
        pull(server)
        for profile in ("production", "staging"):
            server.aigenv("-p", profile, "apply")
        given = server.run(AIGENV, *words[1:]).stdout
        # Ended in one of them, as a crash may leave it, it is named where the other goes on.
        rotate(alice, "--resume", "--confirmed-by", "-", value=given)
        done = rotate(alice, "--resume", "--all-profiles", "--confirmed-by", "-", value=given, status=3)
        words = re.search(r"next   `(aigenv rotate .*?)` goes on", done.stderr)[1].split()
        done = alice.run(AIGENV, *words[1:], "--json", "--confirmed-by", "-", stdin=given)
        assert ends(done) == ("done", []), done


def killed_at_every_call_that_writes_it_goes_on():
    """With the same receipt: neither value is lost, and the end comes once."""
    with Emulator() as emulator, without_pm2(emulator) as team:
        alice, (_, server) = team.alice, team.members
        words = ["rotate", "--resume", "--confirmed-by", receipt(server, "web-1.json"),
                 "--except", "ana"]
        kept, steps = alice.root / "kept", set()
        for name in ("project", "home"):
            shutil.copytree(alice.root / name, kept / name)
        for number in range(1, 200):
            for name in ("project", "home"):
                shutil.rmtree(alice.root / name)
                shutil.copytree(kept / name, alice.root / name)
            killed = alice.run(BINARY / "aigenv-faulty", *words, status=None,
                               more={"AIGENV_FAULT": f"any:{number}:KILL"})
            if killed.returncode == 0:
                break
            assert killed.returncode == -signal.SIGKILL, killed
            record = json.loads(alice.aigenv("status", "--json", status=None).stdout)
            rotation = record["profiles"][0]["rotation"]
            steps.add(rotation and rotation["step"])
            alice.aigenv(*words, status=0 if rotation else 3)
            assert secret(alice) == NEW, number
            assert '"previous": true' in alice.aigenv("secret", "list", "--json").stdout, number
        assert steps == {"switched", "confirmed", None} and number > 20, (steps, number)


# The script of the manual

SSH = """#!/bin/sh
# A server is a folder here: ssh -n NAME WORDS runs them there, as it would.
[ "$1" = -n ] && shift
. "$SERVERS/$1"
exec sh -c "$2"
"""


def as_host(server, folder):
    """What ssh finds there: the account's own environment, and no other."""
    server.environment.setdefault("AIGENV_TRUST", server.trust)
    environment = {**server.environment, "PROJECT": str(server.project)}
    lines = [f"export {name}='{value}'" for name, value in environment.items()]
    (folder / server.name).write_text("\n".join(lines) + "\n")


class StandIn:
    """ssh by which a server is a folder."""

    def __init__(self, alice, servers):
        self.hosts = alice.root / "hosts"
        self.hosts.mkdir()
        for server in servers:
            as_host(server, self.hosts)
        self.program, self.more = SSH, {"SERVERS": str(self.hosts)}

    def end(self):
        pass


SSHD_CONFIG = """ListenAddress 127.0.0.1:{port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/key.pub
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
ForceCommand . {environment}; exec sh -c "$SSH_ORIGINAL_COMMAND"
"""
SSH_CONFIG = """Host {name}
 HostName 127.0.0.1
 Port {port}
 IdentityFile {folder}/key
 UserKnownHostsFile {folder}/known
 StrictHostKeyChecking accept-new
"""
SSHD = shutil.which("sshd", path=os.environ["PATH"] + ":/usr/sbin")


class RealSsh:
    """A real sshd for each server, on loopback, with keys of its own."""

    def __init__(self, alice, servers):
        if not SSHD:
            print("skipped, for want of:\n  sshd: openssh-server has it")
            sys.exit(SKIPPED)
        self.daemons, self.config, self.more = [], alice.root / "ssh_config", {}
        self.program = f'#!/bin/sh\nexec {shutil.which("ssh")} -F {self.config} "$@"\n'
        with self.config.open("w") as config:
            for server in servers:
                config.write(self.begin(server))

    def begin(self, server):
        folder = server.root / "ssh"
        folder.mkdir()
        for key in ("host", "key"):
            server.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / key)
        as_host(server, folder)
        names = {"port": free_port(), "folder": folder, "environment": folder / server.name,
                 "name": server.name}
        (folder / "sshd_config").write_text(SSHD_CONFIG.format(**names))
        self.daemons.append(subprocess.Popen([SSHD, "-D", "-f", folder / "sshd_config"]))
        return SSH_CONFIG.format(**names)

    def end(self):
        for daemon in self.daemons:
            daemon.terminate()
            daemon.wait()


def the_script_of_the_manual(connect=StandIn):
    script = next(block for block in helptext.blocks("machines") if block.startswith("#!/bin/sh"))
    assert len(script.strip().splitlines()) <= 10, script
    with Emulator() as emulator, \
            Team(emulator, pm2={"app": "web", "script": "server.js"}) as team:
        (team.alice.project / "server.js").write_text(KEEP)
        alice = team.alice
        servers = [team.join(Server(), f"web-{number}", "--reader") for number in (1, 2)]
        team.publish()
        for server in servers:
            server.aigenv("apply", "--restart")
        ssh = connect(alice, servers)
        try:
            run_the_script(emulator, alice, servers, script, ssh)
        finally:
            ssh.end()


def run_the_script(emulator, alice, servers, script, ssh):
    emulator.set(tokens=[TOKEN, NEW])
    tools = alice.root / "tools"
    tools.mkdir()
    # Each server's checkout lies where the script has it, for that server.
    (tools / "ssh").write_text(ssh.program)
    (tools / "rotate-all").write_text(script.replace("/srv/api", '"$PROJECT"'))
    for name in ("ssh", "rotate-all"):
        (tools / name).chmod(0o755)
    more = {"PATH": f"{tools}:{AIGENV.parent}:{os.environ['PATH']}",
            "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org", **ssh.more}
    run = lambda *names, **given: alice.run(  # noqa: E731
        "rotate-all", "CF_AIG_TOKEN", *names, more=more, **given)
    holds = lambda: [live(server) for server in servers]  # noqa: E731

    # Nothing can be pushed the first time: no server is asked.
    repository = pathlib.Path(alice.run("git", "remote", "get-url", "origin").stdout.strip())
    repository.rename(repository.with_suffix(".away"))
    done = run("web-1", "web-2", stdin=NEW, status=128)
    assert "receipt" not in done.stderr and holds() == [TOKEN, TOKEN], done
    repository.with_suffix(".away").rename(repository)
    # Then the second is not asked, as if it were down.
    done = run("web-1", status=1)
    assert "web-2" in done.stderr and not done.stdout, done
    assert holds() == [NEW, TOKEN]
    run("web-1", "web-2")
    assert holds() == [NEW] * 2
    pull(servers[0])
    record = json.loads(servers[0].aigenv("status", "--json", status=None).stdout)
    assert record["profiles"][0]["rotation"] is None, record


def the_script_by_a_real_ssh():
    the_script_of_the_manual(RealSsh)


PARTS = {
    "rotation": [three_servers_and_two_writers],
    "receipts": [each_is_told_in_one_line, two_writers_go_on_at_once, a_merge_while_it_waits,
                 two_profiles_at_once],
    "killed": [killed_at_every_call_that_writes_it_goes_on],
    "script": [the_script_of_the_manual],
    "ssh": [the_script_by_a_real_ssh],
}

if __name__ == "__main__":
    main(PARTS[sys.argv.pop(1)])
