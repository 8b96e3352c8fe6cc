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


def directly(status):
    return (f"POST https://api.deepseek.com/v1/chat/completions\nHTTP/1.1 {status} X\n"
            "server: elb\n")


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
    '{ FROM(PROVIDERS), STATUS(429, 429), NEEDS(F(PASTED) | F(SAID_ONLY)), SAYS("platform': (
        "Error: 429 You exceeded your current quota, please check your plan and billing"
        " details. For more see https://platform.openai.com/docs/guides/error-codes\n",
        "quota_exhausted", "balance or quota is used up"),
    '{ FROM(PROVIDERS), STATUS(429, 429), NEEDS(F(PASTED) | F(SAID_ONLY)), SAYS("quota exc': (
        "Error: 429 Quota exceeded for metric: generativelanguage.googleapis.com/"
        "generate_content_free_tier_requests, limit: 20\n",
        "rate_limited", "(rate_limited or quota_exhausted; to tell: "),
    '{ FROM(PROVIDERS), STATUS(429, 429), NEEDS(F(PASTED) | F(SAID_ONLY)), SAYS("resource': (
        "google.api_core.exceptions.ResourceExhausted: 429 Resource has been exhausted"
        " (e.g. check quota).\n",
        "rate_limited", "(rate_limited or quota_exhausted; to tell: "),
    '{ FROM(PROVIDERS), STATUS(429, 429), NEEDS(F(PASTED) | F(SAID_ONLY)), SAYS("quota")': (
        "Error: 429 You exceeded your current quota, please check your plan and billing"
        " details.\n",
        "quota_exhausted", "(quota_exhausted or rate_limited; to tell: "),
    '{ FROM(PROVIDERS), NEEDS(F(SAYS_LIMIT)), SAYS("receiving': (
        "The service is receiving too many requests from you (you exceeded your current quota)\n",
        "quota_exhausted", "(quota_exhausted or rate_limited; to tell: "),
    "{ FROM(PROVIDERS), STATUS(429, 429), NEEDS(F(SAYS_MODEL)),": (
        'Error code: 429 - {"error":{"code":"1311","message":"Your current subscription plan does'
        ' not yet include access to ACME-5"}}\n',
        "model_not_found", "account"),
    '{ FROM(PROVIDERS), NEEDS(F(SAYS_RATE)), SAYS("receiving': (
        "The service is receiving too many requests from you\n",
        "rate_limited", "(rate_limited or quota_exhausted; to tell: "),
    '{ GATEWAY(2021), SAYS("insufficient balance"), LACKS(F(NO_KEY)),': (
        gateway(402, 2021, "Insufficient balance; add money to your gateway or use BYOK"),
        "quota_exhausted", "no credits left"),
    '{ GATEWAY(2021), SAYS("invalid user credentials"), IS(': (
        "AiGatewayError: 2021: Invalid User Credentials\n",
        "provider_key_missing", "(provider_key_missing or gateway_error; to tell: "),
    "{ GATEWAY(2021), IS(": (
        gateway(400, 2021, "Provider credentials are required"), "provider_key_missing",
        "was called without its key"),
    "{ FROM(UPSTREAM), NEEDS(F(SAYS_NO_KEY)), IS(": (
        provider(401, "You didn't provide an API key."), "provider_key_missing",
        "was called without its key"),
    "{ FROM(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(SAYS_KEY_WRONG)), IS(": (
        provider(401, "Incorrect API key provided"), "provider_key_rejected",
        "refuses the key"),
    "{ FROM(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(SAYS_KEY_WRONG) | F(THROUGH_GATEWAY)),": (
        provider(401, "Incorrect API key provided").replace("cf-ray", "cf-aig-step"),
        "provider_key_rejected", "the gateway token is fine"),
    "{ NEEDS(F(SAYS_ENVIRONMENT) | F(PASTED)),": (
        "OpenAIError: The OPENAI_API_KEY environment variable is missing or empty; either provide"
        " it, or instantiate the OpenAI client with an apiKey option.",
        "provider_key_missing", "no call was made"),
    "{ FROM(SPEAKER_JSON), NEEDS(F(SAYS_TOKEN_GOOD)),": (
        json.dumps({"result": {"id": "1", "status": "active"}, "success": True, "errors": [],
                    "messages": [{"code": 10000, "message": "This API Token is valid and active"}]}),
        "ok", "the token is valid"),
    "{ FROM(SPEAKER_PLATFORM | SPEAKER_JSON | SPEAKER_PROVIDER), NEEDS(F(SAYS_TOKEN_BAD)": (
        json.dumps({"success": False, "errors": [{"code": 1000, "message": "Invalid API Token"}],
                    "messages": [], "result": None}),
        "gateway_token_rejected", "does not accept the token"),
    "{ FROM(SPEAKER_PROVIDER), STATUS(0, 403), NEEDS(F(SAYS_NO_JSON)": (
        "SyntaxError: JSON Parse error: Unrecognized token '<'", "not_an_api",
        "base_url_wrong_path"),
    "{ FROM(SPEAKER_PROVIDER), STATUS(405, 501), NEEDS(F(SAYS_NO_JSON)": (
        "Error code: 405 - SyntaxError: JSON Parse error: Unrecognized token '<'", "not_an_api",
        "base_url_wrong_path"),
    "{ FROM(PROVIDERS), NEEDS(F(PASTED)), SAYS(\"guides/error-codes/api-errors\")": (
        "Ran into this error: Rate limit exceeded: You exceeded your current quota, please check"
        " your plan and billing details. For more information on this error, read the docs:"
        " https://platform.openai.com/docs/guides/error-codes/api-errors..",
        "quota_exhausted", "balance"),
    "{ FROM(SPEAKER_BROKEN_STREAM), NEEDS(F(PASTED) | F(PIECES)),": (
        'data: {"id":"c","choices":[{"index":0,"delta":{"content":"He"}}]}\n\n',
        "ok", "pieces of an answer"),
    "{ FROM(SPEAKER_LIST), STATUS(200, 299), NEEDS(F(PASTED)),": (
        json.dumps({"object": "list", "data": [{"id": "acme-1", "object": "model"}]}),
        "ok", "a list of models"),
    "{ FROM(PROVIDERS), STATUS(500, 599), NEEDS(F(SAID_ONLY)),": (
        "Error code: 500 - nobody knows these words", "provider_error", "does not show whose"),
    "{ FROM(PAGES), STATUS(500, 599), NEEDS(F(PASTED)),": (
        "HTTP code 502 from API (<html><head><title>502 Bad Gateway</title></head></html>)",
        "provider_error", "does not show whose"),
    "{ FROM(PAGES), STATUS(401, 401), NEEDS(F(PASTED)),": (
        "<html><head><title>401 Authorization Required</title></head></html>",
        "provider_key_rejected", "with a web page"),
    "{ FROM(SPEAKER_PROVIDER), NEEDS(F(SAYS_TOKEN_BAD) | F(PASTED)), LACKS(": (
        json.dumps({"message": "invalid api token"}), "provider_key_rejected", "refuses the key"),
    "{ GATEWAY(2001), NEEDS(F(PASTED)),": (
        gateway(400, 2001, "Please configure AI Gateway in the Cloudflare dashboard"),
        "gateway_not_found", "has no such gateway, or there is no such account"),
    "{ FROM(UPSTREAM | PAGES | SPEAKER_UNSEEN), STATUS(400, 499), NEEDS(F(SAYS_ENDPOINT)),": (
        provider(404, "Invalid URL (POST /v1/chat/completions/chat/completions)"),
        "base_url_wrong_path", "holds the endpoint"),
    "{ FROM(UPSTREAM | PAGES), NEEDS(F(SAYS_ENDPOINT) | F(PASTED)),": (
        json.dumps({"error": {"message": "Invalid URL (POST /v1/messages/v1/messages)"}}),
        "base_url_wrong_path", "holds the endpoint"),
    "{ GATEWAY(2008), NEEDS(F(PASTED) | F(NO_BASE)),": (
        gateway(400, 2008, "Invalid provider"), "provider_not_found", "through compat"),
    "{ FROM(PROVIDERS), NEEDS(F(SAYS_RATE) | F(PASTED)),": (
        json.dumps({"error": {"message": "Rate limit reached for requests"}}),
        "rate_limited", "too many"),
    "{ FROM(UPSTREAM), NEEDS(F(SAYS_DOUBLED) | F(PASTED)),": (
        json.dumps({"error": {"message": "Invalid URL (POST /v1/v1/chat/completions)"}}),
        "base_url_doubled_version", "twice"),
    "{ FROM(PROVIDERS), STATUS(401, 401), NEEDS(F(SAID_ONLY)),": (
        "Error code: 401 - nobody knows these words", "provider_key_rejected",
        "does not show by whom"),
    "{ FROM(PROVIDERS), STATUS(403, 403), NEEDS(F(SAID_ONLY)),": (
        "Error code: 403 - nobody knows these words", "provider_key_rejected",
        "was forbidden"),
    "{ FROM(UPSTREAM), STATUS(403, 403), NEEDS(F(PASTED)),": (
        provider(403, "nobody knows these words"), "provider_key_rejected", "forbids the call"),
    "{ FROM(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(DIRECT)), IS(": (
        '$ curl https://api.deepseek.com/v1/models\n'
        '{"error":{"message":"nobody knows these words","type":"authentication_error"}}',
        "provider_key_rejected", "got no key that it accepts"),
    "{ FROM(SPEAKER_UNSEEN), STATUS(402, 402), NEEDS(F(DIRECT)),": (
        directly(402), "quota_exhausted", "asks for payment"),
    "{ FROM(SPEAKER_UNSEEN), STATUS(401, 401), NEEDS(F(DIRECT)),": (
        directly(401), "provider_key_rejected", "got no key that it accepts"),
    "{ FROM(SPEAKER_UNSEEN), STATUS(403, 403), NEEDS(F(DIRECT)),": (
        directly(403), "provider_key_rejected", "forbids the call"),
    "{ FROM(SPEAKER_UNSEEN), STATUS(429, 429), NEEDS(F(DIRECT)),": (
        directly(429), "rate_limited", "too many requests at"),
    "{ FROM(SPEAKER_UNSEEN), STATUS(500, 599), NEEDS(F(DIRECT)),": (
        directly(502), "provider_error", "DeepSeek"),
    "{ FROM(SPEAKER_UNSEEN), STATUS(200, 299),": (
        "HTTP/2 200\ncf-ray: 8f0000000000000a-AMS\n", "ok", "its body is not in the paste"),
    "{ FROM(SPEAKER_UNSEEN), STATUS(300, 399),": (
        "HTTP/2 302\nlocation: https://login.example.com/\n", "redirected", "login.example.com"),
    "{ FROM(PROVIDERS), NEEDS(F(SAYS_TOO_LONG) | F(PASTED)),": (
        provider(400, "This model's maximum context length is 8192 tokens."), "provider_error",
        "longer than the model"),
    "{ FROM(PROVIDERS | PAGES), STATUS(0, 499), NEEDS(F(SAYS_NO_PATH) | F(PASTED)),": (
        json.dumps({"message": "no Route matched with those values"}), "base_url_wrong_path",
        "nothing at this address"),
    "{ FROM(PROVIDERS), NEEDS(F(SAYS_BUSY) | F(PASTED)),": (
        json.dumps({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}),
        "provider_error", "overloaded"),
    "{ FROM(PROVIDERS), NEEDS(F(SAID_ONLY)),": (
        "Error code: 400 - nobody knows these words", "provider_error",
        "the paste does not show whose they are"),
    "{ FAILED(HTTP_TLS_FAILED), BY(HTTP_FAULT_TLS_REFUSED),": (
        "nginx: SSL_do_handshake() failed (SSL: error:0A000410:SSL routines::sslv3 alert handshake "
        "failure:SSL alert number 40) while SSL handshaking to upstream", "tls_failed", "SNI"),
    "{ FROM(SPEAKER_UNSEEN), STATUS(401, 401), IS(": (
        unseen(401), "provider_key_rejected", "does not show by whom"),
    "{ FROM(SPEAKER_UNSEEN), STATUS(403, 403), IS(": (
        unseen(403), "provider_key_rejected", "was forbidden"),
    "{ FROM(SPEAKER_UNSEEN), STATUS(402, 402), IS(": (
        unseen(402), "quota_exhausted", "a payment is due"),
    "{ FROM(SPEAKER_UNSEEN), STATUS(404, 405), NEEDS(F(CUSTOM) | F(NO_VERSION)),": (
        unseen(404), "base_url_missing_version", "has to end in its version"),
    "{ FROM(SPEAKER_UNSEEN), STATUS(404, 405), IS(": (
        unseen(404, "custom-xiaomi/v1"), "base_url_wrong_path", "or the model"),
    "{ FROM(SPEAKER_UNSEEN), STATUS(429, 429), IS(": (
        unseen(429), "rate_limited", "does not show whose"),
    "{ FROM(SPEAKER_UNSEEN), STATUS(500, 599), IS(": (
        unseen(503), "provider_error", "a server failed"),
    "{ FROM(SPEAKER_UNSEEN), STATUS(400, 400), NEEDS(F(DIRECT)),": (
        directly(400), "provider_error", "DeepSeek refused the call"),
    "{ FROM(SPEAKER_UNSEEN), STATUS(406, 428), NEEDS(F(DIRECT)),": (
        directly(422), "provider_error", "DeepSeek refused the call"),
    "{ FROM(SPEAKER_UNSEEN), STATUS(400, 400), NEEDS(F(THROUGH_GATEWAY)), IS(": (
        unseen(400) + "cf-aig-log-id: 01ABC\n", "gateway_error", "most of the gateway's own"),
    "{ FROM(SPEAKER_UNSEEN), IS(": (unseen(400), "provider_error", "does not show why"),
    "{ FROM(PROVIDERS), NEEDS(F(SAYS_NETWORK)),": (
        provider(403, "Access denied due to Virtual Network/Firewall rules."),
        "provider_error", "only chosen networks"),
    "{ FROM(PROVIDERS), NEEDS(F(SAYS_RIGHTS)),": (
        provider(401, "You have insufficient permissions for this operation."),
        "provider_key_rejected", "lacks a permission"),
    '{ FROM(SPEAKER_PROVIDER), NEEDS(F(SAYS_TOKEN_BAD) | F(PASTED)), SAYS("invalid api token"),': (
        "CohereError: invalid api token", "provider_key_rejected",
        "(provider_key_rejected or gateway_token_rejected; to tell: "),
    "{ FROM(PAGES | SPEAKER_PROVIDER), NEEDS(F(SAYS_PLAIN)),": (
        "400 Client sent an HTTP request to an HTTPS server.", "tls_failed", "in plain HTTP"),
    "{ FROM(UNUSABLE), STATUS(200, 299), NEEDS(F(UNREADABLE)),": (
        '{"name":"AI_APICallError","statusCode":200,"responseBody":"{}"}',
        "not_an_api", "the client wanted JSON"),
    "{ FROM(SPEAKER_PROVIDER), STATUS(200, 299), NEEDS(F(UNREADABLE) | F(SAID_ONLY)),": (
        '{"name":"AI_APICallError","message":"Invalid JSON response","statusCode":200,'
        '"responseHeaders":{"cf-aig-step":"0"},"responseBody":""}',
        "not_an_api", "the client wanted JSON"),
    "{ FROM(SPEAKER_UNSEEN), STATUS(404, 405), NEEDS(F(SAYS_DOUBLED)),": (
        unseen(404, "custom-xiaomi/v1/v1"), "base_url_doubled_version", "version is twice"),
    "{ FAILED(HTTP_BROKEN), BY(HTTP_FAULT_REDIRECTS),": (
        "AI_APICallError: Cannot connect to API: redirect count exceeded", "redirected",
        "redirect"),
    "{ FAILED(HTTP_CONNECT_FAILED), BY(HTTP_FAULT_CONNECT), NEEDS(F(PASTED)),": (
        "TypeError: fetch failed", "connect_failed", "no answer came"),
    "{ FROM(PROVIDERS), NEEDS(F(SAYS_PARAMETER) | F(PASTED)),": (
        provider(400, "Unsupported parameter: 'top_k'"), "provider_error",
        "a parameter of the request"),
    "{ FROM(PROVIDERS), STATUS(400, 400), NEEDS(F(SAYS_BUDGET) | F(PASTED)),": (
        provider(400, "max_tokens must be at least 32"), "provider_error",
        "a parameter of the request"),
    "{ FROM(UPSTREAM), NEEDS(F(REFUSES_KEY)), IS(": (
        provider(401, "Unauthorized"), "provider_key_rejected",
        "(provider_key_rejected or provider_key_missing; to tell: "),
    "{ NEEDS(F(SAYS_ROUTER) | F(PASTED)), LACKS(F(THROUGH_GATEWAY)),": (
        "litellm.BadRequestError: LLM Provider NOT provided. Pass in the LLM provider you are "
        "trying to call. You passed model=acme/chat-2",
        "model_not_found", "no call was made: LiteLLM"),
    "{ PLATFORM(7003), NEEDS(F(SAYS_NO_ACCOUNT)), IS(ACCOUNT_NOT_FOUND, account_malformed)": (
        'Not Found: {"result":null,"success":false,"errors":[{"code":7003,"message":"Could not '
        'route to /client/v4/accounts/$%7BCLOUDFLARE_ACCOUNT_ID%7D/ai/v1/chat/completions, '
        'perhaps your object identifier is invalid?"}],"messages":[]}',
        "account_not_found", "the name of a variable"),
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
