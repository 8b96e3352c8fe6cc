#!/usr/bin/env python3
"""Printed commands, run as they stand by bash, dash, zsh and fish.

Whatever a path, a model or an answer holds, the line does what it says: the
words that arrive are the words that were meant, and nothing else is run.
"""

import json
import os
import pathlib
import random
import stat
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import Emulator, Home, answers, main  # noqa: E402

SPELL = sys.argv[1]
# Without the user's own settings. The last two read the line as it is typed,
# where ! calls up the history.
SHELLS = {
    "bash": ["bash", "--norc", "-c"],
    "dash": ["dash", "-c"],
    "zsh": ["zsh", "-f", "-c"],
    "zsh, more patterns": ["zsh", "-f", "-o", "extendedglob", "-c"],
    "zsh, '' is a quote": ["zsh", "-f", "-o", "rc_quotes", "-c"],
    "fish": ["fish", "--no-config", "-c"],
    "bash, typed": ["bash", "--norc", "--noediting", "-i"],
    "zsh, typed": ["zsh", "-f", "-i"],
}

# Each tries to leave its word, in the way of one shell or of all.
HOSTILE = [
    "x\\' ; touch PWN ; #",
    "x' ; touch PWN ; '",
    'x" ; touch PWN ; "',
    "$(touch PWN)",
    "(touch PWN)",
    "`touch PWN`",
    "x; touch PWN",
    "x\\",
    "\\'",
    "'",
    "''",
    "'''\\\\'''",
    "a\\nb",
    "%self",
    "%1",
    "~",
    "~root",
    "=ls",
    "*",
    "?",
    "[a-z]",
    "{a,b}",
    "a{1..3}",
    "a^b",
    "^",
    "#x",
    "!!",
    "!x",
    "a!b",
    "a!'b\\!c",
    "<x",
    ">PWN",
    "2>PWN",
    "&",
    "|touch PWN",
    "-n",
    "--",
    "",
    " ",
    "  a  b  ",
    "if",
    "A=b",
    "$HOME",
    "${HOME}",
    "$HOME[1]",
    "\t",
    "a\nb",
    "\n",
    "a\n",
    "a\n\n",
    "a\rb",
    "\x1b[31m",
    "\x01\x02\x7f",
    "a\x1b1'%s\\b",
    "-\x1b",
    "%s%n\x1b",
    "小米",
    "é\u202e\u200b",
    "小\u00ad'米\n",
]

PIECES = list("ab 1'\"\\$`!*?[]{}()<>|&;#~=%^@:,/.-_+\n\t\r\x1b") + ["小", "\u202e", "é"]


def random_words(seed, count):
    dice = random.Random(seed)
    return [
        "".join(dice.choices(PIECES, k=dice.randint(0, 12))) for _ in range(count)
    ]


def spelt(words, *how):
    done = subprocess.run(
        [SPELL, *how],
        input="".join(word + "\0" for word in words).encode(),
        capture_output=True,
        check=True,
        timeout=60,
    )
    return done.stdout.decode()


def run_in(shell, line, home, more=None, directory=None):
    """The line in that shell; returns what it wrote."""
    command = SHELLS[shell]
    typed = command[-1] == "-i"
    done = subprocess.run(
        command if typed else [*command, line],
        input=f"{line}\n".encode() if typed else b"",
        capture_output=True,
        cwd=directory or home.project,
        env={**home.environment, "PS1": "", "PS2": "", **(more or {})},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, (shell, line, done)
    return done.stdout.decode()


def read_by(shell, line, home, more=None):
    """The arguments that a program gets from the line in that shell."""
    text = run_in(shell, f"env printf '%s\\0'{line}", home, more)
    assert not list(home.project.iterdir()), (shell, list(home.project.iterdir()))
    return text.split("\0")[:-1]


def compare(words, got, shell):
    assert len(got) == len(words), (shell, len(got), len(words))
    for meant, came in zip(words, got):
        assert meant == came, (shell, meant, came, spelt([meant]))


def every_shell_reads_the_word_that_was_meant():
    # `env printf --` would end printf's own options.
    words = [word for word in HOSTILE + random_words(1, 400)]
    line = spelt(words)
    with Home() as home:
        for shell in SHELLS:
            compare(words, read_by(shell, line, home), shell)


def every_shell_puts_the_value_behind_the_text():
    value = "it's $HOME `x` \\ \"end\""
    words = [word for word in HOSTILE + random_words(2, 400)]
    line = spelt(words, "expanding")
    with Home() as home:
        for shell in SHELLS:
            got = read_by(shell, line, home, {"VALUE": value})
            compare([word + value for word in words], got, shell)


RECORDER = """#!/bin/sh
printf '%s\\0' "$0" "$@" >> "$RECORD"
"""


def shells_can(home):
    """Programs in front of the PATH that write down how they were called."""
    tools = home.root / "tools"
    tools.mkdir()
    for name in ("pm2", "aigenv"):
        (tools / name).write_text(RECORDER)
        (tools / name).chmod(0o755)
    return {"PATH": f"{tools}:{home.environment['PATH']}"}


def recorded(shell, line, home, tools):
    record = home.root / "record"
    record.unlink(missing_ok=True)
    run_in(shell, line, home, {**tools, "RECORD": str(record)})
    words = record.read_bytes().decode().split("\0")[:-1]
    return [os.path.basename(words[0]), *words[1:]]


# A file's name ends at 255 bytes and has no slash; a path that is set shows all.
NAMES = [name for name in HOSTILE if name.strip() == name and name not in ("", "~root", "~")]
VISIBLE = [name for name in NAMES if name.isprintable() and "\u00ad" not in name]


def a_restart_command_reaches_the_file_it_names():
    with Emulator() as emulator, Home() as home:
        tools = shells_can(home)
        given = answers(emulator, pm2={"app": "web", "script": "./server.js"})
        for number, name in enumerate(VISIBLE):
            vault = f"vault{number}.json"
            given["pm2"]["ecosystem"] = name
            done = home.aigenv(
                "-f", vault, "init", "--answers", "-", "--no-input", "--no-verify", "--json",
                stdin=json.dumps(given),
            )
            command = json.loads(done.stdout)["restart"]["command"]
            assert "\n" not in command
            seen = name if not name.startswith("-") else f"./{name}"
            meant = ["pm2", "restart", seen, "--only", "web", "--update-env"]
            for shell in SHELLS:
                assert recorded(shell, command, home, tools) == meant, name
        assert not (home.project / "PWN").exists()


def a_vault_of_any_name_is_named_in_the_command():
    with Emulator() as emulator, Home() as home:
        tools = shells_can(home)
        given = answers(
            emulator, pm2={"app": "web"}, outputs=[{"template": "env", "path": ".env"}]
        )
        for number, name in enumerate(n for n in NAMES if "/" not in n and len(n) > 2):
            vault = f"{name}.json"
            home.aigenv(
                "-f", vault, "init", "--answers", "-", "--no-input", "--no-verify",
                stdin=json.dumps(given),
            )
            done = home.aigenv("-f", vault, "apply", "--no-verify")
            line = done.stdout.rstrip("\n")
            for shell in SHELLS:
                words = recorded(shell, line, home, tools)
                assert words[:3] == ["aigenv", "-f", vault], (name, words)
        assert not (home.project / "PWN").exists()


def the_advised_chmod_mends_the_file_it_names():
    with Home() as home:
        for number, name in enumerate(n for n in NAMES if "/" not in n and n != "--"):
            folder = home.root / f"identities{number}"
            folder.mkdir()
            path = folder / name
            home.aigenv("key", "new", more={"AIGENV_IDENTITY": str(path)})
            for shell in SHELLS:
                path.chmod(0o644)
                done = home.aigenv(
                    "key", "show", "--json", more={"AIGENV_IDENTITY": str(path)}, status=4
                )
                advice = json.loads(done.stdout)["error"]["next"]
                assert advice[0] == advice[-1] == "`", advice
                run_in(shell, advice[1:-1], home)
                assert stat.S_IMODE(path.stat().st_mode) == 0o600, (shell, advice)
        assert not (home.project / "PWN").exists()


def a_printed_curl_command_asks_what_verify_asks():
    asked = 0
    with Emulator("--open") as emulator, Home() as home:
        values = {"CF_AIG_TOKEN": "t'$1", "MIMO_API_KEY": "k\\"}
        for number, model in enumerate(VISIBLE):
            given = answers(emulator)
            given["routes"] = [{"provider": "custom-xiaomi", "model": model}]
            vault = f"vault{number}.json"
            home.aigenv(
                "-f", vault, "init", "--answers", "-", "--no-input", "--no-verify",
                stdin=json.dumps(given),
                status=None,
            )
            if not (home.project / vault).exists():
                continue  # a placeholder
            asked += 1
            line = home.aigenv("-f", vault, "verify", "--curl").stdout
            for shell in SHELLS:
                emulator.forget()
                run_in(shell, line, home, values)
                request = emulator.requests()[-1]
                headers = {name.lower(): value for name, value in request["headers"].items()}
                assert json.loads(request["body"])["model"] == model, (shell, line)
                assert headers["authorization"] == "Bearer k\\"
                assert headers["cf-aig-authorization"] == "Bearer t'$1"
        assert asked > 20, asked
        assert not (home.project / "PWN").exists()


PARTS = {
    "words": [every_shell_reads_the_word_that_was_meant],
    "expanding": [every_shell_puts_the_value_behind_the_text],
    "commands": [
        a_restart_command_reaches_the_file_it_names,
        a_vault_of_any_name_is_named_in_the_command,
        the_advised_chmod_mends_the_file_it_names,
        a_printed_curl_command_asks_what_verify_asks,
    ],
}

if __name__ == "__main__":
    main(PARTS[sys.argv[2]])
