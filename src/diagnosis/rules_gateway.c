/* SPDX-License-Identifier: MIT */
/* AI Gateway's own errors by their codes, and those of Cloudflare's REST API.
 */
#include "diagnosis/rules_internal.h"

#include "base/attributes.h"

/* clang-format off */
SENTENCE(token_rejected,
	N_("the gateway does not accept CF_AIG_TOKEN: it is wrong, revoked, of another account, or lacks the permission AI Gateway: Run"),
	N_("make a token with AI Gateway: Run for this account, then `aigenv secret set CF_AIG_TOKEN` and `aigenv apply`"));
SENTENCE(token_is_key,
	N_("the gateway does not accept CF_AIG_TOKEN, which has the form of a provider's key"),
	N_("put a Cloudflare API token with AI Gateway: Run there: `aigenv secret set CF_AIG_TOKEN`, then `aigenv apply`"));
EITHER(token_rejected_or_missing,
	N_("the gateway got no token, or one that it does not accept: its answer is the same for both"),
	N_("make sure that the header cf-aig-authorization goes out: Bearer, a blank, and a Cloudflare API token that has AI Gateway: Run"),
	GATEWAY_TOKEN_MISSING, N_("the same request with `curl -v`, which shows the headers that go out, or `aigenv verify`"));
SENTENCE(alias_unknown,
	FIRST_OF(N_("the gateway has no stored key of this alias for {provider}"),
		N_("the gateway has no stored key of this alias for the provider")),
	FIRST_OF(N_("look up the alias in the dashboard (AI Gateway{, gateway}, Provider Keys), and set routes.{route}.alias to it (`aigenv help config set`); or add the key there"),
		N_("look up the alias in the dashboard (AI Gateway{, gateway}, Provider Keys), and send it as cf-aig-byok-alias; or add the key there")));
SENTENCE(key_unseen_here,
	N_("a key was sent, but the gateway says that none arrived: the header is not the one that it reads, or something on the way dropped it"),
	N_("send it as {header}; {show_slug} has the header of each provider"));
SENTENCE(billing_off,
	N_("nothing may be billed at this gateway: it takes only keys (its setting byok_only), and none is sent or stored"),
	FIRST_OF(N_("dashboard, AI Gateway{, gateway}, Settings: allow Unified Billing; or `aigenv config set routes.{route}.credential=header`, then `aigenv secret set {key}`"),
		N_("dashboard, AI Gateway{, gateway}, Settings: allow Unified Billing; or `aigenv config set routes.{route}.credential=header`, then set that key again (`aigenv secret list` has its name)"),
		N_("dashboard, AI Gateway{, gateway}, Settings: allow Unified Billing; or let the app send a key of its own, then `aigenv secret set {key}`"),
		N_("dashboard, AI Gateway{, gateway}, Settings: allow Unified Billing; or let the app send a key of its own, then set that key again (`aigenv secret list` has its name)")));
SENTENCE(billing_needs_token,
	N_("Cloudflare bills only through an authenticated gateway, and this one is open; no key was sent either"),
	FIRST_OF(N_("switch Authenticated Gateway on (dashboard, AI Gateway{, gateway}, Settings), or send the key of {provider}"),
		N_("switch Authenticated Gateway on (dashboard, AI Gateway{, gateway}, Settings), or send the key of the provider")));
SENTENCE(platform_key,
	FIRST_OF(N_("the gateway token is fine, but {key} is not a Cloudflare token that may use Workers AI"),
		N_("the gateway token is fine, but the provider's key is not a Cloudflare token that may use Workers AI")),
	FIRST_OF(N_("make a Cloudflare API token with Workers AI: Read, then `aigenv secret set {key}`"),
		N_("make a Cloudflare API token with Workers AI: Read, then set that key again (`aigenv secret list` has its name)")));
SENTENCE(swapped,
	N_("the gateway token and the provider key are in each other's place"),
	FIRST_OF(N_("`aigenv secret set CF_AIG_TOKEN` takes the Cloudflare token, `aigenv secret set {key}` the key of {provider}; then `aigenv apply`"),
		N_("`aigenv secret set CF_AIG_TOKEN` takes the Cloudflare token; set the key of {provider} again, too (`aigenv secret list` has its name); then `aigenv apply`"),
		N_("`aigenv secret set CF_AIG_TOKEN` takes the Cloudflare token; set the provider's key again, too (`aigenv secret list` has its name); then `aigenv apply`")));
SENTENCE(direct_is_gateway,
	FIRST_OF(N_("direct_url leads to an AI Gateway, not to {provider} itself: the answer is the gateway's own"),
		N_("direct_url leads to an AI Gateway, not to the provider itself: the answer is the gateway's own")),
	FIRST_OF(N_("{show_slug} has the provider's own base URL: set routes.{route}.direct_url to it (`aigenv help config set`)"),
		N_("{show_slug} has the provider's own base URL: use it as the base URL")));
SENTENCE(path_compat,
	N_("the path is that of compat, where a model is written provider/model and the request has OpenAI's form"),
	FIRST_OF(N_("take the provider's own segment instead of compat ({show_slug}), and set routes.{route}.provider to it (`aigenv help config set`)"),
		N_("take the provider's own segment instead of compat ({show_slug}), and use it in the base URL")));
EITHER(platform_route,
	N_("Cloudflare's API has nothing at this path: the base URL's path is wrong, or the account ID in it is malformed"),
	N_("check the path against {show_slug}, and account_id against the dashboard's address"),
	ACCOUNT_NOT_FOUND, N_("`aigenv config get`, which shows both"));
SENTENCE(account_malformed,
	N_("where the account ID belongs in the path stands the name of a variable: nothing filled it in where the client runs"),
	N_("give the variable the account ID out of the dashboard's address, or write the ID into the base URL"));
SENTENCE(account_missing,
	N_("there is no account {account}, or the API token is of another one"),
	N_("copy the account ID from the dashboard's address, and set account_id to it (`aigenv help config set`)"));
EITHER(account_or_rights,
	N_("Cloudflare's API does not let the API token into account {account}: there is no such account, or the token is another account's or lacks AI Gateway: Read"),
	N_("copy the account ID from the dashboard's address, and set account_id to it (`aigenv help config set`)"),
	GATEWAY_NOT_FOUND, N_("`aigenv verify --api-token env:CLOUDFLARE_API_TOKEN` with a token in that variable that has AI Gateway: Read on this account"));
SENTENCE(gateway_missing,
	N_("account {account} has no gateway {gateway}{ (near)}"),
	FIRST_OF(N_("dashboard, AI, AI Gateway lists them; `aigenv config set gateway={'best}`"),
		N_("dashboard, AI, AI Gateway lists them; set gateway to one of them (`aigenv help config set`)")));
EITHER(gateway_or_account,
	N_("there is no gateway {gateway} in account {account}: one of the two is wrong, and the answer does not say which"),
	N_("dashboard, AI, AI Gateway shows both: set gateway or account_id to what stands there (`aigenv help config set`)"),
	ACCOUNT_NOT_FOUND, N_("`aigenv verify --api-token env:CLOUDFLARE_API_TOKEN`, which asks Cloudflare's API"));
EITHER(gateway_or_account_pasted,
	N_("the account in the base URL has no such gateway, or there is no such account: the answer does not say which"),
	N_("compare both with the dashboard: the account ID is in its address, and AI, AI Gateway lists the gateways"),
	ACCOUNT_NOT_FOUND, N_("`aigenv verify --api-token env:CLOUDFLARE_API_TOKEN` on a profile with the two, which asks Cloudflare's API"));
SENTENCE(gateway_listed,
	N_("AI Gateway says that {gateway} is not set up, but Cloudflare's API lists it in account {account}"),
	N_("wait a minute if it is new; else save its settings once more (dashboard, AI Gateway{, gateway}, Settings)"));
SENTENCE(provider_unknown,
	FIRST_OF(N_("the gateway knows no provider {segment}"),
		N_("the gateway knows no such provider")),
	N_("`aigenv providers` lists the built-in ones; in the URL a custom provider is its slug with custom- in front"));
EITHER(provider_or_model,
	N_("the gateway knows no such provider: its segment in the base URL is wrong, or the call went through compat, and the model has no known provider in front (as workers-ai/, openai/ or custom-acme/)"),
	N_("check the part behind the gateway's name in the base URL against `aigenv providers`; through compat write the model as provider/model"),
	MODEL_NOT_FOUND, N_("the URL that was called"));
SENTENCE(provider_custom_unknown,
	FIRST_OF(N_("the gateway knows no provider {segment}: the slug is wrong, or the custom provider is missing or disabled"),
		N_("the gateway knows no such provider: the slug is wrong, or the custom provider is missing or disabled")),
	N_("dashboard, AI, AI Gateway, Custom Providers shows slug and state (in the URL custom- stands in front of the slug); `aigenv verify --api-token env:CLOUDFLARE_API_TOKEN` tells which"));
SENTENCE(provider_listed,
	N_("the gateway refuses the custom provider {segment}, but Cloudflare's API lists it as enabled"),
	N_("wait a minute if it is new; else save it once more (dashboard, AI, AI Gateway, Custom Providers)"));
SENTENCE(provider_compat,
	FIRST_OF(N_("compat knows no provider by what stands before the / in {model}: no built-in one has that prefix, and a custom one is missing or disabled"),
		N_("compat knows no provider by what stands before the / in the model: no built-in one has that prefix, and a custom one is missing or disabled")),
	N_("write the model as provider/model; `aigenv providers` lists the providers, and `aigenv providers show openai` the prefix of one"));
SENTENCE(provider_absent,
	N_("the account has no custom provider {segment}{ (near)}"),
	N_("add it in the dashboard, AI, AI Gateway, Custom Providers, or take one that is there, and set routes.{route}.provider to it (`aigenv help config set`)"));
SENTENCE(provider_disabled,
	N_("the custom provider {segment} is there, but disabled"),
	N_("enable it in the dashboard, AI, AI Gateway, Custom Providers"));
SENTENCE(model_no_prefix,
	FIRST_OF(N_("compat takes a model as provider/model, and {model} has no provider in front"),
		N_("compat takes a model as provider/model, and the model has no provider in front")),
	FIRST_OF(N_("write it as provider/{model}; `aigenv providers show openai` has the prefix of that one, and so for each"),
		N_("write it as provider/model; `aigenv providers show openai` has the prefix of that one, and so for each")));
SENTENCE(model_compat,
	FIRST_OF(N_("compat does not offer the model {model}; the provider's part of it is a known one"),
		N_("compat does not offer the model that was asked for; the provider's part of it is a known one")),
	FIRST_OF(N_("`aigenv config set routes.{route}.model={'best}`, then `aigenv apply`; `aigenv providers show openai` has examples of that one, and so for each"),
		N_("choose a model that is offered, and set routes.{route}.model to it (`aigenv help config set`); `aigenv providers show openai` has examples of that one, and so for each"),
		N_("ask for a model that is offered; `aigenv providers show openai` has examples of that one, and so for each")));
SENTENCE(rate_billing,
	N_("Cloudflare's billing takes no more requests for this minute"),
	FIRST_OF(N_("wait a minute, or use a key of your own: `aigenv config set routes.{route}.credential=header`"),
		N_("wait a minute, or let the app send a key of its own")));
SENTENCE(quota_spend,
	N_("a spend limit of the gateway is reached"),
	N_("dashboard, AI Gateway{, gateway}: Spend limits; the answer names the rule"));
SENTENCE(quota_billing,
	N_("Cloudflare bills this provider, and the account has no credits left"),
	FIRST_OF(N_("dashboard, AI Gateway: add credits, or use a key of your own: `aigenv config set routes.{route}.credential=header`"),
		N_("dashboard, AI Gateway: add credits, or let the app send a key of its own")));
SENTENCE(quota_unused_key,
	N_("the gateway wants to bill this call although a key was sent, and the account has no credits"),
	N_("send the key as {header}, which the gateway passes on; or add credits (dashboard, AI Gateway)"));
SENTENCE(blocked_guardrails,
	N_("the gateway's guardrails blocked the call"),
	N_("dashboard, AI Gateway{, gateway}: Guardrails; the log entry names the rule"));
SENTENCE(blocked_dlp,
	N_("the gateway's data loss prevention (DLP) blocked the call"),
	N_("dashboard, AI Gateway{, gateway}: DLP; the log entry names the profile"));
SENTENCE(provider_unreachable,
	FIRST_OF(N_("the gateway got no answer from {provider}"),
		N_("the gateway got no answer from the provider")),
	N_("try again later; for a custom provider check its base_url in the dashboard: it must be public, https, and not Cloudflare's own API"));
SENTENCE(gateway_credentials,
	N_("Cloudflare refused credentials on its own side"),
	N_("try again in a minute; if it stays, store the key again (dashboard, AI Gateway{, gateway}, Provider Keys)"));
EITHER(gateway_credentials_or_none,
	FIRST_OF(N_("Cloudflare refused credentials: its own for a moment, or none of {provider} are there, neither a stored key nor Unified Billing"),
		N_("Cloudflare refused credentials: its own for a moment, or none of the provider are there, neither a stored key nor Unified Billing")),
	N_("dashboard, AI Gateway{, gateway}: store the provider's key (Provider Keys), or allow Unified Billing and buy credits"),
	GATEWAY_ERROR, N_("the same call again in some minutes"));
SENTENCE(gateway_compat_off,
	N_("the compat endpoint is switched off in this gateway"),
	N_("use the provider's own segment, or switch it on in the dashboard, AI Gateway{, gateway}, Settings"));
SENTENCE(gateway_dynamic,
	N_("a dynamic route of the gateway could not read its model's answer"),
	N_("dashboard, AI Gateway{, gateway}: Dynamic Routes"));

static const struct rule rows[] = {
	/* The gateway's own errors. */
	{ GATEWAY(0), NEEDS(F(DIRECT)), IS(BASE_URL_WRONG_PATH, direct_is_gateway) },
	{ STATUS(400, 599), NEEDS(F(DLP_BLOCK)), IS(BLOCKED_BY_POLICY, blocked_dlp) },
	{ GATEWAY(2009), NEEDS(F(KEY_IS_TOKEN)), IS(KEYS_SWAPPED, swapped) },
	{ GATEWAY(2009), NEEDS(F(TOKEN_LIKE_KEY) | F(KEY_LIKE_TOKEN)), IS(KEYS_SWAPPED, swapped) },
	{ GATEWAY(2009), NEEDS(F(TOKEN_LIKE_KEY)), IS(GATEWAY_TOKEN_REJECTED, token_is_key) },
	{ GATEWAY(2009), NEEDS(F(NO_TOKEN)), IS(GATEWAY_TOKEN_MISSING, token_missing) },
	{ GATEWAY(2009), NEEDS(F(AGAIN)), ASK(TOKEN), IS(GATEWAY_TOKEN_REJECTED, token_rejected) },
	{ GATEWAY(2009), NEEDS(F(TOKEN_SENT)), ASK(AGAIN), IS(GATEWAY_TOKEN_REJECTED, token_rejected) },
	{ GATEWAY(2009), IS(GATEWAY_TOKEN_REJECTED, token_rejected_or_missing) },
	{ GATEWAY(2001), NEEDS(F(ACCOUNT_UNLISTED)), IS(ACCOUNT_NOT_FOUND, account_missing) },
	{ GATEWAY(2001), NEEDS(F(API_DENIED)), IS(ACCOUNT_NOT_FOUND, account_or_rights) },
	{ GATEWAY(2001), NEEDS(F(GATEWAY_UNLISTED)), IS(GATEWAY_NOT_FOUND, gateway_missing) },
	{ GATEWAY(2001), NEEDS(F(API_LISTED)), IS(GATEWAY_ERROR, gateway_listed) },
	{ GATEWAY(2001), NEEDS(F(PASTED)), IS(GATEWAY_NOT_FOUND, gateway_or_account_pasted) },
	{ GATEWAY(2001), ASK(GATEWAYS), IS(GATEWAY_NOT_FOUND, gateway_or_account) },
	{ GATEWAY(2008), NEEDS(F(COMPAT) | F(NO_PREFIX)), IS(MODEL_NOT_FOUND, model_no_prefix) },
	{ GATEWAY(2008), NEEDS(F(COMPAT) | F(PREFIX_KNOWN)), IS(MODEL_NOT_FOUND, model_compat) },
	{ GATEWAY(2008), NEEDS(F(COMPAT)), IS(PROVIDER_NOT_FOUND, provider_compat) },
	{ GATEWAY(2008), NEEDS(F(PROVIDER_DISABLED)), IS(PROVIDER_NOT_FOUND, provider_disabled) },
	{ GATEWAY(2008), NEEDS(F(PROVIDER_UNLISTED)), IS(PROVIDER_NOT_FOUND, provider_absent) },
	{ GATEWAY(2008), NEEDS(F(API_LISTED)), IS(PROVIDER_NOT_FOUND, provider_listed) },
	{ GATEWAY(2008), NEEDS(F(CUSTOM)), ASK(PROVIDERS), IS(PROVIDER_NOT_FOUND, provider_custom_unknown) },
	{ GATEWAY(2008), NEEDS(F(PASTED) | F(NO_BASE)), IS(PROVIDER_NOT_FOUND, provider_or_model) },
	{ GATEWAY(2008), IS(PROVIDER_NOT_FOUND, provider_unknown) },
	{ GATEWAY(2019), NEEDS(F(COMPAT) | F(NO_PREFIX)), IS(MODEL_NOT_FOUND, model_no_prefix) },
	{ GATEWAY(2019), NEEDS(F(COMPAT)), IS(MODEL_NOT_FOUND, model_compat) },
	{ GATEWAY(2019), IS(BASE_URL_WRONG_PATH, path_compat) },
	{ GATEWAY(2003), IS(RATE_LIMITED, rate_gateway) },
	{ GATEWAY(2021), SAYS("rate limit"), IS(RATE_LIMITED, rate_billing) },
	{ GATEWAY(2021), SAYS("invalid user credentials"), NEEDS(F(KEY_SENT)), IS(GATEWAY_ERROR, gateway_credentials) },
	{ GATEWAY(2021), SAYS("invalid user credentials"), IS(PROVIDER_KEY_MISSING, gateway_credentials_or_none) },
	{ GATEWAY(2021), SAYS("authentication is required"), IS(PROVIDER_KEY_MISSING, billing_needs_token) },
	{ GATEWAY(2021), SAYS("credits"), NEEDS(F(UNIFIED)), IS(QUOTA_EXHAUSTED, quota_billing) },
	{ GATEWAY(2021), SAYS("insufficient balance"), NEEDS(F(UNIFIED)), IS(QUOTA_EXHAUSTED, quota_billing) },
	{ GATEWAY(2021), SAYS("insufficient balance"), NEEDS(F(KEY_SENT)), IS(QUOTA_EXHAUSTED, quota_unused_key) },
	{ GATEWAY(2021), SAYS("insufficient balance"), LACKS(F(NO_KEY)), IS(QUOTA_EXHAUSTED, quota_billing) },
	{ GATEWAY(2021), STATUS(400, 400), NEEDS(F(UNIFIED)), IS(PROVIDER_KEY_MISSING, billing_off) },
	{ GATEWAY(2021), NEEDS(F(UNIFIED)), IS(PROVIDER_KEY_MISSING, not_sold) },
	{ GATEWAY(2021), NEEDS(F(STORED)), IS(PROVIDER_KEY_MISSING, key_not_stored) },
	{ GATEWAY(2021), NEEDS(F(KEY_SENT)), IS(PROVIDER_KEY_MISSING, key_unseen_here) },
	{ GATEWAY(2021), IS(PROVIDER_KEY_MISSING, key_missing) },
	{ GATEWAY(2040), IS(PROVIDER_KEY_MISSING, alias_unknown) },
	{ GATEWAY(2041), IS(QUOTA_EXHAUSTED, quota_spend) },
	{ GATEWAY(2045), IS(QUOTA_EXHAUSTED, quota_spend) },
	{ GATEWAY(2049), IS(QUOTA_EXHAUSTED, quota_billing) },
	{ GATEWAY(2016), IS(BLOCKED_BY_POLICY, blocked_guardrails) },
	{ GATEWAY(2017), IS(BLOCKED_BY_POLICY, blocked_guardrails) },
	{ GATEWAY(2029), IS(BLOCKED_BY_POLICY, blocked_dlp) },
	{ GATEWAY(2030), IS(BLOCKED_BY_POLICY, blocked_dlp) },
	{ GATEWAY(2005), NEEDS(F(DIRECT_WORKS)), IS(PROVIDER_ERROR, provider_closed_to_gateway) },
	{ GATEWAY(2005), NEEDS(F(DIRECT_FAILS)), IS(PROVIDER_ERROR, provider_failed_both) },
	{ GATEWAY(2005), ASK(DIRECT), IS(PROVIDER_ERROR, provider_unreachable) },
	{ GATEWAY(2006), NEEDS(F(DIRECT_WORKS)), IS(PROVIDER_ERROR, provider_closed_to_gateway) },
	{ GATEWAY(2006), ASK(DIRECT), IS(PROVIDER_ERROR, provider_unreachable) },
	{ GATEWAY(2002), IS(GATEWAY_ERROR, gateway_dynamic) },
	{ GATEWAY(2018), IS(GATEWAY_ERROR, gateway_credentials) },
	{ GATEWAY(2047), IS(GATEWAY_ERROR, gateway_credentials) },
	{ GATEWAY(2036), IS(GATEWAY_ERROR, gateway_compat_off) },
	{ GATEWAY(0), SAYS("spend-limit enforcement"), IS(GATEWAY_ERROR, gateway_price) },
	{ GATEWAY(0), STATUS(429, 429), IS(RATE_LIMITED, rate_gateway) },
	{ GATEWAY(0), IS(GATEWAY_ERROR, gateway_failed) },

	/* Cloudflare's REST API, behind workers-ai: the key is one of its tokens. */
	{ PLATFORM(10000), IS(PROVIDER_KEY_REJECTED, platform_key) },
	{ PLATFORM(9109), IS(PROVIDER_KEY_REJECTED, platform_key) },
	{ PLATFORM(5007), ASK(MODEL), IS(MODEL_NOT_FOUND, model_unknown) },
	{ PLATFORM(7003), SAYS("model not found"), ASK(MODEL), IS(MODEL_NOT_FOUND, model_unknown) },
	{ PLATFORM(7003), NEEDS(F(SAYS_NO_ACCOUNT)), IS(ACCOUNT_NOT_FOUND, account_malformed) },
	{ PLATFORM(7003), SAYS("could not route"), IS(BASE_URL_WRONG_PATH, platform_route) },
	{ PLATFORM(3036), IS(QUOTA_EXHAUSTED, quota_provider) },
	{ PLATFORM(3040), IS(RATE_LIMITED, rate_provider) },
};
/* clang-format on */

const struct rule_group rules_gateway = { rows, ARRAY_SIZE(rows) };
