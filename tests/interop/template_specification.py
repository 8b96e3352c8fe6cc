#!/usr/bin/env python3
"""The Mustache specification's cases through `aigenv template render`."""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(os.environ["AIGENV_TEST_SOURCE"])
AIGENV = Path(os.environ["AIGENV_TEST_BINARY"]) / "aigenv"
VECTORS = SOURCE / "tests/vectors/mustache"
COUNT = 68


def render(case, folder):
    """Runs one case; returns the bytes that were printed."""
    (folder / "data.json").write_text(json.dumps(case["data"]))
    (folder / "case.mustache").write_bytes(case["template"].encode())
    partials = folder / "partials"
    partials.mkdir()
    for name, text in case.get("partials", {}).items():
        (partials / f"{name}.mustache").write_bytes(text.encode())
    done = subprocess.run(
        [AIGENV, "template", "render", "--data", folder / "data.json",
         "--partials", partials, "--escape", "html", folder / "case.mustache"],
        capture_output=True, timeout=60, check=False)
    return done.stdout if done.returncode == 0 else done.stderr


def main():
    ran = 0
    failed = 0
    for file in sorted(VECTORS.glob("*.json")):
        for case in json.loads(file.read_text())["tests"]:
            with tempfile.TemporaryDirectory() as folder:
                got = render(case, Path(folder))
            ran += 1
            if got != case["expected"].encode():
                failed += 1
                print(f"{file.stem}: {case['name']}: got {got!r}, not {case['expected']!r}")
    print(f"{ran} cases, {failed} failed")
    return 1 if failed or ran != COUNT else 0


sys.exit(main())
