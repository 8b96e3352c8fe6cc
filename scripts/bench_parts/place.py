# SPDX-License-Identifier: MIT
"""What the measurements share: a stopwatch, a folder of projects, a row."""

import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

import harness

# Starts a program and prints what it took: nanoseconds, peak KiB. In C and
# without libraries, since a child's peak counts what its parent had at exec.
STOPWATCH = r"""
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct timespec start, end;
	struct rusage usage;
	int status;

	(void)argc;
	clock_gettime(CLOCK_MONOTONIC, &start);
	pid_t child = vfork();
	if (child == 0) {
		int null = open("/dev/null", O_RDWR);
		dup2(null, 0), dup2(null, 1), dup2(null, 2);
		execv(argv[1], argv + 1);
		_exit(127);
	}
	if (wait4(child, &status, 0, &usage) != child)
		return 1;
	clock_gettime(CLOCK_MONOTONIC, &end);
	printf("%lld %ld %d\n", (end.tv_sec - start.tv_sec) * 1000000000LL +
		end.tv_nsec - start.tv_nsec, usage.ru_maxrss, status);
	return 0;
}
"""


# A profile holds at most so many (the vault's own limit); all use one key.
PROFILE_ROUTES = 32
ROUTE = {"provider": "custom-xiaomi", "model": "mimo-v2.5", "key_env": "MIMO_API_KEY"}


def compile_c(folder, name, text, *words):
    program = folder / name
    (folder / f"{name}.c").write_text(text)
    subprocess.run(["cc", "-O2", "-o", program, folder / f"{name}.c", *words], check=True)
    return str(program)


class Place:
    """A folder of projects, and the programs that run in it."""

    def __init__(self, folder, programs):
        self.folder = folder
        # A copy, as what is installed is one: the linker leaves a file in the
        # page cache that takes a tenth longer to start.
        self.aigenv = shutil.copy(programs / "aigenv", folder)
        self.emulator = programs / "aig-emulator"
        self.curl = shutil.which("curl")
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
        self.stopwatch = compile_c(folder, "stopwatch", STOPWATCH, "-static")

    def set_up(self, routes=1, **changes):
        """A project with that many routes; returns its folder."""
        project = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        for number in range(0, routes, PROFILE_ROUTES):
            answers = {
                "profile": f"profile{number}",
                "account_id": harness.ACCOUNT,
                "gateway": harness.GATEWAY,
                "routes": [ROUTE | {"name": f"route{name}"}
                           for name in range(number, min(number + PROFILE_ROUTES, routes))],
                "outputs": [{"template": "env", "path": f"profile{number}.env"}],
                "secrets": {"CF_AIG_TOKEN": harness.TOKEN, "MIMO_API_KEY": harness.KEY},
                **changes,
            }
            subprocess.run(
                [self.aigenv, "init", "--answers", "-", "--no-input", "--no-verify", "-q"],
                input=json.dumps(answers).encode(), cwd=project, check=True,
                capture_output=True, env=self.environment)
        return project

    def take(self, words, project, status=0):
        """(milliseconds, MB at the peak) of one run."""
        done = subprocess.run([self.stopwatch, *words], cwd=project, env=self.environment,
                              check=True, capture_output=True, text=True)
        nanoseconds, peak, ended = (int(number) for number in done.stdout.split())
        if os.waitstatus_to_exitcode(ended) != status:
            sys.exit(f"{' '.join(words)} ended with {os.waitstatus_to_exitcode(ended)}")
        return nanoseconds / 1e6, peak / 1024


class Runs:
    """What several runs of one program took."""

    def __init__(self):
        self.times, self.peaks = [], []

    def add(self, taken):
        self.times.append(taken[0])
        self.peaks.append(taken[1])

    def median(self):
        return statistics.median(self.times)

    def least(self):
        return min(self.times)

    def peak(self):
        return max(self.peaks)


def print_row(name, *cells):
    print(f"{name:<40}" + "".join(f"{cell:>11}" for cell in cells), flush=True)
