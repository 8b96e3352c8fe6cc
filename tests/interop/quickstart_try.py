#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What `scripts/quickstart --try` prints is done, step by step, by somebody whose
PATH has no aigenv: the wizard, the first commands, and the end of it."""

import os
import pathlib
import re
import shlex
import signal
import subprocess
import sys
import time

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[1] / "support"),
                str(pathlib.Path(__file__).resolve().parent)]
from harness import BINARY, EMULATOR, SKIPPED, SOURCE, wait_until
from wizard_terminal import Screen


def steps(text):
    """The lines of each numbered step that are to be typed or pasted."""
    found = re.split(r"^\d\. ", text, flags=re.M)[1:]
    return [[line[5:] for line in one.splitlines() if line.startswith("     ")] for one in found]


def is_running(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def follow(screen, start, paste, after):
    screen.type(start[0])
    screen.wait("exit leaves it.")
    screen.type(start[1])
    screen.wait("Paste:")
    screen.paste("\n".join(paste[:-1]))
    screen.type("")
    screen.wait("[MIMO_API_KEY], hidden:")
    screen.type(paste[-1])
    for question in ("Model", "Another provider?", "PM2 app name", "Go on?"):
        screen.wait(question)
        screen.type("")
    screen.wait("pm2 restart ecosystem.config.cjs --only my-app --update-env\n")
    for command in after:
        screen.type(f"clear; {command}; echo ended with $?.")
        screen.wait("ended with 0.")
    screen.type("exit")


def check_refusals():
    """What is wrong with its options is said, before anything is built."""
    for options, said in ((["--foo"], "--foo is none of its options"),
                          (["--built"], "--built takes the folder of a build\n"),
                          (["--built", "/nowhere"], "there is no /nowhere\n"),
                          (["--built", "/"], "/ holds no build of aigenv\n")):
        done = subprocess.run([SOURCE / "scripts/quickstart", *options], capture_output=True, text=True)
        assert done.returncode == 2 and said in done.stderr and not done.stdout, (options, done)


def main():
    check_refusals()
    if not EMULATOR.exists():
        print("skipped, for want of:\n  aig-emulator: this build leaves it out")
        sys.exit(SKIPPED)
    screen = Screen(120, PATH="/usr/bin:/bin")
    process = None
    try:
        screen.type(shlex.join([str(SOURCE / "scripts/quickstart"), "--built", str(BINARY), "--try"]))
        screen.wait("rm -r")
        start, paste, after, [end] = steps(screen.text())
        process, folder = re.fullmatch(r"kill (\d+); rm -r (.*)", end).groups()
        assert is_running(int(process))
        follow(screen, start, paste, after)
        screen.type(f"clear; {end}; echo status $?.")
        screen.wait("status 0.")
        assert not pathlib.Path(folder).exists()
        wait_until(lambda: not is_running(int(process)), "the emulator has ended")
        left = list(screen.root.glob(".config/**")) + list(screen.root.glob(".state/**"))
        assert not left, f"left in the user's home: {left}"
    finally:
        if process and is_running(int(process)):
            os.kill(int(process), signal.SIGTERM)
        screen.close()


main()
