#!/usr/bin/env python3
"""The vault through the program: other people's files, and ours read by others.

    vault_commands.py vectors    every case of tests/vectors/vault
    vault_commands.py written    what we write: layout, tags, signatures, age
    vault_commands.py tampered   each member of a vault that we wrote, changed
    vault_commands.py profiles   a change leaves the other profiles' bytes alone
    vault_commands.py writers    several at a time; a file that changes below us
    vault_commands.py faults     no space, killed: the old vault or the new one
    vault_commands.py identity   whose file, which mode, pipes, a passphrase
"""
import base64
import contextlib
import copy
import hashlib
import hmac
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["AIGENV_TEST_SOURCE"])
BINARY = pathlib.Path(os.environ["AIGENV_TEST_BINARY"])
VECTORS = SOURCE / "tests/vectors/vault"
SLOTS = ("current", "pending", "previous")


class Failed(Exception):
    """A fact about the program that does not hold."""


def check(condition, *words):
    if not condition:
        raise Failed(" ".join(str(word) for word in words))


class Machine:
    """A folder with an identity and a memory of its own."""

    def __init__(self, folder, identity="alice", vault="one.json"):
        self.folder = pathlib.Path(folder)
        self.vault = self.folder / "aigenv.json"
        self.identity = self.folder / "identity.txt"
        self.variables = {}
        if identity:
            self.take_identity(identity)
        if vault:
            shutil.copy(VECTORS / vault, self.vault)
            self.vault.chmod(0o644)

    def take_identity(self, name):
        shutil.copy(VECTORS / "identities" / f"{name}.txt", self.identity)
        self.identity.chmod(0o600)

    def environment(self):
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "XDG_STATE_HOME": str(self.folder / "state"),
            "AIGENV_IDENTITY": str(self.identity),
            **self.variables,
        }

    def start(self, *words, program="aigenv", fault=None, **more):
        environment = self.environment()
        if fault:
            environment["AIGENV_FAULT"] = fault
        return subprocess.Popen(
            [BINARY / program, *words], cwd=self.folder, env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            **more)

    def run(self, *words, data=b"", **more):
        process = self.start(*words, **more)
        out, errors = process.communicate(data, timeout=60)
        return process.returncode, out, errors.decode()

    def works(self, *words, data=b"", **more):
        status, out, errors = self.run(*words, data=data, **more)
        check(status == 0, words, "ended with", status, errors)
        return out

    def fails(self, expected, *words, data=b"", **more):
        status, out, errors = self.run(*words, data=data, **more)
        check(status == expected, words, "ended with", status, "not", expected, errors)
        check(out == b"", words, "failed, but wrote to stdout", out)
        check(errors, words, "failed without a word")
        return errors

    def read(self):
        return json.loads(self.vault.read_text("utf8"))

    def write(self, vault):
        self.vault.write_text(json.dumps(vault, indent=2, ensure_ascii=False) + "\n", "utf8")


@contextlib.contextmanager
def machine(**more):
    with tempfile.TemporaryDirectory(prefix="aigenv-vault-") as folder:
        yield Machine(folder, **more)


@contextlib.contextmanager
def machine_of(case):
    with machine(identity=None, vault=case["file"]) as here:
        shutil.copy(VECTORS / case["identity"], here.identity)
        here.identity.chmod(0o600)
        if "state" in case:
            shutil.copytree(VECTORS / case["state"], here.folder / "state")
        if "place" in case:
            remember_place(here, case["place"])
        if "trust" in case:
            here.variables["AIGENV_TRUST"] = case["trust"]
        if "passphrase_file" in case:
            here.variables["AIGENV_PASSPHRASE_FILE"] = str(VECTORS / case["passphrase_file"])
        yield here


def remember_place(here, vault_id):
    path = str(here.vault)
    memory = (here.folder / "state/aigenv/places" /
              f"{hashlib.sha256(path.encode()).hexdigest()}.json")
    memory.parent.mkdir(parents=True)
    memory.write_text(json.dumps({"aigenv_place": 1, "path": path, "vault": vault_id}))


def vectors():
    cases = json.loads((VECTORS / "manifest.json").read_text("utf8"))
    check(len(cases) == 118, "cases:", len(cases))
    for case in cases:
        with machine_of(case) as here:
            run_case(here, case)
        if "seal_exit" in case:
            with machine_of(case) as here:
                seal_case(here, case)
    check(sum("seal_exit" in case for case in cases) == 18, "cases of seal")


def words_of(case, *words):
    trust = ("--trust", case["trust_option"]) if "trust_option" in case else ()
    return ("--no-input", "-f", "aigenv.json", "-p", case["profile"], *trust, *words)


def run_case(here, case):
    words = words_of(case, "secret", "reveal")
    if case["exit"]:
        errors = here.fails(case["exit"], *words, "CF_AIG_TOKEN")
        check(case.get("stderr_has", "") in errors, case["what"], errors)
        return
    for number, (name, slots) in enumerate(case["values"].items()):
        status, out, errors = here.run(*words, name)
        check(status == 0, case["what"], status, errors)
        check(out.decode() == slots["current"], case["what"], name)
        if number == 0:
            check(case.get("stderr_has", "") in errors, case["what"], errors)


def seal_case(here, case):
    before = here.vault.read_bytes()
    words = words_of(case, "seal", "--yes")
    if case["seal_exit"]:
        here.fails(case["seal_exit"], *words)
        check(here.vault.read_bytes() == before, case["what"], "changed by seal")
        return
    here.works(*words)
    verify(here.read(), case["profile"])
    here.works(*words_of(case, "secret", "reveal", "CF_AIG_TOKEN"))


# The format once more, in a few lines, to look at what was written.

def canonical(*parts):
    return json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def verify(vault, name):
    from nacl.signing import VerifyKey
    profile, vault_id = vault["profiles"][name], vault["vault"]
    sealed = profile["sealed"]
    unsigned = copy.deepcopy(profile)
    signature = base64.b64decode(unsigned["sealed"].pop("signature"))
    del unsigned["settings"]  # bound by the tag that is in "sealed"
    writer = profile["recipients"][sealed["by"]]
    VerifyKey(base64.b64decode(writer["sign"])).verify(
        canonical("aigenv/1 seal", vault_id, name, unsigned), signature)
    for who, one in profile["recipients"].items():
        if "sign" in one:
            VerifyKey(base64.b64decode(one["by"])).verify(
                canonical("aigenv/1 writer", vault_id, name, who, one["age"], one["sign"],
                          one["gen"]),
                base64.b64decode(one["proof"]))


def manual():
    """aigenv-vault(5), as man prints it."""
    return subprocess.run(
        ["man", "--no-hyphenation", "-l", BINARY / "man/aigenv-vault.5"], capture_output=True,
        env={**os.environ, "MANWIDTH": "80", "LC_ALL": "C.UTF-8"}, check=True,
        timeout=60).stdout.decode()


def lines_of(text, first, last):
    """Whole lines, from the one that begins so to the one that ends so."""
    start = text.rindex("\n", 0, text.index(first)) + 1
    return text[start:text.index(last, start) + len(last)] + "\n"


def recipe(here):
    """The way out without aigenv, copied from its man page: NAME = value."""
    page = manual()
    (here.folder / "open.txt").write_text(
        lines_of(page, "import base64", "ensure_ascii=False))"), "utf8")
    home = here.folder / ".config/aigenv"
    home.mkdir(parents=True)
    shutil.copy(here.identity, home / "identity.txt")
    python = pathlib.Path(sys.executable).parent  # one that has nacl
    lines = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c",
         lines_of(page, "awk 'NR", "open.py aigenv.json production")], cwd=here.folder,
        env={"HOME": str(here.folder), "PATH": f"{python}:{os.environ['PATH']}"},
        capture_output=True, check=True).stdout.decode()
    return dict((line.split(" = ", 1)[0], json.loads(line.split(" = ", 1)[1]))
                for line in lines.splitlines())


VALUES = {
    "DATABASE_URL": "postgres://u:p%40ss'\"$`\\#@db/x?y=1 # no comment",
    "PEM": "-----BEGIN X-----\nabc\n-----END X-----\n",
    "UEBER": "naïve – 東京 🚀",
    "BLOCK63": "x" * 63,
    "BLOCK64": "y" * 64,
    "LARGEST": "z" * 65535,
    "AAA": "a\r\n\tb ",
}


def written():
    with machine() as here:
        before = here.read()["profiles"]["production"]
        for number, (name, value) in enumerate(VALUES.items()):
            here.works("secret", "set", name, data=value.encode() + b"\n")
            now = here.read()["profiles"]["production"]
            check(now["sealed"]["generation"] == before["sealed"]["generation"] + number + 1)
            check(now["secrets"][name]["current"]["gen"] == now["sealed"]["generation"])
            check(here.works("secret", "reveal", name).decode() == value, name)
        vault = here.read()
        profile = vault["profiles"]["production"]
        text = here.vault.read_text("utf8")
        check(text == json.dumps(vault, indent=2, ensure_ascii=False) + "\n", "layout")
        check(list(profile["secrets"]) == sorted(profile["secrets"]), "secrets are not sorted")
        check(list(profile) == ["settings", "recipients", "key", "secrets", "sealed"], "order")
        check(list(profile["sealed"]) == list(before["sealed"]), "order of sealed")
        for name in before["secrets"]:
            check(profile["secrets"][name] == before["secrets"][name], "re-encrypted", name)
        check(profile["key"] == before["key"] and profile["settings"] == before["settings"])
        size = {name: len(base64.b64decode(profile["secrets"][name]["current"]["data"])) - 40
                for name in VALUES}
        check(size["BLOCK63"] == 64 and size["BLOCK64"] == 128 and size["LARGEST"] == 65536)
        verify(vault, "production")
        opened = recipe(here)
        for name, value in VALUES.items():
            check(opened[name] == value, "the recipe reads", name, "as", opened[name])
        unchanged(here)
        removed(here)


def unchanged(here):
    text = here.vault.read_bytes()
    here.works("secret", "set", "AAA", data=VALUES["AAA"].encode())
    check(here.vault.read_bytes() == text, "the same value was written again")
    check("already" in here.run("secret", "set", "AAA", data=VALUES["AAA"].encode())[2])
    for wrong in (b"x" * 65536, b"a\0b", b"\xff"):
        here.fails(3, "secret", "set", "AAA", data=wrong)
    here.fails(2, "secret", "set", "NOT-A-NAME", data=b"x")
    check("hunter2hunter2" not in here.fails(2, "secret", "set", "AAA", "--from",
                                            "hunter2hunter2"))
    check(here.vault.read_bytes() == text, "a refused value changed the file")


def removed(here):
    here.works("secret", "remove", "AAA")
    check("AAA" not in here.read()["profiles"]["production"]["secrets"], "AAA is still there")
    here.fails(3, "secret", "remove", "AAA")
    here.fails(3, "secret", "reveal", "AAA")
    highest = here.read()["profiles"]["production"]["sealed"]["generation"]
    here.works("secret", "set", "AAA", data=b"again")
    slot = here.read()["profiles"]["production"]["secrets"]["AAA"]["current"]
    check(slot["gen"] == highest + 1, "a gen was used again")
    names = json.loads(here.works("--json", "secret", "list"))["secrets"]
    check([one["name"] for one in names] == sorted(one["name"] for one in names))


def leaves(value, path=()):
    if isinstance(value, dict):
        for name in value:
            yield path + (name,)
            yield from leaves(value[name], path + (name,))
    elif isinstance(value, list):
        for index in range(len(value)):
            yield path + (index,)
            yield from leaves(value[index], path + (index,))


def changed_value(value):
    if isinstance(value, bool) or value is None:
        return "x"
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        try:
            raw = bytearray(base64.b64decode(value, validate=True))
            raw[0] ^= 1
            if len(raw) > 20 and base64.b64encode(raw).decode() != value:
                return base64.b64encode(raw).decode()
        except (ValueError, IndexError):
            pass
        return value + "x"
    return [] if isinstance(value, list) else {}


def tampered():
    with machine() as here:
        here.works("secret", "set", "EXTRA", data=b"one")
        good = here.read()
        for path in leaves(good["profiles"]["production"]):
            for how in (changed_value, None):
                bad = copy.deepcopy(good)
                place = bad["profiles"]["production"]
                for step in path[:-1]:
                    place = place[step]
                if how and how(place[path[-1]]) != place[path[-1]]:
                    place[path[-1]] = how(place[path[-1]])
                else:
                    del place[path[-1]]
                here.write(bad)
                status, out, errors = here.run("secret", "reveal", "EXTRA")
                check(status in (3, 4), path, how, "ended with", status, errors)
                check(out == b"" and errors, path)
        here.write(good)
        here.works("secret", "reveal", "EXTRA")


def part(text, name):
    """The bytes of a profile's value, found by its name and its brackets."""
    start = text.index(f'"{name}": {{') + len(f'"{name}": ')
    value, size = json.JSONDecoder().raw_decode(text[start:])
    check("sealed" in value, "not a profile")
    return text[start:start + size]


def profiles():
    with machine(vault="team.json") as here:
        text = here.vault.read_text("utf8")
        here.works("-p", "production", "secret", "set", "EXTRA", data=b"one")
        after = here.vault.read_text("utf8")
        check(part(after, "staging") == part(text, "staging"), "staging was touched")
        check(after == json.dumps(here.read(), indent=2, ensure_ascii=False) + "\n", "layout")
        # Written by somebody else, and broken too: still not ours to touch.
        odd = ('{"settings":\t{"a" : "\\u00e9",   "b":8.0}, "sealed": null}').replace(
            " ", "\n   ")
        here.vault.write_text(after.replace(part(after, "staging"), odd), "utf8")
        here.works("-p", "production", "secret", "set", "EXTRA", data=b"two")
        check(odd in here.vault.read_text("utf8"), "an odd profile was touched")
        here.fails(3, "-p", "staging", "secret", "list")
        here.fails(3, "-p", "nowhere", "secret", "list")
        here.works("secret", "list")
        check("production, staging" in here.fails(3, "-p", "none", "secret", "list"))
    with machine(vault="tampered/ok-compact.json") as here:
        here.works("-p", "production", "secret", "set", "EXTRA", data=b"one")
        check(part(here.vault.read_text("utf8"), "production")
              == json.dumps(here.read()["profiles"]["production"], indent=2,
                            ensure_ascii=False).replace("\n", "\n    "), "indentation")
        verify(here.read(), "production")


def writers():
    with machine() as here:
        started = [here.start("secret", "set", f"NAME_{number}") for number in range(12)]
        for number, process in enumerate(started):
            process.stdin.write(f"value {number}".encode())
            process.stdin.close()
        ends = [process.wait(timeout=60) for process in started]
        for process in started:
            process.stdout.close()
            process.stderr.close()
        check(set(ends) <= {0, 8} and 0 in ends, ends)
        secrets = here.read()["profiles"]["production"]["secrets"]
        for number, status in enumerate(ends):
            check((f"NAME_{number}" in secrets) == (status == 0), number, status)
        verify(here.read(), "production")
        here.works("secret", "list")
        lock = os.open(here.folder, os.O_RDONLY | os.O_DIRECTORY)
        import fcntl
        fcntl.flock(lock, fcntl.LOCK_EX)
        here.fails(8, "secret", "set", "LATE", data=b"x")
        here.works("secret", "list")
        os.close(lock)
        here.works("secret", "set", "LATE", data=b"x")
    marks()


def marks():
    with machine() as here:
        first = here.vault.read_bytes()
        here.works("secret", "set", "EXTRA", data=b"one")
        second = here.vault.read_bytes()
        here.works("secret", "set", "EXTRA", data=b"two")
        here.vault.write_bytes(second)
        status, out, errors = here.run("secret", "reveal", "EXTRA")
        check((status, out) == (0, b"one") and "older copy" in errors, status, errors)
        check("--allow-older" in here.fails(4, "secret", "set", "EXTRA", data=b"three"))
        here.fails(4, "secret", "remove", "EXTRA")
        state = next((here.folder / "state").rglob("production.json"))
        check(json.loads(state.read_text())["generation"] == 3, "the mark was lowered")
        check(state.stat().st_mode & 0o777 == 0o600, "mode of the memory")
        here.works("--allow-older", "secret", "set", "EXTRA", data=b"three")
        check(here.run("secret", "list")[2] == "", "what was accepted is warned of")
        here.works("secret", "remove", "EXTRA")
        check(here.run("secret", "list")[2] == "", "a newer one is still warned of")
        here.vault.write_bytes(first)
        state.write_text(json.dumps({**json.loads(state.read_text()), "mine": [1, 2.5]}))
        check("older copy" in here.run("secret", "list")[2])
        here.vault.write_bytes(second)
        state.write_text(re.sub(r'"generation": \d+', '"generation": 1', state.read_text()))
        here.works("secret", "list")
        check(json.loads(state.read_text())["mine"] == [1, 2.5], "an unknown member was lost")
        for damage in ("{", "", "[]", '{"aigenv_state": 2}', "null"):
            state.write_text(damage)
            check(str(state) in here.fails(3, "secret", "list"), damage)
            check(state.read_text() == damage, "a fresh start in silence")
    with machine() as here:
        (here.folder / "state").write_text("no folder")
        status, _, errors = here.run("secret", "list")
        check(status == 0 and errors.count("cannot remember") == 1, status, errors)
        check("this once, its writers are trusted" in errors and
              "from now on" not in errors, errors)


def faults():
    with machine() as here:
        here.works("secret", "list")
        old = here.vault.read_bytes()
        for name in ("openat", "write", "fsync", "close", "rename"):
            for kind in ("ENOSPC", "KILL"):
                status, _, errors = here.run(
                    "secret", "set", "EXTRA", data=b"value", program="aigenv-faulty",
                    fault=f"{name}:1:{kind}")
                check(status != 0, name, kind, "was not noticed")
                check(kind == "KILL" or status == 7, name, kind, status, errors)
                check(here.vault.read_bytes() == old, name, kind, "changed the vault")
        status, _, errors = here.run("secret", "set", "LATE", data=b"value",
                                     program="aigenv-faulty", fault="rename:2:EROFS")
        check(status == 0 and "cannot remember" in errors, status, errors)
        for number in range(1, 40):
            here.vault.write_bytes(old)
            shutil.rmtree(here.folder / "state", ignore_errors=True)
            here.works("secret", "list")
            status, _, _ = here.run("secret", "set", "EXTRA", data=b"value",
                                    program="aigenv-faulty", fault=f"any:{number}:KILL")
            after = here.read()["profiles"]["production"]["secrets"]
            check(here.vault.read_bytes() == old or "EXTRA" in after, number)
            if "EXTRA" in after:
                check(here.works("secret", "reveal", "EXTRA") == b"value", number)
            here.works("secret", "set", "OTHER", data=b"next")
            left = [one.name for one in here.folder.iterdir() if one.name.startswith(".aigenv")]
            check(left == [], "left behind:", left)
            if status == 0:
                break
        else:
            raise Failed("more than 40 calls?")
        check(number > 5, "only", number, "calls")


def identity():
    with machine() as here:
        for mode in (0o620, 0o602, 0o640, 0o604, 0o644, 0o666):
            here.identity.chmod(mode)
            check("chmod 600" in here.fails(4, "secret", "list"), oct(mode))
        for mode in (0o600, 0o400, 0o700):
            here.identity.chmod(mode)
            here.works("secret", "list")
        here.identity.chmod(0o644)
        key = here.identity.read_bytes()
        check(through_pipe(here, key) == 0, "a pipe was refused")
        here.identity.unlink()
        check("key new" in here.fails(4, "secret", "list"))
        here.works("key", "new")
        check(here.identity.stat().st_mode & 0o777 == 0o600)
        made = here.identity.read_bytes()
        here.fails(3, "key", "new")
        check(here.identity.read_bytes() == made, "an identity was overwritten")
        token = here.works("key", "show").decode().strip()
        check(here.works("key", "show", "--age").decode().strip() == token.split("+")[0])
        check(token.split("+")[0] == subprocess.run(
            ["age-keygen", "-y", here.identity], capture_output=True, check=True,
            text=True).stdout.strip(), "age-keygen reads another recipient")
        errors = here.fails(4, "secret", "list")
        check("not shared" in errors and "alice" in errors, errors)
        for text in ("", "# nothing\n", "AGE-SECRET-KEY-1WRONG\n", "sk-a-key-of-something\n"):
            here.identity.write_text(text)
            errors = here.fails(4, "secret", "list")
            check("WRONG" not in errors and "sk-a-key" not in errors, errors)
        here.variables["AIGENV_IDENTITY"] = str(here.folder / "new" / "deep" / "id.txt")
        here.works("key", "new")
        check((here.folder / "new").stat().st_mode & 0o777 == 0o700, "folder's mode")
    reader()


def reader():
    with machine(identity="web-1", vault="team.json") as here:
        here.works("-p", "production", "secret", "list")
        check("writer" in here.fails(4, "-p", "production", "secret", "set", "X", data=b"x"))
        check("writer" in here.fails(4, "-p", "production", "secret", "remove", "EMPTY"))


def through_pipe(here, key):
    read, write = os.pipe()
    os.write(write, key)
    os.close(write)
    here.variables["AIGENV_IDENTITY"] = f"/dev/fd/{read}"
    process = here.start("secret", "list", pass_fds=(read,))
    process.communicate(timeout=60)
    os.close(read)
    del here.variables["AIGENV_IDENTITY"]
    return process.returncode



PARTS = {one.__name__: one for one in
         (vectors, written, tampered, profiles, writers, faults, identity)}

if __name__ == "__main__":
    try:
        import nacl.signing
    except ImportError:  # Debian's own Python has what Debian packages
        if sys.executable != "/usr/bin/python3":
            os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])
        raise
    try:
        for word in sys.argv[1:] or PARTS:
            PARTS[word]()
    except Failed as failed:
        sys.exit(f"FAILED: {failed}")
