"""Trials: pages, proxies, streams, certificates, silence."""

import atexit
import gzip
import json
import pathlib
import shutil
import socket
import ssl
import subprocess
import tempfile
import zlib

from diagnoses_gateway import COMPLETION, RAY, always, error, faults, first
from diagnoses_provider import HTML
from diagnoses_trial import trial

EVENTS = {"content-type": "text/event-stream"}
CHUNK = 'data: {"choices":[{"delta":{"content":"pong"}}]}\n\n'
LAST = 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
FAR = "https://no-such-host.invalid"
STREAM = ("--stream",)


def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Authority:
    """Certificates that OpenSSL makes, each wrong in its own way."""

    KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")
    CONFIG = (
        "[ca]\ndefault_ca=c\n[c]\ndatabase=index\nserial=serial\nnew_certs_dir=.\n"
        "default_md=sha256\npolicy=p\ncopy_extensions=copy\n[p]\ncommonName=supplied\n"
    )

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="aigenv-tls-"))
        atexit.register(shutil.rmtree, self.folder, ignore_errors=True)
        (self.folder / "config").write_text(self.CONFIG)
        (self.folder / "index").touch()
        (self.folder / "index.attr").write_text("unique_subject = no\n")
        (self.folder / "serial").write_text("01\n")
        self.openssl("req", "-x509", *self.KEY, "-nodes", "-days", "30", "-subj", "/CN=authority",
                     "-keyout", "root.key", "-out", "root.pem")
        self.file = str(self.folder / "root.pem")

    def openssl(self, *words):
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)

    def context(self, name, host="IP:127.0.0.1", start="20200101000000Z",
                end="20990101000000Z"):
        self.openssl("req", *self.KEY, "-nodes", "-subj", f"/CN={name}",
                     "-addext", f"subjectAltName={host}", "-keyout", f"{name}.key",
                     "-out", f"{name}.csr")
        self.openssl("ca", "-batch", "-config", "config", "-keyfile", "root.key", "-cert",
                     "root.pem", "-startdate", start, "-enddate", end, "-in", f"{name}.csr",
                     "-out", f"{name}.pem", "-notext")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / f"{name}.pem", self.folder / f"{name}.key")
        return context


def tls_trials():
    authority = Authority()
    trusted = {"SSL_CERT_FILE": authority.file}
    answer = always(200, RAY, COMPLETION)
    yield trial("a good certificate", "ok", 200, server=answer, environment=trusted,
                tls=authority.context("good"))
    yield trial("a certificate that has expired", "tls_failed", None, server=answer,
                environment=trusted, words=["expired", "`date`"], probes=0, asked=0,
                tls=authority.context("old", end="20200201000000Z"))
    yield trial("a certificate that is not valid yet", "tls_failed", None, server=answer,
                environment=trusted, words=["not yet valid", "`date`"], asked=0,
                tls=authority.context("early", start="20980101000000Z"))
    yield trial("another host's certificate", "tls_failed", None, server=answer,
                environment=trusted, words=["is this the server that is meant?"], asked=0,
                tls=authority.context("other", host="DNS:example.com"))
    yield trial("an unknown authority", "tls_failed", None, server=answer, asked=0,
                words=["SSL_CERT_FILE"], tls=authority.context("unknown"))


TRIALS = [
    *tls_trials(),

    # Pages and text.
    trial("a captive portal", "not_an_api", 200, emulator=faults("html"),
          words=["is not the API", "captive portal"]),
    trial("Cloudflare's page of a 502", "gateway_error", 502, emulator=faults("502-html"),
          words=["AI Gateway itself"]),
    trial("a web server that is down", "gateway_error", 521, emulator=faults("521-html")),
    trial("a web server that is slow", "gateway_error", 524, emulator=faults("524-html")),
    trial("a challenge", "not_an_api", 403, emulator=faults("challenge"),
          words=["challenge meant for browsers", "WAF"]),
    trial("a challenge without its header", "not_an_api", 403, words=["for browsers"],
          server=always(403, {**RAY, **HTML}, "<html><title>Just a moment...</title>")),
    trial("Access's login page", "not_an_api", 200, emulator=faults("access-page"),
          words=["Cloudflare Access", "service token"]),
    trial("a company proxy's refusal", "not_an_api", 403, emulator=faults("proxy-page"),
          words=["no cf-ray", "HTTPS_PROXY"]),
    trial("the edge refuses the client", "not_an_api", 403, emulator=faults("1010"),
          words=["edge refuses this client"]),
    trial("the firewall blocks the client", "not_an_api", 403, words=["firewall"],
          server=always(403, {**RAY, **HTML}, "<html><title>Attention Required! | Cloudflare"
                        "</title><h1>Sorry, you have been blocked</h1></html>")),
    trial("a name without a server behind it", "not_an_api", 530, words=["reach a server"],
          server=always(530, {**RAY, **HTML}, "<title>Origin DNS error | Cloudflare</title>")),
    trial("a Worker that throws", "gateway_error", 500, words=["Worker"],
          server=always(500, {**RAY, **HTML}, "<title>Worker threw exception | ai.example.com | "
                        "Cloudflare</title>")),
    trial("the edge's rate limit", "rate_limited", 429, words=["rate limit"],
          server=always(429, {**RAY, "content-type": "text/plain"}, "error code: 1015")),
    trial("the edge's rate limit as a page", "rate_limited", 429, words=["a rule of that site's owner"],
          server=always(429, {**RAY, **HTML}, "<html><title>Access denied | ai.example.com used "
                        "Cloudflare to restrict access</title><h1>Error 1015</h1>"
                        "<h2>You are being rate limited</h2></html>")),
    trial("garbage", "not_an_api", 200, emulator=faults("garbage")),
    trial("an empty answer", "not_an_api", 200, emulator=faults("empty")),
    trial("JSON that is not a completion", "not_an_api", 200, emulator=faults("no-choices"),
          words=["another kind of API"]),
    trial("a compressed answer", "ok", 200, server=always(
        200, {**RAY, "content-encoding": "gzip"}, gzip.compress(json.dumps(COMPLETION).encode()))),
    trial("a compressed error", "provider_key_rejected", 401, server=always(
        401, {**RAY, "content-encoding": "deflate"},
        zlib.compress(b'{"error":{"message":"Invalid API Key"}}'))),
    trial("compressed otherwise", "not_an_api", 200, words=["not asked for"],
          server=always(200, {**RAY, "content-encoding": "br"}, b"\x0b\x00\x80{}\x03")),
    trial("no gzip where it should be", "not_an_api", 200, words=["damaged"],
          server=always(200, {**RAY, "content-encoding": "gzip"}, b"{}")),
    trial("a large answer", "not_an_api", 200, emulator=faults("large")),
    trial("a bomb", "not_an_api", 200, emulator=faults("gzip-bomb")),
    trial("an error in a stream's type", "provider_key_rejected", 401,
          server=always(401, {**RAY, **EVENTS}, '{"error":{"message":"Invalid API Key"}}')),
    trial("events with an error status", "not_an_api", 418,
          server=always(418, {**RAY, **EVENTS}, CHUNK + LAST)),
    trial("terminal escapes", "provider_error", 400, emulator=faults("control-characters"),
          lacks=["\x1b", "\x07", "\u009b"]),

    # Redirects.
    trial("a redirect to Access", "redirected", 302, emulator=faults("redirect"),
          words=["Access"], lacks=["kid=demo"]),
    trial("a redirect", "redirected", 307, asked=1,
          server=always(307, {"location": "https://else.example/v1?ticket=t1cket"}, ""),
          words=["https://else.example/v1", "keys are never sent"], lacks=["t1cket"]),

    # Streams.
    trial("a stream, unasked", "ok", 200, words=["though a whole one was asked for"],
          server=always(200, {**RAY, **EVENTS}, CHUNK + LAST)),
    trial("a stream, unasked, that breaks off", "not_an_api", 200, probes=0,
          server=always(200, {**RAY, **EVENTS}, CHUNK), words=["nobody asked for"],
          lacks=["the plain call works"]),
    trial("a stream", "ok", 200, options=STREAM, probes=["as a stream"]),
    trial("a stream without end", "not_an_api", 200, options=STREAM,
          server=first((200, RAY, COMPLETION), (200, {**RAY, **EVENTS}, CHUNK)),
          words=["the plain call works, but the stream breaks off"]),
    trial("a stream that is none", "not_an_api", 200, options=STREAM,
          emulator=faults("stream-json"), words=["a request for server-sent events"]),
    trial("a stream cut off amid an event", "not_an_api", 200, options=STREAM,
          emulator=faults("stream-cut"), words=["cannot be used"]),
    trial("a stream with an error in it", "provider_error", 200, options=STREAM,
          emulator=faults("stream-error")),
    trial("a stream with the gateway's error in it", "rate_limited", 429, options=STREAM,
          server=first((200, RAY, COMPLETION), error(429, 2003, "Rate limited"))),
    trial("a stream that the model refuses", "provider_error", 400, options=STREAM,
          server=first((200, RAY, COMPLETION), (400, RAY, {"error": {
              "message": "Unsupported value: 'stream'", "code": "unsupported_value"}})),
          words=["does not stream this model"]),

    # No answer.
    trial("a name that is not found", "dns_failed", None, origin=FAR,
          words=["could not be resolved", "resolver"]),
    trial("a closed port", "connect_failed", None, words=["refused"],
          origin=f"http://127.0.0.1:{closed_port()}"),
    trial("a closed connection", "connect_failed", None, emulator=faults("nothing")),
    trial("a reset", "connect_failed", None, emulator=faults("reset")),
    trial("no HTTP", "not_an_api", None, emulator=faults("not-http"),
          words=["cannot be used"]),
    trial("cut in the body", "not_an_api", 200, emulator=faults("cut"),
          words=["an answer began"]),
    trial("reset in the body", "not_an_api", 200, emulator=faults("reset-in-body"),
          words=["an answer began"]),
    trial("no end", "not_an_api", 200, emulator=faults("endless")),
    trial("silence", "timed_out", None, emulator=faults("never"),
          options=["--timeout", "1"], words=["--timeout 120"]),
    trial("one byte after the other", "timed_out", 200, emulator=faults("slow"),
          options=["--timeout", "5"]),
    trial("no TLS there", "tls_failed", None, plain_as_https=True,
          server=always(200, RAY, COMPLETION), words=["TLS connection failed"]),
    trial("a proxy that is not there", "connect_failed", None, origin=FAR,
          environment={"https_proxy": f"http://127.0.0.1:{closed_port()}"},
          words=["proxy", "NO_PROXY"]),
    trial("a proxy that wants a password", "connect_failed", None, origin=FAR,
          proxy=always(407, {"Proxy-Authenticate": "Basic"}, ""),
          words=["its user and password"]),
    trial("a proxy that refuses", "connect_failed", None, origin=FAR,
          proxy=always(403, {}, ""), words=["whether the host belongs in NO_PROXY"]),
]
