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
#include "base/variable_name.h"
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

bool profile_check_form(
	const char *name, const struct secret *secret, struct error *err)
{
	const char *value = secret_reveal(secret);
	const size_t size = secret->size;
	struct slice text = { value, size };

	if (size == 0) {
		error_set(err, STATUS_INVALID, _("%s is empty"), name);
		return error_next(err, _("give its value"));
	}
	if (slice_begins_ignoring_case(text, "bearer ")) {
		error_set(err, STATUS_INVALID, _("%s begins with \"Bearer \""),
			name);
		return error_next(
			err, _("give only the value: the SDK adds Bearer"));
	}
	if (variable_assignment(value, size) > 0) {
		error_set(err, STATUS_INVALID,
			_("%s is a whole line of an .env"), name);
		return error_next(err, _("give only what comes after the ="));
	}
	if (slice_begins_ignoring_case(text, "cf-aig-authorization") ||
		slice_begins_ignoring_case(text, "authorization:")) {
		error_set(err, STATUS_INVALID, _("%s is a whole header"), name);
		return error_next(err, _("give only what comes after Bearer"));
	}
	if (has_any(value, size, "\n\r")) {
		error_set(err, STATUS_INVALID, _("%s has a line break in it"),
			name);
		return error_next(err,
			_("give it on one line; the break may have come with "
			  "the copy"));
	}
	if (has_any(value, size, " \t\v\f")) {
		error_set(err, STATUS_INVALID, _("%s has a blank in it"), name);
		return error_next(err, _("give the value without blanks"));
	}
	if (has_any(value, size, "\"'`")) {
		error_set(err, STATUS_INVALID, _("%s has quotes in it"), name);
		return error_next(err, _("give the value without quotes"));
	}
	if (placeholder_is(value, size)) {
		error_set(err, STATUS_INVALID,
			_("%s is a placeholder, not a value"), name);
		return error_next(err, _("give the real value"));
	}
	if (!has_odd_byte(value, size))
		return true;
	error_set(err, STATUS_INVALID,
		_("%s has a character that is not allowed in a header"), name);
	return error_next(err, _("copy it again, as plain text"));
}

/* Whether this provider's keys are Cloudflare tokens by their nature. */
static bool takes_cloudflare_token(const struct provider *entry)
{
	return entry &&
		(text_equal(entry->slug, "workers-ai") ||
			text_equal(entry->slug, "compat"));
}

static bool check_token(
	const char *name, const char *value, size_t size, struct error *err)
{
	const struct key_prefix *prefix = key_prefix_find(value, size);

	if (prefix && prefix->issuer == ISSUER_PROVIDER) {
		error_set(err, STATUS_INVALID,
			_("%s looks like a provider's key (%s...)"), name,
			prefix->text);
		return error_next(err,
			_("give the gateway token here: dashboard, AI, AI "
			  "Gateway, your gateway, Settings, Create "
			  "authentication token"));
	}
	if (prefix && prefix->issuer == ISSUER_CLOUDFLARE_LOGIN) {
		error_set(err, STATUS_INVALID,
			_("%s looks like Cloudflare's Global API Key (%s...)"),
			name, prefix->text);
		return error_next(err,
			_("give an API token with the permission AI Gateway: "
			  "Run"));
	}
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
			_("give the key from %s here, which begins with %s; "
			  "the gateway token is CF_AIG_TOKEN"),
			entry->title, entry->key_prefixes[0]);
	if (!entry)
		return error_next(err,
			_("give the provider's key here; the gateway token is "
			  "CF_AIG_TOKEN"));
	return error_next(err,
		_("give the key from %s here; the gateway token is "
		  "CF_AIG_TOKEN"),
		entry->title);
}

bool profile_check_secret(enum secret_kind kind, const char *name,
	const struct provider *entry, const struct secret *secret,
	struct error *err)
{
	const char *value = secret_reveal(secret);
	size_t size = secret->size;

	if (kind == SECRET_OTHER && size > 0)
		return true;
	if (!profile_check_form(name, secret, err))
		return false;
	return kind == SECRET_GATEWAY_TOKEN
		? check_token(name, value, size, err)
		: check_key(name, entry, value, size, err);
}

bool profile_check_key_owner(const char *name, const struct provider *entry,
	const struct secret *key, struct error *err)
{
	const struct provider *owner = entry
		? catalogue_other_owner(entry, secret_reveal(key), key->size)
		: NULL;

	if (!owner)
		return true;
	error_set(err, STATUS_INVALID, _("%s looks like a key of %s"), name,
		owner->title);
	return error_next(err, _("give the key from %s here"), entry->title);
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
		_("the gateway token opens the gateway, and the key pays the "
		  "provider: give each its own value"));
}
