#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The wizard in a real terminal, with a Cloudflare API token at hand: what there is in the
account are its choices and defaults; where the API fails, the questions are asked without."""

import json
import pathlib
import socket
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from cloudflare_hostile import Between, at, says, success  # noqa: E402
from harness import ACCOUNT, API_TOKEN, PATIENCE, TOKEN, Emulator, Home, answers, main  # noqa: E402
from wizard_terminal import Screen  # noqa: E402

KEY = "sk-mine-0123456789abcdef"
OTHER_ACCOUNT = "f" * 32


class Person:
    """Answers one question after the other, each once it is there."""

    def __init__(self, origin, columns=100):
        self.screen = Screen(columns, AIGENV_API_ORIGIN=origin, CLOUDFLARE_API_TOKEN=API_TOKEN)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.screen.close()

    def text(self):
        return " ".join(self.screen.text().split())

    def answer(self, *pairs):
        for question, text in pairs:
            self.screen.wait(question)
            self.screen.type(text)

    def stop(self):
        self.screen.press("C-c")
        self.screen.finish(130)
        self.screen.expect_nothing_written()


def emulator_with_choices():
    return Emulator("--provider", f"custom-mine={KEY}", "--base-url", "custom-mine=/v1",
                    "--model", "custom-mine=mine-1")


def what_there_is_can_be_chosen_and_works():
    with emulator_with_choices() as emulator, Person(emulator.origin) as person:
        emulator.set(gateways=["first", "second"])
        person.screen.start(f"aigenv init --origin {emulator.origin}")
        person.answer(
            ("Paste:", ""), (f"Cloudflare account ID [{ACCOUNT}]:", ""),
            ("Gateway, by number or name:", ""), ("an answer is needed", "2"),
            ("a part of its name [custom-mine]:", "7"), ("the list has no such number", "1"),
            ("has one [-]:", ""), ("Gateway token", TOKEN), ("Provider key", KEY), ("Model:", "mine-1"),
            ("Another provider?", ""), ("PM2 app name", ""), ("Go on?", ""))
        person.screen.finish(0)
        settings = json.loads((person.screen.work / "aigenv.json").read_text())["profiles"]["production"]["settings"]
        assert settings["account_id"] == ACCOUNT and settings["gateway"] == "second", settings
        assert settings["routes"][0]["provider"] == "custom-mine" and settings["routes"][0]["path"] == "", settings
        assert API_TOKEN not in person.text() and "looked up at" in person.text()


def what_is_listed_cannot_drive_the_terminal_nor_be_a_wrong_answer():
    many = [{"id": ACCOUNT, "name": "\x1b[31m\x1b]0;owned\x07Acme\nForged line\x02"}, {"id": "../etc", "name": "no"}, {"id": 7}, "x",
            {"id": OTHER_ACCOUNT, "name": "小米 " * 200}]
    gateways = [{"id": f"gw-{number:03}", "authentication": number != 0} for number in range(45)]
    gateways += [{"id": "\x1b[2J"}, {"id": "a b"}, {"id": "x" * 5000}, {}]
    with Emulator() as emulator, Between(emulator) as between, \
            Person(f"http://127.0.0.1:{between.server_port}") as person:
        accounts, listed = at("GET", "/accounts", success(many)), at("GET", "/gateways", success(gateways))
        none = at("GET", "/custom-providers", says(b"[" * 4000))
        between.change = lambda request, answer: accounts(request, listed(request, none(request, answer)))
        person.screen.start("aigenv init")
        person.answer(("Paste:", ""), ("Cloudflare account, by number or ID:", "3"), ("not 32", "1"))
        # One list of the account has failed, so that the questions are asked as ever.
        person.answer(("Gateway:", "gw-001"), ("Provider:", "deepseek"))
        person.screen.wait("Gateway token")
        text = person.text()
        assert text.count("You are asked for it") == text.count("is not the API") == 1, text
        assert "\nForged" not in person.screen.text() and r"Acme\x0aForged line\x02" in text, text
        assert r"\x1b[31m" in text and "../etc" not in text, text
        person.stop()
        between.change = lambda request, answer: listed(request, answer)
        person.screen.start("aigenv init")
        person.answer(("Paste:", f"https://dash.cloudflare.com/{ACCOUNT}/ai/ai-gateway"),
                      ("There are 25 more", "gw-044"))
        person.screen.wait("Provider, by number")
        assert "gw-000 open: it asks for no token" in person.text(), person.text()
        person.stop()


def without_an_answer_the_questions_are_asked_as_ever():
    with socket.create_server(("127.0.0.1", 0)) as server:
        closed = server.getsockname()[1]
    with Person(f"http://127.0.0.1:{closed}", columns=300) as person:
        person.screen.start("aigenv init")
        person.answer(("Paste:", ""), ("Cloudflare account ID:", ACCOUNT), ("Gateway:", "my-gateway"))
        person.screen.wait("Provider:")
        told = [line for line in person.screen.text().split("\n") if "could not be asked" in line]
        assert len(told) == 1 and told[0].startswith("You are asked for it, since it was not looked up"), told
        person.stop()
    with Emulator("--latency", str(1000 * PATIENCE)) as emulator, Person(emulator.origin) as person:
        person.screen.start("aigenv init")
        person.answer(("Paste:", ""))
        person.screen.wait("Asking Cloudflare's API")
        emulator.wait_for_request()
        person.stop()
        assert "aigenv: interrupted" in person.text() and "Asking" not in person.text(), person.text()


def nobody_else_asks_the_api():
    with Emulator() as emulator, Home() as home:
        home.environment.update(AIGENV_API_ORIGIN=emulator.origin, CLOUDFLARE_API_TOKEN=API_TOKEN)
        given = json.dumps(answers(emulator))
        home.aigenv("init", "--answers", "-", "--no-input", stdin=given)
        assert not [one for one in emulator.requests() if "/client/v4" in one["path"]], emulator.requests()
        done = home.aigenv("init", "--api-token", "env:CLOUDFLARE_API_TOKEN", "--no-input", status=2)
        assert "aigenv discover" in done.stderr, done


if __name__ == "__main__":
    main([
        what_there_is_can_be_chosen_and_works,
        what_is_listed_cannot_drive_the_terminal_nor_be_a_wrong_answer,
        without_an_answer_the_questions_are_asked_as_ever,
        nobody_else_asks_the_api,
    ])
