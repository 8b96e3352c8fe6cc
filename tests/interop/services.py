#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The templates for systemd and containers: systemd reads the units without a
word, what they say runs as it would there, and the entry point as in a container."""

import json
import os
import pathlib
import re
import shlex
import shutil
import stat
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import AIGENV, API_TOKEN, KEY, TOKEN, Emulator, Home, answers, main  # noqa: E402

APP = "console.log(process.env.MIMO_API_KEY, process.argv[2]); process.exit(4)\n"


def set_up(home, emulator):
    (home.project / "app.js").write_text(APP)
    given = answers(emulator, pm2={"app": "web", "script": "./app.js", "args": ["50% of $HOME \"x\""]})
    home.aigenv("init", "--answers", "-", "--no-input", "--no-verify", stdin=json.dumps(given))


def rendered(home, template, name):
    home.aigenv("render", "--template", template, "--out", name)
    text = (home.project / name).read_text()
    assert TOKEN not in text and KEY not in text and "{{" not in text, text
    return text


def setting(text, name):
    return [line.partition("=")[2] for line in text.splitlines() if line.startswith(f"{name}=")]


def words_of_unit(line):
    """As systemd.service has it: quotes and backslashes, %% and $$."""
    return [word.replace("%%", "%").replace("$$", "$") for word in shlex.split(line)]


def units_are_read_without_a_word_and_start_what_they_say():
    with Emulator() as emulator, Home() as home:
        set_up(home, emulator)
        unit = rendered(home, "systemd-unit", "api.service")
        verify = rendered(home, "systemd-verify", "aigenv-verify.service")
        rendered(home, "systemd-verify-timer", "aigenv-verify.timer")
        rendered(home, "systemd-rotate", "aigenv-rotate.service")
        rendered(home, "systemd-rotate-timer", "aigenv-rotate.timer")
        if shutil.which("systemd-analyze"):
            done = home.run("systemd-analyze", "verify", "--man=no", "./api.service",
                            "./aigenv-verify.service", "./aigenv-verify.timer",
                            "./aigenv-rotate.service", "./aigenv-rotate.timer")
            mine = [line for line in (done.stdout + done.stderr).splitlines() if "api." in line or "aigenv" in line]
            assert not mine, mine

        # Whom to believe can be written in as `key show` has it, with its blanks.
        trust = json.loads(home.aigenv("key", "show", "--json").stdout)["fingerprint"]
        [line] = [line for line in unit.splitlines() if line.startswith('#Environment="AIGENV_TRUST=')]
        believed = shlex.split(line[len("#Environment="):].replace('="', f"={trust}\""))
        assert believed == [f"AIGENV_TRUST={trust}"] and " " in trust, believed

        # As systemd would start it: no home, the identity as a credential, a state of its own.
        credentials, state = home.root / "credentials", home.root / "state"
        credentials.mkdir()
        state.mkdir(mode=0o700)
        source = setting(unit, "LoadCredential")[0].partition(":")[2]
        shutil.copy(source, credentials / "identity")
        os.chmod(credentials / "identity", 0o440)
        environment = {"PATH": home.environment["PATH"], "AIGENV_IDENTITY": str(credentials / "identity"),
                       "CREDENTIALS_DIRECTORY": str(credentials), "XDG_STATE_HOME": str(state), "AIGENV_TRUST": trust}
        assert setting(unit, "Environment") == ["AIGENV_IDENTITY=%d/identity", "XDG_STATE_HOME=%S"]
        words = words_of_unit(setting(unit, "ExecStart")[0])
        folder = setting(unit, "WorkingDirectory")[0]
        if os.geteuid() == 0:
            done = home.run("env", "-i", *[f"{n}={v}" for n, v in environment.items()], *words,
                            directory=folder, status=4)
            assert done.stdout == f'{KEY} 50% of $HOME "x"\n', done.stdout
            assert "others" not in done.stderr, done.stderr
            # It is a credential, or such a mode is refused as ever.
            del environment["CREDENTIALS_DIRECTORY"]
            done = home.run("env", "-i", *[f"{n}={v}" for n, v in environment.items()], *words,
                            directory=folder, status=4)
            assert "others can read the identity" in done.stderr, done.stderr
        done = home.run(*words_of_unit(setting(verify, "ExecStart")[0]), directory="/")
        assert "xiaomi" in done.stdout, done


def settle(home, emulator):
    """The API token lies where the templates say, beside the identity."""
    home.environment["AIGENV_API_ORIGIN"] = emulator.origin
    (home.home / ".config" / "aigenv" / "cloudflare-api-token").write_text(API_TOKEN + "\n")


def token_of(home):
    return home.aigenv("secret", "reveal", "CF_AIG_TOKEN").stdout


def age_token(home, emulator, days):
    """The present one ends so soon, so that it is due."""
    home.aigenv("rotate", "CF_AIG_TOKEN", "--via", "cloudflare", "--api-token", "-", "--expires-in", days,
                stdin=API_TOKEN, status=1)
    home.aigenv("rotate", "--resume", "--confirmed", "--api-token", "-", stdin=API_TOKEN)


def of_cron(line):
    """The command as cron hands it to sh: five fields off, and no % without a backslash."""
    minute, hour, *day, command = line.split(" ", 5)
    assert minute.isdigit() and hour.isdigit() and day == ["*", "*", "*"], line
    assert "%" not in command.replace("\\%", ""), line
    return command.replace("\\%", "%")


def a_line_of_cron_and_a_unit_rotate_the_token_that_is_due():
    with Emulator() as emulator, Home() as home:
        home.project = home.root / "50% of $HOME"
        home.project.mkdir()
        set_up(home, emulator)
        settle(home, emulator)
        [line] = [line for line in rendered(home, "cron-rotate", "aigenv-rotate.cron").splitlines()
                  if not line.startswith("#")]
        bare = [f"{name}={home.environment[name]}" for name in ("HOME", "AIGENV_API_ORIGIN")]

        def cron(status):
            return home.run("env", "-i", *bare, "PATH=/usr/bin:/bin", "sh", "-c", of_cron(line),
                            directory="/", status=status)

        # As it is due 60 days after, and nothing is said before that.
        done = cron(0)
        assert token_of(home) == TOKEN and not done.stdout + done.stderr, done
        age_token(home, emulator, 10)
        old = token_of(home)
        done = cron(1)
        assert token_of(home) not in (TOKEN, old) and "--resume --confirmed" in done.stderr, done
        assert cron(3).stderr, "one is under way"
        home.aigenv("rotate", "--resume", "--confirmed", "--api-token", "-", stdin=API_TOKEN)
        assert not cron(0).stderr

        unit = rendered(home, "systemd-rotate", "aigenv-rotate.service")
        files = dict(one.split(":", 1) for one in setting(unit, "LoadCredential"))
        environment = [one.replace("%d/identity", files["identity"].replace("%%", "%"))
                       for one in setting(unit, "Environment")]
        words = [word.replace("%d/api-token", files["api-token"])
                 for word in shlex.split(setting(unit, "ExecStart")[0])]
        words = [word.replace("%%", "%").replace("$$", "$") for word in words]
        home.run("env", "-i", *bare, *environment, *words, directory="/")
        age_token(home, emulator, 10)
        done = home.run("env", "-i", *bare, *environment, *words, directory="/", status=1)
        assert "--resume --confirmed" in done.stderr, done


def the_entry_point_becomes_the_command_or_says_what_is_missing():
    with Emulator() as emulator, Home() as home:
        set_up(home, emulator)
        rendered(home, "container-entrypoint", "aigenv-entrypoint.sh")
        entry = home.project / "aigenv-entrypoint.sh"
        entry.chmod(entry.stat().st_mode | stat.S_IXUSR)
        tools = home.root / "bin"
        tools.mkdir()
        (tools / "aigenv").symlink_to(AIGENV)
        secret = home.root / "aigenv_identity"
        shutil.copy(home.home / ".config" / "aigenv" / "identity.txt", secret)
        secret.chmod(0o400)
        trust = json.loads(home.aigenv("key", "show", "--json").stdout)["fingerprint"]
        environment = {"PATH": f"{tools}:{home.environment['PATH']}", "AIGENV_IDENTITY": str(secret),
                       "AIGENV_TRUST": trust.replace(" ", ""), "XDG_STATE_HOME": str(home.root / "state")}

        def run(*words, status=0, without=None):
            given = [f"{n}={v}" for n, v in environment.items() if n != without]
            return home.run("env", "-i", *given, entry, *words, status=status)

        done = run("sh", "-c", 'echo "$1 $CF_AIG_TOKEN"; exit 3', "sh", "a b", status=3)
        assert done.stdout == f"a b {TOKEN}\n" and not done.stderr, done
        # Without a command the app is started.
        done = run(status=4)
        assert done.stdout == f'{KEY} 50% of $HOME "x"\n', done
        assert "AIGENV_TRUST" in run("true", status=4, without="AIGENV_TRUST").stderr
        assert "no identity" in run("true", status=4, without="AIGENV_IDENTITY").stderr
        # A container that remembers nothing goes by the fingerprint alone.
        environment |= {"AIGENV_TRUST": "0" * len(environment["AIGENV_TRUST"]), "XDG_STATE_HOME": str(home.root / "new")}
        assert "believe" in (done := run("true", status=4)).stderr or "AIGENV_TRUST" in done.stderr, done


def the_compose_file_is_what_it_says():
    with Emulator() as emulator, Home() as home:
        set_up(home, emulator)
        text = rendered(home, "compose", "compose.yaml")
        try:
            import yaml
        except ImportError:
            return
        found = yaml.safe_load(text)
        app = found["services"]["app"]
        # compose puts a variable in where a $ stands alone, and makes one of two.
        assert not re.search(r"(?<!\$)(\$\$)*\$(?!\$)", "".join(app["command"])), app
        words = [word.replace("$$", "$") for word in app["command"]]
        assert words == ["node", "./app.js", '50% of $HOME "x"'], app
        assert app["working_dir"] == "/app", app
        assert app["secrets"] == ["aigenv_identity"] and "aigenv_identity" in found["secrets"], found
        assert app["volumes"][0]["source"] == "aigenv.json" and app["volumes"][0]["read_only"], app


def an_app_below_the_vault_by_a_program_of_its_own():
    """node of a version manager is not where systemd looks, nor the app beside the vault."""
    with Emulator() as emulator, Home() as home:
        folder, tools = home.project / "my app", home.root / "bin"
        folder.mkdir()
        tools.mkdir()
        (folder / "app.js").write_text(APP)
        (tools / "own-node").symlink_to(shutil.which("node"))
        (tools / "aigenv").symlink_to(AIGENV)
        home.environment["PATH"] = f"{tools}:{home.environment['PATH']}"
        given = answers(emulator, pm2={"app": "web", "cwd": "my app", "script": "./app.js",
                                       "interpreter": "own-node", "args": ["x"]})
        home.aigenv("init", "--answers", "-", "--no-input", "--no-verify", stdin=json.dumps(given))
        unit = rendered(home, "systemd-unit", "api.service")
        settings = dict(line.split("=", 1) for line in setting(unit, "Environment"))
        assert settings["PATH"].startswith(f"{tools}:/usr/local/"), unit
        identity = home.home / ".config" / "aigenv" / "identity.txt"
        done = home.run("env", "-i", f"PATH={settings['PATH']}", f"AIGENV_IDENTITY={identity}",
                        f"XDG_STATE_HOME={home.environment['XDG_STATE_HOME']}",
                        *words_of_unit(setting(unit, "ExecStart")[0]),
                        directory=setting(unit, "WorkingDirectory")[0], status=4)
        assert done.stdout == f"{KEY} x\n", done

        rendered(home, "container-entrypoint", "aigenv-entrypoint.sh")
        trust = json.loads(home.aigenv("key", "show", "--json").stdout)["fingerprint"]
        # The state's folder may be one that cannot be made: that is told, and no more.
        done = home.run("sh", home.project / "aigenv-entrypoint.sh", directory="/", status=4, more={
            "AIGENV_IDENTITY": str(identity), "AIGENV_TRUST": trust.replace(" ", ""),
            "XDG_STATE_HOME": "/proc/none"})
        assert done.stdout == f"{KEY} x\n" and "cannot remember" in done.stderr, done
        assert 'working_dir: "/app/my app"\n' in rendered(home, "compose", "compose.yaml")


main([
    units_are_read_without_a_word_and_start_what_they_say,
    a_line_of_cron_and_a_unit_rotate_the_token_that_is_due,
    the_entry_point_becomes_the_command_or_says_what_is_missing,
    the_compose_file_is_what_it_says,
    an_app_below_the_vault_by_a_program_of_its_own,
])
