#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Cloudflare's REST API as it should not answer: the emulator behind a server that changes
single answers. What `rotate --via cloudflare` and `discover` say of it is true, and the
vault stays whole."""

import http.server
import json
import pathlib
import shlex
import signal
import subprocess
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import ACCOUNT, AIGENV, API_TOKEN, PATIENCE, TOKEN, Emulator, Home, answers, main  # noqa: E402

TOKENS = f"/client/v4/accounts/{ACCOUNT}/tokens", "/client/v4/user/tokens"
VIA = ("CF_AIG_TOKEN", "--via", "cloudflare")


class Between(http.server.ThreadingHTTPServer):
    """Passes requests on to the emulator, and answers through `change(request, answer)`:
    ("POST", path, token) and (status, headers, body), which it may give another of."""

    daemon_threads = True

    def __init__(self, emulator):
        super().__init__(("127.0.0.1", 0), Handler)
        self.emulator = emulator
        self.change = lambda request, answer: answer
        self.keeps = lambda request: False  # what is not passed on
        self.asked = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, *_):
        """Who asked is gone, as some tests want it."""

    def __exit__(self, *exception):
        self.shutdown()
        super().__exit__(*exception)


class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self):
        size = int(self.headers.get("Content-Length") or 0)
        token = self.headers["Authorization"].removeprefix("Bearer ")
        request = (self.command, self.path, token)
        self.server.asked.append(request)
        sent = self.rfile.read(size)
        status, _, body = (404, {}, b"") if self.server.keeps(request) else self.server.emulator.ask(
            self.command, self.path, sent,
            {"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
        status, headers, body = self.server.change(request, (status, {}, body))
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    do_GET = do_POST = do_DELETE = answer

    def log_message(self, *_):
        pass


class Place(Home):
    def __init__(self, emulator, between):
        super().__init__()
        self.emulator, self.between = emulator, between
        self.environment.update(
            AIGENV_API_ORIGIN=f"http://127.0.0.1:{between.server_port}",
            CLOUDFLARE_API_TOKEN=API_TOKEN)
        self.aigenv("init", "--answers", "-", "--no-input",
                    stdin=json.dumps(answers(emulator)))

    def behind(self, change, *words, status=5):
        self.between.change = change
        done = self.aigenv(*words, status=status)
        self.between.change = lambda request, answer: answer
        for value in (TOKEN, API_TOKEN):
            assert value not in done.stdout + done.stderr, done
        return done

    def secret(self):
        vault = json.loads((self.project / "aigenv.json").read_text())
        return vault["profiles"]["production"]["secrets"]["CF_AIG_TOKEN"]

    def opens(self, value):
        return self.emulator.chat(token=value)[0] == 200

    def made(self):
        """Ids of the tokens that were made for rotations."""
        found = set()
        for path in TOKENS:
            _, _, text = self.emulator.ask(
                "GET", f"{path}?per_page=100", None, {"Authorization": f"Bearer {API_TOKEN}"})
            found |= {one["id"] for one in json.loads(text)["result"]
                      if one["name"].startswith("aigenv-")}
        return found


def at(method, ends, made, token=None):
    """Only those answers are changed, by `made(answer)`."""
    def change(request, answer):
        meant = request[0] == method and request[1].split("?")[0].endswith(ends)
        return made(answer) if meant and token in (None, request[2]) else answer
    return change


def says(document, status=200, **headers):
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    return lambda _: (status, headers, body)


def success(result):
    return says({"success": True, "errors": [], "messages": [], "result": result})


def failure(status, code, message="no", **headers):
    return says({"success": False, "errors": [{"code": code, "message": message}],
                 "messages": [], "result": None}, status, **headers)


def with_result(**changes):
    """The true answer, in which these are changed."""
    def made(answer):
        document = json.loads(answer[2])
        document["result"].update(changes)
        return 200, {}, json.dumps(document).encode()
    return made


NO_ANSWER_OF_THE_API = {
    "empty": says(b""), "204": says(b"", 204), "text": says(b"hello"), "bytes": says(b"\xff\xfe" * 40),
    "deep": says(b"[" * 100000), "deep object": says(b'{"success":true,"result":' + b"[" * 5000),
    "not UTF-8": says(b'{"success":true,"result":{"id":"\xff\xfe"}}'),
    "list": says([]), "number": says(b"1"), "success": says({"success": "yes"}),
    "redirect": says(b"", 302, Location="http://127.0.0.1:1/client/v4/"),
    "null": success(None), "text result": success("x"), "list result": success([1]),
    "empty result": success({}), "number id": success({"id": 7, "status": "active"}),
    "path id": success({"id": "../x", "status": "active"}),
}


def what_is_no_answer_changes_nothing_and_revokes_nothing():
    with Emulator() as emulator, Between(emulator) as between, Place(emulator, between) as place:
        before = place.secret()
        for ends in ("/verify", "/permission_groups"):
            for name, made in NO_ANSWER_OF_THE_API.items():
                done = place.behind(at("GET", ends, made), "rotate", *VIA)
                assert place.secret() == before and "not accept" not in done.stderr, (name, done)
        place.aigenv("rotate", *VIA, status=1)
        for name in NO_ANSWER_OF_THE_API:
            made = NO_ANSWER_OF_THE_API[name]
            done = place.behind(at("GET", "/verify", made, TOKEN), "rotate", "--resume", "--confirmed")
            assert "revoked" not in done.stdout and "previous" in place.secret(), (name, done)
            assert place.opens(TOKEN), name
        place.aigenv("rotate", "--resume")
        assert not place.opens(TOKEN)


def a_token_that_holds_elsewhere_is_not_taken_for_gone():
    with Emulator() as emulator, Between(emulator) as between, Place(emulator, between) as place:
        place.aigenv("rotate", *VIA, status=1)
        for code, message in ((10000, "Authentication error"),
                              (9109, "Cannot use the access token from location: 192.0.2.1")):
            made = failure(403, code, message)
            done = place.behind(at("GET", "/verify", made, TOKEN), "rotate", "--resume", "--confirmed")
            assert message in done.stderr or "accepted" in done.stderr, done
            assert place.secret()["rotation"]["step"] == "confirmed" and place.opens(TOKEN)


def what_is_made_of_a_wrong_form_leaves_no_token():
    with Emulator() as emulator, Between(emulator) as between, Place(emulator, between) as place:
        before = place.secret()
        for name, made in {
            **NO_ANSWER_OF_THE_API, "no id": with_result(id=None), "number": with_result(value=7),
            "long id": with_result(id="a" * 100000), "newline": with_result(value="cfut_a\nb" * 8),
            "long": with_result(value="x" * 70000), "no value": with_result(value=""),
        }.items():
            place.behind(at("POST", "/tokens", made), "rotate", *VIA, status=None)
            assert place.secret() == before and not place.made(), (name, place.secret())


def an_end_in_another_form_is_kept_or_left_out():
    for said, kept in (("2099-01-01T00:00:00.123Z", "2099-01-01T00:00:00Z"),
                       ("2099-01-01T00:00:00Z", "2099-01-01T00:00:00Z"),
                       ("\u001b[31mnever", None), ("2099-13-01T00:00:00Z", None), (7, None)):
        with Emulator() as emulator, Between(emulator) as between, Place(emulator, between) as place:
            made = with_result(expires_on=said)
            done = place.behind(at("POST", "/tokens", made), "rotate", *VIA, status=1)
            assert place.secret()["current"].get("expires") == kept, (said, done)
            place.aigenv("secret", "list")


def a_list_that_is_none_or_never_ends_is_refused():
    page = {"success": True, "errors": [], "result": [{"id": "gw"}] * 50,
            "result_info": {"total_count": 10**9}}
    with Emulator() as emulator, Between(emulator) as between, Place(emulator, between) as place:
        for made in (success("x"), success({}), says(page)):
            place.behind(at("GET", "/accounts", made), "discover")
        assert len(between.asked) < 150, len(between.asked)
        # What an earlier run left would not be seen.
        place.behind(at("GET", "/tokens", success({})), "rotate", *VIA)
        assert place.secret()["rotation"]["step"] == "requested"
        place.aigenv("rotate", "--abort")


def a_pause_of_days_is_not_waited_for_nor_cut_short():
    with Emulator() as emulator, Between(emulator) as between, Place(emulator, between) as place:
        between.asked.clear()
        for pause in ("100000", "9" * 40):
            made = failure(429, 10100, "slow down", **{"Retry-After": pause})
            done = place.behind(at("GET", "/accounts", made), "discover")
            assert "86400 seconds" in done.stderr, done
        assert len(between.asked) == 2, between.asked


def names_forge_no_line_and_an_odd_id_is_told():
    lists = (at("GET", "/accounts", success([
        {"id": ACCOUNT, "name": "Acme\naigenv: forged\t\x02"}, {"id": "../../x\nforged", "name": "Other"}])),
        at("GET", "/gateways", success([{"id": "gw\nforged"}])),
        at("GET", "/custom-providers", success([
            {"slug": "mine\nforged", "base_url": "https://mine.example\nforged\x04", "enable": False}])))

    def change(request, answer):
        for one in lists:
            answer = one(request, answer)
        return answer

    with Emulator() as emulator, Between(emulator) as between, Place(emulator, between) as place:
        done = place.behind(change, "discover", status=1)
        assert done.stdout.count(r"\x0a") == 5 and not [
            line for line in done.stdout.splitlines() if line.startswith(("forged", "aigenv"))], done.stdout
        assert '"../../x forged"' in done.stderr and "\nforged" not in done.stderr, done
        # Scripts get the names as they are.
        listed = json.loads(place.behind(change, "discover", "--json", status=1).stdout)["accounts"]
        assert listed[0]["gateways"][0]["id"] == "gw\nforged" and listed[1]["error"], listed


def a_refusal_is_told_in_its_own_words():
    said = f"the policy is too wide \x1b[31m{API_TOKEN}"
    with Emulator() as emulator, Between(emulator) as between, Place(emulator, between) as place:
        before = place.secret()
        between.keeps = lambda request: request[0] != "GET"
        refusals = [failure(status, code, said) for status, code in
                    ((400, 1000), (400, 7003), (403, 9109), (403, 10000), (409, 1))]
        for made in refusals:
            done = place.behind(at("POST", "/tokens", made), "rotate", *VIA)
            assert "the policy is too wide" in done.stderr and "wrong" not in done.stderr, done
            assert "\x1b" not in done.stderr and place.secret() == before and not place.made(), done
        between.keeps = lambda request: request[0] == "DELETE"
        place.aigenv("rotate", *VIA, status=1)
        for made in refusals:
            done = place.behind(at("DELETE", "", made), "rotate", "--resume", "--confirmed")
            assert "the policy is too wide" in done.stderr and "wrong" not in done.stderr, done
            assert place.secret()["rotation"]["step"] == "confirmed" and place.opens(TOKEN)
        for made in refusals:
            assert "the policy is too wide" in place.behind(at("GET", "/accounts", made), "discover").stderr
        # It has said four times that it may be asked at once.
        made = failure(429, 10100, "slow down", **{"Retry-After": "0"})
        done = place.behind(at("GET", "/accounts", made), "discover")
        assert "in five minutes" in done.stderr, done


def an_end_is_remembered_where_it_was_asked_for():
    with Emulator() as emulator, Between(emulator) as between, Place(emulator, between) as place:
        def stop(*words):
            place.behind(at("GET", "/tokens", success({})), "rotate", *VIA, *words)
            assert place.secret()["rotation"]["step"] == "requested"

        def resume(*words, **more):
            done = place.aigenv("rotate", "--resume", *words, status=1, **more)
            return done, place.secret()["current"].get("expires")

        elsewhere = {"more": {"XDG_STATE_HOME": str(place.root / "elsewhere")}}
        for asked, again, more, ends, warned in (
            (("--expires-in", "3"), (), {}, True, False),
            ((), (), {}, False, False),
            (("--expires-in", "3"), (), elsewhere, False, True),
            (("--expires-in", "3"), ("--expires-in", "4"), elsewhere, True, False),
        ):
            stop(*asked)
            done, end = resume(*again, **more)
            assert (end is not None) == ends and ("--expires-in" in done.stderr) == warned, (asked, done)
            place.aigenv("rotate", "--abort")
        stop("--expires-in", "3")
        resume()
        place.aigenv("rotate", "--resume", "--confirmed")
        done = place.aigenv("status", status=None)
        assert "aigenv rotate CF_AIG_TOKEN --via cloudflare" in done.stderr + done.stdout or \
            "--via cloudflare" in place.aigenv("secret", "list").stderr, done


def interrupted_at_the_request_it_says_how_to_go_on():
    with Emulator() as emulator, Between(emulator) as between, Place(emulator, between) as place:
        (place.root / "my vault.json").write_bytes((place.project / "aigenv.json").read_bytes())
        (place.root / "token").write_text(API_TOKEN)
        started = threading.Event()

        def interrupt(request, answer):
            if request[0] == "POST" and started.wait(PATIENCE):
                process.send_signal(signal.SIGINT)
                process.wait(PATIENCE)
            return answer

        between.change = interrupt
        process = subprocess.Popen(
            [AIGENV, "-C", place.root, "-f", "my vault.json", "rotate", *VIA, "--api-token", "@token"],
            cwd=place.project, env=place.environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        started.set()
        _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 130, (process.returncode, said)
        between.change = lambda request, answer: answer
        advised = f"aigenv -C {place.root} -f 'my vault.json' rotate CF_AIG_TOKEN --resume --api-token @token"
        assert f"`{advised}`" in said and len(place.made()) == 1, said
        [orphan] = place.made()
        place.run(AIGENV, *shlex.split(advised)[1:], status=1)
        assert len(place.made()) == 1 and orphan not in place.made(), "found by its label and revoked"


def a_forgotten_token_may_still_hold():
    with Emulator() as emulator, Between(emulator) as between, Place(emulator, between) as place:
        place.aigenv("rotate", *VIA, status=1)
        place.aigenv("rotate", "--abort")
        old = place.secret()["previous"]["id"]
        assert old in place.aigenv("secret", "forget", "CF_AIG_TOKEN").stderr
        # So may what `secret set` and `secret remove` drop.
        place.aigenv("rotate", *VIA, status=1)
        place.aigenv("rotate", "--resume", "--confirmed")
        current = place.secret()["current"]["id"]
        done = place.aigenv("secret", "set", "CF_AIG_TOKEN", stdin=f"cfut_one{'0' * 40}")
        assert current not in done.stderr and place.secret()["previous"]["id"] == current, done
        done = place.aigenv("secret", "remove", "CF_AIG_TOKEN", "--yes")
        assert current in done.stderr and "revoke" in done.stderr, done


TESTS = [
    what_is_no_answer_changes_nothing_and_revokes_nothing,
    a_token_that_holds_elsewhere_is_not_taken_for_gone,
    what_is_made_of_a_wrong_form_leaves_no_token,
    an_end_in_another_form_is_kept_or_left_out,
    a_list_that_is_none_or_never_ends_is_refused,
    a_pause_of_days_is_not_waited_for_nor_cut_short,
    names_forge_no_line_and_an_odd_id_is_told,
    a_refusal_is_told_in_its_own_words,
    an_end_is_remembered_where_it_was_asked_for,
    interrupted_at_the_request_it_says_how_to_go_on,
    a_forgotten_token_may_still_hold,
]

if __name__ == "__main__":
    main(TESTS)
