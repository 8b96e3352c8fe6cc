/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/*
 * Names of people's own for what Node's module "process" has:
 *
 *     import { env as e } from "process"; const p = require("node:process");
 *     const { env: e } = process;
 *
 * `env` and `process` themselves have rows in the table of readings.
 */

/* How far back a list of names may begin. */
#define LIST_MOST 1024

/* A file has one or two; for each it is looked through once. */
#define OBJECTS_MOST 8

struct aliases {
	const struct source *source;
	char *objects[OBJECTS_MOST]; /* "e", "p.env"; owned */
	size_t count;
};

/* Takes the object over. */
static void add(struct aliases *aliases, char *object)
{
	bool is_known = aliases->count == OBJECTS_MOST;

	for (size_t i = 0; i < aliases->count && !is_known; i++)
		is_known = text_equal(aliases->objects[i], object);
	if (is_known)
		free(object);
	else
		aliases->objects[aliases->count++] = object;
}

static void find_object(const struct reader *reader, const char *object)
{
	char *texts[] = { memory_printf("%s .%%n", object),
		memory_printf("%s ?.%%n", object),
		memory_printf("%s [ %%s ]", object) };
	struct reading rows[ARRAY_SIZE(texts)];

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		rows[i] = (struct reading){ .languages = LANGUAGE_JS,
			.text = texts[i] };
	find_readings(reader, rows, ARRAY_SIZE(rows));
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		free(texts[i]);
}

static struct slice word_at(const struct source *source, size_t at)
{
	size_t end = at;

	while (text_is_name_byte(source_byte(source, end)))
		end++;
	return (struct slice){ source->text + at, end - at };
}

/* { env as e }, { env: e }, whose "}" is at `close`. */
static void take_list(struct aliases *aliases, size_t close)
{
	const struct source *source = aliases->source;
	size_t least = close > LIST_MOST ? close - LIST_MOST : 0;
	size_t at = close;

	while (at > least && source->text[at] != '{')
		at--;
	if (source->text[at] != '{')
		return;
	for (; at < close; at++) {
		if (!source_has_word(source, at, "env"))
			continue;
		size_t next = source_skip_space(source, at + strlen("env"));
		if (source_byte(source, next) == ':')
			next++;
		else if (source_has_word(source, next, "as"))
			next += strlen("as");
		else
			continue;
		const struct slice word =
			word_at(source, source_skip_space(source, next));
		if (word.size > 0 && !slice_is(word, "env"))
			add(aliases, memory_copy(word.at, word.size));
	}
}

/* What stands in front of "from" or "=", which begins at `at`; `member` is what
 * the environment is of that. */
static void take_target(struct aliases *aliases, size_t at, const char *member)
{
	const struct source *source = aliases->source;
	size_t end = source_skip_space_back(source, at);

	if (end > 0 && source->text[end - 1] == '}') {
		take_list(aliases, end - 1);
		return;
	}
	const struct slice word =
		word_at(source, source_word_start(source, end));
	if (word.size > 0 && !slice_is(word, "process") &&
		!slice_is(word, "env"))
		add(aliases,
			memory_printf(
				"%.*s%s", (int)word.size, word.at, member));
}

/* The module's name in quotes at [open, end). */
static void take_module(struct aliases *aliases, size_t open, size_t end)
{
	static const char *const from = "from";
	static const char *const call = "require";
	const struct source *source = aliases->source;
	size_t at = source_skip_space_back(source, open);

	if (source_ends_with_any(source, at, &from, 1)) {
		take_target(aliases, at - strlen(from), ".env");
		return;
	}
	if (at == 0 || source->text[at - 1] != '(' ||
		!source_ends_with_any(source, at - 1, &call, 1))
		return;
	at = source_skip_space_back(source, at - 1 - strlen(call));
	if (at > 0 && source->text[at - 1] == '=')
		take_target(aliases, at - 1,
			source_pattern_end(source, " ) .env", end) > 0
				? ""
				: ".env");
}

static void find_modules(struct aliases *aliases)
{
	static const char *const modules[] = { "\"process\"", "'process'",
		"\"node:process\"", "'node:process'" };

	for (size_t i = 0; i < ARRAY_SIZE(modules); i++)
		for (size_t at = 0; source_find(aliases->source,
			     slice_of(modules[i]), SIGN_STRING, &at);
			at++)
			take_module(aliases, at, at + strlen(modules[i]));
}

/* { env: e } = process */
static void find_lists(struct aliases *aliases)
{
	static const char *const object = "process";
	const struct source *source = aliases->source;

	for (size_t at = 0;
		source_find(source, slice_of(object), SIGN_CODE, &at); at++) {
		char next = source_byte(source, at + strlen(object));
		size_t before = source_skip_space_back(source, at);

		if (before == 0 || source->text[before - 1] != '=' ||
			text_is_name_byte(next) ||
			(next && strchr(".?[", next)))
			continue;
		before = source_skip_space_back(source, before - 1);
		if (before > 0 && source->text[before - 1] == '}')
			take_list(aliases, before - 1);
	}
}

void find_aliases(const struct reader *reader)
{
	struct aliases aliases = { .source = reader->source };

	find_modules(&aliases);
	find_lists(&aliases);
	for (size_t i = 0; i < aliases.count; i++) {
		find_object(reader, aliases.objects[i]);
		free(aliases.objects[i]);
	}
}
