#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`rotate --via cloudflare` against the emulator's REST API: the token is made, proven,
switched to, and the old one revoked; killed at each request, no token is left over.

    rotate_cloudflare.py 1of2
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import ACCOUNT, AIGENV, API_TOKEN, KEY, TOKEN, Emulator, Home, answers, main, wait_until  # noqa: E402

OURS, MINE = f"/client/v4/accounts/{ACCOUNT}/tokens", "/client/v4/user/tokens"
VIA = ("CF_AIG_TOKEN", "--via", "cloudflare")


class Place(Home):
    """A vault behind an emulator, which plays Cloudflare's REST API too."""

    def __init__(self, emulator, **changes):
        super().__init__()
        self.emulator = emulator
        self.environment.update(
            AIGENV_API_ORIGIN=emulator.origin, CLOUDFLARE_API_TOKEN=API_TOKEN)
        self.aigenv("init", "--answers", "-", "--no-input",
                    stdin=json.dumps(answers(emulator, **changes)))

    def rotate(self, *words, status=0, token=API_TOKEN):
        done = self.aigenv("rotate", *words, status=status, more={"CLOUDFLARE_API_TOKEN": token})
        for value in (TOKEN, API_TOKEN, self.value()):
            assert value not in done.stdout + done.stderr, done
        return done

    def rotated(self):
        """By word, since no app runs here."""
        self.rotate(*VIA, status=1)
        return self.rotate("--resume", "--confirmed")

    def value(self):
        return self.aigenv("secret", "reveal", "CF_AIG_TOKEN").stdout

    def secret(self, profile="production"):
        vault = json.loads((self.project / "aigenv.json").read_text())
        return vault["profiles"][profile]["secrets"]["CF_AIG_TOKEN"]

    def tokens(self, name=""):
        """id: value of what the API has, by the name's beginning."""
        found = {}
        for path in (OURS, MINE):
            document = self.ask("GET", f"{path}?per_page=100")
            found.update({one["id"]: one["name"] for one in document["result"]
                          if one["name"].startswith(name)})
        return found

    def ask(self, method, path, body=None, token=API_TOKEN):
        _, _, text = self.emulator.ask(method, path, body, {"Authorization": f"Bearer {token}"})
        return json.loads(text)

    def make(self, *permissions, path=MINE):
        """A management token with just these; its value."""
        groups = self.ask("GET", f"{OURS}/permission_groups")["result"]
        ids = [{"id": group["id"]} for group in groups if group["name"] in permissions]
        return self.ask("POST", path, {"name": "manager", "policies": [{
            "effect": "allow", "permission_groups": ids,
            "resources": {f"com.cloudflare.api.account.{ACCOUNT}": "*"},
        }]})["result"]["value"]

    def opens(self, value):
        return self.emulator.chat(token=value)[0] == 200

    def check_no_orphan(self, *clones):
        """Every token that was made for a rotation is known to the vault, or to a clone's."""
        secrets = [place.secret() for place in (self, *clones)]
        kept = {secret.get(slot, {}).get("id")
                for secret in secrets for slot in ("current", "previous", "pending")}
        assert set(self.tokens("aigenv-")) <= kept, (self.tokens("aigenv-"), secrets)
        assert self.opens(self.value())


class Clone(Place):
    """A place as it is now, on another machine."""

    def __init__(self, place):  # pylint: disable=super-init-not-called
        self.root = place.root / f"clone-{len(list(place.root.iterdir()))}"
        self.project, state = self.root / "project", self.root / "state"
        shutil.copytree(place.project, self.project)
        shutil.copytree(place.environment["XDG_STATE_HOME"], state)
        self.emulator = place.emulator
        self.environment = {**place.environment, "XDG_STATE_HOME": str(state)}


def under_way(place):
    done = place.aigenv("status", "--json", status=None)
    [profile] = json.loads(done.stdout)["profiles"]
    return profile["rotation"]


def a_token_is_made_and_the_old_one_revoked_last():
    with Emulator() as emulator, Place(emulator) as place:
        done = place.rotate(*VIA, "--expires-in", "10", status=1)
        new = place.secret()["current"]
        assert place.opens(TOKEN) and place.opens(place.value()), "both while it waits"
        assert "--resume --confirmed" in done.stderr, done
        [name] = place.tokens("aigenv-").values()
        assert place.tokens("aigenv-") == {new["id"]: name}
        policy = place.ask("GET", f"{MINE}/{new['id']}")["result"]["policies"]
        assert len(policy) == 1 and len(policy[0]["permission_groups"]) == 1, policy
        done = place.aigenv("secret", "list")
        assert "expires in 10 days" in done.stderr or "expires in 9 days" in done.stderr, done
        assert place.rotate(*VIA, "--if-older", "90", status=3), "one is under way"

        done = place.rotate("--resume", "--confirmed")
        assert "revoked" in done.stderr and "rollback" not in done.stderr, done
        assert not place.opens(TOKEN) and place.opens(place.value())
        assert "previous" not in place.secret() and under_way(place) is None
        place.check_no_orphan()
        # Its end is near: it is due whatever its age.
        place.rotate(*VIA, "--if-older", "90", status=1)
        place.rotate("--resume", "--confirmed")
        done = place.rotate(*VIA, "--if-older", "90", "--json")
        assert json.loads(done.stdout)["end"] == "not_due", done
        place.check_no_orphan()


def whose_the_token_is_follows_the_old_one_and_the_api_token():
    with Emulator() as emulator, Place(emulator) as place:
        place.rotated()
        assert place.value().startswith("cfut_"), "a user's, as before"
        ours = place.make("Account API Tokens Write", path=OURS)
        place.rotate(*VIA, status=1, token=ours)
        assert place.value().startswith("cfat_"), "all that an account's token can make"
        # It cannot revoke a user's: the ID is named, and how it goes on.
        old = place.secret()["rotation"]["old_id"]
        done = place.rotate("--resume", "--confirmed", status=5, token=ours)
        assert old in done.stderr and "--resume" in done.stderr, done
        assert "--abort" not in done.stderr, "too late for that"
        assert under_way(place)["step"] == "confirmed"
        done = place.aigenv("status", status=None)
        assert "--resume" in done.stderr and "--abort" not in done.stderr, done
        done = place.rotate("--resume", status=2, token="")
        assert "give --api-token" in done.stderr, "what it was not given"
        place.ask("DELETE", f"{MINE}/{old}")
        place.rotate("--resume", token="")
        assert under_way(place) is None
        place.check_no_orphan()
        place.rotated()
        assert place.value().startswith("cfat_"), "the account's, as before"


def without_the_permission_nothing_is_begun():
    with Emulator() as emulator, Place(emulator) as place:
        before = (place.project / "aigenv.json").read_text()
        for token, status, words in (
            ("", 2, "CLOUDFLARE_API_TOKEN"),
            ("cfut_nobodyKnowsThisTokenAtAll0123456789abcdef", 5, "wrong, revoked or expired"),
            (place.make("AI Gateway Read"), 5, "API Tokens: Write"),
            (place.make("AI Gateway Read", path=OURS), 5, "Account API Tokens: Write"),
        ):
            done = place.rotate(*VIA, status=status, token=token)
            assert words in done.stderr and "next" in done.stderr, (words, done)
            assert (place.project / "aigenv.json").read_text() == before, words
        for words in ((*VIA, "--from", "-"), ("MIMO_API_KEY", "--via", "cloudflare"),
                      ("CF_AIG_TOKEN", "--expires-in", "3"), (*VIA, "--expires-in", "9999")):
            place.rotate(*words, status=2)
        assert not place.tokens("aigenv-")


def the_api_token_may_be_a_secret_of_the_vault():
    with Emulator() as emulator, Place(emulator) as place:
        place.aigenv("profile", "copy", "production", "ops")
        place.aigenv("secret", "set", "CLOUDFLARE_API_TOKEN", "-p", "ops", stdin=API_TOKEN)
        place.aigenv("secret", "set", "CF_AIG_TOKEN", "-p", "ops", stdin=f"cfut_other{'0' * 40}")
        words = ("-p", "production", "--api-token", "vault:ops/CLOUDFLARE_API_TOKEN")
        done = place.rotate(*VIA, *words, status=1, token="")
        # What is advised names it again, so that it can be run as it stands.
        advised = "aigenv rotate CF_AIG_TOKEN --resume --confirmed --api-token vault:ops/"
        assert advised in done.stderr, done
        place.rotate("--resume", "--confirmed", *words, token="")
        assert not place.opens(TOKEN)
        place.rotate(*VIA, "-p", "production", "--api-token", "vault:ops/NONE", status=3, token="")


def an_odd_source_is_told_before_anything_is_asked():
    with Emulator() as emulator, Place(emulator) as place:
        emulator.forget()
        for name, content in (("empty", b""), ("blank", b"  \n"), ("two", b"cfut_a\nb\n"), ("bytes", bytes(range(256))),
                              ("quoted", f'"{API_TOKEN}"'.encode()), ("huge", b"x" * 10**6)):
            (place.project / name).write_bytes(content)
            for command in (("rotate", *VIA), ("discover",), ("verify",)):
                done = place.aigenv(*command, "--api-token", f"@{name}", status=3)
                assert "--api-token" in done.stderr and "next" in done.stderr, (name, done)
                assert API_TOKEN not in done.stderr
        done = place.rotate(*VIA, status=3, token=" ")
        assert "CLOUDFLARE_API_TOKEN" in done.stderr, done
        # So is one that is the profile's own secret.
        place.aigenv("secret", "set", "CLOUDFLARE_API_TOKEN", stdin=f'"{API_TOKEN}"')
        done = place.rotate(*VIA, status=3, token="")
        assert "CLOUDFLARE_API_TOKEN" in done.stderr and "a quote" in done.stderr, done
        place.aigenv("secret", "remove", "CLOUDFLARE_API_TOKEN", "--yes")
        assert not emulator.requests(), emulator.requests()
        os.mkfifo(place.project / "fifo")
        for content in (API_TOKEN, API_TOKEN + "\r\n"):
            writer = threading.Thread(target=(place.project / "fifo").write_text, args=(content,))
            writer.start()
            place.aigenv("discover", "--api-token", "@fifo")
            writer.join()


def a_token_does_not_revoke_itself():
    """What may make tokens and open the gateway, too, is a team's first one."""
    with Emulator() as emulator, Place(emulator) as place:
        both = place.make("AI Gateway Run", "Account API Tokens Write", "API Tokens Write")
        place.aigenv("secret", "set", "CF_AIG_TOKEN", stdin=both)
        before = (place.project / "aigenv.json").read_text()
        done = place.rotate(*VIA, status=3, token=both)
        assert "itself" in done.stderr and "next" in done.stderr, done
        assert (place.project / "aigenv.json").read_text() == before and place.opens(both)
        place.rotate(*VIA, status=1)
        done = place.rotate("--resume", "--confirmed", status=3, token=both)
        assert "itself" in done.stderr and place.opens(both), done
        place.rotate("--resume", "--confirmed")
        assert not place.opens(both)
        place.check_no_orphan()


def in_any_locale_and_without_a_home_it_says_what_it_does():
    with Emulator() as emulator, Place(emulator) as place:
        for locale in ("C", "zh_CN.GBK", "no_SUCH"):
            place.environment["LC_ALL"] = locale
            place.rotate(*VIA, "--no-restart", status=1)
            place.rotate("--abort")
        place.environment.update(HOME="", XDG_CONFIG_HOME="", XDG_STATE_HOME="")
        done = place.aigenv("rotate", *VIA, status=4)
        assert "next" in done.stderr, done
        place.aigenv("discover")


def it_waits_until_the_new_token_holds():
    with Emulator() as emulator, Place(emulator) as place:
        emulator.set(token_delay_ms=600)
        place.rotated()
        # The gateway may be later than the API, which may want a pause.
        emulator.set(token_delay_ms=0, faults=["2009-under-load:2", "api-busy:2"])
        place.rotated()
        emulator.set(faults=["api-rate-limit"])
        done = place.rotate(*VIA, status=5)
        assert "300 seconds" in done.stderr, done
        emulator.set(faults=[])
        place.check_no_orphan()


def aborted_it_takes_the_new_token_back():
    with Emulator() as emulator, Place(emulator) as place:
        # Nothing answers as the provider: the test call fails, and it is taken back.
        emulator.set(faults=["2005"])
        done = place.rotate(*VIA, status=5)
        assert "taken back" in done.stderr, done
        assert not place.tokens("aigenv-") and under_way(place) is None
        emulator.set(faults=[])
        # From "switched" on it is a rollback, for which the new one stays.
        place.rotate(*VIA, status=1)
        place.rotate("--abort")
        assert place.value() == TOKEN and (kept := place.secret()["previous"]["id"])
        place.check_no_orphan()
        # The next one drops it from the vault, and so revokes it.
        done = place.rotate(*VIA, status=1)
        assert "revoked and dropped" in done.stderr and kept not in place.tokens("aigenv-"), done
        place.rotate("--abort")
        kept = place.secret()["previous"]["id"]
        done = place.aigenv("rotate", "CF_AIG_TOKEN", stdin=place.make("AI Gateway Run"), status=1)
        assert kept in done.stderr and "revoke the token" in done.stderr, "nobody else can"


def profiles_with_the_same_token_get_one_new():
    with Emulator() as emulator, Place(emulator) as place:
        place.aigenv("profile", "copy", "production", "staging")
        place.aigenv("config", "set", "-p", "staging", "outputs.0.path=staging.env")
        both = ("-p", "production", "--all-profiles")
        place.rotate(*VIA, *both, status=1)
        made = {name: place.secret(name)["current"]["id"] for name in ("production", "staging")}
        assert len(set(made.values())) == 1 and len(place.tokens("aigenv-")) == 1, made
        # One of them alone does not take the old token from the other, nor the new one.
        done = place.rotate("--resume", "--confirmed", "-p", "production")
        assert "in profile staging" in done.stderr and place.opens(TOKEN), done
        place.rotate("--resume", "--confirmed", "-p", "staging")
        assert not place.opens(TOKEN) and len(place.tokens("aigenv-")) == 1


def killed_at_request(place, number, *words):
    """False where it ended before so many requests were received."""
    place.emulator.forget()
    process = subprocess.Popen(
        [AIGENV, "rotate", *words], cwd=place.project, env=place.environment,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and len(place.emulator.requests()) < number:
        time.sleep(0.03)  # an answer takes 120 ms, and each look costs both of them
    reached = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    return reached


def finish(place, word):
    if under_way(place) is None:
        return
    if word == "--abort":
        place.rotate("--abort")
    else:
        place.rotate("--resume", status=None)
        if under_way(place):
            place.rotate("--resume", "--confirmed")
    assert under_way(place) is None


def killed_at_each_request_it_leaves_no_orphan(word="--resume"):
    with Emulator() as emulator, Place(emulator) as place:
        number, kills = 1, 0
        while True:
            # An answer takes its time, so that it dies with the request under way.
            emulator.set(latency_ms=120)
            reached = killed_at_request(place, number, *VIA)
            emulator.set(latency_ms=0)
            finish(place, word)
            place.check_no_orphan()
            kills += reached
            number += 1
            if not reached:
                break
        assert kills > 8, kills


def killed_at_each_request_and_aborted_it_leaves_none_either():
    killed_at_each_request_it_leaves_no_orphan("--abort")


def killed_while_it_is_confirmed_it_leaves_no_orphan():
    with Emulator() as emulator, Place(emulator) as place:
        for number in range(1, 9):
            place.rotate(*VIA, status=1)
            emulator.set(latency_ms=120)
            killed_at_request(place, number, "--resume", "--confirmed")
            emulator.set(latency_ms=0)
            finish(place, "--resume")
            place.check_no_orphan()
            assert len(place.tokens()) == 2, "the API token and the new one"


def two_that_rotate_at_once_leave_each_other_s_token():
    """Two clones of a vault are at one generation, and so are two processes."""
    with Emulator() as emulator, Place(emulator) as place:
        clone = Clone(place)
        place.rotate(*VIA, status=1)
        theirs = place.value()
        clone.rotate(*VIA, status=1)
        assert place.opens(theirs) and len(place.tokens("aigenv-")) == 2
        clone.rotate("--abort")
        assert place.opens(theirs)
        # The one that is second to write leaves the first one's request alone.
        place.rotate("--resume", "--confirmed")
        emulator.forget()
        emulator.set(latency_ms=500)
        runs = [subprocess.Popen([AIGENV, "rotate", *VIA, "--no-input"], cwd=place.project,
                                 env=place.environment, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                for _ in range(2)]
        wait_until(lambda: len(emulator.requests()) > 1, "both ask")
        emulator.set(latency_ms=0)
        ends = sorted(run.wait() for run in runs)
        assert ends[0] == 1 and ends[1] in (3, 8), ends
        assert under_way(place)["step"] == "switched"
        place.check_no_orphan(clone)
        place.rotate("--resume", "--confirmed")
        place.check_no_orphan(clone)


TESTS = [
    two_that_rotate_at_once_leave_each_other_s_token,
    a_token_is_made_and_the_old_one_revoked_last,
    killed_at_each_request_it_leaves_no_orphan,
    whose_the_token_is_follows_the_old_one_and_the_api_token,
    killed_at_each_request_and_aborted_it_leaves_none_either,
    without_the_permission_nothing_is_begun,
    killed_while_it_is_confirmed_it_leaves_no_orphan,
    the_api_token_may_be_a_secret_of_the_vault,
    an_odd_source_is_told_before_anything_is_asked,
    it_waits_until_the_new_token_holds,
    a_token_does_not_revoke_itself,
    in_any_locale_and_without_a_home_it_says_what_it_does,
    aborted_it_takes_the_new_token_back,
    profiles_with_the_same_token_get_one_new,
]

if __name__ == "__main__":
    main(TESTS)
