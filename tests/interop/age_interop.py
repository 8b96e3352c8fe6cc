#!/usr/bin/env python3
"""`aigenv age` against Debian's age, and against the published vectors.

    age_interop.py vectors   every vector through the program: status, output
    age_interop.py peers     age opens ours, we open age's
    age_interop.py ssh       the same with keys of ssh-keygen
    age_interop.py refusals  usage, limits, files that are not there
"""
import hashlib
import os
import pty
import resource
import select
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

SOURCE = Path(os.environ["AIGENV_TEST_SOURCE"])
AIGENV = Path(os.environ["AIGENV_TEST_BINARY"]) / "aigenv"
VECTORS = SOURCE / "tests/vectors/age/testdata"
VECTORS_COUNT = 62
STATUS = {"success": 0, "no match": 4, "HMAC failure": 4, "payload failure": 4,
          "header failure": 3, "armor failure": 3}
SIZES = (0, 1, 65535, 65536, 65537, 300000)


class Failed(Exception):
    """A fact about the program that does not hold."""


def check(condition, *words):
    if not condition:
        raise Failed(" ".join(str(word) for word in words))


def aigenv(*arguments, data=b""):
    """Runs `aigenv age ...`; returns status, stdout, stderr."""
    done = subprocess.run([AIGENV, "age", *map(str, arguments)], input=data,
                          capture_output=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr.decode()


def works(*arguments, data=b""):
    status, out, errors = aigenv(*arguments, data=data)
    check(status == 0, arguments, "ended with", status, errors)
    check(errors == "", arguments, "said", errors)
    return out


def fails(expected, *arguments, data=b""):
    status, out, errors = aigenv(*arguments, data=data)
    check(status == expected, arguments, "ended with", status, "not", expected, errors)
    check(out == b"", arguments, "failed, but wrote to stdout")
    check(errors, arguments, "failed without a word")
    check("AGE-SECRET-KEY-1" not in errors.replace("AGE-SECRET-KEY-1...", ""),
          arguments, "showed an identity:", errors)
    return errors


def age(*arguments, data=b""):
    done = subprocess.run(["age", *map(str, arguments)], input=data,
                          capture_output=True, timeout=60, check=False)
    check(done.returncode == 0, "age", arguments, done.stderr.decode())
    return done.stdout


def age_on_terminal(passphrase, *arguments):
    """age reads passphrases from a terminal alone: one answers each prompt."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp("age", ["age", *map(str, arguments)])
    shown = b""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            new = os.read(terminal, 4096)
        except OSError:  # the terminal is gone: age has ended
            break
        if not new:
            break
        shown += new
        if shown.rstrip().endswith(b":"):
            os.write(terminal, passphrase.encode() + b"\n")
            shown = b""
    else:
        os.kill(pid, 9)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.close(terminal)
    check(status == 0, "age", arguments, "ended with", status, shown.decode())


def read_vector(path):
    head, file = path.read_bytes().split(b"\n\n", 1)
    values = {}
    for line in head.decode().splitlines():
        key, value = line.split(": ", 1)
        values.setdefault(key, []).append(value)
    if values.get("compressed") == ["zlib"]:
        file = zlib.decompress(file)
    return values, file


def run_vector(path, folder, any_identity):
    values, file = read_vector(path)
    arguments = []
    if "identity" in values:
        (folder / "identities").write_text("\n".join(values["identity"]) + "\n")
        arguments += ["--identity", folder / "identities"]
    if "passphrase" in values:
        (folder / "passphrase").write_text(values["passphrase"][0] + "\n")
        arguments += ["--passphrase-file", folder / "passphrase"]
    if not arguments:
        arguments = ["--identity", any_identity]
    expected = STATUS[values["expect"][0]]
    try:
        if expected:
            fails(expected, "decrypt", *arguments, data=file)
        else:
            plain = works("decrypt", *arguments, data=file)
            check(hashlib.sha256(plain).hexdigest() == values["payload"][0], "another plaintext")
    except Failed as failure:
        raise Failed(f"{path.name}: {failure}") from failure


def vectors(folder):
    identity, _ = new_identity(folder, "any")
    paths = sorted(VECTORS.iterdir())
    check(len(paths) == VECTORS_COUNT, len(paths), "vectors")
    wrong = []
    for path in paths:
        try:
            run_vector(path, folder, identity)
        except Failed as failure:
            wrong.append(str(failure))
    check(not wrong, "\n".join(wrong))


def new_identity(folder, name):
    path = folder / name
    done = subprocess.run(["age-keygen", "-o", path], capture_output=True, check=True)
    return path, done.stderr.decode().split("Public key: ")[1].strip()


def they_open_ours(folder, people, plain):
    recipients = [part for _, text in people for part in ("-r", text)]
    for armor in ([], ["-a"]):
        ours = works("encrypt", *armor, *recipients, data=plain)
        check(bool(armor) == ours.startswith(b"-----BEGIN AGE"), "armor")
        for identity, _ in people:
            check(age("-d", "-i", identity, data=ours) == plain, "age reads another text")
            check(works("decrypt", "--identity", identity, data=ours) == plain, "so do we")
    outsider, _ = new_identity(folder, f"outsider-{len(plain)}")
    fails(4, "decrypt", "--identity", outsider, data=ours)


def we_open_theirs(people, plain):
    recipients = [part for _, text in people for part in ("-r", text)]
    for armor in ([], ["-a"]):
        theirs = age("-e", *armor, *recipients, data=plain)
        for identity, _ in people:
            check(works("decrypt", "--identity", identity, data=theirs) == plain,
                  "we read another text")
        check(works("decrypt", "-i", people[0][0], "-i", people[1][0], data=theirs) == plain,
              "several identity files")


def passphrases_work_both_ways(folder):
    (folder / "passphrase").write_text("correct horse battery\nnot this line\n")
    (folder / "plain").write_text("hello")
    with_file = ["--passphrase-file", folder / "passphrase"]

    (folder / "ours").write_bytes(works("encrypt", *with_file, data=b"hello"))
    age_on_terminal("correct horse battery", "-d", "-o", folder / "back", folder / "ours")
    check((folder / "back").read_text() == "hello", "age reads another text")

    age_on_terminal("correct horse battery", "-e", "-p", "-a", "-o", folder / "theirs", folder / "plain")
    theirs = (folder / "theirs").read_bytes()
    check(works("decrypt", *with_file, data=theirs) == b"hello", "we read another text")
    (folder / "wrong").write_text("incorrect horse")
    fails(4, "decrypt", "--passphrase-file", folder / "wrong", data=theirs)
    return with_file


def locked_identities_work(folder, people, with_file):
    identity, recipient = people[0]
    locked = folder / "locked"
    locked.write_bytes(works("encrypt", "-a", *with_file, data=identity.read_bytes()))
    file = works("encrypt", "-r", recipient, data=b"hello")
    check(works("decrypt", "--identity", locked, *with_file, data=file) == b"hello", "locked")
    fails(4, "decrypt", "--identity", locked, data=file)


def peers(folder):
    people = [new_identity(folder, name) for name in ("alice", "bob", "web-1")]
    for size in SIZES:
        plain = os.urandom(size)
        they_open_ours(folder, people, plain)
        we_open_theirs(people, plain)
    locked_identities_work(folder, people, passphrases_work_both_ways(folder))


def new_ssh_key(folder, name, *options):
    path = folder / name
    subprocess.run(["ssh-keygen", "-q", "-C", "root@web 1", "-f", path, *options], timeout=60,
                   check=True)
    return path, path.with_suffix(".pub").read_text().strip()


def ssh(folder):
    """Hosts' keys, beside age's own, in one file and alone."""
    ed25519 = ("-t", "ed25519", "-N", "")
    hosts = [new_ssh_key(folder, name, *ed25519) for name in ("web-1", "web-2")]
    for plain in (b"", os.urandom(70000)):
        they_open_ours(folder, [*hosts, new_identity(folder, f"alice-{len(plain)}")], plain)
        we_open_theirs([*hosts, new_identity(folder, f"bob-{len(plain)}")], plain)
    other, _ = new_ssh_key(folder, "web-3", *ed25519)
    fails(4, "decrypt", "--identity", other, data=age("-e", "-r", hosts[0][1], data=b"x"))
    refused = {"passphrase": ("-t", "ed25519", "-N", "secret"), "not an ssh-ed25519": (
        "-t", "ecdsa", "-N", ""), "not OpenSSH's own": ("-t", "rsa", "-m", "PEM", "-N", "")}
    for said, options in refused.items():
        path, public = new_ssh_key(folder, said.replace(" ", "-"), *options)
        told = fails(4, "decrypt", "--identity", path, data=age("-e", "-r", hosts[0][1], data=b"x"))
        check(said in told and len(told.splitlines()) == 3, said, "got", told)
        if "ed25519" not in options:
            check("only ssh-ed25519" in fails(3, "encrypt", "-r", public), public)


def refusals(folder):
    identity, recipient = new_identity(folder, "id")
    passphrase = folder / "passphrase"
    passphrase.write_text("x\n")
    file = works("encrypt", "-r", recipient, data=b"hello")

    fails(2, "decrypt", data=file)
    fails(2, "encrypt", data=b"hello")
    fails(2, "encrypt", "-r", recipient, "--passphrase-file", passphrase, data=b"hello")
    fails(2, "decrypt", "--identity", identity, "surplus", data=file)
    fails(4, "decrypt", "--identity", folder / "missing", data=file)
    fails(4, "decrypt", "--passphrase-file", passphrase, data=file)
    fails(7, "decrypt", "--passphrase-file", folder / "missing", data=file)
    (folder / "no-identity").write_text("# nothing\n")
    fails(4, "decrypt", "--identity", folder / "no-identity", data=file)
    (folder / "empty").write_text("\n")
    fails(3, "decrypt", "--passphrase-file", folder / "empty", data=file)

    check("post-quantum" in fails(3, "encrypt", "-r", "age1pq1x34nzsvr0rxjsgdn8z"), "age1pq")
    fails(3, "encrypt", "-r", identity.read_text().split()[-1])
    fails(3, "encrypt", "-r", recipient[:-1])

    for cut in range(0, len(file), 7):
        status, out, _ = aigenv("decrypt", "--identity", identity, data=file[:cut])
        check(status in (3, 4) and out == b"", "cut at", cut, "gave", status)
    changed = bytearray(age("-r", recipient, data=bytes(200000)))
    changed[-1] ^= 1
    fails(4, "decrypt", "--identity", identity, data=bytes(changed))
    most = bytes(64 << 20)
    check(works("decrypt", "--identity", identity,
                data=works("encrypt", "-a", "-r", recipient, data=most)) == most, "64 MiB")
    fails(3, "encrypt", "-r", recipient, data=most + b"x")
    fails(3, "decrypt", "--identity", identity, data=age("-r", recipient, data=most + b"x"))
    fails(3, "decrypt", "--identity", identity, data=bytes(97 << 20))
    no_memory_for_scrypt(passphrase)
    nothing_on_a_full_disk(recipient)


def no_memory_for_scrypt(passphrase):
    limit = (150 << 20, 150 << 20)
    done = subprocess.run([AIGENV, "age", "encrypt", "--passphrase-file", passphrase], input=b"x",
                          capture_output=True, timeout=60, check=False,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, limit))
    check(done.returncode == 7 and b"memory" in done.stderr, "without memory", done)
    check(done.stdout == b"", "without memory, but wrote")


def nothing_on_a_full_disk(recipient):
    with open("/dev/full", "wb") as full:
        done = subprocess.run([AIGENV, "age", "encrypt", "-r", recipient], input=b"x", stdout=full,
                              stderr=subprocess.PIPE, timeout=60, check=False)
    check(done.returncode == 7, "a full disk ended with", done.returncode)


def main():
    parts = {"vectors": vectors, "peers": peers, "ssh": ssh, "refusals": refusals}
    with tempfile.TemporaryDirectory(prefix="aigenv-age-") as folder:
        try:
            parts[sys.argv[1]](Path(folder))
        except Failed as failure:
            sys.exit(f"failed: {failure}")


main()
