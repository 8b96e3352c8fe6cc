#!/usr/bin/env python3
"""The class that an app sees in the openai package, beside what `aigenv verify`
names: one and the same error has up to five causes, and verify says which."""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import KEY, OPENAI_KEY, TOKEN, Emulator, Home, answers, main  # noqa: E402
from openai_judge import MODEL, OTHER_KEY, OTHER_TOKEN, Judge, body  # noqa: E402


def route(provider="custom-xiaomi", model=MODEL, **more):
    return {"provider": provider, "model": model, **more}


def secrets(token=TOKEN, key=KEY):
    return {"CF_AIG_TOKEN": token, "MIMO_API_KEY": key}


OPENAI_ROUTE = {
    "routes": [route("openai", "gpt-4.1-mini", key_env="MIMO_API_KEY")],
    "secrets": secrets(key=OPENAI_KEY),
}

# One row a state: what is changed in the answers to init, the faults, then what
# an app sees (class, status) and what verify says.
STATES = (
    ({}, [], (None, 200), "ok"),
    # Five causes, one class.
    ({"secrets": secrets(token=None)}, [], ("AuthenticationError", 401),
     "gateway_token_missing"),
    ({"secrets": secrets(token=OTHER_TOKEN)}, [], ("AuthenticationError", 401),
     "gateway_token_rejected"),
    ({"secrets": secrets(key=None)}, [], ("AuthenticationError", 401), "provider_key_missing"),
    ({"secrets": secrets(key=OTHER_KEY)}, [], ("AuthenticationError", 401),
     "provider_key_rejected"),
    ({"secrets": secrets("plain-key-9876543210", "plain-token-0123456789-0123456789")}, [],
     ("AuthenticationError", 401), "keys_swapped"),
    # Four behind a 400.
    ({"gateway": "another"}, [], ("BadRequestError", 400), "gateway_not_found"),
    ({"routes": [route("custom-nobody", key_env="MIMO_API_KEY")]}, [],
     ("BadRequestError", 400), "provider_not_found"),
    ({"routes": [route(model="gpt-9")]}, [], ("BadRequestError", 400), "model_not_found"),
    ({}, ["2005"], ("BadRequestError", 400), "provider_error"),
    # Three behind a 404.
    ({"routes": [route(path="")]}, [], ("NotFoundError", 404), "base_url_missing_version"),
    ({"routes": [route(path="/v1/v1")]}, [], ("NotFoundError", 404),
     "base_url_doubled_version"),
    ({"routes": [route(path="/v2")]}, [], ("NotFoundError", 404), "base_url_wrong_path"),
    # Two behind a 429.
    ({}, ["rate-limit"], ("RateLimitError", 429), "rate_limited"),
    (OPENAI_ROUTE, ["quota"], ("RateLimitError", 429), "quota_exhausted"),
    ({}, ["dlp"], ("APIError", 424), "blocked_by_policy"),
    # Two behind a 5xx.
    ({}, ["provider-error"], ("InternalServerError", 503), "provider_error"),
    ({}, ["502-html"], ("InternalServerError", 502), "gateway_error"),
    ({}, ["1010"], ("PermissionDeniedError", 403), "not_an_api"),
    # A captive portal's page: the app sees no error at all.
    ({}, ["html"], (None, 200), "not_an_api"),
    ({}, ["reset"], ("APIConnectionError", None), "connect_failed"),
    ({}, ["never"], ("APIConnectionTimeoutError", None), "timed_out"),
)


def app(judge, home, wanted, seconds):
    """What an app with this profile's values sees, as the README has it."""
    shown = json.loads(home.aigenv("profile", "show", "--json").stdout)
    [first] = shown["routes"]
    return judge.ask(
        first["base_url"], token=wanted["secrets"]["CF_AIG_TOKEN"],
        key=wanted["secrets"]["MIMO_API_KEY"], keyless=not wanted["secrets"]["MIMO_API_KEY"],
        body=body(model=first["model"]), timeout=1000 * seconds)


def vault(home, wanted):
    """Made with all secrets; the absent ones are removed, as a team would."""
    whole = {name: value or "placeholder-0123456789"
             for name, value in wanted["secrets"].items()}
    home.aigenv("init", "--answers", "-", "--no-input", "--no-verify",
                stdin=json.dumps({**wanted, "secrets": whole}))
    for name, value in wanted["secrets"].items():
        if not value:
            home.aigenv("secret", "remove", name, "--yes")


def tell(judge, changes, faults, diagnosis):
    """What an app sees in that state, of which verify says that; and verify's status."""
    options = ()
    if diagnosis == "keys_swapped":
        options = ("--token", "plain-token-0123456789-0123456789",
                   "--provider", "custom-xiaomi=plain-key-9876543210")
    with Emulator(*options) as emulator, Home() as home:
        wanted = answers(emulator, **changes)
        vault(home, wanted)
        emulator.set(faults=faults)
        seconds = 2 if diagnosis == "timed_out" else 60
        seen = app(judge, home, wanted, seconds)
        done = home.aigenv("verify", "--json", "--timeout", str(seconds), status=None)
        [result] = json.loads(done.stdout)["results"]
    assert result["diagnosis"] == diagnosis, (result, seen)
    assert result["ok"] or result["advice"], result
    return seen, result["http_status"]


def verify_tells_apart_what_an_app_sees_as_one():
    told = {}
    with Judge() as judge:
        for changes, faults, (name, status), diagnosis in STATES:
            seen, verified = tell(judge, changes, faults, diagnosis)
            assert seen.get("thrown") == name and seen.get("status", 200) == status, seen
            assert verified in (status, None), (verified, seen)
            told.setdefault((name, status), set()).add(diagnosis)
    for (name, status), names in told.items():
        print(f"  {name or 'no error'} {status or ''}: {', '.join(sorted(names))}")
    assert len(told["AuthenticationError", 401]) == 5, told


if __name__ == "__main__":
    main([verify_tells_apart_what_an_app_sees_as_one])
