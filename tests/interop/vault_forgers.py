#!/usr/bin/env python3
"""Vaults forged in every way that somebody without a writer's key has.

    vault_forgers.py outsider   may push, knows the public keys alone
    vault_forgers.py reader     also knows the data key: tags and values are right
    vault_forgers.py removed    a writer once, with a genuine proof

Every command that reads the profile in use has to end with 4, say why, print
nothing and change nothing, on machines that know the vault or a part of it. On
one that knows nothing a vault that is consistent in itself is a first contact:
0, with the line that names its writers. The forgeries are in
tests/support/vault_forgeries.py; they know the format from a second
implementation.
"""
import json
import os
import pathlib
import random
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import runs  # noqa: E402
from vault_format import check, run_all, run_part  # noqa: E402
from vault_forgeries import (  # noqa: E402
    BAIT, OUTSIDER, READER, REMOVED, Forgery, World, file_text)

READING = (
    ("secret", "reveal", "CF_AIG_TOKEN"), ("secret", "list"), ("render",), ("run", "--", "true"),
    ("config", "get"), ("config", "get", "gateway"), ("profile", "list"), ("profile", "show"),
    ("verify",))
CHANGING = (
    ("seal", "--yes"), ("apply", "--no-verify"), ("apply", "--dry-run", "--no-verify"),
    ("secret", "set", "NEW"), ("secret", "remove", "OTHER"), ("config", "set", "vars.A=1"),
    ("config", "unset", "vars"), ("init", "--no-verify", "--var", "B=1"),
    ("import", "../other.env"), ("profile", "copy", "PROFILE", "copy"),
    ("profile", "remove", "PROFILE"))


# Machines

class Machine:
    """A project's folder and a memory, by way of genuine vaults."""

    def __init__(self, folder, identity):
        self.folder = pathlib.Path(folder)
        self.project = self.folder / "project"
        self.project.mkdir(parents=True)
        self.vault = self.project / "aigenv.json"
        self.identity = self.folder / "identity.txt"
        self.identity.write_text(identity.identity + "\n")
        self.identity.chmod(0o600)
        (self.folder / "other.env").write_text("OTHER=1\n")
        self.variables = {}

    def run(self, *words, identity=None):
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder),
            "XDG_STATE_HOME": str(self.folder / "state"),
            "AIGENV_IDENTITY": str(identity or self.identity), **self.variables}
        return runs.run("--no-input", *words, cwd=self.project, env=environment, input=b"value")

    def learn(self, world, profiles, path=None):
        """Opens genuine profiles, here or in another clone."""
        path = path or self.vault
        path.parent.mkdir(exist_ok=True)
        path.write_text(file_text(world.vault()))
        for profile in profiles:
            done = self.run("-f", str(path), "-p", profile, "secret", "list")
            check(done.returncode == 0, profile, done.stderr)


def knows_all(machine, world):
    machine.learn(world, ("production", "staging"))


def knows_production(machine, world):
    machine.learn(world, ("production",))


def knows_staging(machine, world):
    machine.learn(world, ("staging",))


def knows_another_clone(machine, world):
    machine.learn(world, ("production", "staging"), machine.folder / "clone/aigenv.json")


def knows_all_and_a_variable_believes_the_forger(machine, world):
    """AIGENV_TRUST counts where nothing is known, and nowhere else."""
    machine.learn(world, ("production", "staging"))
    machine.variables["AIGENV_TRUST"] = world.forger.fingerprint


def knows_one_fingerprint(machine, world):
    machine.variables["AIGENV_TRUST"] = world.alice.fingerprint


KNOWING = (knows_all, knows_production, knows_staging, knows_another_clone,
           knows_all_and_a_variable_believes_the_forger, knows_one_fingerprint)


def can_tell(world, forgery, knows):
    """A vault with another id, in a place that is new, is a first contact; and
    of a removal only those know who have seen it."""
    if forgery.late and knows in (knows_staging, knows_one_fingerprint):
        return False
    return (knows is not knows_another_clone or forgery.vault["vault"] == world.id
            or not forgery.consistent)


def some_commands(rng, forgery, who, every):
    """Words, and whether an identity is at hand: `seal` and `reveal` always."""
    commands = [(words, True) for words in READING + CHANGING]
    commands += [(words, False) for words in READING if words[0] in ("config", "profile")
                 and words[1] in ("get", "list")]
    if forgery.edited:  # shown before a seal; without an identity no tag is looked at
        commands = [(words, known) for words, known in commands
                    if known and words != ("profile", "list") and words[0] != "seal"]
    first = [one for one in commands if one[0] in (READING[0], CHANGING[0])]
    rest = [one for one in commands if one not in first]
    return commands if every else first + rng.sample(rest, 1)


def refused(machine, forgery, words, known):
    """What is wrong with how a command ended, or None."""
    before = machine.vault.read_bytes()
    words = [forgery.profile if word == "PROFILE" else word for word in words]
    done = machine.run(f"-p{forgery.profile}", *words, identity=None if known else "none")
    how = f"{words}{'' if known else ' without identity'}"
    if done.returncode != 4 or done.stdout or not done.stderr:
        return f"{how} ended with {done}"
    if BAIT.encode() in done.stderr or machine.vault.read_bytes() != before:
        return f"{how} changed or showed something: {done.stderr}"
    if list(machine.project.iterdir()) != [machine.vault]:
        return f"{how} left {list(machine.project.iterdir())}"
    return None


def knowing_case(folder, seed, world, made, knows, who):
    """All forgeries on one machine: what it refuses leaves it as it was."""
    rng = random.Random(f"{seed} {knows.__name__} {who}")
    machine = Machine(folder / f"{knows.__name__}-{who}", world.people[who])
    knows(machine, world)
    every = knows is knows_all and who == "alice"
    for name, forgery in made:
        if not can_tell(world, forgery, knows):
            continue
        machine.vault.write_text(forgery.text)
        for words, known in some_commands(rng, forgery, who, every):
            wrong = refused(machine, forgery, words, known)
            if wrong:
                return f"{name}, seed {seed}, {knows.__name__}, as {who}: {wrong}"
    return None


def first_contact(machine, forgery):
    """What is wrong on a machine that knows nothing, or None."""
    record = forgery.vault["profiles"][forgery.profile]
    profile = f"-p{forgery.profile}"
    if not forgery.consistent:
        return (refused(machine, forgery, READING[0], True)
                or refused(machine, forgery, CHANGING[0], True))
    done = machine.run(profile, *READING[0])
    writers = [name for name, one in record["recipients"].items() if "sign" in one]
    named = [line for line in done.stderr.decode().splitlines()
             if "first contact" in line and f"sealed by {record['sealed']['by']}" in line
             and all(f"{name} (" in line for name in writers)]
    if done.returncode or len(named) != 1:
        return f"ended with {done}"
    done = machine.run(profile, "secret", "list")
    return f"said again: {done}" if done.returncode or done.stderr else None


def unknowing_case(folder, seed, world, made, who):
    for number, (name, forgery) in enumerate(made):
        if who not in forgery.vault["profiles"][forgery.profile]["recipients"]:
            continue
        machine = Machine(folder / f"nothing-{who}-{number}", world.people[who])
        machine.vault.write_text(forgery.text)
        wrong = first_contact(machine, forgery)
        shutil.rmtree(machine.folder)
        if wrong:
            return f"{name}, seed {seed}, knows nothing, as {who}: {wrong}"
    return None


def each(made):
    yield from enumerate([made] if isinstance(made, Forgery) else made)


def forgers(folder, kinds, forger, seed):
    world = World(seed)
    world.people["forger"] = world.people[forger]
    made = [(f"{forge.__name__} {number}", forgery)
            for forge in kinds for number, forgery in each(forge(world))]
    before = {json.dumps(world.vault()): "the genuine one"}
    for name, one in made:
        same = before.setdefault(json.dumps(one.vault), name)
        check(same == name, name, "is the same as", same)
    cases = [(knowing_case, folder, seed, world, made, knows, who)
             for knows in KNOWING for who in ("alice", "web")]
    cases += [(unknowing_case, folder, seed, world, made, who) for who in ("alice", "web")]
    print(f"{len(made)} forgeries")
    run_all(cases)


def outsider(folder, seed=1):
    forgers(folder, OUTSIDER, "mallory", seed)


def reader(folder, seed=1):
    forgers(folder, READER, "web", seed)


def removed(folder, seed=1):
    forgers(folder, REMOVED, "carol", seed)


run_part({"outsider": outsider, "reader": reader, "removed": removed})
