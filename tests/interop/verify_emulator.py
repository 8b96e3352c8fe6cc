#!/usr/bin/env python3
"""`aigenv verify` against aig-emulator in each state: one cause each, its exit
status, its JSON; and what was sent on the way."""

import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from gate import Gate  # noqa: E402
from harness import (  # noqa: E402
    ACCOUNT, AIGENV, KEY, OPENAI_KEY, PATIENCE, TOKEN, Emulator, Home, answers, main,
)

FIELDS = [
    "profile", "route", "mode", "ok", "diagnosis", "http_status", "latency_ms",
    "model", "message", "advice", "log_id", "probes",
]
OTHER_KEY = "sk-someOtherKeyThatIsWrong99"
OTHER_TOKEN = "cfut_someOtherTokenThatIsWrong0123456789abcd"


def make(home, wanted):
    home.aigenv(
        "init", "--answers", "-", "--no-input", "--no-verify", stdin=json.dumps(wanted)
    )


def verify(home, wanted, *options, status=0):
    """The results of `verify --json` for a new vault; nothing may leak."""
    make(home, wanted)
    return results(home, wanted, *options, status=status)


def results(home, wanted, *options, status=0):
    done = home.aigenv("verify", "--json", *options, status=status)
    for name, value in wanted["secrets"].items():
        assert value not in done.stdout + done.stderr, f"{name} is shown"
    document = json.loads(done.stdout)
    assert list(document) == ["results"], document
    for result in document["results"]:
        assert sorted(result) == sorted(FIELDS), result
        assert result["ok"] == (result["diagnosis"] == "ok"), result
        assert len(result["probes"]) <= 6, result["probes"]
        assert "\n" not in result["message"] + result["advice"], result
    return document["results"]


def expect(home, wanted, diagnosis, http_status, *options, status=5):
    [result] = verify(home, wanted, *options, status=status)
    assert result["diagnosis"] == diagnosis, result
    assert result["http_status"] == http_status, result
    assert result["ok"] or result["advice"], result
    return result


def route(provider="custom-xiaomi", model="mimo-v2.5", **more):
    return {"provider": provider, "model": model, **more}


def secrets(token=TOKEN, key=KEY, name="MIMO_API_KEY"):
    return {"CF_AIG_TOKEN": token, name: key}


def a_working_route_is_proven_with_the_headers_of_the_design():
    with Emulator() as emulator, Home() as home:
        [result] = verify(home, answers(emulator))
        assert result["diagnosis"] == "ok" and result["http_status"] == 200, result
        assert result["log_id"] and result["latency_ms"] >= 0, result
        assert result["probes"] == [], result
        [request] = emulator.requests()
        headers = {name.lower(): value for name, value in request["headers"].items()}
        for name, value in (
            ("cf-aig-skip-cache", "true"),
            ("cf-aig-max-attempts", "1"),
            ("cf-aig-no-wholesale", "true"),
            ("cf-aig-collect-log-payload", "false"),
        ):
            assert headers.get(name) == value, headers
        assert headers["user-agent"].startswith("aigenv/"), headers
        people = home.aigenv("verify")
        assert "mimo-v2.5" in people.stdout and KEY not in people.stdout


def the_five_faults_are_told_apart():
    with Emulator() as emulator:
        for wanted, diagnosis, http_status in (
            (answers(emulator, secrets=secrets(key=OTHER_KEY)), "provider_key_rejected", 401),
            (answers(emulator, secrets=secrets(token=OTHER_TOKEN)), "gateway_token_rejected", 401),
            (answers(emulator, routes=[route(path="")]), "base_url_missing_version", 404),
            (answers(emulator, routes=[route(path="/v1/v1")]), "base_url_doubled_version", 404),
            (answers(emulator, routes=[route(path="/v2")]), "base_url_wrong_path", 404),
            (answers(emulator, routes=[route(model="gpt-9")]), "model_not_found", 400),
            (answers(emulator, gateway="another"), "gateway_not_found", 400),
            (answers(emulator, routes=[route("custom-nobody", key_env="MIMO_API_KEY")]),
             "provider_not_found", 400),
        ):
            with Home() as home:
                expect(home, wanted, diagnosis, http_status)


def keys_in_each_others_place_are_found():
    # Forms that init cannot tell apart: only the gateway can.
    token, key = "plain-token-0123456789-0123456789", "plain-key-9876543210"
    with Emulator("--token", token, "--provider", f"custom-xiaomi={key}") as emulator:
        with Home() as home:
            result = expect(
                home, answers(emulator, secrets=secrets(key, token)), "keys_swapped", 401
            )
            assert len(result["probes"]) == 2, result
        with Home() as home:
            [result] = verify(home, answers(emulator, secrets=secrets(token, key)))
            assert result["ok"], result


def a_base_url_with_version_at_cloudflare_doubles_it():
    with Emulator("--base-url", "custom-xiaomi=/v1") as emulator, Home() as home:
        expect(home, answers(emulator), "base_url_doubled_version", 404)


def a_missing_secret_is_a_finding_without_a_call():
    with Emulator() as emulator, Home() as home:
        make(home, answers(emulator))
        emulator.forget()
        home.aigenv("secret", "remove", "MIMO_API_KEY", "--yes")
        [result] = results(home, answers(emulator), status=5)
        assert result["diagnosis"] == "provider_key_missing", result
        assert result["http_status"] is None and result["latency_ms"] is None, result
        home.aigenv("secret", "remove", "CF_AIG_TOKEN", "--yes")
        [result] = results(home, answers(emulator), status=5)
        assert result["diagnosis"] == "gateway_token_missing", result
        assert emulator.requests() == []


def stored_keys_need_no_header():
    wanted = {"routes": [route(credential="stored")], "secrets": {"CF_AIG_TOKEN": TOKEN}}
    with Emulator("--stored", f"custom-xiaomi={KEY}") as emulator, Home() as home:
        [result] = verify(home, answers(emulator, **wanted))
        assert result["ok"], result
        sent = {name.lower() for name in emulator.requests()[-1]["headers"]}
        assert "authorization" not in sent, sent
    with Emulator() as emulator, Home() as home:
        expect(home, answers(emulator, **wanted), "provider_key_missing", 400)


def a_2009_under_load_is_asked_again():
    with Emulator("--fault", "2009-under-load:1") as emulator, Home() as home:
        [result] = verify(home, answers(emulator))
        assert result["ok"] and len(result["probes"]) == 1, result


def several_routes_are_called_at_once_and_refused_goes_before_unreachable():
    openai = route("openai", "gpt-4.1-mini", key_env="OPENAI_API_KEY")
    both = {"CF_AIG_TOKEN": TOKEN, "MIMO_API_KEY": KEY, "OPENAI_API_KEY": OPENAI_KEY}
    with Emulator() as emulator, Gate(emulator) as gate, Home() as home:
        make(home, answers(gate, routes=[route(), openai], secrets=both))
        gate.close()
        verify = subprocess.Popen(
            [str(AIGENV), "verify", "--json"], cwd=home.project, env=home.environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        gate.wait_for_requests(2)
        gate.open()
        found = json.loads(verify.communicate(timeout=PATIENCE)[0])["results"]
        assert [result["ok"] for result in found] == [True, True], found


def direct_takes_the_key_alone_and_only_where_it_is_named():
    with Emulator() as emulator, Home() as home:
        make(home, answers(emulator))
        refused = home.aigenv("verify", "--direct", status=3)
        assert "direct_url" in refused.stderr, refused.stderr
    with Emulator() as emulator, Home() as home:
        named = route(direct_url=f"{emulator.origin}/direct/custom-xiaomi/v1")
        [result] = verify(home, answers(emulator, routes=[named]), "--direct")
        assert result["ok"] and result["mode"] == "direct", result
        [request] = emulator.requests()
        assert not [name for name in request["headers"] if name.lower().startswith("cf-aig")]


def a_key_never_leaves_for_a_host_that_the_profile_did_not_name():
    with Emulator() as emulator, Home() as home:
        wanted = answers(emulator, secrets=secrets(key=OTHER_KEY))
        expect(home, wanted, "provider_key_rejected", 401)
        paths = {request["path"] for request in emulator.requests()}
        assert all(path.startswith(f"/v1/{ACCOUNT}/") for path in paths), paths


def each_profile_has_a_proof_of_its_own():
    # Routes of one name in both; one of the keys is wrong.
    with Emulator() as emulator, Home() as home:
        for profile, key in (("production", OTHER_KEY), ("staging", KEY)):
            own = [{"template": "env", "path": f"{profile}.env"}]
            make(home, answers(
                emulator, profile=profile, outputs=own, secrets=secrets(key=key)))
        found = json.loads(home.aigenv("verify", "--all", "--json", status=5).stdout)
        assert [(one["profile"], one["ok"]) for one in found["results"]] == [
            ("production", False), ("staging", True)], found
        remembered = home.home / ".local/state/aigenv/vaults"
        proofs = {
            path.name.removesuffix(".proven.json"): json.loads(path.read_text())["proven"]
            for path in remembered.glob("*/*.proven.json")
        }
        assert list(proofs.get("staging", {})) == ["xiaomi"], proofs
        assert not proofs.get("production"), proofs


TESTS = [
    a_working_route_is_proven_with_the_headers_of_the_design,
    the_five_faults_are_told_apart,
    keys_in_each_others_place_are_found,
    a_base_url_with_version_at_cloudflare_doubles_it,
    a_missing_secret_is_a_finding_without_a_call,
    stored_keys_need_no_header,
    a_2009_under_load_is_asked_again,
    several_routes_are_called_at_once_and_refused_goes_before_unreachable,
    direct_takes_the_key_alone_and_only_where_it_is_named,
    a_key_never_leaves_for_a_host_that_the_profile_did_not_name,
    each_profile_has_a_proof_of_its_own,
]

if __name__ == "__main__":
    main(TESTS)
