#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A program that is built as all others are, with sanitizers, ends at each kind of fault.

    sanitizers.py PROGRAM
"""

import subprocess
import sys

SAID = {
    "global": "global-buffer-overflow",
    "literal": "global-buffer-overflow",
    "stack": "stack-buffer-overflow",
    "heap": "heap-buffer-overflow",
    "freed": "heap-use-after-free",
    "leak": "detected memory leaks",
    "overflow": "signed integer overflow",
    "nothing": "null pointer",
    "none": None,
}


def main():
    wrong = []
    for fault, said in SAID.items():
        done = subprocess.run([sys.argv[1], fault], capture_output=True, text=True, check=False)
        if said is None:
            seen = done.returncode == 0 and not done.stderr
        else:
            seen = done.returncode != 0 and said in done.stderr
        if not seen:
            wrong.append(f"{fault}: exit status {done.returncode}, not told as {said}")
    print("\n".join(wrong) or f"{len(SAID)} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
