/* SPDX-License-Identifier: MIT */
#include "vault/layout_internal.h"

#include "base/json.h"
#include "base/plain_json.h"
#include "base/text.h"
#include "vault/structure_internal.h"

#include <stdlib.h>
#include <string.h>

/*
 * Of a text that is JSON these find where things end. In any other they stop at
 * its NUL at the latest; what they found is then refused by who parses it.
 */

static size_t skip_space(const char *text, size_t at)
{
	while (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' ||
		text[at] == '\r')
		at++;
	return at;
}

static size_t skip_string(const char *text, size_t at)
{
	for (at++; text[at] && text[at] != '"'; at++)
		at += text[at] == '\\' && text[at + 1];
	return at + (text[at] == '"');
}

/* Past one value: brackets are counted, strings skipped whole. */
static size_t skip_value(const char *text, size_t at)
{
	size_t depth = 0;

	do {
		if (text[at] == '"') {
			at = skip_string(text, at);
			continue;
		}
		if (text[at] == '{' || text[at] == '[')
			depth++;
		else if ((text[at] == '}' || text[at] == ']') && depth > 0)
			depth--;
		at += text[at] != '\0';
	} while (text[at] && (depth > 0 || !strchr(",}] \t\r\n", text[at])));
	return at;
}

/* The member whose name begins at *at, which moves on to its value; false where
 * there is none. */
static bool take_name(const char *text, size_t *at, struct span *name)
{
	name->start = skip_space(text, *at);
	if (text[name->start] != '"')
		return false;
	name->end = skip_string(text, name->start);
	size_t colon = skip_space(text, name->end);
	*at = skip_space(text, colon + (text[colon] == ':'));
	return text[colon] == ':';
}

/* Whether a member is called so; its name may be spelt with escapes. */
static bool is_called(const char *text, struct span name, const char *called)
{
	JSON_SCOPED json_t *decoded = json_loadb(text + name.start,
		name.end - name.start, JSON_DECODE_ANY, NULL);

	return decoded && text_equal(json_string_value(decoded), called);
}

/* Where the object "profiles" begins, or 0. */
static size_t find_profiles(const char *text)
{
	struct span name;
	size_t at = skip_space(text, 0);

	if (text[at] != '{')
		return 0;
	do {
		at++;
		if (!take_name(text, &at, &name))
			return 0;
		if (is_called(text, name, "profiles"))
			return text[at] == '{' ? at : 0;
		at = skip_space(text, skip_value(text, at));
	} while (text[at] == ',');
	return 0;
}

/* The profile at *at, which moves on to what stands behind it. */
static bool take_profile(
	const char *text, size_t *at, struct profile_span *span)
{
	if (!take_name(text, at, &span->name))
		return false;
	size_t end = plain_json_skip(text, *at, PROFILE_DEPTH);
	span->plain = end != 0;
	span->value.start = *at;
	span->value.end = end ? end : skip_value(text, *at);
	*at = skip_space(text, span->value.end);
	return true;
}

bool layout_outline(const char *text, struct profile_span *spans, size_t most,
	size_t *count, struct buf *out)
{
	size_t taken = 0;
	size_t at = find_profiles(text);

	*count = 0;
	if (!at)
		return false;
	bool more = text[skip_space(text, at + 1)] != '}';
	while (more) {
		struct profile_span *span = &spans[*count];
		at++;
		if (*count == most || !take_profile(text, &at, span))
			return false;
		(*count)++;
		buf_append(out, text + taken, span->value.start - taken);
		buf_text(out, "null");
		taken = span->value.end;
		more = text[at] == ',';
	}
	buf_text(out, text + taken);
	return !buf_failed(out);
}

/* jansson writes a value from column 0; profiles stand two levels deeper. */
#define PROFILE_INDENT "    "

void layout_format_profile(const json_t *profile, struct buf *out)
{
	SCOPED(buf) struct buf text = BUF(out->limit);

	json_format(profile, &text);
	/* Line breaks inside strings are escaped, so each one is layout. */
	for (size_t i = 0; i + 1 < text.size; i++) {
		buf_byte(out, text.data[i]);
		if (text.data[i] == '\n')
			buf_text(out, PROFILE_INDENT);
	}
	if (buf_failed(&text))
		out->failed = true;
}

static int compare_names(const void *a, const void *b)
{
	const struct profile_text *left = a;
	const struct profile_text *right = b;

	return strcmp(left->name, right->name);
}

void layout_format_vault(const char *id, struct profile_text *profiles,
	size_t count, struct buf *out)
{
	qsort(profiles, count, sizeof(*profiles), compare_names);
	buf_printf(out,
		"{\n  \"aigenv\": 1,\n  \"vault\": \"%s\",\n  \"profiles\": {",
		id);
	for (size_t i = 0; i < count; i++) {
		buf_text(out, i ? ",\n" PROFILE_INDENT : "\n" PROFILE_INDENT);
		buf_append(out, profiles[i].quoted, profiles[i].quoted_size);
		buf_text(out, ": ");
		buf_append(out, profiles[i].value, profiles[i].value_size);
	}
	buf_text(out, count ? "\n  }\n}\n" : "}\n}\n");
}
