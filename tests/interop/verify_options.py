#!/usr/bin/env python3
"""`aigenv verify`'s options through the real program: all profiles at once,
streams of each kind, waiting for a token, the printed curl command, and what
--explain shows."""

import json
import pathlib
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import AIGENV, KEY, OPENAI_KEY, TOKEN, Emulator, Home, answers, main  # noqa: E402

NEW_TOKEN = "cfut_notYetActive0123456789012345678901234567"
KEYS = {
    "openai": ("OPENAI_API_KEY", OPENAI_KEY, "gpt-5-mini"),
    "anthropic": ("ANTHROPIC_API_KEY", "sk-ant-demoAnthropicKey0123456789", "claude-haiku-4-5"),
    "google-ai-studio": ("GEMINI_API_KEY", "AIzaDemoGoogleKey0123456789", "gemini-2.5-flash"),
    "custom-xiaomi": ("MIMO_API_KEY", KEY, "mimo-v2.5"),
}


def wanted_for(emulator, provider, token=TOKEN, **route):
    name, key, model = KEYS[provider]
    secrets = {"CF_AIG_TOKEN": token}
    if route.get("credential", "header") == "header":
        secrets[name] = key
        route.setdefault("key_env", name)
    return answers(
        emulator, routes=[{"provider": provider, "model": model, **route}], secrets=secrets
    )


def make(home, wanted, profile="production"):
    """Each with a file of its own."""
    path = ".env" if profile == "production" else f"{profile}.env"
    wanted = {"outputs": [{"template": "env", "path": path}], **wanted}
    home.aigenv("init", "-p", profile, "--answers", "-", "--no-input", "--no-verify",
                stdin=json.dumps(wanted))


def results(home, *options, status=0):
    done = home.aigenv("verify", "--json", *options, status=status)
    return json.loads(done.stdout)["results"]


def all_profiles_are_called_and_refused_goes_before_unreachable():
    with Emulator() as emulator, Home() as home:
        make(home, wanted_for(emulator, "custom-xiaomi"))
        make(home, wanted_for(emulator, "openai"), "second")
        found = results(home, "--all")
        assert [(r["profile"], r["ok"]) for r in found] == [
            ("production", True), ("second", True)], found
        dead = wanted_for(emulator, "openai")
        dead["origin"] = "http://127.0.0.1:9"
        make(home, dead, "unreachable")
        assert [r["diagnosis"] for r in results(home, "--all", status=6)] == [
            "ok", "ok", "connect_failed"]
        other = wanted_for(emulator, "custom-xiaomi")
        other["gateway"] = "nobody"
        make(home, other, "refused")
        assert "gateway_not_found" in [
            r["diagnosis"] for r in results(home, "--all", status=5)]


def a_profile_of_somebody_else_does_not_keep_the_others():
    with Emulator() as emulator, Home() as home:
        make(home, wanted_for(emulator, "custom-xiaomi"))
        vault = home.project / "aigenv.json"
        mine = json.loads(vault.read_text())
        with Home() as stranger:
            make(stranger, wanted_for(emulator, "openai"), "theirs")
            theirs = json.loads((stranger.project / "aigenv.json").read_text())
        mine["profiles"].update(theirs["profiles"])
        vault.write_text(json.dumps(mine))
        done = home.aigenv("verify", "--all", "--json", status=4)
        assert [r["profile"] for r in json.loads(done.stdout)["results"]] == ["production"]
        assert "theirs" in done.stderr, done.stderr


def every_kind_of_chat_streams():
    for provider in KEYS:
        with Emulator() as emulator, Home() as home:
            make(home, wanted_for(emulator, provider))
            [result] = results(home, "--stream")
            assert result["ok"], result
            assert result["probes"][-1] == {
                "what": "the test call as a stream", "http_status": 200}, result
            assert "streams" in home.aigenv("verify", "--stream").stdout
            sent = emulator.requests()[-1]
            assert sent["headers"].get("Accept") == "text/event-stream", sent


def watching_ends_when_the_token_becomes_active():
    with Emulator() as emulator, Home() as home:
        make(home, wanted_for(emulator, "custom-xiaomi", token=NEW_TOKEN))
        watching = subprocess.Popen(
            [str(AIGENV), "verify", "--watch", "1"], cwd=home.project,
            env=home.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True)
        assert "gateway_token_rejected" in watching.stdout.readline()
        assert watching.poll() is None, "it does not wait"
        emulator.set(tokens=[TOKEN, NEW_TOKEN])
        out, _ = watching.communicate(timeout=60)
        assert watching.returncode == 0, out
        assert "✓ production/xiaomi" in out.splitlines()[-1], out


def watching_is_ended_by_an_interrupt():
    with Emulator() as emulator, Home() as home:
        make(home, wanted_for(emulator, "custom-xiaomi", model="mimo-9"))
        watching = subprocess.Popen(
            [str(AIGENV), "verify", "--watch", "60"], cwd=home.project,
            env=home.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True)
        assert "model_not_found" in watching.stdout.readline()
        watching.send_signal(signal.SIGINT)
        watching.communicate(timeout=60)
        assert watching.returncode in (130, -signal.SIGINT), watching.returncode


def the_printed_curl_command_is_the_same_call():
    # gpt-5-mini wants the other name of max_tokens, which verify tries next.
    cases = [(provider, {"model": "gpt-4.1-mini"} if provider == "openai" else {}, [])
             for provider in KEYS]
    cases.append(("custom-xiaomi", {"credential": "stored", "alias": "team"}, []))
    keys = [word for provider, (_, key, _) in KEYS.items()
            for word in ("--provider", f"{provider}={key}")]
    with Emulator(*keys, "--stored", f"custom-xiaomi:team={KEY}") as emulator:
        cases.append(("custom-xiaomi", {
            "direct_url": f"{emulator.origin}/direct/custom-xiaomi/v1"}, ["--direct"]))
        for provider, route, options in cases:
            with Home() as home:
                wanted = wanted_for(emulator, provider, **route)
                make(home, wanted)
                command = home.aigenv("verify", "--curl", *options).stdout
                for value in wanted["secrets"].values():
                    assert value not in command, command
                assert " -L" not in command and "--location" not in command, command
                emulator.forget()
                [result] = results(home, *options)
                assert result["ok"], result
                answer = home.aigenv("run", "--", "sh", "-c", command).stdout
                assert answer.startswith("HTTP/1.1 200"), answer
                ours, theirs = emulator.requests()
                for same in ("method", "path", "query", "body"):
                    assert ours.get(same) == theirs.get(same), (same, ours, theirs)
                # Which compressions curl knows is its build's.
                for request in (ours, theirs):
                    assert "gzip" in request["headers"]["Accept-Encoding"], (ours, theirs)
                ignored = {"user-agent", "host", "content-length", "accept-encoding"}
                assert {k.lower(): v for k, v in ours["headers"].items()
                        if k.lower() not in ignored} == {
                    k.lower(): v for k, v in theirs["headers"].items()
                    if k.lower() not in ignored}, (ours, theirs)


def explain_shows_all_that_went_out_and_came_back():
    with Emulator() as emulator, Home() as home:
        make(home, wanted_for(emulator, "custom-xiaomi", path=""))
        text = home.aigenv("verify", "--explain", status=5).stdout
        asked = emulator.requests()
        assert len(asked) == text.count("── "), text
        for request in asked:
            for name, value in request["headers"].items():
                if not value.startswith("Bearer "):
                    assert f"> {name}: {value}".lower() in text.lower(), (name, text)
        assert "< cf-ray: " in text and "since" in text, text
        assert TOKEN not in text and KEY not in text, "a secret is shown"


def an_unknown_route_is_named():
    with Emulator() as emulator, Home() as home:
        make(home, wanted_for(emulator, "custom-xiaomi"))
        refused = home.aigenv("verify", "--route", "nobody", status=3)
        assert "nobody" in refused.stderr and not emulator.requests(), refused.stderr


TESTS = [
    all_profiles_are_called_and_refused_goes_before_unreachable,
    a_profile_of_somebody_else_does_not_keep_the_others,
    every_kind_of_chat_streams,
    watching_ends_when_the_token_becomes_active,
    watching_is_ended_by_an_interrupt,
    the_printed_curl_command_is_the_same_call,
    explain_shows_all_that_went_out_and_came_back,
    an_unknown_route_is_named,
]

if __name__ == "__main__":
    main(TESTS)
