# SPDX-License-Identifier: MIT
"""Instructions, counted by valgrind's callgrind: the same for the same binary
and input, however busy the machine is.

`counts.json` has the table that a change is held against. It is compared only
where the machine's architecture, compiler and libraries are the table's, since
each of them moves the counts; elsewhere the counts are printed alone.
"""

import json
import pathlib
import platform
import re
import shutil
import subprocess
import tempfile

import harness

from . import files
from .place import print_row

TABLE = pathlib.Path(__file__).with_name("counts.json")
ALLOWED = 1.10

# glibc picks other string functions on other processors.
TUNABLES = "glibc.cpu.hwcaps=-AVX2,-AVX512F,-AVX512VL,-AVX512BW,-ERMS,-FSRM"

# Of an env file; more than --fix mends, which is looked at otherwise.
MEGABYTES = 2

COMMANDS = ("version", "run -- true", "render", "secret list", "config get", "verify")

# What grows, to which sizes, and the command that is counted.
SECRETS, PROFILES, LINES = (2, 62, 242), (2, 16, 60), (100, 1000, 10000)


def first_line(*words):
    done = subprocess.run(words, capture_output=True, text=True)
    return done.stdout.splitlines()[0].strip() if done.returncode == 0 else "not here"


def machine():
    """What moves the counts beside the code."""
    versions = {name: first_line("pkg-config", "--modversion", name)
                for name in ("libsodium", "jansson", "libcurl")}
    flags = re.search(r"^flags\s*:(.*)$", pathlib.Path("/proc/cpuinfo").read_text(), re.M)
    return {"architecture": platform.machine(),
            "avx2": bool(flags and " avx2 " in f"{flags[1]} "),
            "compiler": first_line("cc", "--version"),
            "libc": " ".join(platform.libc_ver()),
            "valgrind": first_line("valgrind", "--version"), **versions}


def count(place, project, words, statuses=(0,)):
    """Instructions of one run: up to exec where the command becomes another."""
    with tempfile.TemporaryDirectory(dir=place.folder) as folder:
        out = pathlib.Path(folder) / "out"
        done = subprocess.run(
            ["valgrind", "--tool=callgrind", "--dump-before=execve", f"--callgrind-out-file={out}",
             place.aigenv, *words], cwd=project, capture_output=True, text=True,
            env=place.environment | {"GLIBC_TUNABLES": TUNABLES})
        if done.returncode not in statuses:
            raise SystemExit(f"{' '.join(words)} ended with {done.returncode}:\n{done.stderr}")
        dumped = out.with_name("out.1")
        text = (dumped if dumped.exists() else out).read_text()
    return int(re.search(r"^(?:summary|totals): (\d+)", text, re.M)[1])


def count_commands(place):
    with harness.Emulator("--quiet", program=place.emulator) as emulator:
        project = place.set_up(origin=emulator.origin,
                               pm2={"app": "bench", "script": "./server.js"})
        found = {}
        for words in COMMANDS:
            argv = [shutil.which(word) if word == "true" else word for word in words.split()]
            count(place, project, argv)  # what is made on first use
            found[words] = count(place, project, argv)
    return found


def count_files(place):
    path = place.folder / "large.env"
    found = {}
    for kind in files.KINDS:
        files.fill(path, kind, MEGABYTES)
        found[f"check, {MEGABYTES} MB of {kind}"] = count(
            place, place.folder, ["check", str(path)], statuses=(0, 1))
    return found


def count_secrets(place, size):
    secrets = {f"SECRET_{number}": f"value-{number}" for number in range(size - 2)}
    project = place.set_up(secrets={"CF_AIG_TOKEN": harness.TOKEN, "MIMO_API_KEY": harness.KEY,
                                    **secrets})
    return count(place, project, ["render"])


def count_profiles(place, size):
    project = place.set_up()
    for number in range(1, size):
        subprocess.run([place.aigenv, "profile", "copy", "profile0", f"copy{number}"], cwd=project,
                       check=True, capture_output=True, env=place.environment)
    return count(place, project, ["-p", "profile0", "render"])


def count_lines(place, size):
    project = place.set_up(outputs=[{"template": "env", "path": ".env"}])
    lines = "".join(f"OTHER_{number}=value {number}\n" for number in range(size))
    (project / ".env").write_text(lines)
    return count(place, project, ["apply", "--no-verify"])


GROWTH = (("render, secrets", SECRETS, count_secrets),
          ("render, profiles", PROFILES, count_profiles),
          ("apply, lines of .env", LINES, count_lines))


def count_large(place):
    """What grows, at its largest."""
    return {f"render, {SECRETS[-1]} secrets": count_secrets(place, SECRETS[-1]),
            f"apply, {LINES[-1]} lines of .env": count_lines(place, LINES[-1])}


def measure_growth(place):
    return {name: {str(size): counted(place, size) for size in sizes}
            for name, sizes, counted in GROWTH}


def millions(number):
    return f"{number / 1e6:.2f}"


def count_all(place):
    return count_commands(place) | count_large(place) | count_files(place)


def is_over(found, table):
    before = table.get("counts", {})
    return table.get("machine") == machine() and any(
        number > ALLOWED * before.get(name, number) for name, number in found.items())


def compare(found, table):
    """Names of what has grown beyond what is allowed."""
    same = table.get("machine") == machine()
    print_row("instructions, in millions", "now", "table", "x" if same else "(other machine)")
    grown = []
    for name, number in found.items():
        before = table.get("counts", {}).get(name)
        times = number / before if before else None
        print_row(name, millions(number), millions(before) if before else "-",
                  f"{times:.2f}" if times else "-")
        if same and times and times > ALLOWED:
            grown.append(name)
    return grown


def print_growth(growth):
    print_row("\nhow it grows, in millions", "small", "middle", "large")
    for name, numbers in growth.items():
        print_row(f"{name}: {', '.join(numbers)}", *(millions(one) for one in numbers.values()))


def measure(place, update=False, growth=False):
    """Prints the counts; False where one is over the table."""
    if not shutil.which("valgrind"):
        print("valgrind is not here: nothing was counted")
        return True
    table = json.loads(TABLE.read_text()) if TABLE.exists() else {}
    found = count_all(place)
    # Once in many runs one was twice what it is before and after, by no change of
    # the program's: what has grown is so the second time, too.
    if not update and is_over(found, table):
        again = count_all(place)
        found = {name: min(number, again[name]) for name, number in found.items()}
    grown = compare(found, table)
    if growth:
        print_growth(measure_growth(place))
    if update:
        TABLE.write_text(json.dumps({"machine": machine(), "counts": found}, indent=2) + "\n")
        return True
    for name in grown:
        print(f"{name}: more than {ALLOWED - 1:.0%} over the table. Where that is meant: "
              "scripts/bench --count --update")
    return not grown
