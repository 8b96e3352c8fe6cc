#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`rotate --via cloudflare` by two at once: processes of one vault, clones of it, profiles
with one value. Whatever the one does in the middle of the other, no token that is live is
revoked, and none is left that no vault knows.

    rotate_at_once.py             what happens, once each
    rotate_at_once.py everywhere  one held at each of its requests, another in all ways

The second is scripts/soak's: it takes minutes.
"""

import itertools
import pathlib
import signal
import subprocess
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from cloudflare_hostile import Between, failure  # noqa: E402
from harness import AIGENV, PATIENCE, TOKEN, Emulator, main, wait_until  # noqa: E402
from rotate_cloudflare import VIA, Clone, Place, under_way  # noqa: E402

CONFIRMED = ("--resume", "--confirmed")
BOTH = ("-p", "production", "--all-profiles")


class Held:
    """A run of rotate of which one request is held: until it is passed on, or its answer."""

    def __init__(self, place, between, words, is_it, answered=False):
        self.reached, self.released = threading.Event(), threading.Event()

        def hold(request):
            if not self.reached.is_set() and is_it(request):
                self.reached.set()
                self.released.wait(PATIENCE)

        between.keeps = lambda request: hold(request) if not answered else False
        between.change = lambda request, answer: (hold(request) if answered else None) or answer
        self.process = subprocess.Popen(
            [AIGENV, "rotate", *words, "--no-input"], cwd=place.project, env=place.environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        wait_until(lambda: self.reached.is_set() or self.process.poll() is not None, "it is held")

    def release(self):
        self.released.set()
        _, self.said = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()
        self.released.set()


def makes(request):
    return request[0] == "POST"


def waits_for_its_token(place):
    return lambda request: request[1].endswith("/verify") and bool(under_way(place))


def is_number(number):
    count = itertools.count(1)
    return lambda request: next(count) == number


def arena():
    """An emulator, what is between it and aigenv, a place."""
    emulator = Emulator()
    between = Between(emulator)
    place = Place(emulator)
    place.environment["AIGENV_API_ORIGIN"] = f"http://127.0.0.1:{between.server_port}"
    return emulator, between, place


def leave_requested(place, between, *words):
    """Killed once its token was made, of which it does not know yet."""
    held = Held(place, between, (*VIA, *words), makes, answered=True)
    assert held.reached.is_set()
    held.kill()
    assert under_way(place)["step"] == "requested"


def finish(place):
    if under_way(place):
        place.rotate("--resume", status=None)
    if under_way(place):
        place.rotate(*CONFIRMED, status=None)
    assert under_way(place) is None


def aborted_while_it_waits_for_its_token_it_stops():
    emulator, between, place = arena()
    with emulator, between, place:
        emulator.set(token_delay_ms=1000 * 3600)
        held = Held(place, between, VIA, waits_for_its_token(place))
        assert under_way(place)["step"] == "staged"
        place.rotate("--abort")
        assert held.release() == 8 and "no longer being rotated" in held.said, held.said
        assert "aigenv status" in held.said and "--resume" not in held.said, held.said
        assert not place.tokens("aigenv-") and place.value() == TOKEN


def aborted_while_its_token_is_made_it_takes_that_back():
    emulator, between, place = arena()
    with emulator, between, place:
        held = Held(place, between, VIA, makes)
        assert under_way(place)["step"] == "requested"
        place.rotate("--abort")
        assert held.release() == 8, held.said
        assert not place.tokens("aigenv-") and under_way(place) is None


def one_that_waits_does_not_revoke_what_another_has_made_live():
    emulator, between, place = arena()
    with emulator, between, place:
        leave_requested(place, between)
        held = Held(place, between, ("--resume",), lambda request: True)
        place.rotate("--resume", status=1)
        live = place.value()
        assert held.release() == 8, held.said
        assert place.value() == live and place.opens(live)
        place.check_no_orphan()


def a_clone_that_was_left_behind_does_not_revoke_what_is_live():
    for word in ("--resume", "--abort"):
        emulator, between, place = arena()
        with emulator, between, place:
            leave_requested(place, between)
            clone = Clone(place)
            place.rotate("--resume", status=1)
            live = place.value()
            clone.rotate(word, status=None)
            assert place.opens(live), word
            place.check_no_orphan(clone)
            # Nor does it revoke what it drops itself, once another is ahead.
            place.rotate(*CONFIRMED)
            finish(clone)


def what_is_dropped_may_be_live_in_a_clone():
    emulator, between, place = arena()
    with emulator, between, place:
        place.rotate(*VIA, status=1)
        clone = Clone(place)
        clone.rotate("--abort")
        place.rotate(*CONFIRMED)
        live = place.value()
        assert place.secret()["current"]["id"] == clone.secret()["previous"]["id"]
        done = clone.rotate(*VIA, status=1)
        assert clone.opens(live) and "not revoked" in done.stderr, done
        assert place.secret()["current"]["id"] in done.stderr, done


def a_failure_does_not_undo_what_another_went_on_with():
    emulator, between, place = arena()
    with emulator, between, place:
        held = Held(place, between, VIA, waits_for_its_token(place))
        place.rotate("--resume", status=1)
        live = place.value()
        refused = failure(400, 7003, "could not route")
        between.change = lambda request, answer: refused(answer)
        assert held.release() == 5, held.said
        between.change = lambda request, answer: answer
        assert "left to that one" in held.said, held.said
        assert place.value() == live and under_way(place)["step"] == "switched", held.said
        place.rotate(*CONFIRMED)
        place.check_no_orphan()


def a_merge_names_the_token_that_it_leaves_out():
    emulator, between, place = arena()
    with emulator, between, place:
        base, clone = Clone(place), Clone(place)
        for home in (place, clone):
            home.rotate(*VIA, status=1)
        sides = {"ours": place, "theirs": clone}
        for take, left in (("ours", clone), ("theirs", place)):
            done = place.aigenv(
                "seal", "--merge", "--take", take, "--yes", "--out", "merged.json", "--base",
                base.project / "aigenv.json", *(word for side, home in sides.items() for word in (
                    f"--{side}", home.project / "aigenv.json")))
            assert left.secret()["current"]["id"] in done.stderr, done
            assert sides[take].secret()["current"]["id"] not in done.stderr, done


def two_profiles(place):
    place.aigenv("profile", "copy", "production", "staging")
    place.aigenv("config", "set", "-p", "staging", "outputs.0.path=staging.env")


def check_both(place):
    """As Place.check_no_orphan, of two profiles; by its name a token is known, too."""
    secrets = [place.secret(profile) for profile in ("production", "staging")]
    kept = {one.get(slot, {}).get(known) for one in secrets for slot, known in (
        ("current", "id"), ("previous", "id"), ("pending", "id"), ("rotation", "label"))}
    orphans = {id: name for id, name in place.tokens("aigenv-").items() if not {id, name} & kept}
    assert not orphans, (orphans, secrets)
    for profile in ("production", "staging"):
        value = place.aigenv("secret", "reveal", "CF_AIG_TOKEN", "-p", profile).stdout
        assert place.opens(value), profile


def of_two_profiles_each_goes_its_own_way():
    emulator, between, place = arena()
    with emulator, between, place:
        two_profiles(place)
        leave_requested(place, between, *BOTH)
        place.rotate("--resume", "-p", "staging", status=1)
        place.rotate("--abort", "-p", "production")
        check_both(place)
        place.rotate("--resume", "--confirmed", "-p", "staging")
        check_both(place)


# How it stands when the two begin: by what is killed, run before.
BEFORE = {
    "none": lambda place, between: None,
    "requested": leave_requested,
    "staged": lambda place, between: leave_staged(place, between),
    "switched": lambda place, between: place.rotate(*VIA, status=1),
    "both": lambda place, between: leave_requested(place, between, *BOTH),
}
# The one and the other.
PAIRS = [
    ("none", VIA, ("--abort",)), ("none", VIA, ("--resume",)), ("none", VIA, CONFIRMED), ("none", VIA, VIA),
    ("requested", ("--resume",), ("--abort",)), ("requested", ("--resume",), ("--resume",)),
    ("requested", ("--abort",), ("--resume",)), ("requested", ("--abort",), ("--abort",)),
    ("staged", ("--resume",), ("--abort",)), ("staged", ("--abort",), ("--resume",)),
    ("staged", ("--abort",), CONFIRMED),
    ("switched", CONFIRMED, ("--abort",)), ("switched", ("--abort",), CONFIRMED),
    ("switched", CONFIRMED, CONFIRMED),
]
PAIRS_OF_TWO = [
    ("none", (*VIA, *BOTH), ("--abort", "-p", "staging")), ("none", (*VIA, *BOTH), ("--abort", *BOTH)),
    ("none", (*VIA, *BOTH), ("--resume", "-p", "production")), ("none", (*VIA, *BOTH), ("--resume", *BOTH)),
    ("both", ("--resume", *BOTH), ("--abort", "-p", "production")),
    ("both", ("--resume", "-p", "staging"), ("--resume", "-p", "production")),
    ("both", ("--abort", *BOTH), ("--resume", "-p", "staging")),
    ("both", ("--abort", "-p", "staging"), ("--abort", "-p", "production")),
]


def leave_staged(place, between):
    Held(place, between, VIA, waits_for_its_token(place)).kill()
    assert under_way(place)["step"] == "staged"


def one_in_the_middle_of_another(before, one, other, two=False, killed=False):
    """At each request of the one, before and after it is carried out."""
    for answered, number in ((late, n) for n in itertools.count(1) for late in (False, True)):
        emulator, between, place = arena()
        with emulator, between, place:
            if two:
                two_profiles(place)
            BEFORE[before](place, between)
            held = Held(place, between, one, is_number(number), answered)
            if not held.reached.is_set():
                break
            if killed:
                held.kill()
            place.rotate(*other, status=None)
            if not killed:
                held.release()
            (check_two if two else check_one)(place)
    print("  ", before, *one, "|", *other, "|", number - 1, "requests", flush=True)


def check_one(place):
    place.check_no_orphan()
    finish(place)
    place.check_no_orphan()


def check_two(place):
    check_both(place)
    for profile in ("production", "staging"):
        place.rotate("--resume", "-p", profile, status=None)
        place.rotate(*CONFIRMED, "-p", profile, status=None)
        check_both(place)


def everywhere():
    for pair in PAIRS:
        one_in_the_middle_of_another(*pair)
    for pair in PAIRS_OF_TWO:
        one_in_the_middle_of_another(*pair, two=True)
        one_in_the_middle_of_another(*pair, two=True, killed=True)


def one_profile_that_went_on_alone_keeps_the_token_of_both():
    emulator, between, place = arena()
    with emulator, between, place:
        two_profiles(place)
        held = Held(place, between, (*VIA, *BOTH), waits_for_its_token(place))
        place.rotate("--resume", "-p", "production", status=1)
        assert held.release() == 8, held.said
        check_both(place)


def two_profiles_that_were_begun_alone_are_taken_back_together():
    """Each has a token of its own, of which none is left."""
    emulator, between, place = arena()
    with emulator, between, place:
        two_profiles(place)
        for profile in "production", "staging":
            Held(place, between, (*VIA, "-p", profile), makes, answered=True).kill()
        assert len(place.tokens("aigenv-")) == 2
        place.rotate("--abort", *BOTH)
        assert not place.tokens("aigenv-")
        check_both(place)


TESTS = [
    aborted_while_it_waits_for_its_token_it_stops,
    aborted_while_its_token_is_made_it_takes_that_back,
    one_that_waits_does_not_revoke_what_another_has_made_live,
    a_clone_that_was_left_behind_does_not_revoke_what_is_live,
    what_is_dropped_may_be_live_in_a_clone,
    a_failure_does_not_undo_what_another_went_on_with,
    a_merge_names_the_token_that_it_leaves_out,
    of_two_profiles_each_goes_its_own_way,
    one_profile_that_went_on_alone_keeps_the_token_of_both,
    two_profiles_that_were_begun_alone_are_taken_back_together,
]

if __name__ == "__main__":
    if sys.argv[1:] == ["everywhere"]:
        everywhere()
    else:
        main(TESTS)
