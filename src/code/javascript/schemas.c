/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/text.h"
#include "os/directory.h"

#include <string.h>

/* Of one entry of a schema. */
#define ENTRY_MOST 2048

/*
 * Objects whose members are checked by zod, Joi, yup, valibot,
 * TypeBox or envalid, where the file is about an environment.
 */

/* The file is about an environment: by its text, or by its path. */
static const char *const signs[] = { "process.env", "import.meta.env",
	"createEnv", "cleanEnv", "envsafe", "validationSchema", "EnvSchema",
	"envSchema" };
/* What a member's check begins with. */
static const char *const checks[] = { "z", "zod", "v", "Joi", "joi", "yup",
	"Yup", "Type", "str", "bool", "num", "port", "url", "email", "host",
	"json", "envalid", "makeValidator" };

/* Of these what is not marked as required is optional. */
static const char *const lenient_checks[] = { "Joi", "joi", "yup", "Yup" };

static bool has_any(struct slice text, const char *const *words, size_t count)
{
	return slice_fits_any(text, slice_contains, words, count);
}

/* z.object(, Type.Object(, createEnv(, cleanEnv(, envsafe(; or a part of one,
 * of zod. A file without any of these has no such object. */
static bool has_maker(const struct source *source)
{
	for (size_t i = 0; i < source->env_count; i++)
		if (source_has_any_at(
			    source, source->envs[i], WORDS("Env(", "envsafe(")))
			return true;
	return source_has(source, "bject(") || source_has(source, "zod");
}

static bool begins_with_word(const struct source *source, size_t at,
	const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (source_has_word(source, at, words[i]) &&
			strchr(".( \n\t",
				source_byte(source, at + strlen(words[i]))))
			return true;
	return false;
}

bool path_is_of_settings(const char *path)
{
	const struct slice name = slice_of(path_name(path));

	return slice_fits_any(
		name, slice_contains_ignoring_case, WORDS("env", "config"));
}

static bool is_about_environment(const struct source *source)
{
	return has_any(source_from(source, 0), signs, ARRAY_SIZE(signs)) ||
		path_is_of_settings(source->path);
}

/* A name as a member: behind "{", "," or another line, in front of ":". */
static bool begins_member(const struct source *source, size_t at)
{
	size_t before = source_skip_space_back(source, at);

	return source_is_code(source, at) && before > 0 &&
		strchr("{,", source->text[before - 1]) != NULL;
}

static bool is_call(const struct source *source, size_t at)
{
	at += source_word_at(source, at).size;
	return source_byte(source, at) == '(';
}

/* `envalid`: the file has envalid's cleanEnv. */
static void take_member(const struct reader *reader, struct read *read,
	size_t value, bool envalid)
{
	const struct source *source = reader->source;
	size_t end = source_expression_end(source, value, ENTRY_MOST);
	const struct slice entry = { source->text + value, end - value };
	/* envalid's are calls, also of what people make themselves. */
	bool is_check =
		begins_with_word(source, value, checks, ARRAY_SIZE(checks)) ||
		(envalid && is_call(source, value));
	bool is_lenient = begins_with_word(
		source, value, lenient_checks, ARRAY_SIZE(lenient_checks));

	read->asked =
		has_any(entry,
			WORDS("optional(", "Optional(", ".default(",
				"default:", "nullish(", ".catch(", ".prefault(",
				".fallback(", "allowEmpty:")) ||
		(is_lenient &&
			(slice_contains(entry, ".when(") ||
				!slice_contains(entry, ".required(")));
	/* What else may stand there is understood by its default alone. */
	if (is_check || read->asked)
		reader->found(reader->context, read);
}

static void find_members(const struct reader *reader)
{
	const struct source *source = reader->source;
	bool envalid = source_has(source, "cleanEnv");

	for (size_t colon = 0;
		source_find(source, slice_of(":"), SIGN_CODE, &colon);
		colon++) {
		size_t name_end = source_skip_space_back(source, colon);
		struct read read = { .at = source_word_start(
					     source, name_end) };
		size_t end = read.at;

		if (source_take_name(source, &end, read.name) &&
			end == name_end && begins_member(source, read.at))
			take_member(reader, &read,
				source_skip_space(source, colon + 1), envalid);
	}
}

/* Properties of a class under class-validator's decorators. */

/* From the property before on. */
static struct slice decorators_before(const struct source *source, size_t at)
{
	size_t start = at;

	while (start > 0 && at - start < ENTRY_MOST &&
		!(source->signs[start - 1] == SIGN_CODE &&
			source->text[start - 1] == ';') &&
		!(start > 1 && source->text[start - 1] == '\n' &&
			source->text[start - 2] == '\n'))
		start--;
	return (struct slice){ source->text + start, at - start };
}

static void take_property(const struct reader *reader, size_t at)
{
	const struct source *source = reader->source;
	struct slice decorators = decorators_before(source, at);
	struct read read = { .at = at };
	size_t end = at;

	if (!source_take_name(source, &end, read.name) ||
		!strchr("!?:", source_byte(source, end)) ||
		!slice_contains(decorators, "@"))
		return;
	read.asked = source_byte(source, end) == '?' ||
		has_any(decorators, WORDS("@IsOptional", "@ValidateIf")) ||
		memchr(source->text + end, '=',
			source_expression_end(source, end, ENTRY_MOST) - end);
	reader->found(reader->context, &read);
}

static void find_properties(const struct reader *reader)
{
	const struct source *source = reader->source;

	for (size_t at = 0; at < source->size;
		at = source_line_end(source, at) + 1) {
		size_t start = at + source_indent(source, at);

		if (source_is_code(source, start) &&
			text_is_upper(source->text[start]))
			take_property(reader, start);
	}
}

void find_schemas(const struct reader *reader)
{
	const struct source *source = reader->source;

	if (has_maker(source) && is_about_environment(source))
		find_members(reader);
	if (source_has(source, "class-validator") &&
		is_about_environment(source))
		find_properties(reader);
}
