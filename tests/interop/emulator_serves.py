#!/usr/bin/env python3
"""aig-emulator on the wire: what arrives, how it ends, and hostile clients."""

import http.client
import http.server
import json
import pathlib
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import EMULATOR, KEY, PATIENCE, TOKEN, Emulator, main, wait_until  # noqa: E402


def raw(emulator, request, seconds=PATIENCE):
    """Sends bytes, returns what comes until the other side closes."""
    with socket.create_connection(("127.0.0.1", emulator.port), seconds) as peer:
        peer.sendall(request)
        received = b""
        try:
            while chunk := peer.recv(65536):
                received += chunk
        except ConnectionResetError:
            return received, True
        return received, False


def request_bytes(emulator, close=True):
    body = json.dumps(
        {"model": "mimo-v2.5", "messages": [{"role": "user", "content": "hi"}]}
    ).encode()
    path = emulator.base_url().removeprefix(emulator.origin) + "/chat/completions"
    return (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: test\r\n"
        f"cf-aig-authorization: Bearer {TOKEN}\r\nAuthorization: Bearer {KEY}\r\n"
        f"Content-Length: {len(body)}\r\n{'Connection: close' if close else 'X-Y: z'}\r\n\r\n"
    ).encode() + body


def prints_its_origin_first_and_ends_on_both_signals():
    for number in (signal.SIGTERM, signal.SIGINT):
        emulator = Emulator()
        assert emulator.chat()[0] == 200
        assert emulator.stop(number) == 0


def listens_on_loopback_alone():
    with Emulator() as emulator:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))  # sends nothing
            own = probe.getsockname()[0]
        if own.startswith("127."):
            return
        try:
            socket.create_connection((own, emulator.port), 2).close()
        except OSError:
            return
        raise AssertionError("it listens beyond loopback")


def says_so_where_the_port_is_taken():
    with Emulator() as emulator:
        second = subprocess.run(
            [EMULATOR, "--port", str(emulator.port)],
            capture_output=True, text=True, timeout=60, check=False,
        )
        assert second.returncode == 7, second
        assert "--port 0" in second.stderr and not second.stdout


def shows_help_version_and_faults():
    for option, word in (
        ("--help", "--provider SEGMENT=KEY"),
        ("--version", "aig-emulator "),
        ("--fault=help", "2009-under-load"),
    ):
        done = subprocess.run(
            [EMULATOR, option], capture_output=True, text=True, timeout=60, check=True
        )
        assert word in done.stdout, done
    wrong = subprocess.run(
        [EMULATOR, "--prot", "1"], capture_output=True, text=True, timeout=60, check=False
    )
    assert wrong.returncode == 2 and "did you mean --port?" in wrong.stderr


def streams_one_event_at_a_time():
    with Emulator() as emulator:
        status, headers, body = emulator.ask(
            "POST",
            emulator.base_url() + "/chat/completions",
            {
                "model": "mimo-v2.5",
                "stream": True,
                "messages": [{"role": "user", "content": "one two three"}],
            },
            {"cf-aig-authorization": f"Bearer {TOKEN}", "Authorization": f"Bearer {KEY}"},
        )
        assert status == 200 and headers["content-type"] == "text/event-stream"
        events = body.decode().strip().split("\n\n")
        assert events[-1] == "data: [DONE]", events
        parts = [json.loads(event.removeprefix("data: ")) for event in events[:-1]]
        text = "".join(part["choices"][0]["delta"].get("content", "") for part in parts)
        assert text == "mimo-v2.5 heard: one two three", text


def plays_each_bad_delivery():
    with Emulator() as emulator:
        request = request_bytes(emulator)

        emulator.set(faults=["nothing"])
        assert raw(emulator, request)[0] == b""
        emulator.set(faults=["reset"])
        assert raw(emulator, request) == (b"", True)
        emulator.set(faults=["not-http"])
        assert raw(emulator, request)[0].startswith(b"220 ")
        emulator.set(faults=["cut"])
        try:
            emulator.ask("POST", emulator.base_url() + "/chat/completions", b"{}")
            raise AssertionError("nothing was cut")
        except http.client.IncompleteRead as cut:
            assert cut.partial and cut.expected
        emulator.set(faults=["garbage"])
        status, _, body = emulator.ask("GET", "/v1/x")
        assert status == 200 and b"\x00" in body and b"\x1b" in body
        emulator.set(faults=["redirect"])
        status, headers, _ = emulator.ask("GET", "/v1/x")
        assert status == 302 and ".invalid/" in headers["location"]
        emulator.set(faults=["html"])
        status, headers, _ = emulator.ask("GET", "/v1/x")
        assert status == 200 and headers["content-type"] == "text/html"
        assert "cf-ray" not in headers
        emulator.set(faults=["slow"])
        with socket.create_connection(("127.0.0.1", emulator.port), PATIENCE) as peer:
            peer.sendall(request)
            head = b""
            while b"\r\n\r\n" not in head:
                head += peer.recv(4096)
            assert len(peer.recv(4096)) <= 2


def ends_while_answers_are_under_way():
    emulator = Emulator("--fault", "endless")
    peers = []
    for _ in range(3):
        peer = socket.create_connection(("127.0.0.1", emulator.port), PATIENCE)
        peer.sendall(request_bytes(emulator))
        assert peer.recv(4096)
        peers.append(peer)
    emulator.set(faults=["never"])
    emulator.forget()
    silent = socket.create_connection(("127.0.0.1", emulator.port), PATIENCE)
    silent.sendall(request_bytes(emulator))
    emulator.wait_for_request()
    assert emulator.stop() == 0
    for peer in (*peers, silent):
        peer.close()


def a_silent_answer_holds_up_nobody_else():
    with Emulator("--fault", "never:1") as emulator:
        silent = socket.create_connection(("127.0.0.1", emulator.port), PATIENCE)
        silent.sendall(request_bytes(emulator))
        emulator.wait_for_request()
        assert emulator.chat()[0] == 200
        silent.close()


def refuses_what_is_too_large():
    with Emulator() as emulator:
        head = b"GET /v1/x HTTP/1.1\r\nHost: x\r\nX-Long: " + b"a" * 300_000
        received, _ = raw(emulator, head + b"\r\n\r\n")
        assert not received.startswith(b"HTTP/1.1 2"), received[:80]
        status, _, _ = emulator.ask("POST", "/v1/x", b"x" * (5 << 20))
        assert status == 413, status
        many = b"".join(b"X-%d: y\r\n" % number for number in range(1000))
        raw(emulator, b"GET /v1/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + many + b"\r\n")
        assert emulator.chat()[0] == 200


def survives_nonsense():
    with Emulator() as emulator:
        for request in (
            b"\x00\xff\x16\x03\x01 nonsense\r\n\r\n",
            b"GET / HTTP/9.9\r\n\r\n",
            b"POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
            b"POST /v1/// HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            b"GET /v1/%00/%ff/%2e%2e/x HTTP/1.1\r\nHost: x\r\nUser-Agent: a\r\nConnection: close\r\n\r\n",
            b"PUT /emulator/settings HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nConnection: close\r\n\r\n[[[[",
            b"OPTIONS * HTTP/1.1\r\nHost: x\r\nUser-Agent: a\r\nConnection: close\r\n\r\n",
        ):
            try:
                raw(emulator, request, 1)
            except TimeoutError:
                pass
        deep = b'{"model":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
        status, _, _ = emulator.ask(
            "POST",
            emulator.base_url() + "/chat/completions",
            deep,
            {"cf-aig-authorization": f"Bearer {TOKEN}", "Authorization": f"Bearer {KEY}"},
        )
        assert status == 400, status
        assert emulator.chat()[0] == 200


def serves_tls_with_a_given_certificate():
    with tempfile.TemporaryDirectory() as folder:
        certificate, key = f"{folder}/cert.pem", f"{folder}/key.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
             "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
             "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
             "-keyout", key, "-out", certificate],
            check=True, capture_output=True, timeout=60,
        )
        with Emulator("--tls-cert", certificate, "--tls-key", key) as emulator:
            trust = ssl.create_default_context(cafile=certificate)
            with urllib.request.urlopen(
                urllib.request.Request(
                    emulator.base_url() + "/models",
                    headers={
                        "cf-aig-authorization": f"Bearer {TOKEN}",
                        "Authorization": f"Bearer {KEY}",
                    },
                ),
                context=trust, timeout=60,
            ) as answer:
                assert answer.status == 200


def puts_a_real_provider_behind():
    # The provider is another emulator's, without its gateway.
    with Emulator("--open") as provider:
        class Real(http.server.BaseHTTPRequestHandler):
            seen = []
            paths = []

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                self.seen.append(dict(self.headers.items()))
                self.paths.append(self.path)
                status, _, text = provider.ask(
                    "POST", "/direct/custom-xiaomi" + self.path, body,
                    {"Authorization": self.headers.get("authorization", "")},
                )
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_):
                pass

        real = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Real)
        threading.Thread(target=real.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{real.server_port}"
        with Emulator("--upstream", f"custom-xiaomi={url}") as emulator:
            assert emulator.chat()[2]["choices"][0]["message"]["content"] == "pong"
            sent = {name.lower(): value for name, value in Real.seen[-1].items()}
            assert sent["authorization"] == f"Bearer {KEY}", sent
            assert not [name for name in sent if name.startswith("cf-")], sent
            assert emulator.chat(key="sk-wrong")[0] == 401
            assert emulator.chat(token="wrong")[0] == 401 and len(Real.seen) == 2
            emulator.ask("POST", emulator.base_url() + "/x?a=b%20c&d=e", b"{}",
                         {"cf-aig-authorization": f"Bearer {TOKEN}"})
            assert Real.paths[-1] == "/v1/x?a=b%20c&d=e", Real.paths
            real.shutdown()
            real.server_close()
            assert emulator.chat()[2]["internalCode"] == 2005


def many_clients_at_once():
    with Emulator() as emulator:
        statuses = []
        threads = [
            threading.Thread(target=lambda: statuses.append(emulator.chat()[0]))
            for _ in range(50)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert statuses == [200] * 50, statuses


def idle_connections_keep_nobody_out():
    """Silent ones, begun ones, and ones between two requests; the longest idle goes."""
    with Emulator("--latency", "3000") as emulator:
        at_work = threading.Thread(target=lambda: kept.append(emulator.chat()[0]))
        kept = []
        at_work.start()
        emulator.wait_for_request()
        emulator.set(latency_ms=0)
        idle = []
        for number in range(450):
            one = socket.create_connection(("127.0.0.1", emulator.port), PATIENCE)
            idle.append(one)
            if number % 3 == 1:
                one.sendall(b"POST /v1/a HTTP/1.1\r\nHost: a\r\n")
            if number % 3 == 2:
                one.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            if number % 50 == 0:
                assert emulator.chat()[0] == 200, number
        for _ in range(20):
            assert emulator.chat()[0] == 200
        at_work.join(PATIENCE)
        assert kept == [200], kept
        for one in idle:
            one.close()


main([
    prints_its_origin_first_and_ends_on_both_signals,
    listens_on_loopback_alone,
    says_so_where_the_port_is_taken,
    shows_help_version_and_faults,
    streams_one_event_at_a_time,
    plays_each_bad_delivery,
    ends_while_answers_are_under_way,
    a_silent_answer_holds_up_nobody_else,
    refuses_what_is_too_large,
    survives_nonsense,
    serves_tls_with_a_given_certificate,
    puts_a_real_provider_behind,
    many_clients_at_once,
    idle_connections_keep_nobody_out,
])
