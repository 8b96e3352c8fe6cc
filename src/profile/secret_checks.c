/* SPDX-License-Identifier: MIT */
/*
 * What cannot be a token or key (DESIGN "Secrets' form"). Refusals only, never
 * a positive check of the form: providers change it. No message has any part of
 * the value but a public prefix.
 */
#include "profile/profile.h"

#include "base/i18n.h"
#include "base/slice.h"
#include "base/text.h"
#include "catalogue/key_prefix.h"
#include "catalogue/placeholder.h"

#include <sodium.h>
#include <string.h>

static bool has_any(const char *value, size_t size, const char *bytes)
{
	for (size_t i = 0; i < size; i++) {
		if (value[i] != '\0' && strchr(bytes, value[i]))
			return true;
	}
	return false;
}

static bool has_odd_byte(const char *value, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		unsigned char byte = (unsigned char)value[i];
		if (byte < 0x20 || byte >= 0x7f)
			return true;
	}
	return false;
}

struct reason {
	const char *why;
	const char *next;
};

/* What no header can carry, or nobody means. */
static struct reason find_fault(const char *value, size_t size)
{
	struct slice text = { value, size };

	if (size == 0)
		return (struct reason){ "is empty", "give its value" };
	if (slice_begins_ignoring_case(text, "bearer "))
		return (struct reason){ "has \"Bearer \" in front",
			"give the value alone: the SDK adds Bearer" };
	if (slice_begins_ignoring_case(text, "cf-aig-authorization") ||
		slice_begins_ignoring_case(text, "authorization:"))
		return (struct reason){ "is a whole header",
			"give what stands behind Bearer alone" };
	if (has_any(value, size, "\n\r"))
		return (struct reason){ "has a line break in it",
			"give it on one line; a break may have come with the "
			"copy" };
	if (has_any(value, size, " \t\v\f"))
		return (struct reason){ "has a blank in it",
			"give the value alone, without blanks" };
	if (has_any(value, size, "\"'`"))
		return (struct reason){ "has quotes in it",
			"give the value alone, without quotes" };
	if (placeholder_is(value, size))
		return (struct reason){ "is a placeholder, not a value",
			"give the real value" };
	if (has_odd_byte(value, size))
		return (struct reason){ "has a character that no header can "
					"carry",
			"copy it again, as plain text" };
	return (struct reason){ NULL, NULL };
}

/* Whether this provider's keys are Cloudflare tokens by their nature. */
static bool takes_cloudflare_token(const struct provider *entry)
{
	return entry &&
		(text_equal(entry->slug, "workers-ai") ||
			text_equal(entry->slug, "compat"));
}

static bool refuse_prefix(const char *name, const char *prefix,
	const char *looks, const char *next, struct error *err)
{
	error_set(err, STATUS_INVALID, _("%s looks like %s (%s...)"), name,
		looks, prefix);
	return error_next(err, "%s", next);
}

static bool check_token(
	const char *name, const char *value, size_t size, struct error *err)
{
	const struct key_prefix *prefix = key_prefix_find(value, size);

	if (prefix && prefix->issuer == ISSUER_PROVIDER)
		return refuse_prefix(name, prefix->text, "a provider's key",
			"here belongs the gateway token: dashboard, AI, AI "
			"Gateway, your gateway, Settings, Authenticated "
			"Gateway",
			err);
	if (prefix && prefix->issuer == ISSUER_CLOUDFLARE_LOGIN)
		return refuse_prefix(name, prefix->text,
			"Cloudflare's Global API Key",
			"a gateway takes an API token with the permission AI "
			"Gateway Run",
			err);
	return true;
}

static bool check_key(const char *name, const struct provider *entry,
	const char *value, size_t size, struct error *err)
{
	const struct key_prefix *prefix = key_prefix_find(value, size);
	bool token = prefix && prefix->issuer == ISSUER_CLOUDFLARE;
	bool login = prefix && prefix->issuer == ISSUER_CLOUDFLARE_LOGIN;

	if (!login && (!token || takes_cloudflare_token(entry)))
		return true;
	error_set(err, STATUS_INVALID,
		_("%s looks like a Cloudflare token (%s...)"), name,
		prefix->text);
	if (entry && entry->key_prefixes[0])
		return error_next(err,
			_("here belongs the key from %s, which begins with %s; "
			  "the gateway token is CF_AIG_TOKEN"),
			entry->title, entry->key_prefixes[0]);
	return error_next(err,
		_("here belongs the key from %s; the gateway token is "
		  "CF_AIG_TOKEN"),
		entry ? entry->title : "the provider");
}

bool profile_check_secret(enum secret_kind kind, const char *name,
	const struct provider *entry, const char *value, size_t size,
	struct error *err)
{
	if (kind == SECRET_OTHER && size > 0)
		return true;
	struct reason reason = find_fault(value, size);
	if (reason.why) {
		error_set(err, STATUS_INVALID, "%s %s", name, reason.why);
		return error_next(err, "%s", reason.next);
	}
	return kind == SECRET_GATEWAY_TOKEN
		? check_token(name, value, size, err)
		: check_key(name, entry, value, size, err);
}

bool profile_check_secret_pair(const struct secret *token, const char *key_name,
	const struct provider *entry, const struct secret *key,
	struct error *err)
{
	if (!secret_equal(token, key) || token->size == 0)
		return true;
	if (entry && text_equal(entry->slug, "workers-ai"))
		return true;
	error_set(err, STATUS_INVALID,
		_("CF_AIG_TOKEN and %s have the same value"), key_name);
	return error_next(err,
		_("the gateway token opens the gateway, the provider's key "
		  "pays "
		  "the provider: give each its own"));
}
