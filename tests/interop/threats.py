#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What is said to be protected names the tests that keep it: each line does, and
the tests are there."""

import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import BINARY, SOURCE, main  # noqa: E402

NAME = re.compile(r"(?:unit|session|interop|fuzz)\.[\w.-]+\w")
# Nothing that a test could show.
UNTESTED = {"root, or you", "a quantum computer"}


def known():
    listed = subprocess.run([os.environ.get("AIGENV_TEST_CTEST", "ctest"), "-N"], cwd=BINARY,
                            capture_output=True, text=True, timeout=60, check=True).stdout
    names = set(re.findall(r"^ *Test +#\d+: (\S+)", listed, re.M))
    assert len(names) > 150, "no tests listed: this one is blind"
    return names


def is_there(name, names):
    """A whole name, or what several parts of one begin with."""
    return any(one == name or one.startswith(f"{name}.") for one in names)


def rows():
    """Of the topic: what, and which tests it names."""
    text = (SOURCE / "src/manual/topics/safety.txt").read_text("utf8")
    part = text[text.index("# What is protected\n"):text.index("# Whom a machine believes")]
    for row in re.split(r"\n(?=[^\n]* :: )", part)[1:]:
        row = row.split("\n\n")[0]
        yield row.split(" :: ")[0], NAME.findall(row[row.find("["):] if "[" in row else "")


def each_line_of_the_topic_names_its_tests():
    names, seen = known(), 0
    for what, tests in rows():
        seen += 1
        assert tests or what in UNTESTED, f"no test is named for: {what}"
        for test in tests:
            assert is_there(test, names), f"{what}: there is no test {test}"
    assert seen > 18, f"only {seen} lines: this test is blind"


def each_line_of_readme_does():
    names = known()
    text = (SOURCE / "README.md").read_text("utf8")
    part = text[text.index("## What is protected"):text.index("## Where to read on")]
    lines = [line for line in part.splitlines() if line.startswith("| ")][2:]
    assert len(lines) > 6, lines
    for line in lines:
        tests = NAME.findall(line.rsplit("|", 2)[1])
        assert tests, f"no test is named in: {line}"
        for test in tests:
            assert is_there(test, names), f"there is no test {test}"


main([each_line_of_the_topic_names_its_tests, each_line_of_readme_does])
