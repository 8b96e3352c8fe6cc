#!/usr/bin/env python3
"""The real openai package as a judge of aig-emulator.

    openai_judge.py calls     chat completions and lists of models
    openai_judge.py streams   chunks, usage, leaving early, breaking off
    openai_judge.py errors    which of its classes an answer becomes, with what in it
    openai_judge.py retries   what it asks again by itself, and what never
"""

import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import GATEWAY, KEY, OPENAI_KEY, TOKEN, Emulator, main, wait_until  # noqa: E402

PROGRAM = pathlib.Path(__file__).with_name("openai_judge.mjs")
OTHER_KEY = "sk-someOtherKeyThatIsWrong99"
OTHER_TOKEN = "cfut_someOtherTokenThatIsWrong0123456789abcd"
MODEL = "mimo-v2.5"


def body(content="one two three", model=MODEL, **more):
    return {"model": model, "messages": [{"role": "user", "content": content}], **more}


class Judge:
    """A node process with the package in it: `with Judge() as judge:`"""

    def __init__(self):
        self.process = subprocess.Popen(
            ["node", str(PROGRAM)], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def ask(self, base_url, call="chat", **changes):
        """What came of one call; no secret may stand in it."""
        question = {
            "base_url": base_url, "call": call, "body": body(), "token": TOKEN, "key": KEY,
            "retries": 0, "timeout": 60000, **changes,
        }
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "node is gone"
        for secret in (TOKEN, KEY, OPENAI_KEY, OTHER_KEY, OTHER_TOKEN):
            assert secret not in line, line
        return json.loads(line)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        assert self.process.wait(timeout=60) == 0


def expect(found, **members):
    for name, value in members.items():
        assert found.get(name) == value, f"{name} is not {value!r} in {found}"


def lower(request):
    return {name.lower(): value for name, value in request["headers"].items()}


# calls

def completes_through_each_shape_of_the_base_url():
    with Judge() as judge, Emulator() as emulator:
        for segment, path, model, key in (
            ("custom-xiaomi", "/v1", MODEL, KEY),
            ("openai", "", "gpt-4.1-mini", OPENAI_KEY),
            ("compat", "", "openai/gpt-4.1-mini", OPENAI_KEY),
        ):
            found = judge.ask(emulator.base_url(segment, path), key=key, body=body(model=model))
            expect(found, text=f"{model.split('/')[-1]} heard: one two three", finish="stop")
            assert found["log_id"], found
            assert found["usage"]["total_tokens"] > 0, found
        sent = lower(emulator.requests()[0])
        assert sent["authorization"] == f"Bearer {KEY}", sent
        assert sent["cf-aig-authorization"] == f"Bearer {TOKEN}", sent
        assert sent["user-agent"].startswith("OpenAI/JS"), sent


def takes_a_custom_provider_through_compat_where_its_base_url_has_the_version():
    with Judge() as judge, Emulator("--base-url", "custom-xiaomi=/v1") as emulator:
        found = judge.ask(
            emulator.base_url("compat", ""), body=body(model=f"custom-xiaomi/{MODEL}"))
        expect(found, text=f"{MODEL} heard: one two three")


def lists_models():
    with Judge() as judge, Emulator() as emulator:
        found = judge.ask(emulator.base_url(), "models")
        assert MODEL in found["ids"], found
        found = judge.ask(emulator.base_url("openai", ""), "models", key=OPENAI_KEY)
        assert "gpt-4.1-mini" in found["ids"] and MODEL not in found["ids"], found
        found = judge.ask(emulator.base_url("compat", ""), "models")
        assert "openai/gpt-4.1-mini" in found["ids"], found


def sends_no_key_where_cloudflare_keeps_it():
    with Judge() as judge, Emulator("--stored", f"custom-xiaomi={KEY}") as emulator:
        expect(judge.ask(emulator.base_url(), keyless=True),
               text=f"{MODEL} heard: one two three")
        assert "authorization" not in lower(emulator.requests()[-1])
        # Any other header hides the stored key, a placeholder too.
        expect(judge.ask(emulator.base_url(), key="unused"), thrown="AuthenticationError",
               status=401, code="401")


def a_thinking_model_may_have_no_token_left_for_words():
    with Judge() as judge, Emulator() as emulator:
        found = judge.ask(emulator.base_url(), body=body(max_tokens=16))
        expect(found, text="", finish="length")
        assert found["usage"]["completion_tokens"] == 16, found


# streams

def streams_the_text_of_the_whole_answer():
    with Judge() as judge, Emulator() as emulator:
        for segment, path, model, key in (
            ("custom-xiaomi", "/v1", MODEL, KEY),
            ("openai", "", "gpt-4.1-mini", OPENAI_KEY),
            ("compat", "", "openai/gpt-4.1-mini", OPENAI_KEY),
        ):
            asked = {"base_url": emulator.base_url(segment, path), "key": key,
                     "body": body("some words, 世界 and\nlines", model)}
            whole = judge.ask(**asked)
            found = judge.ask(**asked, call="stream")
            expect(found, text=whole["text"], role="assistant", finish="stop", usage=None)
            assert found["chunks"] > 4, found
            asked["body"]["stream_options"] = {"include_usage": True}
            expect(judge.ask(**asked, call="stream"), text=whole["text"], usage=whole["usage"])


def chunks_arrive_one_by_one_and_a_client_may_leave():
    with Judge() as judge, Emulator() as emulator:
        # So many chunks that another call is answered long before the last.
        found = judge.ask(emulator.base_url(), "abort", body=body("a " * 20000), other=body())
        expect(found, text=f"{MODEL} heard: one two three")
        assert 0 < found["before"] < found["after"] and not found["ended"], found
        expect(judge.ask(emulator.base_url(), "stream"),
               text=f"{MODEL} heard: one two three")


def a_stream_that_is_refused_is_an_error_before_its_first_chunk():
    with Judge() as judge, Emulator() as emulator:
        expect(judge.ask(emulator.base_url(), "stream", token=OTHER_TOKEN),
               thrown="AuthenticationError", status=401)
        expect(judge.ask(emulator.base_url(), "stream", body=body(model="gpt-9")),
               thrown="BadRequestError", status=400, param="Not supported model gpt-9")


def a_stream_that_breaks_off_is_an_error():
    with Judge() as judge, Emulator("--fault", "cut:1") as emulator:
        found = judge.ask(emulator.base_url(), "stream")
        expect(found, thrown="TypeError", message="terminated")  # node's, not the package's
        assert judge.ask(emulator.base_url(), "stream")["text"]


# errors

# What the package makes of the gateway's own answers. Its `error` is a list,
# where the package looks for an object: `code` stays empty, the number is in
# the list and in the message.
GATEWAY_ERRORS = (
    # settings, changes of the call, class, status, code at Cloudflare
    ({}, {"token": OTHER_TOKEN}, "AuthenticationError", 401, 2009),
    ({}, {"token": None}, "AuthenticationError", 401, 2009),
    ({}, {"gateway": "another"}, "BadRequestError", 400, 2001),
    ({}, {"segment": "custom-nobody"}, "BadRequestError", 400, 2008),
    ({}, {"segment": "compat", "path": ""}, "BadRequestError", 400, 2019),
    ({"rate_limit": 1}, {}, "RateLimitError", 429, 2003),
    ({"faults": ["spend-limit"]}, {}, "RateLimitError", 429, 2041),
    ({"faults": ["2005"]}, {}, "BadRequestError", 400, 2005),
    ({"faults": ["2006"]}, {}, "InternalServerError", 502, 2006),
    ({"faults": ["2018"]}, {}, "BadRequestError", 400, 2018),
    ({"faults": ["dlp"]}, {}, "APIError", 424, 2029),
    ({"faults": ["guardrails"]}, {}, "APIError", 424, 2016),
)

OPENAI = {"segment": "openai", "path": "", "key": OPENAI_KEY, "body": body(model="gpt-4.1-mini")}

# And of the providers': the members of `error` are the error's own.
PROVIDER_ERRORS = (
    # faults, changes of the call, class, status, code, type
    ([], {"key": OTHER_KEY}, "AuthenticationError", 401, "401", "invalid_key"),
    ([], {**OPENAI, "key": OTHER_KEY}, "AuthenticationError", 401, "invalid_api_key",
     "invalid_request_error"),
    ([], {"keyless": True}, "AuthenticationError", 401, "401", "invalid_key"),
    ([], {"body": body(model="gpt-9")}, "BadRequestError", 400, "400", None),
    ([], {"body": {"model": MODEL, "messages": []}}, "BadRequestError", 400, "400", None),
    ([], {**OPENAI, "body": body(model="gpt-9")}, "NotFoundError", 404, "model_not_found",
     "invalid_request_error"),
    ([], {"path": ""}, "NotFoundError", 404, "404", None),
    ([], {"path": "/v1/v1"}, "NotFoundError", 404, "404", None),
    (["provider-rate-limit"], {}, "RateLimitError", 429, "429", None),
    (["provider-rate-limit"], OPENAI, "RateLimitError", 429, "rate_limit_exceeded", "requests"),
    (["quota"], OPENAI, "RateLimitError", 429, "insufficient_quota", "insufficient_quota"),
    (["quota"], {}, "APIError", 402, "402", None),
    (["provider-error"], {}, "InternalServerError", 503, "503", None),
    (["provider-error"], OPENAI, "InternalServerError", 500, None, "server_error"),
)

# Neither the gateway's nor a provider's: pages, silence, broken answers.
OTHER_ERRORS = (
    # fault, class, status, what the message begins with
    ("1010", "PermissionDeniedError", 403, "403 error code: 1010"),
    ("502-html", "InternalServerError", 502, "502 <!DOCTYPE html>"),
    ("reset", "APIConnectionError", None, "Connection error."),
    ("nothing", "APIConnectionError", None, "Connection error."),
    ("not-http", "APIConnectionError", None, "Connection error."),
    ("never", "APIConnectionTimeoutError", None, "Request timed out."),
    # These are node's own: the package lets them through.
    ("cut", "TypeError", None, "terminated"),
    ("garbage", "SyntaxError", None, "Unexpected token"),
)


def call(judge, emulator, segment="custom-xiaomi", path="/v1", gateway=GATEWAY, **changes):
    return judge.ask(emulator.base_url(segment, path, gateway), **changes)


def the_gateways_answers_become_its_classes():
    with Judge() as judge:
        for settings, changes, name, status, code in GATEWAY_ERRORS:
            with Emulator() as emulator:
                emulator.set(**settings)
                if "rate_limit" in settings:
                    assert call(judge, emulator)["text"]
                found = call(judge, emulator, **changes)
                expect(found, thrown=name, status=status, code=None, type=None, param=None)
                assert "APIError" in found["is"], found
                assert found["error"][0]["code"] == code, found
                assert found["message"].startswith(f'{status} [{{"code":{code},'), found
                assert "cf-ray" in found["headers"], found
                # The gateway's 429s do not say how long to wait.
                assert "retry-after" not in found["headers"], found
                logged = code not in (2001, 2009)
                assert ("cf-aig-log-id" in found["headers"]) == logged, found


def the_providers_answers_become_its_classes():
    with Judge() as judge, Emulator() as emulator:
        for faults, changes, name, status, code, kind in PROVIDER_ERRORS:
            emulator.set(faults=faults)
            found = call(judge, emulator, **changes)
            expect(found, thrown=name, status=status, code=code, type=kind)
            assert found["error"]["message"] in found["message"], found
            assert found["headers"]["cf-aig-log-id"], found
        emulator.set(faults=[])
        found = call(judge, emulator, body=body(model="gpt-9"))
        expect(found, param="Not supported model gpt-9", message="400 Param Incorrect")


def what_is_no_api_becomes_its_classes_or_nodes_own():
    for fault, name, status, message in OTHER_ERRORS:
        with Judge() as judge, Emulator("--fault", fault) as emulator:
            found = call(judge, emulator, timeout=400 if fault == "never" else 60000)
            expect(found, thrown=name, status=status, error=None, code=None)
            assert found["message"].startswith(message), found
    with Judge() as judge, Emulator() as emulator:
        closed = emulator.base_url()
        assert judge.ask(closed)["text"]
        emulator.stop()
        expect(judge.ask(closed), thrown="APIConnectionError", status=None)


def a_page_with_200_is_no_error_to_it():
    # Why a call that "went well" proves nothing by itself.
    with Judge() as judge, Emulator() as emulator:
        for fault, kind in (("html", "string"), ("no-choices", "object"), ("empty", "undefined")):
            emulator.set(faults=[fault])
            expect(call(judge, emulator), returned=kind, text=None)


# retries

def asks_again_where_waiting_helps():
    with Judge() as judge, Emulator() as emulator:
        for fault in ("provider-error", "provider-rate-limit", "rate-limit", "502-html",
                      "2006", "reset", "nothing"):
            emulator.forget()
            emulator.set(faults=[f"{fault}:1"])
            found = call(judge, emulator, retries=2)
            expect(found, text=f"{MODEL} heard: one two three")
            sent = [lower(request)["x-stainless-retry-count"] for request in emulator.requests()]
            assert sent == ["0", "1"], (fault, sent)


def asks_no_more_than_it_was_told():
    with Judge() as judge, Emulator() as emulator:
        for retries in (0, 2):
            emulator.forget()
            emulator.set(faults=["provider-error"])
            found = call(judge, emulator, retries=retries)
            expect(found, thrown="InternalServerError", status=503)
            assert len(emulator.requests()) == retries + 1, emulator.requests()
    # A process of its own: on a connection that was used before, node 18's
    # fetch can miss that it was told to stop.
    with Judge() as judge, Emulator("--fault", "never") as emulator:
        found = call(judge, emulator, retries=1, timeout=2000)
        expect(found, thrown="APIConnectionTimeoutError")
        wait_until(lambda: len(emulator.requests()) == 2, "it was asked twice")


def never_asks_again_what_is_wrong():
    # 2005 is the gateway's word for a provider in trouble, but a 400: no app
    # that leaves retries to this package gets any.
    with Judge() as judge, Emulator() as emulator:
        for faults, changes, status in (
            ([], {"token": OTHER_TOKEN}, 401),
            ([], {"key": OTHER_KEY}, 401),
            ([], {"gateway": "another"}, 400),
            ([], {"body": body(model="gpt-9")}, 400),
            ([], {"path": ""}, 404),
            (["quota"], {}, 402),
            (["1010"], {}, 403),
            (["dlp"], {}, 424),
            (["2005"], {}, 400),
            (["2009-under-load:1"], {}, 401),
        ):
            emulator.forget()
            emulator.set(faults=faults)
            expect(call(judge, emulator, retries=2, **changes), status=status)
            assert len(emulator.requests()) == 1, (changes, emulator.requests())


PARTS = {
    "calls": [
        completes_through_each_shape_of_the_base_url,
        takes_a_custom_provider_through_compat_where_its_base_url_has_the_version,
        lists_models,
        sends_no_key_where_cloudflare_keeps_it,
        a_thinking_model_may_have_no_token_left_for_words,
    ],
    "streams": [
        streams_the_text_of_the_whole_answer,
        chunks_arrive_one_by_one_and_a_client_may_leave,
        a_stream_that_is_refused_is_an_error_before_its_first_chunk,
        a_stream_that_breaks_off_is_an_error,
    ],
    "errors": [
        the_gateways_answers_become_its_classes,
        the_providers_answers_become_its_classes,
        what_is_no_api_becomes_its_classes_or_nodes_own,
        a_page_with_200_is_no_error_to_it,
    ],
    "retries": [
        asks_again_where_waiting_helps,
        asks_no_more_than_it_was_told,
        never_asks_again_what_is_wrong,
    ],
}

if __name__ == "__main__":
    for word in sys.argv[1:] or PARTS:
        main(PARTS[word])
