#!/usr/bin/env python3
"""scripts/ask-cloudflare, asked of an aig-emulator in Cloudflare's place: what it
says before, what it sends, what it makes of a service that differs.

    ask_cloudflare.py finds      the same and what differs
    ask_cloudflare.py refuses    wrong usage, a no, a limit, nobody there
    ask_cloudflare.py keeps      keys to itself
"""

import http.server
import json
import os
import pathlib
import pty
import re
import subprocess
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import (  # noqa: E402
    ACCOUNT, API_TOKEN, EMULATOR, GATEWAY, KEY, OPENAI_KEY, SOURCE, TOKEN, Emulator, Home,
    answers, main,
)

SCRIPT = SOURCE / "scripts/ask-cloudflare"
SLOW = ("--latency", "20")  # so that a time limit of 1 ms can expire


def variables(base_url, token=TOKEN, key=KEY):
    return {"CF_AIG_BASE_URL": base_url, "CF_AIG_TOKEN": token, "MIMO_API_KEY": key,
            "CLOUDFLARE_API_TOKEN": API_TOKEN}


def ask(base_url, *options, status=0, yes=True, **changes):
    """A run with the demo values; no key may be shown."""
    words = [SCRIPT, "--model", "mimo-v2.5", "--emulator", EMULATOR, *(["--yes"] if yes else [])]
    with Home() as home:
        done = home.run(*words, *options, status=status, more=variables(base_url, **changes))
    for secret in (TOKEN, KEY, OPENAI_KEY, API_TOKEN):
        assert secret not in done.stdout + done.stderr, done
    assert "Traceback" not in done.stderr, done.stderr
    return done


def verdicts(done):
    summary = done.stdout.split("\n## ")[0]
    rows = re.findall(r"^\| ([a-z-]+) \| .* \| ([^|]+) \|$", summary, re.M)
    return {name: said for name, said in rows if name not in ("question", "---")}


def differing(done):
    return {name for name, said in verdicts(done).items() if said == "**differs**"}


def all_is_the_same_beside_itself():
    with Emulator(*SLOW) as emulator:
        found = verdicts(ask(emulator.base_url()))
        assert sorted(set(found.values())) == ["not asked", "not seen", "same"], found
        assert list(found.values()).count("same") == 16, found
        assert len(emulator.requests()) <= 27, len(emulator.requests())
        assert all(int(request["headers"].get("content-length", 0)) < 300
                   for request in emulator.requests())


def the_same_for_a_built_in_provider_and_other_settings():
    with Emulator(*SLOW) as emulator:
        done = ask(emulator.base_url("openai", ""), "--key-env", "OTHER",
                   "--model", "gpt-4.1-mini", status=2)
        assert "$OTHER is empty" in done.stderr, done
        done = ask(emulator.base_url("openai", ""), "--key-env", "MIMO_API_KEY",
                   "--model", "gpt-4.1-mini", key=OPENAI_KEY)
        assert verdicts(done)["compat"] == "not asked", done.stdout
    with Emulator(*SLOW, "--open", "--stored", f"custom-xiaomi={KEY}", "--base-url",
                  "custom-xiaomi=/v1") as emulator:
        ask(emulator.base_url(path=""), "--open", "--stored")
        # Where no token is asked for, the calls without one meet the stored key.
        assert differing(ask(emulator.base_url(path=""), "--open", status=1)) == {
            "token", "no-key"}
        assert "token" in differing(ask(emulator.base_url(path=""), "--stored", status=1))


def asks_the_rest_api_where_it_is_told_to():
    with Emulator(*SLOW) as emulator:
        done = ask(emulator.base_url(), "--api", "--api-origin", emulator.origin,
                   "--disabled", "sleeping", "--custom-domain", emulator.origin,
                   "--only", "accounts", "--only", "no-gateway", "--only", "disabled",
                   "--only", "custom-domain")
        assert verdicts(done) == {"accounts": "same", "no-gateway": "same", "disabled": "same",
                                  "custom-domain": "no default"}, done.stdout
        asked = {request["path"]: request for request in emulator.requests()}
        sent = asked["/client/v4/accounts"]["headers"]
        assert sent["authorization"] == f"Bearer {API_TOKEN}", sent
        assert not [name for name in sent if name.startswith("cf-aig")], sent
        assert {request["method"] for path, request in asked.items()
                if path.startswith("/client")} == {"GET"}


def each_setting_shows_in_its_own_question():
    with Emulator(*SLOW) as emulator:
        for settings, questions in (
            ({"early_headers": True}, {"headers"}),
            ({"token_in_authorization": False}, {"token-alone"}),
            ({"compat_custom_path": "v1/chat/completions"}, {"compat"}),
            ({"latency_ms": 0}, {"timeout"}),
        ):
            before = {"early_headers": False, "token_in_authorization": True, "latency_ms": 20,
                      "compat_custom_path": "chat/completions"}
            emulator.set(**{**before, **settings})
            done = ask(emulator.base_url(), status=1)
            assert differing(done) == questions, (settings, done.stdout)
            [name] = questions
            assert f"\n## {name}: " in done.stdout and "(!)" in done.stdout, done.stdout


def an_added_version_is_seen():
    with Emulator(*SLOW) as emulator:
        emulator.set(add_version=True)
        # Compat's path has none either, and finds the API now.
        done = ask(emulator.base_url(), status=1)
        assert differing(done) == {"added", "version", "compat"}, done.stdout
        added = done.stdout.split("\n## added: ")[1]
        assert "| models, no version | provider, refused" in added, added
        assert "provider, 2xx" in added.split("nothing, no version")[0], added


def a_stripped_version_is_seen_where_base_url_has_one():
    with Emulator(*SLOW, "--base-url", "custom-xiaomi=/v1") as emulator:
        emulator.set(strip_version=True, compat_custom_path="v1/chat/completions")
        # Without its base_url nobody could tell it from one that has none.
        assert differing(ask(emulator.base_url(), status=1)) == {"compat"}
        done = ask(emulator.base_url(), "--base-path", "/v1", status=1)
        assert differing(done) == {"answer", "version", "added"}, done.stdout
        assert "| models, one version | provider, refused | provider, 2xx (!) |" in done.stdout


def a_profile_gives_all_but_the_model():
    with Emulator(*SLOW) as emulator, Home() as home:
        home.aigenv("init", "--answers", "-", "--no-input", "--no-verify",
                    stdin=json.dumps(answers(emulator)))
        done = home.aigenv("run", "--", SCRIPT, "--model", "mimo-v2.5", "--yes", "--emulator",
                           EMULATOR, "--only", "order")
        assert verdicts(done) == {"order": "same"}, done.stdout


def refuses_what_would_give_a_key_away():
    with Emulator() as emulator:
        for base_url, options, word in (
            (f"http://192.0.2.1/v1/{ACCOUNT}/{GATEWAY}/openai", (), "https alone"),
            (f"http://gateway.invalid/v1/{ACCOUNT}/{GATEWAY}/openai", (), "https alone"),
            (f"https://me:secret@gateway.invalid/v1/{ACCOUNT}/{GATEWAY}/openai", (), "no URL"),
            (emulator.base_url(), ("--api", "--api-origin", "http://192.0.2.1"), "https alone"),
            (emulator.base_url(), ("--custom-domain", "http://192.0.2.1"), "https alone"),
            (emulator.base_url(), ("--token", TOKEN), "wants @FILE"),
            (emulator.base_url(), (TOKEN,), "no option"),
            (emulator.base_url(), ("--disabled", "a/../b"), "a slug"),
            (emulator.base_url() + "/chat/completions", (), "the base URL is not"),
            (emulator.base_url("anthropic", ""), (), "OpenAI's form"),
            ("", (), "are needed"),
        ):
            done = ask(base_url, *options, status=2)
            assert word in done.stderr and not done.stdout, (base_url, options, done)
        for changes, word in (({"token": ""}, "$CF_AIG_TOKEN is empty"),
                              ({"key": "sk-two\nlines0"}, "$MIMO_API_KEY is no key"),
                              ({"key": TOKEN}, "the same")):
            done = ask(emulator.base_url(), status=2, **changes)
            assert word in done.stderr, (changes, done)
        assert emulator.requests() == []


def sends_nothing_before_a_yes():
    with Emulator() as emulator, Home() as home:
        done = ask(emulator.base_url(), status=2, yes=False)
        assert "27 calls" in done.stderr and "give --yes" in done.stderr, done
        for said, status, count in (("n\n", 1, 0), ("\n", 1, 0), ("yes\n", 0, 6)):
            main_side, other = pty.openpty()
            os.write(main_side, said.encode())
            process = subprocess.Popen(
                [str(SCRIPT), "--model", "mimo-v2.5", "--emulator", str(EMULATOR),
                 "--only", "order", "--only", "agent"],
                env={**home.environment, **variables(emulator.base_url())}, text=True,
                stdin=other, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            _, shown = process.communicate(timeout=60)
            os.close(main_side)
            os.close(other)
            assert process.returncode == status, shown
            assert f"{emulator.origin}: 6 calls" in shown and "[y/N]" in shown, shown
            assert len(emulator.requests()) == count, emulator.requests()
            for request in emulator.requests():
                assert request["method"] in shown, shown


def stops_at_values_that_do_not_work_and_at_a_limit():
    with Emulator() as emulator:
        done = ask(emulator.base_url(), status=2, key="sk-someOtherKeyThatIsWrong99")
        assert "aigenv verify" in done.stderr and not done.stdout, done
        assert len(emulator.requests()) == 1
        emulator.forget()
        emulator.set(rate_limit=4)
        done = ask(emulator.base_url(), status=1)
        assert verdicts(done)["retry-after"] == "same", done.stdout
        assert not differing(done) and "a rate limit" in done.stderr, done
        assert len(emulator.requests()) < 20, len(emulator.requests())
    done = ask(emulator.base_url(), status=6)
    assert "ConnectionRefusedError" in done.stderr and not done.stdout, done


def believes_no_certificate_but_a_good_one():
    with Home() as home:
        certificate, private = home.root / "cert.pem", home.root / "key.pem"
        home.run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                 "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                 "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", private, "-out", certificate)
        with Emulator("--tls-cert", certificate, "--tls-key", private) as emulator:
            base_url = f"https://127.0.0.1:{emulator.port}/v1/{ACCOUNT}/{GATEWAY}/custom-xiaomi/v1"
            words = [SCRIPT, "--model", "mimo-v2.5", "--yes", "--emulator", EMULATOR,
                     "--only", "order"]
            done = home.run(*words, status=6, more=variables(base_url))
            assert "SSLCertVerificationError" in done.stderr, done.stderr
            trusting = {**variables(base_url), "SSL_CERT_FILE": str(certificate)}
            assert verdicts(home.run(*words, more=trusting)) == {"order": "same"}


class Hostile(http.server.BaseHTTPRequestHandler):
    """Says back what it was sent: in pieces, escaped, with a terminal's codes."""

    asked = []

    def do_POST(self):
        self.asked.append(self.path)
        self.rfile.read(int(self.headers.get("content-length") or 0))
        token = self.headers.get("cf-aig-authorization", "").removeprefix("Bearer ")
        key = self.headers.get("authorization", "").removeprefix("Bearer ")
        said = {"choices": []}
        if len(self.asked) > 1:
            message = (f"{token} {key[3:]} {token[:-3]} {token.replace('_', '%5F')} {self.path} "
                       "sk-someoneElsesKey55 \x1b[31m\u202e| `x` <b>")
            said = {"success": False, "error": [{"code": 7, "message": message}], key: token}
        body = json.dumps(said).encode()
        self.send_response(302 if len(self.asked) == 3 else 200)
        self.send_header("Location", "https://elsewhere.invalid/")
        self.send_header(f"cf-aig-{token or 'none'}", key or "none")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_HEAD = do_OPTIONS = do_POST

    def log_message(self, *_):
        pass


def masks_what_a_server_says_back():
    account, token, key = "c0ffee00" * 4, "cfut_WhatNobodyMayRead987654", "sk-andThisNeither4321"
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hostile)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}/v1/{account}/{GATEWAY}/custom-xiaomi/v1"
    done = ask(base, status=1, token=token, key=key)
    server.shutdown()
    server.server_close()
    shown = done.stdout + done.stderr
    for secret in (token, key, "sk-someoneElsesKey55"):
        for at in range(len(secret) - 7):
            piece = secret[at:at + 8].lower()
            assert piece not in shown.lower(), (secret, piece, shown)
    assert account not in shown and "c0ff...ee00" in shown, shown
    assert "****7654" in shown and "****4321" in shown, shown
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", shown), shown
    assert "<b>" not in done.stdout and "`x`" not in done.stdout, done.stdout
    assert len(Hostile.asked) == 27, len(Hostile.asked)


def the_token_reaches_no_provider_and_the_key_no_other():
    with Emulator(*SLOW) as emulator:
        ask(emulator.base_url())
        own = f"/v1/{ACCOUNT}/{GATEWAY}/"
        for request in emulator.requests():
            sent = {name.lower(): value for name, value in request["headers"].items()}
            path = request["path"]
            assert path.startswith(f"/v1/{ACCOUNT}/") or TOKEN not in str(sent), path
            if KEY in str(sent):
                assert sent["authorization"] == f"Bearer {KEY}", sent
                assert path.startswith((f"{own}custom-xiaomi/", f"{own}compat/")), path
            if TOKEN in sent.get("authorization", ""):
                assert path.startswith(f"{own}custom-aigenv-asks-nobody/"), path
            assert sent["cf-aig-no-wholesale"] == "true", sent


def reads_keys_from_files():
    with Emulator() as emulator, Home() as home:
        (home.project / "token").write_text(TOKEN + "\n")
        (home.project / "key").write_text(KEY)
        words = [SCRIPT, "--base-url", emulator.base_url(), "--model", "mimo-v2.5", "--yes",
                 "--emulator", EMULATOR, "--only", "agent"]
        done = home.run(*words, "--token", "@token", "--key", "@key")
        assert "Bearer token" in done.stderr and KEY not in done.stderr, done.stderr
        done = home.run(*words, "--token", "@absent", "--key", "@key", status=2)
        assert "absent: No such file" in done.stderr, done.stderr


PARTS = {
    "finds": [
        all_is_the_same_beside_itself,
        the_same_for_a_built_in_provider_and_other_settings,
        asks_the_rest_api_where_it_is_told_to,
        each_setting_shows_in_its_own_question,
        a_stripped_version_is_seen_where_base_url_has_one,
        a_profile_gives_all_but_the_model,
    ],
    "refuses": [
        refuses_what_would_give_a_key_away,
        sends_nothing_before_a_yes,
        stops_at_values_that_do_not_work_and_at_a_limit,
    ],
    "keeps": [
        believes_no_certificate_but_a_good_one,
        masks_what_a_server_says_back,
        the_token_reaches_no_provider_and_the_key_no_other,
        reads_keys_from_files,
    ],
}

if __name__ == "__main__":
    for word in sys.argv[1:] or PARTS:
        main(PARTS[word])
