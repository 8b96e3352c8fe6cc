"""The rows of the table that only a pasted answer reaches: verify knows what it
sent, and `aigenv explain` often does not."""

import json

from diagnoses_gateway import OTHER_KEY, OTHER_TOKEN, error
from harness import ACCOUNT, GATEWAY, Home


def sent(*headers):
    """A request as `curl -v` shows it."""
    lines = [f"> POST /v1/{ACCOUNT}/{GATEWAY}/custom-xiaomi/v1/chat/completions HTTP/1.1",
             "> Host: gateway.ai.cloudflare.com", *(f"> {line}" for line in headers), ">"]
    return "\n".join(lines) + "\n"


def answered(status, body):
    return (f"< HTTP/1.1 {status} X\n< content-type: application/json\n"
            f"< cf-ray: 8f0000000000000a-AMS\n<\n{json.dumps(body)}\n")


def gateway(http, code, text):
    return answered(http, error(http, code, text)[2])


def provider(status, message):
    return answered(status, {"error": {"message": message}})


def unseen(status, base="custom-xiaomi"):
    """A call and a status, without what was said."""
    return (f"POST https://gateway.ai.cloudflare.com/v1/{ACCOUNT}/{GATEWAY}/{base}"
            f"/chat/completions\nHTTP/1.1 {status} X\ncf-ray: 8f0000000000000a-AMS\n")


KEY_HEADER = f"authorization: Bearer {OTHER_KEY}"
TOKEN_REFUSED = gateway(401, 2009, "Unauthorized")

# The beginning of the row: (what is pasted, diagnosis, words).
PASTED = {
    "{ GATEWAY(2009), NEEDS(F(TOKEN_LIKE_KEY) | F(KEY_LIKE_TOKEN)),": (
        sent(f"authorization: Bearer {OTHER_TOKEN}",
             f"cf-aig-authorization: Bearer {OTHER_KEY}") + TOKEN_REFUSED,
        "keys_swapped", "in each other's place"),
    "{ GATEWAY(2009), NEEDS(F(TOKEN_LIKE_KEY)), IS(": (
        sent(KEY_HEADER, "cf-aig-authorization: Bearer tp-anotherProviderKey0123456789")
        + TOKEN_REFUSED, "gateway_token_rejected", "has the form of a provider's key"),
    "{ GATEWAY(2009), NEEDS(F(NO_TOKEN)),": (
        sent(KEY_HEADER) + TOKEN_REFUSED, "gateway_token_missing", "no gateway token"),
    "{ GATEWAY(2009), IS(": (
        TOKEN_REFUSED, "gateway_token_rejected",
        "(gateway_token_rejected or gateway_token_missing; to tell: "),
    '{ GATEWAY(2021), SAYS("insufficient balance"), LACKS(F(NO_KEY)),': (
        gateway(402, 2021, "Insufficient balance; add money to your gateway or use BYOK"),
        "quota_exhausted", "no credits left"),
    "{ GATEWAY(2021), IS(": (
        gateway(400, 2021, "Provider credentials are required"), "provider_key_missing",
        "was called without its key"),
    "{ HEARD(UPSTREAM), NEEDS(F(SAYS_NO_KEY)), IS(": (
        provider(401, "You didn't provide an API key."), "provider_key_missing",
        "was called without its key"),
    "{ HEARD(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(SAYS_KEY_WRONG)), IS(": (
        provider(401, "Incorrect API key provided"), "provider_key_rejected",
        "refuses the key"),
    "{ HEARD(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(SAYS_KEY_WRONG) | F(THROUGH_GATEWAY)),": (
        provider(401, "Incorrect API key provided").replace("cf-ray", "cf-aig-step"),
        "provider_key_rejected", "the gateway token is fine"),
    "{ HEARD(SPEAKER_UNSEEN), STATUS(401, 401),": (
        unseen(401), "provider_key_rejected", "does not show by whom"),
    "{ HEARD(SPEAKER_UNSEEN), STATUS(403, 403),": (
        unseen(403), "provider_key_rejected", "does not show by whom"),
    "{ HEARD(SPEAKER_UNSEEN), STATUS(402, 402),": (
        unseen(402), "quota_exhausted", "somebody wants to be paid"),
    "{ HEARD(SPEAKER_UNSEEN), STATUS(404, 405), NEEDS(F(CUSTOM) | F(NO_VERSION)),": (
        unseen(404), "base_url_missing_version", "has to end in its version"),
    "{ HEARD(SPEAKER_UNSEEN), STATUS(404, 405), IS(": (
        unseen(404, "custom-xiaomi/v1"), "base_url_wrong_path", "or the model"),
    "{ HEARD(SPEAKER_UNSEEN), STATUS(429, 429),": (
        unseen(429), "rate_limited", "does not show whose"),
    "{ HEARD(SPEAKER_UNSEEN), STATUS(500, 599),": (
        unseen(503), "provider_error", "a server failed"),
    "{ HEARD(SPEAKER_UNSEEN), IS(": (unseen(400), "gateway_error", "does not show why"),
    "{ HEARD(PROVIDERS), STATUS(400, 400), NEEDS(F(SAYS_PARAMETER) | F(PASTED)),": (
        provider(400, "Unsupported parameter: 'top_k'"), "provider_error",
        "a parameter of the request"),
    "{ HEARD(PROVIDERS), STATUS(400, 400), NEEDS(F(SAYS_BUDGET) | F(PASTED)),": (
        provider(400, "max_tokens must be at least 32"), "provider_error",
        "a parameter of the request"),
    "{ HEARD(UPSTREAM), NEEDS(F(REFUSES_KEY)), IS(": (
        provider(401, "Unauthorized"), "provider_key_rejected",
        "(provider_key_rejected or provider_key_missing; to tell: "),
}


def check_pasted():
    """Each of them is what `explain` concludes, and no secret is repeated."""
    with Home() as home:
        for row, (paste, diagnosis, words) in PASTED.items():
            done = home.aigenv("explain", "--json", stdin=paste)
            result = json.loads(done.stdout)
            assert result["diagnosis"] == diagnosis, (row, result)
            assert words in result["means"], (row, result)
            assert OTHER_KEY not in done.stdout and OTHER_TOKEN not in done.stdout, row
