#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What is left in the memory of a command that is about to end: nothing of the
secrets that it handled. strace holds it at its last system call, and every page
that it could write is read."""

import contextlib
import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import (  # noqa: E402
    AIGENV, KEY, PATIENCE, SKIPPED, TOKEN, Emulator, Home, main, wait_until
)

SECRET = "sk-plantedLeftOver0123456789Zq7"
PASTE = f"""curl -v https://gateway.ai.cloudflare.com/v1/a/g/openai/chat/completions \\
  -H 'Authorization: Bearer {SECRET}'
HTTP/1.1 401 Unauthorized
content-type: application/json

{{"error":{{"message":"Incorrect API key provided: {SECRET}.","code":"invalid_api_key"}}}}
"""
# A sanitizer keeps freed memory, and what was in it, for a while.
SANITIZED = b"__asan_" in AIGENV.read_bytes()


def child_of(tracer):
    """The process that strace runs, once there is one."""
    children = pathlib.Path(f"/proc/{tracer}/task/{tracer}/children").read_text().split()
    for child in children:
        # strace has short-lived children of its own.
        with contextlib.suppress(OSError):
            if os.readlink(f"/proc/{child}/exe") == str(AIGENV.resolve()):
                return int(child)
    return None


def is_leaving(process):
    """It is in exit_group (231 on x86-64, 94 on arm64)."""
    try:
        words = pathlib.Path(f"/proc/{process}/syscall").read_text().split()
    except OSError:
        return False
    return words[0] in ("231", "94")


def memory(process):
    with open(f"/proc/{process}/mem", "rb", buffering=0) as pages:
        for line in pathlib.Path(f"/proc/{process}/maps").read_text().splitlines():
            place, rights = line.split()[:2]
            if not rights.startswith("rw"):
                continue
            start, end = (int(number, 16) for number in place.split("-"))
            try:
                pages.seek(start)
                yield line, pages.read(end - start)
            except OSError:
                continue


def left_over(home, words, secrets):
    """Mappings in which one of them stands."""
    tracer = subprocess.Popen(
        ["strace", "-qq", "-e", "trace=exit_group",
         "-e", f"inject=exit_group:delay_enter={PATIENCE * 1000000}", str(AIGENV), *words],
        cwd=home.project, env=home.environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        process = wait_until(lambda: child_of(tracer.pid), "strace runs it")
        wait_until(lambda: is_leaving(process), "it comes to its end")
        found, bytes_read = [], 0
        for line, text in memory(process):
            bytes_read += len(text)
            found += [line for secret in secrets if secret.encode() in text]
        assert bytes_read > 100_000, "nothing could be read: the test is blind"
        return found
    finally:
        tracer.kill()
        out, err = tracer.communicate(timeout=PATIENCE)
        print("  " + " ".join(words)[:60], out.decode()[:60].strip().replace("\n", " | "))


def nothing_is_left():
    with Emulator() as emulator, Home() as home:
        project = pathlib.Path(home.project)
        (project / "paste.txt").write_text(PASTE)
        (project / "data.json").write_text(json.dumps({"key": SECRET, "all": [{"a": SECRET}] * 40}))
        (project / "t.env.mustache").write_text("K={{key}}\n{{#all}}A={{a}}\n{{/all}}")
        home.aigenv("init", "--answers", "-", "--no-input", stdin=json.dumps({
            "account_id": "0123456789abcdef0123456789abcdef", "gateway": "my-gateway",
            "origin": emulator.origin,
            "routes": [{"provider": "custom-xiaomi", "model": "mimo-v2.5"}],
            "secrets": {"CF_AIG_TOKEN": TOKEN, "MIMO_API_KEY": KEY}}))
        for words, secrets in (
            (["explain", "paste.txt"], [SECRET]),
            (["--json", "explain", "paste.txt"], [SECRET]),
            (["template", "render", "--data", "data.json", "--escape", "env", "t.env.mustache"],
             [SECRET]),
            (["verify"], [TOKEN, KEY]),
            (["verify", "--explain"], [TOKEN, KEY]),
        ):
            found = left_over(home, words, secrets)
            assert not found, (words, found)


if __name__ == "__main__":
    if os.geteuid() != 0 or SANITIZED:
        print("skipped, for want of:\n  root, and a build without sanitizers: the program is looked into")
        sys.exit(SKIPPED)
    main([nothing_is_left])
