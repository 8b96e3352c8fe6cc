#!/usr/bin/env python3
"""`aigenv verify` against servers that mean harm: compressed and endless bodies,
JSON that grows in memory, control characters everywhere. It ends, prints no terminal escape and takes no more than 32 MiB."""

import base64
import gzip
import io
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import AIGENV, KEY, TOKEN, Home, main  # noqa: E402
from verify_server_faults import Server, forever, make, send, slowly, wanted, whole  # noqa: E402

MEMORY_LIMIT = 32 * 1024  # KiB
SANITIZED = b"__asan_" in AIGENV.read_bytes()
SECONDS = 60
HUNG = 100  # seconds after which it is held to wait without end
ESCAPES = b"\x1b]0;title\x07\x1b[31mred\x1b[0m\x9b2J\x08\x7f\xe2\x80\xae\xff"


def verify(home, *options):
    """(exit status, output, KiB)"""
    return home.measured(AIGENV, "verify", *options, timeout=HUNG)


def check_output(name, text):
    assert TOKEN.encode() not in text and KEY.encode() not in text, (name, text)
    shown = text.decode()  # fails where it is no UTF-8
    bad = [c for c in shown if c != "\n" and (ord(c) < 32 or 127 <= ord(c) < 160)]
    assert not bad and "\u202e" not in shown, (name, shown)


def verify_all(home, name, seconds=SECONDS):
    """Both forms of output; the results and the most memory taken."""
    most = 0
    for form in ("--json",), ("--explain",), ():
        status, text, kib = verify(home, *form, "--timeout", str(seconds))
        assert status in (0, 5, 6), (name, status, text)
        check_output(name, text)
        most = max(most, kib)
        if form == ("--json",):
            results = json.loads(text)["results"]
    print(f"  {name}: {results[0]['diagnosis']}, {most} KiB", flush=True)
    assert SANITIZED or most <= MEMORY_LIMIT, f"{name}: {most} KiB"
    return results


def attack(name, speak, seconds=SECONDS, **more):
    with Server(speak) as server, Home() as home:
        make(home, wanted(f"http://127.0.0.1:{server.port}", **more))
        return verify_all(home, name, seconds)[0]


def chunked(data, headers=b""):
    return (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + headers + b"\r\n"
        + f"{len(data):x}\r\n".encode() + data + b"\r\n0\r\n\r\n"
    )


def zeros(megabytes):
    squeezed = io.BytesIO()
    with gzip.GzipFile(fileobj=squeezed, mode="wb") as file:
        for _ in range(megabytes):
            file.write(bytes(1024 * 1024))
    return squeezed.getvalue()


def compressed_bombs():
    bomb = zeros(100)
    piece = f"{len(bomb):x}\r\n".encode() + bomb + b"\r\n"
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    wrapped = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: %b, chunked\r\n\r\n"
    # A frame of zstd that wants a window of 128 MiB, then repeats one byte.
    frame = b"\x28\xb5\x2f\xfd\x00\x88" + b"\x02\x00\x10\x00" * 1000
    for name, speak in (
        ("100 MB of zeros", send(whole(bomb, headers=b"Content-Encoding: gzip\r\n"))),
        ("zeros in few bytes", send(whole(zeros(20), headers=b"Content-Encoding: gzip\r\n"))),
        ("endless gzip", forever(head, piece)),
        ("endless gzip of the transfer", forever(wrapped % b"gzip", piece)),
        ("zstd of the transfer", send(wrapped % b"zstd" + chunked(frame).split(b"\r\n\r\n", 1)[1])),
        ("brotli of the transfer", forever(wrapped % b"br", piece)),
    ):
        result = attack(name, speak)
        assert result["diagnosis"] == "not_an_api", result


def endless_answers():
    for name, speak in (
        ("an endless body", forever(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536)),
        ("an endless body, 401", forever(b"HTTP/1.1 401 No\r\n\r\n", b'{"error":' * 9999)),
        ("an endless head", forever(b"HTTP/1.1 200 OK\r\n", b"A: " + b"b" * 900 + b"\r\n")),
        ("an endless line", forever(b"HTTP/1.1 200 OK\r\nA: ", b"b" * 65536)),
        ("endless trailers", forever(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                     b"1\r\nx\r\n0\r\n", b"A: b\r\n" * 500)),
        ("endless events", forever(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n", b"data: {}\n\n" * 500)),
    ):
        result = attack(name, speak)
        assert result["diagnosis"] == "not_an_api", result
    slow = slowly(whole(b"{" + b" " * 4000 + b"}"), 0.05)
    assert attack("a byte at a time", slow, 1)["diagnosis"] == "timed_out"


MEBIBYTE = 1024 * 1024 - 1024


def repeated(first, item, last, size):
    return first + b",".join([item] * ((size - 8) // (len(item) + 1))) + last


def bombs(size):
    return (
        ("empty lists", repeated(b"[", b"[]", b"]", size)),
        ("empty objects", repeated(b"[", b"{}", b"]", size)),
        ("small strings", repeated(b"[", b'""', b"]", size)),
        ("small objects", repeated(b'{"data":[', b'{"id":1}', b"]}", size)),
        ("many members", b"{" + b",".join(b'"%x":1' % i for i in range(size // 10)) + b"}"),
        ("deep objects", b'{"a":' * (size // 10) + b"1" + b"}" * (size // 10)),
        ("deep lists", b"[" * (size // 2) + b"]" * (size // 2)),
        ("one long string", b'{"error":{"message":"' + b"\\u0041" * (size // 7) + b'"}}'),
    )


def json_bombs():
    for name, body in bombs(60 * 1024):
        for status in ("200 OK", "404 Not Found"):
            attack(f"{name}, {status[:3]}", send(whole(body, status)))


def json_bombs_in_the_list_of_models():
    """More is read of it than of the other answers."""
    missing = whole(b'{"error":{"message":"The model does not exist",'
                    b'"code":"model_not_found"}}', "404 Not Found")
    asked = []
    for size in (180 * 1024, MEBIBYTE):
        for name, body in bombs(size):
            with Server(None) as server, Home() as home:
                def speak(connection, server=server, body=body):
                    listing = server.asked[-1].startswith(b"GET ")
                    asked.append(listing)
                    connection.sendall(whole(body) if listing else missing)

                server.speak = speak
                make(home, wanted(f"http://127.0.0.1:{server.port}"))
                verify_all(home, f"{name}, {size} bytes")
    assert any(asked), "no list of models was asked for"


def many_routes_at_once():
    """Every answer is as large as it may be, or larger."""
    routes = [
        {"name": f"mimo{i}", "provider": "custom-xiaomi", "model": "m", "key_env": "MIMO_API_KEY"}
        for i in range(32)
    ]
    body = repeated(b"[", b"[]", b"]", 60 * 1024)
    for name, speak in (
        ("32 endless bodies", forever(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536)),
        ("32 times empty lists", send(whole(body, "404 Not Found"))),
        ("32 endless heads", forever(b"HTTP/1.1 200 OK\r\n", b"A: " + b"b" * 900 + b"\r\n")),
    ):
        attack(name, speak, routes=routes)


def control_characters_are_not_shown():
    def escaped(data):
        return data.decode("latin-1").encode("utf-8")

    error = json.dumps({"error": {
        "message": "bad " + ESCAPES.decode("latin-1"), "type": "\x1b[2J", "code": "\u202e",
        "param": "\x1b[8m", "name": "AiGatewayError\x1b[2J",
    }}).encode()
    model = json.dumps({"data": [{"id": "mimo\x1b[2J-v2-flash"}]}).encode()
    for name, answer in (
        ("in a header", whole(b"{}", "401 No", b"cf-aig-step: " + ESCAPES + b"\r\n")),
        ("in the log id", whole(b"{}", "401 No", b"cf-aig-log-id: " + ESCAPES + b"\r\n")),
        ("in the status line", whole(b"{}", "401 " + ESCAPES.decode("latin-1"))),
        ("in Location", whole(b"", "302 Found", b"Location: http://a/" + ESCAPES + b"\r\n")),
        ("in a page", whole(b"<title>" + ESCAPES + b"</title>", "403 No")),
        ("in text", whole(ESCAPES * 100, "500 Oops")),
        ("in JSON, raw", whole(b'{"error":{"message":"' + ESCAPES + b'"}}', "400 Bad")),
        ("in JSON, escaped", whole(error, "400 Bad")),
        ("in JSON, as UTF-8", whole(b'{"error":{"message":"' + escaped(b"\x9b2J") + b'"}}', "400 Bad")),
        ("in a list of models", whole(model, "404 Not Found")),
        ("in an event", whole(b"data: " + error + b"\n\n", "400 Bad",
                              b"Content-Type: text/event-stream\r\n")),
        ("a header without end", b"HTTP/1.1 200 OK\r\n" + ESCAPES + b"\r\n\r\n"),
        ("NUL in a header", whole(b"{}", headers=b"A: b\0c\r\n")),
    ):
        attack(name, send(answer))


def each(form):
    """A way to write each character of a text by itself."""
    return lambda text: "".join(form(c) for c in text)


# Name, and how a server may write what it was sent.
SPELLINGS = {
    "as it is": str,
    "in upper case": str.upper,
    "with escaped slashes": lambda text: text.replace("/", "\\/"),
    "as percents": each(lambda c: f"%{ord(c):02X}"),
    "with some percents": each(lambda c: c if c.isalnum() else f"%{ord(c):02x}"),
    "as entities": each(lambda c: f"&#x{ord(c):x};"),
    "as escapes": each(lambda c: f"\\u{ord(c):04x}"),
    "in hex": each(lambda c: f"{ord(c):02x}"),
    "in hex with colons": each(lambda c: f"{ord(c):02X}:"),
    "spaced": each(lambda c: c + " "),
    "wrapped": each(lambda c: c + ("\\n" if c in "Kio" else "")),
}
ODD_KEY = "sk-demo/Xia&omi+Key=0123~456_789.Zz"


def shows(text, key, spell):
    return any(spell(key[i:i + 10]) in text for i in range(len(key) - 9))


def shows_base64(text, encoded):
    return any(encoded[i:i + 17] in text for i in range(len(encoded) - 16))


def echo(message):
    """It stands in the body, in the body's body, in a header and in a page."""
    header = b"X-Key: " + message.encode().replace(b"\n", b" ") + b"\r\n"
    for body in (f'{{"error":{{"message":"bad key {message}"}}}}',
                 json.dumps({"error": {"message": f"bad key {message}"}}),
                 f"<title>bad key {message}</title>",
                 f'{{"choices":[{{"message":{{"role":"a","content":"{message}"}}}}]}}'):
        for status in "400 Bad", "200 OK":
            yield send(whole(body.encode(), status, header))


def printed(speak):
    with Server(speak) as server, Home() as home:
        make(home, wanted(f"http://127.0.0.1:{server.port}", secrets={
            "CF_AIG_TOKEN": TOKEN, "MIMO_API_KEY": ODD_KEY}))
        return "".join(verify(home, *form, "--timeout", str(SECONDS))[1].decode()
                       for form in (("--explain",), ("--json",)))


def keys_are_not_shown_in_other_spellings():
    for name, spell in SPELLINGS.items():
        for speak in echo(spell(ODD_KEY)):
            text = printed(speak)
            assert not shows(text, ODD_KEY, spell), (name, text)
            # A string of JSON, in which \\u002f is /.
            assert not shows(text, ODD_KEY, str), (name, text)
    for front in "", "user:", "a:":
        encoded = base64.b64encode((front + ODD_KEY).encode()).decode()
        for speak in echo(encoded):
            text = printed(speak)
            assert not shows_base64(text, encoded), text
    for speak in echo(ODD_KEY[:-4] + "..."), echo(ODD_KEY[:20] + " and " + ODD_KEY[12:]):
        for answer in speak:
            assert not shows(printed(answer), ODD_KEY, str)


TESTS = [
    compressed_bombs,
    endless_answers,
    json_bombs,
    json_bombs_in_the_list_of_models,
    many_routes_at_once,
    control_characters_are_not_shown,
    keys_are_not_shown_in_other_spellings,
]

if __name__ == "__main__":
    main(TESTS)
