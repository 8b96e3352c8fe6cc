# SPDX-License-Identifier: MIT
"""A place to ask: the service with your values, or an emulator with demo ones."""

import http.client
import ipaddress
import json
import re
import signal
import ssl
import urllib.parse

from .answer import Answer
from .questions import ALWAYS, SENDS

AGENT = "aigenv-ask-cloudflare/1"
SILENCE_SECONDS, WHOLE_SECONDS, BODY_MOST = 20, 60, 1 << 18
SHOWN = ("path", "chat", "version", "versioned")  # by value; of the others the name


class Wrong(Exception):
    """Usage, or values that do not work."""


def is_loopback(host):
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def check_origin(url, what):
    """(scheme://host[:port], path) of a URL that keys may be sent to."""
    try:
        parts = urllib.parse.urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Wrong(f"{what} is no URL") from None
    if not re.fullmatch(r"[0-9A-Za-z.:-]+", host) or "@" in parts.netloc or parts.query:
        raise Wrong(f"{what} is no URL of the form https://HOST/...")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise Wrong(f"{what}: keys go over https alone (http: to this machine only)")
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}" + (f":{port}" if port else ""), parts.path


def too_long(*_):
    raise TimeoutError


class Place:
    """`values`: origin, api, domain; account, gateway, segment, path, model; the secrets."""

    def __init__(self, **values):
        version = re.search(r"/v\d+$", values["path"])
        self.custom = values["segment"].startswith("custom-")
        self.values = {
            **values,
            "chat": "chat/completions",
            "version": version[0] if version else "/v1",
            "versioned": values["path"] or "/v1",
            "GATEWAY": values["gateway"].upper(),
            "SEGMENT": values["segment"].upper(),
        }

    def shown(self, path):
        """A call's path for people: nothing of the account in it."""
        values = {name: value if name in SHOWN else "{" + name + "}"
                  for name, value in self.values.items()}
        return re.sub(r"(a{20})a+", r"\1...", path.format(**values))

    def headers(self, call):
        headers = {"user-agent": AGENT} if call.agent else {}
        if call.to != "api":
            headers.update(ALWAYS)
        if call.body:
            headers["content-type"] = "application/json"
        for name in call.sends:
            header, value = SENDS[name]
            headers[header] = value.format(**self.values)
        return headers

    def body(self, call):
        if not call.costs():
            return call.body or None
        model = self.values["model"]
        return json.dumps({
            "messages": [{"role": "user", "content": "ping"}],
            **self.values["extra"],
            "model": f"{self.values['segment']}/{model}" if call.body == "compat" else model,
        })

    def ask(self, call):
        """One call: its answer, or why none came. No redirect is followed."""
        parts = urllib.parse.urlsplit(self.values[call.to])
        if parts.scheme == "https":
            connection = http.client.HTTPSConnection(
                parts.hostname, parts.port, timeout=SILENCE_SECONDS,
                context=ssl.create_default_context())
        else:
            connection = http.client.HTTPConnection(
                parts.hostname, parts.port, timeout=SILENCE_SECONDS)
        before = signal.signal(signal.SIGALRM, too_long)
        signal.alarm(WHOLE_SECONDS)
        try:
            connection.request(call.method, call.path.format(**self.values), self.body(call),
                               self.headers(call))
            answer = connection.getresponse()
            return Answer(answer.status, answer.getheaders(), answer.read(BODY_MOST))
        except (OSError, http.client.HTTPException) as error:
            return Answer(failed=type(error).__name__)
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, before)
            connection.close()
