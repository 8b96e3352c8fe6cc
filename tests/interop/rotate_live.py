#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`rotate` where the app runs: a real pm2 serves through the emulator, and what the
processes hold is read from /proc and from PM2.

    rotate_live.py 1of2
"""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import KEY, TOKEN, Emulator, answers, main  # noqa: E402
from pm2 import KEEP, Server, live, status  # noqa: E402

NEW_KEY = "sk-aNewXiaomiKey9876543210"
NEW_TOKEN = "cfut_aNewTokenOfTheEmulator0123456789abcdef"
# It starts with the values it likes, and dies of others.
PICKY = f"if (process.env.MIMO_API_KEY !== '{KEY}') process.exit(1);\n{KEEP}"


def set_up(server, emulator, script=KEEP, **pm2):
    (server.project / "app.js").write_text(script)
    given = answers(emulator, pm2={"app": "web", "script": "./app.js", **pm2})
    done = server.aigenv("init", "--answers", "-", "--no-input", stdin=json.dumps(given))
    server.shell(done.stdout.splitlines()[-1])
    emulator.set(
        providers={"custom-xiaomi": {"keys": [KEY, NEW_KEY]}}, tokens=[TOKEN, NEW_TOKEN]
    )


def rotate(server, *words, value=None, status=0):
    return server.aigenv(
        "rotate", *words, stdin=f"{value}\n" if value else "", status=status
    )


def under_way(server, code=0):
    return status(server, code=code)["rotation"]


def revealed(server, name="MIMO_API_KEY"):
    return server.aigenv("secret", "reveal", name).stdout


def steps(done):
    return [one["step"] for one in json.loads(done.stdout)["steps"]]


def a_new_key_is_live_and_the_old_one_stays_for_a_rollback():
    with Emulator() as emulator, Server() as server:
        set_up(server, emulator)
        done = rotate(server, "MIMO_API_KEY", "--json", value=NEW_KEY)
        document = json.loads(done.stdout)
        assert document["end"] == "done", document
        assert steps(done) == [
            "staged", "proven", "switched", "written", "live", "proven_live", "confirmed",
        ], document  # fmt: skip
        assert live(server, "MIMO_API_KEY") == revealed(server) == NEW_KEY
        assert "aigenv rollback MIMO_API_KEY" in done.stderr, done
        assert under_way(server) is None

        server.aigenv("rollback", "MIMO_API_KEY")
        assert live(server, "MIMO_API_KEY") == revealed(server) == KEY
        server.aigenv("rollback", "MIMO_API_KEY", "--no-restart")
        assert live(server, "MIMO_API_KEY") == KEY


def all_processes_of_a_cluster_take_it():
    with Emulator() as emulator, Server() as server:
        set_up(server, emulator, instances=4, exec_mode="cluster")
        done = rotate(server, "CF_AIG_TOKEN", value=NEW_TOKEN)
        assert "4 processes run with it" in done.stderr, done
        assert live(server, "CF_AIG_TOKEN") == NEW_TOKEN


def an_app_that_does_not_live_with_it_gets_the_old_value_back():
    with Emulator() as emulator, Server() as server:
        set_up(server, emulator, PICKY)
        done = rotate(server, "MIMO_API_KEY", value=NEW_KEY, status=1)
        assert "taken back" in done.stderr, done
        assert live(server, "MIMO_API_KEY") == revealed(server) == KEY
        assert under_way(server) is None
        assert NEW_KEY not in (server.project / ".env").read_text()


def a_value_that_is_refused_after_the_switch_is_taken_back():
    with Emulator() as emulator, Server() as server:
        set_up(server, emulator)
        rotate(server, "MIMO_API_KEY", "--no-restart", value=NEW_KEY, status=1)
        emulator.set(providers={"custom-xiaomi": {"keys": [KEY]}})
        done = rotate(server, "--resume", status=5)
        assert "taken back" in done.stderr, done
        assert live(server, "MIMO_API_KEY") == revealed(server) == KEY
        assert under_way(server) is None


def where_neither_value_can_be_proven_it_stops_and_says_so():
    with Emulator() as emulator, Server() as server:
        set_up(server, emulator)
        rotate(server, "MIMO_API_KEY", "--no-restart", value=NEW_KEY, status=1)
        emulator.set(providers={"custom-xiaomi": {"keys": ["sk-neither-0123456789"]}})
        done = rotate(server, "--resume", status=5)
        assert "could not be proven either" in done.stderr, done
        assert "aigenv rotate MIMO_API_KEY --resume" in done.stderr, done
        assert under_way(server) == {"name": "MIMO_API_KEY", "step": "switched"}
        assert live(server, "MIMO_API_KEY") == revealed(server) == NEW_KEY
        emulator.set(providers={"custom-xiaomi": {"keys": [KEY]}})
        rotate(server, "--abort")
        assert live(server, "MIMO_API_KEY") == revealed(server) == KEY


def without_a_restart_it_stops_and_goes_on_later():
    with Emulator() as emulator, Server() as server:
        set_up(server, emulator)
        done = rotate(server, "MIMO_API_KEY", "--no-restart", value=NEW_KEY, status=1)
        assert done.stdout == (
            "pm2 restart ecosystem.config.cjs --only web --update-env\n"
        ), done
        assert live(server, "MIMO_API_KEY") == KEY
        assert under_way(server, 1) == {"name": "MIMO_API_KEY", "step": "switched"}
        server.shell(done.stdout)
        before = server.shell("pm2 pid web").stdout
        rotate(server, "--resume")
        assert server.shell("pm2 pid web").stdout == before, "it was live already"
        assert live(server, "MIMO_API_KEY") == NEW_KEY


def an_app_that_reads_its_file_by_itself_is_vouched_for():
    """What it has cannot be seen: nothing is revoked before somebody says so."""
    with Emulator() as emulator, Server() as server:
        (server.project / "app.js").write_text(KEEP)
        server.shell("pm2 -s start ./app.js --name web")
        given = answers(emulator, pm2={"app": "web"}, outputs=[{"template": "env", "path": ".env"}])
        server.aigenv("init", "--answers", "-", "--no-input", stdin=json.dumps(given))
        emulator.set(providers={"custom-xiaomi": {"keys": [KEY, NEW_KEY]}})
        done = rotate(server, "MIMO_API_KEY", value=NEW_KEY, status=1)
        assert "whether it has the new value cannot be seen" in done.stderr, done.stderr
        assert under_way(server)["step"] == "switched"
        rotate(server, "--resume", status=1)
        done = rotate(server, "--resume", "--confirmed")
        assert "by your word" in done.stderr and under_way(server) is None, done.stderr


TESTS = [
    a_new_key_is_live_and_the_old_one_stays_for_a_rollback,
    all_processes_of_a_cluster_take_it,
    an_app_that_does_not_live_with_it_gets_the_old_value_back,
    a_value_that_is_refused_after_the_switch_is_taken_back,
    where_neither_value_can_be_proven_it_stops_and_says_so,
    without_a_restart_it_stops_and_goes_on_later,
    an_app_that_reads_its_file_by_itself_is_vouched_for,
]

if __name__ == "__main__":
    main(TESTS)
