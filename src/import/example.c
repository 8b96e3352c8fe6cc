/* SPDX-License-Identifier: MIT */
/*
 * A .env.example: what it says of each variable, as a schema.
 *
 *     # Where the app listens.            the description
 *     # Optional.                         as template env-example writes it,
 *     # Matches: [0-9]+                   so are "One of:" and ", a secret"
 *     PORT=3000                           a value: not required
 *
 *     DATABASE_URL=                       nothing, or a placeholder: required
 *     # SENTRY_DSN=                       out of use: not required
 *
 * A comment belongs to the line right below it. Where it has the word
 * "optional" or "required", that counts. What is a secret by its name or value
 * is one, and its value an example.
 */
#include "import/import_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/pattern.h"
#include "base/text.h"
#include "catalogue/placeholder.h"
#include "profile/detour.h"
#include "settings/settings.h"
#include "settings/value.h"

#include <stdlib.h>
#include <string.h>

#define SCHEMA_LIMIT 256 /* names (settings/table.def) */

/* What the comments above a line say of it. */
struct above {
	struct buf description;
	enum {
		NOT_SAID,
		SAID_REQUIRED,
		SAID_OPTIONAL
	} need;
	bool secret;
	json_t *one_of; /* owned; or NULL */
	char *pattern;  /* owned; or NULL */
	char *refused;  /* why its pattern is none; owned; or NULL */
};

struct example {
	struct imported *out;
	json_t *schema; /* borrowed from the answers */
	struct above above;
};

static void forget(struct above *above)
{
	buf_clear(&above->description);
	json_decref(above->one_of);
	free(above->pattern);
	free(above->refused);
	above->one_of = NULL;
	above->pattern = NULL;
	above->refused = NULL;
	above->need = NOT_SAID;
	above->secret = false;
}

const char *const import_example_endings[] = { ".example", ".sample",
	".template", ".dist", ".defaults", NULL };

bool import_is_example(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct slice rest = slice_of(slash ? slash + 1 : path);

	while (rest.size > 0) {
		const size_t dot = slice_find(rest, '.');
		for (size_t i = 0; import_example_endings[i]; i++) {
			if (slice_is_ignoring_case(slice_first(rest, dot),
				    import_example_endings[i] + 1))
				return true;
		}
		rest = slice_from(rest, dot + 1);
	}
	return false;
}

/* The word, in any case and with none of its own letters around. */
static bool has_word(struct slice text, const char *lower)
{
	const size_t size = strlen(lower);

	for (size_t at = 0; at + size <= text.size; at++) {
		if (slice_has_at_ignoring_case(text, at, lower) &&
			(at == 0 || !text_is_letter(text.at[at - 1])) &&
			(at + size == text.size ||
				!text_is_letter(text.at[at + size])))
			return true;
	}
	return false;
}

/* "Required.", "Optional, a secret.": a line of template env-example. */
static bool take_need(struct above *above, struct slice line)
{
	static const struct {
		const char *text;
		bool required, secret;
	} needs[] = {
		{ "required", true, false },
		{ "optional", false, false },
		{ "required, a secret", true, true },
		{ "optional, a secret", false, true },
	};

	if (slice_ends(line, "."))
		line.size--;
	for (size_t i = 0; i < ARRAY_SIZE(needs); i++) {
		if (!slice_is_ignoring_case(line, needs[i].text))
			continue;
		above->need = needs[i].required ? SAID_REQUIRED : SAID_OPTIONAL;
		above->secret = needs[i].secret;
		return true;
	}
	return false;
}

/* "One of: a,b" */
static bool take_one_of(struct above *above, struct slice line)
{
	static const char mark[] = "one of:";
	const struct setting *setting = &settings_table[SETTING_SCHEMA_ONE_OF];
	struct error ignored;

	if (above->one_of || !slice_begins_ignoring_case(line, mark))
		return false;
	OWNED char *text =
		slice_text(slice_trimmed(slice_from(line, sizeof(mark) - 1)));
	json_t *list = *text ? settings_value(setting, text, &ignored) : NULL;

	if (!list || json_array_size(list) == 0 ||
		json_array_size(list) > (size_t)setting->most) {
		json_decref(list);
		return false;
	}
	above->one_of = list;
	return true;
}

/* "Matches: [0-9]+" */
static bool take_pattern(struct above *above, struct slice line)
{
	static const char mark[] = "matches:";
	struct error err;

	if (above->pattern || !slice_begins_ignoring_case(line, mark))
		return false;
	char *pattern =
		slice_text(slice_trimmed(slice_from(line, sizeof(mark) - 1)));

	if (!pattern_check(pattern, &err)) {
		free(pattern);
		free(above->refused);
		above->refused = memory_text(err.what);
		return false;
	}
	above->pattern = pattern;
	return true;
}

/* A line of a comment, without its #. */
static void take_comment(struct above *above, struct slice line)
{
	if (take_need(above, line) || take_one_of(above, line) ||
		take_pattern(above, line))
		return;
	if (has_word(line, "optional") ||
		slice_contains_ignoring_case(line, "not required"))
		above->need = SAID_OPTIONAL;
	else if (has_word(line, "required"))
		above->need = SAID_REQUIRED;
	if (line.size > 0 && above->description.size > 0)
		buf_byte(&above->description, ' ');
	buf_append(&above->description, line.at, line.size);
}

/* A line of signs ("-----") is no description. */
static bool has_letter(struct slice line)
{
	for (size_t i = 0; i < line.size; i++) {
		const char byte = line.at[i];
		if (text_is_alphanumeric(byte) || text_is_wide(byte))
			return true;
	}
	return false;
}

/* NULL where it can be in a schema; else why not. */
static const char *why_not(const struct example *example, const char *name)
{
	const char *why = import_why_no_name(name);

	if (why)
		return why;
	if (text_equal(name, TOKEN) || text_starts_with(name, BASE_URL))
		return _("it is aigenv's own, and always there");
	for (size_t i = 0; detour_names[i]; i++) {
		if (text_equal(name, detour_names[i]))
			return _("an app that reads it goes past the gateway");
	}
	if (json_object_size(example->schema) >= SCHEMA_LIMIT &&
		!json_object_get(example->schema, name))
		return _("a schema cannot hold more names");
	return NULL;
}

static void put_description(
	const struct example *example, const char *name, json_t *entry)
{
	const struct setting *setting =
		&settings_table[SETTING_SCHEMA_DESCRIPTION];
	const struct above *above = &example->above;
	const char *text = buf_cstring(&above->description);
	json_t *before = json_inner(example->schema, name, "description");
	struct error ignored;

	if (*text && !buf_failed(&above->description) &&
		strlen(text) == above->description.size &&
		text_is_utf8(text, strlen(text)) &&
		setting_check_text(setting, text, &ignored))
		json_put_text(entry, "description", text);
	else if (before)
		json_put_shared(entry, "description", before);
}

/* A list that its pattern does not fit is the better known of the two. */
static void drop_contradiction(struct above *above)
{
	bool fits = true;

	JSON_EACH(text, above->one_of) {
		fits = fits &&
			(!above->pattern ||
				pattern_try(above->pattern,
					json_string_value(text.value)) ==
					PATTERN_MATCHES);
	}
	if (fits)
		return;
	free(above->pattern);
	above->pattern = NULL;
}

/* Nothing, or what stands for something. */
static bool is_gap(const char *value)
{
	return !*value || placeholder_is(value, strlen(value));
}

/* A value that every copy of the file may keep. */
static bool is_default(const struct example *example, const char *value)
{
	const struct above *above = &example->above;

	return (!above->one_of || json_lists(above->one_of, value)) &&
		!is_gap(value) && !import_refers_to_others(value) &&
		!strchr(value, '\r') && text_is_utf8(value, strlen(value)) &&
		(!above->pattern ||
			pattern_try(above->pattern, value) == PATTERN_MATCHES);
}

static void tell(const struct example *example, const char *name,
	const json_t *entry, bool has_default)
{
	const bool required = json_flag(entry, "required");
	const bool secret = json_flag(entry, "secret");

	if (secret)
		import_tell(example->out, IMPORT_TOOK, name, "%s",
			required ? _("a required secret of the schema")
				 : _("an optional secret of the schema"));
	else if (has_default)
		import_tell(example->out, IMPORT_TOOK, name, "%s",
			required ? _("a required variable of the schema, with "
				     "this value where the profile has none")
				 : _("an optional variable of the schema, with "
				     "this value where the profile has none"));
	else
		import_tell(example->out, IMPORT_TOOK, name, "%s",
			required ? _("a required variable of the schema")
				 : _("an optional variable of the schema"));
}

/* One name with what stands above it; `value` is NULL where its line is out of
 * use. */
static void add(struct example *example, const char *name, const char *value)
{
	struct above *above = &example->above;
	const char *why = why_not(example, name);

	if (!value && json_object_get(example->schema, name))
		return;
	import_untell(example->out, name);
	(void)json_object_del(example->out->optional, name);
	if (above->need == SAID_OPTIONAL)
		json_put(example->out->optional, name, json_true());
	if (why) {
		import_tell(example->out, IMPORT_LEFT, name, "%s", why);
		return;
	}
	drop_contradiction(above);
	const bool secret = above->secret ||
		import_will_be_secret(NULL, name) ||
		(value && import_is_secret(name, value));
	const bool has_default = value && !secret && is_default(example, value);
	const bool required = above->need == SAID_REQUIRED ||
		(above->need == NOT_SAID && value && (secret || is_gap(value)));
	json_t *entry = json_build("{required:%b}", required);

	if (secret)
		json_put(entry, "secret", json_true());
	if (above->pattern)
		json_put_text(entry, "pattern", above->pattern);
	if (above->one_of)
		json_put_shared(entry, "one_of", above->one_of);
	put_description(example, name, entry);
	/* The last line of a name is what readers take. */
	(void)json_object_del(example->out->defaults, name);
	if (has_default)
		json_put_text(example->out->defaults, name, value);
	tell(example, name, entry, has_default);
	if (above->refused)
		import_tell(example->out, IMPORT_LEFT, name,
			_("the pattern in its comment is kept as description "
			  "alone: %s"),
			above->refused);
	json_put(example->schema, name, entry);
}

/* "#PORT=3000": the name, owned; NULL where it is prose. */
static char *name_out_of_use(struct slice line)
{
	const size_t equals = slice_find(line, '=');
	char *name = slice_text(slice_first(line, equals));

	if (equals < line.size && text_is_upper(*name) && strlen(name) > 1 &&
		text_only(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"))
		return name;
	free(name);
	return NULL;
}

static void take_line_of_comment(struct example *example, struct slice line)
{
	while (slice_begins(line, "#"))
		line = slice_from(line, 1);
	line = slice_trimmed(line);
	OWNED char *name = name_out_of_use(line);

	if (name) {
		add(example, name, NULL);
		forget(&example->above);
	} else if (has_letter(line)) {
		take_comment(&example->above, line);
	} else {
		forget(&example->above);
	}
}

/* Behind a value, where nothing stands above. */
static void take_inline_comment(
	struct example *example, struct slice line, const char *value)
{
	const size_t hash = slice_find(line, '#');

	if (example->above.description.size > 0 || hash == line.size ||
		strchr(value, '#') || hash == 0 ||
		!text_is_space(line.at[hash - 1]))
		return;
	take_comment(
		&example->above, slice_trimmed(slice_from(line, hash + 1)));
}

/* How many further lines the value has. */
static size_t further_lines(
	struct slice text, const struct envfile_entry *entry)
{
	const bool has_value = entry->column > 0 && entry->column <= text.size;
	const char quote = has_value ? text.at[entry->column - 1] : '\0';
	size_t count = 0;

	if (!text_is_quote(quote))
		return 0;
	for (size_t i = entry->column; i < text.size; i++) {
		if (text.at[i] == quote && text.at[i - 1] != '\\')
			return count;
		count += text.at[i] == '\n';
	}
	return 0;
}

static void take_line(struct example *example, struct slice line)
{
	const struct slice text = slice_trimmed(line);

	if (slice_begins(text, "#"))
		take_line_of_comment(example, text);
	else
		forget(&example->above);
}

/* Between assignments there are comments. */
static void take_lines(struct example *example, struct slice rest,
	const struct envfile *document)
{
	const size_t count = envfile_count(document);
	size_t number = 1;
	size_t at = 0;
	size_t skip = 0;
	struct slice line;
	struct slice text = rest;

	for (; slice_take_line(&rest, &line); number++, text = rest) {
		struct envfile_entry entry = { .line = 0 };
		if (at < count)
			envfile_entry(document, at, &entry);
		if (entry.line == number) {
			take_inline_comment(example, line, entry.value);
			add(example, entry.name, entry.value);
			forget(&example->above);
			skip = further_lines(text, &entry);
			at++;
		} else if (skip > 0) {
			skip--;
		} else {
			take_line(example, line);
		}
	}
	/* Where a reader counts lines differently. */
	for (; at < count; at++) {
		struct envfile_entry entry;
		forget(&example->above);
		envfile_entry(document, at, &entry);
		add(example, entry.name, entry.value);
	}
}

void import_example(const char *bytes, size_t size,
	const struct envfile *document, struct imported *imported)
{
	struct example example = { .out = imported,
		.schema = json_new_object(),
		.above = { .description = BUF(4096) } };

	*imported = (struct imported){ .answers = json_new_object(),
		.defaults = json_new_object(),
		.optional = json_new_object() };
	json_put(imported->answers, "schema", example.schema);
	take_lines(&example, (struct slice){ bytes, size }, document);
	forget(&example.above);
	buf_release(&example.above.description);
}
