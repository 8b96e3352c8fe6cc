#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A person who gets everything wrong first, in a real terminal (tmux).

    wizard_mistakes.py 60|80|resized|interrupted|back|choices

Each mistake has to be answered in a way that leads on: something is said to it,
and there is a question again. A dead end is a program that has ended before
everything was written; there has to be none.
"""

import pathlib
import re
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import harness  # noqa: E402
from wizard_terminal import SECONDS, Screen

TOKEN = harness.TOKEN
KEY = harness.KEY
ESCAPES = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[@-Z=>])|[\r\x07]")

# What is asked, what is typed, what is said then.
ANSWERS = [
    ("Paste:", "hello", "nothing in that was recognised"),
    ("Paste:", KEY, "looks like a provider's key"),
    ("Paste:", "~/app/.env", "the name of a file"),
    ("Paste:", "CF_AIG_TOKEN=" + KEY, "not taken"),
    ("Paste:", "<", "there is no question before this one"),
    ("Paste:", "", "Cloudflare account ID:"),
    ("Cloudflare account ID:", harness.ACCOUNT[:31], "1 is missing"),
    ("Cloudflare account ID:", harness.ACCOUNT + "0", "1 is too many"),
    ("Cloudflare account ID:", "", "an answer is needed"),
    ("Cloudflare account ID:", TOKEN, "a question of its own"),
    ("Cloudflare account ID:", KEY, "a question of its own"),
    ("Cloudflare account ID:", "my-gateway", "not 32"),
    ("Cloudflare account ID:", harness.ACCOUNT.upper(), "taken in lower case"),
    ("Gateway:", "My Gateway", "the gateway's name has a blank"),
    ("Gateway:", "Bearer " + TOKEN, "a question of its own"),
    ("Gateway:", '"another"', "the quotes around it were dropped"),
    ("Provider:", "<", "Gateway [another]:"),
    ("Gateway [another]:", "<", "Cloudflare account ID"),
    ("Cloudflare account ID", "", "Gateway [another]:"),
    ("Gateway [another]:", "gateway: another", "Provider:"),
    ("Provider:", "<", "Gateway [another]:"),
    ("Gateway [another]:", "my-gatway", "Provider:"),
    ("Provider:", "<", "Gateway [my-gatway]:"),
    ("Gateway [my-gatway]:", KEY, "a question of its own"),
    ("Gateway [my-gatway]:", "", "Provider:"),
    ("Provider:", "a/b c", "type ? to see"),
    ("Provider:", "opnai", "1 openai OpenAI 2 custom-opnai"),
    ("Number, or more of its name [1]:", "acme", "a custom provider of your"),
    ("Number, or more of its name [1]:", "7", "no such number"),
    ("Number, or more of its name [1]:", "xiaomi", "Gateway token"),
    ("Gateway token", "1", "too short"),
    ("Gateway token", "production", "that is a word"),
    ("Gateway token", harness.ACCOUNT, "the answer to"),
    ("Gateway token", KEY, "looks like"),
    ("Gateway token", " Bearer " + TOKEN[:-4] + "XXXX", "was dropped"),
    ("Provider key", TOKEN, "looks like"),
    ("Provider key", "<YOUR_API_KEY>", "placeholder"),
    ("Provider key", "MIMO_API_KEY", "is the variable's name"),
    ("Provider key", "https://platform.xiaomimimo.com", "is an address"),
    ("Provider key", KEY[:-4] + "YYYY ", "the blanks around it"),
    ("Model", "gpt-none", "is a model of OpenAI"),
    ("Use it anyway?", "", "Model"),
    ("Model", "gpt-none", "is a model of OpenAI"),
    ("Use it anyway?", "y", "Another provider?"),
    ("Another provider?", "perhaps", "type y or n"),
    ("Another provider?", "", "PM2 app name"),
    ("PM2 app name", "all", "every process"),
    ("PM2 app name", "", ".gitignore"),
    ("to .gitignore", "maybe", "type y or n"),
    ("to .gitignore", "", "Go on?"),
    ("Go on?", "<", "to .gitignore"),
    ("to .gitignore", "<", "PM2 app name"),
    ("PM2 app name", "", "to .gitignore"),
    ("to .gitignore", "", "Go on?"),
    ("Go on?", "sure", "type y or n"),
    ("Go on?", KEY, "a question of its own"),
    # Refused for one thing after the other.
    ("Go on?", "", "(choose e below)"),
    ("What now? [e]:", "x", "type one of"),
    ("What now? [e]:", "", "Gateway:"),
    ("Gateway:", "my-gateway", "Provider [custom-xiaomi]:"),
    ("Provider [custom-xiaomi]:", "", "Gateway token"),
    ("XXXX], hidden:", "", "Provider key"),
    ("YYYY], hidden:", "", "Model"),
    ("[gpt-none]:", "", "Another provider?"),
    ("Another provider?", "", "PM2 app name"),
    ("PM2 app name", "", "Go on?"),
    ("Go on?", "", "then choose k below"),
    ("What now? [k]:", "", "Gateway token"),
    ("[CF_AIG_TOKEN], hidden:", "<", "What now? [k]:"),
    ("What now? [k]:", TOKEN, "a question of its own"),
    ("What now? [k]:", "K", "Gateway token"),
    ("[CF_AIG_TOKEN], hidden:", TOKEN, "provider_key_rejected"),
    ("What now? [k]:", "r", "provider_key_rejected"),
    ("What now? [k]:", "k", "Provider key"),
    ("[MIMO_API_KEY], hidden:", KEY, "model_not_found"),
    ("What now? [e]:", "e", "[mimo-v2.5]:"),
    ("[mimo-v2.5]:", "", "Another provider?"),
    ("Another provider?", "", "PM2 app name"),
    ("PM2 app name", "", "Go on?"),
    ("Go on?", "", "✓ production/xiaomi"),
]
WRITTEN = ["✓ .env", "Commit aigenv.json, .gitignore, ecosystem.config.cjs.", "Keep a copy of",
           "it is the only key", "Now run:", "pm2 restart ecosystem.config.cjs --only api --update-env"]


class Person:
    """Types, and reads what is shown after that."""

    def __init__(self, columns):
        self.screen = Screen(columns)
        self.log = self.screen.root / "shown"
        self.screen.tmux("pipe-pane", "-o", f"cat >>'{self.log}'")
        self.typed_at = 0

    def shown(self):
        return ESCAPES.sub("", self.log.read_text("utf8", "replace")) if self.log.exists() else ""

    def wait(self, wanted):
        """Words may stand on two lines, the second indented."""
        end = time.monotonic() + SECONDS
        while True:
            whole = self.shown()
            shown = whole[self.typed_at:]
            if wanted in " ".join(shown.split()):
                return
            # The shell's word: what the program wrote last is shown before it.
            over = whole.count("\nover\n") >= self.screen.runs
            if over or time.monotonic() > end:
                raise AssertionError(f"{'a dead end, ' if over else ''}not seen: {wanted!r}\n{shown}")
            time.sleep(0.02)

    def type_and_wait(self, text):
        """Types an answer, and returns when the next question stands there."""
        lines = self.shown().count("\n")
        self.screen.type(text)
        end = time.monotonic() + SECONDS
        while True:
            shown = self.shown()
            if shown.count("\n") > lines and re.search(r"(: |\n> )\Z", shown):
                return
            if time.monotonic() > end:
                raise AssertionError(f"no question after {text!r}\n{shown}")
            time.sleep(0.02)

    def answer(self, question, text, said):
        self.wait(question)
        self.typed_at = len(self.shown())
        self.screen.type(text)
        self.wait(said)


def git(folder, *words):
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, timeout=60)


def prepare(screen):
    (screen.work / "package.json").write_text('{"name": "api", "main": "server.js"}')
    (screen.work / "server.js").write_text("// an app\n")
    (screen.work / ".gitignore").write_bytes(b"node_modules\r\ndist")
    git(screen.work, "init", "-q")


def check_words(screen, columns):
    """No line that the terminal had to break, but for one word, a command to paste or an answer."""
    for line in screen.tmux("capture-pane", "-p", "-J", "-S", "-2000").split("\n"):
        longest = max((len(word) for word in line.split()), default=0)
        # The shell may be asked before it shows its prompt.
        typed = line.startswith(("Paste:", "Cloudflare account ID", "$ ", "pm2 ", "stty -g >before"))
        command = re.fullmatch(r"\s*`[^`]+`[.,]?\s*", line)
        if len(line.rstrip()) > columns and longest < columns - 24 and not typed and not command:
            raise AssertionError(f"not fitted to {columns} columns: {line!r}")


def check_written(screen):
    text = (screen.work / ".env").read_text()
    assert TOKEN in text and KEY in text, text
    assert (screen.work / ".gitignore").read_bytes() == \
        b"node_modules\r\ndist\r\n.env\r\n*.aigenv-*\r\n", "bytes of .gitignore"
    listed = subprocess.run(["git", "status", "--short", "-uall"], cwd=screen.work, check=True,
                            capture_output=True, text=True, timeout=60).stdout
    assert ".env" not in listed, listed
    for secret in (TOKEN, TOKEN[:-4] + "XXXX", KEY, KEY[:-4] + "YYYY"):
        assert secret not in screen.text(), secret


def run(columns, resize):
    mistakes = 0
    with harness.Emulator("--quiet") as emulator:
        person = Person(columns)
        try:
            prepare(person.screen)
            person.screen.start(f"aigenv init --origin {emulator.origin}")
            for index, (question, text, said) in enumerate(ANSWERS):
                if resize and index % 3 == 0:
                    width = columns if index % 2 else columns - 25
                    person.screen.tmux("resize-window", "-x", str(width), "-y", "40")
                person.answer(question, text, said)
                mistakes += 1
            for words in WRITTEN:
                person.wait(words)
            person.screen.finish(0)
            check_written(person.screen)
            if not resize:
                check_words(person.screen, columns)
        finally:
            person.screen.close()
    print(f"{mistakes} answers, 0 dead ends at {columns} columns")


def interrupted():
    """Ctrl-C while the call is made, and at the question after it; then on."""
    start = "aigenv init -p staging --account {0} --gateway my-gateway --provider custom-xiaomi" \
            " --model mimo-v2.5 --origin {1}"
    with harness.Emulator("--quiet", "--latency", str(1000 * harness.PATIENCE)) as emulator:
        person = Person(100)
        start = start.format(harness.ACCOUNT, emulator.origin)
        try:
            person.screen.start(start)
            person.answer("Gateway token", TOKEN, "Provider key")
            person.answer("Provider key", KEY[:-1], "PM2 app name")
            person.answer("PM2 app name", "", "Go on?")
            person.answer("Go on?", "", " s · Ctrl-C stops")
            person.screen.tmux("send-keys", "-l", KEY)
            time.sleep(0.3)
            assert KEY not in person.shown(), "what is typed during the call is shown"
            person.screen.press("C-c")
            person.wait("the vault has what you gave, no file of the app was written. "
                        "`aigenv -p staging init` goes on from here.")
            person.screen.finish(130)
            assert not (person.screen.work / ".env").exists()
            # What it advises; then at the question.
            emulator.set(latency_ms=0)
            person.screen.start("aigenv -p staging init")
            for question in ("Paste:", "account ID", "Gateway [my", "Provider [", "Model", "Another", "PM2"):
                person.answer(question, "", "")
            person.answer("Go on?", "", "What now? [k]:")
            person.screen.press("C-c")
            person.wait("the vault has what you gave; `aigenv -p staging init` goes on")
            person.screen.finish(130)
            # The key that was refused is asked for, and nothing else of it.
            person.screen.start(start)
            person.answer("Provider key for Xiaomi MiMo [MIMO_API_KEY] [••••••••", KEY, "PM2 app name")
            person.answer("PM2 app name", "", "Go on?")
            person.answer("Go on?", "", "✓ .env")
            person.screen.finish(0)
        finally:
            person.screen.close()


# Each question of a run with two providers, and its answer.
WALK = [
    ("Paste:", ""),
    ("Cloudflare account ID", harness.ACCOUNT),
    ("Gateway", "my-gateway"),
    ("Provider", "custom-xiaomi"),
    ("Gateway token", TOKEN),
    ("Provider key for Xiaomi", KEY),
    ("Model", "mimo-v2.5"),
    ("Another provider?", "y"),
    ("Provider", "deepseek"),
    ("Provider key for DeepSeek", harness.KEY + "2"),
    ("Model", "deepseek-chat"),
    ("Another provider?", "n"),
    ("PM2 app name", "api"),
    ("Go on?", None),
]


def enter_until_summary(person, key=""):
    """Enter at each question; the key where one is asked for that has no default."""
    for _ in range(2 * len(WALK)):
        last = person.shown().rstrip().split("\n")[-1]
        if last.startswith("Go on?"):
            return
        person.type_and_wait(key if "hidden:" in last and "\u2022" not in last else "")
    raise AssertionError(f"no summary\n{person.shown()}")


def back():
    """From the summary to the first question and on again, in a new run and in one that edits."""
    providers = ("--provider", "custom-xiaomi=" + KEY, "--provider", "deepseek=" + KEY + "2")
    with harness.Emulator("--quiet", *providers) as emulator:
        person = Person(80)
        prepare(person.screen)
        (person.screen.work / ".gitignore").write_text(".env\n*.aigenv-*\n")
        try:
            for is_new in (True, False):
                person.screen.start(f"aigenv init --origin {emulator.origin}")
                for at, (question, text) in enumerate(WALK[:-1] if is_new else []):
                    person.answer(question, text, WALK[at + 1][0])
                if not is_new:
                    person.wait("Paste:")
                    enter_until_summary(person)
                steps = 0
                while "there is no question before this one" not in person.shown()[person.typed_at:]:
                    assert steps < 2 * len(WALK), person.shown()
                    person.typed_at = len(person.shown())
                    person.type_and_wait("<")
                    steps += 1
                assert steps >= len(WALK) - (2 if is_new else 6), f"{steps} steps back\n{person.shown()}"
                # All that was said is the default: Enter alone leads on.
                enter_until_summary(person)
                person.answer("Go on?", "", "Now run:")
                person.screen.finish(0)
        finally:
            person.screen.close()


def choices():
    """After a refused call: each choice, and Ctrl-C and Ctrl-D at each question."""
    start = "aigenv init --account {0} --gateway my-gateway --provider custom-xiaomi --model {2}" \
            " --pm2-app api --origin {1}"
    with harness.Emulator("--quiet") as emulator:
        for way in ("s", "w", "C-c", "C-d", "k C-c", "k C-d", "e C-c", "e C-d", "r s"):
            person = Person(80)
            prepare(person.screen)
            try:
                person.screen.start(start.format(harness.ACCOUNT, emulator.origin, "mimo-v2.5"))
                person.answer("Gateway token", TOKEN, "Provider key")
                person.answer("Provider key", KEY[:-1], "to .gitignore")
                person.answer("to .gitignore", "", "Go on?")
                person.answer("Go on?", "", "What now? [k]:")
                for key in way.split():
                    person.typed_at = len(person.shown())
                    if key.startswith("C-"):
                        person.screen.press(key)
                    else:
                        person.screen.type(key)
                        if way != key and key != "s":
                            person.wait({"k": "hidden:", "e": "Paste:", "r": "What now?"}[key])
                status = {"s": 5, "w": 0, "C-c": 130, "C-d": 2}[way.split()[-1]]
                person.screen.finish(status)
                if status:
                    person.wait("`aigenv init` goes on from here")
                assert (person.screen.work / ".env").exists() == (status == 0), way
                assert ".env" in (person.screen.work / ".gitignore").read_text(), way
                # And on from there, as it was said.
                person.screen.start("aigenv init")
                person.wait("Paste:")
                enter_until_summary(person, KEY)
                person.answer("Go on?", "", "What now? [k]:")
                person.answer("What now?", "k", "hidden:")
                person.answer("hidden:", KEY, "Now run:")
                said = " ".join(person.screen.text().split())
                assert "Commit aigenv.json, .gitignore" in said, said
                person.screen.finish(0)
            finally:
                person.screen.close()
            print(f"{way}: on from there")


def main():
    if sys.argv[1] == "interrupted":
        interrupted()
    elif sys.argv[1] in ("back", "choices"):
        {"back": back, "choices": choices}[sys.argv[1]]()
    elif sys.argv[1] == "resized":
        run(90, True)
    else:
        run(int(sys.argv[1]), False)


if __name__ == "__main__":
    main()
