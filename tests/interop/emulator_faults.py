#!/usr/bin/env python3
"""Every fault of aig-emulator, seen from outside: each strikes, as a client
sees it, and each is known to this file."""

import http.client
import json
import pathlib
import socket
import subprocess
import sys
import urllib.parse
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import EMULATOR, KEY, PATIENCE, TOKEN, Emulator, main  # noqa: E402

BOTH = {"cf-aig-authorization": f"Bearer {TOKEN}", "Authorization": f"Bearer {KEY}"}

# status and what the body begins with or has in it
PAGES = {
    "html": (200, "Guest network"),
    "502-html": (502, "502 Bad Gateway"),
    "521-html": (521, "Web server is down"),
    "522-html": (522, "Connection timed out"),
    "524-html": (524, "A timeout occurred"),
    "challenge": (403, "Just a moment..."),
    "access-page": (200, "Cloudflare Access"),
    "proxy-page": (403, "squid"),
    "garbage": (200, "\x00"),
    "empty": (200, ""),
    "no-choices": (200, '"status":"ok"'),
    "1010": (403, "error code: 1010"),
    "redirect": (302, ""),
    "control-characters": (400, "\\u001b"),
    "spend-unpriced": (403, "spend-limit enforcement"),
    "stream-json": (200, '"chat.completion"'),
}
# No page of these is Cloudflare's.
FOREIGN = ("html", "proxy-page", "garbage", "empty", "no-choices", "redirect")
# status and the gateway's own code
GATEWAY = {
    "2009-under-load": (401, 2009),
    "compat-disabled": (400, 2036),
    "rate-limit": (429, 2003),
    "spend-limit": (429, 2041),
    "spend-limit-2045": (429, 2045),
    "wholesale-rate": (429, 2021),
    "no-credits": (402, 2021),
    "no-balance": (402, 2021),
    "2049": (402, 2049),
    "not-sold": (402, 2021),
    "no-wholesale": (400, 2021),
    "open-no-billing": (401, 2021),
    "2040": (400, 2040),
    "dlp": (424, 2029),
    "dlp-response": (424, 2030),
    "guardrails": (424, 2016),
    "guardrails-response": (424, 2017),
    "2002": (400, 2002),
    "2005": (400, 2005),
    "2006": (502, 2006),
    "2018": (400, 2018),
    "2021-credentials": (400, 2021),
    "2047": (400, 2047),
}
# status, as custom-xiaomi has it
PROVIDER = {
    "quota": 402,
    "provider-rate-limit": 429,
    "content-filter": 421,
    "provider-error": 503,
    "401-under-load": 401,
}
STREAM = ("stream-error", "stream-no-done", "stream-cut")
DELIVERY = ("not-http", "nothing", "reset", "never", "endless", "slow", "cut", "reset-in-body")
# of the REST API
API = {"api-rate-limit": 429, "api-busy": 429, "api-502-html": 502}
OTHER = ("large", "gzip-bomb", "stale-cache")


def body(**more):
    return json.dumps({
        "model": "mimo-v2.5", "messages": [{"role": "user", "content": "one two three"}],
        **more,
    }).encode()


def ask(emulator, segment="custom-xiaomi", path="/v1/chat/completions", **more):
    return emulator.ask("POST", emulator.base_url(segment, path), body(**more), BOTH)


def every_fault_is_known_here():
    with Emulator() as emulator:
        listed = json.loads(emulator.ask("GET", "/emulator/faults")[2])
    names = [fault["name"] for fault in listed]
    known = [*PAGES, *GATEWAY, *PROVIDER, *STREAM, *DELIVERY, *API, *OTHER]
    assert sorted(names) == sorted(known), set(names) ^ set(known)
    shown = subprocess.run(
        [EMULATOR, "--fault", "help"], capture_output=True, text=True, timeout=60, check=True
    ).stdout
    for fault in listed:
        assert f"  {fault['name']} " in shown and fault["help"] in shown, fault


def pages_have_their_status_and_words():
    with Emulator() as emulator:
        for name, (status, words) in PAGES.items():
            emulator.set(faults=[name])
            got, headers, text = ask(emulator)
            assert got == status and words.encode() in text, (name, got, text[:200])
            assert ("cf-ray" in headers) == (name not in FOREIGN), (name, headers)
            emulator.set(faults=[])
            assert emulator.chat()[0] == 200, name


def pages_have_the_headers_that_give_them_away():
    with Emulator() as emulator:
        for name, header, value in (
            ("challenge", "cf-mitigated", "challenge"),
            ("proxy-page", "server", "squid/5.7"),
            ("502-html", "server", "cloudflare"),
            ("dlp", "cf-aig-dlp", '"action":"BLOCK"'),
        ):
            emulator.set(faults=[name])
            _, headers, _ = ask(emulator)
            assert value in headers[header], (name, headers)
        emulator.set(faults=["control-characters"])
        _, headers, text = ask(emulator)
        assert headers["cf-aig-log-id"].startswith("\x1b[31m"), headers
        assert json.loads(text)["error"]["message"].startswith("\x1b[2J"), text


def the_gateways_errors_have_their_code():
    with Emulator() as emulator:
        for name, (status, code) in GATEWAY.items():
            emulator.set(faults=[name])
            if name == "compat-disabled":
                assert ask(emulator)[0] == 200, "the provider's own path is open"
                got, headers, text = ask(emulator, "compat", "/chat/completions")
            else:
                got, headers, text = ask(emulator)
            document = json.loads(text)
            assert got == status, (name, got)
            assert document["internalCode"] == document["error"][0]["code"] == code, document
            assert document["httpCode"] == status and document["success"] is False
            assert "cf-ray" in headers and "retry-after" not in headers, (name, headers)
            assert ("cf-aig-log-id" in headers) == (code != 2009), (name, headers)


def the_providers_refusals_come_through_and_direct():
    with Emulator() as emulator:
        for name, status in PROVIDER.items():
            emulator.set(faults=[name])
            got, headers, text = ask(emulator)
            assert got == status and "cf-aig-log-id" in headers, (name, got)
            assert "internalCode" not in json.loads(text), text
            emulator.set(faults=[name])
            got, headers, _ = emulator.ask(
                "POST", "/direct/custom-xiaomi/v1/chat/completions", body(), BOTH
            )
            assert got == status and "cf-ray" not in headers, (name, got)
        # What the gateway says of the provider is not the provider's.
        emulator.set(faults=["2005:1"])
        assert emulator.ask(
            "POST", "/direct/custom-xiaomi/v1/chat/completions", body(), BOTH
        )[0] == 200
        assert ask(emulator)[0] == 400


def the_rest_api_has_faults_of_its_own():
    with Emulator() as emulator:
        for name, status in API.items():
            emulator.set(faults=[name])
            got, headers, text = emulator.ask("GET", "/client/v4/accounts")
            assert got == status and "cf-ray" in headers, (name, got)
            assert ("retry-after" in headers) == (status == 429), headers
            assert (b'"errors":[{' in text) == (status == 429), text
            assert ask(emulator)[0] == 200, "the gateway is another service"


def a_count_runs_out():
    with Emulator("--fault", "2009-under-load", "--fault", "quota:2") as emulator:
        assert [ask(emulator, user=str(n))[0] for n in range(4)] == [401, 402, 402, 200]


def streams_go_wrong():
    with Emulator() as emulator:
        whole = ask(emulator, stream=True)[2]
        emulator.set(faults=["stream-error"])
        assert b"chat.completion\"" in ask(emulator)[2], "no stream, no fault"
        _, headers, text = ask(emulator, stream=True)
        assert headers["content-type"] == "text/event-stream", headers
        events = text.decode().strip().split("\n\n")
        assert len(events) == 3 and "choices" in events[1], events
        assert json.loads(events[2].removeprefix("data: "))["error"]["type"] == "server_error"
        emulator.set(faults=["stream-no-done"])
        text = ask(emulator, stream=True)[2]
        assert b"[DONE]" not in text and b'"finish_reason":"stop"' in text, text
        emulator.set(faults=["stream-cut"])
        try:
            ask(emulator, stream=True)
            raise AssertionError("nothing was cut")
        except http.client.IncompleteRead as cut:
            assert cut.partial.startswith(b"data: {") and len(cut.partial) < len(whole)
        emulator.set(faults=["stream-json"])
        _, headers, text = ask(emulator, stream=True)
        assert headers["content-type"] == "application/json" and json.loads(text)["choices"]


def send(emulator, most, seconds):
    """One call by hand: what came of at most so many bytes, and how it ended. Nothing
    in so many seconds is silence."""
    path = urllib.parse.urlsplit(emulator.base_url()).path + "/chat/completions"
    asked = body()
    head = "".join(f"{name}: {value}\r\n" for name, value in BOTH.items())
    with socket.create_connection(("127.0.0.1", emulator.port), PATIENCE) as peer:
        peer.sendall(
            f"POST {path} HTTP/1.1\r\nHost: x\r\nUser-Agent: t\r\nConnection: close\r\n{head}"
            f"Content-Length: {len(asked)}\r\n\r\n".encode() + asked
        )
        received = b""
        peer.settimeout(seconds)
        while len(received) < most:
            try:
                chunk = peer.recv(65536)
            except ConnectionResetError:
                return received, "reset"
            except TimeoutError:
                return received, "silent"
            if not chunk:
                return received, "closed"
            received += chunk
        return received, "going on"


def deliveries_go_wrong():
    with Emulator() as emulator:
        for name, begins, least, end in (
            ("not-http", b"220 mail", 10, "closed"),
            ("nothing", b"", 0, "closed"),
            ("reset", b"", 0, "reset"),
            ("never", b"", 0, "silent"),
            ("endless", b"HTTP/1.1 200", 100000, "going on"),
            ("slow", b"HTTP/1.1 200", 50, "going on"),
            ("cut", b"HTTP/1.1 200", 200, "closed"),
            ("reset-in-body", b"HTTP/1.1 200", 200, "reset"),
        ):
            emulator.set(faults=[name])
            received, ended = send(emulator, least if end == "going on" else 1 << 30,
                                   1 if end == "silent" else PATIENCE)
            assert received.startswith(begins) and len(received) >= least, (name, received)
            assert ended == end, (name, ended)


def bodies_are_larger_than_they_should_be():
    with Emulator() as emulator:
        emulator.set(faults=["large"])
        text = ask(emulator)[2]
        assert len(text) > 2 << 20 and json.loads(text)["choices"], len(text)
        emulator.set(faults=["gzip-bomb"])
        _, headers, packed = ask(emulator)
        assert headers["content-encoding"] == "gzip" and len(packed) == 1 << 20
        unpacker = zlib.decompressobj(wbits=31)
        size = 0
        while packed:
            size += len(unpacker.decompress(packed, 1 << 20))
            packed = unpacker.unconsumed_tail
        assert size > 150_000_000, size


def the_cache_answers_whoever_asks():
    with Emulator() as emulator:
        skip = {**BOTH, "cf-aig-skip-cache": "true"}
        url = emulator.base_url() + "/chat/completions"
        for fault, second in (([], "MISS"), (["stale-cache"], "HIT")):
            emulator.set(faults=fault)
            kept = []
            for _ in range(2):
                status, headers, _ = emulator.ask("POST", url, body(), skip)
                assert status == 200
                kept.append(headers["cf-aig-cache-status"])
            assert kept == ["MISS", second], (fault, kept)


main([
    every_fault_is_known_here,
    pages_have_their_status_and_words,
    pages_have_the_headers_that_give_them_away,
    the_gateways_errors_have_their_code,
    the_providers_refusals_come_through_and_direct,
    the_rest_api_has_faults_of_its_own,
    a_count_runs_out,
    streams_go_wrong,
    deliveries_go_wrong,
    bodies_are_larger_than_they_should_be,
    the_cache_answers_whoever_asks,
])
