#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The sealed start beside a real PM2: it is told no value and stores none, and
each start takes the vault as it lies there.

    pm2_sealed.py 1of5
"""

import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import AIGENV, KEY, TOKEN, Emulator, answers, main  # noqa: E402
from pm2 import KEEP, Server, listed, live, status  # noqa: E402

RESTART = "pm2 restart ecosystem.config.cjs --only web --update-env"
OUTPUT = [{"template": "ecosystem-sealed", "path": "ecosystem.config.cjs"}]
NEW = "sk-aNewXiaomiKey9876543210"


def set_up(server, emulator, script=KEEP, **changes):
    (server.project / "app.js").write_text(script)
    given = answers(emulator, **{
        "pm2": {"app": "web", "script": "./app.js", "args": ["a b", "-p"], "node_args": ["--no-warnings"]},
        "outputs": OUTPUT, "vars": {"MARK": "one"}, **changes})
    done = server.aigenv("init", "--answers", "-", "--no-input", stdin=json.dumps(given))
    assert done.stdout.splitlines()[-1] == RESTART, done.stdout
    assert not (server.project / ".env").exists()


def told(server):
    """All that PM2 says and has written of its apps."""
    said = server.shell("pm2 -s jlist").stdout + server.shell("pm2 -s prettylist").stdout
    return said + "".join(path.read_text(errors="replace")
                          for path in server.pm2_home.rglob("*") if path.is_file())


def no_value(server):
    said = told(server)
    for value in (TOKEN, KEY, NEW):
        assert value not in said, [line for line in said.splitlines() if value in line][:3]


def until(found, what):
    deadline = time.monotonic() + 60
    while not (value := found()):
        assert time.monotonic() < deadline, what
        time.sleep(0.1)
    return value


def has(server, name, value):
    """Waits until the process has it: PM2 says online before aigenv has become the app."""
    def there():
        try:
            return live(server, name) == value
        except (AssertionError, KeyError, OSError):
            return False
    until(there, f"{name} is not live")


def state_is(server, state):
    return lambda: [one["pm2_env"]["status"] for one in listed(server)] == [state]


def it_starts_restarts_and_comes_back_and_pm2_knows_nothing():
    with Emulator() as emulator, Server() as server:
        set_up(server, emulator)
        # Also where the shell that starts it has the variables.
        server.shell(RESTART, more={"MIMO_API_KEY": KEY, "CF_AIG_TOKEN": TOKEN})
        until(state_is(server, "online"), "it is not online")
        has(server, "MIMO_API_KEY", KEY)
        has(server, "MARK", "one")
        found = status(server)
        assert found["processes"][0]["state"] == "in_sync" and found["unproven"] == [], found
        # aigenv has become the app: nothing stands between PM2 and it.
        words = pathlib.Path(f"/proc/{listed(server)[0]['pid']}/cmdline").read_bytes().split(b"\0")[:-1]
        assert words == [b"node", b"--no-warnings", b"./app.js", b"a b", b"-p"], words
        no_value(server)

        # What is printed brings in new values; so does --restart.
        server.aigenv("secret", "set", "MIMO_API_KEY", stdin=NEW)
        done = server.aigenv("apply", "--no-verify")
        assert done.stdout.splitlines()[-1] == RESTART, done.stdout
        assert status(server, code=1)["processes"][0]["names"] == ["MIMO_API_KEY"]
        server.shell(RESTART)
        has(server, "MIMO_API_KEY", NEW)
        server.aigenv("config", "set", "vars.MARK=two")
        done = json.loads(server.aigenv("apply", "--no-verify", "--restart", "--json").stdout)
        assert done["restart"]["live"] is True, done
        has(server, "MARK", "two")
        server.aigenv("config", "set", "vars.MARK=three")
        server.shell("pm2 -s reload ecosystem.config.cjs --only web")
        has(server, "MARK", "three")

        # A name that is given up is gone with the next start: PM2 has none of it.
        server.aigenv("config", "unset", "vars.MARK")
        assert server.aigenv("apply", "--no-verify").stdout.splitlines()[-1].startswith(RESTART)
        server.shell(RESTART)
        has(server, "MARK", None)

        # The next boot, and one whose vault has moved on.
        server.shell("pm2 -s save && pm2 -s save")
        no_value(server)
        server.shell("pm2 -s kill")
        server.aigenv("secret", "set", "MIMO_API_KEY", stdin=KEY)
        emulator.stop()
        server.shell("pm2 -s resurrect")
        until(state_is(server, "online"), "it is not online")
        has(server, "MIMO_API_KEY", KEY)
        no_value(server)
        found = status(server)
        assert found["dump"] == "in_sync" and found["processes"][0]["state"] == "in_sync", found
        # Its next start takes what was refused here: nothing else is promised.
        done = server.aigenv("apply", status=6)
        assert "keeps its present values until it is started again" in done.stderr, done
        # No call was made with that value here: it is live, and unproven.
        assert found["unproven"] == ["xiaomi"], found
        shown = server.aigenv("status")
        assert "unproven" in shown.stdout and "`aigenv apply`" in shown.stderr, shown


def a_start_that_cannot_open_the_vault_says_why_and_comes_back():
    with Emulator() as emulator, Server() as server:
        set_up(server, emulator)
        server.shell(RESTART)
        identity = server.home / ".config" / "aigenv" / "identity.txt"
        identity.rename(identity.with_suffix(".away"))
        server.shell(RESTART, status=None)
        until(state_is(server, "errored"), "it does not give up")
        log = (server.pm2_home / "logs" / "web-error.log").read_text()
        lines = [line for line in log.splitlines() if line.startswith("aigenv: ")]
        assert lines and "identity" in lines[-1], log
        found = status_without(server)
        assert found.returncode == 4, found
        identity.with_suffix(".away").rename(identity)
        assert status(server, code=1)["processes"][0]["state"] == "stopped"
        done = server.aigenv("apply", "--no-verify", "--restart", "--json")
        assert json.loads(done.stdout)["restart"]["live"] is True, done

        # An app that falls over is started anew, each time by aigenv.
        (server.project / "app.js").write_text("process.exit(3)\n")
        server.shell(RESTART, status=None)
        until(state_is(server, "errored"), "it does not give up")
        no_value(server)


def status_without(server):
    return server.aigenv("status", status=None)


def wait_ready_works_and_cluster_mode_is_refused():
    with Emulator() as emulator, Server() as server:
        set_up(server, emulator, script="setTimeout(() => process.send('ready'), 300);\n" + KEEP)
        # The channel to PM2 comes through.
        (server.project / "own.config.cjs").write_text(
            "const file = require('./ecosystem.config.cjs');\n"
            "Object.assign(file.apps[0], { wait_ready: true, listen_timeout: 60000 });\nmodule.exports = file;\n")
        server.shell("pm2 start own.config.cjs --only web")
        assert listed(server)[0]["pm2_env"]["status"] == "online"
        has(server, "MIMO_API_KEY", KEY)
        server.shell("pm2 reload own.config.cjs --only web")
        has(server, "MIMO_API_KEY", KEY)

        for settings in (["pm2.exec_mode=cluster"], ["pm2.exec_mode=cluster", "pm2.instances=2"]):
            server.aigenv("config", "set", *settings)
            done = server.aigenv("apply", "--no-verify", status=3)
            assert "cluster mode" in done.stderr and "pm2.exec_mode=fork" in done.stderr, done
        server.aigenv("config", "set", "pm2.exec_mode=fork")
        # PM2 would give a path with a blank to bash, and its arguments to nobody.
        there = server.root / "my tools" / "aigenv"
        there.parent.mkdir()
        shutil.copy(AIGENV, there)
        done = server.run(there, "apply", "--no-verify", status=3)
        assert "blank in its path" in done.stderr and str(there) in done.stderr, done
        done = server.aigenv("apply", "--no-verify", "--restart", "--json")
        assert json.loads(done.stdout)["restart"]["live"] is True and len(listed(server)) == 2, done


def one_that_had_its_values_from_a_file_is_started_anew():
    with Emulator() as emulator, Server() as server:
        # A program of its own, which stays what PM2 has started.
        shutil.copy(shutil.which("sleep"), server.project / "server")
        given = answers(emulator, pm2={"app": "web", "script": "./server", "args": ["100000"]})
        done = server.aigenv("init", "--answers", "-", "--no-input", stdin=json.dumps(given))
        server.shell(done.stdout.splitlines()[-1] + " && pm2 -s save")
        assert KEY in told(server)
        server.aigenv("config", "set", "outputs.1.template=ecosystem-sealed")
        server.aigenv("config", "unset", "outputs.0")
        os.unlink(server.project / ".env")
        reason = status(server, code=1)["processes"][0]["reason"]
        assert "started with other settings" in reason, reason
        done = server.aigenv("apply", "--no-verify")
        command = done.stdout.splitlines()[-1]
        assert command == (f"{RESTART} && pm2 delete web && pm2 start ecosystem.config.cjs --only web"
                           " && pm2 save && pm2 save"), command
        server.shell(command)
        has(server, "MIMO_API_KEY", KEY)
        no_value(server)
        found = status(server)
        assert found["processes"][0]["state"] == "in_sync" and found["exposed"] == [], found

        # A restart by name brings a shell's values in: that is seen, and undone.
        server.shell("aigenv run --clean -- pm2 restart web --update-env")
        process = status(server, code=1)["processes"][0]
        assert process["state"] == "stale" and "stores" in process["reason"], process
        done = server.aigenv("apply", "--no-verify", "--restart", "--json")
        assert json.loads(done.stdout)["restart"]["live"] is True, done
        no_value(server)


def what_is_still_opening_the_vault_is_waited_for():
    with Emulator() as emulator, Server() as server:
        set_up(server, emulator)
        # It opens the vault once somebody writes the identity.
        pipe = server.root / "pipe"
        os.mkfifo(pipe, 0o600)
        server.shell("pm2 start ecosystem.config.cjs --only web", more={"AIGENV_IDENTITY": str(pipe)})
        assert listed(server)[0]["pm2_env"]["status"] == "online"

        def answer(*words, seconds):
            """What aigenv says that looks for so long before the vault is opened, or gives up before."""
            asked = subprocess.Popen([AIGENV, *words, "--json"], cwd=server.project, env=server.environment,
                                     stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            until(lambda: os.path.exists(f"/proc/{listed(server)[0]['pid']}/fd"), "it is not there")
            with contextlib.suppress(subprocess.TimeoutExpired):
                asked.wait(seconds)
            pipe.write_bytes((server.home / ".config" / "aigenv" / "identity.txt").read_bytes())
            said, errors = asked.communicate(timeout=100)
            return json.loads(said), errors

        found, errors = answer("status", seconds=0.5)
        assert found["profiles"][0]["processes"][0]["state"] == "in_sync", (found, errors)
        found, errors = answer("apply", "--no-verify", "--restart", seconds=4)
        assert found["restart"]["live"] is True, (found, errors)
        has(server, "MIMO_API_KEY", KEY)


def it_is_rotated_as_any_app():
    with Emulator() as emulator, Server() as server:
        # Its script may have a blank in its name: it is no script of PM2's.
        (server.project / "the app.cjs").write_text(KEEP)
        set_up(server, emulator, pm2={"app": "web", "script": "./the app.cjs"})
        assert "blank" not in server.aigenv("apply").stderr
        emulator.set(providers={"custom-xiaomi": {"keys": [KEY, NEW]}})
        server.shell(RESTART)
        has(server, "MIMO_API_KEY", KEY)
        server.aigenv("rotate", "MIMO_API_KEY", stdin=NEW)
        assert live(server, "MIMO_API_KEY") == NEW and status(server)["rotation"] is None
        # A new value that is not live yet is taken back, and so is one that is.
        server.aigenv("rollback", "MIMO_API_KEY")
        assert live(server, "MIMO_API_KEY") == KEY
        done = server.aigenv("rotate", "MIMO_API_KEY", "--no-restart", stdin=NEW, status=1)
        assert done.stdout == RESTART + "\n" and live(server, "MIMO_API_KEY") == KEY, done
        server.shell(RESTART)
        has(server, "MIMO_API_KEY", NEW)
        server.aigenv("rotate", "--abort")
        assert live(server, "MIMO_API_KEY") == KEY and status(server)["rotation"] is None
        no_value(server)


main([
    it_starts_restarts_and_comes_back_and_pm2_knows_nothing,
    a_start_that_cannot_open_the_vault_says_why_and_comes_back,
    wait_ready_works_and_cluster_mode_is_refused,
    one_that_had_its_values_from_a_file_is_started_anew,
    what_is_still_opening_the_vault_is_waited_for,
    it_is_rotated_as_any_app,
])
