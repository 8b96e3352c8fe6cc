#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`apply --restart` and `status` where no login shell is behind them.

    pm2_users.py cron   the environment of cron: HOME, LOGNAME, SHELL and a short PATH
    pm2_users.py sudo   the app is another user's, as root sees it (needs root, sudo)
"""

import json
import os
import pathlib
import pwd
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import AIGENV, SKIPPED, Emulator, answers  # noqa: E402
from pm2 import Server  # noqa: E402

KEEP = "setInterval(() => {}, 1e4); process.on('SIGINT', () => process.exit(0));\n"
SHORT_PATH = "/usr/bin:/bin"  # cron's, of Debian


def set_up(server, emulator, **options):
    (server.project / "app.js").write_text(KEEP)
    given = answers(emulator, pm2={"app": "web", "script": "./app.js"}, vars={"MARK": "one"})
    return server.aigenv("init", "--answers", "-", "--no-input", stdin=json.dumps(given))


def run(words, environment, directory, status=0):
    """With that environment and nothing else of ours."""
    done = subprocess.run([str(word) for word in words], env=environment, cwd=directory,
                          capture_output=True, text=True, timeout=120, check=False)
    assert status in (None, done.returncode), (words, done)
    return done


def from_cron():
    """As a line of a crontab is run, where pm2 is in no folder of its PATH."""
    line = f"cd {{}} && {AIGENV} apply --no-verify --restart"
    with Emulator() as emulator, Server() as server:
        set_up(server, emulator)
        # Debian's cron (3.0pl1) was asked what it gives: these four, and sh.
        # Its PM2_HOME is ~/.pm2.
        server.environment.pop("PM2_HOME")
        server.pm2_home = server.home / ".pm2"
        cron = {"HOME": str(server.home), "LOGNAME": "app", "SHELL": "/bin/sh",
                "PATH": SHORT_PATH}
        words = ["sh", "-c", line.format(server.project)]
        # No daemon tells where pm2 is: said, and no other is asked.
        if not shutil.which("pm2", path=SHORT_PATH):
            done = run(words, cron, "/", 1)
            assert "pm2 is not in PATH here" in done.stderr, done.stderr
            assert not server.pm2_home.exists()
        server.shell("pm2 -s start ecosystem.config.cjs --only web")
        server.aigenv("config", "set", "vars.MARK=cron")
        done = run(words, cron, "/")
        assert "live with the new values" in done.stderr, done.stderr
        # HOME itself may be missing; then it is the account's.
        for name in ("LOGNAME", "SHELL"):
            cron.pop(name)
        status = run(["sh", "-c", f"cd {server.project} && {AIGENV} status"], cron, "/")
        assert "web (0)               in sync" in status.stdout, status.stdout


def as_another_user():
    """root, and the app of a user with a PM2 of his own."""
    if os.geteuid() != 0 or not shutil.which("sudo"):
        print("skipped, for want of:\n  root and sudo")
        sys.exit(SKIPPED)
    owner = pwd.getpwnam("nobody")
    with Emulator() as emulator, Server() as server:
        set_up(server, emulator)
        server.environment.pop("PM2_HOME")
        server.pm2_home = server.home / ".pm2"
        server.root.chmod(0o755)
        for path in [server.home, server.project, *server.home.rglob("*"), *server.project.rglob("*")]:
            os.chown(path, owner.pw_uid, owner.pw_gid, follow_symlinks=False)
        home = f"HOME={server.home}"
        path = f"PATH={server.environment['PATH']}"
        user = ["sudo", "-u", "nobody", "env", home]
        run([*user, path, "pm2", "-s", "start", "ecosystem.config.cjs", "--only", "web"],
            server.environment, server.project)
        try:
            check_users(server, user)
        finally:
            run([*user, path, "pm2", "kill"], server.environment, server.project)


def check_users(server, user):
    root = {"PATH": server.environment["PATH"], "HOME": str(server.root / "roots")}
    (server.root / "roots").mkdir()
    identity = {"AIGENV_IDENTITY": str(server.home / ".config/aigenv/identity.txt")}
    apply = [AIGENV, "-f", "aigenv.json", "apply", "--no-verify", "--restart"]

    # As that user, with sudo's own PATH: pm2 is found through its daemon.
    run([*user, AIGENV, "config", "set", "vars.MARK=sudo"], root, server.project)
    done = run([*user, *apply], root, server.project)
    assert "live with the new values" in done.stderr, done.stderr

    # As root: no second PM2 is started, and the user is named.
    before = live_daemons()
    done = run(apply, {**root, **identity}, server.project, 1)
    assert "under the PM2 of user nobody" in done.stderr, done.stderr
    assert live_daemons() == before and not (server.root / "roots/.pm2").exists()
    done = run([AIGENV, "-f", "aigenv.json", "status"], {**root, **identity}, server.project)
    assert "PM2 runs for user nobody" in done.stderr, done.stderr

    # sudo -E keeps root's HOME, in which nobody but root may look.
    (server.root / "roots").chmod(0o700)
    done = run(["sudo", "-E", "-u", "nobody", "--", *apply], root, server.project, None)
    assert done.returncode in (4, 7) and "next" in done.stderr, done

    # sudo without HOME: it is what the system says, where nobody has none.
    done = run(["sudo", "-u", "nobody", "env", "-u", "HOME", *apply], root, server.project, None)
    assert done.returncode in (4, 7) and "next" in done.stderr, done


def live_daemons():
    found = set()
    for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b": God Daemon (" in path.read_bytes():
                found.add(path.parent.name)
        except OSError:
            continue
    return found


def alone():
    """Goes on where no other test's processes are seen, nor ours by them: what
    another user runs is looked for on the whole machine."""
    unshare = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"]
    if "AIGENV_TEST_ALONE" in os.environ or not shutil.which("unshare"):
        return
    if subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode == 0:
        os.environ["AIGENV_TEST_ALONE"] = "1"
        os.execvp(unshare[0], [*unshare, sys.executable, *sys.argv])


if sys.argv[1] == "sudo":
    alone()
{"cron": from_cron, "sudo": as_another_user}[sys.argv[1]]()
print("ok")
