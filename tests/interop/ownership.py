#!/usr/bin/env python3
"""Whose files are believed: a vault found by walking upwards, what this machine
remembers, the home folder, outputs under root. What another user could have
made is refused.

Run as root it also plays that other user; otherwise the modes alone are tried."""

import grp
import hashlib
import json
import os
import pathlib
import pwd
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import ACCOUNT, AIGENV, KEY, TOKEN, Home, main  # noqa: E402

OTHER = 65534  # nobody
ROOT = os.geteuid() == 0
ANSWERS = {
    "account_id": ACCOUNT, "gateway": "gw",
    "routes": [{"provider": "custom-xiaomi", "model": "mimo-v2.5"}],
    "secrets": {"CF_AIG_TOKEN": TOKEN, "MIMO_API_KEY": KEY}}

# Every command that reads the profile in use.
READERS = (["secret", "list"], ["secret", "reveal", "CF_AIG_TOKEN"], ["render"],
           ["run", "--", "true"], ["config", "get"], ["profile", "list"], ["profile", "show"])
WRITERS = (["apply", "--no-verify"], ["secret", "set", "NEW"], ["secret", "remove", "MIMO_API_KEY"],
           ["config", "set", "gateway=x"], ["config", "unset", "gateway"], ["seal", "--yes"],
           ["profile", "copy", "production", "b"], ["profile", "remove", "production"],
           ["init", "--no-verify", "--gateway", "x"])


def make(home, *options, outputs=None, **more):
    answers = {**ANSWERS, **({"outputs": outputs} if outputs else {})}
    return home.aigenv(*options, "init", "--answers", "-", "--no-verify",
                       stdin=json.dumps(answers), **more)


def refused(home, *words, says, directory=None, status=4, **more):
    done = home.aigenv("--no-input", *words, status=status, stdin="value", directory=directory,
                       **more)
    assert not done.stdout, done.stdout
    assert says in done.stderr, done.stderr
    return done.stderr


def every_command_is_refused(home, says, *options, **more):
    for words in READERS + WRITERS:
        refused(home, *options, *words, says=says, **more)


def nobody_else_could_have_written_the_vault_that_is_found():
    with Home() as home:
        make(home)
        vault = home.project / "aigenv.json"
        before = vault.read_bytes()
        below = home.project / "a/b"
        below.mkdir(parents=True)
        for path, mode in ((vault, 0o666), (vault, 0o646), (home.project, 0o777),
                           (home.project, 0o757)):
            was = path.stat().st_mode & 0o7777
            path.chmod(mode)
            for directory in (home.project, below):
                every_command_is_refused(home, "-f ", directory=directory)
            # -C is no name of a file; -f and AIGENV_FILE are.
            refused(home, "-C", home.project, "secret", "list", says="-f ", directory="/")
            assert TOKEN in home.aigenv("-f", vault, "render").stdout
            assert TOKEN in home.aigenv("render", more={"AIGENV_FILE": str(vault)}).stdout
            path.chmod(was)
        assert vault.read_bytes() == before
        assert sorted(path.name for path in home.project.iterdir()) == [".env", "a", "aigenv.json"]


def a_sticky_folder_is_shared_and_still_fine():
    with Home() as home:
        make(home)
        home.project.chmod(0o1777)
        home.aigenv("secret", "list")


def the_printed_option_works_as_it_stands():
    with Home() as home:
        odd = home.project / "it's $(here)"
        odd.mkdir()
        make(home, directory=odd)
        odd.chmod(0o777)
        told = refused(home, "secret", "list", says="aigenv -f ", directory=odd)
        command = told.split("name it: ", 1)[1].strip()
        done = home.run("sh", "-c", f"{command} secret list", directory=odd,
                        more={"PATH": f"{AIGENV.parent}:{os.environ['PATH']}"})
        assert "CF_AIG_TOKEN" in done.stdout


def no_vault_is_made_where_others_can_write():
    with Home() as home:
        home.project.chmod(0o777)
        done = home.aigenv("init", "--answers", "-", "--no-verify", stdin=json.dumps(ANSWERS), status=4)
        assert "-f" in done.stderr and not list(home.project.iterdir())
        assert not (home.home / ".config").exists(), "an identity was made"
        make(home, "-f", "aigenv.json")


def a_private_group_may_write():
    """umask 002, as many distributions have it."""
    with Home() as home:
        make(home)
        (home.project / "aigenv.json").chmod(0o664)
        home.project.chmod(0o775)
        user, group = pwd.getpwuid(os.geteuid()), grp.getgrgid(os.getegid())
        if user.pw_name == group.gr_name and not set(group.gr_mem) - {user.pw_name}:
            home.aigenv("secret", "list")
        if ROOT:
            os.chown(home.project / "aigenv.json", 0, 1)
            every_command_is_refused(home, "-f ")


def another_users_vault_is_not_taken_for_ones_own():
    with Home() as home:
        make(home)
        vault = home.project / "aigenv.json"
        for path in (vault, home.project):
            os.chown(path, OTHER, -1)
            every_command_is_refused(home, f"uid {OTHER}")
            # Who called sudo is meant, too.
            home.aigenv("secret", "list", more={"SUDO_UID": str(OTHER)})
            refused(home, "secret", "list", says="uid", more={"SUDO_UID": "1"})
            refused(home, "secret", "list", says="uid", more={"SUDO_UID": f"{OTHER}x"})
            home.aigenv("-f", vault, "secret", "list")
            os.chown(path, 0, -1)


def the_walk_never_goes_past_the_first_one():
    with Home() as home:
        make(home)
        below = home.project / "below"
        below.mkdir()
        (below / "aigenv.json").write_text("{}")
        os.chown(below / "aigenv.json", OTHER, -1)
        refused(home, "secret", "list", says=f"uid {OTHER}", directory=below)
        (below / "aigenv.json").unlink()
        (below / "aigenv.json").symlink_to("nowhere")
        done = home.aigenv("secret", "list", status=None, directory=below)
        assert done.returncode in (3, 7) and not done.stdout, done
        # A link that another user made decides as much as a file.
        (below / "aigenv.json").unlink()
        (below / "aigenv.json").symlink_to(home.project / "aigenv.json")
        home.aigenv("secret", "list", directory=below)
        os.chown(below / "aigenv.json", OTHER, -1, follow_symlinks=False)
        refused(home, "secret", "list", says=f"uid {OTHER}", directory=below)


# What this machine remembers

def memory_of(home):
    root = home.home / ".local/state/aigenv"
    vaults = next((root / "vaults").iterdir())
    place = hashlib.sha256(str(home.project / "aigenv.json").encode()).hexdigest()
    return [root, root / "vaults", vaults, vaults / "production.json", root / "places",
            root / f"places/{place}.json"]


def a_memory_that_others_can_write_is_not_believed():
    with Home() as home:
        make(home)
        for path in memory_of(home):
            was = path.stat().st_mode & 0o7777
            path.chmod(0o777 if path.is_dir() else 0o666)
            every_command_is_refused(home, str(path))
            every_command_is_refused(home, str(path), "-f", "aigenv.json")
            path.chmod(was)
            if ROOT:
                os.chown(path, OTHER, -1)
                every_command_is_refused(home, str(path))
                os.chown(path, 0, -1)
        home.aigenv("secret", "list")


def give_to_other(home):
    for path in (home.root, *home.root.rglob("*")):
        os.chown(path, OTHER, OTHER)


def as_other(home, *words):
    return subprocess.run(
        ["setpriv", f"--reuid={OTHER}", f"--regid={OTHER}", "--clear-groups", AIGENV,
         "--no-input", *words], cwd=home.project, env=home.environment, input="value",
        capture_output=True, text=True, timeout=60, check=False)


def a_memory_that_cannot_be_entered_is_not_none():
    """As another user, since root may enter everything."""
    with Home() as home:
        make(home)
        give_to_other(home)
        assert as_other(home, "secret", "list").returncode == 0
        for path in memory_of(home):
            was = path.stat().st_mode & 0o7777
            path.chmod(0)
            for words in READERS + WRITERS:
                done = as_other(home, *words)
                assert done.returncode == 4 and not done.stdout, (path, words, done)
                assert "remember" in done.stderr, done.stderr
            path.chmod(was)
        assert as_other(home, "secret", "list").returncode == 0


def a_file_that_others_can_read_and_that_stays_so_is_told():
    """It holds what is to be written, so that it is not replaced."""
    with Home() as home:
        make(home)
        give_to_other(home)
        env = home.project / ".env"
        os.chown(env, 0, 0)
        env.chmod(0o644)
        done = as_other(home, "apply", "--no-verify")
        assert done.returncode == 0 and "other users can read .env" in done.stderr, done
        os.chown(env, OTHER, OTHER)
        done = as_other(home, "apply", "--no-verify")
        assert done.returncode == 0 and "other users" not in done.stderr, done
        assert env.stat().st_mode & 0o777 == 0o600


def something_else_in_its_place_is_not_none():
    with Home() as home:
        make(home)
        root = memory_of(home)[0]
        root.rename(root.with_name("kept"))
        root.write_text("no folder")
        every_command_is_refused(home, str(root))


# Home

def home_is_the_users_own_also_where_nobody_says_so():
    with Home() as home:
        make(home)
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            del home.environment[name]
        home.aigenv("secret", "list", more={"HOME": str(home.home)})
        (home.project / "home").symlink_to(home.home)
        every_command_is_refused(home, "HOME", more={"HOME": "home"})
        refused(home, "key", "show", says="HOME", more={"HOME": "../home"})
        refused(home, "key", "new", says="HOME", more={"HOME": "."})
        # Nobody's memory is touched by this: the vault's state stays where it is.
        del home.environment["HOME"]
        state = {"XDG_STATE_HOME": str(home.home / ".local/state")}
        done = home.aigenv("key", "show", status=None, more=state)
        own = f"{pwd.getpwuid(os.geteuid()).pw_dir}/.config/aigenv/identity.txt"
        assert done.returncode == 0 or own in done.stderr, done.stderr


# Outputs under root

def put(path, owner=OTHER, text="MINE=1\n"):
    path.write_text(text)
    os.chown(path, owner, -1)
    path.chmod(0o644)


def root_hands_no_secret_to_whoever_made_the_file_first():
    with Home() as home:
        shared = home.project / "run"
        make(home, outputs=[{"template": "env", "path": ".env"},
                                     {"template": "env", "path": "run/app/.env"}])
        app, env = shared / "app", shared / "app/.env"
        kept = (home.project / ".env").read_bytes()
        for folder, mode in ((app, 0o1777), (app, 0o777), (app, 0o775), (shared, 0o1777),
                             (home.project, 0o1777)):
            env.unlink()
            put(env)
            folder.chmod(mode)
            if folder != app:  # somebody else's own folder in a shared one
                os.chown(app, OTHER, -1)
            for words in (("apply", "--no-verify"), ("apply", "--no-verify", "--dry-run"),
                          ("init", "--no-verify", "--var", "NEW=1")):
                told = refused(home, *words, says=f"uid {OTHER}", status=3)
                assert "app/.env" in told, told
                assert env.read_text() == "MINE=1\n" and env.stat().st_uid == OTHER
                assert (home.project / ".env").read_bytes() == kept
                # With its quotes: three letters alone stand in some base64.
                assert '"NEW"' not in (home.project / "aigenv.json").read_text()
                assert sorted(path.name for path in app.iterdir()) == [".env"]
            # One that root or who called sudo has is nobody else's.
            home.aigenv("apply", "--no-verify", more={"SUDO_UID": str(OTHER)})
            assert env.stat().st_uid == OTHER and TOKEN in env.read_text()
            os.chown(env, 0, -1)
            home.aigenv("apply", "--no-verify")
            os.chown(app, 0, -1)
            folder.chmod(0o755)


def root_keeps_the_owner_where_nobody_else_could_have_made_it():
    with Home() as home:
        make(home)
        env = home.project / ".env"
        put(env)
        home.aigenv("apply", "--no-verify")
        assert env.stat().st_uid == OTHER and env.stat().st_mode & 0o777 == 0o600
        assert TOKEN in env.read_text() and "MINE=1" in env.read_text()
        home.project.chmod(0o1777)
        other = home.project / "other.env"
        put(other)
        refused(home, "render", "--out", other, says=f"uid {OTHER}", status=3)
        assert other.read_text() == "MINE=1\n"


def what_sudo_makes_belongs_to_its_caller():
    """sudo -E keeps HOME: he could not use, nor aigenv trust, what is root's there."""
    with Home() as home:
        for path in (home.root, home.home, home.project):
            os.chown(path, OTHER, OTHER)
        make(home, more={"SUDO_UID": str(OTHER), "SUDO_GID": str(OTHER)})
        home.aigenv("apply", "--no-verify", more={"SUDO_UID": str(OTHER)})
        made = [path for path in home.root.rglob("*") if path.is_file()]
        assert len(made) >= 4, made
        for path in home.root.rglob("*"):
            assert path.stat().st_uid == OTHER, path
        # Not for one who only says so: another's folder stays out of it.
    with Home() as home:
        make(home, more={"SUDO_UID": str(OTHER)})
        for path in home.root.rglob("*"):
            assert path.stat().st_uid == 0, path


TESTS = [
    nobody_else_could_have_written_the_vault_that_is_found,
    a_sticky_folder_is_shared_and_still_fine,
    the_printed_option_works_as_it_stands,
    no_vault_is_made_where_others_can_write,
    a_private_group_may_write,
    a_memory_that_others_can_write_is_not_believed,
    something_else_in_its_place_is_not_none,
    home_is_the_users_own_also_where_nobody_says_so,
]
OTHERS = [
    another_users_vault_is_not_taken_for_ones_own,
    the_walk_never_goes_past_the_first_one,
    a_memory_that_cannot_be_entered_is_not_none,
    a_file_that_others_can_read_and_that_stays_so_is_told,
    root_hands_no_secret_to_whoever_made_the_file_first,
    root_keeps_the_owner_where_nobody_else_could_have_made_it,
    what_sudo_makes_belongs_to_its_caller,
]

main(TESTS + (OTHERS if ROOT else []))
