/* SPDX-License-Identifier: MIT */
#include "commands/seal_show.h"

#include "base/attributes.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "import/import.h"
#include "os/secret.h"
#include "profile/profile.h"
#include "settings/value.h"

#include <stdlib.h>
#include <string.h>

static void show_base_urls(struct output *output, const char *profile,
	json_t *settings, const char *what)
{
	struct profile shown = { 0 };
	struct error ignored;

	if (settings &&
		profile_from_settings(&shown, profile, settings, &ignored)) {
		for (size_t i = 0; i < shown.route_count; i++)
			output_text(output, "%s  %s  %s\n", what,
				shown.routes[i].name, shown.routes[i].base_url);
	}
	profile_release(&shown);
}

void seal_show_base_urls(struct output *output, const char *profile,
	json_t *before, json_t *after)
{
	show_base_urls(output, profile, before, "before");
	show_base_urls(output, profile, after, "after ");
}

/* For import_is_secret, of what is no variable: a random text among a program's
 * arguments may be a key; ids, hashes and paths look random, too. */
#define ARGUMENT "ARGUMENT"
#define NO_SECRET "ID"

/* A value with line breaks is shown as JSON. */
static bool is_secret(const char *name, const char *value)
{
	JSON_SCOPED json_t *whole =
		*value == '"' ? json_parse_foreign(value, strlen(value)) : NULL;

	return import_is_secret(name, value) ||
		(json_is_string(whole) &&
			import_is_secret(name, json_string_value(whole)));
}

static void mask_into(struct buf *shown, const char *name, const char *value)
{
	char masked[SECRET_MASK_SIZE];

	if (is_secret(name, value)) {
		secret_mask_text(value, strlen(value), masked);
		value = masked;
	}
	buf_text(shown, value);
}

/* As import_is_secret reads names: api_key of "--api-key". */
static void name_option(char *option)
{
	for (char *at = option; *at; at++) {
		if (*at == '-')
			*at = '_';
	}
}

/* A setting whose words are masked one by one. */
struct masking {
	const char *name; /* by which a word is judged that has none */
	char *option;     /* owned: the name that waits for a value, or NULL */
};

static void mask_value(const struct masking *masking, struct buf *shown,
	const char *option, const char *value)
{
	const char *name = masking->name;

	if (option && import_is_secret(option, ""))
		name = option;
	else if (strchr(value, '/'))
		name = NO_SECRET;
	mask_into(shown, name, value);
}

/* "--api-key=VALUE", or the VALUE behind "--api-key". */
static void mask_word(
	struct masking *masking, struct buf *shown, struct slice word)
{
	char *value = slice_text(word);
	char *sign = *value == '-' ? strchr(value, '=') : NULL;
	char *option = masking->option;

	masking->option = NULL;
	if (sign) {
		buf_append(shown, value, (size_t)(sign + 1 - value));
		*sign = '\0';
		name_option(value);
		mask_value(masking, shown, value, sign + 1);
	} else if (*value == '-') {
		buf_text(shown, value);
		name_option(value);
		masking->option = memory_text(value);
	} else {
		mask_value(masking, shown, option, value);
	}
	free(option);
	free(value);
}

/* One argument, which may have blanks in it; or several in one text, as for a
 * shell. */
static void mask_item(
	struct masking *masking, struct buf *shown, struct slice item)
{
	const size_t blank = slice_find(item, ' ');
	const bool whole = slice_begins(item, "-")
		? slice_find(item, '=') < blank
		: masking->option != NULL;

	while (item.size > 0) {
		struct slice word =
			whole ? item : slice_first(item, slice_find(item, ' '));
		if (word.size > 0)
			mask_word(masking, shown, word);
		item = slice_from(item, word.size);
		if (item.size > 0)
			buf_byte(shown, ' ');
		item = slice_from(item, 1);
	}
}

static void mask_list(
	struct masking *masking, struct buf *shown, const json_t *list)
{
	JSON_SCOPED json_t *words = json_new_list();
	json_t *item = NULL;
	size_t index = 0;

	json_array_foreach(list, index, item) {
		const char *text = json_string_value(item);
		SCOPED(buf) struct buf word = BUF(shown->limit);
		/* Other members stand in notes of the team's own alone. */
		if (text)
			mask_item(masking, &word, slice_of(text));
		json_push(words,
			text ? json_new_text(buf_cstring(&word))
			     : json_incref(item));
	}
	settings_format_value(words, shown);
}

/* "a,b" */
static void mask_items(
	struct masking *masking, struct buf *shown, struct slice line)
{
	while (line.size > 0) {
		struct slice item = slice_first(line, slice_find(line, ','));
		mask_item(masking, shown, item);
		line = slice_from(line, item.size);
		if (line.size > 0)
			buf_byte(shown, ',');
		line = slice_from(line, 1);
	}
}

/* A setting's value as settings_line has it: a text, "a,b", or JSON. */
static void mask_setting(struct buf *shown, const char *key, const char *line)
{
	struct masking masking = {
		text_starts_with(key, "pm2.") ? ARGUMENT : NO_SECRET, NULL
	};
	JSON_SCOPED json_t *list =
		*line == '[' ? json_parse_foreign(line, strlen(line)) : NULL;

	if (json_is_array(list))
		mask_list(&masking, shown, list);
	else
		mask_items(&masking, shown, slice_of(line));
	free(masking.option);
}

static void mask(json_t *change, const char *side, const char *key)
{
	static const char vars[] = "vars.";
	const char *value = json_text(change, side);

	if (!value)
		return;
	SCOPED(buf)
	struct buf shown = BUF((strlen(value) + 1) * SECRET_MASK_SIZE);
	if (text_starts_with(key, vars))
		mask_into(&shown, key + strlen(vars), value);
	else
		mask_setting(&shown, key, value);
	json_put_text(change, side, buf_cstring(&shown));
}

void seal_mask(json_t *change)
{
	static const char *const sides[] = { "before", "after", "base", "ours",
		"theirs" };
	const char *key = json_text(change, "key");

	for (size_t i = 0; key && i < ARRAY_SIZE(sides); i++)
		mask(change, sides[i], key);
}

void seal_show_change(struct output *output, json_t *change, bool known_before)
{
	seal_mask(change);

	const char *key = json_text(change, "key");
	const char *before = json_text(change, "before");
	const char *after = json_text(change, "after");
	const char *from = json_text(change, "from");

	if (from)
		output_text(output, "  %-6s", from);
	if (known_before)
		output_text(output, "  %s  %s → %s\n", key,
			before ? before : _("(none)"),
			after ? after : _("(none)"));
	else
		output_text(output, "  %s  %s\n", key, after ? after : "");
}

void seal_warn_of_names(
	struct output *output, const struct opened *opened, json_t *before)
{
	SCOPED(buf) struct buf names = BUF(65536);

	opened_format_code_names(opened, before, &names);
	if (names.size)
		output_warning(output,
			_("%s can make a program run other code: seal this "
			  "only if you know what it is for\n"),
			buf_cstring(&names));
}
