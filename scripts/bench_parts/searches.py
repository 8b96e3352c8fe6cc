# SPDX-License-Identifier: MIT
"""What `check` takes beside git grep and grep, over a repository made here.

The repository has the asked megabytes of text in files of some 55 KB, of which
every tenth reads a variable, and ten commits more that change a tenth of them
each. Then a hundred thousand files of 2 KB.
"""

import random
import subprocess

import harness

from .place import Runs, print_row

WORDS = ["const", "value", "return", "import", "process", "from", "error", "request", "user",
         "length", "export", "function", "await", "response", "=>", "{", "}", "(", ")", ";"]
LINES = 1000
COMMITS = 10
FILES = 100_000
READS = 'export const x = process.env.SOME_NAME || "y";\n'


def text(source):
    return "\n".join(" ".join(source.choices(WORDS, k=7)) + f" {source.getrandbits(48):x}"
                     for _ in range(LINES)) + "\n"


def git(project, *words):
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *words],
                   cwd=project, check=True, capture_output=True)


def fill(project, megabytes):
    source = random.Random(1)
    git(project, "init", "-q")
    git(project, "config", "gc.auto", "0")
    (project / ".gitignore").write_text("*.env\n.build\n")
    bodies = [text(source) for _ in range(50)]
    count = megabytes * 1_000_000 // len(bodies[0])
    paths = []
    for number in range(count):
        path = project / f"src/{number % 97}/{number}.js"
        path.parent.mkdir(parents=True, exist_ok=True)
        reads = READS if number % 10 == 0 else ""
        path.write_text(f"// {number} {source.getrandbits(64):x}\n{reads}{bodies[number % 50]}")
        paths.append(path)
    paths[count // 2].open("a").write(f"const key = '{harness.KEY}';\n")
    git(project, "add", ".")
    git(project, "commit", "-qm", "first")
    for number in range(COMMITS):
        for path in source.sample(paths, count // 10):
            path.open("a").write(f"{source.choice(bodies)[:4000]}\n// {number}\n")
        git(project, "commit", "-qam", f"{number}")
    git(project, "gc", "-q")


def fill_small(project):
    source = random.Random(2)
    body = text(source)
    git(project, "init", "-q")
    (project / ".gitignore").write_text("*.env\n")
    for number in range(FILES):
        path = project / f"src/{number % 317}/{number}.ts"
        path.parent.mkdir(parents=True, exist_ok=True)
        at = source.randrange(len(body) - 2000)
        path.write_text(body[at:at + 2000] + "\n" + (READS if number % 10 == 0 else ""))
    git(project, "add", ".")
    git(project, "commit", "-qm", "first")


def compare(place, project, rounds, name, ours, theirs):
    """Both in turn; `ours` and `theirs` are command lines."""
    mine, other = Runs(), Runs()
    for _ in range(rounds):
        mine.add(place.take(ours[0], project, ours[1]))
        other.add(place.take(theirs[0], project, theirs[1]))
    print_row(name, f"{mine.median():.0f} ms", f"{other.median():.0f} ms",
              f"{mine.median() / other.median():.2f}", f"{mine.peak():.0f} MB")


def measure(place, rounds, megabytes):
    project = place.set_up()
    fill(project, megabytes)
    # As few as a small profile has; git gets them by a file.
    (project / "values.env").write_text(f"{harness.TOKEN}\n{harness.KEY}\n")
    values = ["-F", "-f", "values.env"]
    print_row(f"\n{megabytes} MB in files", "aigenv", "the other", "ratio", "peak")
    compare(place, project, rounds, "--leaks, git grep -F",
            ([place.aigenv, "check", "--leaks"], 1),
            (["/usr/bin/git", "grep", *values], 0))
    compare(place, project, max(rounds // 3, 1), "--leaks --history, git log -p | grep -F",
            ([place.aigenv, "check", "--leaks", "--history"], 1),
            (["/bin/sh", "-c", "git log --all -p | grep -F -f values.env"], 0))
    code = [place.aigenv, "check", "--code"]
    grep = ["/usr/bin/grep", "-rF", "process.env", "src"]
    compare(place, project, rounds, "--code, grep -r process.env", (code, 1), (grep, 0))
    small = place.set_up()
    fill_small(small)
    print_row(f"\n{FILES} files", "aigenv", "the other", "ratio", "peak")
    compare(place, small, max(rounds // 3, 1), "--code, grep -r process.env", (code, 0), (grep, 0))
