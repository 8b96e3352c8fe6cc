#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""After each kind of change the line that `apply` prints is run as printed, by bash
and by dash, from a shell that holds old values and the operator's own API token.
What is live is then read from /proc and from PM2's list.

    pm2_changes.py fork      one process
    pm2_changes.py cluster   two of them, reloaded where that is enough

What bash reads in one mode dash reads in the other.
"""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import ACCOUNT, GATEWAY, KEY, TOKEN  # noqa: E402
from pm2 import Server, listed  # noqa: E402

APP = """
require('http').createServer((request, response) => response.end('up')).listen(0, '127.0.0.1')
process.on('SIGINT', () => process.exit(0))
"""
SHELL = {"MARK": "of the shell", "KEPT": "of the shell", "CF_AIG_TOKEN": "of-the-shell-token",
         "CLOUDFLARE_API_TOKEN": "of-the-shell-0123456789"}


class Project:
    """One app of one profile, and PM2's list of it."""

    def __init__(self, server, cluster):
        self.server, self.cluster = server, cluster
        self.app, self.file = "web", "ecosystem.config.cjs"
        self.without = ""  # what keeps a lost name of the shell out
        for name in ("app.js", "other.js", "deep/app.js"):
            (server.project / name).parent.mkdir(exist_ok=True)
            (server.project / name).write_text(APP)
        (server.project / "package.json").unlink()
        self.pm2 = {"app": "web", "script": "./app.js", **({"instances": 2} if cluster else {})}
        given = {"account_id": ACCOUNT, "gateway": GATEWAY, "pm2": self.pm2,
                 "routes": [{"provider": "custom-xiaomi", "model": "mimo-v2.5"}],
                 "vars": {"MARK": "0", "KEPT": "0"},
                 "secrets": {"CF_AIG_TOKEN": TOKEN, "MIMO_API_KEY": KEY}}
        done = server.aigenv("init", "--answers", "-", "--no-input", "--no-verify",
                             stdin=json.dumps(given))
        self.run("sh", done.stdout.splitlines()[-1])

    def listed(self, app=None):
        return listed(self.server, app or self.app)

    def set(self, *words):
        self.server.aigenv("config", *words)

    def line(self):
        done = self.server.aigenv("apply", "--no-verify", more=SHELL)
        self.words = done.stderr
        return done.stdout.splitlines()[-1]

    def run(self, shell, line):
        self.server.run(shell, "-c", line, more=SHELL)

    def values(self, name):
        """What each process holds under that name."""
        held = set()
        for one in self.listed():
            assert one["pm2_env"]["status"] == "online", one["pm2_env"]["status"]
            if self.cluster:
                held.add(one["pm2_env"].get(name))
                continue
            entries = pathlib.Path(f"/proc/{one['pid']}/environ").read_bytes().split(b"\0")
            found = [e for e in entries if e.startswith(name.encode() + b"=")]
            held.add(found[0].decode().partition("=")[2] if found else None)
        return held

    def plain(self):
        verb = "reload" if self.cluster else "restart"
        return f"pm2 {verb} {self.file} --only {self.app} --update-env"

    def anew(self):
        return (f"pm2 restart {self.file} --only {self.app} --update-env && "
                f"pm2 delete {self.app} && {self.without}pm2 start {self.file} --only {self.app}")

    def expect(self, shell, line, **more):
        """That line is printed, run, and brings what was changed; once."""
        printed = self.line()
        assert printed == line, f"printed: {printed}\nexpected: {line}\n{self.words}"
        self.run(shell, printed)
        for name, value in more.items():
            assert self.values(name) == {value}, (shell, name, self.values(name), value)
        assert self.line() == self.plain(), (shell, printed, self.words)
        done = self.server.aigenv("status", "--json")
        processes = json.loads(done.stdout)["profiles"][0]["processes"]
        assert {one["state"] for one in processes} == {"in_sync"}, processes
        assert len(processes) == (self.pm2.get("instances") or 1), processes


def value_and_names(project, shell):
    project.set("set", f"vars.MARK={shell}")
    project.expect(shell, project.plain(), MARK=shell, CF_AIG_TOKEN=TOKEN)
    project.set("set", "vars.ADDED=new")
    project.expect(shell, project.plain(), ADDED="new")
    project.set("unset", "vars.ADDED")
    project.expect(shell, project.anew(), ADDED=None, MARK=shell)


def how_it_is_started(project, shell):
    """Each of these alone is told; they are run together, but for a folder without other.js."""
    folder = project.server.project
    ways = {
        "script": ("./other.js", "pm_exec_path", str(folder / "other.js")),
        "args": ('["--port","3 000"]', "args", ["--port", "3 000"]),
        "node_args": ("--no-warnings", "node_args", ["--no-warnings"]),
        "cwd": ("deep", "pm_cwd", str(folder / "deep")),
    }

    def put_back(*keys):
        for key in keys:
            project.set(*("set", "pm2.script=./app.js") if key == "script" else ("unset", f"pm2.{key}"))

    for key, (setting, _, _) in ways.items():
        project.set("set", f"pm2.{key}={setting}")
        assert project.line() == project.anew(), (key, project.words)
        put_back(key)
    for keys in (("script", "args", "node_args"), ("cwd",)):
        project.set("set", *(f"pm2.{key}={ways[key][0]}" for key in keys))
        project.expect(shell, project.anew())
        for _, field, value in map(ways.get, keys):
            for one in project.listed():
                assert one["pm2_env"][field] == value, (field, one["pm2_env"][field])
        put_back(*keys)
    project.expect(shell, project.anew())


def how_many(project, shell):
    """More of them, and the other mode, and back."""
    project.pm2["instances"] = 3
    cluster, project.cluster = project.cluster, True
    project.set("set", "pm2.instances=3")
    project.expect(shell, project.anew())
    assert {one["pm2_env"]["exec_mode"] for one in project.listed()} == {"cluster_mode"}
    project.cluster = False
    project.pm2["instances"] = None
    project.set("set", "pm2.exec_mode=fork", "pm2.instances=1")
    project.expect(shell, project.anew())
    assert {one["pm2_env"]["exec_mode"] for one in project.listed()} == {"fork_mode"}
    project.cluster = cluster
    if cluster:
        project.pm2["instances"] = 2
        project.set("set", "pm2.instances=2")
    project.set("unset", "pm2.exec_mode", *([] if cluster else ["pm2.instances"]))
    project.expect(shell, project.anew() if cluster else project.plain())


def what_is_saved(project, shell):
    """The dump and its backup, and what comes back from them."""
    save = "&& pm2 save && pm2 save"
    project.server.shell("pm2 save")
    project.set("set", f"vars.MARK=saved {shell}")
    project.expect(shell, f"{project.plain()} {save}", MARK=f"saved {shell}")
    script = "./app.js" if project.listed()[0]["pm2_env"]["pm_exec_path"].endswith(
        "other.js") else "./other.js"
    project.set("set", f"pm2.script={script}")
    project.expect(shell, f"{project.anew()} {save}")
    for name in ("dump.pm2", "dump.pm2.bak"):
        saved = json.loads((project.server.pm2_home / name).read_text())
        assert {one["MARK"] for one in saved} == {f"saved {shell}"}, name
    project.server.shell("pm2 kill && pm2 resurrect")
    assert project.values("MARK") == {f"saved {shell}"}


def names_and_places(project, shell):
    """The app is called otherwise, and its file lies elsewhere."""
    project.server.shell("pm2 save")
    old, project.app = project.app, "api" if project.app == "web" else "web"
    project.set("set", f"pm2.app={project.app}")
    # What is saved holds the old name, too.
    start = f"{project.without}pm2 restart {project.file} --only {project.app} --update-env"
    project.expect(shell, f"{start} && pm2 delete {old} && pm2 save && pm2 save")
    assert not project.listed(old)
    old, project.file = project.file, (
        "deep/moved.config.cjs" if project.file == "ecosystem.config.cjs" else "ecosystem.config.cjs")
    project.set("set", f"outputs.1.path={project.file}")
    project.server.shell(f"rm {old}")
    project.set("set", f"vars.MARK=moved {shell}")
    project.expect(shell, f"{project.plain()} && pm2 save && pm2 save", MARK=f"moved {shell}")


def an_app_of_two_profiles(project, shell):
    """A copy restarts the same app, and says so; it never deletes the other's."""
    aigenv = project.server.aigenv
    own = ("outputs.0.path=copy.env", "outputs.1.path=copy.config.cjs")
    aigenv("profile", "copy", "production", "copy")
    aigenv("config", "set", "-p", "copy", *own)
    done = aigenv("apply", "-p", "copy", "--no-verify")
    assert f"aigenv config set -p copy pm2.app={project.app}-copy`" in done.stderr, done.stderr
    aigenv("config", "set", "-p", "copy", f"pm2.app={project.app}-copy")
    line = aigenv("apply", "-p", "copy", "--no-verify").stdout.splitlines()[-1]
    assert "pm2 delete" not in line, line
    before = project.listed()[0]["pid"]
    project.run(shell, line)
    assert project.listed()[0]["pid"] == before and project.listed(f"{project.app}-copy")
    project.server.shell(f"pm2 delete {project.app}-copy")
    aigenv("profile", "remove", "copy", "--yes")


def broken_and_gone(project, shell):
    """Neither leaves what runs worse than it was."""
    env = project.server.project / ".env"
    whole = env.read_text()
    line = project.anew()
    before = project.listed()[0]["pid"]
    env.write_text(whole.replace("MIMO_API_KEY", "MIMO_API_KAY"))
    project.server.run(shell, "-c", line, more=SHELL, status=1)
    assert project.listed()[0]["pid"] == before
    env.write_text(whole)
    # Deleted between apply and the line.
    project.set("set", "vars.MARK=deleted")
    project.line()
    project.server.shell(f"pm2 delete {project.app}")
    project.run(shell, line)
    assert len(project.listed()) == (project.pm2.get("instances") or 1)
    assert project.values("MARK") == {"deleted"}
    # A lost name that the shell exports would come back with a start.
    if not project.without:
        project.set("unset", "vars.KEPT")
        project.without = "env -u KEPT "
        project.expect(shell, project.anew(), KEPT=None)


def no_store_has_the_operators_token(project):
    stores = [project.server.shell("pm2 -s jlist").stdout]
    stores += [(project.server.pm2_home / name).read_text()
               for name in ("dump.pm2", "dump.pm2.bak")]
    for store in stores:
        assert "of-the-shell-0123456789" not in store


def main():
    with Server() as server:
        project = Project(server, sys.argv[1] == "cluster")
        for number, kind in enumerate((
                value_and_names, how_it_is_started, how_many, what_is_saved,
                names_and_places, an_app_of_two_profiles, broken_and_gone)):
            shell = ("bash", "dash")[(number + project.cluster) % 2]
            print(f"- {shell}: {kind.__name__.replace('_', ' ')}", flush=True)
            project.server.shell("rm -f $PM2_HOME/dump.pm2*")
            kind(project, shell)
        project.server.shell("pm2 save && pm2 save")
        no_store_has_the_operators_token(project)
    print("ok")


main()
