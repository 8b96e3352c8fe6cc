#!/usr/bin/env python3
"""The vault format a second time, in Python, and both held against each other.

    vault_python.py tampered [SEED [COUNT]]  vaults made here, changed in every
                                             place, read by aigenv
    vault_python.py teams [SEED [COUNT]]     writers, readers, removals, forgers:
                                             whom a machine believes
    vault_python.py written [SEED [COUNT]]   vaults written by aigenv, read here

Nothing here comes from the C code: structure, tags, signatures, proofs and
trust follow the format's own description. Debian's `age` wraps the data keys.
"""
import base64
import concurrent.futures
import copy
import hashlib
import hmac
import itertools
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

try:
    import nacl.bindings
except ImportError:  # Debian's own Python has what Debian packages
    if sys.executable != "/usr/bin/python3":
        os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])
    raise

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt as aead_open,
    crypto_aead_xchacha20poly1305_ietf_encrypt as aead_seal,
    crypto_scalarmult_base,
    sodium_pad,
    sodium_unpad,
)
from nacl.exceptions import BadSignatureError, CryptoError
from nacl.signing import SigningKey, VerifyKey

AIGENV = pathlib.Path(os.environ["AIGENV_TEST_BINARY"]) / "aigenv"
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
AT = "2026-11-10T09:30:00Z"
MOST = (1 << 53) - 1
SLOTS = ("current", "pending", "previous")


class Failed(Exception):
    """A fact about the program that does not hold."""


def check(condition, *words):
    if not condition:
        raise Failed(" ".join(str(word) for word in words))


class Refused(Exception):
    """What a reader of vaults ends with: its status."""


def refuse_unless(condition, status):
    if not condition:
        raise Refused(status)


# Bytes (section 3)

def canonical(*parts):
    return json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def hkdf(key, salt, info):
    return hmac.digest(hmac.digest(salt or bytes(32), key, "sha256"), info + b"\x01", "sha256")


def text(data):
    return base64.b64encode(data).decode()


def bytes_of(value, size=None):
    """Canonical Base64, of a size where one is given; else structure is broken."""
    refuse_unless(isinstance(value, str), 3)
    try:
        data = base64.b64decode(value.encode("ascii"), validate=True)
    except (ValueError, UnicodeEncodeError):
        raise Refused(3) from None
    refuse_unless(text(data) == value and size in (None, len(data)), 3)
    return data


def bech32_check(prefix, values):
    expanded = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    state = 1
    for value in expanded + values:
        top, state = state >> 25, (state & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(
                (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            state ^= generator if top >> bit & 1 else 0
    return state


def bech32(prefix, data):
    number = int.from_bytes(data, "big") << (-len(data) * 8 % 5)
    values = [number >> shift & 31 for shift in range((len(data) * 8 + 4) // 5 * 5 - 5, -1, -5)]
    check_value = bech32_check(prefix, values + [0] * 6) ^ 1
    values += [check_value >> shift & 31 for shift in range(25, -1, -5)]
    return prefix + "1" + "".join(BECH32[value] for value in values)


def bech32_data(prefix, word):
    """The 32 bytes of a key, or None."""
    if word not in (word.lower(), word.upper()) or not word.isascii():
        return None
    word = word.lower()
    if not word.startswith(prefix + "1") or not set(word[len(prefix) + 1:]) <= set(BECH32):
        return None
    values = [BECH32.index(c) for c in word[len(prefix) + 1:]]
    if len(values) != 58 or bech32_check(prefix, values) != 1:
        return None
    number = 0
    for value in values[:-6]:
        number = number << 5 | value
    return None if number & 15 else (number >> 4).to_bytes(32, "big")


# People and files

class Person:
    def __init__(self, rng=None, secret=None):
        self.secret = secret or rng.randbytes(32)
        self.age = bech32("age", crypto_scalarmult_base(self.secret))
        self.signing = SigningKey(hkdf(self.secret, b"", b"aigenv/1 signing key"))
        self.sign = text(bytes(self.signing.verify_key))

    @property
    def identity(self):
        return bech32("age-secret-key-", self.secret).upper()

    @property
    def fingerprint(self):
        digits = hashlib.sha256(base64.b64decode(self.sign)).hexdigest()[:32]
        return " ".join(digits[at:at + 4] for at in range(0, 32, 4))


def wrapped(key, recipients):
    options = [word for name in sorted(recipients) for word in ("-r", recipients[name]["age"])]
    done = subprocess.run(["age", "-a", *options], input=key, capture_output=True, check=True)
    return done.stdout.decode().splitlines()


def unwrapped(lines, identity):
    with tempfile.NamedTemporaryFile("w") as file:
        file.write(identity + "\n")
        file.flush()
        done = subprocess.run(["age", "-d", "-i", file.name], input="\n".join(lines).encode(),
                              capture_output=True, check=True)
    return done.stdout


class Profile:
    """A profile as its writer has it: the record, its data key, its values."""

    def __init__(self, rng, vault_id, name):
        self.rng, self.vault_id, self.name = rng, vault_id, name
        self.key = rng.randbytes(32)
        self.people = {}
        self.values = {}
        self.record = {"settings": {}, "recipients": {}, "key": {}, "secrets": {}, "sealed": {}}

    def subkey(self, what):
        return hkdf(self.key, bytes.fromhex(self.vault_id), b"aigenv/1 " + what)

    def add(self, name, person, by=None, gen=1):
        """A writer where somebody vouches for him, else a reader."""
        self.people[name] = person
        one = {"age": person.age}
        if by:
            proof = by.signing.sign(canonical("aigenv/1 writer", self.vault_id, self.name, name,
                                              person.age, person.sign, gen)).signature
            one.update(sign=person.sign, by=by.sign, gen=gen, proof=text(proof))
        self.record["recipients"][name] = one

    def wrap(self):
        self.record["key"] = {"id": self.subkey(b"key id")[:8].hex(),
                              "age": wrapped(self.key, self.record["recipients"])}

    def slot(self, name, value, gen):
        nonce = self.rng.randbytes(24)
        aad = canonical("aigenv/1 value", self.vault_id, self.name, name, gen)
        data = nonce + aead_seal(sodium_pad(value.encode(), 64), aad, nonce, self.subkey(b"value"))
        return {"gen": gen, "at": AT, "data": text(data)}

    def seal(self, by, generation, person=None):
        sealed = self.record["sealed"] = {"generation": generation, "at": AT, "by": by}
        sealed["settings"], sealed["core"] = tags(
            self.subkey(b"mac"), self.vault_id, self.name, self.record)
        signer = person or self.people[by]
        sealed["signature"] = text(signer.signing.sign(
            sealed_message(self.vault_id, self.name, self.record)).signature)


def sealed_message(vault_id, name, record):
    """What a signature covers: the settings' tag, not the settings."""
    sealed = {k: v for k, v in record["sealed"].items() if k != "signature"}
    rest = {k: v for k, v in record.items() if k != "settings"}
    return canonical("aigenv/1 seal", vault_id, name, {**rest, "sealed": sealed})


def tags(mac_key, vault_id, name, record):
    sealed = record["sealed"]
    parts = (("settings", record["settings"]),
             ("core", sealed["at"], sealed["by"], record["recipients"], record["key"],
              record["secrets"]))
    return [text(hmac.digest(mac_key, canonical(f"aigenv/1 {part[0]}", vault_id, name,
                                                sealed["generation"], *part[1:]), "sha256"))
            for part in parts]


# Reading: structure (section 2)

def strings(value):
    if isinstance(value, str):
        yield value
    for child in value if isinstance(value, list) else ():
        yield from strings(child)
    for name, child in value.items() if isinstance(value, dict) else ():
        yield from strings(name)
        yield from strings(child)


def plain(value, depth=0):
    refuse_unless(depth < 40 and value is not None and not isinstance(value, float), 3)
    if isinstance(value, str):
        refuse_unless(not re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff]", value), 3)
    for child in value if isinstance(value, list) else ():
        plain(child, depth + 1)
    for name, child in value.items() if isinstance(value, dict) else ():
        plain(name)
        plain(child, depth + 1)


def names_in(value):
    children = value.values() if isinstance(value, dict) else value
    yield from value if isinstance(value, dict) else ()
    for child in children if isinstance(value, (dict, list)) else ():
        yield from names_in(child)


def record(value, required, optional=(), notes=False):
    refuse_unless(isinstance(value, dict), 3)
    refuse_unless(all(name in value for name in required), 3)
    refuse_unless(all(name in required or name in optional or notes and name.startswith("x-")
                      for name in value), 3)


def named(value, pattern, limit):
    refuse_unless(isinstance(value, dict) and len(value) <= limit, 3)
    refuse_unless(all(re.fullmatch(pattern, name, re.ASCII) for name in value), 3)


def matches(value, pattern):
    refuse_unless(isinstance(value, str) and re.fullmatch(pattern, value, re.ASCII), 3)


def is_string(value):
    refuse_unless(isinstance(value, str), 3)


def number(value, most=MOST):
    refuse_unless(isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most, 3)


def moment(value):
    matches(value, r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
    year, month, day, hour, minute, second = map(int, re.findall(r"\d+", value))
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = [31, 28 + leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    refuse_unless(year >= 1970 and 1 <= month <= 12 and 1 <= day <= days[month - 1], 3)
    refuse_unless(hour < 24 and minute < 60 and second < 60, 3)


def strings_alone(value, most=64):
    refuse_unless(isinstance(value, list) and len(value) <= most, 3)
    for item in value:
        is_string(item)


def whole_or_string(value):
    refuse_unless(isinstance(value, (int, str)) and not isinstance(value, bool), 3)


def app_name(value):
    """One that PM2's --only can address, and that is nothing else to PM2."""
    is_string(value)
    refuse_unless(1 <= len(value) <= 64 and value != "all" and not value.startswith("-"), 3)
    refuse_unless(not re.fullmatch("[0-9]+", value), 3)
    refuse_unless(not re.search("[\\0-\\x20\\x7f-\\x9f,'\"`]", value), 3)


def pm2_form(pm2):
    record(pm2, (), ("app", "script", "args", "cwd", "interpreter", "node_args", "instances",
                     "exec_mode", "env", "ecosystem"), notes=True)
    apps = pm2.get("app", "a")
    for name in apps if isinstance(apps, list) else [apps]:
        app_name(name)
    refuse_unless(not isinstance(apps, list) or len(apps) <= 32, 3)
    for name in ("script", "cwd", "interpreter", "exec_mode", "env", "ecosystem"):
        is_string(pm2.get(name, ""))
    for name in ("args", "node_args"):
        strings_alone(pm2.get(name, []))
    whole_or_string(pm2.get("instances", 1))


VARIABLE = r"[A-Za-z_][A-Za-z0-9_]{0,127}"


def settings_form(settings):
    for value in strings(settings):
        refuse_unless(len(value.encode()) <= 4096, 3)
    record(settings, ("account_id", "gateway", "routes"),
           ("origin", "custom_domain", "pm2", "outputs", "vars", "readers", "max_age_days",
            "restart", "schema"), notes=True)
    for name in names_in({name: settings[name] for name in settings if name != "vars"}):
        matches(name, r"[A-Za-z0-9_.-]{1,128}")
    for name in ("account_id", "gateway", "origin", "custom_domain"):
        is_string(settings.get(name, ""))
    refuse_unless(isinstance(settings["routes"], list) and len(settings["routes"]) <= 32, 3)
    members = ("name", "provider", "path", "model", "key_env", "model_env", "direct_url",
               "credential", "alias")
    for route in settings["routes"]:
        record(route, (), members, notes=True)
        for name in members:
            is_string(route.get(name, ""))
        matches(route.get("key_env", "A"), VARIABLE)
        matches(route.get("model_env", "A"), VARIABLE)
    if "pm2" in settings:
        pm2_form(settings["pm2"])
    named(settings.get("schema", {}), VARIABLE, 256)
    for one in settings.get("schema", {}).values():
        record(one, (), ("required", "secret", "pattern", "one_of", "description",
                         "max_age_days"), notes=True)
        for name in ("required", "secret"):
            refuse_unless(isinstance(one.get(name, True), bool), 3)
        for name in ("pattern", "description"):
            is_string(one.get(name, ""))
        days = one.get("max_age_days", 1)
        refuse_unless(isinstance(days, int) and not isinstance(days, bool), 3)
        strings_alone(one.get("one_of", []))
    outputs = settings.get("outputs", [])
    refuse_unless(isinstance(outputs, list) and len(outputs) <= 32, 3)
    for output in outputs:
        record(output, (), ("template", "path", "sha256", "readers"), notes=True)
        is_string(output.get("template", ""))
        path = output.get("path", "a")
        is_string(path)
        refuse_unless(path and not path.startswith("/") and ".." not in path.split("/"), 3)
        matches(output.get("sha256", "0" * 64), "[0-9a-f]{64}")
        refuse_unless(not output.get("template", "").startswith("./") or "sha256" in output, 3)
    named(settings.get("vars", {}), VARIABLE, 256)
    for value in settings.get("vars", {}).values():
        is_string(value)


def recipients_form(recipients, generation):
    named(recipients, r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}", 64)
    for one in recipients.values():
        record(one, ("age",), ("sign", "by", "gen", "proof"))
        refuse_unless(len(one) in (1, 5), 3)
        is_string(one["age"])
        refuse_unless(bech32_data("age", one["age"]), 3)
        if len(one) == 5:
            bytes_of(one["sign"], 32)
            bytes_of(one["by"], 32)
            bytes_of(one["proof"], 64)
            number(one["gen"], generation)


def secrets_form(secrets, generation):
    named(secrets, VARIABLE, 256)
    for secret in secrets.values():
        record(secret, ("current",), ("pending", "previous", "rotation"))
        for slot in (secret[name] for name in SLOTS if name in secret):
            record(slot, ("gen", "at", "data"), ("expires",))
            number(slot["gen"], generation)
            moment(slot["at"])
            moment(slot.get("expires", AT))
            size = len(bytes_of(slot["data"])) - 40
            refuse_unless(0 < size <= 65536 and size % 64 == 0, 3)
        step = None
        if "rotation" in secret:
            rotation = secret["rotation"]
            record(rotation, ("step",), ("since", "label", "old_id", "new_id"))
            step = rotation["step"]
            refuse_unless(step in ("requested", "staged", "verified", "switched", "confirmed"), 3)
            moment(rotation.get("since", AT))
            for name in ("label", "old_id", "new_id"):
                is_string(rotation.get(name, ""))
        refuse_unless(("pending" in secret) == (step in ("staged", "verified")), 3)
        refuse_unless("previous" in secret or step not in ("switched", "confirmed"), 3)
    refuse_unless(sum("rotation" in secret for secret in secrets.values()) <= 1, 3)


def profile_form(profile):
    plain(profile)
    record(profile, ("settings", "recipients", "key", "secrets", "sealed"))
    sealed = profile["sealed"]
    record(sealed, ("generation", "at", "by", "settings", "core", "signature"))
    number(sealed["generation"])
    moment(sealed["at"])
    matches(sealed["by"], r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
    bytes_of(sealed["settings"], 32)
    bytes_of(sealed["core"], 32)
    bytes_of(sealed["signature"], 64)
    settings_form(profile["settings"])
    recipients_form(profile["recipients"], sealed["generation"])
    secrets_form(profile["secrets"], sealed["generation"])
    record(profile["key"], ("id", "age"))
    matches(profile["key"]["id"], "[0-9a-f]{16}")
    lines = profile["key"]["age"]
    refuse_unless(isinstance(lines, list) and 3 <= len(lines) <= 400, 3)
    for line in lines:
        is_string(line)
        refuse_unless(1 <= len(line.encode()) <= 64, 3)


def levels(value):
    children = value.values() if isinstance(value, dict) else value
    return 1 + max(map(levels, children), default=0) if isinstance(value, (dict, list)) else 0


def file_form(vault):
    for value in strings(vault):
        refuse_unless(not re.search("[\0\ud800-\udfff]", value), 3)
    refuse_unless(isinstance(vault, dict), 3)
    version = vault.get("aigenv")
    refuse_unless(isinstance(version, int) and not isinstance(version, bool) and version == 1, 3)
    refuse_unless(levels(vault) <= 8, 3)
    record(vault, ("aigenv", "vault", "profiles"))
    matches(vault["vault"], "[0-9a-f]{32}")
    refuse_unless(isinstance(vault["profiles"], dict) and len(vault["profiles"]) <= 64, 3)


# Reading: tags, signature, trust (sections 3 and 6)

def believed(profile, state, option, variable):
    """(c): T and G, and who is in the end in T. What a machine remembers takes
    the place of AIGENV_TRUST, and --trust that of what it remembers."""
    writers = {n: r for n, r in profile["recipients"].items() if "sign" in r}
    fingerprint = option or (None if state else variable)
    if fingerprint:
        keys = {r[member] for r in writers.values() for member in ("sign", "by")}
        digits = fingerprint.replace(" ", "")
        known, after = {key for key in keys if hashlib.sha256(
            base64.b64decode(key)).hexdigest()[:32] == digits}, 0
    elif state:
        known, after = set(state["writers"].values()), state["generation"]
    else:
        return
    while True:
        new = {r["sign"] for r in writers.values() if r["by"] in known and r["gen"] > after}
        if new <= known:
            break
        known |= new
    refuse_unless(all(r["sign"] in known for r in writers.values()), 4)


def signed(key, message, signature):
    try:
        VerifyKey(base64.b64decode(key)).verify(message, base64.b64decode(signature))
    except (BadSignatureError, CryptoError, ValueError):
        raise Refused(4) from None


def read(vault, name, key, state=None, option=None, variable=None):
    """Values by name and slot. `key` gives the data key of `key.age`'s lines."""
    file_form(vault)
    refuse_unless(name in vault["profiles"], 3)
    profile, vault_id = vault["profiles"][name], vault["vault"]
    profile_form(profile)
    data_key = key(profile["key"]["age"])
    salt, sealed = bytes.fromhex(vault_id), profile["sealed"]
    refuse_unless(hkdf(data_key, salt, b"aigenv/1 key id")[:8].hex() == profile["key"]["id"], 4)
    settings, core = tags(hkdf(data_key, salt, b"aigenv/1 mac"), vault_id, name, profile)
    refuse_unless(core == sealed["core"] and settings == sealed["settings"], 4)
    sealer = profile["recipients"].get(sealed["by"], {})
    refuse_unless("sign" in sealer, 4)
    signed(sealer["sign"], sealed_message(vault_id, name, profile), sealed["signature"])
    for who, one in profile["recipients"].items():
        if "sign" in one:
            signed(one["by"], canonical("aigenv/1 writer", vault_id, name, who, one["age"],
                                        one["sign"], one["gen"]), one["proof"])
    believed(profile, state, option, variable)
    return {secret: {slot: value_of(data_key, salt, vault_id, name, secret, slots[slot])
                     for slot in SLOTS if slot in slots}
            for secret, slots in profile["secrets"].items()}


def value_of(data_key, salt, vault_id, name, secret, slot):
    data = base64.b64decode(slot["data"])
    aad = canonical("aigenv/1 value", vault_id, name, secret, slot["gen"])
    try:
        opened = aead_open(data[24:], aad, data[:24], hkdf(data_key, salt, b"aigenv/1 value"))
        return sodium_unpad(opened, 64).decode()
    except (CryptoError, ValueError):
        raise Refused(4) from None


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
                            "model": "mimo-v2-flash", "key_env": "MIMO_API_KEY"}]}
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
        done = subprocess.run(
            [AIGENV, "--no-input", *trust, "-f", here / "aigenv.json", "-p", profile, "secret",
             "reveal", name], env=environment, capture_output=True, timeout=60, check=False)
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
    """Written in one of the ways that mean the same."""
    ways = rng.choice(({"indent": 2, "ensure_ascii": False}, {"separators": (",", ":")},
                       {"indent": "\t", "sort_keys": True}))
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


def run_all(cases):
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        wrong = [one for one in pool.map(lambda case: case[0](*case[1:]), cases) if one]
    print(f"{len(cases)} cases, {len(wrong)} failed")
    check(not wrong, "\n".join(wrong[:40]))


def tampered(machine, seed=1, count=2500):
    rng = random.Random(seed)
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


def teams(machine, seed=1, count=800):
    rng = random.Random(seed)
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
            "routes": [{"provider": "custom-xiaomi", "model": "mimo-v2-flash"}],
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


def written(machine, seed=1, count=6):
    rng = random.Random(seed)
    run_all([(written_case, rng.random(), machine) for _ in range(count)])


def main():
    part = {"tampered": tampered, "teams": teams, "written": written}[sys.argv[1]]
    with tempfile.TemporaryDirectory(prefix="aigenv-vault-") as folder:
        try:
            part(Machine(folder), *map(int, sys.argv[2:]))
        except Failed as failure:
            sys.exit(f"failed: {failure}")


main()
