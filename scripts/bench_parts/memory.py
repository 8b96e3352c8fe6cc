# SPDX-License-Identifier: MIT
"""What verify takes in memory for one route and for many, whatever is answered.

The last column is what each route adds where there are more than go at once.
"""

import harness

from .place import print_row

COUNTS = 1, 10, 100, 500  # a hundred are asked at once
MEGABYTE = 1 << 20

# name, what every call is answered with, verify's exit status
ANSWERS = (
    ("a greeting", None, 0),
    ("1 MiB of one letter", {"status": 200, "body": "x" * MEGABYTE}, 5),
    ("1 MiB of JSON, a list of zeros", {"status": 200, "body": [0] * (MEGABYTE // 2)}, 5),
)


def measure(place):
    heads = [f"{count} route{'s' if count > 1 else ''}" for count in COUNTS]
    print_row("\nverify's peak memory in MB, by answer", *heads, "KB each")
    with harness.Emulator("--quiet", program=place.emulator) as emulator:
        projects = [place.set_up(count, origin=emulator.origin) for count in COUNTS]
        for name, canned, status in ANSWERS:
            emulator.set(providers={"custom-xiaomi": {"canned": canned}})
            peaks = [place.take([place.aigenv, "verify", "--all"], project, status)[1]
                     for project in projects]
            grown = (peaks[-1] - peaks[-2]) * 1024 / (COUNTS[-1] - COUNTS[-2])
            print_row(name, *(f"{peak:.1f}" for peak in peaks), f"{grown:.1f}")
