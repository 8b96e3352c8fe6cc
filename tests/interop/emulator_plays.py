#!/usr/bin/env python3
"""aig-emulator as a stage: what a test can make it play while it runs."""

import json
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import EMULATOR, KEY, TOKEN, Emulator, main  # noqa: E402

BOTH = {"cf-aig-authorization": f"Bearer {TOKEN}", "Authorization": f"Bearer {KEY}"}


def provider(emulator, segment="custom-xiaomi", **changes):
    emulator.set(providers={segment: changes})


def a_canned_answer_is_given_through_the_gateway_and_direct():
    with Emulator() as emulator:
        provider(emulator, canned={
            "status": 418, "headers": {"x-kind": "tea"}, "body": {"error": "short"},
        })
        status, headers, document = emulator.chat()
        assert status == 418 and document == {"error": "short"}, document
        assert headers["x-kind"] == "tea" and headers["cf-aig-log-id"], headers
        assert headers["content-type"] == "application/json", headers
        status, headers, body = emulator.ask(
            "POST", "/direct/custom-xiaomi/v1/chat/completions", b"{}"
        )
        assert status == 418 and body == b'{"error":"short"}', body
        assert "cf-ray" not in headers and headers["x-kind"] == "tea", headers
        # The gateway's own checks come first, as ever.
        assert emulator.chat(token="wrong")[0] == 401
        provider(emulator, canned_direct={"status": 200, "body": "direct"})
        assert emulator.ask("GET", "/direct/custom-xiaomi/x")[2] == b"direct"
        assert emulator.chat()[0] == 418
        provider(emulator, canned=None, canned_direct=None)
        assert emulator.chat()[0] == 200


def canned_rules_fit_by_method_and_path_and_are_used_up():
    with Emulator() as emulator:
        provider(emulator, canned=[
            {"path_contains": "/models", "body": {"data": []}},
            {"method": "POST", "status": 503, "body": "busy", "times": 2,
             "headers": {"content-type": "text/html"}},
        ])
        url = emulator.base_url()
        assert emulator.ask("GET", url + "/models", None, BOTH)[2] == b'{"data":[]}'
        for _ in range(2):
            status, headers, body = emulator.ask("POST", url + "/chat/completions", "{}", BOTH)
            assert status == 503 and body == b"busy", body
            assert headers["content-type"] == "text/html", headers
        assert emulator.chat()[0] == 200
        rules = emulator.settings()["providers"]["custom-xiaomi"]["canned"]
        assert rules[1]["times"] == 0, rules


def canned_events_stream():
    events = 'data: {"choices":[]}\n\ndata: [DONE]\n\n'
    with Emulator() as emulator:
        provider(emulator, canned={
            "headers": {"content-type": "text/event-stream"}, "body": events,
        })
        _, headers, body = emulator.ask(
            "POST", emulator.base_url() + "/chat/completions", b"{}", BOTH
        )
        assert body.decode() == events and "content-length" not in headers, headers


def a_provider_changes_its_words_its_pace_and_its_models():
    with Emulator() as emulator:
        provider(emulator, dialect="deepseek", latency_ms=300, models=["new-model"])
        began = time.monotonic()
        status, _, document = emulator.chat(key="sk-wrong-key-0123456789")
        assert status == 401 and "****6789" in document["error"]["message"], document
        assert time.monotonic() - began >= 0.3
        provider(emulator, latency_ms=0)
        status, _, document = emulator.chat()
        assert status == 400 and document["error"]["message"] == "Model Not Exist"
        assert emulator.chat(model="new-model")[0] == 200


def settings_are_shown_and_can_be_put_back():
    with Emulator("--fault", "2005:3") as emulator:
        provider(emulator, canned={"status": 500, "times": 4})
        emulator.set(tokens=["one", "two"], rate_limit=7)
        emulator.chat()
        shown = emulator.settings()
        assert shown["tokens"] == ["one", "two"] and shown["rate_limit"] == 7, shown
        assert shown["faults"] == ["2005:3"], shown
        assert shown["providers"]["custom-xiaomi"]["keys"] == [KEY], shown
        assert shown["providers"]["openai"]["dialect"] == "openai", shown
        emulator.set(**shown)
        assert emulator.settings() == shown


def bad_settings_change_nothing():
    with Emulator() as emulator:
        before = emulator.settings()
        for body in (
            b"{", b"[]", b'{"tokens":["x"],"unknown":1}',
            b'{"tokens":["x"],"faults":["nope"]}',
            b'{"account":"x","providers":{"custom-new":{},"nobody":{}}}',
            b'{"providers":{"custom-xiaomi":{"keys":["x"],"dialect":"klingon"}}}',
            b'{"providers":{"openai":{"canned":{"status":99}}}}',
            b'{"providers":{"openai":{"canned":[{"headers":{"a":"b\\r\\nc: d"}}]}}}',
            b'{"providers":{"openai":{"canned":[{"body":"x","stauts":1}]}}}',
            b'{"providers":{"openai":{"upstream":"http://example.com"}}}',
            b'{"providers":{"openai":{"latency_ms":-1}}}',
        ):
            status, _, text = emulator.ask("PUT", "/emulator/settings", body)
            document = json.loads(text)
            assert status == 400 and not document["ok"] and document["what"], (body, text)
            assert emulator.settings() == before, body


def a_state_file_is_read_whenever_it_changes():
    with tempfile.TemporaryDirectory() as folder:
        state = pathlib.Path(folder, "state.json")
        state.write_text('{"faults": ["html"]}')
        with Emulator("--state", str(state)) as emulator:
            assert emulator.ask("GET", "/v1/x")[1]["content-type"] == "text/html"
            state.write_text('{"faults": [], "tokens": ["other"]}')
            assert emulator.chat()[0] == 401
            assert emulator.chat(token="other")[0] == 200
            state.write_text('{"tokens": ["third"], "faults": 7}')
            assert emulator.chat(token="other")[0] == 200
            state.unlink()
            assert emulator.chat(token="other")[0] == 200
            assert emulator.chat(token="other")[0] == 200
            # Replaced by rename, as editors and `aigenv` do it.
            other = pathlib.Path(folder, "new")
            other.write_text('{"tokens": ["fourth"]}')
            other.rename(state)
            assert emulator.chat(token="fourth")[0] == 200
            emulator.stop()
            complaints = emulator.errors.decode()
            assert complaints.count("until then all stays as it was") == 2, complaints
        state.write_text("{")
        wrong = subprocess.run(
            [EMULATOR, "--port", "0", "--state", state],
            capture_output=True, text=True, timeout=20, check=False,
        )
        assert wrong.returncode == 3 and "state.json:1" in wrong.stderr, wrong


main([
    a_canned_answer_is_given_through_the_gateway_and_direct,
    canned_rules_fit_by_method_and_path_and_are_used_up,
    canned_events_stream,
    a_provider_changes_its_words_its_pace_and_its_models,
    settings_are_shown_and_can_be_put_back,
    bad_settings_change_nothing,
    a_state_file_is_read_whenever_it_changes,
])
