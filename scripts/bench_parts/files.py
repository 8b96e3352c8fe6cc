# SPDX-License-Identifier: MIT
"""`check` of an env file beside what only reads it: npm's dotenv and Node's own
`util.parseEnv`, whose times are without the start of node. What grows faster than
the file is seen in the last rows. There are three kinds of file:
rows without a sign, settings as services have them, and faulty ones. Of each
program it is the median of its turns."""

import itertools
import shutil
import statistics
import subprocess

import harness

from .place import Runs, print_row

MEGABYTES = 1, 10, 40
KINDS = {
    "plain rows": "NAME_{0}=abcdefghijklmnopqrstuvwxyz{0}\n",
    "settings": ("# what service {0} needs\n"
                 "SERVICE_{0}_HOST=service-{0}.internal.example.com\n"
                 "SERVICE_{0}_PORT={0}\n"
                 "SERVICE_{0}_LOG_LEVEL=info\n"
                 "SERVICE_{0}_TITLE='the service number {0}'\n"
                 "SERVICE_{0}_URL=https://service-{0}.example.com/v1?page=1\n"
                 "SERVICE_{0}_ENABLED=true\n"
                 'SERVICE_{0}_DATABASE="postgres://app@db-{0}.example.com:5432/app"\n'
                 "\n"),
    # Readers differ on two of five rows: the address, for its &, and the last.
    "faulty": ("NAME_{0}=abcdefghijklmnopqrstuvwxyz{0}\n"
               "URL_{0}=https://user@example.com:8080/a/path/{0}?and=a&query={0}\n"
               "QUOTED_{0}='it has # and blanks {0}'\n"
               "# what it is for {0}\n"
               "FAULTY_{0}=two words {0}\n"),
}
READ = """
const bytes = require("fs").readFileSync(process.argv[2]);
const parse = {dotenv: () => require(process.argv[3]).parse(bytes),
               parseEnv: () => require("util").parseEnv(bytes.toString())};
const start = process.hrtime.bigint();
parse[process.argv[4]]();
console.log(Number(process.hrtime.bigint() - start) / 1e6);
"""


def fill(path, kind, megabytes):
    with path.open("w") as file:
        number = 0
        while file.tell() < megabytes * 1_000_000:
            file.write("".join(KINDS[kind].format(number + i) for i in range(1000)))
            number += 1000
    return path.stat().st_size / 1e6


def read(place, script, path, how):
    done = subprocess.run([shutil.which("node"), script, path,
                           harness.NODE_MODULES / "dotenv", how],
                          check=True, capture_output=True, text=True, env=place.environment)
    return float(done.stdout)


def measure(place, rounds):
    script, path = place.folder / "read.cjs", place.folder / "large.env"
    script.write_text(READ)
    print_row("\ncheck of an env file, in ms", "aigenv", "dotenv", "ratio", "parseEnv", "ratio",
              "MB more")
    for megabytes, kind in itertools.product(MEGABYTES, KINDS):
        size = fill(path, kind, megabytes)
        words = [place.aigenv, "check", str(path)]
        # Whether there is a finding is not what is measured; the run warms the file, too.
        found = subprocess.run(words, stdout=subprocess.DEVNULL, env=place.environment).returncode
        ours, theirs, nodes = Runs(), [], []
        for _ in range(rounds):
            ours.add(place.take(words, place.folder, found))
            theirs.append(read(place, script, path, "dotenv"))
            nodes.append(read(place, script, path, "parseEnv"))
        took, other, node = ours.median(), statistics.median(theirs), statistics.median(nodes)
        print_row(f"{megabytes} MB, {kind}", f"{took:.0f}", f"{other:.0f}", f"{other / took:.1f}",
                  f"{node:.0f}", f"{node / took:.1f}", f"{ours.peak() - size:.1f}")
