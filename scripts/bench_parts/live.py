# SPDX-License-Identifier: MIT
"""`status` of an app with fifty processes, beside `pm2 jlist`, which lists them."""

import shutil
import subprocess

import harness

from .place import Runs, print_row

PROCESSES = 50
PM2 = harness.NODE_MODULES / "pm2" / "bin" / "pm2"


def measure(place, rounds):
    node, sleep = shutil.which("node"), shutil.which("sleep")
    if not node or not PM2.exists():
        print("left out, as pm2 is not installed: status beside pm2 jlist")
        return
    pm2 = [node, str(PM2.resolve())]
    place.environment["PM2_HOME"] = str(place.folder / "pm2")
    project = place.set_up(
        pm2={"app": "bench", "script": sleep, "args": ["10000"], "interpreter": "none",
             "instances": PROCESSES, "exec_mode": "fork"},
        outputs=[{"template": "env", "path": ".env"},
                 {"template": "ecosystem", "path": "ecosystem.config.cjs"}])
    try:
        subprocess.run([*pm2, "start", "ecosystem.config.cjs"], cwd=project, check=True,
                       env=place.environment, stdout=subprocess.DEVNULL)
        found = {"pm2 jlist": [*pm2, "-s", "jlist"], "aigenv status": [place.aigenv, "status"],
                 "aigenv status --json": [place.aigenv, "--json", "status"]}
        taken = {name: Runs() for name in found}
        for _ in range(rounds):
            for name, words in found.items():
                taken[name].add(place.take(words, project))
    finally:
        subprocess.run([*pm2, "kill"], env=place.environment, stdout=subprocess.DEVNULL, check=False)
        del place.environment["PM2_HOME"]
    print_row(f"{PROCESSES} processes", "min ms", "median ms", "peak MB", "x time")
    base = taken["pm2 jlist"]
    for name, runs in taken.items():
        print_row(name, f"{runs.least():.2f}", f"{runs.median():.2f}", f"{runs.peak():.1f}",
                  f"{runs.median() / base.median():.3f}")
