#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`run --redact`: what a program prints comes through masked, and all else is as
if it ran by itself: signals, job control, its end, a reader that leaves.

    run_redact.py 1of2
"""

import contextlib
import ctypes
import fcntl
import json
import os
import pathlib
import pty
import shutil
import signal
import struct
import subprocess
import sys
import termios

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import ACCOUNT, AIGENV, GATEWAY, OPENAI_KEY, TOKEN, Home, main, wait_until  # noqa: E402

BULLETS = "•" * 8


@contextlib.contextmanager
def vault(**secrets):
    with Home() as home:
        home.aigenv("init", "--answers", "-", "--no-input", "--no-verify", stdin=json.dumps({
            "account_id": ACCOUNT, "gateway": GATEWAY,
            "routes": [{"provider": "openai", "model": "gpt-5-mini"}], "outputs": [],
            "secrets": {"CF_AIG_TOKEN": TOKEN, "OPENAI_API_KEY": OPENAI_KEY, **secrets}}))
        yield home


def begin(home, script, **options):
    """Starts a script of sh behind --redact; it says when it is there."""
    return subprocess.Popen([AIGENV, "run", "--redact", "--", "sh", "-c", script],
                            cwd=home.project, env=home.environment, **options)


def state(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return None


def what_it_prints_is_masked_and_its_end_is_ours():
    with vault(ODD="it's \"quoted\"/\\ and more", PEM="-----BEGIN-----\nMIIEvQIBADANBgkq\n-----END-----") as home:
        script = ('echo "$CF_AIG_TOKEN"; printf %s "$OPENAI_API_KEY" >&2; printf u:%s "$CF_AIG_TOKEN" | base64 -w0; '
                  'echo; export -p; printf "%s\\n" "$PEM" | sed "s/^/log: /"; exit 7')
        done = home.aigenv("run", "--redact", "--", "sh", "-c", script, status=7)
        assert done.stdout.startswith(f"{BULLETS}efgh\n"), done.stdout
        assert done.stderr == f"{BULLETS}6789", done.stderr
        for value in (TOKEN, OPENAI_KEY, "it's", "quoted", "MIIEvQ", "Y2Z1dF9k"):
            assert value not in done.stdout + done.stderr, value
        script = "import os,json; o = os.environ['ODD']; print(json.dumps(o)); print(repr([o]))"
        said = home.aigenv("run", "--redact", "--", sys.executable, "-c", script).stdout
        assert "quoted" not in said and said.count(BULLETS) == 2, said

        # One file for both: one stream, in its order.
        done = home.run("sh", "-c", f"exec {AIGENV} run --redact -- "
                        "sh -c 'for i in 1 2 3; do echo out$i; echo err$i >&2; done' 2>&1")
        assert done.stdout == "out1\nerr1\nout2\nerr2\nout3\nerr3\n", done.stdout
        done = home.aigenv("run", "--redact", "--", "no-such-program", status=127)
        assert "no-such-program" in done.stderr
        # stdin is its own, and it is no terminal that it writes to.
        done = home.aigenv("run", "--redact", "--", "sh", "-c", "cat; test -t 1 || echo none", stdin=TOKEN)
        assert done.stdout == f"{BULLETS}efghnone\n", done.stdout


def as_shells_write_it():
    values = {"ONE": "#a\"b $c `d` ~e:~f \\ {g}'h,i!", "TWO": "first' \"line\"\n~tab\t$and more\\"}
    with vault(**values) as home:
        for shell in ("bash", "dash", "zsh"):
            if not shutil.which(shell):
                continue
            script = ('set -x; : "$ONE" "$TWO"; export -p; set | grep -a -A2 -E "^(ONE|TWO)="; '
                      '[ -z "$BASH" ] || { declare -p ONE TWO; printf "%q\\n" "$ONE" "$TWO" "x:$ONE"; }')
            done = home.aigenv("run", "--redact", "--", shell, "-c", script)
            for part in ("`d", "{g", "first", "line", "and more"):
                said = done.stdout + done.stderr.replace(script, "")
                assert part not in said, (shell, part, said)


def a_value_in_pieces_is_masked_and_nothing_else_waits():
    with vault() as home:
        child = begin(home, f"printf 'name: {TOKEN[:9]}'; read x; printf '{TOKEN[9:]} and'; read x; printf '!'",
                      stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        said = b""
        # A prompt without a line's end is there, and the piece behind it is not.
        while len(said) < 6:
            said += os.read(child.stdout.fileno(), 100)
        assert said == b"name: ", said
        child.stdin.write(b"\n")
        child.stdin.flush()
        wanted = f"name: {BULLETS}efgh and".encode()
        while len(said) < len(wanted):
            said += os.read(child.stdout.fileno(), 100)
        assert said == wanted, said
        child.stdin.write(b"\n")
        child.stdin.close()
        assert child.stdout.read() == b"!" and child.wait(60) == 0


def much_output_takes_no_memory():
    with vault() as home:
        amount = 64 << 20
        child = begin(home, f"head -c {amount} /dev/zero; echo $CF_AIG_TOKEN", stdout=subprocess.PIPE)
        size, tail = 0, b""
        while part := os.read(child.stdout.fileno(), 1 << 20):
            size += len(part)
            tail = (tail + part)[-100:]
        _, status, used = os.wait4(child.pid, 0)
        assert status == 0 and tail.endswith(f"\0{BULLETS}efgh\n".encode()), (status, tail)
        assert size == amount + len(f"{BULLETS}efgh\n".encode()), size
        if "ASAN_OPTIONS" not in home.environment:
            assert used.ru_maxrss < 32 * 1024, used.ru_maxrss


def two_that_write_at_once_lose_nothing():
    with vault() as home:
        script = ("for i in 1 2; do (n=0; while [ $n -lt 300 ]; do echo $i $CF_AIG_TOKEN; "
                  "echo $i $OPENAI_API_KEY >&2; n=$((n+1)); done) & done; wait")
        done = home.aigenv("run", "--redact", "--", "sh", "-c", script)
        for text, end in ((done.stdout, "efgh"), (done.stderr, "6789")):
            assert sorted(set(text.splitlines())) == [f"{i} {BULLETS}{end}" for i in (1, 2)], text[:500]
            assert len(text.splitlines()) == 600


def signals_are_its_own():
    with vault() as home:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1, signal.SIGABRT):
            child = begin(home, f"trap 'echo got; exit 9' {number.name[3:]}; echo there; while :; do sleep 0.05; done",
                          stdout=subprocess.PIPE)
            assert child.stdout.readline() == b"there\n"
            child.send_signal(number)
            assert child.stdout.read() == b"got\n" and child.wait(60) == 9, number
            # Without a trap it ends by the signal, and so do we.
            child = begin(home, "echo there; exec sleep 600", stdout=subprocess.PIPE)
            assert child.stdout.readline() == b"there\n"
            child.send_signal(number)
            assert child.wait(60) == -number, number
            child.stdout.close()
        # Killed outright, it takes the program with it.
        child = begin(home, "echo $$; exec sleep 600", stdout=subprocess.PIPE)
        program = int(child.stdout.readline())
        child.kill()
        child.wait(60)
        wait_until(lambda: state(program) in (None, "Z"), "it ends as well")
        child.stdout.close()


def a_terminal_stops_and_continues_both():
    with vault() as home:
        master, terminal = pty.openpty()
        # bash gives each job a process group and the terminal, as it does for a person.
        # No shell: one that is stopped between fork and exec stays so by itself.
        script = ("import os, signal\n"
                  "def say(*words): os.write(1, (' '.join(map(str, words)) + '\\n').encode())\n"
                  "signal.signal(signal.SIGWINCH, lambda *_: say('resized'))\n"
                  "signal.signal(signal.SIGCONT, lambda *_: say('awake'))\n"
                  "signal.signal(signal.SIGINT, signal.SIG_DFL)\n"
                  "say('pid', os.getpid())\n"
                  "while True: signal.pause()\n")
        child = subprocess.Popen(
            ["bash", "-mc", '"$1" run --redact -- "$2" -c "$3"; echo stopped $?; fg >/dev/null',
             "bash", AIGENV, sys.executable, script], stdin=terminal, stdout=terminal,
            stderr=terminal, cwd=home.project, env=home.environment, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(terminal)
        said = b""

        def told(word):
            nonlocal said
            while not said.partition(word)[2].count(b"\n"):
                said += os.read(master, 100)
            return said.partition(word)[2].split()[0]

        program = int(told(b"pid "))
        # A new window size comes from the terminal to both: it is told once.
        fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 90, 0, 0))
        told(b"resize")
        os.write(master, b"\x1a")
        assert told(b"stopped ") == b"148", said
        told(b"awa")
        # Ctrl-C ends it as a signal ends a program: bash ends likewise then.
        os.write(master, b"\x03")
        assert child.wait(60) in (-signal.SIGINT, 130) and said.count(b"resized") == 1, said
        wait_until(lambda: state(program) in (None, "Z"), "it ends as well")
        os.close(master)


def a_terminal_that_goes_away_ends_it():
    with vault() as home:
        # As the first program of a terminal, its session's leader, as with ssh -t.
        master, terminal = pty.openpty()
        child = begin(home, "echo $$; while :; do sleep 0.05; done", stdin=terminal, stdout=terminal,
                      stderr=terminal, start_new_session=True,
                      preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(terminal)
        said = b""
        while b"\n" not in said:
            said += os.read(master, 100)
        os.close(master)
        assert child.wait(60) == -signal.SIGHUP
        wait_until(lambda: state(int(said)) in (None, "Z"), "it ends as well")


def what_it_leaves_to_us_is_no_zombie():
    with vault() as home:
        # As the first process of a container has them, orphans become ours.
        adopt = lambda: ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
        child = begin(home, "(sleep 600 & echo $!); read x", stdin=subprocess.PIPE,
                      stdout=subprocess.PIPE, preexec_fn=adopt)
        orphan = int(child.stdout.readline())
        parent = lambda: pathlib.Path(f"/proc/{orphan}/stat").read_text().rpartition(")")[2].split()[1]
        wait_until(lambda: parent() == str(child.pid), "it is ours")
        os.kill(orphan, signal.SIGTERM)
        wait_until(lambda: state(orphan) is None, "nothing is left of it")
        child.communicate(b"\n", timeout=60)
        assert child.returncode == 0


def a_reader_that_leaves_is_felt_and_a_full_disk_is_told():
    with vault() as home:
        # It is whoever writes that feels it.
        child = begin(home, "head -c 1000000 /dev/zero; read x; echo after >&2", stdin=subprocess.PIPE,
                      stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        child.stdout.read(1)
        child.stdout.close()
        child.stdin.write(b"\n")
        child.stdin.close()
        assert child.stderr.read() == b"after\n" and child.wait(60) == 0
        child.stderr.close()
        child = begin(home, "while :; do echo $CF_AIG_TOKEN; done", stdout=subprocess.PIPE)
        child.stdout.readline()
        child.stdout.close()
        assert child.wait(60) == -signal.SIGPIPE
        # It closed its stdout: whoever reads ours knows.
        child = begin(home, "exec 2>&1 >/dev/null; echo bye >&2; exec 2>&-; read x",
                      stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert child.stdout.read() == b"bye\n" and child.poll() is None
        child.stdin.close()
        assert child.wait(60) == 1
        with open("/dev/full", "wb") as full:
            child = begin(home, "trap '' PIPE; echo $CF_AIG_TOKEN; exit 0", stdout=full, stderr=subprocess.PIPE)
            _, said = child.communicate(timeout=60)
        assert child.returncode == 7 and b"No space left" in said, (child.returncode, said)


def what_it_leaves_in_the_background_is_not_waited_for():
    with vault() as home:
        child = begin(home, "sleep 600 & echo $!; head -c 50000 /dev/zero | tr '\\0' x", stdout=subprocess.PIPE)
        first, _, rest = child.communicate(timeout=60)[0].partition(b"\n")
        assert child.returncode == 0 and len(rest) == 50000
        os.kill(int(first), signal.SIGKILL)


main([
    what_it_prints_is_masked_and_its_end_is_ours,
    as_shells_write_it,
    a_value_in_pieces_is_masked_and_nothing_else_waits,
    much_output_takes_no_memory,
    two_that_write_at_once_lose_nothing,
    signals_are_its_own,
    a_terminal_stops_and_continues_both,
    a_terminal_that_goes_away_ends_it,
    what_it_leaves_to_us_is_no_zombie,
    a_reader_that_leaves_is_felt_and_a_full_disk_is_told,
    what_it_leaves_in_the_background_is_not_waited_for,
])
