/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/text.h"

#include <string.h>

/*
 * A class that is derived from pydantic's BaseSettings reads one
 * variable for each field without a method's "def" before it:
 *
 *     class Settings(BaseSettings):
 *         model_config = SettingsConfigDict(env_prefix="APP_")
 *         api_key: str                  APP_API_KEY, needed
 *         port: int = 8000              APP_PORT
 *         bucket: str = Field(alias="S3_BUCKET")
 */

#define FIELD_MOST 2048

struct settings {
	const struct reader *reader;
	size_t end;    /* of the class */
	size_t indent; /* of its fields */
	char prefix[NAME_MOST];
};

static bool is_blank_line(const struct source *source, size_t at)
{
	char byte = source_byte(source, at + source_indent(source, at));

	return byte == '\n' || byte == '\r' || byte == '\0';
}

/* Lines with more indent than the class has; what brackets or a string go on
 * with may have less. */
static size_t class_end(const struct source *source, size_t at)
{
	while (at < source->size &&
		(is_blank_line(source, at) || source_indent(source, at) > 0 ||
			!source_is_code(source, at) ||
			strchr(")]}", source->text[at])))
		at = source_line_end(source, at) + 1;
	return at < source->size ? at : source->size;
}

/* What is behind "key =" in the slice; of no bytes for none. */
static struct slice behind_key(struct slice text, const char *key)
{
	for (size_t at = 0; at < text.size; at++) {
		if (!slice_has_at(text, at, key) ||
			(at > 0 && text_is_name_byte(text.at[at - 1])))
			continue;
		struct slice rest =
			slice_skip_blanks(slice_from(text, at + strlen(key)));
		if (slice_begins(rest, "="))
			return slice_trimmed(slice_from(rest, 1));
	}
	return slice_from(text, text.size);
}

/* The text in quotes that the slice begins with, "" for none. */
static void take_quoted(struct slice rest, char value[NAME_MOST])
{
	size_t size = 0;

	if (rest.size > 0 && strchr("\"'", *rest.at)) {
		rest = slice_from(rest, 1);
		while (size < rest.size && size < NAME_MOST - 1 &&
			text_is_name_byte(rest.at[size])) {
			value[size] = text_upper(rest.at[size]);
			size++;
		}
	}
	value[size] = '\0';
}

/* Field(...) without a default. */
static bool is_required_field(struct slice value)
{
	const char *const open = memchr(value.at, '(', value.size);

	if (!slice_begins(value, "Field") || !open)
		return slice_is(value, "...");
	struct slice first =
		slice_trimmed(slice_from(value, (size_t)(open + 1 - value.at)));
	size_t word = 0;

	while (word < first.size && (text_is_name_byte(first.at[word])))
		word++;
	return slice_begins(first, "...") ||
		(!slice_contains(value, "default") && word > 0 &&
			slice_begins(slice_skip_blanks(slice_from(first, word)),
				"="));
}

/* AliasChoices("A", "B"): the one or the other will do. */
static void take_choices(
	const struct settings *settings, size_t at, struct slice choices)
{
	size_t end = slice_find(choices, ')');

	for (size_t i = 0; i < end; i++) {
		struct read read = { .at = at, .asked = true };

		if (!strchr("\"'", choices.at[i]))
			continue;
		take_quoted(slice_from(choices, i), read.name);
		i += strlen(read.name) + 1;
		if (*read.name)
			settings->reader->found(
				settings->reader->context, &read);
	}
}

/* By its alias, else by the field's own name; "" where that is no text. */
static void take_name_of(const struct settings *settings, struct slice field,
	struct slice value, struct read *read)
{
	static const char *const aliases[] = { "validation_alias", "alias",
		"env" };
	size_t size = strlen(settings->prefix);

	for (size_t i = 0; i < ARRAY_SIZE(aliases); i++) {
		const struct slice alias = behind_key(value, aliases[i]);

		if (alias.size == 0)
			continue;
		take_quoted(alias, read->name);
		if (slice_begins(alias, "AliasChoices"))
			take_choices(settings, read->at, alias);
		return;
	}
	if (size + field.size >= NAME_MOST)
		return;
	memcpy(read->name, settings->prefix, size);
	for (size_t i = 0; i < field.size; i++)
		read->name[size++] = text_upper(field.at[i]);
	read->name[size] = '\0';
}

/* A field that is a group of others has their names. */
static bool is_group(struct slice type)
{
	return slice_ends(type, "Settings") || slice_ends(type, "Config") ||
		slice_ends(type, "Model");
}

/* Its type may take several lines, and so may its value. Annotated has the
 * Field among what it says of the type. */
static void take_field(const struct settings *settings, size_t at)
{
	const struct source *source = settings->reader->source;
	struct read read = { .at = at };
	const struct slice field = source_word_at(source, at);
	size_t end = source_skip_space(source, at + field.size);

	/* One that begins so is private. */
	if (source_byte(source, end) != ':' || field.size < 2 ||
		*field.at == '_')
		return;
	size_t type = source_skip_space(source, end + 1);
	size_t most = settings->end - at > FIELD_MOST ? at + FIELD_MOST
						      : settings->end;
	size_t equals = 0;
	int open = 0;
	for (end = type; end < most && (open > 0 || source->text[end] != '\n');
		end++) {
		if (!source_is_code(source, end))
			continue;
		open += strchr("([{", source->text[end]) != NULL;
		open -= strchr(")]}", source->text[end]) != NULL;
		if (open == 0 && equals == 0 && source->text[end] == '=')
			equals = end - type;
	}
	const struct slice whole = { source->text + type, end - type };
	equals = equals > 0 ? equals : whole.size;
	const struct slice value = slice_trimmed(slice_from(
		whole, equals < whole.size ? equals + 1 : whole.size));
	const struct slice kind = slice_trimmed(slice_first(whole, equals));
	if (is_group(kind) || slice_contains(kind, "ClassVar"))
		return;
	take_name_of(settings, field,
		slice_begins(kind, "Annotated") ? whole : value, &read);
	read.asked = slice_contains(kind, "Optional") ||
		(slice_begins(kind, "Annotated") &&
			slice_contains(kind, "default")) ||
		(value.size > 0 && !is_required_field(value));
	/* A longer one is not the name of a variable. */
	if (*read.name)
		settings->reader->found(settings->reader->context, &read);
}

static void take_class(const struct reader *reader, size_t body)
{
	const struct source *source = reader->source;
	/* The line of the class may be the last, without an end. */
	body = body < source->size ? body : source->size;
	struct settings settings = { .reader = reader,
		.end = class_end(source, body) };
	const struct slice text = { source->text + body, settings.end - body };

	take_quoted(behind_key(text, "env_prefix"), settings.prefix);
	for (size_t at = body; at < settings.end;
		at = source_line_end(source, at) + 1) {
		size_t start = at + source_indent(source, at);

		if (is_blank_line(source, at) || !source_is_code(source, start))
			continue;
		if (settings.indent == 0)
			settings.indent = start - at;
		if (start - at == settings.indent &&
			text_is_name_byte(source->text[start]))
			take_field(&settings, start);
	}
}

/* django-environ: what Env(NAME=(bool, False)) has in pairs has a default. */
static void take_scheme(const struct reader *reader, size_t at)
{
	const struct source *source = reader->source;
	char next = ',';

	while (next == ',') {
		struct read read = { .at = source_skip_space(source, at),
			.asked = true };
		size_t end = read.at;

		if (!source_take_name(source, &end, read.name) ||
			source_byte(source, end) != '=')
			return;
		at = source_expression_end(source, end + 1, FIELD_MOST);
		if (memchr(source->text + end, ',', at - end))
			reader->found(reader->context, &read);
		next = source_byte(source, at++);
	}
}

static void find_schemes(const struct reader *reader)
{
	const struct slice call = slice_of("Env(");

	for (size_t at = 0; source_find(reader->source, call, SIGN_CODE, &at);
		at++)
		take_scheme(reader, at + call.size);
}

void find_settings(const struct reader *reader)
{
	const struct source *source = reader->source;

	find_schemes(reader);
	if (!source_has(source, "BaseSettings"))
		return;
	for (size_t at = 0; at < source->size;
		at = source_line_end(source, at) + 1) {
		const struct slice rest = source_from(source, at);
		const struct slice line =
			slice_first(rest, slice_find(rest, '\n'));

		if (source_is_code(source, at) &&
			slice_begins(line, "class ") &&
			slice_contains(line, "Settings)"))
			take_class(reader, source_line_end(source, at) + 1);
	}
}
