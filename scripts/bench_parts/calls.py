# SPDX-License-Identifier: MIT
"""`aigenv verify` beside one curl process that makes the same calls.

What curl sends is what `aigenv verify --curl` prints: the same URLs, headers
and bodies, in a config file. Both take turns at one emulator, so each meets
what the other left behind. verify does more: it opens the vault, checks its
signatures, reads the answers, and notes on disk that the routes work.
"""

import contextlib
import json
import pathlib
import shlex
import subprocess
import sys
import tempfile

import harness
import nghttpx

from .place import Runs, print_row

KEYS = {"CF_AIG_TOKEN": harness.TOKEN, "MIMO_API_KEY": harness.KEY}
HELD_MS = 100  # about what a provider's network takes

# name, routes, over HTTP/2, milliseconds that each answer is held, how many
# curl asks at once (None: as many as it does by itself, which is 50)
CASES = (
    ("1 route, HTTP/1.1", 1, False, 0, None),
    ("1 route, TLS and HTTP/2", 1, True, 0, None),
    ("100 routes, TLS and HTTP/2", 100, True, 0, 100),
    (f"100 routes, each held for {HELD_MS} ms", 100, True, HELD_MS, 100),
    ("the same, curl as it is by itself", 100, True, HELD_MS, None),
)


def options_of(command):
    """[(name, value)] of a config file for one of verify's curl commands."""
    words = shlex.split(command)
    for name, value in KEYS.items():
        words = [word.replace(f"${name}", value) for word in words]
    options = [("url", next(word for word in words if word.startswith("http")))]
    for flag, word in zip(words, words[1:]):
        if flag in ("-H", "-d"):
            options.append(({"-H": "header", "-d": "data"}[flag], word))
    return options


def quoted(value):
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def curl_words(place, project, at_once):
    """curl, and the file that says all the rest."""
    done = subprocess.run([place.aigenv, "verify", "--all", "--curl", "--json"], cwd=project,
                          check=True, capture_output=True, text=True, env=place.environment)
    commands = [each["curl"] for each in json.loads(done.stdout)["commands"]]
    # curl asks for HTTP/2 by itself where there is TLS, and with --parallel
    # waits for the connection that it can share, as verify does.
    parts = ["\n".join([*(f"{name} = {quoted(value)}" for name, value in options_of(command)),
                        "silent", "compressed"]) for command in commands]
    file = project / "requests.curl"
    file.write_text("\nnext\n".join(parts) + "\n")
    many = ["--parallel", "--no-progress-meter"] if len(commands) > 1 else []
    if at_once:
        many += ["--parallel-max", str(at_once)]
    return [place.curl, "-q", *many, "-K", str(file)]


@contextlib.contextmanager
def server(place, http2, held_ms):
    """(emulator, origin) of an emulator, behind nghttpx for HTTP/2."""
    with harness.Emulator("--quiet", "--latency", str(held_ms), program=place.emulator) as emulator:
        if not http2:
            yield emulator, emulator.origin
            return
        folder = pathlib.Path(tempfile.mkdtemp(dir=place.folder))
        with nghttpx.Nghttpx(folder, emulator.port) as front:
            place.environment.update(SSL_CERT_FILE=front.authority)
            yield emulator, front.origin


def asked(emulator):
    """All that came in, but for who asks, and for the compressions that each knows."""
    for each in (requests := emulator.requests()):
        each["headers"] = sorted((name.lower(), value) for name, value in each["headers"].items()
                                 if name.lower() not in ("user-agent", "accept-encoding"))
    return sorted(json.dumps(each) for each in requests)


def check_same(emulator, programs, place, project):
    """Both ask the same; it is also the unmeasured first run."""
    seen = []
    for words in programs.values():
        emulator.forget()
        place.take(words, project)
        seen.append(asked(emulator))
    if seen[0] != seen[1]:
        sys.exit(f"verify and curl do not ask the same:\n{seen[0][0]}\n{seen[1][0]}")


def measure_case(place, rounds, case):
    name, count, http2, held_ms, at_once = case
    with server(place, http2, held_ms) as (emulator, origin):
        project = place.set_up(count, origin=origin)
        programs = {"verify": [place.aigenv, "verify", "--all"],
                    "curl": curl_words(place, project, at_once)}
        check_same(emulator, programs, place, project)
        taken = {program: Runs() for program in programs}
        for _ in range(rounds):
            for program, words in programs.items():
                taken[program].add(place.take(words, project))
            emulator.forget()
    verify, curl = taken["verify"], taken["curl"]
    print_row(name, f"{verify.median():.1f}", f"{curl.median():.1f}",
              f"{verify.median() / curl.median():.2f}",
              f"{verify.peak():.1f}", f"{curl.peak():.1f}")


def measure(place, rounds):
    print_row("\nverify beside one curl process", "verify ms", "curl ms", "x time",
              "verify MB", "curl MB")
    for case in CASES:
        if not place.curl:
            print_row(case[0], "curl is not here")
        elif case[2] and not nghttpx.is_here():
            print_row(case[0], "nghttpx or openssl is not here")
        else:
            measure_case(place, rounds if case[1] == 1 else (rounds + 2) // 3, case)
