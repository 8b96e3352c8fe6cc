"""The vault's format a second time, in Python: making vaults, and reading them
with every check that the format names. Nothing here comes from the C code:
structure, tags, signatures, proofs and trust follow the format's own
description. Debian's `age` wraps the data keys.
"""
import base64
import concurrent.futures
import hashlib
import hmac
import json
import os
import pathlib
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

def all_in(value):
    """Every value of a document, and every name."""
    found, rest = [], [value]
    while rest:
        one = rest.pop()
        found.append(one)
        if isinstance(one, list):
            rest += one
        elif isinstance(one, dict):
            found += one
            rest += one.values()
    return found


def strings(value):
    return [one for one in all_in(value) if isinstance(one, str)]


def plain(value):
    refuse_unless(not re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff]", "".join(strings(value))), 3)
    refuse_unless(not any(one is None or isinstance(one, float) for one in all_in(value)), 3)


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
    refuse_unless(not re.search("[\0\ud800-\udfff]", "".join(strings(vault))), 3)
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


# Tests

def run_all(cases):
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        wrong = [one for one in pool.map(lambda case: case[0](*case[1:]), cases) if one]
    print(f"{len(cases)} cases, {len(wrong)} failed")
    check(not wrong, "\n".join(wrong[:40]))


def run_part(parts):
    """The part that is named first; numbers behind it are its arguments."""
    with tempfile.TemporaryDirectory(prefix="aigenv-vault-") as folder:
        try:
            parts[sys.argv[1]](pathlib.Path(folder), *map(int, sys.argv[2:]))
        except Failed as failure:
            sys.exit(f"failed: {failure}")
