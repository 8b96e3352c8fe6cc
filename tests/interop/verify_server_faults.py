#!/usr/bin/env python3
"""`aigenv verify` against servers on loopback that are no AI Gateway: pages,
garbage, silence, endless and broken answers, redirects, TLS."""

import json
import os
import pathlib
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import ACCOUNT, GATEWAY, KEY, TOKEN, Home, main  # noqa: E402

OK_BODY = b'{"choices":[{"message":{"role":"assistant","content":"Hello"}}]}'


def whole(body, status="200 OK", headers=b""):
    return (
        f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n".encode()
        + headers + b"\r\n" + body
    )


class Server:
    """Answers every connection by `speak(connection)`, after one request."""

    def __init__(self, speak, context=None):
        self.speak, self.context = speak, context
        self.asked = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.over = False
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while not self.over:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.answer, args=(connection,), daemon=True).start()

    def answer(self, connection):
        try:
            connection.settimeout(20)
            if self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
            received = b""
            # A TLS greeting to a plain server is answered at once.
            while b"\r\n\r\n" not in received and received[:1] != b"\x16":
                chunk = connection.recv(65536)
                if not chunk:
                    return
                received += chunk
            self.asked.append(received)
            self.speak(connection)
        except OSError:
            pass
        finally:
            connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.over = True
        self.listener.close()


def send(data):
    return lambda connection: connection.sendall(data)


def silence(_):
    time.sleep(15)


def forever(head, piece):
    def speak(connection):
        connection.sendall(head)
        while True:
            connection.sendall(piece)

    return speak


def slowly(data, pause):
    def speak(connection):
        for index in range(len(data)):
            connection.sendall(data[index : index + 1])
            time.sleep(pause)

    return speak


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def wanted(origin, **more):
    return {
        "account_id": ACCOUNT,
        "gateway": GATEWAY,
        "origin": origin,
        "routes": [{"provider": "custom-xiaomi", "model": "mimo-v2-flash"}],
        "secrets": {"CF_AIG_TOKEN": TOKEN, "MIMO_API_KEY": KEY},
        **more,
    }


def make(home, answers):
    home.aigenv(
        "init", "--answers", "-", "--no-input", "--no-verify", stdin=json.dumps(answers)
    )


def verify(origin, diagnosis, status, seconds=2, http=None, more=None):
    with Home() as home:
        make(home, wanted(origin))
        began = time.monotonic()
        done = home.aigenv(
            "verify", "--json", "--timeout", str(seconds), status=status, more=more
        )
        assert time.monotonic() - began < 12, "it did not keep its limits"
        [result] = json.loads(done.stdout)["results"]
        assert result["diagnosis"] == diagnosis, result
        assert result["http_status"] == http, result
        people = home.aigenv(
            "verify", "--timeout", str(seconds), status=status, more=more
        )
        for text in (done.stdout, done.stderr, people.stdout, people.stderr):
            assert TOKEN not in text and KEY not in text, "a secret is shown"
            assert not any(ord(c) < 32 and c != "\n" for c in text), repr(text)
        return result


def answers_that_are_no_api():
    for name, speak, http in (
        ("a page", send(whole(b"<html><title>Log in</title></html>")), 200),
        ("a page, 404", send(whole(b"<html></html>", "404 Not Found")), 404),
        ("a page, 502", send(whole(b"<html></html>", "502 Bad Gateway")), 502),
        ("other JSON", send(whole(b'{"hello": "there"}')), 200),
        ("an empty answer", send(whole(b"")), 200),
        ("terminal escapes", send(whole(b"\x1b]0;x\x07\x1b[31m\xff\xfe\x00")), 200),
        ("deep JSON", send(whole(b'{"a":' * 100000)), 200),
        ("no HTTP", send(b"SSH-2.0-OpenSSH_9.2p1 Debian\r\n" * 3), None),
        ("an endless body", forever(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536), 200),
        ("an endless head", forever(b"HTTP/1.1 200 OK\r\n", b"A: " + b"b" * 900 + b"\r\n"), 200),
        ("cut off in the body", send(whole(OK_BODY)[:-9]), 200),
    ):
        print(f"  {name}", flush=True)
        with Server(speak) as server:
            verify(f"http://127.0.0.1:{server.port}", "not_an_api", 5, http=http)


def connections_that_fail():
    for name, speak in (
        ("nothing", lambda _: None),
        ("reset", reset),
        ("half a status line", send(b"HTTP/1.")),
    ):
        print(f"  {name}", flush=True)
        with Server(speak) as server:
            verify(f"http://127.0.0.1:{server.port}", "connect_failed", 6)
    closed = socket.create_server(("127.0.0.1", 0))
    port = closed.getsockname()[1]
    closed.close()
    verify(f"http://127.0.0.1:{port}", "connect_failed", 6)


def answers_that_take_too_long():
    with Server(silence) as server:
        verify(f"http://127.0.0.1:{server.port}", "timed_out", 6, seconds=1)
    with Server(slowly(whole(OK_BODY), 0.2)) as server:
        verify(f"http://127.0.0.1:{server.port}", "timed_out", 6, seconds=1)
    with Server(forever(b"", b"HTTP/1.1 100 Continue\r\n\r\n")) as server:
        verify(f"http://127.0.0.1:{server.port}", "not_an_api", 5, seconds=1)


def a_redirect_is_reported_and_never_followed():
    with Server(send(whole(OK_BODY))) as other:
        target = f"Location: http://127.0.0.1:{other.port}/login?ticket=t1cket\r\n".encode()
        with Server(send(whole(b"", "302 Found", target))) as server:
            result = verify(
                f"http://127.0.0.1:{server.port}", "redirected", 5, http=302
            )
            assert "t1cket" not in json.dumps(result), result
        assert not other.asked, "the redirect was followed"


def what_a_server_repeats_of_a_secret_is_masked():
    body = json.dumps({"error": {"message": f"bad {KEY} and {TOKEN}"}}).encode()
    with Server(send(whole(body, "401 Unauthorized"))) as server:
        result = verify(
            f"http://127.0.0.1:{server.port}", "provider_key_rejected", 5, http=401
        )
        assert "bad " in result["message"], result


def an_informational_answer_comes_before_the_real_one():
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
    with Server(send(early + whole(OK_BODY))) as server:
        verify(f"http://127.0.0.1:{server.port}", "ok", 0, http=200)


def certificate(folder, name="localhost"):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-keyout", "key.pem", "-out", "cert.pem", "-subj", f"/CN={name}",
         "-addext", f"subjectAltName=DNS:{name},IP:127.0.0.1"],
        cwd=folder, check=True, capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context, str(folder / "cert.pem")


def tls_is_checked_and_an_authority_can_be_named():
    if not shutil.which("openssl"):
        print("  left out: no openssl program")
        return
    with Home() as home:
        context, authority = certificate(home.root)
        with Server(send(whole(OK_BODY)), context) as server:
            origin = f"https://127.0.0.1:{server.port}"
            verify(origin, "tls_failed", 6)
            assert not server.asked, "a key went out over a connection that is not trusted"
            for variable in ("SSL_CERT_FILE", "CURL_CA_BUNDLE"):
                verify(origin, "ok", 0, http=200, more={variable: authority})
        with Server(send(whole(OK_BODY))) as plain:
            verify(f"https://127.0.0.1:{plain.port}", "tls_failed", 6)


def a_name_that_does_not_resolve():
    # Any proxy of this machine would have to resolve it.
    off = {name: "" for name in os.environ if name.lower().endswith("_proxy")}
    verify("https://no-such-host.invalid", "dns_failed", 6, more=off)


TESTS = [
    answers_that_are_no_api,
    connections_that_fail,
    answers_that_take_too_long,
    a_redirect_is_reported_and_never_followed,
    what_a_server_repeats_of_a_secret_is_masked,
    an_informational_answer_comes_before_the_real_one,
    tls_is_checked_and_an_authority_can_be_named,
    a_name_that_does_not_resolve,
]

if __name__ == "__main__":
    main(TESTS)
