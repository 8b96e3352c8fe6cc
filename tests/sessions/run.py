#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs session files: plain text that reads as what a user types and sees.

    run.py FILE.session ...

Every session has a folder of its own for HOME, XDG_CONFIG_HOME,
XDG_STATE_HOME, PM2_HOME and the current folder, and a clean environment with
the build folder first in PATH. A line's first word or sign says what it is:

    # text              a remark; blank lines mean nothing either
    needs PACKAGE ...   skips the session where one, as in scripts/setup, is not here
    file PATH [MODE]    makes a file; its content is the `|` lines that follow
    folder PATH [MODE]  makes a folder
    env NAME=VALUE      sets a variable from here on; `env -NAME` unsets it
    emulator [OPTIONS]  starts aig-emulator; $ORIGIN is its origin
    stop                ends the emulator
    size 60x24          the terminal's size from here on

    $ COMMAND           runs `sh -c COMMAND`; "\\" at the end joins the next line
    < text              a line of its stdin (otherwise stdin is empty)
    | text              a line of its stdout
    |~ text             the same, with no newline at its end
    ! text              a line of its stderr
    ? 3                 its exit status; 0 where it is not said

    % COMMAND           the same in a terminal, where keys can be typed
    | text              waits until this is seen, after what was seen before
    > text              types the text and Enter
    >> KEY ...          types keys: Enter Tab Esc Up Down Left Right Backspace
                        Ctrl-C ..., 'text', paste:'text' (bracketed), size:60x20

    see PATH [MODE]     the file is there; with `|` lines: it reads so
    gone PATH           nothing is there
    same PATH           as it was before the last command
    keep NAME REGEX     $NAME is what the REGEX (its group) finds in the stdout
    hides TEXT          the last command said this nowhere

What is not expected must not be said: without `|` lines stdout has to be empty,
without `!` lines stderr. In expected lines `<ANY>` stands for some text, `...`
for any text or none, and a line of `...` alone for any lines or none. Expected
lines, contents and options know $ORIGIN, $DIR (the current folder), $HOME,
$BIN, $SOURCE (the source tree), and names that were kept.

After a `%` command the terminal's settings must be what they were before.
"""

import fcntl
import os
import pathlib
import pty
import re
import select
import shlex
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

# What a shell began in its background ignores these two; the commands of a session
# are to see them.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGQUIT, signal.SIG_DFL)

# CTest counts a test that ends with this as skipped.
SKIPPED = 77
COMMAND_SECONDS = 120
SCREEN_SECONDS = 60
KEYS = {
    "Enter": b"\r", "Tab": b"\t", "Esc": b"\x1b", "Backspace": b"\x7f",
    "Up": b"\x1b[A", "Down": b"\x1b[B", "Right": b"\x1b[C", "Left": b"\x1b[D",
    "Ctrl-\\": b"\x1c",
    **{f"Ctrl-{chr(64 + n)}": bytes([n]) for n in range(1, 27)},
}
ESCAPES = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[@-Z=>])|[\r\x07]")


class Failure(Exception):
    """An expectation that did not hold."""


class Skipped(Exception):
    """What the session needs is not here."""


def pattern_of_line(line):
    parts = re.split(r"(<ANY>|\.\.\.)", line)
    named = {"<ANY>": r"[^\n]+?", "...": r"[^\n]*?"}
    return "".join(named.get(part) or re.escape(part) for part in parts)


def pattern_of(lines):
    """The regular expression of whole expected lines: [(text, has newline)]."""
    pattern = ""
    for text, newline in lines:
        if text == "...":
            pattern += r"(?:[^\n]*\n)*?(?:[^\n]+\Z)?"
        else:
            pattern += pattern_of_line(text) + ("\n" if newline else "")
    return re.compile(pattern)


def compare(title, lines, got):
    if pattern_of(lines).fullmatch(got):
        return
    expected = "".join(text + ("\n" if newline else "") for text, newline in lines)
    show = lambda text: "".join(f"    {line}\n" for line in text.split("\n"))
    raise Failure(f"{title}\n  expected:\n{show(expected)}  got:\n{show(got)}")


class Terminal:
    """A command on a pty, and what it has shown so far."""

    def __init__(self, command, cwd, env, size):
        self.master, self.slave = pty.openpty()
        self.resize(size)
        self.before = termios.tcgetattr(self.slave)
        self.screen = b""
        self.seen = 0
        self.process = subprocess.Popen(
            ["sh", "-c", command], cwd=cwd, env=env, start_new_session=True,
            stdin=self.slave, stdout=self.slave, stderr=self.slave,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))

    def resize(self, size):
        columns, rows = (int(number) for number in size.split("x"))
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def text(self):
        return ESCAPES.sub("", self.screen.decode("utf-8", "replace"))

    def pump(self, seconds):
        """Takes in what was shown; False where nothing more came in time."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        if ready:
            self.screen += os.read(self.master, 65536)
        return bool(ready)

    def wait_for(self, line):
        pattern = re.compile(pattern_of_line(line))
        end = time.monotonic() + SCREEN_SECONDS
        while True:
            found = pattern.search(self.text(), self.seen)
            if found:
                self.seen = found.end()
                return
            over = self.process.poll() is not None
            if not self.pump(0.05) and (over or time.monotonic() > end):
                raise Failure(f"not seen: {line!r}\n  on the screen:\n{self.text()}")

    def type(self, keys):
        while keys:
            self.pump(0)
            keys = keys[os.write(self.master, keys[:512]):]

    def finish(self):
        """Waits for the end; returns the exit status."""
        end = time.monotonic() + SCREEN_SECONDS
        while self.process.poll() is None:
            self.pump(0.05)
            if time.monotonic() > end:
                raise Failure(f"still running; on the screen:\n{self.text()}")
        while self.pump(0):
            pass
        after = termios.tcgetattr(self.slave)
        if after != self.before:
            raise Failure(f"the terminal was left changed: {self.before} -> {after}")
        if self.screen.count(b"\x1b[?2004h") > self.screen.count(b"\x1b[?2004l"):
            raise Failure("the terminal was left in bracketed paste mode")
        return self.process.returncode

    def close(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        os.close(self.master)
        os.close(self.slave)


class Session:
    def __init__(self, path, binary, source):
        self.lines = path.read_text(encoding="utf-8").splitlines()
        self.at = 0
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="aigenv-session-")).resolve()
        self.work = self.root / "work"
        self.names = {"DIR": str(self.work), "HOME": str(self.root / "home"),
                      "BIN": str(binary), "SOURCE": str(source)}
        self.env = self.clean_environment(binary)
        self.size = "80x24"
        self.emulator = None
        self.stdout = self.said = ""
        self.before = {}
        for folder in ("work", "home", "tmp"):
            (self.root / folder).mkdir(mode=0o700)

    def clean_environment(self, binary):
        home = self.names["HOME"]
        kept = ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS")
        return {
            "PATH": f"{binary}:/usr/local/bin:/usr/bin:/bin",
            "HOME": home, "PWD": str(self.work), "LANG": "C.UTF-8",
            "TERM": "xterm-256color", "TMPDIR": str(self.root / "tmp"),
            "XDG_CONFIG_HOME": f"{home}/.config",
            "XDG_STATE_HOME": f"{home}/.local/state",
            "PM2_HOME": f"{home}/.pm2",
            "BIN": self.names["BIN"], "SOURCE": self.names["SOURCE"],
            "DIR": self.names["DIR"],
            **{name: os.environ[name] for name in kept if name in os.environ},
        }

    def expand(self, text):
        for name in sorted(self.names, key=len, reverse=True):
            text = text.replace("$" + name, self.names[name])
        return text

    def take(self, *signs):
        """The next line where it begins with one of the signs: (sign, rest)."""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.strip() and not line.startswith("#"):
                break
            self.at += 1
        else:
            return None
        for sign in signs:
            if line == sign or line.startswith(sign + " "):
                self.at += 1
                return sign, line[len(sign) + 1:]
        return None

    def take_all(self, sign):
        """Lines of text with that sign: [(text, has newline)]."""
        lines = []
        while taken := self.take(sign, sign + "~"):
            lines.append((self.expand(taken[1]), taken[0] == sign))
        return lines

    def run(self):
        verbs = ("$", "%", "needs", "file", "folder", "env", "emulator", "stop", "size",
                 "see", "gone", "same", "keep", "hides")
        while True:
            taken = self.take(*verbs)
            if not taken:
                break
            self.line = self.at
            verb = {"$": "command", "%": "terminal"}.get(taken[0], taken[0])
            getattr(self, "do_" + verb)(taken[1])
        if self.at < len(self.lines):
            self.line = self.at + 1
            raise Failure(f"this line means nothing here: {self.lines[self.at]}")

    # What is given.

    def do_needs(self, rest):
        asked = subprocess.run(
            [os.path.join(self.names["SOURCE"], "scripts/setup"), "--lacking", *rest.split()],
            stdout=subprocess.PIPE, text=True, check=False)
        if asked.returncode == 1:
            raise Skipped(asked.stdout)
        asked.check_returncode()

    def path_and_mode(self, rest):
        words = shlex.split(self.expand(rest))
        mode = int(words[1], 8) if len(words) > 1 else None
        return self.work / words[0], mode

    def do_file(self, rest):
        path, mode = self.path_and_mode(rest)
        text = "".join(line + ("\n" if newline else "") for line, newline in self.take_all("|"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o644 if mode is None else mode)

    def do_folder(self, rest):
        path, mode = self.path_and_mode(rest)
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o755 if mode is None else mode)

    def do_env(self, rest):
        if rest.startswith("-"):
            self.env.pop(rest[1:], None)
            return
        name, value = rest.split("=", 1)
        self.env[name] = self.expand(value)

    def do_size(self, rest):
        self.size = rest

    def do_emulator(self, rest):
        self.do_stop("")
        program = os.path.join(self.names["BIN"], "aig-emulator")
        if not os.path.exists(program):
            raise Skipped("  aig-emulator: this build leaves it out")
        self.emulator = subprocess.Popen(
            [program, *shlex.split(self.expand(rest))], cwd=self.work, env=self.env,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        origin = b""
        end = time.monotonic() + SCREEN_SECONDS
        while not re.search(rb"https?://[^\s/]+", origin) or b"\n" not in origin:
            ready, _, _ = select.select([self.emulator.stdout], [], [], 0.1)
            chunk = os.read(self.emulator.stdout.fileno(), 4096) if ready else b""
            origin += chunk
            if (ready and not chunk) or time.monotonic() > end:
                raise Failure(f"aig-emulator printed no origin: {origin!r}")
        found = re.search(rb"https?://[^\s/]+", origin)
        self.names["ORIGIN"] = self.env["ORIGIN"] = found[0].decode()

    def do_stop(self, _):
        if self.emulator:
            self.emulator.terminate()
            try:
                self.emulator.wait(SCREEN_SECONDS)
            except subprocess.TimeoutExpired:
                self.emulator.kill()
                self.emulator.wait()
            self.emulator.stdout.close()
        self.emulator = None

    # What is typed.

    def take_command(self, command):
        while command.endswith("\\"):
            command = command[:-1] + self.lines[self.at].lstrip()
            self.at += 1
        self.before = {str(path): path.read_bytes() for path in self.work.rglob("*")
                       if path.is_file() and os.access(path, os.R_OK)}
        return command

    def take_status(self):
        taken = self.take("?")
        return int(taken[1]) if taken else 0

    def do_command(self, command):
        command = self.take_command(command)
        given = "".join(line + ("\n" if newline else "") for line, newline in self.take_all("<"))
        process = subprocess.run(
            ["sh", "-c", command], cwd=self.work, env=self.env,
            input=given.encode(), capture_output=True, timeout=COMMAND_SECONDS, check=False)
        self.stdout = process.stdout.decode("utf-8", "replace")
        stderr = process.stderr.decode("utf-8", "replace")
        self.said = self.stdout + stderr
        stdout_lines = self.take_all("|")
        stderr_lines = self.take_all("!")
        self.check_status(self.take_status(), process.returncode, self.said)
        self.check_next_step(stderr)
        compare("stdout differs", stdout_lines, self.stdout)
        compare("stderr differs", stderr_lines, stderr)

    @staticmethod
    def check_next_step(stderr):
        """An error without a next step leads nowhere."""
        lines = stderr.split("\n")
        for at, line in enumerate(lines):
            if line.startswith("aigenv: ") and not line.startswith("aigenv: stopped"):
                if not any(after.startswith("  next ") for after in lines[at + 1:at + 3]):
                    raise Failure(f"no next step:\n{stderr}")

    def check_status(self, expected, got, said):
        if got != expected:
            raise Failure(f"exit status {got}, not {expected}; it said:\n{said}")

    def do_terminal(self, command):
        command = self.take_command(command)
        if not re.search(r"[;&|(){}=]", command):
            # Else sh would die of a ^C itself, and hide how the program ended.
            command = "exec " + command
        terminal = Terminal(command, self.work, self.env, self.size)
        try:
            while taken := self.take("|", ">>", ">"):
                self.line = self.at
                self.use(terminal, *taken)
            expected = self.take_status()
            status = terminal.finish()
            self.stdout = self.said = terminal.text()
            self.check_status(expected, status, self.said)
        finally:
            terminal.close()

    def use(self, terminal, sign, rest):
        if sign == "|":
            terminal.wait_for(self.expand(rest))
        elif sign == ">":
            terminal.type(self.expand(rest).encode() + b"\r")
        else:
            for word in shlex.split(self.expand(rest)):
                self.press(terminal, word)

    @staticmethod
    def press(terminal, word):
        if word.startswith("size:"):
            terminal.resize(word[5:])
            os.killpg(os.tcgetpgrp(terminal.master), signal.SIGWINCH)
        elif word.startswith("paste:"):
            text = word[6:].replace("\\n", "\r").encode()
            terminal.type(b"\x1b[200~" + text + b"\x1b[201~")
        else:
            terminal.type(KEYS.get(word) or word.encode())

    # What is there afterwards.

    def do_see(self, rest):
        path, mode = self.path_and_mode(rest)
        lines = self.take_all("|")
        if not path.exists():
            raise Failure(f"{path} is not there")
        if mode is not None and path.stat().st_mode & 0o7777 != mode:
            raise Failure(f"{path} has mode {path.stat().st_mode & 0o7777:04o}, not {mode:04o}")
        if lines:
            compare(f"{path} differs", lines, path.read_bytes().decode("utf-8", "replace"))

    def do_gone(self, rest):
        path, _ = self.path_and_mode(rest)
        if path.exists() or path.is_symlink():
            raise Failure(f"{path} is there")

    def do_same(self, rest):
        path, _ = self.path_and_mode(rest)
        before = self.before.get(str(path))
        if before is None:
            raise Failure(f"{path} was not there before")
        if not path.exists() or path.read_bytes() != before:
            raise Failure(f"{path} has changed")

    def do_keep(self, rest):
        name, regex = rest.split(" ", 1)
        found = re.search(regex, self.stdout)
        if not found:
            raise Failure(f"nothing in the stdout is {regex}:\n{self.stdout}")
        value = found[1] if found.re.groups else found[0]
        self.names[name] = self.env[name] = value

    def do_hides(self, rest):
        if self.expand(rest) in self.said:
            raise Failure("what should stay hidden was said")

    def close(self):
        self.do_stop("")
        for path in self.root.rglob("*"):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o700)
        shutil.rmtree(self.root, ignore_errors=True)


def main(paths):
    source = pathlib.Path(__file__).resolve().parents[2]
    binary = pathlib.Path(os.environ.get("AIGENV_TEST_BINARY", source / "build/dev")).resolve()
    failed = skipped = 0
    for path in paths:
        session = Session(pathlib.Path(path), binary, source)
        try:
            session.run()
        except Skipped as reason:
            print(f"skipped, for want of:\n{reason}")
            skipped += 1
        except (Failure, subprocess.TimeoutExpired) as failure:
            print(f"{path}:{session.line}: {failure}", file=sys.stderr)
            failed += 1
        finally:
            session.close()
    if failed or not paths:
        return 1
    return SKIPPED if skipped else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
