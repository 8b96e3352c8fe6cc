#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The Tab key in real shells, in a real terminal: `completions.py bash|zsh|fish`.

Once by what `aigenv completion SHELL` prints, once by what cmake installs.
"""

import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness
from wizard_terminal import Screen

# What is typed, and what stands there after the Tab key.
CASES = [
    ("aigenv secr", "aigenv secret "),
    ("aigenv secret rem", "aigenv secret remove "),
    ("aigenv apply --no-v", "aigenv apply --no-verify "),
    ("aigenv -p stag", "aigenv -p staging-eu "),
    ("aigenv profile show stag", "aigenv profile show staging-eu "),
    ("aigenv help exit", "aigenv help exit-codes "),
    ("aigenv completion f", "aigenv completion fish "),
    ("aigenv explain --provider=xiaomi-tok", "aigenv explain --provider=xiaomi-token-plan "),
    ("aigenv explain ans", "aigenv explain answer.txt "),
    ("aigenv -C fol", "aigenv -C folder/"),
    ("aigenv run -- ser", "aigenv run -- server.js "),
]

# How each is started without the user's own files, and takes what was printed.
SHELLS = {
    "bash": ("bash --norc --noprofile -i", "source <(aigenv completion bash)",
             "source {}/share/bash-completion/completions/aigenv"),
    "zsh": ("zsh -f -i", "autoload -U compinit; compinit -u -D; source <(aigenv completion zsh)",
            "fpath=({}/share/zsh/site-functions $fpath); autoload -U compinit; compinit -u -D"),
    "fish": ("fish --no-config -i", "aigenv completion fish | source",
             "set fish_complete_path {}/share/fish/vendor_completions.d $fish_complete_path"),
}
# A fish that shows what it would suggest has it on the screen before any Tab.
QUIET = {"fish": "set -g fish_autosuggestion_enabled 0; function fish_prompt; echo '$ '; end"}


def make_profile(screen):
    for name in ("answer.txt", "server.js"):
        (screen.work / name).write_text("")
    (screen.work / "folder").mkdir()
    done = subprocess.run(
        [harness.AIGENV, "init", "-p", "staging-eu", "--no-input", "--no-verify", "--account",
         harness.ACCOUNT, "--gateway", "my-gateway", "--provider", "custom-xiaomi", "--model",
         "mimo-v2.5", "--secret", "CF_AIG_TOKEN=env:TOKEN", "--secret", "MIMO_API_KEY=env:KEY"],
        cwd=screen.work, env={"HOME": str(screen.root), "TOKEN": harness.TOKEN, "KEY": harness.KEY,
                              "XDG_STATE_HOME": str(screen.root / ".state")},
        capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()


def begin(screen, shell, lines):
    """The shell, ready: it has done its first lines and shows a clean screen."""
    screen.type(SHELLS[shell][0])
    for line in [*filter(None, [QUIET.get(shell)]), *lines]:
        screen.type(line)
    screen.type("echo rea''dy")
    screen.wait("ready")


def complete(screen, typed, wanted):
    screen.press("C-l")
    screen.tmux("send-keys", "-l", "--", typed)
    screen.wait(typed)
    screen.press("Tab")
    # What is typed behind it shows whether a blank was put there.
    screen.tmux("send-keys", "-l", "--", "@")
    screen.wait(wanted + "@")
    screen.press("C-u")


def printed(shell):
    screen = Screen(100)
    try:
        make_profile(screen)
        begin(screen, shell, [SHELLS[shell][1]])
        for typed, wanted in CASES:
            complete(screen, typed, wanted)
    finally:
        screen.close()


def installed(shell):
    with tempfile.TemporaryDirectory(prefix="aigenv-install-") as prefix:
        subprocess.run(["cmake", "--install", harness.BINARY, "--prefix", prefix],
                       check=True, capture_output=True, timeout=60)
        screen = Screen(100)
        try:
            begin(screen, shell, [SHELLS[shell][2].format(prefix)])
            complete(screen, *CASES[0])
        finally:
            screen.close()


if __name__ == "__main__":
    for name in sys.argv[1:] or SHELLS:
        printed(name)
        installed(name)
