#!/usr/bin/env python3
"""`aigenv verify` against servers on loopback that are no AI Gateway: pages,
garbage, silence, broken answers, redirects. TLS and proxies are in verify_network.py,
what servers send to do harm in verify_hostile.py."""

import contextlib
import json
import pathlib
import socket
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import ACCOUNT, GATEWAY, KEY, PATIENCE, TOKEN, Home, main  # noqa: E402

PROXY_PASSWORD = "pr0xyPassw0rd"
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
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while not self.over:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.answer, args=(connection,), daemon=True).start()

    def answer(self, connection):
        try:
            connection.settimeout(PATIENCE)
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
        # A thread that still waits in accept() would take the connection of a later
        # server, whose socket has the same number.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.thread.join()
        self.listener.close()


def send(data):
    return lambda connection: connection.sendall(data)


def silence(_):
    time.sleep(2 * PATIENCE)


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
        "routes": [{"provider": "custom-xiaomi", "model": "mimo-v2.5"}],
        "secrets": {"CF_AIG_TOKEN": TOKEN, "MIMO_API_KEY": KEY},
        **more,
    }


def make(home, answers):
    home.aigenv(
        "init", "--answers", "-", "--no-input", "--no-verify", stdin=json.dumps(answers)
    )


def verify(origin, diagnosis, status, seconds=PATIENCE, http=None, more=None, word=None):
    """Both forms of output; `word` stands in what is said to people."""
    with Home() as home:
        make(home, wanted(origin))
        done = home.aigenv(
            "verify", "--json", "--timeout", str(seconds), status=status, more=more
        )
        [result] = json.loads(done.stdout)["results"]
        assert result["diagnosis"] == diagnosis, result
        assert result["http_status"] == http, result
        people = home.aigenv(
            "verify", "--timeout", str(seconds), status=status, more=more
        )
        if word:
            assert word in (people.stdout + people.stderr).lower(), (word, people)
        for text in (done.stdout, done.stderr, people.stdout, people.stderr):
            assert PROXY_PASSWORD not in text, "the proxy's password is shown"
            assert TOKEN not in text and KEY not in text, "a secret is shown"
            assert not any(ord(c) < 32 and c != "\n" for c in text), repr(text)
        return {**result, "people": people.stdout + people.stderr}


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
    ):
        print(f"  {name}", flush=True)
        with Server(speak) as server:
            verify(f"http://127.0.0.1:{server.port}", "not_an_api", 5, http=http)


def connections_that_fail():
    for name, speak, word in (
        ("nothing", lambda _: None, "closed"),
        ("reset", reset, "reset"),
        ("half a status line", send(b"HTTP/1."), "closed"),
    ):
        print(f"  {name}", flush=True)
        with Server(speak) as server:
            verify(f"http://127.0.0.1:{server.port}", "connect_failed", 6, word=word)
    verify(f"http://127.0.0.1:{closed_port()}", "connect_failed", 6, word="refused")


def closed_port():
    closed = socket.create_server(("127.0.0.1", 0))
    port = closed.getsockname()[1]
    closed.close()
    return port


def answers_that_break_off():
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"

    def broken(connection):
        connection.sendall(head + OK_BODY)
        time.sleep(0.3)
        reset(connection)

    for name, speak, word in (
        ("reset in the body", broken, "middle"),
        ("closed in the body", send(head + OK_BODY), "middle"),
        ("a bad chunk", send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), "malformed"),
        ("a long body", send(whole(b"x" * 3_000_000)), "limit"),
        ("a long head", send(whole(OK_BODY, headers=b"A: b\r\n" * 30_000)), "limit"),
        ("a long line", send(whole(OK_BODY, headers=b"A: " + b"b" * 300_000 + b"\r\n")), "limit"),
    ):
        print(f"  {name}", flush=True)
        with Server(speak) as server:
            verify(f"http://127.0.0.1:{server.port}", "not_an_api", 5, http=200, word=word)


def answers_that_take_too_long():
    def origin(server, scheme="http"):
        return f"{scheme}://127.0.0.1:{server.port}"

    with Server(silence) as server:
        verify(origin(server), "timed_out", 6, seconds=1, word="no answer began")
    with Server(slowly(whole(OK_BODY), 0.2)) as server:
        verify(origin(server), "timed_out", 6, seconds=1)
    # An answer has to begin before its time is over.
    slow = send(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{")
    with Server(lambda connection: (slow(connection), silence(connection))) as server:
        verify(origin(server), "timed_out", 6, seconds=5, http=200, word="did not end")
    with Server(silence) as server:
        verify(origin(server, "https"), "timed_out", 6, seconds=1, word="handshake")
    with full_listener() as port:
        verify(f"http://127.0.0.1:{port}", "timed_out", 6, seconds=1, word="connecting")
    with Server(forever(b"", b"HTTP/1.1 100 Continue\r\n\r\n")) as server:
        verify(origin(server), "not_an_api", 5)


@contextlib.contextmanager
def full_listener():
    """A port whose connections are never completed: its queue is full."""
    with contextlib.ExitStack() as sockets:
        listener = sockets.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(4):
            waiting = sockets.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]


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


TESTS = [
    answers_that_are_no_api,
    connections_that_fail,
    answers_that_break_off,
    answers_that_take_too_long,
    a_redirect_is_reported_and_never_followed,
    what_a_server_repeats_of_a_secret_is_masked,
    an_informational_answer_comes_before_the_real_one,
]

if __name__ == "__main__":
    main(TESTS)
