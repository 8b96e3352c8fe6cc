/* SPDX-License-Identifier: MIT */
/*
 * What cannot be a token or key (DESIGN "Secrets' form"). Refusals only, never
 * a positive check of the form: providers change it. No message has any part of
 * the value but a public prefix.
 */
#include "profile/profile.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "base/variable_name.h"
#include "catalogue/key_prefix.h"
#include "catalogue/placeholder.h"

#include <string.h>

/* Faults that a value may have, the first that it has being told. */

static bool is_empty(struct slice value)
{
	return value.size == 0;
}

static bool begins_with_scheme(struct slice value)
{
	return slice_begins_ignoring_case(value, "bearer ");
}

static bool is_assignment(struct slice value)
{
	return variable_assignment(value.at, value.size) > 0;
}

static bool is_named_key(struct slice value)
{
	return key_name_in_front(value.at, value.size) > 0;
}

static bool is_header(struct slice value)
{
	return slice_begins_ignoring_case(value, "cf-aig-authorization") ||
		slice_begins_ignoring_case(value, "authorization:");
}

static bool has_any(struct slice value, const char *bytes)
{
	for (size_t i = 0; i < value.size; i++)
		if (value.at[i] != '\0' && strchr(bytes, value.at[i]))
			return true;
	return false;
}

static bool has_line_break(struct slice value)
{
	return has_any(value, "\n\r");
}

static bool has_blank(struct slice value)
{
	return has_any(value, " \t\v\f");
}

static bool has_quotes(struct slice value)
{
	return has_any(value, "\"'`");
}

/* What --secret and --from take instead of a value: @FILE, env:NAME, fd:3. */
static bool is_source(struct slice value)
{
	return slice_begins(value, "@") || slice_begins(value, "env:") ||
		(slice_begins(value, "fd:") &&
			slice_only(slice_from(value, strlen("fd:")),
				"0123456789"));
}

static bool is_placeholder(struct slice value)
{
	return placeholder_is(value.at, value.size);
}

static bool has_odd_byte(struct slice value)
{
	for (size_t i = 0; i < value.size; i++) {
		unsigned char byte = (unsigned char)value.at[i];
		if (byte < 0x20 || byte >= 0x7f)
			return true;
	}
	return false;
}

static const struct {
	bool (*has)(struct slice value);
	const char *what; /* %s: the name */
	const char *next;
} faults[] = {
	{ is_empty, N_("%s is empty"), N_("give its value") },
	{ begins_with_scheme, N_("%s begins with \"Bearer \""),
		N_("give only the value: the SDK adds Bearer") },
	{ is_assignment, N_("%s is a whole line of an .env"),
		N_("give only what comes after the =") },
	{ is_named_key, N_("%s has its name in front of it"),
		N_("give only what comes after the name") },
	{ is_header, N_("%s is a whole header"),
		N_("give only what comes after Bearer") },
	{ has_line_break, N_("%s has a line break in it"),
		N_("give it on one line; the break may have come with the "
		   "copy") },
	{ has_blank, N_("%s has a blank in it"),
		N_("give the value without blanks") },
	{ has_quotes, N_("%s has quotes in it"),
		N_("give the value without quotes") },
	{ is_source, N_("%s is where a value comes from, not the value itself"),
		N_("give the value itself (`aigenv help sources` says which "
		   "option takes its source)") },
	{ is_placeholder, N_("%s is a placeholder, not a value"),
		N_("give the real value") },
	{ has_odd_byte,
		N_("%s has a character that is not allowed in a header"),
		N_("copy it again, as plain text") },
};

bool profile_check_form(
	const char *name, const struct secret *secret, struct error *err)
{
	const struct slice value = { secret_reveal(secret), secret->size };

	for (size_t i = 0; i < ARRAY_SIZE(faults); i++) {
		if (!faults[i].has(value))
			continue;
		OWNED char *what = i18n_filled(_(faults[i].what), name, name);
		return error_tell(err, STATUS_INVALID, what, _(faults[i].next));
	}
	return true;
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
