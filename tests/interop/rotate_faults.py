#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A rotation, killed and refused at every system call that writes: every file is
whole, neither value is lost, and the next run goes on or takes it back.

    rotate_faults.py killed|aborted|refused|made

In `made` Cloudflare makes the value, and one call of AIGENV_TEST_STRIDE (5) is
tried: 1 takes minutes.
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import ACCOUNT, AIGENV, API_TOKEN, BINARY, KEY, TOKEN, Emulator, Home, answers, main  # noqa: E402

FAULTY = BINARY / "aigenv-faulty"
NEW_KEY = "sk-aNewXiaomiKey9876543210"
NAME = "MIMO_API_KEY"
MOST_CALLS = 400


class Project(Home):
    """A project that is put back as it was before each rotation."""

    def __init__(self, emulator):
        super().__init__()
        (self.project / "server.js").touch()
        self.aigenv("init", "--answers", "-", "--no-input",
                    stdin=json.dumps(answers(emulator, pm2={"app": "web"})))  # fmt: skip
        emulator.set(providers={"custom-xiaomi": {"keys": [KEY, NEW_KEY]}})
        self.kept = self.root / "kept"
        self.keep()

    def keep(self):
        shutil.rmtree(self.kept, ignore_errors=True)
        for name in ("project", "home"):
            shutil.copytree(self.root / name, self.kept / name)

    def add_staging(self):
        self.aigenv("profile", "copy", "production", "staging")
        self.aigenv("-p", "staging", "config", "set", "outputs.0.path=staging.env",
                    "outputs.1.path=staging.config.cjs")  # fmt: skip
        self.keep()

    def put_back(self):
        for name in ("project", "home"):
            shutil.rmtree(self.root / name)
            shutil.copytree(self.kept / name, self.root / name)

    def rotate(self, *words, fault=None, **options):
        more = {"AIGENV_FAULT": fault} if fault else {}
        return self.run(FAULTY, "rotate", *words, more=more, **options)

    def begin(self, fault, **options):
        self.put_back()
        done = self.rotate(NAME, fault=fault, stdin=f"{NEW_KEY}\n", **options)
        assert KEY not in done.stdout + done.stderr, done
        assert NEW_KEY not in done.stdout + done.stderr, done
        assert self.in_file() in (KEY, NEW_KEY), self.in_file()
        return done

    def current(self):
        return self.aigenv("secret", "reveal", NAME).stdout

    def in_file(self):
        lines = (self.project / ".env").read_text().splitlines()
        values = [line.partition("=")[2] for line in lines if line.startswith(NAME)]
        assert len(values) == 1, lines
        return values[0]

    def step(self):
        done = self.aigenv("status", "--json", status=None)
        rotation = json.loads(done.stdout)["profiles"][0]["rotation"]
        return rotation and rotation["step"]

    def check_whole(self, number):
        left = [str(path) for path in self.root.rglob("*.aigenv-*")
                if self.kept not in path.parents]  # fmt: skip
        assert not left, (number, left)
        assert TOKEN in (self.project / ".env").read_text()


def each_kill(project, effect="KILL"):
    """Numbers of calls at which it was killed, until one ends by itself."""
    for number in range(1, MOST_CALLS):
        done = project.begin(f"any:{number}:{effect}", status=None)
        if done.returncode != -signal.SIGKILL:
            assert done.returncode == 1, done
            assert number > 40, number
            return
        yield number
    raise AssertionError("there is no end to it")


def killed_at_every_call_it_is_finished_by_resume():
    with Emulator("--quiet") as emulator, Project(emulator) as project:
        seen = set()
        for number in each_kill(project):
            step = project.step()
            seen.add(step)
            if step:
                project.rotate("--resume", "--confirmed")
                assert project.current() == project.in_file() == NEW_KEY, number
                # The old one is there for a rollback.
                project.aigenv("rollback", NAME)
            # Else nothing had begun.
            assert project.current() == project.in_file() == KEY, number
            project.aigenv("apply", "--no-verify")
            project.check_whole(number)
            assert project.step() is None, number
        assert seen == {None, "staged", "verified", "switched"}, seen


def killed_at_every_call_it_is_taken_back_by_abort():
    with Emulator("--quiet") as emulator, Project(emulator) as project:
        for number in each_kill(project):
            step = project.step()
            done = project.rotate("--abort", status=0 if step else 3)
            assert project.current() == project.in_file() == KEY, (number, done)
            if step == "switched":
                project.aigenv("rollback", NAME)
                assert project.current() == project.in_file() == NEW_KEY, number
            project.aigenv("apply", "--no-verify")
            project.check_whole(number)
            assert project.step() is None, number


def killed_while_it_is_taken_back():
    """The vault has the old value or the rotation: the next run brings the rest."""
    with Emulator("--quiet") as emulator, Project(emulator) as project:
        for number in range(1, MOST_CALLS):
            project.begin(None, status=1)
            done = project.rotate("--abort", fault=f"any:{number}:KILL", status=None)
            if done.returncode == 0:
                assert number > 20, number
                return
            assert done.returncode == -signal.SIGKILL, done
            if project.step():
                project.rotate("--abort")
            else:
                project.aigenv("apply")
            assert project.current() == project.in_file() == KEY, number
            project.check_whole(number)
    raise AssertionError("there is no end to it")


def refused_calls_leave_it_whole_and_the_next_run_finishes():
    with Emulator("--quiet") as emulator, Project(emulator) as project:
        for fault in ("any:%d:EIO", "any:%d:ENOSPC", "any:%d:EACCES", "any:%d:EINTR"):
            for number in range(1, MOST_CALLS):
                done = project.begin(fault % number, status=None)
                case = (fault % number, done)
                step = project.step()
                if done.returncode == 1 and number > 60:
                    break
                assert done.returncode in (1, 3, 4, 7), case
                if step:
                    if done.returncode != 1:
                        assert "--resume" in done.stderr, case
                    project.rotate("--resume", "--confirmed")
                    assert project.current() == project.in_file() == NEW_KEY, case
                else:
                    assert project.current() == KEY, case
                    project.aigenv("apply", "--no-verify")
                    assert project.in_file() == KEY, case
                project.check_whole(case)
            else:
                raise AssertionError("there is no end to it")


def interrupted_with_two_profiles_its_last_words_name_both():
    with Emulator("--quiet") as emulator, Project(emulator) as project:
        project.add_staging()
        emulator.set(latency_ms=60000)
        with subprocess.Popen([AIGENV, "rotate", NAME, "--all-profiles"], text=True,
                              cwd=project.project, env=project.environment,
                              stdin=subprocess.PIPE, stderr=subprocess.PIPE) as rotate:  # fmt: skip
            rotate.stdin.write(f"{NEW_KEY}\n")
            rotate.stdin.close()
            told = "".join(rotate.stderr.readline() for _ in range(2))
            assert told.count("staged") == 2, told
            rotate.send_signal(signal.SIGINT)
            told = rotate.stderr.read()
        assert rotate.returncode in (130, -signal.SIGINT), rotate.returncode
        assert f"rotate {NAME} --resume --all-profiles`" in told, told


def killed_with_two_profiles_it_is_staged_in_both_or_in_none():
    with Emulator("--quiet") as emulator, Project(emulator) as project:
        project.add_staging()
        for number in range(1, MOST_CALLS):
            project.put_back()
            done = project.rotate(NAME, "--all-profiles", fault=f"any:{number}:KILL",
                                  stdin=f"{NEW_KEY}\n", status=None)  # fmt: skip
            told = json.loads(project.aigenv("status", "--all", "--json", status=None).stdout)
            steps = [found["rotation"] and found["rotation"]["step"]
                     for found in told["profiles"]]  # fmt: skip
            assert len(steps) == 2 and (None in steps) == (steps == [None, None]), (number, steps)
            if "verified" in steps:
                done = project.rotate("--resume", "--confirmed", status=None)
                assert "is being rotated in profile staging, too" in done.stderr, done
                return
    raise AssertionError("there is no end to it")


VIA = ("CF_AIG_TOKEN", "--via", "cloudflare")


class MadeProject(Project):
    """One whose gateway token Cloudflare makes. It is not put back: what is revoked stays so."""

    def __init__(self, emulator):
        super().__init__(emulator)
        self.emulator = emulator
        self.environment.update(AIGENV_API_ORIGIN=emulator.origin, CLOUDFLARE_API_TOKEN=API_TOKEN)

    def made(self):
        found = set()
        for owner in ("user", f"accounts/{ACCOUNT}"):
            _, _, text = self.emulator.ask("GET", f"/client/v4/{owner}/tokens?per_page=100",
                                           headers={"Authorization": f"Bearer {API_TOKEN}"})
            found |= {one["id"] for one in json.loads(text)["result"] if one["name"].startswith("aigenv-")}
        return found

    def check_made(self, case):
        """No token is left over, and the one that is live opens the gateway."""
        vault = json.loads((self.project / "aigenv.json").read_text())
        secret = vault["profiles"]["production"]["secrets"]["CF_AIG_TOKEN"]
        kept = {secret.get(slot, {}).get("id") for slot in ("current", "previous")}
        assert self.made() <= kept and self.step() is None, (case, self.made(), secret)
        self.aigenv("apply", "--no-verify")
        value = self.aigenv("secret", "reveal", "CF_AIG_TOKEN").stdout
        assert f"CF_AIG_TOKEN={value}" in (self.project / ".env").read_text(), case
        assert self.emulator.chat(token=value)[0] == 200, case
        assert not self.left_over(self.project), (case, self.left_over(self.project))

    def left_over(self, folder):
        return [path for path in folder.rglob("*.aigenv-*") if self.kept not in path.parents]


def broken_off(stride, effect, *faults):
    """Made by Cloudflare, and broken off at every so many-th call; then gone on with or taken back."""
    with Emulator("--quiet") as emulator, MadeProject(emulator) as project:
        steps = set()
        for number in range(1, MOST_CALLS, stride):
            emulator.set(faults=list(faults))
            done = project.rotate(*VIA, fault=f"any:{number}:{effect}", status=None)
            emulator.set(faults=[])
            case = (number, effect, done)
            ends = done.returncode == (5 if faults else 1)
            step = project.step()
            steps.add(step)
            # One that is being taken back is not gone on with: its token may be revoked already.
            words = ("--abort",) if faults or number // stride % 2 else ("--resume", "--confirmed")
            # What its failure advised is there; a token that is left without a rotation is not.
            if step:
                project.rotate(*words)
            project.check_made(case)
            if ends and number > 60:
                # What this machine remembers is swept when it is written again.
                assert not project.left_over(project.root), project.left_over(project.root)
                return steps
    raise AssertionError("there is no end to it")


def stride():
    return int(os.environ.get("AIGENV_TEST_STRIDE", "5"))


def made_and_killed_it_leaves_no_token():
    steps = broken_off(stride(), "KILL")
    assert {None, "requested", "staged", "verified", "switched"} >= steps >= {None, "requested", "switched"}, steps


def made_and_killed_while_it_is_taken_back():
    broken_off(stride(), "KILL", "2005")


def made_and_refused_it_leaves_no_token():
    for effect in ("EIO", "ENOSPC", "EACCES", "EINTR")[:4 if stride() == 1 else 2]:
        broken_off(2 * stride() + 1 if stride() > 1 else 1, effect)


GROUPS = {
    "killed": [
        interrupted_with_two_profiles_its_last_words_name_both,
        killed_with_two_profiles_it_is_staged_in_both_or_in_none,
        killed_at_every_call_it_is_finished_by_resume,
    ],
    "aborted": [
        killed_at_every_call_it_is_taken_back_by_abort,
        killed_while_it_is_taken_back,
    ],
    "made": [
        made_and_killed_it_leaves_no_token,
        made_and_killed_while_it_is_taken_back,
        made_and_refused_it_leaves_no_token,
    ],
    "refused": [refused_calls_leave_it_whole_and_the_next_run_finishes],
}

if __name__ == "__main__":
    # A disk that really syncs makes minutes of this.
    if os.access("/dev/shm", os.W_OK):
        tempfile.tempdir = "/dev/shm"
    main([test for name in sys.argv[1:] or GROUPS for test in GROUPS[name]])
