#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`aigenv init` in a real terminal, which tmux is.

    wizard_terminal.py interrupts|screens|hostile|concealed

Whatever is typed, the terminal's settings afterwards are those from before, and
a run that was broken off has written nothing.
"""

import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

BINARY = pathlib.Path(os.environ["AIGENV_TEST_BINARY"]).resolve()
SECONDS = 60
ACCOUNT = "0123456789abcdef0123456789abcdef"
TOKEN = "cfut_0123456789abcdef0123456789abcdef7c9e"
KEY = "sk-0123456789abcdef0123456789abcdef9e1f"

# What is asked, and an answer to each.
QUESTIONS = [
    ("Paste:", ""),
    ("Cloudflare account ID:", ACCOUNT),
    ("Gateway:", "my-gateway"),
    ("Provider:", "acme"),
    ("Number, or more of its name [1]:", ""),
    ("Path after the provider, - for none [/v1]:", ""),
    ("Gateway token [CF_AIG_TOKEN], hidden:", TOKEN),
    ("Provider key for custom-acme [ACME_API_KEY], hidden:", KEY),
    ("Model:", "llama"),
    ("Another provider? [y/N]:", ""),
    ("PM2 app name, - for none [-]:", ""),
    ("Go on? [Y/n]:", "n"),
]


class Screen:
    """A shell in tmux, in a folder of its own."""

    def __init__(self, columns, **variables):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="aigenv-wizard-"))
        self.work = self.root / "work"
        self.work.mkdir()
        self.socket = str(self.root / "tmux")
        self.runs = 0
        environment = {
            "PATH": f"{BINARY}:/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self.root), "XDG_CONFIG_HOME": str(self.root / ".config"),
            "XDG_STATE_HOME": str(self.root / ".state"), "LANG": "C.UTF-8",
            "PS1": "$ ", **variables,
        }
        words = [f"{name}={value}" for name, value in environment.items()]
        words += [f"{name}={os.environ[name]}" for name in ("ASAN_OPTIONS", "LSAN_OPTIONS")
                  if name in os.environ]
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", "50",
                  "-c", str(self.work),
                  shlex.join(["env", "-i", f"TERM={variables.get('TERM', 'screen')}", *words, "sh"]))

    def tmux(self, *arguments, data=None):
        return subprocess.run(["tmux", "-u", "-S", self.socket, *arguments], input=data,
                              check=True, capture_output=True, timeout=SECONDS).stdout.decode()

    def text(self):
        return self.tmux("capture-pane", "-p", "-J", "-S", "-400")

    def wait(self, wanted, count=1):
        end = time.monotonic() + SECONDS
        while self.text().count(wanted) < count:
            if time.monotonic() > end:
                raise AssertionError(f"not seen: {wanted!r}\n{self.text()}")
            time.sleep(0.02)

    def type(self, text):
        if text:
            self.tmux("send-keys", "-l", "--", text)
        self.tmux("send-keys", "Enter")

    def press(self, *keys):
        self.tmux("send-keys", *keys)

    def paste(self, text):
        self.tmux("load-buffer", "-", data=text.encode())
        self.tmux("paste-buffer", "-p")

    def start(self, command):
        """Runs it between two looks at the terminal's settings."""
        self.runs += 1
        self.type("clear")
        end = time.monotonic() + SECONDS
        while "aigenv" in self.text() and time.monotonic() < end:
            self.tmux("clear-history")
            time.sleep(0.01)
        self.type(f"stty -g >before; {command}; ended=$?; stty -g >after; echo $ended >status.{self.runs}; echo over")

    def finish(self, status):
        path = self.work / f"status.{self.runs}"
        end = time.monotonic() + SECONDS
        while not path.exists() or not path.read_text().strip():
            if time.monotonic() > end:
                raise AssertionError(f"still running\n{self.text()}")
            time.sleep(0.02)
        got = int(path.read_text())
        assert got == status, f"exit status {got}, not {status}\n{self.text()}"
        before, after = ((self.work / name).read_text() for name in ("before", "after"))
        assert before == after, f"the terminal was left changed: {before} {after}"

    def expect_nothing_written(self):
        left = {path.name for path in self.work.iterdir()}
        strange = {name for name in left if not re.fullmatch(r"before|after|status\.\d+", name)}
        assert not strange, f"written: {strange}\n{self.text()}"
        assert not (self.root / ".config").exists(), "an identity was made"

    def close(self):
        try:
            self.tmux("kill-server")
        except subprocess.CalledProcessError:
            pass
        shutil.rmtree(self.root, ignore_errors=True)


def answer_until(screen, last):
    for text, answer in QUESTIONS[:last]:
        screen.wait(text)
        screen.type(answer)
    screen.wait(QUESTIONS[last][0])


ONE_LINE = (f"curl https://gateway.ai.cloudflare.com/v1/{ACCOUNT}/my-gateway/custom-acme/v1/chat/completions"
            f" -H 'cf-aig-authorization: Bearer {TOKEN}' -H 'Authorization: Bearer {KEY}'"
            " -d '{\"model\":\"llama\"}'")


def try_concealed():
    """A pasted line with keys in it is taken, and nobody can read it afterwards."""
    for columns in (200, 80, 33):
        for marked in (True, False):
            screen = Screen(columns)
            try:
                screen.start("aigenv init")
                screen.wait("Paste:")
                screen.tmux("load-buffer", "-", data=ONE_LINE.encode())
                screen.tmux("paste-buffer", *(["-p"] if marked else []))
                if not marked:
                    screen.press("Enter")
                screen.wait("(1 line, not shown)")
                screen.wait("Another provider? [y/N]:")
                text = screen.text().replace("\n", "")
                assert "my-gateway" in text and "llama" in text, text
                for piece in (TOKEN[:8], TOKEN[-8:], KEY[:8], KEY[-8:], "cf-aig-authorization:"):
                    assert piece not in text, f"{piece} in\n{text}"
                screen.press("C-c")
                screen.finish(130)
            finally:
                screen.close()
            # What names no key stays to be read, and changed.
    screen = Screen(80)
    try:
        screen.start("aigenv init")
        screen.wait("Paste:")
        screen.paste(f"https://dash.cloudflare.com/{ACCOUNT}/ai/ai-gateway")
        screen.wait("ai/ai-gateway")
        screen.press("C-c")
        screen.finish(130)
    finally:
        screen.close()


def try_interrupts():
    """Ctrl-C and Ctrl-D at every question."""
    screen = Screen(80)
    try:
        for index in range(len(QUESTIONS)):
            for key, status in (("C-c", 130), ("C-d", 2)):
                screen.start("aigenv init")
                answer_until(screen, index)
                if key == "C-c":
                    screen.press("a", "b")
                screen.press(key)
                screen.finish(status)
                screen.expect_nothing_written()
                text = screen.text()
                assert TOKEN not in text and KEY not in text, text
        screen.start("aigenv init")
        answer_until(screen, len(QUESTIONS) - 1)
        screen.type("n")
        screen.finish(1)
        screen.expect_nothing_written()
    finally:
        screen.close()


def try_screens():
    """Narrow, resized, dumb, without UTF-8, without colour: the same questions."""
    for columns, variables in ((60, {}), (80, {"TERM": "dumb"}), (80, {"LANG": "C", "LC_ALL": "C"}),
                               (132, {"NO_COLOR": "1"})):
        screen = Screen(columns, **variables)
        try:
            screen.start("aigenv init")
            for index, (text, answer) in enumerate(QUESTIONS):
                screen.wait(text)
                if index == 3:
                    screen.tmux("resize-window", "-x", str(columns - 5), "-y", "40")
                screen.type(answer)
            screen.finish(1)
            screen.expect_nothing_written()
            text = screen.text()
            assert TOKEN not in text and KEY not in text, text
            sign = "••••••••9e1f" if "LC_ALL" not in variables else "********9e1f"
            assert sign in text, text
            width = max(len(line) for line in screen.tmux("capture-pane", "-p").split("\n"))
            assert width <= columns, text
        finally:
            screen.close()


def try_hostile():
    """Ten wrong answers, long and broken pastes."""
    screen = Screen(80)
    try:
        screen.start("aigenv init")
        answer_until(screen, 1)
        for count in range(10):
            screen.type("wrong" * (count + 1))
            screen.wait("not 32", count + 1)
        screen.type(ACCOUNT)
        screen.wait("Gateway:")
        screen.paste("one\ntwo\n")
        screen.wait("the paste does not say")
        screen.press("C-c")
        screen.finish(130)
        screen.expect_nothing_written()
    finally:
        screen.close()
    screen = Screen(80)
    try:
        screen.start("aigenv init")
        answer_until(screen, 7)
        screen.paste("sk-" + "x" * 2000 + "\n" + "y" * 2000)
        screen.press("Enter")
        screen.wait("has a line break in it")
        screen.paste("sk-" + "z" * 4096)
        screen.press("Enter")
        screen.wait("Model:")
        screen.type("[31mred")
        screen.wait("Another provider? [y/N]:")
        screen.press("C-c")
        screen.finish(130)
        screen.expect_nothing_written()
        text = screen.text()
        assert "xxxx" not in text and "zzzz" not in text, text
    finally:
        screen.close()


def main():
    {"interrupts": try_interrupts, "screens": try_screens, "hostile": try_hostile,
     "concealed": try_concealed}[sys.argv[1]]()


if __name__ == "__main__":
    main()
