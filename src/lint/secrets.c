/* SPDX-License-Identifier: MIT */
/* Values that are secrets where none belongs: in an example, in an address. */
#include "lint/lint_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "catalogue/catalogue.h"
#include "catalogue/key_prefix.h"
#include "catalogue/placeholder.h"
#include "import/import.h"

#include <string.h>

/* What was issued is that long, behind its prefix and without one. */
#define BEHIND_PREFIX 12
#define WITHOUT_PREFIX 32
/* A longer run of small letters is a word. */
#define WORD_LENGTH 7
#define DIFFERENT_LEAST 8
/* Assignments that are looked at for a first secret. */
#define ROWS_LIMIT 20000
#define VALUE_LIMIT 65536
/* How one with a key in it begins. */
#define ADDRESS "http"

/* Random as issuers' keys are, and not made up: sk-1234567890, ...EXAMPLE. */
static bool looks_issued(const char *text, size_t least)
{
	bool seen[256] = { false };
	size_t different = 0;
	size_t digits = 0;
	size_t run = 0;

	for (const char *at = text; *at; at++) {
		if (!text_is_alphanumeric(*at) && !strchr("+/=_-.", *at))
			return false;
		run = text_is_lower(*at) ? run + 1 : 0;
		if (run == WORD_LENGTH)
			return false;
		digits += text_is_digit(*at);
		different += !seen[(unsigned char)*at];
		seen[(unsigned char)*at] = true;
	}
	if (slice_fits_any(slice_of(text), slice_contains_ignoring_case,
		    WORDS("123456", "abcdef", "example", "xxxx", "your")))
		return false;
	return strlen(text) >= least && digits > 0 &&
		different >= DIFFERENT_LEAST;
}

bool lint_is_issued(const char *value)
{
	const struct key_prefix *prefix = key_prefix_find(value, strlen(value));

	return prefix
		? looks_issued(value + strlen(prefix->text), BEHIND_PREFIX)
		: looks_issued(value, WITHOUT_PREFIX);
}

/* What stands for a value that is elsewhere, or for none. */
static bool is_stand_in(char first)
{
	return strchr("&$<{", first) != NULL;
}

/* A key, from here on, with something for its value. */
static bool is_key_field(struct slice text)
{
	static const char *const fields[] = { "key=", "api_key=", "apikey=",
		"api-key=", "token=", "access_token=", "auth_token=", "secret=",
		"password=" };
	char first = text.size ? text_lower(*text.at) : '\0';

	for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
		if (*fields[i] != first)
			continue;
		size_t size = strlen(fields[i]);
		if (slice_begins_ignoring_case(text, fields[i]) &&
			text.size > size && !is_stand_in(text.at[size]))
			return true;
	}
	return false;
}

/* user:password@, or a key in the query, of an address that is logged whole
 * wherever it is used. A database's and a proxy's are made like that. */
static bool has_key_in_url(struct slice name, struct slice value)
{
	bool secure = slice_begins(value, "https://");
	size_t end = 0;

	if (!secure && !slice_begins(value, "http://"))
		return false;
	const struct slice host = slice_from(
		value, secure ? strlen("https://") : strlen("http://"));
	while (end < host.size && host.at[end] != '/' && host.at[end] != '?' &&
		host.at[end] != '#')
		end++;
	const struct slice authority = slice_first(host, end);
	const struct slice user =
		slice_first(authority, slice_find(authority, '@'));
	const struct slice password =
		slice_from(user, slice_find(user, ':') + 1);
	if (user.size < end && password.size > 0 &&
		!is_stand_in(*password.at) &&
		!slice_contains_ignoring_case(name, "proxy"))
		return true;
	for (size_t at = 0; at < host.size; at++)
		if ((host.at[at] == '?' || host.at[at] == '&') &&
			is_key_field(slice_from(host, at + 1)))
			return true;
	return false;
}

/* The value; "" where it is too long for any of these. Wiped by the caller. */
static char *value_of(const struct envfile_row *row)
{
	struct buf value = BUF(VALUE_LIMIT);

	envfile_row_value(row, &value);
	if (buf_failed(&value))
		buf_clear(&value);
	return buf_take(&value, NULL);
}

/* Of the names that lint_gateway judges it says more. */
static bool is_gateways(const char *name, struct slice value)
{
	return text_starts_with(name, "CF_AIG_") ||
		catalogue_find_by_key(name, value.at, value.size);
}

/* A word where somebody was to fill in the value. */
static void check_placeholder(struct lint *lint, const struct envfile_row *row)
{
	struct slice value = envfile_row_within(row);
	bool certain = placeholder_is_certain(value.at, value.size);

	if (!certain && !placeholder_is_filler(value.at, value.size))
		return;
	OWNED char *name = slice_text(envfile_row_name(row));
	if (!is_gateways(name, value) &&
		(certain || import_is_secret(name, "")))
		(void)lint_say(lint, RULE_PLACEHOLDER, row, row->spelling_at,
			envfile_row_spelling(row).size,
			_("%s is a placeholder, not a value"), name);
}

/* https://your-domain.com: nobody has it. */
static bool has_made_up_host(struct slice value)
{
	const struct slice rest = slice_from(value, slice_find(value, '/'));

	return slice_begins(rest, "//") &&
		slice_fits_any(slice_from(rest, strlen("//")),
			slice_begins_ignoring_case,
			WORDS("your-domain", "your_domain", "yourdomain"));
}

static void check_url(struct lint *lint, const struct envfile_row *row,
	struct slice name, struct slice value)
{
	if (!lint->subject->is_example && has_made_up_host(value))
		(void)lint_say(lint, RULE_PLACEHOLDER, row, row->spelling_at,
			envfile_row_spelling(row).size,
			_("there is a placeholder in the address %.*s"),
			(int)name.size, name.at);
	if (!has_key_in_url(name, value))
		return;
	(void)lint_say(lint, RULE_KEY_IN_URL, row, row->spelling_at,
		envfile_row_spelling(row).size,
		_("there is a secret in the address %.*s"), (int)name.size,
		name.at);
}

static void check_value(
	struct lint *lint, const struct envfile_row *row, bool url, bool public)
{
	struct slice spelling = envfile_row_spelling(row);
	OWNED char *name = slice_text(envfile_row_name(row));
	char *value = value_of(row);

	if (public && import_is_given_away(name, value) &&
		!placeholder_is(value, strlen(value)))
		(void)lint_say(lint, RULE_PUBLIC_SECRET, row, row->spelling_at,
			spelling.size,
			_("%s is compiled into pages, and what it has is a "
			  "secret"),
			name);
	else if (lint->subject->is_example && lint_is_issued(value) &&
		import_is_secret(name, value))
		(void)lint_say(lint, RULE_EXAMPLE_SECRET, row, row->spelling_at,
			spelling.size,
			_("%s looks like a real secret, in a file that is made "
			  "to be committed"),
			name);
	else if (url)
		check_url(lint, row, slice_of(name), slice_of(value));
	memory_free(value, strlen(value));
}

/* An address that stands in the file as it is: bare, or in quotes without
 * escapes. */
static struct slice plain_value(const struct envfile_row *row)
{
	struct slice value = envfile_row_within(row);

	return value.size <= VALUE_LIMIT
		? slice_first(value, slice_find(value, '\0'))
		: slice_of("");
}

void lint_secrets_letters(struct glance *glance)
{
	placeholder_add_letters(
		&glance->placeholder_beginnings, &glance->placeholder_endings);
	letters_add_beginning(&glance->address_beginnings, ADDRESS);
	import_add_public_letters(&glance->public_beginnings);
}

void lint_secrets(
	struct lint *lint, const struct envfile_row *row, unsigned seen)
{
	bool url = seen & GLANCE_ADDRESS &&
		slice_begins(envfile_row_within(row), ADDRESS);
	bool public =
		seen & GLANCE_PUBLIC && import_is_public(envfile_row_name(row));

	if (seen & GLANCE_PLACEHOLDER && !lint->subject->is_example)
		check_placeholder(lint, row);
	if (public || lint->subject->is_example ||
		(url && row->quoted && !row->simple))
		check_value(lint, row, url, public);
	else if (url)
		check_url(lint, row, envfile_row_name(row), plain_value(row));
}

/* A secret that is there: no placeholder for one. The bufs are for its parts.
 */
static bool is_secret_row(
	const struct envfile_row *row, struct buf *name, struct buf *value)
{
	struct slice called = envfile_row_name(row);

	buf_clear(name);
	buf_append(name, called.at, called.size);
	buf_clear(value);
	envfile_row_value(row, value);
	if (buf_failed(value))
		buf_clear(value);
	const char *text = buf_cstring(value);
	return *text && import_is_secret(buf_cstring(name), text) &&
		!placeholder_is(text, strlen(text));
}

bool lint_is_secret(const struct envfile_row *row)
{
	SCOPED(buf) struct buf name = BUF(row->text.size + 1);
	SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);

	return is_secret_row(row, &name, &value);
}

bool lint_has_secret(const struct subject *subject)
{
	struct envfile_row row;
	struct envfile_walk *walk =
		envfile_walk_new(subject->bytes, subject->size);
	SCOPED(buf) struct buf name = BUF(subject->size);
	SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);
	size_t left = ROWS_LIMIT;
	bool found = false;

	while (!found && left > 0 && envfile_walk_next(walk, &row)) {
		if (row.kind == ROW_NONE)
			continue;
		left--;
		found = is_secret_row(&row, &name, &value);
	}
	envfile_walk_free(walk);
	return found;
}
