#!/usr/bin/env python3
"""The main job, broken off and refused at every system call that writes.

Whatever happens, a file is old or new and whole, and the next run finishes.
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import BINARY, KEY, TOKEN, Emulator, Home, Nowhere, answers, main  # noqa: E402

FAULTY = BINARY / "aigenv-faulty"
OUTPUTS = [".env", "conf/x.env", "ecosystem.config.cjs"]
MOST_CALLS = 200


def given(emulator=Nowhere, **changes):
    outputs = [
        {"template": "env", "path": ".env"},
        {"template": "env", "path": "conf/x.env"},
        {"template": "ecosystem", "path": "ecosystem.config.cjs"},
    ]
    return json.dumps(answers(emulator, pm2={"app": "web"}, outputs=outputs, **changes))


def set_up():
    home = Home()
    (home.project / "server.js").touch()
    (home.project / ".env").write_text("MINE=1\n")
    return home


def init(home, program=None, **options):
    return home.run(
        program or BINARY / "aigenv",
        "init", "--answers", "-", "--no-input", "--no-verify",
        stdin=given(), **options,
    )  # fmt: skip


def apply(home, fault=None, **options):
    more = {"AIGENV_FAULT": fault} if fault else {}
    return home.run(FAULTY, "apply", "--no-verify", "--no-input", more=more, **options)


def outputs(home):
    return {name: (home.project / name).read_bytes() for name in OUTPUTS}


def leftovers(home):
    return [str(path) for path in home.root.rglob("*.aigenv-*")]


def check_nothing_said(done):
    for secret in (TOKEN, KEY):
        assert secret not in done.stdout + done.stderr, done


def init_killed_at_every_call_is_finished_by_the_next():
    for number in range(1, MOST_CALLS):
        home = set_up()
        with home:
            done = init(
                home, FAULTY, status=None, more={"AIGENV_FAULT": f"any:{number}:KILL"}
            )
            check_nothing_said(done)
            text = (home.project / ".env").read_text()
            assert text.startswith("MINE=1\n"), text
            assert text == "MINE=1\n" or KEY in text, text
            vault = home.project / "aigenv.json"
            if vault.exists():
                json.loads(vault.read_text())
            if done.returncode == 0:
                assert number > 20, number
                return
            assert done.returncode == -signal.SIGKILL, done
            again = init(home)
            assert again.stdout == (
                "pm2 restart ecosystem.config.cjs --only web --update-env\n"
            ), again
            assert not leftovers(home), (number, leftovers(home))
            assert KEY in (home.project / ".env").read_text()
    raise AssertionError("there is no end to it")


def ready_for_a_change(home):
    """The outputs as they are, and as they will be."""
    init(home)
    old = outputs(home)
    home.aigenv("config", "set", "vars.NEW=1")
    state = home.home / ".local"
    shutil.copytree(state, home.root / "state")
    apply(home)
    return old, outputs(home)


def put_back(home, old):
    for name, content in old.items():
        (home.project / name).write_bytes(content)
    shutil.rmtree(home.home / ".local")
    shutil.copytree(home.root / "state", home.home / ".local")


def apply_killed_at_every_call_is_finished_by_the_next():
    with set_up() as home:
        old, new = ready_for_a_change(home)
        assert old != new
        for number in range(1, MOST_CALLS):
            put_back(home, old)
            done = apply(home, f"any:{number}:KILL", status=None)
            for name, content in outputs(home).items():
                assert content in (old[name], new[name]), (number, name)
            if done.returncode == 0:
                assert number > 10, number
                return
            apply(home)
            assert outputs(home) == new, number
            assert not leftovers(home), (number, leftovers(home))
    raise AssertionError("there is no end to it")


def an_error_before_the_first_rename_changes_nothing():
    with set_up() as home:
        old, new = ready_for_a_change(home)
        for call in ("openat", "write", "fchmod", "close"):
            for effect in ("ENOSPC", "EIO", "EDQUOT"):
                for number in (1, 2, 3):
                    put_back(home, old)
                    done = apply(home, f"{call}:{number}:{effect}", status=7)
                    assert done.stdout == "", done
                    assert "nothing was changed" in done.stderr, done
                    assert outputs(home) == old, (call, number, effect)
                    assert not leftovers(home), (call, number, effect)
        for number in (1, 2, 3):
            put_back(home, old)
            done = apply(home, f"fsync:{number}:EIO", status=7)
            assert outputs(home) == old, number
        assert new


def an_error_between_two_renames_says_so_and_is_finished():
    with set_up() as home:
        old, new = ready_for_a_change(home)
        for fault in ("rename:2:EIO", "rename:3:ENOSPC", "fsync:4:EIO", "fsync:5:EIO"):
            put_back(home, old)
            done = apply(home, fault, status=7)
            assert done.stdout == "", done
            assert "nothing was changed" not in done.stderr, done
            assert "which finishes it" in done.stderr, done
            apply(home)
            assert outputs(home) == new, fault
            assert not leftovers(home), fault


def a_failing_disk_leaves_no_identity_without_a_vault():
    for number in range(1, 6):
        with set_up() as home:
            done = init(
                home, FAULTY, status=None,
                more={"AIGENV_FAULT": f"write:{number}:ENOSPC"},
            )  # fmt: skip
            vault = home.project / "aigenv.json"
            identity = home.home / ".config" / "aigenv" / "identity.txt"
            if done.returncode == 0:
                return
            assert done.returncode == 7, done
            assert vault.exists() == identity.exists(), number
            assert (home.project / ".env").read_text() == "MINE=1\n"
            assert not leftovers(home), number


# Sentences, and what has to be true where one of them is said.
CLAIMS = {
    "nothing was changed": lambda before, after: after == before,
    "othing was written": lambda before, after: after == before,
    "was not overwritten": lambda before, after: after == before,
    "neither": lambda before, after: False,
    "the vault is written": lambda before, after: (
        after.get("aigenv.json") != before.get("aigenv.json")
        and all(after.get(name) == before.get(name) for name in OUTPUTS)
    ),
    "the identity that was made is kept": lambda before, after: (
        IDENTITY in after and after.get("aigenv.json") == before.get("aigenv.json")
    ),
    "the files before it are written": lambda before, after: (
        any(after.get(name) != before.get(name) for name in OUTPUTS)
    ),
}  # fmt: skip
IDENTITY = "home/.config/aigenv/identity.txt"


def tree(home):
    """What is not this machine's memory, nor left for the next one to sweep."""
    files = {}
    for path in home.root.rglob("*"):
        name = str(path.relative_to(home.root)).removeprefix("project/")
        if path.is_file() and ".local" not in name and ".aigenv-" not in name:
            files[name] = path.read_bytes()
    return files


def new_machine():
    return set_up()


def known_vault():
    """A vault that another machine made: the profile and the identity are new."""
    home = set_up()
    init(home)
    for name in OUTPUTS:
        (home.project / name).unlink()
    (home.project / ".env").write_text("MINE=1\n")
    shutil.rmtree(home.home)
    home.home.mkdir()
    home.profile = "staging"
    return home


def known_profile():
    home = set_up()
    init(home)
    home.change = {"vars": {"NEW": "1"}}
    return home


def what_init_says_is_true_at_every_fault():
    # A disk that really syncs makes minutes of this.
    if os.access("/dev/shm", os.W_OK):
        tempfile.tempdir = "/dev/shm"
    for start in (new_machine, known_vault, known_profile):
        for fault in ("any:%d:EIO", "since:%d:ENOSPC"):
            for number in range(1, MOST_CALLS):
                with start() as home:
                    profile = getattr(home, "profile", "production")
                    given_ = given(**getattr(home, "change", {}))
                    words = ["init", "--answers", "-", "--no-input", "--no-verify"]
                    before = tree(home)
                    done = home.run(
                        FAULTY, "-p", profile, *words, stdin=given_, status=None,
                        more={"AIGENV_FAULT": fault % number},
                    )  # fmt: skip
                    check_nothing_said(done)
                    after = tree(home)
                    said = [claim for claim in CLAIMS if claim in done.stderr]
                    for claim in said:
                        assert CLAIMS[claim](before, after), (
                            start.__name__, fault % number, claim, done,
                            [name for name in after if after[name] != before.get(name)],
                        )  # fmt: skip
                    if done.returncode == 0:
                        if fault.startswith("since") or number > 60:
                            break
                        continue
                    assert done.returncode == 7, (start.__name__, fault % number, done)
                    assert said or "is written, but" in done.stderr or (
                        "cannot make the folder" in done.stderr
                    ), (start.__name__, fault % number, done)
                    home.run(
                        BINARY / "aigenv", "-p", profile, *words, stdin=given_
                    )
                    assert KEY in (home.project / ".env").read_text()


def nobody_is_told_to_do_again_what_is_done():
    """The folder's fsync fails behind the rename: the same again would be refused."""
    for words in (["profile", "copy", "production", "b"], ["config", "set", "vars.A=1"],
                  ["profile", "remove", "production", "--yes"]):
        with set_up() as home:
            init(home)
            before = (home.project / "aigenv.json").read_bytes()
            for number in range(1, MOST_CALLS):
                done = home.run(FAULTY, *words, "--no-input", status=None,
                                more={"AIGENV_FAULT": f"fsync:{number}:EIO"})
                if before != (home.project / "aigenv.json").read_bytes():
                    break
            assert done.returncode == 7 and "no need to run it again" in done.stderr, done


def what_a_rollback_says_is_true_at_every_fault():
    """Said to run it again, it would exchange the two values once more."""
    for number in range(1, MOST_CALLS):
        with set_up() as home:
            init(home)
            home.aigenv("secret", "set", "MIMO_API_KEY", stdin="sk-another0123456789")
            apply(home)
            before = tree(home)
            done = home.run(
                FAULTY, "rollback", "MIMO_API_KEY", "--no-verify", "--no-restart", "--no-input",
                status=None, more={"AIGENV_FAULT": f"any:{number}:EIO"},
            )  # fmt: skip
            after = tree(home)
            for claim in CLAIMS:
                assert claim not in done.stderr or CLAIMS[claim](before, after), (
                    number, claim, done)  # fmt: skip
            if done.returncode == 0 and number > 20:
                return
            if done.returncode == 7 and after["aigenv.json"] != before["aigenv.json"]:
                assert "aigenv apply" in done.stderr, (number, done)
                apply(home)
                assert KEY in (home.project / ".env").read_text(), (number, done)
    raise AssertionError("there is no end to it")


def a_rollback_killed_at_every_call_is_finished_by_the_same_again():
    """What it had exchanged in the vault is not exchanged back."""
    words = ["rollback", "MIMO_API_KEY", "--no-verify", "--no-restart", "--no-input"]
    went_on = 0
    for number in range(1, MOST_CALLS):
        with set_up() as home:
            init(home)
            home.aigenv("secret", "set", "MIMO_API_KEY", stdin="sk-another0123456789")
            apply(home)
            done = home.run(FAULTY, *words, status=None,
                            more={"AIGENV_FAULT": f"any:{number}:KILL"})
            told = home.aigenv("doctor", "--offline", "-q", status=None).stdout
            beside = home.aigenv("status", status=None).stderr
            again = home.aigenv(*words)
            was_cut_off = "cut off" in again.stderr
            assert was_cut_off == ("a rollback was cut off" in told), (number, told, again)
            assert was_cut_off == ("a rollback of MIMO_API_KEY was cut off" in beside), (number, beside)
            went_on += was_cut_off
            # Once all is done and said, it is another rollback.
            back = "Now run" in done.stderr and not was_cut_off
            value = "sk-another0123456789" if back else KEY
            assert value in (home.project / ".env").read_text(), (number, done, again)
            assert home.aigenv("secret", "reveal", "MIMO_API_KEY").stdout == value, number
            if done.returncode == 0:
                assert back and went_on > 5, went_on
                return
    raise AssertionError("there is no end to it")


def cut_off_rollback(home, name, old):
    """Killed once it has the old value in the vault, before the files are written."""
    for number in range(1, MOST_CALLS):
        kept = {path: path.read_bytes() for path in home.root.rglob("*") if path.is_file()}
        home.run(FAULTY, "rollback", name, "--no-verify", "--no-restart", "--no-input",
                 status=None, more={"AIGENV_FAULT": f"any:{number}:KILL"})
        if home.aigenv("secret", "reveal", name).stdout == old:
            return
        for path in home.root.rglob("*"):
            if path.is_file() and path not in kept:
                path.unlink()
        for path, content in kept.items():
            path.write_bytes(content)
    raise AssertionError("it is never cut off")


def what_ends_a_rollback_that_was_cut_off_says_so():
    """The same command again would exchange the two back."""
    other = ["rollback", "CF_AIG_TOKEN", "--no-verify", "--no-restart", "--no-input"]
    for words in (["apply", "--no-verify", "--no-input"], other):
        with set_up() as home:
            init(home)
            for name, value in (("MIMO_API_KEY", KEY), ("CF_AIG_TOKEN", TOKEN)):
                home.aigenv("secret", "set", name, stdin=f"{value}9")
            apply(home)
            cut_off_rollback(home, "MIMO_API_KEY", KEY)
            done = home.aigenv(*words)
            assert "cut off: the previous value stays for MIMO_API_KEY.\n" in done.stderr, done
            assert KEY + "\n" in (home.project / ".env").read_text(), done
            assert "cut off" not in home.aigenv(*words).stderr


def is_refused_by_folder(home, change, undo):
    old, _ = ready_for_a_change(home)
    put_back(home, old)
    if subprocess.run(change, capture_output=True, check=False).returncode != 0:
        print("  (left out: this needs rights that we do not have)")
        return
    try:
        done = apply(home, status=7)
        assert done.stdout == "", done
    finally:
        subprocess.run(undo, check=True)
    assert outputs(home) == old
    assert not leftovers(home)


def a_read_only_folder_is_refused_whole():
    with set_up() as home:
        if os.geteuid() == 0:
            change = ["mount", "--bind", "-o", "ro", home.project, home.project]
            undo = ["umount", home.project]
        else:
            change = ["chmod", "555", home.project]
            undo = ["chmod", "755", home.project]
        is_refused_by_folder(home, change, undo)


def a_full_disk_is_refused_whole():
    with set_up() as home:
        small = ["mount", "-t", "tmpfs", "-o", "size=64k", "aigenv-test", home.project]
        if subprocess.run(small, capture_output=True, check=False).returncode != 0:
            print("  (left out: this needs rights that we do not have)")
            return
        try:
            (home.project / "server.js").touch()
            (home.project / ".env").write_text("MINE=1\n")
            init(home)
            home.aigenv("config", "set", "vars.NEW=" + "x" * 3000)
            old = outputs(home)
            filler = home.project / "filler"
            try:
                with filler.open("wb", buffering=0) as file:
                    while file.write(b"x" * 512):
                        pass
            except OSError:
                pass
            done = apply(home, status=7)
            assert done.stdout == "", done
            assert outputs(home) == old
            assert not leftovers(home)
            filler.unlink()
            apply(home)
            assert b"NEW=xxx" in (home.project / ".env").read_bytes()
        finally:
            subprocess.run(["umount", home.project], check=True)


def answers_that_are_none_are_told_in_one_line_each():
    cases = {
        "html": (5, "not_an_api"),
        "502-html": (5, ""),
        "garbage": (5, "not_an_api"),
        "not-http": (5, "not_an_api"),
        "empty": (5, "not_an_api"),
        "nothing": (6, "connect_failed"),
        "endless": (5, "not_an_api"),
        "redirect": (5, "redirected"),
        "never": (6, "timed_out"),
    }
    for fault, (status, word) in cases.items():
        with Emulator("--fault", fault) as emulator, set_up() as home:
            done = home.aigenv(
                "init", "--answers", "-", "--no-input",
                "--timeout", "1" if fault == "never" else "60",
                stdin=given(emulator), status=status,
            )  # fmt: skip
            assert done.stdout == "", (fault, done)
            assert f"the test call failed: {word}" in done.stderr, (fault, done)
            check_nothing_said(done)
            assert (home.project / ".env").read_text() == "MINE=1\n"
            assert (home.project / "aigenv.json").exists()


GROUPS = {
    "killed": [
        init_killed_at_every_call_is_finished_by_the_next,
        apply_killed_at_every_call_is_finished_by_the_next,
        a_rollback_killed_at_every_call_is_finished_by_the_same_again,
        what_ends_a_rollback_that_was_cut_off_says_so,
    ],
    "errors": [
        an_error_before_the_first_rename_changes_nothing,
        an_error_between_two_renames_says_so_and_is_finished,
        nobody_is_told_to_do_again_what_is_done,
        what_a_rollback_says_is_true_at_every_fault,
        a_failing_disk_leaves_no_identity_without_a_vault,
        a_read_only_folder_is_refused_whole,
        a_full_disk_is_refused_whole,
    ],
    "init": [what_init_says_is_true_at_every_fault],
    "answers": [answers_that_are_none_are_told_in_one_line_each],
}

if __name__ == "__main__":
    main([test for name in sys.argv[1:] or GROUPS for test in GROUPS[name]])
