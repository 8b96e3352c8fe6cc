#!/usr/bin/env python3
"""`aigenv verify` in every state that the table of diagnoses has a row for: the
cause, its exit status, what is said and advised, and the promises that hold in
each. At the end, every row of the table has been read.

    verify_diagnoses.py [WORD...]   only trials whose names hold the words
"""

import concurrent.futures
import sys

import diagnoses_gateway
import diagnoses_network
import diagnoses_provider
from diagnoses_pasted import PASTED, check_pasted
from diagnoses_trial import attempt, table_rows

TRIALS = [*diagnoses_gateway.TRIALS, *diagnoses_provider.TRIALS, *diagnoses_network.TRIALS]


def run(this):
    try:
        return attempt(this), None
    except Exception as error:  # noqa: BLE001 - told below, with the trial's name
        return None, f"{type(error).__name__}: {error}"


def main(words):
    trials = [this for this in TRIALS if all(word in this.name for word in words)]
    reached, failed = set(), 0
    with concurrent.futures.ThreadPoolExecutor(24) as pool:
        for this, (result, error) in zip(trials, pool.map(run, trials)):
            print(f"- {this.name}: {this.diagnosis}", flush=True)
            if error:
                print(f"    {error}", flush=True)
                failed += 1
            else:
                reached |= set(result["explained"]["rows"])
            if result and words:
                print(f"    {result}")
    rows = table_rows()
    missing = [row for number, row in enumerate(rows, 1) if number not in reached]
    left = [row for row in missing if row.startswith(tuple(PASTED))]
    for row in missing if not words else ():
        if row not in left:
            print(f"never read: {row}")
            failed += 1
    check_pasted()
    read = [row for row in PASTED if not any(one.startswith(row) for one in missing)]
    assert words or not read, f"verify reaches them, too: {read}"
    print(f"{len(trials)} trials, {len(reached)} of {len(rows)} rows,"
          f" {len(left)} of pastes alone")
    assert not failed, f"{failed} failures"


if __name__ == "__main__":
    main(sys.argv[1:])
