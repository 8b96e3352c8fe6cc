/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/*
 * Names of people's own for all of the environment, by Node's module "process"
 * or without it:
 *
 *     import { env as e } from "process"; const p = require("node:process");
 *     const { env: e } = process; const e = process.env;
 *
 * and for Nest's service: constructor(private readonly settings: ConfigService)
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
	OWNED char *text = memory_printf("%s%%m", object);
	const struct reading row = { .languages = LANGUAGE_JS, .text = text };

	find_readings(reader, &row, 1);
}

static void find_service(const struct reader *reader, const char *object)
{
	char *texts[] = { memory_printf("%s .get %%t ( %%a", object),
		memory_printf("%s .getOrThrow %%t ( %%a", object) };
	struct reading rows[ARRAY_SIZE(texts)];

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		rows[i] = (struct reading){ .languages = LANGUAGE_JS,
			.text = texts[i],
			.is_member = true };
	find_readings(reader, rows, ARRAY_SIZE(rows));
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		free(texts[i]);
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
			next = at;
		const struct slice word =
			source_word_at(source, source_skip_space(source, next));
		if (word.size > 0)
			add(aliases, memory_copy(word.at, word.size));
	}
}

/* What stands in front of "from" or "=", which begins at `at`; `member` is what
 * the environment is of that. */
static void take_target(struct aliases *aliases, size_t at, const char *member)
{
	const struct source *source = aliases->source;
	size_t end = source_skip_space_back(source, at);

	if (source_before(source, end) == '}') {
		take_list(aliases, end - 1);
		return;
	}
	const struct slice word =
		source_word_at(source, source_word_start(source, end));
	if (word.size > 0 && !slice_is(word, "process"))
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
	if (source_before(source, at) != '(' ||
		!source_ends_with_any(source, at - 1, &call, 1))
		return;
	at = source_skip_space_back(source, at - 1 - strlen(call));
	if (source_before(source, at) == '=')
		take_target(aliases, at - 1,
			source_pattern_end(source, " ) .env", end) > 0
				? ""
				: ".env");
}

/* "process", "node:process" */
static void find_modules(struct aliases *aliases)
{
	const struct source *source = aliases->source;
	const struct slice module = slice_of("process");

	for (size_t at = 0; source_find(source, module, SIGN_STRING, &at);
		at++) {
		size_t end = at + module.size;
		size_t open = at;

		(void)source_pattern_before(source, "node:", &open);
		if (open > 0 && strchr("\"'", source->text[open - 1]) &&
			source_byte(source, end) == source->text[open - 1])
			take_module(aliases, open - 1, end + 1);
	}
}

/* The "env" at `at`, in a list: { env: e } = process, { env } = process */
static void take_listed(struct aliases *aliases, size_t at)
{
	const struct source *source = aliases->source;
	const struct slice rest = source_from(source, at);
	size_t close = at + slice_find(slice_first(rest, LIST_MOST), '}');

	if (source_byte(source, close) == '}' &&
		(source_pattern_end(source, "} = process;", close) > 0 ||
			source_pattern_end(source, "} = process\n", close) > 0))
		take_list(aliases, close);
}

/* Where the object begins that the "env" at *at is of, which is moved there. */
static bool is_of_runtime(const struct source *source, size_t *at)
{
	static const char *const objects[] = { "process .", "import.meta .",
		"Bun." };

	for (size_t i = 0; i < ARRAY_SIZE(objects); i++) {
		size_t start = *at;

		if (source_pattern_before(source, objects[i], &start)) {
			*at = start;
			return true;
		}
	}
	return false;
}

/* e = process.env; not that of one of its members. */
static void take_assigned(struct aliases *aliases, size_t start, size_t end)
{
	const struct source *source = aliases->source;
	const char next = source_byte(source, end);

	if (text_is_name_byte(next) || (next && strchr(".?![", next)))
		return;
	const struct slice word = source_assigned(source, start);
	if (word.size > 0)
		add(aliases, memory_copy(word.at, word.size));
}

/* An "env" of no object of the runtime is one of people's own. */
static void find_all(struct aliases *aliases)
{
	const struct source *source = aliases->source;
	bool has_other = false;

	for (size_t i = 0; i < source->env_count; i++) {
		size_t at = source->envs[i];
		const size_t end = at + strlen("env");

		if (!slice_begins(source_from(source, at), "env") ||
			!source_is_code(source, at))
			continue;
		if (is_of_runtime(source, &at)) {
			take_assigned(aliases, at, end);
		} else {
			take_listed(aliases, at);
			has_other = true;
		}
	}
	if (has_other)
		find_modules(aliases);
}

/* settings: ConfigService, settings = app.get(ConfigService) */
static void find_services(struct aliases *services)
{
	const struct source *source = services->source;
	const struct slice type = slice_of("ConfigService");

	for (size_t at = 0; source_find(source, type, SIGN_CODE, &at); at++) {
		size_t end = source_skip_space_back(source, at);
		struct slice word = { NULL, 0 };

		if (source_before(source, end) == ':') {
			end = source_skip_space_back(source, end - 1);
			word = source_word_at(
				source, source_word_start(source, end));
		} else if (source_before(source, end) == '(') {
			const struct slice callee =
				source_callee(source, end - 1);

			if (slice_is(callee_verb(callee), "get"))
				word = source_assigned(source,
					(size_t)(callee.at - source->text));
		}
		/* These have rows. */
		if (word.size > 0 && !slice_is(word, "configService") &&
			!slice_is(word, "config"))
			add(services, memory_copy(word.at, word.size));
	}
}

static void release(struct aliases *aliases)
{
	for (size_t i = 0; i < aliases->count; i++)
		free(aliases->objects[i]);
}

void find_aliases(struct reader *reader)
{
	struct aliases aliases = { .source = reader->source };
	struct aliases services = { .source = reader->source };

	find_all(&aliases);
	if (reader->source->has_words)
		find_services(&services);
	for (size_t i = 0; i < aliases.count; i++)
		if (text_equal(aliases.objects[i], "env"))
			reader->env_is_all = true;
		else
			find_object(reader, aliases.objects[i]);
	for (size_t i = 0; i < services.count; i++)
		find_service(reader, services.objects[i]);
	release(&aliases);
	release(&services);
}
