"""One state of gateway, provider or network, and `aigenv verify` in it: what
every such trial needs, and the promises that hold in all of them."""

import contextlib
import http.server
import json
import pathlib
import re
import shlex
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import (  # noqa: E402
    ACCOUNT, AIGENV, API_TOKEN, GATEWAY, KEY, SOURCE, TOKEN, Emulator, Home,
)

MIMO = "custom-xiaomi"
# Nobody's proxy is asked: all of it is on loopback.
NO_PROXY = {
    name: "" for pair in ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
    for name in (pair, pair.upper())
}


class StandIn:
    """A server for what the emulator cannot play. `reply(request, number)` gives
    (status, headers, body); what was asked is kept as the emulator keeps it."""

    def __init__(self, reply, context=None):
        self.journal, self.lock = [], threading.Lock()
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self.handler(reply))
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        server.daemon_threads = True
        self.server = server
        scheme = "https" if context else "http"
        self.origin = f"{scheme}://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()

    def handler(self, reply):
        stand_in = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                size = int(self.headers.get("content-length") or 0)
                request = {
                    "method": self.command, "path": self.path,
                    "headers": dict(self.headers.items()),
                    "body": self.rfile.read(size).decode(),
                }
                with stand_in.lock:
                    stand_in.journal.append(request)
                    number = len(stand_in.journal)
                status, headers, body = reply(request, number)
                if isinstance(body, (dict, list)):
                    body = json.dumps(body)
                    headers = {"Content-Type": "application/json", **headers}
                data = body.encode() if isinstance(body, str) else body
                self.send_response_only(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_CONNECT = answer

            def log_message(self, *_):
                pass

        return Handler

    def requests(self):
        return self.journal

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class Trial:
    """See `trial` for what the members are."""

    def __init__(self, name, diagnosis, http_status, **members):
        known = {
            "route", "secrets", "answers", "edit", "emulator", "set", "server",
            "canned", "direct", "options", "environment", "words", "lacks", "probes",
            "mended", "warm", "status", "origin", "api_token",
            "tls", "asked", "plain_as_https", "proxy",
        }
        assert set(members) <= known, set(members) - known
        self.name, self.diagnosis, self.http_status = name, diagnosis, http_status
        self.members = members

    def get(self, member, otherwise=None):
        return self.members.get(member, otherwise)


def trial(name, diagnosis, http_status, **members):
    """What leads to a diagnosis, and what is said of it:

    route       members of the one route (custom-xiaomi)
    secrets     other or further ones; None takes one away
    answers     further members of init's answers
    edit        commands that are run after init, lists of words
    emulator    options of aig-emulator;  set   settings while it runs
    canned      rules for the route's provider;  direct  the same without gateway
    server      reply() of a StandIn, in the emulator's place
    tls         its certificate;  plain_as_https  it has none, and is asked so
    origin      a fixed one, without a server;  proxy  reply() of one before it
    asked       how many requests arrive
    options     of verify;  environment  variables for it;  api_token  in API_TOKEN
    warm        verify is run once before
    words       that message and advice hold;  lacks  that they do not
    probes      how many, or their kinds as words each has
    mended      the advice's command is run; then it works
    """
    return Trial(name, diagnosis, http_status, **members)


def status_of(diagnosis):
    if diagnosis == "ok":
        return 0
    gone = ("dns_failed", "connect_failed", "tls_failed", "timed_out")
    return 6 if diagnosis in gone else 5


def wanted_answers(this, origin):
    route = {"provider": MIMO, "model": "mimo-v2.5", **this.get("route", {})}
    if route.pop("direct", False):
        segment = route["provider"]
        route["direct_url"] = f"{origin}/direct/{segment}" + route.pop("direct_path", "/v1")
    if "direct_url" in route:
        gateway = f"{origin}/v1/{ACCOUNT}/{GATEWAY}"
        route["direct_url"] = route["direct_url"].replace("{gateway}", gateway)
    key_env = {MIMO: "MIMO_API_KEY"}.get(route["provider"])
    secrets = {"CF_AIG_TOKEN": TOKEN}
    if key_env and route.get("credential", "header") == "header":
        secrets[key_env] = KEY
    secrets.update(this.get("secrets", {}))
    more = {
        name: value.replace("{origin}", origin) if isinstance(value, str) else value
        for name, value in this.get("answers", {}).items()
    }
    return {
        "account_id": ACCOUNT, "gateway": GATEWAY, "origin": origin, "routes": [route],
        "secrets": {name: value for name, value in secrets.items() if value}, **more,
    }


class Scene:
    """A vault of its own, the other side, and what went between."""

    def __init__(self, this, home, server, origin):
        self.this, self.home, self.server, self.origin = this, home, server, origin
        self.wanted = wanted_answers(this, origin)
        self.api_token = this.get("api_token", API_TOKEN)
        self.environment = {
            **NO_PROXY, "AIGENV_API_ORIGIN": origin, "API_TOKEN": self.api_token,
            **this.get("environment", {}),
        }

    def aigenv(self, *words, status=0, stdin=""):
        return self.home.aigenv(
            *words, status=status, stdin=stdin, more=self.environment
        )

    def make(self):
        self.aigenv("init", "--answers", "-", "--no-input", "--no-verify",
                    stdin=json.dumps(self.wanted))
        for command in self.this.get("edit", ()):
            words = [word.replace("{origin}", self.origin) for word in command]
            stdin = ""
            if words[:2] == ["secret", "set"] and len(words) == 4:
                stdin = words.pop()
                self.wanted["secrets"][words[2]] = stdin
            self.aigenv(*words, stdin=stdin)

    def verify(self, status):
        options = self.this.get("options", ())
        done = self.aigenv("verify", "--json", "--explain", *options, status=None)
        if done.returncode != status:
            raise AssertionError(f"exit {done.returncode}, not {status}\n"
                                 f"{done.stdout}\n{done.stderr}")
        [result] = json.loads(done.stdout)["results"]
        self.nothing_secret_in(done.stdout + done.stderr)
        return result

    def nothing_secret_in(self, text):
        for name, value in {**self.wanted["secrets"], "API token": self.api_token}.items():
            assert value not in text, f"{name} is shown in {text}"

    def requests(self):
        return self.server.requests() if self.server else []


def provider_headers(headers):
    return {
        name: value for name, value in headers.items()
        if name != "cf-aig-authorization"
    }


def check_request(scene, request):
    """What no request may do, whatever the state."""
    secrets = scene.wanted["secrets"]
    token = secrets.get("CF_AIG_TOKEN", TOKEN)
    keys = {value for name, value in secrets.items() if name != "CF_AIG_TOKEN"}
    headers = {name.lower(): value for name, value in request["headers"].items()}
    everything = json.dumps(headers)
    path = request["path"]
    for value in {token, *keys, scene.api_token}:
        assert value not in path and value not in request["body"], request
    if path.startswith("/client/v4"):
        assert headers["authorization"] == f"Bearer {scene.api_token}", request
        assert not any(value in everything for value in {token, *keys}), request
        assert not any(name.startswith("cf-aig") for name in headers), request
        assert "--api-token" in scene.this.get("options", ()), request
        return
    assert scene.api_token not in everything, request
    if token not in keys:
        assert token not in json.dumps(provider_headers(headers)), request
    if path.startswith("/direct"):
        assert not any(name.startswith("cf-aig") for name in headers), request
        return
    profile = scene.wanted
    base = f"/v1/{profile['account_id']}/{profile['gateway']}"
    if "custom_domain" in profile:
        base = ""
    segment = profile["routes"][0]["provider"]
    assert path.startswith(f"{base}/{segment}"), request
    if "--direct" in scene.this.get("options", ()):
        return
    assert headers["cf-aig-skip-cache"] == "true", request
    unified = profile["routes"][0].get("credential") == "unified"
    assert ("cf-aig-no-wholesale" in headers) != unified, request


HELP = {}
HELP_LOCK = threading.Lock()


def help_of(scene, command):
    with HELP_LOCK:
        if command not in HELP:
            done = scene.aigenv("help", command, status=None)
            HELP[command] = done.stdout if done.returncode == 0 else None
        return HELP[command]


def check_advice(scene, text):
    """Each command that is named is one, and has the options that are named."""
    assert not re.search(r"[{}]", text), text
    for rest in re.findall(r"aigenv ([^;,`()]*)", text):
        words = rest.split()
        page = help_of(scene, words[0])
        assert page, f"there is no command {words[0]}: {text}"
        for word in words[1:]:
            if word.startswith("--"):
                assert word in page, f"{words[0]} has no {word}: {text}"


def advised(advice):
    """The words of the first command of an advice."""
    return shlex.split(re.search(r"aigenv ([^;,`()]*)", advice)[1])


def check_probes(this, result):
    probes = result["probes"]
    assert len(probes) <= 5, probes
    for probe in probes:
        assert set(probe) == {"what", "http_status"}, probe
    wanted = this.get("probes")
    if isinstance(wanted, int):
        assert len(probes) == wanted, probes
    elif wanted is not None:
        assert len(probes) == len(wanted), probes
        for probe, words in zip(probes, wanted):
            assert words in probe["what"], probes


def check_result(scene, result):
    this = scene.this
    assert result["diagnosis"] == this.diagnosis, result
    assert result["http_status"] == this.http_status, result
    assert result["ok"] == (this.diagnosis == "ok"), result
    assert result["ok"] or result["advice"], result
    # Each call is listed: the test call, and one for each probe.
    calls = result["explained"]["calls"]
    assert len(calls) == len(result["probes"]) + (1 if calls else 0), result
    assert result["explained"]["evidence"] or not calls, result
    check_probes(this, result)
    text = f"{result['message']} | {result['advice']}"
    for word in this.get("words", ()):
        assert word in text, f"{word!r} is not in: {text}"
    for word in this.get("lacks", ()):
        assert word not in text, f"{word!r} is in: {text}"
    # What a provider repeats of a request is its own.
    check_advice(scene, result["advice"])
    if this.diagnosis == "ok":
        assert not result["advice"], result


@contextlib.contextmanager
def other_side(this):
    """(server or None, origin)."""
    if this.get("proxy"):
        with StandIn(this.get("proxy")) as server:
            this.members["environment"] = {"https_proxy": server.origin}
            yield None, this.get("origin")
    elif this.get("origin"):
        yield None, this.get("origin")
    elif this.get("server"):
        with StandIn(this.get("server"), this.get("tls")) as server:
            secure = server.origin.replace("http:", "https:")
            yield server, secure if this.get("plain_as_https") else server.origin
    else:
        with Emulator("--quiet", *this.get("emulator", ())) as server:
            segment = this.get("route", {}).get("provider", MIMO)
            rules = {
                member: this.get(name) for name, member in
                (("canned", "canned"), ("direct", "canned_direct")) if this.get(name)
            }
            if rules:
                server.set(providers={segment: rules})
            if this.get("set"):
                server.set(**this.get("set"))
            yield server, server.origin


def attempt(this):
    """Runs it; returns the rows of the table that were read."""
    with other_side(this) as (server, origin), Home() as home:
        scene = Scene(this, home, server, origin)
        scene.make()
        if this.get("warm"):
            scene.verify(0)
        status = this.get("status", status_of(this.diagnosis))
        result = scene.verify(status)
        check_result(scene, result)
        asked = scene.requests()
        for request in asked:
            check_request(scene, request)
        assert this.get("asked") in (None, len(asked)), asked
        if this.get("mended"):
            scene.aigenv(*advised(result["advice"]))
            scene.verify(0)
        return result


def table_rows():
    """The rows of the one table, as they are written."""
    folder = SOURCE / "src" / "diagnosis"
    order = re.search(r"groups\[\] = \{(.*?)\};", (folder / "rules.c").read_text(), re.DOTALL)
    table = ""
    for group in re.findall(r"&(\w+)", order[1]):
        text = (folder / f"{group}.c").read_text()
        text = text[text.index("static const struct rule rows[]"):]
        table += text[: text.index("\n};")] + "\n"
    return re.findall(r"^\t(\{ .*\},)$", table, re.MULTILINE)
