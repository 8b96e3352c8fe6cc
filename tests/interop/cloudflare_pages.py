#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Cloudflare's REST API in pages and with pauses: every page counts for `verify --api-token`,
a Retry-After in any form is bounded, and 1,200 requests in five minutes are not gone over."""

import concurrent.futures
import email.utils
import json
import os
import pathlib
import pty
import signal
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from cloudflare_hostile import Between, at, failure, says, success  # noqa: E402
from harness import AIGENV, API_TOKEN, Emulator, Home, answers, main, wait_until  # noqa: E402

API = ("--api-token", "env:API_TOKEN")


def place(home, emulator, origin=None, **changes):
    home.environment.update(AIGENV_API_ORIGIN=origin or emulator.origin, API_TOKEN=API_TOKEN)
    home.aigenv("init", "--answers", "-", "--no-input", "--no-verify",
                stdin=json.dumps(answers(emulator, **changes)))


def cause(home, *words):
    [result] = json.loads(home.aigenv("verify", *words, "--json", status=5).stdout)["results"]
    return result["diagnosis"], result["message"] + " " + result["advice"]


def a_name_is_looked_for_on_every_page():
    gateways = [f"gw-{number:03}" for number in range(130)]
    providers = {f"custom-p{number:03}": {"keys": ["sk-0123456789abc"], "enabled": number != 229}
                 for number in range(230)}
    with Emulator() as emulator, Home() as home:
        place(home, emulator, gateway="gw-129x")
        emulator.set(gateways=gateways, providers=providers, api_tokens=[API_TOKEN])
        found, said = cause(home, *API)
        assert found == "gateway_not_found" and "it has: gw-129" in said and "gateway=gw-129" in said, said
        # Where it says no for a second, that is no refusal.
        emulator.set(faults=["api-busy"])
        assert cause(home, *API) == (found, said)
        emulator.set(faults=["api-rate-limit"])
        found, said = cause(home, *API)
        assert "does not let" not in said and "gateway_not_found" in found + said, said
        emulator.set(faults=[])
        done = home.aigenv("verify", *API, "--explain", status=5)
        assert "page=3" in done.stdout and API_TOKEN not in done.stdout + done.stderr, done.stdout
        home.aigenv("config", "set", "gateway=gw-000", "routes.xiaomi.provider=custom-p229")
        found, said = cause(home, *API)
        assert found == "provider_not_found" and "but disabled" in said, (found, said)


def a_list_without_an_end_is_left():
    # A page is full of what is none, too: with 5,000 gateways strict_string_checks measure their
    # text for each of them.
    page = {"success": True, "errors": [], "result": [{"id": "gw"}] + [None] * 49,
            "result_info": {"total_count": 10**9}}
    with Emulator() as emulator, Between(emulator) as between, Home() as home:
        place(home, emulator, f"http://127.0.0.1:{between.server_port}", gateway="gone")
        between.change = at("GET", "/gateways", says(page))
        found, said = cause(home, *API)
        assert found == "gateway_not_found" and 50 < len(between.asked) < 150, (said, len(between.asked))


def the_token_may_be_a_secret_of_the_vault():
    with Emulator() as emulator, Home() as home:
        place(home, emulator, gateway="my-gatewya")
        home.aigenv("profile", "copy", "production", "ops")
        home.aigenv("secret", "set", "-p", "ops", "API_TOKEN", stdin=API_TOKEN)
        del home.environment["API_TOKEN"]
        for words in (("--api-token", "vault:ops/API_TOKEN"), ("--api-token", "vault:API_TOKEN", "-p", "ops")):
            found, said = cause(home, *words)
            assert found == "gateway_not_found" and "it has: my-gateway" in said, said
        for source, words, status in (("vault:ops/NONE", (), 3), ("vault:none/API_TOKEN", (), 3),
                                      ("vault:", (), 3), ("vault:API_TOKEN", ("--all",), 2)):
            done = home.aigenv("verify", "--api-token", source, *words, status=status)
            assert "next" in done.stderr, (source, done)


def told_to_wait(pause):
    """(status, stderr, requests, seconds) of a `discover` that is told so once."""
    with Emulator() as emulator, Between(emulator) as between, Home() as home:
        home.environment.update(AIGENV_API_ORIGIN=f"http://127.0.0.1:{between.server_port}", API_TOKEN=API_TOKEN)
        told = []

        def change(request, answer):
            if told or not request[1].startswith("/client/v4/accounts?"):
                return answer
            told.append(request)
            header = {} if pause is None else {"Retry-After": pause() if callable(pause) else pause}
            return failure(429, 10100, "slow down", **header)(answer)

        between.change = change
        began = time.monotonic()
        done = home.aigenv("discover", *API, status=None)
        return done.returncode, done.stderr, len(between.asked), time.monotonic() - began


def date(seconds):
    return lambda: email.utils.formatdate(time.time() + seconds, usegmt=True)


def a_pause_in_any_form_is_kept_or_told():
    pauses = (("0", True, 0), ("2", True, 2), (date(3), True, 1), (date(-1000), True, 0),
              ("-5", True, 4), ("1.5", True, 4), ("soon", True, 4), ("", True, 4), (None, True, 4),
              ("Sun, 31 Feb 2099 00:00:00 GMT", True, 4), ("61", False, "61 seconds"),
              (date(10**6), False, "86400 seconds"), ("9" * 300, False, "86400 seconds"))
    with concurrent.futures.ThreadPoolExecutor(len(pauses)) as pool:
        for (pause, goes_on, then), done in zip(pauses, pool.map(told_to_wait, [one[0] for one in pauses])):
            status, said, asked, seconds = done
            if goes_on:
                assert status == 0 and asked > 2 and seconds >= then, (pause, done)
            else:
                assert status == 5 and asked == 1 and f"again in {then}" in said, (pause, done)


def more_requests_than_the_limit_allows_wait_for_it():
    accounts = [{"id": f"{number:032x}", "name": "one"} for number in range(700)]
    pages = [{"success": True, "errors": [], "result": accounts[at_:at_ + 50], "result_info": {"total_count": 700}}
             for at_ in range(0, 700, 50)]

    with Emulator() as emulator, Between(emulator) as between, Home() as home:
        def change(request, _):
            path, _, query = request[1].partition("?")
            if path != "/client/v4/accounts":
                return success([])(None)
            page = [word for word in query.split("&") if word.startswith("page=")]
            return says(pages[int(page[0][5:]) - 1 if page else 0])(None)

        between.change, between.emulator = change, Nobody()
        terminal, end = pty.openpty()
        process = subprocess.Popen(
            [AIGENV, "discover", *API], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=end,
            cwd=home.project, env={**home.environment, "API_TOKEN": API_TOKEN, "TERM": "xterm",
                                   "AIGENV_API_ORIGIN": f"http://127.0.0.1:{between.server_port}"})
        os.close(end)
        said = []
        threading.Thread(target=read_all, args=(terminal, said), daemon=True).start()
        wait_until(lambda: b"wants a pause of" in b"".join(said), "it waits")
        asked = len(between.asked)
        assert 1000 < asked < 1200, asked
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130, process.returncode
        assert len(between.asked) == asked, "nothing was asked in the pause"


class Nobody:
    """Nothing stands behind."""

    def ask(self, *_):
        return 200, {}, b""


def read_all(terminal, said):
    try:
        while more := os.read(terminal, 4096):
            said.append(more)
    except OSError:
        pass  # the other end is closed


if __name__ == "__main__":
    main([
        a_name_is_looked_for_on_every_page,
        a_list_without_an_end_is_left,
        the_token_may_be_a_secret_of_the_vault,
        a_pause_in_any_form_is_kept_or_told,
        more_requests_than_the_limit_allows_wait_for_it,
    ])
