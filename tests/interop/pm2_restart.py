#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`apply --restart` beside a real PM2: no request is lost, what runs is looked at
whatever a step said, and only one at a time changes it.

    pm2_restart.py 1of2
"""

import http.client
import json
import pathlib
import subprocess
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import AIGENV, PATIENCE, Emulator, answers, main, wait_until  # noqa: E402
from pm2 import Server, listed  # noqa: E402

# Answers slowly, so that a restart meets requests under way; closes on SIGINT.
SLOW = """
const server = require('http').createServer((request, response) =>
  setTimeout(() => response.end(process.env.MARK), 40))
server.listen(Number(process.env.PORT), '127.0.0.1')
"""
CLOSES = SLOW + "process.on('SIGINT', () => server.close(() => setTimeout(process.exit, 500)))\n"


def set_up(server, emulator, app=CLOSES, **pm2):
    (server.project / "app.js").write_text(app)
    given = answers(
        emulator,
        pm2={"app": "web", "script": "./app.js", **pm2},
        vars={"MARK": "one", "PORT": str(server.port)},
    )
    (server.project / "package.json").unlink()
    return server.aigenv("init", "--answers", "-", "--no-input", stdin=json.dumps(given))


def restart(server, status=0, **options):
    """`apply --restart`: (what it says of the restart, its words)."""
    done = server.aigenv("apply", "--no-verify", "--restart", "--json", status=status, **options)
    return json.loads(done.stdout)["restart"], done.stderr


class Asking:
    """Requests one after the other on several connections, until the end."""

    def __init__(self, port, threads=4):
        self.port, self.failed, self.marks, self.over = port, [], [], False
        self.threads = [threading.Thread(target=self.ask) for _ in range(threads)]

    def ask(self):
        while not self.over:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            try:
                connection.request("GET", "/", headers={"Connection": "close"})
                self.marks.append(connection.getresponse().read().decode())
            except (OSError, http.client.HTTPException) as error:
                self.failed.append(repr(error))
            finally:
                connection.close()

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over = True
        for thread in self.threads:
            thread.join()


def a_reload_loses_no_request_of_an_app_that_closes_on_sigint():
    with Emulator() as emulator, Server() as server:
        set_up(server, emulator, instances=2)
        assert restart(server)[0]["live"]
        server.aigenv("config", "set", "vars.MARK=two")
        with Asking(server.port) as asking:
            wait_until(lambda: "one" in asking.marks, "the app answers")
            said, words = restart(server)
            asked = len(asking.marks)
            # The next of each connection, begun after the restart.
            wait_until(lambda: len(asking.marks) > asked + 8, "the app answers again")
        assert said["steps"][0][1] == "reload" and said["live"], said
        assert "SIGINT" not in words, words
        assert not asking.failed, asking.failed
        assert set(asking.marks) == {"one", "two"} and asking.marks[-1] == "two"

        # One that does not is told so: node itself catches the signal in
        # every process, so it is the script that tells.
        (server.project / "app.js").write_text(SLOW)
        said, words = restart(server)
        assert said["live"] and "app.js does not mention SIGINT" in words, words


def what_runs_is_looked_at_also_where_a_step_failed():
    with Emulator() as emulator, Server() as server:
        set_up(server, emulator)
        assert restart(server)[0]["live"]
        ecosystem = server.project / "ecosystem.config.cjs"

        # A file that does not load: nothing is touched, and what runs is named.
        server.aigenv("config", "set", "vars.MARK=two")
        server.shell("mv ecosystem.config.cjs kept; mkdir ecosystem.config.cjs")
        done = server.aigenv("apply", "--no-verify", "--restart", status=None)
        assert done.returncode != 0 and not (ecosystem / "x").exists()
        server.shell("rmdir ecosystem.config.cjs; mv kept ecosystem.config.cjs")

        # A pm2 that does its work and says that it failed, and one that does
        # nothing and says that it went well.
        real = (server.root / "bin" / "pm2").resolve()
        (server.root / "bin" / "pm2").unlink()
        stand_in = server.root / "bin" / "pm2"
        stand_in.write_text(f'#!/bin/sh\n"{real}" "$@"\nexit 9\n')
        stand_in.chmod(0o755)
        said, words = restart(server, status=1)
        assert said["live"] and not said["done"] and "exit status 9" in words, (said, words)
        stand_in.write_text("#!/bin/sh\nexit 0\n")
        said, words = restart(server, status=1)
        assert said["done"] and not said["live"] and "not restarted" in words, (said, words)
        server.aigenv("config", "set", "vars.MARK=three")
        stand_in.write_text("#!/bin/sh\nexit 9\n")
        said, words = restart(server, status=1)
        assert not said["live"] and "holds other values of MARK" in words, words
        stand_in.unlink()
        stand_in.symlink_to(real)

        # PM2's daemon is killed while the app runs on: the step starts another.
        subprocess.run(["kill", "-9", (server.pm2_home / "pm2.pid").read_text()], check=True)
        said, words = restart(server, status=None)
        assert said["done"], words


def two_at_once_take_turns_where_no_daemon_runs_yet():
    with Emulator() as emulator, Server() as server:
        set_up(server, emulator)
        words = [str(AIGENV), "--wait", "30", "apply", "--no-verify", "--restart"]
        both = [subprocess.Popen(words, cwd=server.project, env=server.environment, text=True,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                for _ in range(2)]
        said = [one.communicate(timeout=100)[1] for one in both]
        assert [one.returncode for one in both] == [0, 0], said
        assert sum("waiting for it" in one for one in said) == 1, said
        assert len(listed(server)) == 1


main([
    a_reload_loses_no_request_of_an_app_that_closes_on_sigint,
    what_runs_is_looked_at_also_where_a_step_failed,
    two_at_once_take_turns_where_no_daemon_runs_yet,
])
