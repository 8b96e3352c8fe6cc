"""Trials: what providers say, through the gateway and without it."""

from diagnoses_gateway import (
    COMPLETION, DEEPGRAM, OPENAI, OPENAI_SECRET, OTHER_KEY, OTHER_TOKEN, PLAIN, PLAIN_KEY,
    PLAIN_TOKEN, RAY, STORED, UNIFIED, always, error, faults, first,
)
from diagnoses_trial import KEY, MIMO, TOKEN, trial
from harness import OPENAI_KEY

WRONG = {"MIMO_API_KEY": OTHER_KEY}
LIST = {"object": "list", "data": [{"id": "mimo-v2.5"}, {"id": "mimo-v2.5-pro"}]}
HOSTILE_LIST = {"object": "list", "data": [{"id": "mimo-v2.5';touch PWN;#"}]}
NOT_FOUND = {"error": {"message": "Not Found"}}
AS_EVER = [{"path_contains": "/nowhere"}]
PAGE = "<!DOCTYPE html><html><title>Log in</title><body>please</body></html>"
HTML = {"content-type": "text/html"}


def says(message, status=400, **more):
    """The provider's answer to a chat; the rest is played as ever."""
    return [{"method": "POST", "status": status,
             "body": {"error": {"message": message, **more}}}]


def page(status, body=PAGE):
    return [{"status": status, "headers": HTML, "body": body}]


def provider(slug, model, name, key):
    return {"provider": slug, "model": model, "key_env": name}, {name: key}


def key_cases():
    """(route, its good key) of each provider that refuses in words of its own."""
    return [
        ("openai", "gpt-4.1-mini", OPENAI_KEY, 401),
        ("anthropic", "claude-haiku-4-5", "sk-ant-demoAnthropicKey0123456789", 401),
        ("google-ai-studio", "gemini-2.5-flash", "AIzaDemoGoogleKey0123456789", 400),
        ("deepseek", "deepseek-chat", "sk-demoDeepSeekKey0123456789", 401),
        ("cohere", "command-r-plus", "co-key-0123456789", 401),
        ("mistral", "mistral-small-latest", "mistral-key-0123456789", 401),
        ("custom-moonshot", "kimi-k2.5", "sk-moonshot-0123456789", 401),
        ("custom-zhipu", "glm-4-flash", "zhipu-key-0123456789", 401),
        ("custom-siliconflow", "Qwen/Qwen3-8B", "sk-silicon-0123456789", 401),
        ("custom-minimax", "MiniMax-M2.7", "minimax-key-0123456789", 401),
        ("custom-dashscope", "qwen-plus", "sk-dashscope-0123456789", 401),
        (MIMO, "mimo-v2.5", KEY, 401),
    ]


def provider_trials():
    """Each provider's own words for a wrong key, an unknown model, no money."""
    for slug, model, key, refused in key_cases():
        name = "KEY_OF_IT"
        common = {
            "route": {"provider": slug, "model": model, "key_env": name},
            "emulator": ["--provider", f"{slug}={key}"],
        }
        good = {**common, "secrets": {name: key, "MIMO_API_KEY": None}}
        wrong = {**common, "secrets": {name: "some-wrong-key-9876543210", "MIMO_API_KEY": None}}
        unknown = {**good, "route": {**common["route"], "model": "no-such-model"}}
        yield trial(f"{slug} works", "ok", 200, **good)
        yield trial(f"{slug} refuses the key", "provider_key_rejected", refused, **wrong,
                    words=["secret set KEY_OF_IT"])
        yield trial(f"{slug} has no such model", "model_not_found",
                    MODEL_STATUS.get(slug, 404), **unknown,
                    words=["no-such-model"])
        money = {**good, "emulator": [*common["emulator"], "--fault", "quota"]}
        cause, status = QUOTA.get(slug, ("quota_exhausted", 429))
        yield trial(f"{slug} wants money", cause, status, **money)
        busy = {**good, "emulator": [*common["emulator"], "--fault", "provider-rate-limit"]}
        yield trial(f"{slug} wants a pause", "rate_limited", 429, **busy)
        down = {**good, "emulator": [*common["emulator"], "--fault", "provider-error"]}
        yield trial(f"{slug} is down", "provider_error", DOWN.get(slug, 500), **down)


MODEL_STATUS = {
    "deepseek": 400, MIMO: 400, "custom-zhipu": 400, "custom-siliconflow": 400,
    "custom-minimax": 400,
}
# Google says the same of both: its quota is a rate.
QUOTA = {
    "google-ai-studio": ("rate_limited", 429), "deepseek": ("quota_exhausted", 402),
    MIMO: ("quota_exhausted", 402), "cohere": ("quota_exhausted", 402), "anthropic": ("quota_exhausted", 400),
}
DOWN = {"anthropic": 529, "google-ai-studio": 503, MIMO: 503}

TRIALS = [
    *provider_trials(),

    # The key.
    trial("a wrong key", "provider_key_rejected", 401, secrets=WRONG,
          probes=["GET models", "GET models", "again"],
          words=["the gateway token is fine, but Xiaomi MiMo refuses the key", "Logs"]),
    trial("a wrong key, also directly", "provider_key_rejected", 401, secrets=WRONG,
          route={"direct": True}, probes=["GET models", "GET models", "without", "again"],
          words=["through the gateway and directly"]),
    trial("a wrong key, and the provider is down directly", "provider_key_rejected", 401,
          secrets=WRONG, route={"direct": True},
          direct=[{"status": 503, "body": {"error": {"message": "busy"}}}],
          lacks=["directly"]),
    trial("a key that works directly", "provider_key_rejected", 401, route={"direct": True},
          canned=says("Invalid API Key", 401), direct=AS_EVER,
          words=["takes the key when it is called directly", "stored key"]),
    trial("a wrong key without the gateway", "provider_key_rejected", 401, secrets=WRONG,
          route={"direct": True}, options=["--direct"],
          words=["Xiaomi MiMo refuses the key"], lacks=["gateway"]),
    trial("without the gateway", "ok", 200, route={"direct": True}, options=["--direct"]),
    trial("401 under load", "ok", 200, emulator=faults("401-under-load:1"),
          probes=["GET models", "GET models", "again"]),
    trial("token and key alike", "provider_key_rejected", 401,
          secrets={"CF_AIG_TOKEN": PLAIN_TOKEN}, emulator=PLAIN,
          edit=[["secret", "set", "SAME", PLAIN_TOKEN],
                ["config", "set", "routes.xiaomi.key_env=SAME"]],
          words=["CF_AIG_TOKEN and SAME hold the same value"]),
    trial("the key that it shows is the token", "keys_swapped", 401,
          canned=says(f"Your api key: ****{TOKEN[-4:]} is invalid", 401),
          words=["ends as CF_AIG_TOKEN does"]),
    trial("a key that did not arrive", "provider_key_missing", 401,
          canned=says("You didn't provide an API key.", 401),
          words=["a key was sent, but the provider says that none arrived"]),
    trial("a stored key that did not arrive", "provider_key_missing", 401, route=STORED,
          emulator=["--stored", f"{MIMO}={KEY}"],
          canned=says("You didn't provide an API key.", 401),
          words=["the gateway has none for Xiaomi MiMo"]),
    trial("not billed, and no key", "provider_key_missing", 401, route=UNIFIED,
          canned=says("You didn't provide an API key.", 401),
          words=["is not sold through Cloudflare's billing"]),
    trial("not billed, in other words", "provider_key_missing", 401, route=UNIFIED,
          canned=says("Unauthorized", 401), words=["is not sold"]),
    trial("a country that is not served", "provider_error", 403,
          canned=says("Country, region, or territory not supported", 403,
                      code="unsupported_country_region_territory"),
          words=["country or region"]),
    trial("401 at a path without version", "base_url_missing_version", 401,
          route={"path": ""}, mended=True,
          canned=[
              {"method": "GET", "path_contains": "/v1/models", "body": LIST},
              {"method": "POST", "path_contains": "/v1/chat", "body": COMPLETION},
              {"status": 401, "body": {"error": {"message": "Unauthorized"}}}],
          words=["lacks its version", "routes.xiaomi.path=/v1"]),
    trial("401 at a path with a version too many", "base_url_doubled_version", 401,
          mended=True,
          canned=[{"path_contains": "/v1/", "status": 401,
                   "body": {"error": {"message": "Unauthorized"}}},
                  {"path_contains": "/models", "body": LIST},
                  {"path_contains": "/chat", "body": COMPLETION}],
          words=["base_url at Cloudflare ends in it already", "routes.xiaomi.path=",
                 "or take the version out"]),
    trial("workers-ai's key is no token of it", "provider_key_rejected", 401,
          route={"provider": "workers-ai", "model": "@cf/openai/gpt-oss-20b"},
          secrets={"CLOUDFLARE_API_TOKEN": OTHER_TOKEN, "MIMO_API_KEY": None},
          words=["Workers AI: Read", "secret set CLOUDFLARE_API_TOKEN"]),
    *(trial(f"Cloudflare's API behind the gateway says {code}", cause, status,
            route={"provider": "workers-ai", "model": "@cf/x/y"},
            secrets={"CLOUDFLARE_API_TOKEN": OTHER_TOKEN, "MIMO_API_KEY": None},
            canned=[{"status": status, "body": {"result": None, "success": False, "errors":
                     [{"code": code, "message": text}], "messages": []}}], words=words)
      for code, status, text, cause, words in (
          (9109, 403, "Unauthorized to access requested resource", "provider_key_rejected",
           ["may use Workers AI"]),
          (5007, 400, "No such model @cf/x/y", "model_not_found", ["does not offer"]),
          (7003, 404, "Model not found: @cf/x/y", "model_not_found", ["does not offer"]),
          (7003, 404, "Could not route to /client/v4/x, perhaps your object identifier is"
           " invalid?", "base_url_wrong_path", ["account_not_found", "aigenv config get"]),
          (3036, 429, "You have used up your daily free allocation", "quota_exhausted",
           ["used up"]),
          (3040, 429, "Capacity temporarily exceeded", "rate_limited", ["asks to wait"]),
      )),

    # Money, rate, content.
    trial("the money is used up", "quota_exhausted", 402, emulator=faults("quota"),
          words=["balance or quota is used up", "top up"]),
    trial("402 and nothing else", "quota_exhausted", 402,
          canned=[{"status": 402, "body": {}}]),
    trial("a plan's quota", "quota_exhausted", 429,
          canned=says("Your Token Plan quota is used up", 429)),
    trial("a rate", "rate_limited", 429, emulator=faults("provider-rate-limit"),
          words=["too many requests", "limits are those of the key"]),
    trial("a model that is not open to the account", "model_not_found", 403,
          canned=says("Project `p1` does not have access to model `mimo-v2.5`", 403,
                      code="model_not_found"), words=["not open to this account"]),
    trial("a limit, whichever", "quota_exhausted", 400, canned=says("Quota exceeded")),
    trial("429 and a page", "rate_limited", 429, canned=page(429)),
    trial("429 and nothing else", "rate_limited", 429, canned=[{"status": 429}]),
    trial("MiMo's content filter", "blocked_by_policy", 421,
          canned=says("blocked", 421), words=["content filter of Xiaomi MiMo"]),
    trial("a content filter", "blocked_by_policy", 400, route=OPENAI, secrets=OPENAI_SECRET,
          emulator=faults("content-filter"), words=["content filter of OpenAI"]),

    # The version and the path.
    trial("no version", "base_url_missing_version", 404, route={"path": ""}, mended=True,
          words=["custom-xiaomi/v1 answers, custom-xiaomi does not",
                 "config set routes.xiaomi.path=/v1"]),
    trial("the version twice, in the path", "base_url_doubled_version", 404,
          route={"path": "/v1/v1"}, mended=True,
          words=["routes.xiaomi.path repeats it", "routes.xiaomi.path=/v1`,"],
          lacks=["base_url in the dashboard"]),
    trial("the version twice, by base_url", "base_url_doubled_version", 404, mended=True,
          emulator=["--base-url", "custom-xiaomi=/v1"],
          words=["base_url at Cloudflare ends in it already", "routes.xiaomi.path=`,",
                 "or take the version out"]),
    trial("the version twice, as the provider says", "base_url_doubled_version", 404,
          canned=[{"path_contains": "/v1/", "status": 404, **says(
                      "Invalid URL (POST /v1/v1/chat/completions)", 404)[0]},
                  {"path_contains": "/models", "body": LIST},
                  {"path_contains": "/chat", "body": COMPLETION}], mended=True,
          words=["ends in it already", "or take the version out"]),
    trial("the version twice, whatever the path", "base_url_doubled_version", 404,
          emulator=["--base-url", "custom-xiaomi=/v1"], set={"add_version": True},
          canned=says("Invalid URL (POST /v1/v1/chat/completions)", 404),
          words=["the gateway puts /v1 in front", "take the version out of the custom"],
          lacks=["config set"]),
    trial("a gateway that adds the version", "ok", 200, route={"path": ""},
          set={"add_version": True}),
    trial("a gateway that adds the version, and a path that has it", "ok", 200,
          set={"add_version": True}),
    trial("a gateway that adds the version to one in base_url", "base_url_doubled_version", 404,
          route={"path": ""}, emulator=["--base-url", "custom-xiaomi=/v1"],
          set={"add_version": True}, words=["the base URL here has none"]),
    trial("the same at a provider that does not say so", "base_url_wrong_path", 404,
          canned=[{"status": 404, "body": {"error": {"message": "Not Found"}}}],
          words=["or base_url_doubled_version", "take a version off the end"]),
    trial("a built-in provider that has nothing there", "base_url_wrong_path", 404,
          route={"provider": "openai", "model": "gpt-4.1-mini", "path": "", "key_env": "MIMO_API_KEY"},
          secrets={"MIMO_API_KEY": "sk-proj-demoOpenAiKey0123456789"},
          canned=[{"status": 404, "body": {"error": {"message": "Not Found"}}}],
          words=["neither with its version nor without"], lacks=["base_url_doubled_version"]),
    trial("a gateway that drops the version of base_url", "base_url_missing_version", 404,
          route={"path": ""}, emulator=["--base-url", "custom-xiaomi=/v1"],
          set={"strip_version": True}, mended=True, words=["lacks its version"]),
    trial("the version twice, and none here", "base_url_doubled_version", 404,
          route={"path": ""}, probes=0,
          canned=says("Invalid URL (POST /v1/v1/chat/completions)", 404),
          words=["the base URL here has none"], lacks=["config set"]),
    trial("the version twice at Anthropic", "base_url_doubled_version", 404,
          route={"provider": "anthropic", "model": "claude-haiku-4-5", "path": "/v1"},
          secrets={"ANTHROPIC_API_KEY": "sk-ant-demoAnthropicKey0123456789"}, mended=True,
          words=["the endpoint that is added has it already"], lacks=["base_url"]),
    trial("the version twice without the gateway", "base_url_doubled_version", 404,
          route={"direct": True, "direct_path": "/v1/v1"}, options=["--direct"], mended=True,
          words=["routes.xiaomi.direct_url repeats it", "direct_url=http"],
          lacks=["Cloudflare", "base_url"]),
    trial("another path", "base_url_wrong_path", 404, route={"path": "/v2"},
          words=["has no API at custom-xiaomi/v2, but at custom-xiaomi/v1"], mended=True),
    trial("a path of nobody's", "base_url_wrong_path", 404,
          route={"provider": "custom-mine", "path": "/v9", "key_env": "MIMO_API_KEY"},
          secrets={"MIMO_API_KEY": KEY}, emulator=["--provider", f"custom-mine={KEY}"],
          words=["neither with its version nor without", "routes.mine.path", "Custom Providers"]),
    trial("pages everywhere", "not_an_api", 404, canned=page(404),
          words=["is not the API"]),
    trial("401 pages where no version is", "base_url_missing_version", 401,
          route={"path": ""},
          canned=[{"path_contains": "/v1/models", "body": LIST}, *page(401)],
          words=["lacks its version"]),
    trial("401 pages where a version is too many", "base_url_doubled_version", 401,
          canned=[{"path_contains": "/v1/", "status": 401, "headers": HTML, "body": PAGE},
                  {"path_contains": "/models", "body": LIST}, *page(401)],
          words=["a version too many"]),
    trial("401 pages everywhere", "not_an_api", 401, canned=page(401), probes=4),

    # The model.
    trial("an unknown model", "model_not_found", 400, route={"model": "mimo-v2-flsh"},
          mended=True, probes=["GET models"],
          words=["nearest to it: mimo-v2.5", "routes.xiaomi.model=mimo-v2.5"]),
    trial("a model whose name is a command", "model_not_found", 400,
          route={"model": "mimo-v2-flsh"},
          canned=[*says("mimo-v2-flsh is gone"),
                  {"path_contains": "/models", "body": HOSTILE_LIST}],
          words=["routes.xiaomi.model='mimo-v2.5'\\'';touch PWN;#'`, then"]),
    trial("another model than the route's", "model_not_found", 400,
          options=["--model", "gpt-9"], words=["gpt-9"]),
    trial("another model that is there", "ok", 200, options=["--model", "mimo-v2.5"]),
    trial("a model that is listed and refused", "model_not_found", 404,
          canned=says("no such model", 404, code="model_not_found"),
          words=["lists the model mimo-v2.5, but not for this call"]),
    trial("a listed model, refused by name", "model_not_found", 400,
          canned=says("mimo-v2.5 cannot be used here"),
          words=["lists the model mimo-v2.5, but not for this call"]),
    trial("a model that is named, 404", "model_not_found", 404,
          canned=[*says("mimo-v2.5 is gone", 404), {"status": 404, "body": NOT_FOUND}],
          words=["does not offer"]),
    trial("a model that is named, 400", "model_not_found", 400,
          canned=[*says("mimo-v2.5 is gone"), {"status": 404, "body": NOT_FOUND}],
          words=["does not offer"]),
    trial("404 and a list with the model", "model_not_found", 404,
          canned=[*says("Not Found", 404)],
          words=["lists the model mimo-v2.5, but not for this call"]),
    trial("404 and a list without it", "model_not_found", 404, route={"model": "gpt-9"},
          canned=[*says("Not Found", 404)], words=["does not offer the model gpt-9"]),
    trial("a refusal without reason, and a list without the model", "model_not_found", 400,
          route={"model": "gpt-9"}, canned=says("Bad request"),
          words=["does not offer the model gpt-9"]),
    trial("a refusal without reason", "provider_error", 400, canned=says("Bad request"),
          probes=["GET models"], words=["for a reason of its own", "Bad request"]),
    trial("an error behind 200", "provider_error", 200, canned=says("odd", 200),
          words=["for a reason of its own", "odd"]),

    # What proves all the same.
    trial("max_tokens by its other name", "ok", 200, probes=["max_completion_tokens"],
          canned=[{**says("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens'"
                          " instead.", code="unsupported_parameter")[0], "times": 1}]),
    trial("neither name", "ok", 400, probes=["max_completion_tokens"],
          canned=says("Unsupported parameter: use max_completion_tokens",
                      code="unsupported_parameter"),
          words=["only a parameter of the test was refused"]),
    trial("another parameter", "ok", 400, canned=says("Unsupported parameter: 'thinking'"),
          words=["only a parameter of the test was refused"]),
    trial("too small a budget", "ok", 400, canned=says("max_tokens must be at least 32"),
          words=["only the size of the test was refused"]),
    trial("a thinking model's empty answer", "ok", 200,
          canned=[{"body": {"choices": [{"message": {"content": None},
                                         "finish_reason": "length"}]}}]),

    # The provider fails.
    trial("the provider fails", "provider_error", 503, emulator=faults("provider-error"),
          probes=0, words=["Xiaomi MiMo failed", "status page"]),
    trial("it fails through the gateway alone", "provider_error", 503,
          route={"direct": True}, canned=says("down", 503), direct=AS_EVER,
          words=["only the way through the gateway fails"]),
    trial("it fails both ways", "provider_error", 503, route={"direct": True},
          canned=says("down", 503), words=["fails when it is called directly, too"]),
    trial("its page of a failure", "provider_error", 502, canned=page(502),
          words=["Xiaomi MiMo failed"]),
    trial("its page of a failure, directly", "provider_error", 502, route={"direct": True},
          options=["--direct"], canned=page(502), words=["Xiaomi MiMo failed"]),
]
