/* SPDX-License-Identifier: MIT */
/* The sentences of rules in several files. */
#include "diagnosis/rules_internal.h"

/* clang-format off */
SHARED(redirect,
	FIRST_OF(N_("the answer is a redirect to {target}; keys are never sent after one"),
		N_("the answer is a redirect; keys are never sent after one")),
	N_("use the final address as origin or custom_domain"));
SHARED(token_missing,
	N_("no gateway token: CF_AIG_TOKEN is empty or not set"),
	N_("`aigenv secret set CF_AIG_TOKEN` with a Cloudflare API token that has the permission AI Gateway: Run, then `aigenv apply`"));
SHARED(rate_gateway,
	N_("the gateway's own rate limit was reached, which counts all its providers together"),
	N_("wait a minute and try again; the limit is in the dashboard, AI Gateway{, gateway}, Settings"));
SHARED(gateway_failed,
	N_("AI Gateway itself failed or refused the call"),
	N_("try again in a minute; the gateway's settings and log are in the dashboard, AI Gateway{, gateway}"));
SHARED(gateway_price,
	N_("the gateway has spend limits, but knows no price for this model"),
	N_("use a model that Cloudflare has a price for, or take the spend limit off (dashboard, AI Gateway{, gateway})"));
SHARED(key_missing,
	FIRST_OF(N_("{provider} was called without its key; the gateway token is no substitute for it"),
		N_("the provider was called without its key; the gateway token is no substitute for it")),
	FIRST_OF(N_("`aigenv secret set {key}`, then `aigenv apply`; both headers have to go out with every call"),
		N_("set that key again (`aigenv secret list` has its name), then `aigenv apply`; both headers have to go out with every call")));
SHARED(key_unseen,
	N_("a key was sent, but the provider says that none arrived: the header is not the one that it reads, or something on the way dropped it"),
	N_("send it as {header}; {show_slug} has the header of each provider"));
SHARED(key_not_stored,
	FIRST_OF(N_("the profile says that the key is kept at Cloudflare, but the gateway has none for {provider}"),
		N_("the profile says that the key is kept at Cloudflare, but the gateway has none for the provider")),
	FIRST_OF(N_("store a key for {provider} in the dashboard (AI Gateway{, gateway}, Provider Keys), or `aigenv config set routes.{route}.credential=header` and `aigenv secret set {key}`"),
		N_("store a key for {provider} in the dashboard (AI Gateway{, gateway}, Provider Keys), or `aigenv config set routes.{route}.credential=header` and set that key again (`aigenv secret list` has its name)"),
		N_("store a key for {provider} in the dashboard (AI Gateway{, gateway}, Provider Keys), or let the app send a key of its own and `aigenv secret set {key}`"),
		N_("store a key for {provider} in the dashboard (AI Gateway{, gateway}, Provider Keys), or let the app send a key of its own and set that key again (`aigenv secret list` has its name)"),
		N_("store a key for the provider in the dashboard (AI Gateway{, gateway}, Provider Keys), or let the app send a key of its own and set that key again (`aigenv secret list` has its name)")));
SHARED(not_sold,
	FIRST_OF(N_("{provider} or this model is not sold through Cloudflare's billing"),
		N_("the provider or this model is not sold through Cloudflare's billing")),
	FIRST_OF(N_("`aigenv config set routes.{route}.credential=header`, then `aigenv secret set {key}`"),
		N_("`aigenv config set routes.{route}.credential=header`, then set that key again (`aigenv secret list` has its name)"),
		N_("let the app send a key of its own, then `aigenv secret set {key}`"),
		N_("let the app send a key of its own, then set that key again (`aigenv secret list` has its name)")));
SHARED_EITHER(key_direct,
	FIRST_OF(N_("{provider} refuses the request because it got no key that it accepts; what was sent is not known"),
		N_("the provider refuses the request because it got no key that it accepts; what was sent is not known")),
	N_("make sure that {header} goes out with the provider's own key{ (key)}"),
	PROVIDER_KEY_MISSING, N_("the same request with `curl -v`, which shows the headers that go out"));
SHARED(key_is_token,
	FIRST_OF(N_("{key} holds a Cloudflare token, where the key of {provider} belongs"),
		N_("a Cloudflare token stands where the key of {provider} belongs"),
		N_("a Cloudflare token stands where the provider's key belongs")),
	FIRST_OF(N_("`aigenv secret set {key}` with the key of {provider}; the Cloudflare token is CF_AIG_TOKEN"),
		N_("set that key again (`aigenv secret list` has its name) with the key of {provider}; the Cloudflare token is CF_AIG_TOKEN"),
		N_("set that key again (`aigenv secret list` has its name) with the provider's key; the Cloudflare token is CF_AIG_TOKEN")));
SHARED_EITHER(forbidden,
	FIRST_OF(N_("{provider} forbids the call: the key is not good for it, or something else bars it (balance, model, country, a firewall); the paste does not show what"),
		N_("the provider forbids the call: the key is not good for it, or something else bars it (balance, model, country, a firewall); the paste does not show what")),
	FIRST_OF(N_("see what {provider} says of the key, its balance and its models; the whole answer (`curl -i`) tells more"),
		N_("see what the provider says of the key, its balance and its models; the whole answer (`curl -i`) tells more")),
	PROVIDER_ERROR, THE_BODY);
SHARED(rate_provider,
	N_("too many requests: the answer asks to wait"),
	FIRST_OF(N_("wait a minute and try again; the limits are those of the key at {provider}"),
		N_("wait a minute and try again; the limits are those of the key at the provider")));
SHARED(quota_provider,
	FIRST_OF(N_("token and key are fine, but {provider} says that balance or quota is used up"),
		N_("token and key are fine, but the provider says that balance or quota is used up")),
	FIRST_OF(N_("top up or change the plan at {provider}"),
		N_("top up or change the plan at the provider")));
SHARED_EITHER(refused_unseen,
	N_("the call was refused, and the paste does not show by whom: the provider for its key, or the gateway for its token"),
	SHOW_BODY, GATEWAY_TOKEN_REJECTED, THE_BODY);
SHARED_EITHER(forbidden_unseen,
	N_("the call was forbidden, and the paste does not show by whom: the provider (key, balance, model, country), or Cloudflare (a firewall, the token)"),
	SHOW_BODY, NOT_AN_API, THE_BODY);
SHARED(version_missing,
	N_("the base URL lacks its version: {fixed} answers, {base} does not"),
	FIRST_OF(N_("`aigenv config set {setting}={'fix}`, then `aigenv apply`"),
		N_("give the client the base URL {whole}"),
		N_("take one of the two out")));
SHARED_EITHER(version_missing_perhaps,
	N_("nothing answers at {base}: a custom provider's base URL has to end in its version, as in {fixed}"),
	FIRST_OF(N_("add the version to the base URL: `aigenv config set {setting}={'fix}`, then `aigenv apply`"),
		N_("add the version to the base URL: give the client {whole}")),
	BASE_URL_WRONG_PATH, N_("`aigenv verify`, which asks with the version and without"));
SHARED(version_doubled,
	FIRST_OF(N_("the base URL has a version too many: {fixed} answers, {base} does not; {repeating} repeats it"),
		N_("the base URL has a version too many: {fixed} answers, {base} does not; {custom}'s base_url at Cloudflare ends in it already"),
		N_("the base URL has a version too many: {fixed} answers, {base} does not; the endpoint that is added has it already")),
	FIRST_OF(N_("`aigenv config set {setting}={'fix}`, then `aigenv apply`; or take the version out of {custom}'s base_url in the dashboard"),
		N_("`aigenv config set {setting}={'fix}`, then `aigenv apply`"),
		N_("give the client the base URL {whole}; or take the version out of {custom}'s base_url in the dashboard"),
		N_("give the client the base URL {whole}"),
		N_("take one of the two out")));
SHARED_EITHER(path_or_model,
	FIRST_OF(N_("{provider} has nothing at this address: the path of the base URL is wrong, or the model {model} is unknown"),
		N_("{provider} has nothing at this address: the path of the base URL is wrong, or the model that was asked for is unknown"),
		N_("the provider has nothing at this address: the path of the base URL is wrong, or the model {model} is unknown"),
		N_("the provider has nothing at this address: the path of the base URL is wrong, or the model that was asked for is unknown")),
	N_("check the path against {show_slug}, and the model's name"),
	MODEL_NOT_FOUND, N_("`aigenv verify`, which asks for the models with the version and without"));
SHARED(model_unknown,
	FIRST_OF(N_("{provider} does not offer the model {model} at this route{ (near)}"),
		N_("{provider} does not offer the model that was asked for at this route{ (near)}"),
		N_("the provider does not offer the model {model} at this route{ (near)}"),
		N_("the provider does not offer the model that was asked for at this route{ (near)}")),
	FIRST_OF(N_("`aigenv config set routes.{route}.model={'best}`, then `aigenv apply`"),
		N_("choose a model that is offered, and set routes.{route}.model to it (`aigenv help config set`)"),
		N_("ask for a model that is offered")));
SHARED(provider_failed,
	FIRST_OF(N_("{provider} failed; token, key and URL were not what it complains of"),
		N_("the provider failed; token, key and URL were not what it complains of")),
	N_("try again later, and look at the provider's status page"));
SHARED(provider_failed_both,
	N_("{provider} fails when it is called directly, too"),
	N_("try again later, and look at the provider's status page"));
SHARED(provider_closed_to_gateway,
	N_("{provider} answers when it is called directly: only the way through the gateway fails"),
	FIRST_OF(N_("check the custom provider's base_url in the dashboard, and whether {provider} blocks Cloudflare or its region"),
		N_("check the custom provider's base_url in the dashboard, and whether the provider blocks Cloudflare or its region")));
SHARED(page,
	N_("what answered is not the API: a proxy, a login page, or another server"),
	N_("check origin and custom_domain, and whether a proxy or captive portal stands between (HTTPS_PROXY, NO_PROXY)"));
SHARED_EITHER(failed_unseen,
	N_("a server failed, and the paste does not show whose: the provider's, or Cloudflare's"),
	SHOW_BODY, GATEWAY_ERROR, THE_BODY);
SHARED(key_rejected_directly,
	FIRST_OF(N_("{provider} refuses the key"),
		N_("the provider refuses the key")),
	FIRST_OF(N_("`aigenv secret set {key}`, then `aigenv apply`"),
		N_("set that key again (`aigenv secret list` has its name), then `aigenv apply`")));
/* clang-format on */
