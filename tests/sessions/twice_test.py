#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every command that `aigenv help` knows is run twice in twice.session."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import helptext  # noqa: E402

SESSION = pathlib.Path(__file__).with_name("twice.session")


def names():
    for one in helptext.ask()["commands"]:
        for below in one["commands"] or [None]:
            yield f"{one['name']} {below['name']}" if below else one["name"]


def is_run(name, lines):
    return any("./twice aigenv " in line and f" {name}" in line.split("./twice aigenv", 1)[1]
               for line in lines)


def main():
    lines = [line for line in SESSION.read_text(encoding="utf-8").splitlines()
             if line.startswith("$ ")]
    known = list(names())
    if len(known) < 30:
        helptext.fail("only", len(known), "commands: the test is blind")
    lacking = [name for name in known if not is_run(name, lines)]
    if lacking:
        helptext.fail("not run twice:", ", ".join(lacking))
    print(len(known), "commands are run twice")


if __name__ == "__main__":
    main()
