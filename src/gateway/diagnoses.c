/* SPDX-License-Identifier: MIT */
#include "gateway/diagnoses_internal.h"

#include "base/attributes.h"
#include "base/i18n.h"

#define SENTENCE(name, means_, advice_)                                        \
	static const struct sentence name = { (means_), (advice_), NULL,       \
		DIAGNOSIS_OK }
#define EITHER(name, means_, advice_, other, tell_)                            \
	static const struct sentence name = { (means_), (advice_), (tell_),    \
		DIAGNOSIS_##other }

/* clang-format off */

/* The route works. */
SENTENCE(works, N_("the route works"), "");
SENTENCE(budget_proves, N_("token, key, path and model have passed: only the size of the test was refused"), "");
SENTENCE(parameter_proves, N_("token, key, path and model have passed: only a parameter of the test was refused"), "");
SENTENCE(works_as_stream, N_("the route works, but the answer came as server-sent events though a whole one was asked for"), "");
SENTENCE(token_proven, N_("the gateway accepts the token; this provider has no chat call, so its key is not proven"), "");

/* The gateway token. */
SENTENCE(token_missing,
	N_("no gateway token: CF_AIG_TOKEN is empty or not set"),
	N_("aigenv secret set CF_AIG_TOKEN{p} with a Cloudflare API token that has the permission AI Gateway: Run"));
SENTENCE(token_rejected,
	N_("the gateway does not accept CF_AIG_TOKEN: it is wrong, revoked, of another account, or lacks the permission AI Gateway: Run"),
	N_("make a token with AI Gateway: Run for this account, then aigenv secret set CF_AIG_TOKEN{p}"));
SENTENCE(token_is_key,
	N_("the gateway does not accept CF_AIG_TOKEN, which has the form of a provider's key"),
	N_("put a Cloudflare API token with AI Gateway: Run there: aigenv secret set CF_AIG_TOKEN{p}"));
EITHER(token_rejected_or_missing,
	N_("the gateway got no token, or one that it does not accept: its answer is the same for both"),
	N_("see that cf-aig-authorization: Bearer <token> goes out, with a Cloudflare API token that has AI Gateway: Run"),
	GATEWAY_TOKEN_MISSING, N_("the same request with `curl -v`, which shows the headers that go out, or `aigenv verify`"));

/* The provider key. */
SENTENCE(key_missing,
	N_("{provider} was called without its key; the gateway token is no substitute for it"),
	N_("{set_key}; both headers have to go out with every call"));
SENTENCE(key_unseen,
	N_("a key was sent, but {speaker} says that none arrived: the header is not the one it reads, or something on the way dropped it"),
	N_("send it as {header}; {show_slug} has the header of each provider"));
SENTENCE(key_not_stored,
	N_("the profile says that the key is kept at Cloudflare, but the gateway has none for {provider}"),
	N_("store a key for {provider} in the dashboard (AI Gateway, {gateway}, Provider Keys), or {header_mode} and {give_key}"));
SENTENCE(alias_unknown,
	N_("the gateway has no stored key of this alias for {provider}"),
	N_("look up the alias in the dashboard (AI Gateway, {gateway}, Provider Keys), and {set_alias}; or add the key there"));
SENTENCE(billing_off,
	N_("nothing may be billed at this gateway: it takes keys alone (its setting byok_only), and none is sent or stored"),
	N_("dashboard, AI Gateway, {gateway}, Settings: allow Unified Billing; or {header_mode}, then {give_key}"));
SENTENCE(not_sold,
	N_("{provider} or this model is not sold through Cloudflare's billing"),
	N_("{header_mode}, then {give_key}"));
SENTENCE(billing_needs_token,
	N_("Cloudflare bills only through an authenticated gateway, and this one is open; no key was sent either"),
	N_("switch Authenticated Gateway on (dashboard, AI Gateway, {gateway}, Settings), or send the key of {provider}"));
SENTENCE(key_rejected,
	N_("the gateway token is fine, {provider} refuses the key"),
	N_("{set_key}; the call is in the gateway's log: dashboard, AI Gateway, {gateway}, Logs"));
SENTENCE(key_rejected_directly,
	N_("{provider} refuses the key"),
	N_("{set_key}"));
SENTENCE(key_rejected_both,
	N_("{provider} refuses the key, through the gateway and directly"),
	N_("{set_key}"));
SENTENCE(key_changed,
	N_("{provider} takes the key when it is called directly, and refuses it through the gateway: another key, or none, arrives there"),
	N_("dashboard, AI Gateway, {gateway}: look for a stored key of {provider} (Provider Keys) and for the base URL of the custom provider"));
SENTENCE(stored_rejected,
	N_("{provider} refuses the key that is stored at Cloudflare"),
	N_("store a working key for {provider} in the dashboard (AI Gateway, {gateway}, Provider Keys)"));
SENTENCE(same_value,
	N_("CF_AIG_TOKEN and {key} hold the same value: the gateway takes it, {provider} does not"),
	N_("{give_key} with the key of {provider}"));
SENTENCE(platform_key,
	N_("the gateway token is fine, but {key} is no Cloudflare token that may use Workers AI"),
	N_("make a Cloudflare API token with Workers AI: Read, then {give_key}"));
EITHER(key_direct,
	N_("{provider} refuses the request for want of a good key; what was sent is not told"),
	N_("see that {header} goes out with the provider's own key"),
	PROVIDER_KEY_MISSING, N_("the same request with `curl -v`, which shows the headers that go out"));
EITHER(key_rejected_or_missing,
	N_("{provider} refuses the request for want of a good key; what was sent is not told"),
	N_("see that {header} goes out with the provider's own key, beside cf-aig-authorization"),
	PROVIDER_KEY_MISSING, N_("the same request with `curl -v`, which shows the headers that go out, or `aigenv verify`"));
SENTENCE(swapped,
	N_("the gateway token and the provider key are in each other's place"),
	N_("aigenv secret set CF_AIG_TOKEN{p} takes the Cloudflare token, {give_key} the key of {provider}"));
SENTENCE(key_is_token,
	N_("{key} holds a Cloudflare token, where the key of {provider} belongs"),
	N_("{give_key} with the key of {provider}; the Cloudflare token is CF_AIG_TOKEN"));
SENTENCE(token_as_key,
	N_("{provider} got the gateway token as its key: the key that it shows ends as CF_AIG_TOKEN does"),
	N_("send {key} as {header} and the token as cf-aig-authorization alone; dashboard, AI Gateway, {gateway}, Provider Keys shows what is stored"));

/* A paste without the answer's body. */
#define SHOW_BODY "paste what the same call gives with `curl -i`, or run `aigenv verify`"
#define THE_BODY "the answer's body"
EITHER(refused_unseen,
	N_("the call was refused, and the paste does not show by whom: the provider for its key, or the gateway for its token"),
	SHOW_BODY, GATEWAY_TOKEN_REJECTED, THE_BODY);
EITHER(forbidden,
	N_("{provider} forbids the call: the key is not good for it, or something else bars it (balance, model, country, a firewall); what, the paste does not show"),
	"see what {provider} says of the key, its balance and its models; the whole answer (`curl -i`) tells more",
	PROVIDER_ERROR, THE_BODY);
EITHER(forbidden_unseen,
	N_("the call was forbidden, and the paste does not show by whom: the provider (key, balance, model, country), or Cloudflare (a firewall, the token)"),
	SHOW_BODY, NOT_AN_API, THE_BODY);
EITHER(quota_unseen,
	N_("somebody wants to be paid: the provider, or Cloudflare's billing because no key was sent"),
	SHOW_BODY, PROVIDER_KEY_MISSING, THE_BODY);
EITHER(rate_unseen,
	N_("too many requests, or a quota is used up: the paste does not show whose"),
	SHOW_BODY, QUOTA_EXHAUSTED, THE_BODY);
EITHER(failed_unseen,
	N_("a server failed, and the paste does not show whose: the provider's, or Cloudflare's"),
	SHOW_BODY, GATEWAY_ERROR, THE_BODY);
EITHER(error_unseen,
	N_("the call was refused, and the paste does not show why: most of the gateway's own errors have this status, and some of the provider's"),
	SHOW_BODY, PROVIDER_ERROR, THE_BODY);

EITHER(error_said,
	N_("the call was refused in words that aigenv does not know; whose they are, the paste does not show"),
	SHOW_BODY, GATEWAY_ERROR, N_("the whole answer, with its headers"));

SENTENCE(environment,
	N_("no call was made: the variable of the key is empty or not set where the client was made"),
	N_("restart the app with its new environment (`aigenv apply{p}` prints the command for PM2, which keeps the old one), and see that .env is loaded before the client is made"));
SENTENCE(token_good,
	N_("Cloudflare's API says that the token is valid; whether it has the permission AI Gateway: Run, it does not say"),
	"");
SENTENCE(token_bad,
	N_("Cloudflare's API does not accept the token: it is wrong, disabled or expired"),
	N_("make a token with AI Gateway: Run for this account, then aigenv secret set CF_AIG_TOKEN{p}"));
SENTENCE(key_of_account,
	N_("{provider} takes the key, but not for the model {model}{near}: it is unknown, or not open to this account"),
	N_("{set_model}, or have it opened for the account at {provider}"));
SENTENCE(too_long,
	N_("the request is longer than the model {model} takes; token, key and URL were not what {provider} complains of"),
	N_("send less of the conversation, or use a model with a larger context"));
SENTENCE(busy,
	N_("{provider} is overloaded or failed; token, key and URL were not what it complains of"),
	N_("try again later, and look at the provider's status page"));

SENTENCE(ok_unseen,
	N_("the call was answered with success; its body is not in the paste"),
	"");
SENTENCE(pieces,
	N_("pieces of an answer came: token, key, path and model have passed; the stream's end is not in the paste"),
	"");
SENTENCE(list_works,
	N_("a list of models came: token, key and path have passed"),
	"");

#define RUN_VERIFY "the same request with `curl -i`, which shows what is said"
EITHER(money_direct,
	N_("{provider} wants to be paid: balance or quota is used up"),
	N_("top up or change the plan at {provider}"), RATE_LIMITED, RUN_VERIFY);
EITHER(rate_direct,
	N_("too many requests at {provider}, or a quota there is used up"),
	N_("wait a minute and try again; look at balance and limits at {provider}"),
	QUOTA_EXHAUSTED, THE_BODY);

/* The base URL. */
SENTENCE(version_missing,
	N_("the base URL lacks its version: {fixed} answers, {base} does not"),
	N_("{set_fix}"));
EITHER(version_missing_perhaps,
	N_("nothing answers at {base}: a custom provider's base URL has to end in its version, as in {fixed}"),
	N_("add the version to the base URL: {set_fix}"),
	BASE_URL_WRONG_PATH, N_("`aigenv verify`, which asks with the version and without"));
SENTENCE(version_doubled,
	N_("the base URL has a version too many: {fixed} answers, {base} does not; {doubled}"),
	N_("{set_fix}{or_base_url}"));
SENTENCE(version_repeated,
	N_("the version is twice in the URL that {provider} was called with; {doubled}"),
	N_("{set_fix}{or_base_url}"));
SENTENCE(version_repeated_there,
	N_("the version is twice in the URL that {provider} was called with, and the base URL here has none: the provider's base_url at Cloudflare repeats it"),
	N_("take it out of the custom provider's base_url once: dashboard, AI > AI Gateway > Custom Providers"));
SENTENCE(path_wrong,
	N_("{provider} has no API at {base}, with its version or without"),
	N_("check {setting} against {show_slug} and the provider's base_url in the dashboard"));
SENTENCE(path_known,
	N_("{provider} has no API at {base}, but at {known}"),
	N_("{set_known}"));
EITHER(path_or_model,
	N_("{provider} has nothing at this address: the path of the base URL is wrong, or the model {model} is unknown"),
	N_("check the path against {show_slug}, and the model's name"),
	MODEL_NOT_FOUND, N_("`aigenv verify`, which asks for the models with the version and without"));
SENTENCE(direct_is_gateway,
	N_("direct_url leads to an AI Gateway, not to {provider} itself: the answer is the gateway's own"),
	N_("{show_slug} has the provider's own base URL: {set_direct}"));
SENTENCE(path_compat,
	N_("the path is that of compat, where a model is written provider/model and the request has OpenAI's form"),
	N_("take the provider's own segment instead of compat ({show_slug}), and {set_provider}"));

/* Account, gateway, provider. */
EITHER(platform_route,
	N_("Cloudflare's API has nothing at this path: the base URL's path is wrong, or the account id in it is malformed"),
	N_("check the path against {show_slug}, and account_id against the dashboard's address"),
	ACCOUNT_NOT_FOUND, N_("`aigenv config get`, which shows both"));
SENTENCE(account_missing,
	N_("there is no account {account}, or the API token is of another one"),
	N_("copy the account id from the dashboard's address, and {set_account}"));
EITHER(account_or_rights,
	N_("Cloudflare's API does not let the API token into account {account}: there is no such account, or the token is another account's or lacks AI Gateway: Read"),
	N_("copy the account id from the dashboard's address, and {set_account}"),
	GATEWAY_NOT_FOUND, N_("`aigenv verify{p} --api-token ...` with a token that has AI Gateway: Read on this account"));
SENTENCE(gateway_missing,
	N_("account {account} has no gateway {gateway}{near}"),
	N_("dashboard, AI > AI Gateway lists them; {set_gateway}"));
EITHER(gateway_or_account,
	N_("there is no gateway {gateway} in account {account}: one of the two is wrong, and the answer does not tell which"),
	N_("dashboard, AI > AI Gateway shows both: where it is the gateway, {set_gateway}; where it is the account, {set_account}"),
	ACCOUNT_NOT_FOUND, N_("`aigenv verify{p} --api-token env:CLOUDFLARE_API_TOKEN`, which asks Cloudflare's API"));
SENTENCE(gateway_listed,
	N_("AI Gateway says that {gateway} is not set up, but Cloudflare's API lists it in account {account}"),
	N_("wait a minute if it is new; else save its settings once more (dashboard, AI Gateway, {gateway}, Settings)"));
SENTENCE(provider_unknown,
	N_("the gateway knows no provider {segment}"),
	N_("`aigenv providers` lists the built-in ones; a custom provider is custom-<slug> in the URL"));
EITHER(provider_or_model,
	N_("the gateway knows no such provider: its segment in the base URL is wrong, or the call went through compat, and the model has no known provider in front (workers-ai/@cf/..., openai/..., custom-<slug>/...)"),
	N_("check the part behind the gateway's name in the base URL against `aigenv providers`; through compat write the model as provider/model"),
	MODEL_NOT_FOUND, N_("the URL that was called"));
SENTENCE(provider_custom_unknown,
	N_("the gateway knows no provider {segment}: the slug is wrong, or the custom provider is missing or disabled"),
	N_("dashboard, AI > AI Gateway > Custom Providers shows slug and state (in the URL it is custom-<slug>); `aigenv verify{p} --api-token env:CLOUDFLARE_API_TOKEN` tells which"));
SENTENCE(provider_listed,
	N_("the gateway refuses the custom provider {segment}, but Cloudflare's API lists it as enabled"),
	N_("wait a minute if it is new; else save it once more (dashboard, AI > AI Gateway > Custom Providers)"));
SENTENCE(provider_compat,
	N_("compat knows no provider by what stands before the / in {model}: no built-in one has that prefix, and a custom one is missing or disabled"),
	N_("write the model as provider/model; `aigenv providers` lists the providers, and `aigenv providers show` the prefix of each"));
SENTENCE(provider_absent,
	N_("the account has no custom provider {segment}{near}"),
	N_("add it in the dashboard, AI > AI Gateway > Custom Providers, or take one that is there, and {set_provider}"));
SENTENCE(provider_disabled,
	N_("the custom provider {segment} is there, but disabled"),
	N_("enable it in the dashboard, AI > AI Gateway > Custom Providers"));

/* The model. */
SENTENCE(model_unknown,
	N_("{provider} does not offer the model {model} at this route{near}"),
	N_("{set_model}"));
SENTENCE(model_no_chat,
	N_("{provider} lists the model {model}, but not for this call"),
	N_("{set_model}: a chat model of {provider}"));
SENTENCE(model_no_prefix,
	N_("compat takes a model as provider/model, and {model} has no provider in front"),
	N_("write it as provider/{model}; `aigenv providers show` has the prefix of each provider"));
SENTENCE(model_compat,
	N_("compat does not offer the model {model}; the provider's part of it is a known one"),
	N_("{set_model}; `aigenv providers show` has examples of each provider"));

/* Limits, money, policies. */
SENTENCE(rate_gateway,
	N_("the gateway's own rate limit was reached, which counts all its providers together"),
	N_("wait a minute and try again; the limit is in the dashboard, AI Gateway, {gateway}, Settings"));
SENTENCE(rate_billing,
	N_("Cloudflare's billing takes no more requests for this minute"),
	N_("wait a minute, or use a key of your own: {header_mode}"));
SENTENCE(rate_provider,
	N_("too many requests: {speaker} asks to wait"),
	N_("wait a minute and try again; the limits are those of the key at {provider}"));
SENTENCE(quota_provider,
	N_("token and key are fine, but {provider} says that balance or quota is used up"),
	N_("top up or change the plan at {provider}"));
SENTENCE(quota_spend,
	N_("a spend limit of the gateway is reached"),
	N_("dashboard, AI Gateway, {gateway}: Spend limits; the answer names the rule"));
SENTENCE(quota_billing,
	N_("Cloudflare bills this provider, and the account has no credits left"),
	N_("dashboard, AI Gateway: add credits, or use a key of your own: {header_mode}"));
SENTENCE(quota_unused_key,
	N_("the gateway wants to bill this call although a key was sent, and the account has no credits"),
	N_("send the key as {header}, which the gateway passes on; or add credits (dashboard, AI Gateway)"));
SENTENCE(blocked_guardrails,
	N_("the gateway's guardrails blocked the call"),
	N_("dashboard, AI Gateway, {gateway}: Guardrails; the log entry names the rule"));
SENTENCE(blocked_dlp,
	N_("the gateway's data loss prevention (DLP) blocked the call"),
	N_("dashboard, AI Gateway, {gateway}: DLP; the log entry names the profile"));
SENTENCE(blocked_provider,
	N_("the content filter of {provider} blocked the call"),
	N_("look at the prompt, and at the filter's settings at {provider}"));

/* Somebody else's failure. */
SENTENCE(provider_failed,
	N_("{provider} failed; token, key and URL were not what it complains of"),
	N_("try again later, and look at the provider's status page"));
SENTENCE(provider_unreachable,
	N_("the gateway got no answer from {provider}"),
	N_("try again later; for a custom provider check its base_url in the dashboard: it must be public, https, and not Cloudflare's own API"));
SENTENCE(provider_failed_both,
	N_("{provider} fails, called directly too"),
	N_("try again later, and look at the provider's status page"));
SENTENCE(provider_closed_to_gateway,
	N_("{provider} answers when it is called directly: only the way through the gateway fails"),
	N_("check the custom provider's base_url in the dashboard, and whether {provider} blocks Cloudflare or its region"));
SENTENCE(provider_refused,
	N_("{provider} refuses the request for a reason of its own"),
	N_("read what it says; `aigenv verify{p} --explain` shows all that was sent and received"));
SENTENCE(provider_region,
	N_("{provider} does not serve the country or region that the call came from"),
	N_("a gateway calls from near this machine: use a machine in a region that {provider} serves, or another provider"));
SENTENCE(gateway_failed,
	N_("AI Gateway itself failed or refused the call"),
	N_("try again in a minute; the gateway's settings and log are in the dashboard, AI Gateway, {gateway}"));
SENTENCE(gateway_credentials,
	N_("Cloudflare refused credentials on its own side"),
	N_("try again in a minute; if it stays, store the key anew (dashboard, AI Gateway, {gateway}, Provider Keys)"));
SENTENCE(gateway_cached,
	N_("the answer is out of the gateway's cache although that was ruled out: it proves nothing"),
	N_("wait five minutes, or change the cache settings of {gateway}, and try again"));
SENTENCE(gateway_compat_off,
	N_("the compat endpoint is switched off in this gateway"),
	N_("use the provider's own segment, or switch it on in the dashboard, AI Gateway, {gateway}, Settings"));
SENTENCE(gateway_dynamic,
	N_("a dynamic route of the gateway could not read its model's answer"),
	N_("dashboard, AI Gateway, {gateway}: Dynamic Routes"));
SENTENCE(gateway_price,
	N_("the gateway has spend limits, and no price for this model to count with"),
	N_("use a model that Cloudflare has a price for, or take the spend limit off (dashboard, AI Gateway, {gateway})"));

SENTENCE(parameter_refused,
	N_("token, key, path and model have passed: what is refused is a parameter of the request"),
	N_("change the parameter that the answer names"));

/* No API. */
SENTENCE(page,
	N_("what answered is not the API: a proxy, a login page, or another server"),
	N_("check origin and custom_domain, and whether a proxy or captive portal stands between (HTTPS_PROXY, NO_PROXY)"));
SENTENCE(page_challenge,
	N_("Cloudflare shows a challenge meant for browsers, which no API client can pass"),
	N_("take the challenge (WAF rule, bot fight mode, Under Attack) off the custom domain for this path, or off this machine's address"));
SENTENCE(page_edge,
	N_("Cloudflare's edge refuses this client before the gateway, and any token or key, is looked at"),
	N_("see that the client sends a User-Agent of its own, that no proxy changes the request, and that no rule of the custom domain blocks it"));
SENTENCE(page_blocked,
	N_("Cloudflare's firewall blocked the client before any token or key was looked at"),
	N_("see whether the client sends a User-Agent; at a custom domain take the rule that blocks off this path, or off this machine's address"));
SENTENCE(page_origin,
	N_("Cloudflare finds or reaches no server behind this address"),
	N_("check the host of the base URL, and custom_domain"));
SENTENCE(worker_failed,
	N_("a Cloudflare Worker failed at this address: AI Gateway itself, or what stands at the custom domain"),
	N_("try again in a minute; if it stays, look at the Worker's log, or take the gateway's own address"));
SENTENCE(page_access,
	N_("Cloudflare Access stands in front and wants a login"),
	N_("give the machine a service token, or take Access off this path; use the gateway's own address meanwhile: aigenv config unset custom_domain{p}"));
SENTENCE(page_proxy,
	N_("a proxy or portal on the way answered, not Cloudflare: the answer has no cf-ray"),
	N_("check HTTPS_PROXY and NO_PROXY, and whether this network wants a login"));
SENTENCE(encoded,
	N_("the answer is compressed, but in a way that was not asked for, or damaged: something on the way changes answers ({fault})"),
	N_("check HTTPS_PROXY, and any proxy in front of custom_domain"));
SENTENCE(other_json,
	N_("the answer is JSON, but no completion: another kind of API is at this address"),
	N_("check the path against {show_slug}"));
SENTENCE(no_stream,
	N_("the plain call works, but asked for server-sent events the answer is none"),
	N_("does {provider} stream this model? A proxy that waits for whole answers does this too"));
SENTENCE(stream_refused,
	N_("the plain call works, but {provider} does not stream this model"),
	N_("use it without \"stream\": true, or try another model with `aigenv verify{p} --stream --model`"));
SENTENCE(broken_answer,
	N_("the answer is server-sent events, unasked, and they break off"),
	N_("try again; see what stands between: a proxy, or another server at this address"));
SENTENCE(broken_stream,
	N_("the plain call works, but the stream breaks off or is not in the API's form"),
	N_("try again; a proxy between that cuts long answers does this too"));

/* No answer. */
SENTENCE(no_name,
	N_("the host name could not be resolved: {fault}"),
	N_("check origin or custom_domain, the resolver of this machine, and HTTPS_PROXY"));
SENTENCE(no_connection,
	N_("no connection: {fault}"),
	N_("check that this machine may reach the host (firewall, HTTPS_PROXY), and the port of origin"));
SENTENCE(no_proxy,
	N_("no connection: {fault}"),
	N_("check HTTPS_PROXY, its user and password, and whether the host belongs into NO_PROXY"));
SENTENCE(tls_refused,
	N_("the TLS connection failed: {fault}; a server that is asked for no host name (SNI), or for one that it does not have, refuses so"),
	N_("in nginx: `proxy_ssl_server_name on;` and the host in proxy_pass; elsewhere see that the host's name, not its address, is called"));
SENTENCE(no_tls,
	N_("the TLS connection failed: {fault}"),
	N_("check the clock and the certificates of this machine; behind an inspecting proxy name its authority in SSL_CERT_FILE"));
SENTENCE(tls_time,
	N_("the TLS connection failed: {fault}"),
	N_("check this machine's clock (`date`); if it is right, the server needs a new certificate"));
SENTENCE(tls_host,
	N_("the TLS connection failed: {fault}"),
	N_("check origin or custom_domain: is this the server that is meant?"));
SENTENCE(tls_authority,
	N_("the TLS connection failed: {fault}"),
	N_("install ca-certificates; behind an inspecting proxy name the file with its authority in SSL_CERT_FILE"));
SENTENCE(too_late,
	N_("{fault}"),
	N_("try again, or with a longer limit: aigenv verify{p} --timeout 120"));
SENTENCE(no_whole_answer,
	N_("an answer began, but cannot be used: {fault}"),
	N_("try again; if it stays, see what stands between: a proxy, or another server at this address"));
SENTENCE(redirect,
	N_("the answer is a redirect to {target}; keys are never sent after one"),
	N_("use the final address as origin or custom_domain"));
SENTENCE(redirect_access,
	N_("Cloudflare Access stands in front: the answer is a redirect to its login"),
	N_("give the machine a service token, or take Access off this path; use the gateway's own address meanwhile: aigenv config unset custom_domain{p}"));

#define PROVIDERS (SPEAKER_PROVIDER | SPEAKER_PLATFORM)
#define UPSTREAM (PROVIDERS | SPEAKER_TEXT)
#define PAGES (SPEAKER_PAGE | SPEAKER_TEXT)
#define NO_API (SPEAKER_PAGE | SPEAKER_TEXT | SPEAKER_JSON | SPEAKER_LIST)

#define GATEWAY(number) .speakers = SPEAKER_GATEWAY, .code = (number)
#define PLATFORM(number) .speakers = SPEAKER_PLATFORM, .code = (number)
#define HEARD(who) .speakers = (who)
#define STATUS(from, to) .least = (from), .most = (to)
#define SAYS(word) .says = (word)
#define FAILED(outcome) .speakers = SPEAKER_NOBODY, .no = (outcome)
#define BY(what) .fault = (what)
#define NEEDS(set) .needs = (set)
#define LACKS(set) .lacks = (set)
#define F(name) FACT(FACT_##name)
#define ASK(name) .plan = PLAN_##name
#define IS(name, words) .cause = DIAGNOSIS_##name, .sentence = &(words)

/*
 * Codes are AI Gateway's and those of Cloudflare's REST API; words are those
 * that providers keep stable. Where a row with a plan stands below rows with
 * what the plan finds out, the first pass reaches the plan, the second the
 * conclusion.
 */
static const struct sign signs[] = {
	/* Before any call. */
	{ HEARD(SPEAKER_UNASKED), NEEDS(F(NO_TOKEN)), LACKS(F(DIRECT)), IS(GATEWAY_TOKEN_MISSING, token_missing) },
	{ HEARD(SPEAKER_UNASKED), NEEDS(F(NO_KEY) | F(KEY_NEEDED)), IS(PROVIDER_KEY_MISSING, key_missing) },
	{ HEARD(SPEAKER_UNASKED), NEEDS(F(KEY_LIKE_TOKEN)), LACKS(F(TOKEN_LIKE_TOKEN)), IS(KEYS_SWAPPED, key_is_token) },
	{ HEARD(SPEAKER_UNASKED), NEEDS(F(KEY_LIKE_TOKEN) | F(DIRECT)), IS(KEYS_SWAPPED, key_is_token) },
	{ HEARD(SPEAKER_UNASKED), IS(OK, works) },

	/* Told in words that are nobody else's. */
	{ NEEDS(F(SAYS_ENVIRONMENT) | F(PASTED)), LACKS(F(THROUGH_GATEWAY)), IS(PROVIDER_KEY_MISSING, environment) },
	{ HEARD(SPEAKER_JSON), NEEDS(F(SAYS_TOKEN_GOOD)), IS(OK, token_good) },
	{ HEARD(SPEAKER_PLATFORM | SPEAKER_JSON | SPEAKER_PROVIDER), NEEDS(F(SAYS_TOKEN_BAD) | F(PASTED)), IS(GATEWAY_TOKEN_REJECTED, token_bad) },
	{ HEARD(PAGES | SPEAKER_PROVIDER), NEEDS(F(SAYS_BLOCKED)), IS(NOT_AN_API, page_blocked) },
	{ HEARD(PAGES | SPEAKER_PROVIDER), NEEDS(F(SAYS_ORIGIN)), IS(NOT_AN_API, page_origin) },
	{ HEARD(PAGES | SPEAKER_PROVIDER), NEEDS(F(SAYS_WORKER)), IS(GATEWAY_ERROR, worker_failed) },
	{ HEARD(PAGES | SPEAKER_PROVIDER), NEEDS(F(SAYS_RATE)), SAYS("error code: 1015"), IS(RATE_LIMITED, rate_gateway) },
	{ HEARD(PAGES | SPEAKER_PROVIDER), NEEDS(F(SAYS_EDGE)), IS(NOT_AN_API, page_edge) },

	/* What was asked for. */
	{ HEARD(SPEAKER_COMPLETION | SPEAKER_STREAM), NEEDS(F(CACHED) | F(AGAIN)), IS(GATEWAY_ERROR, gateway_cached) },
	{ HEARD(SPEAKER_COMPLETION | SPEAKER_STREAM), NEEDS(F(CACHED)), ASK(AGAIN), IS(GATEWAY_ERROR, gateway_cached) },
	{ HEARD(SPEAKER_STREAM), STATUS(200, 299), IS(OK, works_as_stream) },
	{ HEARD(SPEAKER_BROKEN_STREAM), NEEDS(F(STREAM_ASKED)), IS(NOT_AN_API, broken_stream) },
	{ HEARD(SPEAKER_BROKEN_STREAM), NEEDS(F(PASTED) | F(PIECES)), IS(OK, pieces) },
	{ HEARD(SPEAKER_BROKEN_STREAM), IS(NOT_AN_API, broken_answer) },
	{ HEARD(SPEAKER_COMPLETION | SPEAKER_JSON), NEEDS(F(STREAM_ASKED)), IS(NOT_AN_API, no_stream) },
	{ HEARD(SPEAKER_COMPLETION), STATUS(200, 299), IS(OK, works) },
	{ HEARD(SPEAKER_LIST), STATUS(200, 299), NEEDS(F(PASTED)), IS(OK, list_works) },
	/* The provider was reached: the gateway let the token pass. */
	{ HEARD(SPEAKER_PROVIDER | SPEAKER_JSON | SPEAKER_LIST), NEEDS(F(TOKEN_ALONE) | F(THROUGH_GATEWAY)), IS(OK, token_proven) },
	{ GATEWAY(2021), NEEDS(F(TOKEN_ALONE)), IS(OK, token_proven) },

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
	{ GATEWAY(2021), SAYS("invalid user credentials"), IS(GATEWAY_ERROR, gateway_credentials) },
	{ GATEWAY(2021), SAYS("authentication is required"), IS(PROVIDER_KEY_MISSING, billing_needs_token) },
	{ GATEWAY(2021), SAYS("credits"), NEEDS(F(UNIFIED)), IS(QUOTA_EXHAUSTED, quota_billing) },
	{ GATEWAY(2021), SAYS("insufficient balance"), NEEDS(F(UNIFIED)), IS(QUOTA_EXHAUSTED, quota_billing) },
	{ GATEWAY(2021), SAYS("insufficient balance"), NEEDS(F(KEY_SENT)), IS(QUOTA_EXHAUSTED, quota_unused_key) },
	{ GATEWAY(2021), SAYS("insufficient balance"), LACKS(F(NO_KEY)), IS(QUOTA_EXHAUSTED, quota_billing) },
	{ GATEWAY(2021), STATUS(400, 400), NEEDS(F(UNIFIED)), IS(PROVIDER_KEY_MISSING, billing_off) },
	{ GATEWAY(2021), NEEDS(F(UNIFIED)), IS(PROVIDER_KEY_MISSING, not_sold) },
	{ GATEWAY(2021), NEEDS(F(STORED)), IS(PROVIDER_KEY_MISSING, key_not_stored) },
	{ GATEWAY(2021), NEEDS(F(KEY_SENT)), IS(PROVIDER_KEY_MISSING, key_unseen) },
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
	{ PLATFORM(7003), SAYS("could not route"), IS(BASE_URL_WRONG_PATH, platform_route) },
	{ PLATFORM(3036), IS(QUOTA_EXHAUSTED, quota_provider) },
	{ PLATFORM(3040), IS(RATE_LIMITED, rate_provider) },

	/* Elsewhere. */
	{ HEARD(UPSTREAM | NO_API | SPEAKER_COMPLETION), STATUS(300, 399), NEEDS(F(ACCESS)), IS(REDIRECTED, redirect_access) },
	{ HEARD(UPSTREAM | NO_API | SPEAKER_COMPLETION), STATUS(300, 399), IS(REDIRECTED, redirect) },

	/* The provider's errors, by words first: some hide them behind 200. */
	{ HEARD(PROVIDERS), STATUS(400, 499), SAYS("spend-limit enforcement"), IS(GATEWAY_ERROR, gateway_price) },
	{ HEARD(PROVIDERS), NEEDS(F(SAYS_QUOTA)), IS(QUOTA_EXHAUSTED, quota_provider) },
	{ HEARD(PROVIDERS), STATUS(402, 402), IS(QUOTA_EXHAUSTED, quota_provider) },
	{ HEARD(PROVIDERS), STATUS(429, 429), NEEDS(F(SAYS_RATE)), IS(RATE_LIMITED, rate_provider) },
	{ HEARD(PROVIDERS), STATUS(429, 429), SAYS("quota"), IS(QUOTA_EXHAUSTED, quota_provider) },
	{ HEARD(PROVIDERS), NEEDS(F(SAYS_LIMIT)), LACKS(F(SAYS_RATE)), IS(QUOTA_EXHAUSTED, quota_provider) },
	{ HEARD(PROVIDERS | PAGES), STATUS(429, 429), IS(RATE_LIMITED, rate_provider) },
	{ HEARD(PROVIDERS), NEEDS(F(SAYS_RATE) | F(PASTED)), LACKS(F(SAYS_KEY_WRONG) | F(SAYS_NO_KEY)), IS(RATE_LIMITED, rate_provider) },
	{ HEARD(PROVIDERS), STATUS(421, 421), IS(BLOCKED_BY_POLICY, blocked_provider) },
	{ HEARD(PROVIDERS), NEEDS(F(SAYS_CONTENT)), IS(BLOCKED_BY_POLICY, blocked_provider) },
	{ HEARD(UPSTREAM), STATUS(400, 499), NEEDS(F(SAYS_DOUBLED) | F(NO_VERSION)), LACKS(F(DIRECT)), IS(BASE_URL_DOUBLED_VERSION, version_repeated_there) },
	{ HEARD(UPSTREAM), STATUS(400, 499), NEEDS(F(SAYS_DOUBLED)), IS(BASE_URL_DOUBLED_VERSION, version_repeated) },
	{ HEARD(UPSTREAM), NEEDS(F(SAYS_DOUBLED) | F(PASTED)), IS(BASE_URL_DOUBLED_VERSION, version_repeated) },
	{ HEARD(PROVIDERS), NEEDS(F(SAYS_REGION)), IS(PROVIDER_ERROR, provider_region) },
	{ HEARD(PROVIDERS), STATUS(403, 403), NEEDS(F(SAYS_MODEL)), LACKS(F(SAYS_KEY_WRONG)), ASK(MODEL), IS(MODEL_NOT_FOUND, key_of_account) },
	{ HEARD(UPSTREAM), NEEDS(F(SAYS_NO_KEY) | F(KEY_SENT)), IS(PROVIDER_KEY_MISSING, key_unseen) },
	{ HEARD(UPSTREAM), NEEDS(F(SAYS_NO_KEY) | F(STORED)), IS(PROVIDER_KEY_MISSING, key_not_stored) },
	{ HEARD(UPSTREAM), NEEDS(F(SAYS_NO_KEY) | F(UNIFIED)), IS(PROVIDER_KEY_MISSING, not_sold) },
	{ HEARD(UPSTREAM), NEEDS(F(SAYS_NO_KEY)), IS(PROVIDER_KEY_MISSING, key_missing) },

	/* A key that is refused, or an odd path that answers 401. */
	{ HEARD(PROVIDERS), STATUS(401, 401), NEEDS(F(SAID_ONLY)), LACKS(F(SAYS_KEY_WRONG) | F(DIRECT) | F(THROUGH_GATEWAY)), IS(PROVIDER_KEY_REJECTED, refused_unseen) },
	{ HEARD(PROVIDERS), STATUS(403, 403), NEEDS(F(SAID_ONLY)), LACKS(F(SAYS_KEY_WRONG) | F(DIRECT) | F(THROUGH_GATEWAY)), IS(PROVIDER_KEY_REJECTED, forbidden_unseen) },
	{ HEARD(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(KEY_LIKE_TOKEN)), LACKS(F(SAME_VALUE)), IS(KEYS_SWAPPED, key_is_token) },
	{ HEARD(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(SHOWS_TOKEN)), LACKS(F(SAME_VALUE)), IS(KEYS_SWAPPED, token_as_key) },
	{ HEARD(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(SAME_VALUE)), IS(PROVIDER_KEY_REJECTED, same_value) },
	{ HEARD(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(NO_KEY) | F(SAYS_KEY_WRONG)), IS(PROVIDER_KEY_REJECTED, stored_rejected) },
	/* Without any the gateway would have said so: cf-aig-no-wholesale. */
	{ HEARD(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(NO_KEY) | F(STORED)), IS(PROVIDER_KEY_REJECTED, stored_rejected) },
	{ HEARD(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(NO_KEY) | F(UNIFIED)), IS(PROVIDER_KEY_MISSING, not_sold) },
	{ HEARD(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(LIST_OTHER) | F(NO_VERSION)), LACKS(F(LIST_HERE)), IS(BASE_URL_MISSING_VERSION, version_missing) },
	{ HEARD(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(LIST_OTHER) | F(HAS_VERSION)), LACKS(F(LIST_HERE)), IS(BASE_URL_DOUBLED_VERSION, version_doubled) },
	{ HEARD(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(DIRECT_WORKS)), IS(PROVIDER_KEY_REJECTED, key_changed) },
	{ HEARD(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(DIRECT_REFUSES)), IS(PROVIDER_KEY_REJECTED, key_rejected_both) },
	{ HEARD(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(AGAIN) | F(DIRECT)), IS(PROVIDER_KEY_REJECTED, key_rejected_directly) },
	{ HEARD(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(AGAIN)), IS(PROVIDER_KEY_REJECTED, key_rejected) },
	{ HEARD(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(KEY_SENT)), ASK(KEY), IS(PROVIDER_KEY_REJECTED, key_rejected) },
	{ HEARD(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(SAYS_KEY_WRONG) | F(THROUGH_GATEWAY)), IS(PROVIDER_KEY_REJECTED, key_rejected) },
	{ HEARD(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(SAYS_KEY_WRONG)), IS(PROVIDER_KEY_REJECTED, key_rejected_directly) },
	{ HEARD(UPSTREAM), STATUS(403, 403), NEEDS(F(PASTED)), IS(PROVIDER_KEY_REJECTED, forbidden) },
	{ HEARD(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(DIRECT)), IS(PROVIDER_KEY_REJECTED, key_direct) },
	{ HEARD(UPSTREAM), NEEDS(F(REFUSES_KEY)), IS(PROVIDER_KEY_REJECTED, key_rejected_or_missing) },

	/* A paste that has the status alone: who refused, is not told, unless the
	 * provider was called directly. */
	{ HEARD(SPEAKER_UNSEEN), STATUS(402, 402), NEEDS(F(DIRECT)), IS(QUOTA_EXHAUSTED, money_direct) },
	{ HEARD(SPEAKER_UNSEEN), STATUS(401, 401), NEEDS(F(DIRECT)), IS(PROVIDER_KEY_REJECTED, key_direct) },
	{ HEARD(SPEAKER_UNSEEN), STATUS(403, 403), NEEDS(F(DIRECT)), IS(PROVIDER_KEY_REJECTED, forbidden) },
	{ HEARD(SPEAKER_UNSEEN), STATUS(429, 429), NEEDS(F(DIRECT)), IS(RATE_LIMITED, rate_direct) },
	{ HEARD(SPEAKER_UNSEEN), STATUS(500, 599), NEEDS(F(DIRECT)), IS(PROVIDER_ERROR, provider_failed) },
	{ HEARD(SPEAKER_UNSEEN), STATUS(401, 401), IS(PROVIDER_KEY_REJECTED, refused_unseen) },
	{ HEARD(SPEAKER_UNSEEN), STATUS(403, 403), IS(PROVIDER_KEY_REJECTED, forbidden_unseen) },
	{ HEARD(SPEAKER_UNSEEN), STATUS(402, 402), IS(QUOTA_EXHAUSTED, quota_unseen) },
	{ HEARD(SPEAKER_UNSEEN), STATUS(404, 405), NEEDS(F(CUSTOM) | F(NO_VERSION)), IS(BASE_URL_MISSING_VERSION, version_missing_perhaps) },
	{ HEARD(SPEAKER_UNSEEN), STATUS(404, 405), IS(BASE_URL_WRONG_PATH, path_or_model) },
	{ HEARD(SPEAKER_UNSEEN), STATUS(429, 429), IS(RATE_LIMITED, rate_unseen) },
	{ HEARD(SPEAKER_UNSEEN), STATUS(500, 599), IS(PROVIDER_ERROR, failed_unseen) },
	{ HEARD(SPEAKER_UNSEEN), STATUS(200, 299), IS(OK, ok_unseen) },
	{ HEARD(SPEAKER_UNSEEN), STATUS(300, 399), IS(REDIRECTED, redirect) },
	{ HEARD(SPEAKER_UNSEEN), IS(GATEWAY_ERROR, error_unseen) },

	/* The model, a parameter, the budget. */
	{ HEARD(PROVIDERS), STATUS(400, 499), NEEDS(F(SAYS_MODEL) | F(MODEL_LISTED)), IS(MODEL_NOT_FOUND, model_no_chat) },
	{ HEARD(PROVIDERS), STATUS(400, 404), NEEDS(F(NAMES_MODEL) | F(MODEL_LISTED)), IS(MODEL_NOT_FOUND, model_no_chat) },
	{ HEARD(PROVIDERS), NEEDS(F(SAYS_MODEL)), ASK(MODEL), IS(MODEL_NOT_FOUND, model_unknown) },
	{ HEARD(PROVIDERS), STATUS(400, 499), NEEDS(F(SAYS_PARAMETER) | F(STREAM_ASKED)), IS(PROVIDER_ERROR, stream_refused) },
	{ HEARD(PROVIDERS), NEEDS(F(SAYS_TOO_LONG) | F(PASTED)), IS(PROVIDER_ERROR, too_long) },
	{ HEARD(PROVIDERS), NEEDS(F(SAYS_PARAMETER) | F(PASTED)), IS(PROVIDER_ERROR, parameter_refused) },
	{ HEARD(PROVIDERS), STATUS(400, 400), NEEDS(F(SAYS_BUDGET) | F(PASTED)), IS(PROVIDER_ERROR, parameter_refused) },
	{ HEARD(PROVIDERS), STATUS(400, 400), SAYS("max_completion_tokens"), LACKS(F(RENAMED) | F(PASTED)), ASK(RENAMED), IS(OK, budget_proves) },
	{ HEARD(PROVIDERS), STATUS(400, 400), NEEDS(F(SAYS_BUDGET)), IS(OK, budget_proves) },
	{ HEARD(PROVIDERS), STATUS(400, 400), NEEDS(F(SAYS_PARAMETER)), IS(OK, parameter_proves) },
	{ HEARD(PROVIDERS), STATUS(404, 404), NEEDS(F(NAMES_MODEL)), ASK(MODEL), IS(MODEL_NOT_FOUND, model_unknown) },
	{ HEARD(PROVIDERS), STATUS(400, 400), NEEDS(F(NAMES_MODEL)), ASK(MODEL), IS(MODEL_NOT_FOUND, model_unknown) },

	/* Nothing there: the version, the path or the model. */
	{ HEARD(UPSTREAM | PAGES), STATUS(404, 405), NEEDS(F(API_HERE) | F(MODEL_LISTED)), IS(MODEL_NOT_FOUND, model_no_chat) },
	{ HEARD(UPSTREAM | PAGES), STATUS(404, 405), NEEDS(F(API_HERE)), IS(MODEL_NOT_FOUND, model_unknown) },
	{ HEARD(UPSTREAM | PAGES), STATUS(404, 405), NEEDS(F(API_OTHER) | F(NO_VERSION)), IS(BASE_URL_MISSING_VERSION, version_missing) },
	{ HEARD(UPSTREAM | PAGES), STATUS(404, 405), NEEDS(F(API_OTHER) | F(HAS_VERSION)), IS(BASE_URL_DOUBLED_VERSION, version_doubled) },
	{ HEARD(UPSTREAM | PAGES), STATUS(404, 405), NEEDS(F(API_KNOWN)), IS(BASE_URL_WRONG_PATH, path_known) },
	{ HEARD(PAGES), STATUS(404, 405), NEEDS(F(ONLY_PAGES)), IS(NOT_AN_API, page) },
	{ HEARD(UPSTREAM | PAGES), STATUS(404, 405), NEEDS(F(NO_API)), IS(BASE_URL_WRONG_PATH, path_wrong) },
	{ HEARD(UPSTREAM | PAGES), STATUS(404, 405), NEEDS(F(CUSTOM) | F(NO_VERSION)), ASK(PATH), IS(BASE_URL_MISSING_VERSION, version_missing_perhaps) },
	{ HEARD(UPSTREAM | PAGES), STATUS(404, 405), ASK(PATH), IS(BASE_URL_WRONG_PATH, path_or_model) },
	{ HEARD(PROVIDERS | PAGES), NEEDS(F(SAYS_NO_PATH) | F(PASTED)), IS(BASE_URL_WRONG_PATH, path_or_model) },
	/* Some answer 401 with a page at a path that they do not know. */
	{ HEARD(PAGES), STATUS(401, 401), NEEDS(F(API_OTHER) | F(NO_VERSION)), LACKS(F(API_HERE)), IS(BASE_URL_MISSING_VERSION, version_missing) },
	{ HEARD(PAGES), STATUS(401, 401), NEEDS(F(API_OTHER) | F(HAS_VERSION)), LACKS(F(API_HERE)), IS(BASE_URL_DOUBLED_VERSION, version_doubled) },

	/* The provider, for a reason of its own. */
	{ HEARD(PROVIDERS), NEEDS(F(SAYS_BUSY) | F(PASTED)), IS(PROVIDER_ERROR, busy) },
	{ HEARD(PROVIDERS), STATUS(500, 599), NEEDS(F(DIRECT_WORKS)), IS(PROVIDER_ERROR, provider_closed_to_gateway) },
	{ HEARD(PROVIDERS), STATUS(500, 599), NEEDS(F(DIRECT_FAILS)), IS(PROVIDER_ERROR, provider_failed_both) },
	{ HEARD(PROVIDERS), STATUS(500, 599), ASK(DIRECT), IS(PROVIDER_ERROR, provider_failed) },
	{ HEARD(PROVIDERS), STATUS(400, 499), NEEDS(F(MODEL_NOT_LISTED)), IS(MODEL_NOT_FOUND, model_unknown) },
	{ HEARD(PROVIDERS), NEEDS(F(SAID_ONLY)), LACKS(F(DIRECT) | F(THROUGH_GATEWAY)), IS(PROVIDER_ERROR, error_said) },
	{ HEARD(PROVIDERS), STATUS(400, 499), ASK(MODEL), IS(PROVIDER_ERROR, provider_refused) },
	{ HEARD(PROVIDERS), IS(PROVIDER_ERROR, provider_refused) },

	/* Pages and text: no API spoke. */
	{ HEARD(NO_API), NEEDS(F(CHALLENGE)), IS(NOT_AN_API, page_challenge) },
	{ HEARD(PAGES), NEEDS(F(ACCESS)), IS(NOT_AN_API, page_access) },
	{ HEARD(PAGES), STATUS(401, 401), ASK(PATH), IS(NOT_AN_API, page) },
	{ HEARD(PAGES), STATUS(500, 599), NEEDS(F(DIRECT)), IS(PROVIDER_ERROR, provider_failed) },
	{ HEARD(PAGES), STATUS(500, 599), NEEDS(F(THROUGH_GATEWAY)), IS(PROVIDER_ERROR, provider_failed) },
	{ HEARD(PAGES), STATUS(500, 599), NEEDS(F(THROUGH_EDGE)), IS(GATEWAY_ERROR, gateway_failed) },
	{ HEARD(PAGES), STATUS(400, 599), NEEDS(F(NO_EDGE)), LACKS(F(DIRECT)), IS(NOT_AN_API, page_proxy) },
	{ HEARD(PAGES), IS(NOT_AN_API, page) },
	{ HEARD(SPEAKER_JSON | SPEAKER_LIST), IS(NOT_AN_API, other_json) },

	/* No whole answer. */
	{ FAILED(HTTP_DNS_FAILED), IS(DNS_FAILED, no_name) },
	{ FAILED(HTTP_CONNECT_FAILED), BY(HTTP_FAULT_PROXY_CONNECT), IS(CONNECT_FAILED, no_proxy) },
	{ FAILED(HTTP_CONNECT_FAILED), BY(HTTP_FAULT_PROXY_PASSWORD), IS(CONNECT_FAILED, no_proxy) },
	{ FAILED(HTTP_CONNECT_FAILED), BY(HTTP_FAULT_PROXY_REFUSED), IS(CONNECT_FAILED, no_proxy) },
	{ FAILED(HTTP_CONNECT_FAILED), IS(CONNECT_FAILED, no_connection) },
	{ FAILED(HTTP_TLS_FAILED), BY(HTTP_FAULT_CERTIFICATE_EXPIRED), IS(TLS_FAILED, tls_time) },
	{ FAILED(HTTP_TLS_FAILED), BY(HTTP_FAULT_CERTIFICATE_EARLY), IS(TLS_FAILED, tls_time) },
	{ FAILED(HTTP_TLS_FAILED), BY(HTTP_FAULT_CERTIFICATE_HOST), IS(TLS_FAILED, tls_host) },
	{ FAILED(HTTP_TLS_FAILED), BY(HTTP_FAULT_CERTIFICATE_AUTHORITY), IS(TLS_FAILED, tls_authority) },
	{ FAILED(HTTP_TLS_FAILED), BY(HTTP_FAULT_TLS_REFUSED), IS(TLS_FAILED, tls_refused) },
	{ FAILED(HTTP_TLS_FAILED), IS(TLS_FAILED, no_tls) },
	{ FAILED(HTTP_TIMED_OUT), IS(TIMED_OUT, too_late) },
	{ FAILED(HTTP_BROKEN), NEEDS(F(ENCODED)), IS(NOT_AN_API, encoded) },
	{ FAILED(HTTP_BROKEN), IS(NOT_AN_API, no_whole_answer) },
	{ 0, .cause = DIAGNOSIS_NOT_AN_API, .sentence = &page },
};
/* clang-format on */

static bool fits(
	const struct sign *sign, const struct reading *reading, facts known)
{
	if (sign->speakers && !(sign->speakers & reading->speaker))
		return false;
	if (sign->most &&
		(reading->status < sign->least || reading->status > sign->most))
		return false;
	if (sign->code && sign->code != reading->code)
		return false;
	if (sign->no && sign->no != reading->outcome)
		return false;
	if (sign->fault && sign->fault != reading->fault)
		return false;
	if ((known & sign->needs) != sign->needs || (known & sign->lacks))
		return false;
	return !sign->says || reading_has(reading, sign->says);
}

const struct sign *sign_find(const struct reading *reading, facts known)
{
	const struct sign *sign = signs;

	/* The last row fits all. */
	while (!fits(sign, reading, known))
		sign++;
	return sign;
}

const struct sign *sign_at(size_t index)
{
	return index < ARRAY_SIZE(signs) ? &signs[index] : NULL;
}

size_t sign_number(const struct sign *sign)
{
	return (size_t)(sign - signs) + 1;
}
