#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Forged vaults as one version of a merge, on the machine of a writer.

Each forgery of tests/support/vault_forgeries.py takes the place of the base, of
ours and of theirs, the two others being genuine. A merge has to end with 3 or 4,
whatever is to be taken, print nothing of the forger's, and write nothing. A base
by one who was a writer once is believed, as he may have been removed since: then
nothing of his may be in what comes out.
"""
import copy
import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import runs  # noqa: E402
from vault_format import check, run_all, run_part  # noqa: E402
from vault_forgeries import (  # noqa: E402
    BAIT, EVIL, OUTSIDER, READER, REMOVED, Forgery, World, file_text, settings)

VERSIONS = ("base", "ours", "theirs")


def changed(world, who, name):
    """The genuine production profile with one more variable."""
    profile = copy.deepcopy(world.now)
    profile.people = world.people
    profile.record["settings"] = settings(
        gateway="gw-8", vars={"LOG_LEVEL": "info", name: "1"})
    profile.seal(who, 9)
    return world.vault(production=profile.record)


class Machine:
    def __init__(self, folder, person):
        self.folder = folder
        self.project = folder / "project"
        self.project.mkdir(parents=True)
        identity = folder / "identity.txt"
        identity.write_text(person.identity + "\n")
        identity.chmod(0o600)
        self.variables = {}

    def run(self, *words):
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder),
            "XDG_STATE_HOME": str(self.folder / "state"),
            "AIGENV_IDENTITY": str(self.folder / "identity.txt"), **self.variables}
        return runs.run("--no-input", *words, cwd=self.project, env=environment)

    def write(self, name, text):
        (self.project / f"{name}.json").write_text(text)

    def merge(self, versions):
        for name, text in versions.items():
            self.write(name, text)
        out = self.project / "out.json"
        out.unlink(missing_ok=True)
        files = [word for name in VERSIONS for word in (f"--{name}", f"{name}.json")]
        return self.run("seal", "--merge", *files, "--take", "theirs", "--out", "out.json"), out


def merging_case(folder, world, genuine, name, forgery, place):
    machine = Machine(folder / f"{name}-{place}".replace(" ", "-"), world.alice)
    machine.write("aigenv", genuine["base"])
    for profile in ("production", "staging"):
        done = machine.run("-p", profile, "secret", "list")
        check(done.returncode == 0, done)
    machine.variables["AIGENV_TRUST"] = world.forger.fingerprint
    before = (machine.project / "aigenv.json").read_bytes()
    done, out = machine.merge({**genuine, place: forgery.text})
    said = done.stdout + done.stderr
    how = f"{name} as {place}: {done}"
    if BAIT.encode() in said or (machine.project / "aigenv.json").read_bytes() != before:
        return f"{how} changed or showed something"
    if forgery.profile != "production":
        # Changed on one side alone, it is taken as git would; who opens it refuses.
        if done.returncode == 0:
            out.replace(machine.project / "aigenv.json")
            done = machine.run("-p", forgery.profile, "secret", "list")
        return None if done.returncode in (3, 4) else f"{how} let it in"
    if place == "base" and forgery.late and done.returncode == 0:
        text = out.read_text()
        return None if EVIL not in text and '"carol"' not in text else f"{how} took it"
    return None if done.returncode in (3, 4) and not out.exists() else f"{how} went through"


def each(made):
    yield from enumerate([made] if isinstance(made, Forgery) else made)


def merged(folder, seed=1):
    world = World(seed)
    genuine = {"base": file_text(world.vault()), "ours": file_text(changed(world, "alice", "A")),
               "theirs": file_text(changed(world, "bob", "B"))}
    machine = Machine(folder / "genuine", world.alice)
    machine.write("aigenv", genuine["base"])
    check(machine.run("-p", "production", "secret", "list").returncode == 0)
    done, out = machine.merge(genuine)
    check(done.returncode == 0, done)
    variables = json.loads(out.read_text())["profiles"]["production"]["settings"]["vars"]
    check(variables == {"A": "1", "B": "1", "LOG_LEVEL": "info"}, variables)
    cases = []
    for forger, kinds in (("mallory", OUTSIDER), ("web", READER), ("carol", REMOVED)):
        world.people["forger"] = world.people[forger]
        cases += [(merging_case, folder, world, genuine, f"{forge.__name__} {number}", forgery, place)
                  for forge in kinds for number, forgery in each(forge(world))
                  for place in VERSIONS]
    print(f"{len(cases)} merges")
    run_all(cases)


run_part({"merged": merged})
