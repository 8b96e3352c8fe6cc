#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Everyday commands start in about the time of an empty process: they load
neither libcurl nor what it brings along, nor libedit. Read from the dynamic
linker's own account, so libraries opened later by dlopen are seen too. And what
somebody preloads (a proxy's library, a clock) is asked by libcurl as well."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["AIGENV_TEST_SOURCE"])
AIGENV = pathlib.Path(os.environ["AIGENV_TEST_BINARY"]) / "aigenv"
VECTORS = SOURCE / "tests/vectors/vault"

# Ours: what the program is linked with. A sanitizer brings its own.
ALLOWED = re.compile(r"^(linux-vdso|ld-linux-\S+|libc|libjansson|libsodium|lib[a-z]*san|"
                     r"libm|libgcc_s|libstdc\+\+|libpthread|libdl|librt)\.")

LIGHT = [
    ["version"], ["help"], ["help", "restart"], ["key", "show"], ["providers"],
    ["secret", "list"], ["secret", "reveal", "MIMO_API_KEY"],
    ["config", "get"], ["config", "get", "gateway"], ["config", "set", "vars.A=1"],
    ["render"], ["run", "--", "/bin/true"],
    ["doctor", "--offline"],
]


# A resolver that finds nothing and leaves a file that says who was asked for.
RESOLVER = r"""
#include <stdio.h>
#include <stdlib.h>

int getaddrinfo(const char *host, const char *service, const void *hints, void **found)
{
	FILE *file = fopen(getenv("ASKED"), "w");

	(void)service, (void)hints, (void)found;
	if (file)
		fputs(host, file), fclose(file);
	return -2;
}
"""


def run(folder, words, **more):
    environment = {
        "PATH": "/usr/bin:/bin", "HOME": str(folder),
        "XDG_STATE_HOME": str(folder / "state"),
        "AIGENV_IDENTITY": str(folder / "identity.txt"), **more,
    }
    return subprocess.run([AIGENV, *words], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=60, check=False)


def loaded(folder, words):
    """The names of all objects that were loaded by that call."""
    trace = folder / "trace"
    trace.mkdir()
    done = run(folder, words, LD_DEBUG="files", LD_DEBUG_OUTPUT=str(trace / "log"))
    text = "".join(path.read_text() for path in trace.iterdir())
    shutil.rmtree(trace)
    names = {pathlib.Path(name).name for name in re.findall(r"file=(\S+) \[\d+\];  generating link map", text)}
    if not names:
        sys.exit("the dynamic linker told nothing: the test is blind")
    return done, names


def preloaded_resolver(folder):
    """Whom libcurl asked for by the resolver that was preloaded."""
    library, asked = folder / "resolver.so", folder / "asked"
    (folder / "resolver.c").write_text(RESOLVER)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, folder / "resolver.c"], check=True)
    run(folder, ["verify"], LD_PRELOAD=str(library), ASKED=str(asked))
    return asked.read_text() if asked.exists() else "nobody"


def main():
    known = subprocess.run([AIGENV, "help", "--json"], capture_output=True, check=True).stdout
    commands = {command["name"] for command in json.loads(known)["commands"]}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        shutil.copy(VECTORS / "one.json", folder / "aigenv.json")
        shutil.copy(VECTORS / "identities/alice.txt", folder / "identity.txt")
        (folder / "identity.txt").chmod(0o600)
        for words in LIGHT:
            if words[0] not in commands:
                print("there is no command", words[0])
                continue
            done, names = loaded(folder, words)
            # What doctor finds here is no failure.
            if done.returncode > (words[0] == "doctor"):
                sys.exit(f"aigenv {' '.join(words)}: {done.stderr.decode()}")
            heavy = sorted(each for each in names if not ALLOWED.match(each))
            if heavy:
                sys.exit(f"aigenv {' '.join(words)} loads {' '.join(heavy)}")
            print("ok", *words)
        # What does call loads it: the test can see.
        _, names = loaded(folder, ["verify", "--timeout", "1"])
        if not any(each.startswith("libcurl.") for each in names):
            sys.exit("verify loads no libcurl: the test is blind")
        host = preloaded_resolver(folder)
        if host != "gateway.ai.cloudflare.com":
            sys.exit(f"libcurl asked a preloaded resolver for {host}")
        print("ok verify with a preloaded resolver")
    return 0


if __name__ == "__main__":
    sys.exit(main())
