# SPDX-License-Identifier: MIT
"""How long everyday commands take to start, beside an empty process and peers."""

import shutil
import subprocess

import harness

from .place import Runs, compile_c, print_row

ENV_FILE = "profile0.env"
EMPTY = "int main(void) { return 0; }\n"


def linked(*libraries):
    flags = subprocess.run(["pkg-config", "--libs", *libraries], check=True,
                           capture_output=True, text=True).stdout.split()
    return ["-Wl,--no-as-needed", *flags]


def age_words(place, project):
    """age, which decrypts the same values with the same identity."""
    def done(*words):
        return subprocess.run(words, cwd=project, env=place.environment, check=True,
                              capture_output=True, text=True).stdout.strip()

    done("age", "-r", done(place.aigenv, "key", "show", "--age"), "-o", "values.age", ENV_FILE)
    identity = place.folder / ".config" / "aigenv" / "identity.txt"
    return [shutil.which("age"), "-d", "-i", str(identity), "-o", "/dev/null", "values.age"]


def programs(place, project):
    """name -> words; the first is what the others are compared with."""
    true = shutil.which("true")
    found = {
        "an empty program": [compile_c(place.folder, "empty", EMPTY)],
        "linked with libsodium and jansson": [
            compile_c(place.folder, "small", EMPTY, *linked("libsodium", "jansson"))],
        "linked with libcurl": [compile_c(place.folder, "curl", EMPTY, *linked("libcurl"))],
    }
    for words in ("version", "config get", "secret list", "render"):
        found[f"aigenv {words}"] = [place.aigenv, *words.split()]
    found["true"] = [true]
    found["aigenv run -- true"] = [place.aigenv, "run", "--", true]
    found["aigenv run --redact -- true"] = [place.aigenv, "run", "--redact", "--", true]
    if shutil.which("age"):
        found["age -d, of the same values"] = age_words(place, project)
    if place.curl:
        found["curl --version"] = [place.curl, "--version"]
    node, dotenvx = shutil.which("node"), harness.NODE_MODULES / ".bin/dotenvx"
    if node:
        found["node -e 0"] = [node, "-e", "0"]
        found["node --env-file -e 0"] = [node, f"--env-file={ENV_FILE}", "-e", "0"]
    if node and dotenvx.exists():
        found["dotenvx run -- true"] = [node, str(dotenvx.resolve()), "run", "-q",
                                        "-f", ENV_FILE, "--", true]
    return found


def measure(place, rounds):
    project = place.set_up(pm2={"app": "bench", "script": "./server.js"})
    found = programs(place, project)
    taken = {name: Runs() for name in found}
    for words in found.values():
        place.take(words, project)  # once unmeasured, into the page cache
    for number in range(rounds):
        for name, words in found.items():
            slow = name.startswith(("node", "dotenvx"))
            if not slow or number % 5 == 0:
                taken[name].add(place.take(words, project))
    print_row("starting", "min ms", "median ms", "peak MB", "x time", "x memory")
    base = next(iter(taken.values()))
    for name, runs in taken.items():
        print_row(name, f"{runs.least():.2f}", f"{runs.median():.2f}", f"{runs.peak():.1f}",
                  f"{runs.median() / base.median():.1f}", f"{runs.peak() / base.peak():.1f}")
