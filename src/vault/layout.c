/* SPDX-License-Identifier: MIT */
#include "vault/layout_internal.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* The text is known to be JSON, so these need no errors. */

static size_t skip_space(const char *text, size_t at)
{
	while (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' ||
		text[at] == '\r')
		at++;
	return at;
}

static size_t skip_string(const char *text, size_t at)
{
	at++;
	while (text[at] != '"')
		at += text[at] == '\\' ? 2 : 1;
	return at + 1;
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
		else if (text[at] == '}' || text[at] == ']')
			depth--;
		at++;
	} while (depth > 0 || !strchr(",}] \t\r\n", text[at]));
	return at;
}

/*
 * The member at `*at`, which is on or before its name; moves to the next one's
 * separator.
 */
static struct profile_span next_member(const char *text, size_t *at)
{
	struct profile_span span;

	span.name.start = skip_space(text, *at);
	span.name.end = skip_string(text, span.name.start);
	span.value.start =
		skip_space(text, skip_space(text, span.name.end) + 1);
	span.value.end = skip_value(text, span.value.start);
	*at = skip_space(text, span.value.end) + 1;
	return span;
}

void layout_find(const char *text, json_t *root, struct profile_span *spans)
{
	size_t at = skip_space(text, 0) + 1;
	struct profile_span member = { { 0, 0 }, { 0, 0 } };
	json_t *all = json_object_get(root, "profiles");
	const char *name = NULL;
	json_t *value = NULL;

	/* By position, since a name may be spelt with escapes. */
	json_object_foreach(root, name, value) {
		member = next_member(text, &at);
		if (text_equal(name, "profiles"))
			break;
	}
	at = member.value.start + 1;
	for (size_t i = 0; i < json_object_size(all); i++)
		spans[i] = next_member(text, &at);
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
