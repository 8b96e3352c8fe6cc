#!/usr/bin/env python3
"""The vault format a second time, in Python, and both held against each other.

    vault_python.py tampered [SEED [COUNT]]  vaults made here, changed in every
                                             place, read by aigenv
    vault_python.py teams [SEED [COUNT]]     writers, readers, removals, forgers:
                                             whom a machine believes
    vault_python.py written [SEED [COUNT]]   vaults written by aigenv, read here

The second one is tests/support/vault_format.py.
"""
import base64
import copy
import itertools
import json
import os
import pathlib
import random
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import runs  # noqa: E402
from vault_format import (  # noqa: E402
    AT, MOST, Person, Profile, Refused, bech32_data, check, read, run_all, run_part, text,
    unwrapped)

AIGENV = pathlib.Path(os.environ["AIGENV_TEST_BINARY"]) / "aigenv"


# Making vaults

LETTERS = "abcdefghijklmnopqrstuvwxyz"
ODD = ("", "x", "a" * 63, "b" * 64, "c" * 65, "d" * 127, "e" * 128, "é" * 32, "🚀" * 16,
       "two\nlines\n", "\r\n\t mixed \r", "'\"`$\\#{}%!&;", " blanks ", "\ufeffmark", "\x1b[31m",
       "\x01\x7f\x85\u2028", "nul\\u0000", "=", "a=b", "東京 – naïve 𝄞", "-----BEGIN X-----\nY\n",
       "f" * 65535, "ü" * 32767, "{{x}}", "${HOME}", "null", "e\u0301 is not \u00e9")


def random_value(rng):
    kind = rng.random()
    if kind < 0.5:
        return rng.choice(ODD)
    if kind < 0.8:
        return "sk-" + "".join(rng.choices(LETTERS + "0123456789", k=rng.randrange(8, 200)))
    return "".join(chr(rng.choice((rng.randrange(1, 128), rng.randrange(160, 0xD800),
                                   rng.randrange(0xE000, 0x110000))))
                   for _ in range(rng.randrange(1, 80)))


def random_name(rng):
    alphabet = LETTERS.upper() + LETTERS + "_0123456789"
    size = rng.choice((1, 5, 12, 128))
    return rng.choice(alphabet[:53]) + "".join(rng.choices(alphabet, k=size - 1))


def random_settings(rng):
    settings = {"account_id": rng.randbytes(16).hex(), "gateway": "gw-" + rng.randbytes(3).hex(),
                "origin": "https://gateway.ai.cloudflare.com",
                "routes": [{"name": "mimo", "provider": "custom-xiaomi", "path": "/v1",
                            "model": "mimo-v2.5", "key_env": "MIMO_API_KEY"}]}
    if rng.random() < 0.5:
        settings["routes"].append({"name": "openai", "provider": "openai", "path": "",
                                   "model": "gpt-4o-mini", "key_env": "OPENAI_API_KEY",
                                   "model_env": "OPENAI_MODEL", "credential": "stored"})
    if rng.random() < 0.7:
        settings["pm2"] = {"app": rng.choice(("api-" + rng.randbytes(2).hex(), "@acme/api",
                                              ["api:prod", "小米"])),
                           "args": ["--port", "80,81"], "cwd": "packages/api",
                           "node_args": [], "instances": 2, "exec_mode": "cluster"}
        settings["outputs"] = [{"template": "env", "path": ".env"},
                               {"template": "./own.mustache", "path": "a/b.env",
                                "sha256": rng.randbytes(32).hex()}]
    if rng.random() < 0.7:
        settings["vars"] = {"A": "1", "MOTTO": "zwei\nZeilen\t\"\\ / é \u2028", "LOG_LEVEL": ""}
    if rng.random() < 0.5:
        settings["schema"] = {"PORT": {"required": True, "pattern": "^[0-9]+$",
                                       "one_of": ["80", "81"]}}
    if rng.random() < 0.5:
        settings["x-note"] = rng.choice(("yours", 7, True, ["a", {"b": -1}], "🚀"))
    return settings


def random_secrets(rng, profile, generation):
    names = ["CF_AIG_TOKEN", *(random_name(rng) for _ in range(rng.randrange(1, 5)))]
    rotating = rng.choice((None, *names))
    for name in names:
        gens = rng.sample(range(1, generation + 1), 3)
        slots = ["current"]
        step = rng.choice(("requested", "staged", "verified", "switched", "confirmed"))
        if name == rotating and step in ("staged", "verified"):
            slots.append("pending")
        if rng.random() < 0.3 or name == rotating and step in ("switched", "confirmed"):
            slots.append("previous")
        values = {slot: random_value(rng) for slot in slots}
        secret = {slot: profile.slot(name, values[slot], gen) for slot, gen in zip(slots, gens)}
        if rng.random() < 0.3:
            secret["current"]["expires"] = "2028-02-29T23:59:59Z"
        if name == rotating:
            secret["rotation"] = {"step": step, "since": AT, "label": "aigenv-x"}
        profile.values[name] = values
        profile.record["secrets"][name] = secret


def random_profile(rng, vault_id, name):
    profile = Profile(rng, vault_id, name)
    generation = rng.choice((3, 4, 9, 1000, MOST))
    profile.record["settings"] = random_settings(rng)
    writers = []
    for number_of in range(rng.randrange(1, 4)):
        person = Person(rng)
        by = rng.choice(writers) if writers else person
        profile.add(rng.choice(("alice", "bob@example.org", "C.D-e_f", "9")) + str(number_of),
                    person, by, min(number_of + 1, generation))
        writers.append(person)
    for number_of in range(rng.randrange(3)):
        profile.add(f"web-{number_of}", Person(rng))
    profile.wrap()
    random_secrets(rng, profile, min(generation, 1000))
    sealers = [who for who, one in profile.record["recipients"].items() if "sign" in one]
    profile.seal(rng.choice(sealers), generation)
    return profile


def random_vault(rng):
    vault_id = rng.randbytes(16).hex()
    names = rng.sample(("production", "staging", "0", "a.b-c_d", "z" * 63), rng.randrange(1, 4))
    profiles = [random_profile(rng, vault_id, name) for name in names]
    return profiles, {"aigenv": 1, "vault": vault_id,
                      "profiles": {one.name: one.record for one in profiles}}


# aigenv

class Machine:
    """A folder for identities, vaults and memories; each run has its own."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.numbers = itertools.count()

    def reveal(self, data, profile, person, name, state=None, option=None, variable=None):
        here = self.folder / str(next(self.numbers))
        here.mkdir()
        (here / "aigenv.json").write_bytes(data)
        (here / "identity").write_text(person.identity + "\n")
        (here / "identity").chmod(0o600)
        if state:
            vault_id = json.loads(data)["vault"]
            memory = here / "state/aigenv/vaults" / vault_id / f"{profile}.json"
            memory.parent.mkdir(parents=True)
            memory.write_text(json.dumps(state))
        environment = {"PATH": os.environ["PATH"], "HOME": str(here),
                       "XDG_STATE_HOME": str(here / "state"),
                       "AIGENV_IDENTITY": str(here / "identity")}
        if variable:
            environment["AIGENV_TRUST"] = variable
        trust = ["--trust", option] if option else []
        done = runs.run("--no-input", *trust, "-f", here / "aigenv.json", "-p", profile, "secret",
                        "reveal", name, cwd=here, env=environment)
        if done.returncode:
            check(done.stderr and not done.stdout, "no word, or some output:", done)
        return done.returncode, done.stdout


def expected(*arguments, **more):
    try:
        return {0}, read(*arguments, **more)
    except Refused as refusal:
        return {refusal.args[0]}, None


# Changing vaults

def places(value, path=()):
    yield path
    if isinstance(value, (dict, list)):
        for step in list(value) if isinstance(value, dict) else range(len(value)):
            yield from places(value[step], path + (step,))


def at(value, path):
    for step in path:
        value = value[step]
    return value


def changed_string(rng, value):
    kinds = [value + rng.choice("A=x /\n\0\x1b\x0c"), "", value[1:], value[:-1], value.swapcase(),
             value * 2, value.encode().hex(), "x" * 4097, "\ud800"]
    if value:
        where = rng.randrange(len(value))
        pool = rng.choice(("0123456789abcdef", LETTERS + LETTERS.upper() + "0123456789+/", "/.:- "))
        kinds += [value[:where] + rng.choice(pool) + value[where + 1:]] * 6
    return rng.choice(kinds)


def changed_leaf(rng, value):
    if rng.random() < 0.2:
        return rng.choice((None, 0, 1, 1.5, 8.0, True, False, "", "x", [], {}, -1, [value],
                           {"a": value}))
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return rng.choice((value + 1, value - 1, 0, -value, MOST, MOST + 1, float(min(value, 99)),
                           str(value), 1 << 62))
    if isinstance(value, str):
        return changed_string(rng, value)
    if isinstance(value, list):
        return rng.choice((value[1:], value[::-1], value + value[:1], value + [None], value * 401,
                           sorted(value, key=str)))
    names = list(value)
    if not names or rng.random() < 0.4:
        return {**value, rng.choice(("zz", "x-y", "X", "", "a b", "expires", "sign", "é")):
                rng.choice(("y", 1, {}, dict(value)))}
    gone = rng.choice(names)
    rest = {name: child for name, child in value.items() if name != gone}
    return rng.choice((rest, {**rest, gone + "x": value[gone]}, {**rest, gone.lower(): value[gone]},
                       {**value, gone: value[rng.choice(names)]}))


def put(vault, path, value):
    if not path:
        return value
    at(vault, path[:-1])[path[-1]] = value
    return vault


def tamper(rng, vault, path):
    changed = copy.deepcopy(vault)
    if rng.random() < 0.1:  # exchanged with another place of its kind
        value = at(changed, path)
        others = [other for other in places(changed)
                  if type(at(changed, other)) is type(value) and other[:len(path)] != path
                  and path[:len(other)] != other]
        if others:
            other = rng.choice(others)
            first, second = copy.deepcopy(value), copy.deepcopy(at(changed, other))
            return put(put(changed, path, second), other, first)
    return put(changed, path, changed_leaf(rng, copy.deepcopy(at(changed, path))))


def dumped(rng, vault):
    """Written in one of the ways that mean the same. (Python's own indentation takes
    it longer than all else here.)"""
    ways = rng.choice(({"separators": (",\n  ", ": "), "ensure_ascii": False},
                       {"separators": (",", ":")},
                       {"separators": ("\r\n,\t", " :\t"), "sort_keys": True}))
    return json.dumps(vault, **ways).encode("utf-8", "surrogatepass") + b"\n"


def tampered_case(seed, machine, profiles, vault, path):
    rng = random.Random(seed)
    used = rng.choice(profiles)
    if rng.random() < 0.8:  # mostly the profile that was changed
        used = next((one for one in profiles if one.name in (path or ())), used)
    person = rng.choice(list(used.people.values()))
    changed = tamper(rng, vault, path) if path is not None else vault
    lines = used.record["key"]["age"]

    def key(now):
        if now == lines:
            return used.key
        raise Refused(-1)  # which of the two, `age`'s own vectors say

    statuses, values = expected(changed, used.name, key)
    if statuses == {-1}:
        statuses = {3, 4}
    name = rng.choice(list(used.values))
    got, out = machine.reveal(dumped(rng, changed), used.name, person, name)
    if values is not None:
        statuses = {0} if name in values else {3}
    told = f"seed {seed}, profile {used.name}, {path}: "
    if got not in statuses:
        now = at(changed, path) if path is not None else ""
        return f"{told}ended with {got}, not {statuses}: {str(now)[:300]!r}"
    if got == 0 and out.decode() != used.values[name]["current"]:
        return f"{told}another value of {name}"
    if got == 0 and values[name] != used.values[name]:
        return f"{told}read otherwise here"
    return None


def tampered(folder, seed=1, count=2500):
    machine, rng = Machine(folder), random.Random(seed)
    cases = []
    while len(cases) < count:
        profiles, vault = random_vault(rng)
        for one in profiles:
            check(unwrapped(one.record["key"]["age"], next(iter(one.people.values())).identity)
                  == one.key, "age")
        paths = [path for path in places(vault) if len(path) != 6 or path[3] != "age"]
        cases += [(tampered_case, rng.random(), machine, profiles, vault, None) for _ in range(8)]
        cases += [(tampered_case, rng.random(), machine, profiles, vault, path) for path in paths]
    run_all(cases)


# Whom a machine believes

def random_team(rng):
    """A profile, perhaps with a forgery in it that its reader could make."""
    profile = Profile(rng, rng.randbytes(16).hex(), "production")
    profile.record["settings"] = random_settings(rng)
    pool = [Person(rng) for _ in range(6)]
    size = rng.randrange(1, 5)
    for index in range(size):
        by = pool[rng.randrange(index)] if index and rng.random() < 0.8 else rng.choice(pool)
        profile.add(f"w{index}", pool[index], by, rng.randrange(1, 9))
    profile.add("reader", pool[5])
    profile.wrap()
    profile.record["secrets"]["CF_AIG_TOKEN"] = {"current": profile.slot("CF_AIG_TOKEN", "v", 1)}
    by = rng.choice([*profile.people])
    profile.seal(by, rng.randrange(8, 12),
                 rng.choice(pool) if rng.random() < 0.15 else None)
    if rng.random() < 0.15:
        forged = rng.choice([n for n in profile.record["recipients"] if n != "reader"])
        one = profile.record["recipients"][forged]
        one[rng.choice(("gen", "proof"))] = one["gen"] % 8 + 1 if rng.random() < 0.5 else 2
        if not isinstance(one["proof"], str):
            one["proof"] = text(rng.randbytes(64))
        profile.seal(profile.record["sealed"]["by"], profile.record["sealed"]["generation"])
    return pool, profile


def team_case(seed, machine):
    rng = random.Random(seed)
    pool, profile = random_team(rng)
    vault = {"aigenv": 1, "vault": profile.vault_id, "profiles": {"production": profile.record}}
    state = option = variable = None
    if rng.random() < 0.7:
        known = rng.sample(pool, rng.randrange(1, 3))
        state = {"aigenv_state": 1, "generation": rng.randrange(1, 13),
                 "core": text(rng.randbytes(32)),
                 "writers": {f"k{index}": one.sign for index, one in enumerate(known)},
                 "settings": profile.record["settings"]}
    if rng.random() < 0.3:
        option = rng.choice(pool).fingerprint
    if rng.random() < 0.3:
        variable = rng.choice(pool).fingerprint
    told = {"state": state, "option": option, "variable": variable}
    statuses, _ = expected(vault, "production", lambda now: profile.key, **told)
    got, out = machine.reveal(dumped(rng, vault), "production", rng.choice(
        list(profile.people.values())), "CF_AIG_TOKEN", **told)
    if got not in statuses:
        return f"seed {seed}: ended with {got}, not {statuses}"
    return None if got or out == b"v" else f"seed {seed}: another value"


def teams(folder, seed=1, count=800):
    machine, rng = Machine(folder), random.Random(seed)
    run_all([(team_case, rng.random(), machine) for _ in range(count)])


# What aigenv writes

class Home:
    """A folder with an identity, in which aigenv is at work."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        self.identity = self.folder / "identity.txt"

    def run(self, *words, data=b""):
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder),
                       "XDG_STATE_HOME": str(self.folder / "state"),
                       "AIGENV_IDENTITY": str(self.identity)}
        done = subprocess.run([AIGENV, "--no-input", *words], cwd=self.folder, env=environment,
                              input=data, capture_output=True, timeout=60, check=False)
        check(done.returncode == 0, words, "ended with", done.returncode, done.stderr.decode())
        return done.stdout

    def person(self):
        line = next(line for line in self.identity.read_text().splitlines()
                    if line and not line.startswith("#"))
        return Person(secret=bech32_data("age-secret-key-", line))

    def read(self, profile):
        """All values, after every check that the format knows of."""
        data = (self.folder / "aigenv.json").read_text("utf8")
        vault = json.loads(data)
        check(data == json.dumps(vault, indent=2, ensure_ascii=False) + "\n", "layout")
        now = vault["profiles"][profile]
        for part in (vault["profiles"], now["recipients"], now["secrets"],
                     now["settings"].get("vars", {})):
            check(list(part) == sorted(part, key=str.encode), "order of", list(part))
        key = unwrapped(now["key"]["age"], self.identity.read_text())
        check(len(key) == 32, "data key")
        header = base64.b64decode("".join(now["key"]["age"][1:-1])).split(b"\n--- ")[0]
        check(header.count(b"\n-> X25519 ") == len(now["recipients"]), "stanzas")
        check(header.count(b"\n-> ") == len(now["recipients"]), "stanzas of other types")
        sign = now["recipients"][now["sealed"]["by"]]["sign"]
        check(sign == self.person().sign, "signing key")
        return vault, {name: slots["current"] for name, slots in
                       read(vault, profile, lambda _: key).items()}


def answers(rng, profile):
    return {"profile": profile, "account_id": rng.randbytes(16).hex(), "gateway": "my-gateway",
            "routes": [{"provider": "custom-xiaomi", "model": "mimo-v2.5"}],
            "outputs": [{"template": "env", "path": f"{profile}.env"}],
            "vars": {"LOG_LEVEL": "info", "A": "é \" \\ /"},
            "secrets": {"CF_AIG_TOKEN": "cfut_" + rng.randbytes(20).hex(),
                        "MIMO_API_KEY": "sk-" + rng.randbytes(20).hex()}}


def written_case(seed, machine):
    rng = random.Random(seed)
    home = Home(machine.folder / f"home-{next(machine.numbers)}")
    values = {}
    for profile in ("production", "staging"):
        given = answers(rng, profile)
        home.run("init", "--answers", "-", "--no-verify", data=json.dumps(given).encode())
        values[profile] = dict(given["secrets"])
        check(home.read(profile)[1] == values[profile], "after init")
    for _ in range(12):
        profile = rng.choice(("production", "staging"))
        before = home.read(profile)[0]["profiles"]
        if rng.random() < 0.7:
            name, value = random_name(rng) + str(len(values[profile])), random_value(rng) or "x"
            name = name[-128:].lstrip("0123456789") or "A"
            if name in values[profile]:
                continue
            end = b"" if value.endswith("\r") else b"\n"  # CR LF is one line end
            home.run("-p", profile, "secret", "set", name, data=value.encode() + end)
            values[profile][name] = value
            now = home.run("-p", profile, "secret", "reveal", name)
            check(now == value.encode(), name, ascii(value[:200]), "became", now[:200])
        else:
            home.run("-p", profile, "config", "set", f"vars.N{rng.randrange(9)}=v \t\" é {rng.random()}")
        vault, now = home.read(profile)
        check(now == values[profile], "values after a change")
        after = vault["profiles"]
        other = "staging" if profile == "production" else "production"
        check(after[other] == before[other], "the other profile")
        check(after[profile]["sealed"]["generation"]
              == before[profile]["sealed"]["generation"] + 1, "generation")
        for secret, slots in before[profile]["secrets"].items():
            check(after[profile]["secrets"][secret] == slots, "encrypted again:", secret)
    return None


def written(folder, seed=1, count=6):
    machine, rng = Machine(folder), random.Random(seed)
    run_all([(written_case, rng.random(), machine) for _ in range(count)])


run_part({"tampered": tampered, "teams": teams, "written": written})
