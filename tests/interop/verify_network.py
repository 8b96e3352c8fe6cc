#!/usr/bin/env python3
"""`aigenv verify` where the network fails on the way to a server: names,
certificates, TLS, proxies. No packet leaves the machine."""

import os
import pathlib
import ssl
import subprocess
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import KEY, PATIENCE, Home, main  # noqa: E402
from verify_server_faults import (  # noqa: E402
    OK_BODY, PROXY_PASSWORD, Server, closed_port, make, reset, send, silence, verify, wanted,
    whole,
)


NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")


class Authority:
    """Certificates by one authority, made by the openssl program."""

    CONFIG = """
[ca]
default_ca = here
[here]
new_certs_dir = .
database = index.txt
serial = serial
default_md = sha256
unique_subject = no
policy = any
[any]
commonName = supplied
"""

    def __init__(self, folder):
        self.folder = folder
        (folder / "ca.conf").write_text(self.CONFIG)
        (folder / "index.txt").write_text("")
        (folder / "serial").write_text("01\n")
        self.openssl(
            "req", "-x509", *NEW_KEY, "-nodes", "-days", "9",
            "-keyout", "authority.key", "-out", "authority.pem", "-subj", "/CN=tests",
        )
        self.trusted = {"SSL_CERT_FILE": str(folder / "authority.pem")}

    def openssl(self, *words):
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)

    def context(self, name="localhost", first="200101000000Z", last="490101000000Z"):
        (self.folder / "names.ext").write_text(f"subjectAltName=DNS:{name}\n")
        self.openssl(
            "req", *NEW_KEY, "-nodes", "-keyout", "key.pem", "-out", "ask.pem",
            "-subj", f"/CN={name}",
        )
        self.openssl(
            "ca", "-batch", "-notext", "-config", "ca.conf", "-cert", "authority.pem",
            "-keyfile", "authority.key", "-in", "ask.pem", "-out", "cert.pem",
            "-startdate", first, "-enddate", last, "-extfile", "names.ext",
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "cert.pem", self.folder / "key.pem")
        return context


def tls_is_checked_and_each_fault_of_a_certificate_told():
    with Home() as home:
        authority = Authority(home.root)
        for word, trusted, certificate in (
            (None, True, {}),
            ("expired", True, {"last": "210101000000Z"}),
            ("not yet valid", True, {"first": "480101000000Z"}),
            ("another host", True, {"name": "other.example"}),
            ("unknown authority", False, {}),
        ):
            print(f"  {word}", flush=True)
            with Server(send(whole(OK_BODY)), authority.context(**certificate)) as server:
                origin = f"https://localhost:{server.port}"
                more = authority.trusted if trusted else None
                if not word:
                    verify(origin, "ok", 0, http=200, more=more)
                    continue
                verify(origin, "tls_failed", 6, more=more, word=word)
                assert not server.asked, "a key went out over a connection that is not trusted"


def an_authority_can_be_named():
    with Home() as home:
        authority = Authority(home.root)
        [path] = authority.trusted.values()
        with Server(send(whole(OK_BODY)), authority.context()) as server:
            origin = f"https://localhost:{server.port}"
            for variable in ("SSL_CERT_FILE", "CURL_CA_BUNDLE"):
                verify(origin, "ok", 0, http=200, more={variable: path})
            missing = {"SSL_CERT_FILE": f"{path}.missing"}
            verify(origin, "tls_failed", 6, more=missing, word="authorities")


def an_authority_may_come_through_a_pipe():
    with Home() as home:
        authority = Authority(home.root)
        pipe = home.root / "pipe"
        os.mkfifo(pipe)
        with Server(send(whole(OK_BODY)), authority.context()) as server:
            make(home, wanted(f"https://localhost:{server.port}"))
            text = (home.root / "authority.pem").read_text()
            threading.Thread(target=lambda: pipe.write_text(text), daemon=True).start()
            home.aigenv("verify", status=0, more={"CURL_CA_BUNDLE": str(pipe)})
        done = home.aigenv("verify", status=3, more={"CURL_CA_BUNDLE": "/dev/zero"})
        assert "CURL_CA_BUNDLE: /dev/zero" in done.stderr, done.stderr


def servers_without_tls():
    for speak, word in (
        (send(whole(OK_BODY)), "no tls"),
        (lambda _: None, "cut off"),
        (reset, "cut off"),
        (send(b"\x15\x03\x03\x00\x02\x02\x28"), "handshake"),
    ):
        with Server(speak) as server:
            verify(f"https://127.0.0.1:{server.port}", "tls_failed", 6, word=word)


FAR = "https://gateway.ai.cloudflare.invalid"


def through(port):
    return {"HTTPS_PROXY": f"http://someone:{PROXY_PASSWORD}@127.0.0.1:{port}"}


def proxies_that_fail_are_named():
    for name, speak, diagnosis, word in (
        ("403", send(b"HTTP/1.1 403 Forbidden\r\n\r\n"), "connect_failed", "proxy"),
        ("407", send(b"HTTP/1.1 407 Who\r\n\r\n"), "connect_failed", "password"),
        ("502", send(b"HTTP/1.1 502 Bad Gateway\r\n\r\n"), "connect_failed", "502"),
        ("closed", lambda _: None, "connect_failed", "proxy"),
        ("silent", silence, "timed_out", "proxy"),
        ("tunnel to nothing", send(b"HTTP/1.1 200 OK\r\n\r\n"), "tls_failed", "cut off"),
    ):
        print(f"  {name}", flush=True)
        with Server(speak) as server:
            seconds = 1 if name == "silent" else PATIENCE
            result = verify(FAR, diagnosis, 6, seconds, more=through(server.port), word=word)
            assert all(KEY.encode() not in asked for asked in server.asked)
            if diagnosis != "tls_failed":
                assert f"127.0.0.1:{server.port}" in result["people"], result
    port = closed_port()
    result = verify(FAR, "connect_failed", 6, more=through(port), word="proxy")
    assert f"127.0.0.1:{port}" in result["people"], result
    nowhere = {"HTTPS_PROXY": "http://no-such-proxy.invalid:3128"}
    verify(FAR, "dns_failed", 6, more=nowhere, word="no-such-proxy.invalid:3128")


def loopback_needs_no_proxy():
    with Server(send(whole(OK_BODY))) as server:
        everything = {**through(closed_port()), "HTTP_PROXY": "http://127.0.0.1:9"}
        everything["ALL_PROXY"] = everything["http_proxy"] = everything["HTTPS_PROXY"]
        verify(f"http://127.0.0.1:{server.port}", "ok", 0, http=200, more=everything)


def a_name_that_does_not_resolve():
    # Any proxy of this machine would have to resolve it.
    off = {name: "" for name in os.environ if name.lower().endswith("_proxy")}
    verify("https://no-such-host.invalid", "dns_failed", 6, more=off, word="name")


TESTS = [
    tls_is_checked_and_each_fault_of_a_certificate_told,
    an_authority_can_be_named,
    an_authority_may_come_through_a_pipe,
    servers_without_tls,
    proxies_that_fail_are_named,
    loopback_needs_no_proxy,
    a_name_that_does_not_resolve,
]

if __name__ == "__main__":
    main(TESTS)
