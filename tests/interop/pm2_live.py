#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What is live, as `apply`, `apply --restart` and `status` see it beside a real PM2.

    pm2_live.py 1of2
"""

import json
import os
import pathlib
import signal
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import Emulator, answers, main, wait_until  # noqa: E402
from pm2 import KEEP, Server, listed, live, status  # noqa: E402

RESTART = "pm2 restart ecosystem.config.cjs --only web --update-env"
ANEW = f"{RESTART} && pm2 delete web && pm2 start ecosystem.config.cjs --only web"


def set_up(server, emulator, **changes):
    for name in ("app.js", "new.js"):
        (server.project / name).write_text(KEEP)
    given = answers(
        emulator,
        routes=[{"provider": "custom-xiaomi", "model": "mimo-v2.5"}],
        pm2={"app": "web", "script": "./app.js"},
        vars={"MARK": "one", "OLD": "goes"},
        **changes,
    )
    done = server.aigenv("init", "--answers", "-", "--no-input", stdin=json.dumps(given))
    return done.stdout.splitlines()[-1]


def apply(server, *options, **more):
    return server.aigenv("apply", "--no-verify", *options, **more)


def line(server, *options, **more):
    return apply(server, *options, **more).stdout.splitlines()[-1]


def what_runs_is_not_deleted_for_a_script_that_is_not_there():
    with Emulator() as emulator, Server() as server:
        server.shell(set_up(server, emulator))
        server.aigenv("config", "set", "pm2.script=./mistyped.js")
        done = apply(server, "--restart", status=1)
        assert "delete" not in done.stdout and "mistyped.js" in done.stderr, done
        assert live(server, "MARK") == "one"
        server.aigenv("config", "set", "pm2.script=./new.js")
        assert line(server) == ANEW


def a_shell_brings_its_values_and_nothing_else_of_it():
    with Emulator() as emulator, Server() as server:
        set_up(server, emulator, outputs=[{"template": "env", "path": ".env"}])
        server.shell("aigenv run --clean -- pm2 start ./app.js --name web")
        server.aigenv("config", "set", "vars.MARK=two")
        command = line(server)
        assert command == "aigenv run --clean -- pm2 restart web --update-env", command
        server.shell(command, more={"CLOUDFLARE_API_TOKEN": "of-the-shell-0123456789"})
        assert live(server, "MARK") == "two"
        assert "of-the-shell" not in server.shell("pm2 -s jlist").stdout

        # An address that takes the app past the gateway.
        server.shell("pm2 restart web --update-env",
                     more={"OPENAI_BASE_URL": "https://api.openai.com/v1"})
        found = status(server, code=1)["processes"][0]
        assert found["state"] == "stale" and "OPENAI_BASE_URL" in found["reason"], found


def an_app_that_was_started_with_env_goes_on_so():
    """A restart without --env would put it under development."""
    with Emulator() as emulator, Server() as server:
        (server.project / "package.json").unlink()
        (server.project / "app.js").write_text(KEEP)
        (server.project / "ecosystem.config.js").write_text(
            "module.exports = { apps: [{ name: 'web', script: './app.js', env: { NODE_ENV: 'development' },"
            " env_production: { NODE_ENV: 'production', WORKERS: 4 }, env_test: { NODE_ENV: 'test' } }] }")
        server.shell("pm2 -s start ecosystem.config.js --env production")
        given = answers(emulator, pm2={"app": "web"})
        server.aigenv("init", "--answers", "-", "--no-input", "--no-verify", stdin=json.dumps(given))
        restart = "pm2 restart ecosystem.aigenv.config.cjs --only web{} --update-env"

        done = apply(server)
        command = done.stdout.splitlines()[-1]
        assert command == restart.format(" --env production"), command
        server.shell(command)
        assert (live(server, "NODE_ENV"), live(server, "WORKERS")) == ("production", "4")
        kept = "aigenv config set pm2.env=production"
        assert f"`{kept}`" in done.stderr, done.stderr
        server.shell(kept)
        done = apply(server)
        assert done.stdout.splitlines()[-1] == command and kept not in done.stderr, done

        # What was started without one is restarted without.
        server.aigenv("config", "unset", "pm2.env")
        server.shell("pm2 -s delete web && pm2 -s start ecosystem.aigenv.config.cjs")
        assert line(server) == restart.format("")
        # Where it does not run, the choice is named.
        server.shell("pm2 -s delete web")
        done = apply(server)
        assert done.stdout.splitlines()[-1] == restart.format("") and f"`{kept}`" in done.stderr, done


def an_app_of_the_users_own_file_is_never_deleted():
    """It gets no variables any more, and runs on: the file has it still."""
    with Emulator() as emulator, Server() as server:
        (server.project / "package.json").unlink()
        (server.project / "app.js").write_text(KEEP)
        file = server.project / "ecosystem.config.js"
        file.write_text("module.exports = { apps: [{ name: 'web', script: './app.js' },"
                        " { name: 'side', script: './app.js' }] }")
        server.shell("pm2 -s start ecosystem.config.js && pm2 -s save")
        given = answers(emulator, pm2={"app": ["web", "side"]})
        done = server.aigenv("init", "--answers", "-", "--no-input", "--no-verify", stdin=json.dumps(given))
        server.shell(done.stdout.splitlines()[-1])
        server.aigenv("config", "set", "pm2.app=web")
        restart = "pm2 restart ecosystem.aigenv.config.cjs --only web --update-env"
        assert line(server) == restart, line(server)
        # One that its file calls otherwise now is.
        file.write_text("module.exports = { apps: [{ name: 'site', script: './app.js' }] }")
        server.aigenv("config", "set", "pm2.app=site")
        command = restart.replace("web", "site")
        assert line(server).startswith(f"{command} && pm2 delete web"), line(server)
        # But none that nobody gave an ecosystem file.
        server.aigenv("init", "--output", "env=.env", "--pm2-app", "side", "--no-input", "--no-verify")
        assert "delete" not in line(server), line(server)


def a_saved_list_from_before_is_saved_again():
    """It has none of the profile's values, and after a boot the app would have none."""
    with Emulator() as emulator, Server() as server:
        (server.project / "app.js").write_text(KEEP)
        server.shell("pm2 -s start ./app.js --name web && pm2 -s save")
        command = set_up(server, emulator)
        assert command.endswith("--update-env && pm2 save && pm2 save"), command
        assert status(server, code=1)["dump"] == "stale"
        server.shell(command)
        assert status(server)["dump"] == "in_sync" and line(server) == RESTART
        server.shell("pm2 kill && pm2 resurrect")
        assert live(server, "MARK") == "one"

        # An app that reads its .env by itself needs nothing there.
        server.aigenv("init", "--output", "env=.env", "--no-input", "--no-verify")
        server.shell("pm2 -s delete web && pm2 -s start ./app.js --name web && pm2 -s save && pm2 -s save")
        done = apply(server)
        assert done.stdout.splitlines()[-1] == "pm2 restart web", done.stdout
        assert "where it reads its env file by itself" in done.stderr, done.stderr
        done = apply(server, "--restart")
        assert "web  started anew; whether it reads" in done.stderr, done.stderr


def restart_runs_it_and_says_live_only_when_it_is_so():
    with Emulator() as emulator, Server() as server:
        set_up(server, emulator)
        done = apply(server, "--restart", "--json")
        restart = json.loads(done.stdout)["restart"]
        assert restart["done"] and restart["live"], restart
        assert restart["steps"] == [RESTART.split()], restart

        # A cluster: no wrong number of processes, and a reload from then on.
        server.aigenv("config", "set", "pm2.instances=2")
        restart = json.loads(apply(server, "--restart", "--json").stdout)["restart"]
        assert restart["live"] and len(listed(server)) == 2, restart
        server.aigenv("config", "set", "vars.MARK=four")
        restart = json.loads(apply(server, "--restart", "--json").stdout)["restart"]
        assert restart["steps"][0][1] == "reload" and restart["live"], restart
        assert live(server, "MARK") == "four"

        # An app that crashes is not live.
        (server.project / "app.js").write_text("process.exit(3)\n")
        server.aigenv("config", "set", "vars.MARK=five")
        done = apply(server, "--restart", status=1)
        assert "errored" in done.stderr or "does not stay up" in done.stderr, done.stderr
        assert "not live" in done.stderr, done.stderr
        # PM2 starts it anew until it gives up, and on a busy machine it runs for moments.
        wait_until(lambda: status(server, code=None)["processes"][0]["state"] == "stopped",
                   "what crashes is not said to be stopped")
        # Mended, the line that is printed brings it up.
        (server.project / "app.js").write_text(KEEP)
        server.run("dash", "-c", line(server))
        assert live(server, "MARK") == "five"

        # Nobody answers in PM2_HOME: said, and no failure.
        server.shell("pm2 kill")
        assert status(server)["processes"][0]["state"] == "absent"


def a_daemon_that_hangs_is_said_and_stops_nothing():
    import socket
    with Emulator() as emulator, Server() as server:
        set_up(server, emulator)
        server.pm2_home.mkdir(exist_ok=True)
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(server.pm2_home / "rpc.sock"))
            listener.listen(4)
            done = apply(server)
            assert done.stdout.splitlines()[-1] == RESTART
            assert "does not answer" in done.stderr, done.stderr
            # What is not known is not in sync: a monitor sees it.
            assert status(server, code=1)["processes"] == []
        (server.pm2_home / "rpc.sock").unlink()


def a_daemon_that_stands_still_has_not_started_the_app_anew():
    with Emulator() as emulator, Server() as server:
        set_up(server, emulator)
        server.shell(line(server))
        daemon = int((server.pm2_home / "pm2.pid").read_text())
        os.kill(daemon, signal.SIGSTOP)
        try:
            done = apply(server, "--restart", status=1)
        finally:
            os.kill(daemon, signal.SIGCONT)
        assert "PM2 did not say within 30 s what it runs" in done.stderr, done.stderr
        assert "0 times" not in done.stderr and "stay up" not in done.stderr, done.stderr


main([
    what_runs_is_not_deleted_for_a_script_that_is_not_there,
    a_shell_brings_its_values_and_nothing_else_of_it,
    an_app_that_was_started_with_env_goes_on_so,
    an_app_of_the_users_own_file_is_never_deleted,
    a_saved_list_from_before_is_saved_again,
    restart_runs_it_and_says_live_only_when_it_is_so,
    a_daemon_that_stands_still_has_not_started_the_app_anew,
    a_daemon_that_hangs_is_said_and_stops_nothing,
])
