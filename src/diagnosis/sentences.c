/* SPDX-License-Identifier: MIT */
/* The sentences of rules in several files. */
#include "diagnosis/rules_internal.h"

/* clang-format off */
SHARED(redirect,
	N_("the answer is a redirect to {target}; keys are never sent after one"),
	N_("use the final address as origin or custom_domain"));
SHARED(token_missing,
	N_("no gateway token: CF_AIG_TOKEN is empty or not set"),
	N_("`aigenv secret set CF_AIG_TOKEN` with a Cloudflare API token that has the permission AI Gateway: Run"));
SHARED(rate_gateway,
	N_("the gateway's own rate limit was reached, which counts all its providers together"),
	N_("wait a minute and try again; the limit is in the dashboard, AI Gateway, {gateway}, Settings"));
SHARED(gateway_failed,
	N_("AI Gateway itself failed or refused the call"),
	N_("try again in a minute; the gateway's settings and log are in the dashboard, AI Gateway, {gateway}"));
SHARED(gateway_price,
	N_("the gateway has spend limits, and no price for this model to count with"),
	N_("use a model that Cloudflare has a price for, or take the spend limit off (dashboard, AI Gateway, {gateway})"));
SHARED(key_missing,
	N_("{provider} was called without its key; the gateway token is no substitute for it"),
	N_("{set_key}; both headers have to go out with every call"));
SHARED(key_unseen,
	N_("a key was sent, but {speaker} says that none arrived: the header is not the one it reads, or something on the way dropped it"),
	N_("send it as {header}; {show_slug} has the header of each provider"));
SHARED(key_not_stored,
	N_("the profile says that the key is kept at Cloudflare, but the gateway has none for {provider}"),
	N_("store a key for {provider} in the dashboard (AI Gateway, {gateway}, Provider Keys), or {header_mode} and {give_key}"));
SHARED(not_sold,
	N_("{provider} or this model is not sold through Cloudflare's billing"),
	N_("{header_mode}, then {give_key}"));
SHARED_EITHER(key_direct,
	N_("{provider} refuses the request for want of a good key; what was sent is not told"),
	N_("see that {header} goes out with the provider's own key"),
	PROVIDER_KEY_MISSING, N_("the same request with `curl -v`, which shows the headers that go out"));
SHARED(key_is_token,
	N_("{key} holds a Cloudflare token, where the key of {provider} belongs"),
	N_("{give_key} with the key of {provider}; the Cloudflare token is CF_AIG_TOKEN"));
SHARED_EITHER(forbidden,
	N_("{provider} forbids the call: the key is not good for it, or something else bars it (balance, model, country, a firewall); what, the paste does not show"),
	"see what {provider} says of the key, its balance and its models; the whole answer (`curl -i`) tells more",
	PROVIDER_ERROR, THE_BODY);
SHARED(rate_provider,
	N_("too many requests: {speaker} asks to wait"),
	N_("wait a minute and try again; the limits are those of the key at {provider}"));
SHARED(quota_provider,
	N_("token and key are fine, but {provider} says that balance or quota is used up"),
	N_("top up or change the plan at {provider}"));
SHARED_EITHER(refused_unseen,
	N_("the call was refused, and the paste does not show by whom: the provider for its key, or the gateway for its token"),
	SHOW_BODY, GATEWAY_TOKEN_REJECTED, THE_BODY);
SHARED_EITHER(forbidden_unseen,
	N_("the call was forbidden, and the paste does not show by whom: the provider (key, balance, model, country), or Cloudflare (a firewall, the token)"),
	SHOW_BODY, NOT_AN_API, THE_BODY);
SHARED(version_missing,
	N_("the base URL lacks its version: {fixed} answers, {base} does not"),
	N_("{set_fix}"));
SHARED_EITHER(version_missing_perhaps,
	N_("nothing answers at {base}: a custom provider's base URL has to end in its version, as in {fixed}"),
	N_("add the version to the base URL: {set_fix}"),
	BASE_URL_WRONG_PATH, N_("`aigenv verify`, which asks with the version and without"));
SHARED(version_doubled,
	N_("the base URL has a version too many: {fixed} answers, {base} does not; {doubled}"),
	N_("{set_fix}{or_base_url}"));
SHARED_EITHER(path_or_model,
	N_("{provider} has nothing at this address: the path of the base URL is wrong, or the model {model} is unknown"),
	N_("check the path against {show_slug}, and the model's name"),
	MODEL_NOT_FOUND, N_("`aigenv verify`, which asks for the models with the version and without"));
SHARED(model_unknown,
	N_("{provider} does not offer the model {model} at this route{near}"),
	N_("{set_model}"));
SHARED(provider_failed,
	N_("{provider} failed; token, key and URL were not what it complains of"),
	N_("try again later, and look at the provider's status page"));
SHARED(provider_failed_both,
	N_("{provider} fails, called directly too"),
	N_("try again later, and look at the provider's status page"));
SHARED(provider_closed_to_gateway,
	N_("{provider} answers when it is called directly: only the way through the gateway fails"),
	N_("check the custom provider's base_url in the dashboard, and whether {provider} blocks Cloudflare or its region"));
SHARED(page,
	N_("what answered is not the API: a proxy, a login page, or another server"),
	N_("check origin and custom_domain, and whether a proxy or captive portal stands between (HTTPS_PROXY, NO_PROXY)"));
SHARED_EITHER(failed_unseen,
	N_("a server failed, and the paste does not show whose: the provider's, or Cloudflare's"),
	SHOW_BODY, GATEWAY_ERROR, THE_BODY);
SHARED(key_rejected_directly,
	N_("{provider} refuses the key"),
	N_("{set_key}"));
/* clang-format on */
