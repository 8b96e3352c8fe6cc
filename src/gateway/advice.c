/* SPDX-License-Identifier: MIT */
#include "gateway/conclude_internal.h"

#include "base/attributes.h"
#include "base/buf.h"
#include "base/text.h"
#include "gateway/clean_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * What each diagnosis means and what to do, as people read it. Words in braces
 * are filled in by `fill_in`:
 *
 *   {provider} its title   {key} the key's variable     {model} {gateway}
 * {route} {base} {path} {p} " -p PROFILE" where it is needed  {target} of a
 * redirect {fixed} the base URL with its version added or taken away
 */
static const struct {
	const char *means;
	const char *advice;
} sentences[DIAGNOSIS_COUNT] = {
	/* clang-format off */
	[DIAGNOSIS_OK] = { "the route works", "" },
	[DIAGNOSIS_GATEWAY_TOKEN_MISSING] = {
		"no gateway token: CF_AIG_TOKEN is empty or not set",
		"aigenv secret set CF_AIG_TOKEN{p} with a Cloudflare API token that has the permission AI Gateway: Run" },
	[DIAGNOSIS_GATEWAY_TOKEN_REJECTED] = {
		"the gateway does not accept CF_AIG_TOKEN: it is wrong, revoked, of another account, or lacks the permission AI Gateway: Run",
		"make a token with AI Gateway: Run for this account, then aigenv secret set CF_AIG_TOKEN{p}" },
	[DIAGNOSIS_PROVIDER_KEY_MISSING] = {
		"{provider} was called without its key; the gateway token is no substitute for it",
		"aigenv secret set {key}{p}, then aigenv apply{p}; both headers have to go out with every call" },
	[DIAGNOSIS_PROVIDER_KEY_REJECTED] = {
		"the gateway token is fine, {provider} refuses the key",
		"aigenv secret set {key}{p}, then aigenv apply{p}; the call is in the gateway's log: dashboard, AI Gateway, {gateway}, Logs" },
	[DIAGNOSIS_KEYS_SWAPPED] = {
		"the gateway token and the provider key are in each other's place",
		"aigenv secret set CF_AIG_TOKEN{p} takes the Cloudflare token, aigenv secret set {key}{p} the key of {provider}" },
	[DIAGNOSIS_BASE_URL_MISSING_VERSION] = {
		"the base URL lacks its version: {fixed} answers, {base} does not",
		"aigenv config set {fix}{p}, then aigenv apply{p}" },
	[DIAGNOSIS_BASE_URL_DOUBLED_VERSION] = {
		"the version is in the URL twice: the provider's base_url at Cloudflare ends in it already, or the path repeats it",
		"aigenv config set {fix}{p}, then aigenv apply{p}; or take the version out of the custom provider's base_url in the dashboard" },
	[DIAGNOSIS_BASE_URL_WRONG_PATH] = {
		"{provider} has no API at {base}, with its version or without",
		"check {setting} against `aigenv providers show {slug}` and the provider's base_url in the dashboard" },
	[DIAGNOSIS_ACCOUNT_NOT_FOUND] = {
		"Cloudflare knows no account {account}",
		"copy the account id from the dashboard's address, then aigenv config set account_id=ID{p}" },
	[DIAGNOSIS_GATEWAY_NOT_FOUND] = {
		"there is no gateway {gateway} in account {account}: one of the two is wrong, and the answer does not tell which",
		"dashboard, AI > AI Gateway shows both; aigenv config set gateway=NAME{p} or account_id=ID" },
	[DIAGNOSIS_PROVIDER_NOT_FOUND] = {
		"the gateway knows no provider {segment}: the slug is wrong, or the custom provider is missing or disabled",
		"dashboard, AI > AI Gateway > Custom Providers shows slug and state (in the URL it is custom-<slug>); `aigenv providers` lists the built-in ones" },
	[DIAGNOSIS_MODEL_NOT_FOUND] = {
		"{provider} does not offer the model {model} at this route",
		"aigenv config set routes.{route}.model=NAME{p} with a model of {provider}; through compat it is provider/model" },
	[DIAGNOSIS_RATE_LIMITED] = {
		"too many requests: {speaker} asks to wait",
		"wait a minute and try again; the limits are in the gateway's settings, and at {provider}" },
	[DIAGNOSIS_QUOTA_EXHAUSTED] = {
		"token and key are fine, but there is no balance or quota left ({speaker} says so)",
		"top up at {provider}, or look at the gateway's spend limits and credits in the dashboard" },
	[DIAGNOSIS_BLOCKED_BY_POLICY] = {
		"a policy blocked the call (guardrails, DLP, or the provider's content filter)",
		"dashboard, AI Gateway, {gateway}: Guardrails and DLP; the log entry names the rule" },
	[DIAGNOSIS_PROVIDER_ERROR] = {
		"{provider} failed, or the gateway could not reach it; token and URL were accepted",
		"try again later, look at the provider's status page, and check the custom provider's base_url in the dashboard" },
	[DIAGNOSIS_GATEWAY_ERROR] = {
		"AI Gateway itself failed or refused the call",
		"try again in a minute; the gateway's settings and log are in the dashboard, AI Gateway, {gateway}" },
	[DIAGNOSIS_NOT_AN_API] = {
		"what answered is not the API: a proxy, a login page, or another server",
		"check origin and custom_domain, and whether a proxy or captive portal stands between (HTTPS_PROXY, NO_PROXY)" },
	[DIAGNOSIS_DNS_FAILED] = {
		"the host name could not be resolved",
		"check origin or custom_domain, the resolver of this machine, and HTTPS_PROXY" },
	[DIAGNOSIS_CONNECT_FAILED] = {
		"no connection, or it was cut off before an answer began",
		"check that this machine may reach the host (firewall, HTTPS_PROXY), and the port of origin" },
	[DIAGNOSIS_TLS_FAILED] = {
		"the TLS connection failed: the certificate is not trusted, not valid, or for another host",
		"check the clock and the certificates of this machine; behind an inspecting proxy name its authority in SSL_CERT_FILE" },
	[DIAGNOSIS_TIMED_OUT] = {
		"no whole answer came in time",
		"try again, or with a longer limit: aigenv verify{p} --timeout 120" },
	[DIAGNOSIS_REDIRECTED] = {
		"the answer is a redirect to {target}; keys are never sent after one",
		"use the final address as origin or custom_domain; a login there means that Cloudflare Access stands in front" },
	/* clang-format on */
};

/* Where another advice is needed than the table's. */
static const char *advice_for(const struct attempt *attempt)
{
	const struct route *route = attempt->route;
	bool key = attempt->cause == DIAGNOSIS_PROVIDER_KEY_MISSING ||
		attempt->cause == DIAGNOSIS_PROVIDER_KEY_REJECTED;

	if (key && attempt->test.reading.code == 2040)
		return "no stored key has this alias: aigenv config set "
		       "routes.{route}.alias=NAME{p}, or add the key in the "
		       "dashboard, AI Gateway, {gateway}, Provider Keys";
	if (key && route->credential == CREDENTIAL_STORED)
		return "store a working key for {provider} in the dashboard "
		       "(AI Gateway, {gateway}, Provider Keys), or set "
		       "routes.{route}.credential=header and the key here";
	if (key && route->credential == CREDENTIAL_UNIFIED)
		return "{provider} or this model is not sold through "
		       "Cloudflare's billing: set "
		       "routes.{route}.credential=header and a key";
	if (attempt->cause == DIAGNOSIS_PROVIDER_KEY_REJECTED &&
		text_equal(attempt->key, attempt->token))
		return "CF_AIG_TOKEN and {key} hold the same value: set {key} "
		       "to the key of {provider} (aigenv secret set {key}{p})";
	return sentences[attempt->cause].advice;
}

/* What follows account and gateway; a direct_url whole. */
static const char *shown_base(const struct attempt *attempt, const char *base)
{
	const char *segment = strstr(base, attempt->route->provider);

	return segment && !attempt->result->direct ? segment : base;
}

static const char *value_named(
	const struct attempt *attempt, const char *name, size_t size)
{
	const struct route *route = attempt->route;
	const struct profile *profile = attempt->profile;
	const struct {
		const char *name;
		const char *value;
	} values[] = {
		{ "provider", attempt->result->provider },
		{ "key", route->key_env ? route->key_env : "the key" },
		{ "model", attempt->model },
		{ "gateway", profile->gateway ? profile->gateway : "" },
		{ "account", profile->account_id ? profile->account_id : "" },
		{ "route", route->name },
		{ "segment", route->provider },
		{ "slug", route->entry ? route->entry->slug : route->provider },
		{ "base", shown_base(attempt, attempt->base) },
		{ "target",
			*attempt->test.reading.location
				? attempt->test.reading.location
				: "another address" },
		{ "speaker",
			*attempt->result->said_by ? attempt->result->said_by
						  : "the server" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(values); i++)
		if (text_is(name, size, values[i].name))
			return values[i].value;
	return NULL;
}

static void add_fixed_base(const struct attempt *attempt, struct buf *out)
{
	char *fixed = other_version(attempt->base);

	buf_text(out, shown_base(attempt, fixed));
	free(fixed);
}

static void add_setting(const struct attempt *attempt, struct buf *out)
{
	buf_printf(out, "routes.%s.%s", attempt->route->name,
		attempt->result->direct ? "direct_url" : "path");
}

/* The setting with the version added or taken away. */
static void add_fix(const struct attempt *attempt, struct buf *out)
{
	char *fixed = other_version(
		attempt->result->direct ? attempt->base : attempt->route->path);

	add_setting(attempt, out);
	buf_printf(out, "=%s", fixed);
	free(fixed);
}

/* One {word}; `size` is the word's without the braces. */
static void fill_in(const struct attempt *attempt, const char *word,
	size_t size, struct buf *out)
{
	const char *value = value_named(attempt, word, size);

	if (value)
		buf_text(out, value);
	else if (text_is(word, size, "fixed"))
		add_fixed_base(attempt, out);
	else if (text_is(word, size, "setting"))
		add_setting(attempt, out);
	else if (text_is(word, size, "fix"))
		add_fix(attempt, out);
	else if (text_is(word, size, "p") &&
		!text_equal(attempt->profile->name, "production"))
		buf_printf(out, " -p %s", attempt->profile->name);
}

static void expand(const struct attempt *attempt, const char *sentence,
	char *out, size_t out_size)
{
	struct buf text = BUF((size_t)16 * 1024);

	while (*sentence) {
		size_t plain = strcspn(sentence, "{");

		buf_append(&text, sentence, plain);
		sentence += plain;
		if (*sentence == '{') {
			size_t size = strcspn(sentence, "}");

			fill_in(attempt, sentence + 1, size - 1, &text);
			sentence += size + 1;
		}
	}
	clean_line(buf_cstring(&text), text.size, out, out_size);
	buf_release(&text);
	clean_secrets(attempt->variables, out, out_size);
}

static void append(char *text, size_t size, const char *more)
{
	size_t used = strlen(text);

	snprintf(text + used, size - used, "%s", more);
	clean_end(text);
}

/* What the call to direct_url adds. */
static void remark_direct(struct attempt *attempt)
{
	struct verify_result *result = attempt->result;

	for (size_t i = 0; i < attempt->probe_count; i++) {
		const struct call *call = &attempt->probes[i];

		if (call->kind != CALL_DIRECT)
			continue;
		append(result->means, sizeof(result->means),
			call->reading.speaker == SPEAKER_COMPLETION
				? "; called directly it works, so the gateway "
				  "cannot reach it"
				: "; called directly it fails too");
	}
}

void advise(struct attempt *attempt)
{
	struct verify_result *result = attempt->result;

	result->said_by = reading_speaker(&attempt->test.reading);
	expand(attempt, sentences[attempt->cause].means, result->means,
		sizeof(result->means));
	expand(attempt, advice_for(attempt), result->advice,
		sizeof(result->advice));
	remark_direct(attempt);
}
