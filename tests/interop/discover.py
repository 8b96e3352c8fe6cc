#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`discover` against the emulator's REST API: whole lists, and tokens that may not."""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import ACCOUNT, API_TOKEN, TOKEN, Emulator, Home, answers, main  # noqa: E402

ACCOUNT_TOKEN = "cfat_demoManagementTokenOfTheEmulator0123456789"


class Place(Home):
    def __init__(self, emulator):
        super().__init__()
        self.environment["AIGENV_API_ORIGIN"] = emulator.origin

    def discover(self, *words, token=API_TOKEN, status=0):
        more = {"CLOUDFLARE_API_TOKEN": token} if token else {}
        done = self.aigenv("discover", *words, status=status, more=more)
        assert not token or token not in done.stdout + done.stderr, done
        return done

    def accounts(self, *words, **options):
        return json.loads(self.discover(*words, "--json", **options).stdout)["accounts"]


def what_there_is_is_listed_by_the_names_of_a_profile():
    with Emulator("--provider", "custom-mine=sk-mine-0123456789") as emulator, Place(emulator) as place:
        emulator.set(gateways=["one", "two"], providers={"custom-mine": {"enabled": False}})
        [account] = place.accounts()
        assert account["id"] == ACCOUNT and account["error"] is None, account
        assert [one["id"] for one in account["gateways"]] == ["one", "two"], account
        assert "custom-mine" in [one["provider"] for one in account["custom_providers"]], account
        shown = place.discover().stdout
        for word in (ACCOUNT, "one", "two", "custom-mine", "switched off"):
            assert word in shown, (word, shown)


def long_lists_come_whole():
    gateways = [f"gw-{number:03}" for number in range(130)]
    providers = {f"custom-p{number:03}": {"keys": ["sk-0123456789abc"]} for number in range(230)}
    with Emulator() as emulator, Place(emulator) as place:
        emulator.set(gateways=gateways, providers=providers, faults=["api-busy:2"])
        [account] = place.accounts()
        assert [one["id"] for one in account["gateways"]] == gateways
        listed = {one["provider"] for one in account["custom_providers"]}
        assert set(providers) <= listed, set(providers) - listed


def an_empty_account_says_what_comes_first():
    with Emulator() as emulator, Place(emulator) as place:
        emulator.set(gateways=[])
        assert "Create Gateway" in place.discover().stderr
        assert place.accounts()[0]["gateways"] == []


def who_may_not_is_told_what_is_missing():
    with Emulator() as emulator, Place(emulator) as place:
        emulator.set(api_tokens=[API_TOKEN, ACCOUNT_TOKEN])
        for token, words, status, said in (
            (None, (), 2, "CLOUDFLARE_API_TOKEN"),
            ("cfut_nobodyKnowsThisTokenAtAll0123456789", (), 5, "wrong, revoked or expired"),
            ("short", (), 5, "wrong, revoked or expired"),
            (TOKEN, (), 5, "Account Settings: Read"),
            (TOKEN, ("--account", ACCOUNT), 5, "AI Gateway: Read"),
            (API_TOKEN, ("--account", "f" * 32), 5, "AI Gateway: Read"),
            (API_TOKEN, ("--account", "../user"), 2, "not an account's ID"),
            (API_TOKEN, ("--account", "my-account"), 5, "my-account"),
            (ACCOUNT_TOKEN, (), 5, "--account"),
        ):
            done = place.discover(*words, token=token, status=status)
            assert said in done.stderr and not done.stdout, (said, done)
        [account] = place.accounts("--account", ACCOUNT, token=ACCOUNT_TOKEN)
        assert account["name"] is None and account["gateways"], account
        for fault, said in (("api-rate-limit", "300 seconds"), ("api-502-html", "502")):
            emulator.set(faults=[fault])
            assert said in place.discover(status=5).stderr, fault
        place.environment["AIGENV_API_ORIGIN"] = "http://127.0.0.1:1"
        place.discover(status=6)
        place.environment["AIGENV_API_ORIGIN"] = "http://api.example"
        assert "https" in place.discover(status=3).stderr


def the_token_may_come_from_a_source_or_the_vault():
    with Emulator() as emulator, Place(emulator) as place:
        (place.project / "token").write_text(API_TOKEN + "\n")
        place.discover("--api-token", "@token", token=None)
        place.discover("--api-token", API_TOKEN, token=None, status=2)
        given = {**answers(emulator), "secrets": {
            **answers(emulator)["secrets"], "CLOUDFLARE_API_TOKEN": API_TOKEN}}
        place.aigenv("init", "--answers", "-", "--no-input", stdin=json.dumps(given))
        place.discover("--api-token", "vault:CLOUDFLARE_API_TOKEN", token=None)
        place.discover("--api-token", "vault:production/CLOUDFLARE_API_TOKEN", token=None)
        place.discover("--api-token", "vault:NONE", token=None, status=3)


main([
    what_there_is_is_listed_by_the_names_of_a_profile,
    long_lists_come_whole,
    an_empty_account_says_what_comes_first,
    who_may_not_is_told_what_is_missing,
    the_token_may_come_from_a_source_or_the_vault,
])
