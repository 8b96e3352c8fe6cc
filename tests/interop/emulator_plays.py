#!/usr/bin/env python3
"""aig-emulator as a stage: what a test can make it play while it runs."""

import json
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import helptext  # noqa: E402
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
            capture_output=True, text=True, timeout=60, check=False,
        )
        assert wrong.returncode == 3 and "state.json:1" in wrong.stderr, wrong


def the_manuals_example_plays():
    block = next(block for block in helptext.blocks("emulator") if block.startswith("{"))
    with tempfile.TemporaryDirectory() as folder:
        state = pathlib.Path(folder, "state.json")
        state.write_text(block)
        with Emulator("--state", str(state)) as emulator:
            new = {"token": "cfut_newToken", "key": "sk-newKey"}
            assert emulator.chat(**new)[2]["internalCode"] == 2009
            for _ in range(2):
                status, headers, document = emulator.chat(**new)
                assert status == 429 and document["error"]["message"] == "Slow down"
                assert headers["retry-after"] == "7", headers
            assert emulator.chat(model="mimo-v2.5", **new)[0] == 200
            status, _, document = emulator.chat(model="mimo-v2.5-pro", **new)
            assert status == 400 and document["error"]["message"] == "Model Not Exist"


def post(emulator, path, body, key=None, header="Authorization", **more):
    """To a provider through the gateway: (status, headers, document)."""
    headers = {"cf-aig-authorization": f"Bearer {TOKEN}", **more}
    if key:
        headers[header] = key
    url = emulator.base_url("", "").rstrip("/") + "/" + path
    status, received, text = emulator.ask("POST", url, body, headers)
    return status, received, json.loads(text)


PING = {"messages": [{"role": "user", "content": "ping"}]}


def cohere_speaks_both_of_its_own_forms():
    with Emulator("--provider", "cohere=co-key-0123456789") as emulator:
        key = "Bearer co-key-0123456789"
        status, _, first = post(
            emulator, "cohere/v1/chat", {"model": "command-r-plus", "message": "ping"}, key
        )
        assert status == 200 and first["text"] == "pong", first
        assert first["finish_reason"] == "COMPLETE" and first["generation_id"], first
        asked = {"model": "command-a-03-2025", **PING}
        status, _, second = post(emulator, "cohere/v2/chat", asked, key)
        assert second["message"]["content"] == [{"type": "text", "text": "pong"}], second
        _, headers, text = emulator.ask(
            "POST", emulator.base_url("cohere", "/v2/chat"), {**asked, "stream": True},
            {"cf-aig-authorization": f"Bearer {TOKEN}", "Authorization": key},
        )
        assert headers["content-type"] == "text/event-stream"
        assert text.startswith(b"event: message-start") and b"message-end" in text, text
        for path, body, sent, expected, words in (
            ("v1/chat", {"message": "x"}, "Bearer wrong", 401, "invalid api token"),
            ("v1/chat", {"message": "x"}, None, 401, "no api key supplied"),
            ("v2/chat", {"model": "nope", **PING}, key, 404, "model 'nope' not found"),
            ("v1/chat", {}, key, 400, "message must be"),
        ):
            status, _, document = post(emulator, f"cohere/{path}", body, sent)
            assert status == expected and words in document["message"], document
        _, _, text = emulator.ask(
            "GET", emulator.base_url("cohere", "/v1/models"), None,
            {"cf-aig-authorization": f"Bearer {TOKEN}", "Authorization": key},
        )
        assert json.loads(text)["models"][1]["name"] == "command-r-plus", text


def bedrock_answers_with_a_stored_key():
    claude = "us.anthropic.claude-haiku-4-5-20251001-v1:0"
    base = "aws-bedrock/bedrock-runtime/us-east-1/model"
    converse = {"messages": [{"role": "user", "content": [{"text": "ping"}]}],
                "inferenceConfig": {"maxTokens": 16}}
    with Emulator("--stored", "aws-bedrock=secret-of-aws") as emulator:
        status, _, document = post(emulator, f"{base}/{claude}/converse", converse)
        assert status == 200, document
        assert document["output"]["message"]["content"] == [{"text": "pong"}], document
        assert document["stopReason"] == "end_turn", document
        escaped = claude.replace(":", "%3A")
        status, _, document = post(emulator, f"{base}/{escaped}/invoke", {
            "anthropic_version": "bedrock-2023-05-31", "max_tokens": 16, **PING,
        })
        assert status == 200 and document["content"][0]["text"] == "pong", document
        for path, body, key, expected, kind, words in (
            (f"{base}/{claude}/converse", converse, "AWS4-HMAC-SHA256 Credential=x/y", 403,
             "UnrecognizedClientException", "security token"),
            (f"{base}/nope/converse", converse, None, 400, "ValidationException", "identifier"),
            (f"{base}/{claude}/invoke", converse, None, 400, "ValidationException", "Malformed"),
        ):
            status, headers, document = post(emulator, path, body, key)
            assert status == expected and words in document["message"], document
            assert headers["x-amzn-ErrorType"] == kind, headers
        emulator.set(providers={"aws-bedrock": {"stored": {}}})
        status, headers, document = post(emulator, f"{base}/{claude}/converse", converse)
        assert status == 403 and document == {"message": "Missing Authentication Token"}


def azure_names_the_deployment_in_the_path():
    base = "azure-openai/my-resource/my-deployment/chat/completions"
    version = "?api-version=2024-10-21"
    key = "azure-key-0123456789"
    with Emulator("--provider", f"azure-openai={key}") as emulator:
        status, _, document = post(emulator, base + version, PING, key, "api-key")
        assert status == 200, document
        assert document["choices"][0]["message"]["content"] == "pong", document
        other = base.replace("my-deployment", "other") + version
        for path, sent, expected, code in (
            (base, key, 404, "404"),
            (other, key, 404, "DeploymentNotFound"),
            (base + version, "wrong", 401, "401"),
        ):
            status, _, document = post(emulator, path, PING, sent, "api-key")
            assert status == expected and document["error"]["code"] == code, document
        seen = emulator.requests()[-1]
        assert seen["path"].endswith("/my-deployment/chat/completions"), seen
        assert seen["query"] == {"api-version": "2024-10-21"}, seen
        # The same at its own host.
        _, _, text = emulator.ask(
            "POST", "/direct/azure-openai/openai/deployments/my-deployment/chat/completions"
            + version, PING, {"api-key": key},
        )
        assert b"pong" in text, text


def vertex_wants_its_project_and_region_in_the_path():
    base = "google-vertex-ai/v1/projects/p/locations/us-central1/publishers/google/models/"
    asked = {"contents": [{"role": "user", "parts": [{"text": "ping"}]}]}
    with Emulator("--provider", "google-vertex-ai=ya29.token-0123456789") as emulator:
        key = "Bearer ya29.token-0123456789"
        path = base + "gemini-2.5-flash:generateContent"
        status, _, document = post(emulator, path, asked, key)
        assert status == 200, document
        assert document["candidates"][0]["content"]["parts"] == [{"text": "pong"}], document
        status, _, document = post(emulator, path, asked, "Bearer AIza-a-key-not-a-token")
        assert status == 401 and document["error"]["status"] == "UNAUTHENTICATED", document
        status, _, document = post(emulator, base + "nope:generateContent", asked, key)
        assert status == 404 and "Publisher Model `nope`" in document["error"]["message"]


def mimo_speaks_anthropics_form_beside_openais():
    asked = {"model": "mimo-v2.5", "max_tokens": 100, **PING}
    version = {"anthropic-version": "2023-06-01"}
    path = "custom-xiaomi/anthropic/v1/messages"
    with Emulator() as emulator:
        for key, header, expected in (
            (f"Bearer {KEY}", "Authorization", 200),
            (KEY, "api-key", 200),
            (KEY, "x-api-key", 401),
        ):
            status, _, document = post(emulator, path, asked, key, header, **version)
            assert status == expected, (header, document)
            assert status == 401 or document["content"][0]["text"] == "pong", document
        assert post(emulator, "custom-xiaomi/v1/messages", asked, f"Bearer {KEY}")[0] == 404


def what_is_no_chat_refuses_in_its_own_words():
    rows = (
        ("deepgram", "v1/listen", "Authorization", "Token {}", 400, "err_code"),
        ("elevenlabs", "v1/text-to-speech/x", "xi-api-key", "{}", 422, "detail"),
        ("fal", "fal-ai/fast-sdxl", "Authorization", "Key {}", 422, "detail"),
        ("huggingface", "bigcode/starcoder", "Authorization", "Bearer {}", 400, "error"),
        ("replicate", "v1/predictions", "Authorization", "Bearer {}", 422, "title"),
    )
    key = "some-key-0123456789"
    with Emulator() as emulator:
        for segment, path, header, form, refusal, member in rows:
            provider(emulator, segment, keys=[key])
            url = f"{segment}/{path}"
            status, _, document = post(emulator, url, {}, form.format(key), header)
            assert status == refusal and member in document, (segment, document)
            for sent in (form.format("wrong"), None):
                status, _, document = post(emulator, url, {}, sent, header)
                assert status == 401, (segment, document)


main([
    a_canned_answer_is_given_through_the_gateway_and_direct,
    canned_rules_fit_by_method_and_path_and_are_used_up,
    canned_events_stream,
    a_provider_changes_its_words_its_pace_and_its_models,
    settings_are_shown_and_can_be_put_back,
    bad_settings_change_nothing,
    a_state_file_is_read_whenever_it_changes,
    the_manuals_example_plays,
    cohere_speaks_both_of_its_own_forms,
    bedrock_answers_with_a_stored_key,
    azure_names_the_deployment_in_the_path,
    vertex_wants_its_project_and_region_in_the_path,
    mimo_speaks_anthropics_form_beside_openais,
    what_is_no_chat_refuses_in_its_own_words,
])
