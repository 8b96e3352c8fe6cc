/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"

#include <stdint.h>
#include <string.h>

/* "NAME=" and not "NAME==". */
static bool is_assigned(const struct source *source, size_t end)
{
	size_t at = source_skip_space(source, end);
	char next = source_byte(source, at + 1);

	return source_byte(source, at) == '=' &&
		!strchr("=>~", next ? next : ' ');
}

static bool is_given(const struct reading *reading, const char *name)
{
	const char *at = reading->given ? reading->given : "";

	while (*at) {
		size_t size = strcspn(at, " ");
		bool is_start = at[size - 1] == '_';

		if (strncmp(name, at, size) == 0 &&
			(is_start || name[size] == '\0'))
			return true;
		at += size + (at[size] == ' ');
	}
	return false;
}

/* Where the objects begin in front of it: this.configService.get( */
static size_t chain_start(const struct source *source, size_t at)
{
	while (at > 1 && source->text[at - 1] == '.' &&
		text_is_name_byte(source->text[at - 2]))
		at = source_word_start(source, at - 1);
	return at;
}

static void tell(const struct reader *reader, const struct reading *reading,
	size_t at, const struct match *match)
{
	const struct source *source = reader->source;
	bool is_placeholder = source->language & LANGUAGES_OF_PLACEHOLDERS;
	struct read read = { .at = at,
		.asked = reading->asks || match->more ||
			(!is_placeholder &&
				source_doubt(source, chain_start(source, at),
					match->end) == DOUBT_SPARED),
		.given = !is_placeholder && is_assigned(source, match->end) };

	if (is_given(reading, match->name))
		return;
	memcpy(read.name, match->name, sizeof(read.name));
	reader->found(reader->context, &read);
}

/* process.env and its like, which have rows of their own. */
static bool is_object_of_runtime(const struct source *source, size_t at)
{
	return at > 0 &&
		source_ends_with_any(source,
			source_skip_space_back(source, at - 1),
			WORDS("process", "meta", "Bun", "Deno"));
}

/* MYENV[, and the "env" of process.env. */
static bool is_part(const struct source *source, size_t at)
{
	return at > 0 && source->text[at] != '$' &&
		(text_is_name_byte(source->text[at - 1]) ||
			(source->text[at - 1] == '.' &&
				is_object_of_runtime(source, at)));
}

/* Whether a name goes on to the left: $ENV is none of a shell's. */
static bool goes_on_left(
	const struct source *source, const struct reading *reading, size_t at)
{
	char before = at > 0 ? source->text[at - 1] : ' ';

	if (source->text[at] == '$')
		return before == '$' || before == '\\';
	return before == '>' || before == '$' ||
		(before == '.' && !reading->is_member);
}

static bool has_one_of(const struct source *source, const char *list)
{
	while (*list) {
		const struct slice one = { list, strcspn(list, "|") };

		if (slice_find_part(source_from(source, 0), one) < source->size)
			return true;
		list += one.size + (list[one.size] == '|');
	}
	return false;
}

/* Rows that begin alike are next to each other, and are looked for at once. */
static size_t key_size(const struct reading *reading)
{
	return strcspn(reading->text, " %");
}

static bool begins_alike(const struct reading *one, const struct reading *other)
{
	size_t size = key_size(one);

	return size == key_size(other) &&
		memcmp(one->text, other->text, size) == 0;
}

/* Which of the rows count in the source, as bits. */
static unsigned rows_of(
	const struct source *source, const struct reading *rows, size_t count)
{
	unsigned found = 0;

	for (size_t i = 0; i < count; i++)
		if ((rows[i].languages & source->language) &&
			(!rows[i].where || has_one_of(source, rows[i].where)))
			found |= 1U << i;
	return found;
}

/* It begins at `place`, its text at `text`. */
static bool try_reading(const struct reader *reader,
	const struct reading *reading, size_t place, size_t text)
{
	const struct source *source = reader->source;
	struct match match;

	if (goes_on_left(source, reading, place) ||
		!source_matches(reader, reading->text, text, &match) ||
		(reading->has_objects && source_is_binding(source, match.end)))
		return false;
	tell(reader, reading, place, &match);
	return true;
}

void find_readings(const struct reader *reader,
	const struct reading *readings_alike, size_t count)
{
	const struct source *source = reader->source;
	const struct slice key = { readings_alike->text,
		key_size(readings_alike) };
	bool is_object = readings_alike->text[key.size] == '%' &&
		readings_alike->text[key.size + 1] == 'm';
	unsigned rows = 0;
	bool has_rows = false;

	for (size_t at = 0; source_find(source, key, SIGN_CODE, &at); at++) {
		if (is_part(source, at))
			continue;
		/* They are looked for where one may be needed. */
		if (!has_rows)
			rows = rows_of(source, readings_alike, count);
		has_rows = true;
		for (size_t i = 0; i < count; i++)
			if ((rows >> i & 1) &&
				try_reading(reader, &readings_alike[i], at, at))
				break;
		if (is_object && rows)
			find_destructuring(reader, at, at + key.size);
	}
}

/* Rows that are looked for by their text. Those of JavaScript are Nest's, for
 * which a file has a word. */
static void find_by_text(const struct reader *reader)
{
	const struct source *source = reader->source;

	if (source->language == LANGUAGE_JS && !source->has_words)
		return;
	for (size_t i = 0; i < reading_count;) {
		size_t count = 1;
		unsigned languages = readings[i].languages;

		while (i + count < reading_count &&
			begins_alike(&readings[i], &readings[i + count]))
			languages |= readings[i + count++].languages;
		if (!readings[i].before && (languages & source->language))
			find_readings(reader, &readings[i], count);
		i += count;
	}
}

/* What of the rows' conditions is known of the source, as bits. */
struct conditions {
	uint64_t known, met;
};

static bool is_met(
	const struct reader *reader, struct conditions *conditions, size_t row)
{
	const char *where = readings[row].where;
	const uint64_t bit = UINT64_C(1) << row;

	if (!where || (reader->env_is_all && !*readings[row].before))
		return true;
	if (!(conditions->known & bit) && has_one_of(reader->source, where))
		conditions->met |= bit;
	conditions->known |= bit;
	return (conditions->met & bit) != 0;
}

static bool stands_at(
	const struct source *source, const struct reading *reading, size_t *at)
{
	const size_t size = key_size(reading);

	return source->size - *at >= size &&
		memcmp(source->text + *at, reading->text, size) == 0 &&
		source_pattern_before(source, reading->before, at) &&
		source_is_code(source, *at) && !is_part(source, *at);
}

/* The "env" at `at`, by the first row that reads there. */
static void find_at(
	const struct reader *reader, struct conditions *conditions, size_t at)
{
	bool is_first = true;

	for (size_t i = 0; i < reading_count; i++) {
		size_t start = at;

		if (!(readings[i].languages & reader->source->language) ||
			!readings[i].before ||
			!stands_at(reader->source, &readings[i], &start) ||
			!is_met(reader, conditions, i))
			continue;
		if (is_first && reader->source->language == LANGUAGE_JS)
			find_destructuring(reader, start, at + strlen("env"));
		if (is_first)
			find_membership(reader, start);
		is_first = false;
		if (try_reading(reader, &readings[i], start, at))
			return;
	}
}

void find_in_table(const struct reader *reader)
{
	const struct source *source = reader->source;
	struct conditions conditions = { 0, 0 };

	find_by_text(reader);
	for (size_t i = 0; i < source->env_count; i++)
		find_at(reader, &conditions, source->envs[i]);
}
