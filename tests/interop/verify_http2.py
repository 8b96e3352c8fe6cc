#!/usr/bin/env python3
"""A hundred routes are verified at once over one HTTP/2 connection: aig-emulator
behind nghttpx, whose log says what was spoken."""

import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from gate import Gate  # noqa: E402
from harness import AIGENV, KEY, PATIENCE, TOKEN, Emulator, Home, answers, main  # noqa: E402
from nghttpx import Nghttpx  # noqa: E402

PROFILES, EACH = 4, 25
ROUTES = PROFILES * EACH


def make(home, wanted):
    home.aigenv(
        "init", "--answers", "-", "--no-input", "--no-verify", stdin=json.dumps(wanted)
    )


def many_routes_share_one_connection():
    routes = [
        {"name": f"mimo{i}", "provider": "custom-xiaomi", "model": "mimo-v2.5",
         "key_env": "MIMO_API_KEY"}
        for i in range(EACH)
    ]
    secrets = {"CF_AIG_TOKEN": TOKEN, "MIMO_API_KEY": KEY}
    with Emulator() as emulator, Gate(emulator) as gate, Home() as home:
        with Nghttpx(home.root, gate.port) as proxy:
            wanted = answers(emulator, routes=routes, secrets=secrets)
            wanted["origin"] = proxy.origin
            for i in range(PROFILES):
                # Two profiles do not share a file.
                outputs = [{"template": "env", "path": f".env{i}"}]
                make(home, {**wanted, "profile": f"profile{i}", "outputs": outputs})
            gate.close()
            verify = subprocess.Popen(
                [str(AIGENV), "verify", "--all", "--json"], cwd=home.project,
                env={**home.environment, "SSL_CERT_FILE": proxy.authority},
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)  # fmt: skip
            gate.wait_for_requests(ROUTES)
            gate.open()
            results = json.loads(verify.communicate(timeout=PATIENCE)[0])["results"]
            assert [result["ok"] for result in results] == [True] * ROUTES, results
        spoken = proxy.spoken()
        assert len(spoken) == ROUTES, spoken
        assert {alpn for alpn, _ in spoken} == {"h2"}, spoken
        assert len({port for _, port in spoken}) == 1, spoken


TESTS = [many_routes_share_one_connection]

if __name__ == "__main__":
    main(TESTS)
