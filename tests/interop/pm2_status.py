#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`status` beside a real PM2: what lies in its files and how that is cleared, a
process that goes direct, a wrapped file that starts the app otherwise, a narrow
terminal, --watch, and what its exit status says.

    pm2_status.py 1of4
"""

import fcntl
import json
import os
import pathlib
import pty
import re
import struct
import subprocess
import sys
import termios
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import AIGENV, KEY, PATIENCE, TOKEN, Emulator, answers, main  # noqa: E402
from pm2 import KEEP, Server, listed, status  # noqa: E402


def set_up(server, emulator, **changes):
    (server.project / "app.js").write_text(KEEP)
    (server.project / "other.js").write_text(KEEP)
    given = answers(emulator, **{"pm2": {"app": "web", "script": "./app.js"}, **changes})
    done = server.aigenv("init", "--answers", "-", "--no-input", stdin=json.dumps(given))
    server.shell(done.stdout.splitlines()[-1])


def exposed(server, code=0):
    """File -> (names, what clears it); and all that was said."""
    done = server.aigenv("status", "--json", status=code)
    for value in (TOKEN, KEY):
        assert value not in done.stdout + done.stderr
    found = json.loads(done.stdout)["profiles"][0]["exposed"]
    return {pathlib.Path(one["path"]).name: (one["names"], one["clear"]) for one in found}, done.stderr


def what_lies_in_pm2s_files_is_named_and_cleared_as_printed():
    with Emulator() as emulator, Server() as server:
        set_up(server, emulator)
        assert exposed(server)[0] == {}
        logs = server.pm2_home / "logs"

        # In an app's log, in PM2's own, and in one that was rotated away.
        with open(logs / "web-out.log", "a") as log:
            log.write("x" * 300000 + f"key {KEY}\n")
        with open(server.pm2_home / "pm2.log", "a") as log:
            log.write(f"Error: {TOKEN}\n")
        (logs / "web-out__2026.log").write_text(f"{{\"a\":\"{TOKEN}\",\"b\":\"{KEY}\"}}")
        found, said = exposed(server)
        assert found["web-out.log"] == (["MIMO_API_KEY"], "pm2 flush"), found
        assert found["pm2.log"] == (["CF_AIG_TOKEN"], "pm2 flush"), found
        assert found["web-out__2026.log"][0] == ["CF_AIG_TOKEN", "MIMO_API_KEY"], found
        assert all(command in said for _, command in found.values()), said
        for _, command in found.values():
            server.shell(command)
        assert exposed(server)[0] == {}

        # Saved lists hold what PM2 stores: others must not read it, and old
        # values go.
        server.shell("umask 022; pm2 save && pm2 save")
        found, _ = exposed(server)
        assert set(found) == {"dump.pm2", "dump.pm2.bak"}, found
        for names, command in found.values():
            assert names == ["CF_AIG_TOKEN", "MIMO_API_KEY"] and command.startswith("chmod 600 ")
            server.shell(command)
        found, said = exposed(server)
        assert {command for _, command in found.values()} == {None} and "dump" not in said, said
        server.aigenv("secret", "set", "MIMO_API_KEY", stdin="sk-aNewXiaomiKey9876543210")
        server.shell(server.aigenv("apply", "--no-verify").stdout.splitlines()[-1].split(" && ")[0])
        found, said = exposed(server, code=1)
        assert found["dump.pm2"][1] == "pm2 save && pm2 save", found
        assert "old values of MIMO_API_KEY" in said, said
        server.shell(found["dump.pm2"][1])
        assert "old values" not in exposed(server)[1]
        # What one secret was, and another one is by now, is not old.
        server.aigenv("secret", "set", "DATABASE_URL", stdin=KEY)
        server.shell(server.aigenv("apply", "--no-verify").stdout.splitlines()[-1])
        server.shell("pm2 save && pm2 save")
        assert "old values" not in exposed(server)[1]


def a_process_that_goes_direct_is_stale():
    with Emulator() as emulator, Server() as server:
        set_up(server, emulator)
        # One of the two is missing in what runs: as by an old ecosystem file.
        server.shell("pm2 -s delete web; env -i PATH=\"$PATH\" PM2_HOME=$PM2_HOME "
                     f"CF_AIG_BASE_URL={emulator.base_url()} MIMO_API_KEY={KEY} pm2 -s start app.js --name web")
        process = status(server, code=1)["processes"][0]
        assert process["state"] == "stale" and process["names"] == ["CF_AIG_TOKEN"], process
        # All is there, and an address past the gateway with it.
        server.shell("pm2 -s delete web; OPENAI_BASE_URL=https://api.openai.com/v1 "
                     "pm2 -s start ecosystem.config.cjs")
        process = status(server, code=1)["processes"][0]
        assert process["state"] == "stale" and "OPENAI_BASE_URL" in process["reason"], process


OWN = """module.exports = { apps: [{ name: 'web', script: './SCRIPT', args: 'a b', ENV },
  { name: 'side', script: './app.js' }] };
"""


def own(server, script="app.js", env="env: { PORT: 3000 }"):
    (server.project / "ecosystem.config.js").write_text(
        OWN.replace("SCRIPT", script).replace("ENV", env))


def a_wrapped_files_other_start_is_seen():
    with Emulator() as emulator, Server() as server:
        (server.project / "package.json").unlink()
        own(server)
        set_up(server, emulator, pm2={"app": "web"})
        assert status(server)["processes"][0]["state"] == "in_sync"
        plain = "pm2 restart ecosystem.aigenv.config.cjs --only web --update-env"
        anew = (f"{plain} && pm2 delete web && "
                "pm2 start ecosystem.aigenv.config.cjs --only web")

        def line():
            done = server.aigenv("apply", "--no-verify")
            return done.stdout.splitlines()[-1], done.stderr

        assert line()[0] == plain
        own(server, script="other.js")
        assert "(script)" in status(server, code=1)["processes"][0]["reason"]
        command, _ = line()
        assert command == anew
        server.shell(command)
        assert listed(server)[0]["pm2_env"]["pm_exec_path"].endswith("other.js")
        assert line()[0] == plain and status(server)["processes"][0]["state"] == "in_sync"
        own(server, script="other.js", env="instances: 2")
        assert "(instances, exec_mode)" in status(server, code=1)["processes"][0]["reason"]

        # What it would stumble over, and what would take it past the gateway.
        own(server, script="gone.js")
        command, said = line()
        assert command == plain and "says ./gone.js" in said and "not deleted" in said, said
        own(server, script="other.js", env="env: { OPENAI_BASE_URL: 'https://api.openai.com/v1' }")
        assert "OPENAI_BASE_URL" in line()[1]
        # One that does not load is said in a line, and nothing fails.
        (server.project / "ecosystem.config.js").write_text("module.exports = {")
        done = server.aigenv("status")
        assert "could not be compared with what runs: node cannot load it" in done.stderr, done.stderr


def screen(server, words, columns, until, keys=b""):
    """What a program shows on a terminal of so many columns."""
    program, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    child = subprocess.Popen(words, stdin=terminal, stdout=terminal, stderr=terminal,
                             cwd=server.project, env=server.environment)
    os.close(terminal)
    shown = b""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and not (until and re.search(until, shown)):
        try:
            part = os.read(program, 65536)
        except OSError:
            break
        shown += part
    return child, program, shown.decode()


def the_table_fits_and_watch_ends_when_all_is_in_sync():
    with Emulator() as emulator, Server() as server:
        set_up(server, emulator, vars={"A_LONG_NAME_OF_A_VARIABLE": "one", "MARK": "x"})
        server.shell("pm2 -s save")
        server.aigenv("config", "set", "vars.A_LONG_NAME_OF_A_VARIABLE=two", "vars.MARK=y")
        child, program, shown = screen(server, [AIGENV, "status"], 60, None)
        os.close(program)
        assert child.wait(PATIENCE) == 1
        lines = shown.replace("\r", "").splitlines()
        table = [one for one in lines if one.startswith("  ")]
        assert len(table) > 8 and max(map(len, table)) <= 60, shown

        # Until it is brought into line elsewhere.
        child, program, shown = screen(
            server, [AIGENV, "status", "--watch", "1"], 80, rb"stale(?s:.*)stale(?s:.*)stale")
        server.aigenv("apply", "--no-verify", "--restart")
        assert child.wait(PATIENCE) == 0
        os.close(program)

        # Another PM2_HOME is looked at than the one that runs it.
        done = server.aigenv("status", more={"PM2_HOME": str(server.root / "other")})
        assert f"a PM2 of yours in {server.pm2_home} runs something" in done.stderr, done.stderr

        # An app that is stopped, one that is gone, and no PM2 at all.
        server.shell("pm2 -s stop web")
        assert status(server, code=1)["processes"][0]["state"] == "stopped"
        server.shell("pm2 -s delete web")
        gone = status(server, code=1)["processes"][0]
        assert gone["state"] == "absent" and gone["reason"] == "PM2 has no app web", gone
        server.shell("pm2 kill; rm $PM2_HOME/dump.pm2*")
        gone = status(server)["processes"][0]
        assert gone["state"] == "absent", gone
        assert "PM2 itself is not running here" in gone["reason"], gone
        server.aigenv("profile", "copy", "production", "staging")
        server.aigenv("config", "set", "-p", "staging", "outputs.0.path=.env.staging",
                      "outputs.1.path=staging.config.cjs")
        done = server.aigenv("status", "--all", "--json", status=1)
        assert [one["profile"] for one in json.loads(done.stdout)["profiles"]] == [
            "production", "staging"]


main([
    what_lies_in_pm2s_files_is_named_and_cleared_as_printed,
    a_process_that_goes_direct_is_stale,
    a_wrapped_files_other_start_is_seen,
    the_table_fits_and_watch_ends_when_all_is_in_sync,
])
