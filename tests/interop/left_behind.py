#!/usr/bin/env python3
"""What a killed run leaves: hidden from git, and swept by whoever writes next."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import BINARY, KEY, PATIENCE, Home, Nowhere, answers, main  # noqa: E402

FAULTY = BINARY / "aigenv-faulty"

WRITERS = [
    ["secret", "set", "EXTRA", "--from", "env:NEW"],
    ["secret", "remove", "OTHER", "--yes"],
    ["config", "set", "vars.A=2"],
    ["config", "unset", "vars.B"],
    ["profile", "copy", "production", "b"],
    ["profile", "remove", "b", "--yes"],
    ["apply", "--no-verify"],
    ["init", "--no-verify", "--var", "A=3"],
    ["import", "more.env", "--no-verify"],
]


def set_up(home, *paths):
    outputs = [{"template": "env", "path": path} for path in paths or (".env",)]
    given = answers(Nowhere, outputs=outputs, vars={"A": "1", "B": "1"})
    given["secrets"]["OTHER"] = "other"
    home.aigenv(
        "init", "--answers", "-", "--no-input", "--no-verify", stdin=json.dumps(given)
    )


def temporary_files(home):
    return sorted(path for path in home.root.rglob("*.aigenv-*"))


def apply_killed(home):
    home.aigenv("config", "set", "vars.FRESH=1", "--no-input")
    done = home.run(
        FAULTY, "apply", "--no-verify", "--no-input", status=None,
        more={"AIGENV_FAULT": "rename:1:KILL"},
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done


def what_a_kill_leaves_is_ignored_by_git_as_the_file_itself():
    with Home() as home:
        subprocess.run(["git", "init", "-q", home.project], check=True)
        (home.project / ".gitignore").write_text(".env*\n")
        set_up(home)
        apply_killed(home)
        left = temporary_files(home)
        assert any(KEY in path.read_text() for path in left), left
        for path in left:
            assert path.stat().st_mode & 0o777 == 0o600, path
        shown = home.run("git", "status", "--porcelain", "-uall").stdout
        assert ".aigenv-" not in shown, shown


def it_is_swept_after_the_output_has_moved():
    with Home() as home:
        set_up(home, "conf/app.env")
        apply_killed(home)
        assert temporary_files(home)
        home.aigenv("config", "set", "outputs.0.path=elsewhere/app.env")
        assert not temporary_files(home), temporary_files(home)
        plant(home.project / "conf")
        home.aigenv("apply", "--no-verify", "--no-input")
        assert not temporary_files(home), temporary_files(home)
        assert (home.project / "elsewhere/app.env").exists()


def plant(folder):
    left = folder / ".app.env.aigenv-abc123"
    left.write_text(f"MIMO_API_KEY={KEY}\n")
    left.chmod(0o600)
    return left


def every_command_that_writes_sweeps():
    with Home() as home:
        set_up(home, "conf/app.env")
        (home.project / "more.env").write_text("MORE=1\n")
        home.aigenv("config", "set", "outputs.0.path=new/app.env")
        home.aigenv("apply", "--no-verify", "--no-input")
        for command in WRITERS:
            left = [plant(home.project / name) for name in (".", "conf", "new")]
            done = home.aigenv(
                *command, "--no-input", status=None, more={"NEW": "new value"}
            )
            if "there is no option" in done.stderr:
                done = home.aigenv(
                    *[word for word in command if word != "--yes"],
                    "--no-input", status=None, more={"NEW": "new value"},
                )  # fmt: skip
            assert done.returncode == 0, (command, done)
            for path in left:
                assert not path.exists(), (command, path)


def nothing_is_swept_under_a_writer_s_hands():
    """Two that write at once: each one's temporary file has its lock."""
    with Home() as home:
        set_up(home)
        for _ in range(40):
            processes = [
                subprocess.Popen(
                    [BINARY / "aigenv", "render", "--out", f"out{each}"],
                    cwd=home.project, env={**os.environ, **home.environment},
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                )
                for each in range(4)
            ]  # fmt: skip
            for process in processes:
                _, errors = process.communicate(timeout=PATIENCE)
                assert process.returncode == 0, errors
        assert not temporary_files(home)


TESTS = [
    what_a_kill_leaves_is_ignored_by_git_as_the_file_itself,
    it_is_swept_after_the_output_has_moved,
    every_command_that_writes_sweeps,
    nothing_is_swept_under_a_writer_s_hands,
]

if __name__ == "__main__":
    main(TESTS)
