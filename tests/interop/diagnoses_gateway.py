"""Trials: the two credentials, and what the gateway itself says."""

from diagnoses_trial import ACCOUNT, KEY, MIMO, TOKEN, trial
from harness import OPENAI_KEY

OTHER_KEY = "sk-someOtherKeyThatIsWrong99"
OTHER_TOKEN = "cfut_someOtherTokenThatIsWrong0123456789abcd"
OTHER_ACCOUNT = "f" * 32
PLAIN_TOKEN, PLAIN_KEY = "plain-token-0123456789-0123456789", "plain-key-9876543210"
PLAIN = ("--token", PLAIN_TOKEN, "--provider", f"custom-xiaomi={PLAIN_KEY}")
API = ("--api-token", "env:API_TOKEN")
OPENAI = {"provider": "openai", "model": "gpt-4.1-mini", "key_env": "OPENAI_API_KEY"}
OPENAI_SECRET = {"OPENAI_API_KEY": OPENAI_KEY}
COMPAT = {"provider": "compat", "model": "openai/gpt-4.1-mini", "key_env": "OPENAI_API_KEY"}
DEEPGRAM = {"provider": "deepgram", "model": "nova", "key_env": "DEEPGRAM_API_KEY"}
RAY = {"cf-ray": "8f0000000000000a-AMS"}
COMPLETION = {"choices": [{"message": {"role": "assistant", "content": "pong"}}]}


def error(http, code, text, **headers):
    """What the gateway says of itself, as a StandIn gives it."""
    body = {
        "success": False, "result": [], "messages": [],
        "error": [{"code": code, "message": text}], "name": "AiGatewayError",
        "httpCode": http, "internalCode": code, "message": text,
    }
    return http, {**RAY, **headers}, body


def always(*answer):
    return lambda request, number: answer


def faults(*names, options=()):
    return [*options, *(word for name in names for word in ("--fault", name))]


def first(answer, then):
    """The first request is answered so, the rest otherwise."""
    return lambda request, number: answer if number == 1 else then


def rest(lists, gateway=error(400, 2001, "Please configure AI Gateway")):
    """A gateway that refuses, and the REST API's lists by the end of the path."""

    def reply(request, _):
        for name, items in lists.items():
            if request["path"].startswith("/client/v4") and name in request["path"]:
                return 200, RAY, {"success": True, "errors": [], "result": items}
        return gateway

    return reply


def swapped_key(name="OTHER_KEY", value=OTHER_TOKEN):
    """A key that `secret set` would refuse under the route's own name."""
    return [["secret", "set", name, value],
            ["config", "set", f"routes.xiaomi.key_env={name}"]]


STORED = {"credential": "stored"}
UNIFIED = {"credential": "unified"}
UNIFIED_OPENAI = {**OPENAI, **UNIFIED}

TRIALS = [
    trial("both right", "ok", 200, probes=0, words=["pong"]),
    trial("an open gateway", "ok", 200, emulator=["--open"]),
    trial("no token", "gateway_token_missing", None, probes=0,
          edit=[["secret", "remove", "CF_AIG_TOKEN", "--yes"]],
          words=["CF_AIG_TOKEN is empty or not set", "secret set CF_AIG_TOKEN", "aigenv apply"]),
    trial("no key", "provider_key_missing", None, probes=0,
          edit=[["secret", "remove", "MIMO_API_KEY", "--yes"]],
          words=["without its key", "secret set MIMO_API_KEY"]),
    trial("the key is a Cloudflare token, and the token has none of its form",
          "keys_swapped", None, probes=0, secrets={"CF_AIG_TOKEN": PLAIN_TOKEN},
          edit=swapped_key(), words=["OTHER_KEY holds a Cloudflare token"]),
    trial("the same without the gateway", "keys_swapped", None, probes=0,
          route={"direct": True}, edit=swapped_key(), options=["--direct"],
          words=["OTHER_KEY holds a Cloudflare token"]),
    trial("two Cloudflare tokens", "keys_swapped", 401, probes=0, edit=swapped_key(),
          words=["OTHER_KEY holds a Cloudflare token"], lacks=["each other's place"]),
    trial("in each other's place", "keys_swapped", 401, emulator=PLAIN,
          secrets={"CF_AIG_TOKEN": PLAIN_KEY, "MIMO_API_KEY": PLAIN_TOKEN},
          probes=["again", "key's value as gateway token"],
          words=["in each other's place", "secret set CF_AIG_TOKEN", "aigenv apply"]),
    trial("a wrong token", "gateway_token_rejected", 401,
          secrets={"CF_AIG_TOKEN": OTHER_TOKEN},
          probes=["again", "key's value as gateway token"],
          words=["does not accept CF_AIG_TOKEN", "AI Gateway: Run", "aigenv apply"]),
    trial("a wrong token, older envelope", "gateway_token_rejected", 401,
          server=always(401, RAY, {"success": False, "result": [], "messages": [],
                                   "error": [{"code": 2009, "message": "Unauthorized"}]})),
    trial("2009 under load", "ok", 200, emulator=faults("2009-under-load:1"),
          probes=["again"]),
    trial("2009, then another answer", "rate_limited", 429, probes=["again"],
          server=first(error(401, 2009, "Unauthorized"), error(429, 2003, "Rate limited"))),
    trial("direct_url is a gateway", "base_url_wrong_path", 401, options=["--direct"],
          route={"direct_url": "{gateway}/custom-xiaomi/v1"}, probes=0,
          words=["direct_url leads to an AI Gateway", "set routes.xiaomi.direct_url to it"]),

    # Account, gateway, provider.
    trial("no such gateway, or account", "gateway_not_found", 400, probes=0,
          answers={"gateway": "another"},
          words=["there is no gateway another in account", "account_not_found",
                 "verify --api-token env:CLOUDFLARE_API_TOKEN"]),
    trial("no such gateway", "gateway_not_found", 400, options=API,
          answers={"gateway": "my-gatewya"}, probes=["gateways", "accounts"],
          words=["has no gateway my-gatewya (it has: my-gateway", "gateway=my-gateway"],
          lacks=["account_not_found"], mended=True),
    trial("no such account", "account_not_found", 400, options=API,
          answers={"account_id": OTHER_ACCOUNT}, probes=2,
          words=["there is no account f", "set account_id to it"]),
    trial("no such account, and a token that may not list them", "account_not_found", 400,
          options=API, answers={"account_id": OTHER_ACCOUNT},
          emulator=["--api-token", "cfat_accountOwnedToken0123456789"],
          api_token="cfat_accountOwnedToken0123456789",
          words=["gateway_not_found", "AI Gateway: Read"]),
    trial("an API token that is refused", "account_not_found", 400,
          options=API, answers={"gateway": "another"},
          api_token="cfut_wrongManagementToken0123456789",
          words=["does not let the API token into account", "or lacks AI Gateway: Read"]),
    trial("a gateway that the API lists", "gateway_error", 400, options=API,
          server=rest({"/gateways": [{"id": "my-gateway"}], "/accounts": [{"id": ACCOUNT}]}),
          words=["but Cloudflare's API lists it", "wait a minute if it is new"]),
    trial("an API that does not answer", "gateway_not_found", 400, options=API,
          server=lambda request, _: (500, RAY, "") if "/client/" in request["path"]
          else error(400, 2001, "Please configure AI Gateway"), probes=2,
          words=["one of the two is wrong"]),
    trial("no such built-in provider", "provider_not_found", 400, probes=0,
          route=OPENAI, secrets=OPENAI_SECRET, set={"providers": {"openai": {"enabled": False}}},
          words=["knows no provider openai", "`aigenv providers`"]),
    trial("the slug without custom-", "provider_not_found", 400,
          route={"provider": "nobody", "key_env": "MIMO_API_KEY", "path": "/v1"},
          secrets={"MIMO_API_KEY": KEY}, words=["nobody", "with custom- in front"]),
    trial("a custom provider, unknown or off", "provider_not_found", 400, probes=0,
          route={"provider": "custom-xiaomy", "key_env": "MIMO_API_KEY"},
          secrets={"MIMO_API_KEY": KEY},
          words=["the slug is wrong, or the custom provider is missing or disabled",
                 "--api-token"]),
    trial("a custom provider that is not there", "provider_not_found", 400, options=API,
          route={"provider": "custom-xiaomy", "key_env": "MIMO_API_KEY"},
          secrets={"MIMO_API_KEY": KEY}, probes=["custom providers"],
          words=["has no custom provider custom-xiaomy (it has: ", "set routes.xiaomy.provider to it"]),
    trial("a custom provider that is off", "provider_not_found", 400, options=API,
          set={"providers": {MIMO: {"enabled": False}}}, probes=["custom providers"],
          words=["is there, but disabled", "enable it"]),
    trial("a custom provider that the API lists", "provider_not_found", 400, options=API,
          server=rest({"/custom-providers": [{"slug": "xiaomi", "enable": True}]},
                      error(400, 2008, "Invalid provider")),
          words=["lists it as enabled"]),

    # compat.
    trial("compat", "ok", 200, route=COMPAT, secrets=OPENAI_SECRET),
    trial("compat without prefix", "model_not_found", 400, probes=0,
          route=COMPAT, secrets=OPENAI_SECRET, options=["--model", "gpt-4.1-mini"],
          words=["has no provider in front", "write it as provider/gpt-4.1-mini"]),
    trial("compat without prefix, 2008", "model_not_found", 400,
          route=COMPAT, secrets=OPENAI_SECRET, options=["--model", "gpt-4.1-mini"],
          server=always(*error(400, 2008, "Invalid provider")),
          words=["has no provider in front"]),
    trial("compat with an unknown prefix", "provider_not_found", 400,
          route={**COMPAT, "model": "nobody/gpt-4.1-mini"}, secrets=OPENAI_SECRET,
          words=["before the / in nobody/gpt-4.1-mini"], lacks=["provider compat"]),
    trial("compat with a custom provider that is off", "provider_not_found", 400,
          route={**COMPAT, "model": "custom-xiaomi/mimo-v2.5"}, secrets=OPENAI_SECRET,
          set={"providers": {MIMO: {"enabled": False}}}, words=["missing or disabled"]),
    trial("compat with a known prefix", "model_not_found", 400,
          route={**COMPAT, "model": "perplexity/gpt-4.1-mini"}, secrets=OPENAI_SECRET,
          server=always(*error(400, 2008, "Invalid provider")),
          words=["compat does not offer the model perplexity/gpt-4.1-mini"]),
    trial("compat, 2019", "model_not_found", 400, route=COMPAT, secrets=OPENAI_SECRET,
          server=always(*error(400, 2019, "Chat completion bad format")),
          words=["compat does not offer the model openai/gpt-4.1-mini"]),
    trial("2019 elsewhere", "base_url_wrong_path", 400,
          server=always(*error(400, 2019, "Chat completion bad format")),
          words=["provider's own segment"]),
    trial("compat is off", "gateway_error", 400, route=COMPAT, secrets=OPENAI_SECRET,
          emulator=faults("compat-disabled"), words=["compat endpoint is switched off"]),
    trial("compat with a Workers AI token as key", "ok", 200,
          route={**COMPAT, "model": "workers-ai/@cf/openai/gpt-oss-20b", "key_env": "CF_KEY"},
          secrets={"CF_KEY": OTHER_TOKEN, "CF_AIG_TOKEN": PLAIN_TOKEN},
          emulator=["--token", PLAIN_TOKEN, "--provider", f"workers-ai={OTHER_TOKEN}"]),

    # The gateway's limits, policies and faults.
    trial("the gateway's rate limit", "rate_limited", 429, emulator=faults("rate-limit"),
          probes=0, words=["counts all its providers"]),
    trial("billing's rate limit", "rate_limited", 429, emulator=faults("wholesale-rate"),
          route=UNIFIED_OPENAI, words=["Cloudflare's billing takes no more requests"]),
    trial("Cloudflare refuses its own credentials", "gateway_error", 400,
          emulator=faults("2021-credentials"), words=["Cloudflare refused credentials"]),
    trial("2018", "gateway_error", 400, emulator=faults("2018"),
          words=["Cloudflare refused credentials"]),
    trial("2047", "gateway_error", 400, emulator=faults("2047"),
          words=["Cloudflare refused credentials"]),
    trial("an open gateway cannot bill", "provider_key_missing", 401, emulator=["--open"],
          route=UNIFIED_OPENAI, words=["only through an authenticated gateway"]),
    trial("no credits", "quota_exhausted", 402, route=UNIFIED_OPENAI,
          words=["has no credits left"]),
    trial("no balance", "quota_exhausted", 402, route=UNIFIED_OPENAI,
          emulator=faults("no-balance"), words=["has no credits left"]),
    trial("no balance though a key was sent", "quota_exhausted", 402,
          emulator=faults("no-balance"), words=["although a key was sent"]),
    trial("2049", "quota_exhausted", 402, route=UNIFIED_OPENAI, emulator=faults("2049"),
          words=["has no credits left"]),
    trial("not sold", "provider_key_missing", 402, route=UNIFIED_OPENAI,
          emulator=faults("not-sold"), words=["is not sold through Cloudflare's billing"]),
    trial("nothing may be billed", "provider_key_missing", 400, route=UNIFIED_OPENAI,
          set={"byok_only": True}, words=["takes only keys", "credential=header"]),
    trial("no key is stored", "provider_key_missing", 400, route=STORED, probes=0,
          words=["the gateway has none for Xiaomi MiMo", "Provider Keys", "MIMO_API_KEY"]),
    trial("a stored key", "ok", 200, route=STORED, emulator=["--stored", f"{MIMO}={KEY}"]),
    trial("a stored key of another alias", "provider_key_missing", 400,
          route={**STORED, "alias": "team"}, emulator=["--stored", f"{MIMO}={KEY}"],
          words=["no stored key of this alias", "set routes.xiaomi.alias to it"]),
    trial("a stored key that is wrong", "provider_key_rejected", 401, route=STORED,
          emulator=["--stored", f"{MIMO}={OTHER_KEY}"],
          canned=[{"status": 401, "body": {"error": {"message": "Invalid API Key"}}}],
          words=["refuses the key that is stored at Cloudflare"]),
    trial("a stored key that is refused in other words", "provider_key_rejected", 401,
          route=STORED, emulator=["--stored", f"{MIMO}={OTHER_KEY}"],
          canned=[{"status": 401, "body": {"error": {"message": "Unauthorized"}}}],
          words=["refuses the key that is stored at Cloudflare"]),
    trial("a key that the gateway did not see", "provider_key_missing", 400,
          emulator=faults("no-wholesale"),
          words=["the gateway says that none arrived", "Authorization: Bearer"]),
    trial("a spend limit", "quota_exhausted", 429, emulator=faults("spend-limit"),
          words=["spend limit", "per-user"]),
    trial("a spend limit, 2045", "quota_exhausted", 429, emulator=faults("spend-limit-2045"),
          words=["spend limit"]),
    trial("a model without a price", "gateway_error", 403, emulator=faults("spend-unpriced"),
          words=["no price for this model"]),
    trial("a model without a price, from the gateway", "gateway_error", 403,
          server=always(*error(403, 2046, "Model or provider could not be resolved for"
                               " spend-limit enforcement")), words=["no price for this model"]),
    trial("guardrails", "blocked_by_policy", 424, emulator=faults("guardrails"),
          words=["guardrails"]),
    trial("guardrails on the answer", "blocked_by_policy", 424,
          emulator=faults("guardrails-response"), words=["guardrails"]),
    trial("DLP", "blocked_by_policy", 424, emulator=faults("dlp"), words=["(DLP)"]),
    trial("DLP on the answer", "blocked_by_policy", 424, emulator=faults("dlp-response"),
          words=["(DLP)"]),
    trial("DLP without its header", "blocked_by_policy", 424, words=["(DLP)"],
          server=always(*error(424, 2029, "Request content blocked due to DLP policy"))),
    trial("DLP on the answer without its header", "blocked_by_policy", 424, words=["(DLP)"],
          server=always(*error(424, 2030, "Response content blocked due to DLP policy"))),
    trial("a dynamic route", "gateway_error", 400, emulator=faults("2002"),
          words=["dynamic route"]),
    trial("an error that is not known", "gateway_error", 400, words=["AI Gateway itself"],
          server=always(*error(400, 2999, "Something new"))),
    trial("a 429 that is not known", "rate_limited", 429, words=["gateway's own rate limit"],
          server=always(*error(429, 2998, "Slow down"))),
    trial("a cache that does not listen", "gateway_error", 200, warm=True,
          emulator=faults("stale-cache"), probes=["again"],
          words=["from the gateway's cache", "proves nothing"]),
    trial("a cache that listens the second time", "ok", 200, probes=["again"],
          server=first((200, {**RAY, "cf-aig-cache-status": "HIT"}, COMPLETION),
                       (200, RAY, COMPLETION))),

    # The gateway cannot reach the provider.
    trial("no answer from the provider", "provider_error", 400, emulator=faults("2005"),
          probes=0, words=["the gateway got no answer from Xiaomi MiMo", "base_url"]),
    trial("no answer through the gateway alone", "provider_error", 400,
          emulator=faults("2005"), route={"direct": True}, probes=["without the gateway"],
          words=["answers when it is called directly"]),
    trial("no answer, also directly", "provider_error", 400, emulator=faults("2005"),
          route={"direct": True}, direct=[{"status": 503, "body": {"error": {"message": "x"}}}],
          words=["fails when it is called directly, too"]),
    trial("no answer, and the key is refused directly", "provider_error", 400,
          emulator=faults("2005"), route={"direct": True},
          direct=[{"status": 401, "body": {"error": {"message": "Invalid API Key"}}}],
          words=["the gateway got no answer"], lacks=["fails when it is called directly, too"]),
    trial("a loop", "provider_error", 502, emulator=faults("2006"), words=["base_url"]),
    trial("a loop, and the provider is well", "provider_error", 502, emulator=faults("2006"),
          route={"direct": True}, words=["answers when it is called directly"]),

    # No chat call: the token is proven, and the key is not.
    trial("the token alone is proven", "ok", 400, route=DEEPGRAM, probes=0,
          secrets={"DEEPGRAM_API_KEY": PLAIN_KEY}, words=["its key is not proven"]),
    trial("the token alone is refused", "gateway_token_rejected", 401, route=DEEPGRAM,
          secrets={"DEEPGRAM_API_KEY": PLAIN_KEY, "CF_AIG_TOKEN": OTHER_TOKEN}),
    trial("no chat, and a stored key", "ok", 400, route={**DEEPGRAM, **STORED},
          secrets={"DEEPGRAM_API_KEY": None}, emulator=["--stored", f"deepgram={PLAIN_KEY}"],
          words=["its key is not proven"]),
    trial("no chat, and no answer from Cloudflare", "not_an_api", 200, route=DEEPGRAM,
          secrets={"DEEPGRAM_API_KEY": PLAIN_KEY}, server=always(200, {}, {"a": 1}),
          lacks=["accepts the token"]),
]
