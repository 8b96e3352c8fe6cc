#!/usr/bin/env python3
"""aig-emulator as an account: whose key goes out, who pays, and what the REST
API shows of it and changes."""

import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import ACCOUNT, API_TOKEN, GATEWAY, KEY, OPENAI_KEY, TOKEN, Emulator, main, wait_until  # noqa: E402

HERE = f"/client/v4/accounts/{ACCOUNT}"
FIELDS = {
    "cache_invalidate_on_update": True, "cache_ttl": 0, "collect_logs": True,
    "rate_limiting_interval": 0, "rate_limiting_limit": 0,
}


def api(emulator, method, path, body=None, token=API_TOKEN):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    status, _, text = emulator.ask(method, path, body, headers)
    return status, json.loads(text)


def code(document):
    return document["errors"][0]["code"]


def call(emulator, segment="openai", token=TOKEN, gateway=GATEWAY, path="/chat/completions",
         body=None, **headers):
    """A chat with just these headers: (status, the gateway's code or None)."""
    if token:
        headers["cf-aig-authorization"] = f"Bearer {token}"
    status, _, text = emulator.ask(
        "POST", emulator.base_url(segment, path, gateway),
        body or {"model": "gpt-4.1-mini", "messages": [{"role": "user", "content": "ping"}]},
        {name.replace("_", "-"): value for name, value in headers.items()},
    )
    try:
        return status, json.loads(text).get("internalCode")
    except ValueError:
        return status, None


def a_key_in_the_request_is_what_goes_out_whatever_it_is():
    with Emulator("--stored", f"openai={OPENAI_KEY}") as emulator:
        assert call(emulator) == (200, None)
        for value in ("Bearer unused", "Bearer ", "unused", "Bearer " + TOKEN):
            assert call(emulator, authorization=value) == (401, None), value
        # An answer of the provider's, as the headers tell.
        for name, segment, path in (
            ("x-api-key", "anthropic", "/v1/messages"),
            ("x-goog-api-key", "google-ai-studio", "/v1beta/models/gemini-2.5-flash:generateContent"),
        ):
            emulator.set(providers={segment: {"stored": {"default": "kept-0123456789"}}})
            status, own = call(emulator, segment, path=path, **{name: "unused"})
            assert status in (400, 401) and own is None, (name, status)


def stored_keys_have_names():
    with Emulator("--stored", "openai:spare=sk-spare-0123456789") as emulator:
        assert call(emulator) == (402, 2021), "none is named default"
        assert call(emulator, cf_aig_byok_alias="spare") == (200, None)
        assert call(emulator, cf_aig_byok_alias="nope") == (400, 2040)
        # The Unified API knows no aliases.
        asked = {"model": "openai/gpt-4.1-mini", "messages": [{"role": "user", "content": "x"}]}
        assert call(emulator, "compat", body=asked, cf_aig_byok_alias="spare") == (402, 2021)


def unified_billing_pays_for_six_providers_where_there_are_credits():
    sold = ("openai", "anthropic", "google-ai-studio", "google-vertex-ai", "grok", "groq")
    with Emulator("--provider", f"openai={OPENAI_KEY}") as emulator:
        listed = emulator.settings()["providers"]
        for segment in listed:
            expected = (402, 2021) if segment in sold else None
            got = call(emulator, segment, body=b"{}", path="/x")
            assert got == expected or (expected is None and got[1] is None), (segment, got)
        emulator.set(credits=True)
        assert call(emulator) == (200, None)
        assert call(emulator, "groq") == (402, 2021), "sold, but no key of Cloudflare's"
        assert call(emulator, cf_aig_no_wholesale="true") == (400, 2021)
        assert call(emulator, authorization="Bearer unused") == (401, None)
        emulator.set(byok_only=True)
        assert call(emulator) == (400, 2021)
        emulator.set(byok_only=False, authentication=False)
        assert call(emulator, token=None) == (401, 2021), "billing wants authentication"
        assert call(emulator, token=None, authorization=f"Bearer {OPENAI_KEY}") == (200, None)


def an_open_gateway_asks_for_no_token():
    with Emulator("--open") as emulator:
        for token in (None, "wrong", TOKEN):
            assert call(emulator, token=token, authorization=f"Bearer {OPENAI_KEY}")[0] == 200
        # Nothing sent and nothing stored, and nobody sells it: the provider's own word.
        assert call(emulator, "custom-xiaomi", token=None, path="/v1/chat/completions") == (401, None)


def a_token_in_authorization_stands_for_the_stored_key():
    sent = {"authorization": f"Bearer {TOKEN}"}
    with Emulator("--stored", f"openai={OPENAI_KEY}") as emulator:
        assert call(emulator, token=None, **sent) == (200, None)
        assert call(emulator, **sent) == (401, None), "with its own header it goes on"
        emulator.set(token_in_authorization=False)
        assert call(emulator, token=None, **sent) == (401, 2009)


def callers_are_told_apart():
    unknown = "cfut_nobodyKnowsThisTokenAtAll0123456789abcdef"
    gateways = f"{HERE}/ai-gateway/gateways"
    with Emulator() as emulator:
        for path, token, status, number in (
            (gateways, None, 400, 9106),
            (gateways, "short", 400, 6003),
            (gateways, unknown, 403, 9109),
            (gateways, TOKEN, 403, 10000),
            (gateways.replace(ACCOUNT, "f" * 32), API_TOKEN, 403, 10000),
            (gateways.replace(ACCOUNT, "my-account"), API_TOKEN, 404, 7003),
            (gateways.replace(f"/{ACCOUNT}", "/"), API_TOKEN, 404, 7000),
            (gateways + "/nope", API_TOKEN, 404, 7002),
            ("/client/v4/user/tokens/verify", unknown, 401, 1000),
            (f"{HERE}/tokens/verify", TOKEN, 401, 1000),
        ):
            got, document = api(emulator, "GET", path, token=token)
            assert (got, code(document)) == (status, number), (path, token, document)
            assert document["success"] is False and "error" not in document, document
        _, document = api(emulator, "GET", "/client/v4/user/tokens/verify", token=TOKEN)
        assert document["result"]["status"] == "active", document
        assert document["messages"][0]["code"] == 10000, document
        _, document = api(emulator, "GET", "/client/v4/accounts")
        assert [account["id"] for account in document["result"]] == [ACCOUNT], document
        _, document = api(emulator, "GET", "/client/v4/accounts", token=TOKEN)
        assert document["result"] == [] and document["success"], document


def lists_come_in_pages():
    names = [f"gw-{number:02}" for number in range(45)]
    with Emulator() as emulator:
        emulator.set(gateways=names)
        path = f"{HERE}/ai-gateway/gateways"
        seen = []
        for page in (1, 2, 3):
            _, document = api(emulator, "GET", f"{path}?page={page}&per_page=20")
            assert document["result_info"] == {
                "page": page, "per_page": 20, "count": (20, 20, 5)[page - 1], "total_count": 45,
            }, document
            seen += [gateway["id"] for gateway in document["result"]]
        assert seen == names
        _, document = api(emulator, "GET", f"{path}?search=gw-1")
        assert len(document["result"]) == 10


def a_gateway_made_by_the_api_behaves_as_it_was_made():
    path = f"{HERE}/ai-gateway/gateways"
    with Emulator() as emulator:
        sent = f"Bearer {OPENAI_KEY}"
        assert call(emulator, gateway="open-one", token=None, authorization=sent) == (400, 2001)
        status, document = api(emulator, "POST", path, {"id": "open-one"})
        assert status == 400 and code(document) == 7001, document
        made = {"id": "open-one", "authentication": False, **FIELDS}
        assert api(emulator, "POST", path, made)[0] == 200
        assert code(api(emulator, "POST", path, made)[1]) == 7001
        assert call(emulator, gateway="open-one", token=None, authorization=sent) == (200, None)
        assert call(emulator, token=None, authorization=sent) == (401, 2009), "the other is not"
        status, document = api(emulator, "PUT", f"{path}/open-one",
                               {"authentication": True, "byok_only": True, **FIELDS})
        assert document["result"]["byok_only"] is True, document
        assert call(emulator, gateway="open-one", token=None, authorization=sent) == (401, 2009)
        assert call(emulator, gateway="open-one") == (400, 2021)
        _, document = api(emulator, "GET", f"{path}/open-one/url/openai")
        assert document["result"] == emulator.base_url("openai", "", "open-one"), document
        assert api(emulator, "DELETE", f"{path}/open-one")[0] == 200
        assert call(emulator, gateway="open-one", authorization=sent) == (400, 2001)


def custom_providers_are_off_until_they_are_switched_on():
    path = f"{HERE}/ai-gateway/custom-providers"
    with Emulator() as emulator:
        made = {"name": "Mine", "slug": "mine", "base_url": "https://api.mine.example/v1"}
        status, document = api(emulator, "POST", path, made)
        record = document["result"]
        assert status == 200 and record["enable"] is False and record["slug"] == "mine", record
        emulator.set(providers={"custom-mine": {"keys": [KEY]}})
        sent = {"segment": "custom-mine", "authorization": f"Bearer {KEY}"}
        assert call(emulator, **sent) == (400, 2008)
        own = f"{path}/{record['id']}"
        _, document = api(emulator, "PATCH", own, {"enable": True})
        assert document["result"]["enable"] is True and document["result"]["name"] == "Mine"
        assert call(emulator, **sent) == (200, None)
        assert call(emulator, path="/v1/chat/completions", **sent) == (404, None), "/v1/v1"
        api(emulator, "PATCH", own, {"base_url": "https://api.mine.example"})
        assert call(emulator, path="/v1/chat/completions", **sent) == (200, None)
        for body, number in (
            ({**made, "base_url": "http://x"}, 1002), (made, 1003), ({"name": "x"}, 7001),
        ):
            _, document = api(emulator, "POST", path, body)
            assert code(document) == number, document
        emulator.set(providers={"custom-xiaomi": {"enabled": False}})
        for enable, slugs in (("true", ["mine"]), ("false", ["xiaomi"])):
            _, document = api(emulator, "GET", f"{path}?enable={enable}")
            assert [one["slug"] for one in document["result"]] == slugs, document
        _, document = api(emulator, "GET", own)
        assert document["result"]["base_url"] == "https://api.mine.example", document
        assert api(emulator, "DELETE", own)[0] == 200
        status, document = api(emulator, "GET", own)
        assert status == 404 and code(document) == 1004, document
        assert call(emulator, **sent) == (400, 2008)


def stored_keys_are_listed_by_their_end():
    path = f"{HERE}/ai-gateway/gateways/{GATEWAY}/provider_configs"
    with Emulator() as emulator:
        status, document = api(emulator, "POST", path, {
            "provider_slug": "openai", "alias": "default", "secret": OPENAI_KEY,
        })
        assert status == 200 and OPENAI_KEY not in json.dumps(document), document
        _, document = api(emulator, "GET", path)
        [stored] = document["result"]
        assert stored["secret_preview"].endswith(OPENAI_KEY[-4:]), stored
        assert stored["default_config"] is True and OPENAI_KEY not in json.dumps(document)
        assert call(emulator) == (200, None)


def tokens_do_what_their_groups_say():
    path = f"{HERE}/tokens"
    with Emulator() as emulator:
        groups = {}
        for name in ("AI Gateway Run", "AI Gateway Read"):
            _, document = api(
                emulator, "GET", f"{path}/permission_groups?name={name.replace(' ', '%20')}"
            )
            [group] = document["result"]
            groups[name] = group["id"]
        made = {}
        for name, group in groups.items():
            _, document = api(emulator, "POST", path, {
                "name": name,
                "policies": [{"effect": "allow", "permission_groups": [{"id": group}],
                              "resources": {f"com.cloudflare.api.account.{ACCOUNT}": "*"}}],
            })
            made[name] = document["result"]
        run, read = made["AI Gateway Run"], made["AI Gateway Read"]
        sent = {"authorization": f"Bearer {OPENAI_KEY}"}
        assert call(emulator, token=run["value"], **sent) == (200, None)
        assert call(emulator, token=read["value"], **sent) == (401, 2009)
        gateways = f"{HERE}/ai-gateway/gateways"
        assert api(emulator, "GET", gateways, token=read["value"])[0] == 200
        assert api(emulator, "GET", gateways, token=run["value"])[0] == 403
        # An account's own token may not ask for its accounts.
        assert code(api(emulator, "GET", "/client/v4/accounts", token=read["value"])[1]) == 1001
        api(emulator, "PUT", f"{path}/{read['id']}", {"name": "x", "status": "disabled"})
        assert code(api(emulator, "GET", gateways, token=read["value"])[1]) == 9109
        assert api(emulator, "DELETE", f"{path}/{run['id']}")[0] == 200
        assert call(emulator, token=run["value"], **sent) == (401, 2009)


def policy(emulator, *names):
    """What a token is made with to have these permissions."""
    _, document = api(emulator, "GET", f"{HERE}/tokens/permission_groups")
    ids = {group["name"]: group["id"] for group in document["result"]}
    return {"effect": "allow", "permission_groups": [{"id": ids[name]} for name in names],
            "resources": {f"com.cloudflare.api.account.{ACCOUNT}": "*"}}


def make(emulator, *names, path=f"{HERE}/tokens", token=API_TOKEN, **more):
    return api(emulator, "POST", path,
               {"name": "made", "policies": [policy(emulator, *names)], **more}, token)


def tokens_are_an_accounts_or_a_users():
    mine, ours = "/client/v4/user/tokens", f"{HERE}/tokens"
    with Emulator() as emulator:
        made = {path: make(emulator, "AI Gateway Run", path=path)[1]["result"]
                for path in (mine, ours)}
        assert made[mine]["value"].startswith("cfut_"), made
        assert made[ours]["value"].startswith("cfat_"), made
        for path, other in ((mine, ours), (ours, mine)):
            one = made[path]
            assert call(emulator, token=one["value"], authorization=f"Bearer {OPENAI_KEY}") == (200, None)
            assert api(emulator, "GET", f"{path}/verify", token=one["value"])[0] == 200
            assert api(emulator, "GET", f"{other}/verify", token=one["value"])[0] == 401
            _, document = api(emulator, "GET", path)
            listed = {token["id"] for token in document["result"]}
            assert one["id"] in listed and made[other]["id"] not in listed, document
            assert one["value"] not in json.dumps(document), "the value is shown again"
            assert api(emulator, "DELETE", f"{other}/{one['id']}")[0] == 404
            assert api(emulator, "DELETE", f"{path}/{one['id']}")[0] == 200


def each_call_of_the_api_takes_its_permission():
    mine, ours = "/client/v4/user/tokens", f"{HERE}/tokens"
    gateways = f"{HERE}/ai-gateway/gateways"
    made = {"id": "another", **FIELDS}
    with Emulator() as emulator:
        for names, allowed, refused in (
            (["AI Gateway Read"], [("GET", gateways, None)],
             [("POST", gateways, made), ("GET", ours, None), ("GET", mine, None)]),
            (["AI Gateway Write"], [("POST", gateways, made), ("GET", gateways, None)],
             [("GET", ours, None)]),
            (["Account API Tokens Read"], [("GET", ours, None)],
             [("POST", ours, {}), ("GET", gateways, None), ("GET", mine, None)]),
            (["API Tokens Write"], [("GET", mine, None)], [("POST", ours, {}), ("GET", gateways, None)]),
        ):
            token = make(emulator, *names, path=mine)[1]["result"]["value"]
            for method, path, body in allowed:
                assert api(emulator, method, path, body, token)[0] == 200, (names, path)
            for method, path, body in refused:
                status, document = api(emulator, method, path, body, token)
                assert (status, code(document)) == (403, 10000), (names, path, document)
        own = make(emulator, "API Tokens Write")[1]["result"]["value"]
        assert code(api(emulator, "GET", mine, token=own)[1]) == 9109, "an account is no user"


def a_wish_that_cannot_be_granted_is_refused():
    with Emulator() as emulator:
        right = policy(emulator, "AI Gateway Run")
        for wrong in (
            {"name": "x" * 121}, {"expires_on": "2099-01-01T00:00:00.5Z"}, {"policies": []},
            {"expires_on": "2020-01-01T00:00:00Z"},
            {"policies": [{**right, "permission_groups": [{"id": "0" * 32}]}]},
            {"policies": [{**right, "resources": {"com.cloudflare.api.account." + "f" * 32: "*"}}]},
        ):
            status, document = api(emulator, "POST", f"{HERE}/tokens",
                                   {"name": "made", "policies": [right], **wrong})
            assert status == 400 and not document["success"], (wrong, document)


def a_new_token_may_take_its_time_and_has_an_end():
    sent = {"authorization": f"Bearer {OPENAI_KEY}"}

    with Emulator() as emulator:
        emulator.set(token_delay_ms=3600000)
        late = make(emulator, "AI Gateway Run")[1]["result"]["value"]
        assert call(emulator, token=late, **sent) == (401, 2009)
        assert api(emulator, "GET", f"{HERE}/tokens/verify", token=late)[0] == 401
        emulator.set(token_delay_ms=100)
        soon = make(emulator, "AI Gateway Run")[1]["result"]["value"]
        wait_until(lambda: call(emulator, token=soon, **sent) == (200, None), "it holds")
        emulator.set(token_delay_ms=0)
        end = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 5))
        short = make(emulator, "AI Gateway Run", expires_on=end)[1]["result"]["value"]
        wait_until(lambda: call(emulator, token=short, **sent) == (401, 2009), "it has ended")
        _, document = api(emulator, "GET", f"{HERE}/tokens/verify", token=short)
        assert document["result"]["status"] == "expired", document
        assert document["result"]["expires_on"] == end, document


def the_cache_knows_requests_by_more_than_their_body():
    with Emulator("--provider", f"openai={OPENAI_KEY}", "--provider", "openai=sk-other-0123") as emulator:
        def status(body, key=OPENAI_KEY, **headers):
            _, received, _ = emulator.ask(
                "POST", emulator.base_url("openai", "/chat/completions"), body,
                {"cf-aig-authorization": f"Bearer {TOKEN}", "Authorization": f"Bearer {key}",
                 **headers},
            )
            return received.get("cf-aig-cache-status")

        first, second = (
            {"model": "gpt-4.1", "messages": [{"role": "user", "content": text}]} for text in "ab"
        )
        assert [status(first), status(first), status(second)] == ["MISS", "HIT", "MISS"]
        assert status(first, "sk-other-0123") == "MISS", "another key"
        emulator.set(cache=False)
        assert status(first) is None
        own = {"cf-aig-cache-key": "mine"}
        assert [status(first, **own), status(second, **own)] == ["MISS", "HIT"]


main([
    a_key_in_the_request_is_what_goes_out_whatever_it_is,
    stored_keys_have_names,
    unified_billing_pays_for_six_providers_where_there_are_credits,
    an_open_gateway_asks_for_no_token,
    a_token_in_authorization_stands_for_the_stored_key,
    callers_are_told_apart,
    lists_come_in_pages,
    a_gateway_made_by_the_api_behaves_as_it_was_made,
    custom_providers_are_off_until_they_are_switched_on,
    stored_keys_are_listed_by_their_end,
    tokens_do_what_their_groups_say,
    tokens_are_an_accounts_or_a_users,
    each_call_of_the_api_takes_its_permission,
    a_wish_that_cannot_be_granted_is_refused,
    a_new_token_may_take_its_time_and_has_an_end,
    the_cache_knows_requests_by_more_than_their_body,
])
