#!/usr/bin/env python3
"""A hundred routes are verified at once over one HTTP/2 connection: aig-emulator
behind nghttpx, whose log says what was spoken."""

import json
import pathlib
import shutil
import socket
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import KEY, SKIPPED, TOKEN, Emulator, Home, answers, main  # noqa: E402

PROFILES, EACH = 4, 25
ROUTES = PROFILES * EACH


def make(home, wanted):
    home.aigenv(
        "init", "--answers", "-", "--no-input", "--no-verify", stdin=json.dumps(wanted)
    )


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def wait_for(port):
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("nghttpx does not listen")


class Proxy:
    def __init__(self, folder, backend):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
             "-keyout", "key.pem", "-out", "cert.pem", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
            cwd=folder, check=True, capture_output=True,
        )
        self.port = free_port()
        self.log = folder / "access.log"
        self.authority = str(folder / "cert.pem")
        self.process = subprocess.Popen(
            ["nghttpx", f"-f127.0.0.1,{self.port}", f"-b127.0.0.1,{backend}",
             "--workers=1", "--conf=/dev/null", f"--accesslog-file={self.log}",
             "--accesslog-format=$alpn $remote_port", f"--errorlog-file={folder}/error.log",
             str(folder / "key.pem"), str(folder / "cert.pem")],
            cwd=folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        wait_for(self.port)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)


def many_routes_share_one_connection():
    routes = [
        {"name": f"mimo{i}", "provider": "custom-xiaomi", "model": "mimo-v2-flash",
         "key_env": "MIMO_API_KEY"}
        for i in range(EACH)
    ]
    secrets = {"CF_AIG_TOKEN": TOKEN, "MIMO_API_KEY": KEY}
    with Emulator("--latency", "300") as emulator, Home() as home:
        with Proxy(home.root, emulator.port) as proxy:
            wanted = answers(emulator, routes=routes, secrets=secrets)
            wanted["origin"] = f"https://localhost:{proxy.port}"
            for i in range(PROFILES):
                make(home, {**wanted, "profile": f"profile{i}"})
            began = time.monotonic()
            done = home.aigenv(
                "verify", "--all", "--json", more={"SSL_CERT_FILE": proxy.authority}
            )
            took = time.monotonic() - began
            results = json.loads(done.stdout)["results"]
            assert [result["ok"] for result in results] == [True] * ROUTES, results
            assert took < ROUTES * 0.3 / 4, f"one after the other: {took} s"
        spoken = [line.split() for line in proxy.log.read_text().splitlines()]
        assert len(spoken) == ROUTES, spoken
        assert {alpn for alpn, _ in spoken} == {"h2"}, spoken
        assert len({port for _, port in spoken}) == 1, spoken


TESTS = [many_routes_share_one_connection]

if __name__ == "__main__":
    if not shutil.which("nghttpx") or not shutil.which("openssl"):
        print("left out: nghttpx or openssl is not here")
        sys.exit(SKIPPED)
    main(TESTS)
