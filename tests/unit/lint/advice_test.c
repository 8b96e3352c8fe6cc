/* SPDX-License-Identifier: MIT */
/* Who does what is advised about a line gets somewhere, whoever reads the file:
 * no two findings of a line want opposite things, and none is told to take back
 * what he was told before. */
#include "lint/lint.h"

#include "base/memory.h"
#include "base/text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define BIT(reader) ((reader_set)1 << READER_##reader)
/* Nobody follows more advice about one line than this. */
#define STEPS 6

static const char *const values[] = { "x", "x y", " x", "x#y", "x #y", "x;y",
	"it's", "a\"b", "{\"a\":\"b c\"}", "it's \"x\"", "C:\\x", "a\\",
	"a\\\\b", "a\\\"b", "a\\nb", "~/x", "$A/x", "${B}", "pa$word", "$(id)",
	"`id`", "one\ntwo", "a!b", "\xc3\xa9 x", "$1", "" };
static const char *const quotes[] = { "", "'", "\"", "`" };
static const char *const befores[] = { "", "export " };

enum action {
	NOTHING,
	QUOTE,
	UNQUOTE,
	SPLIT, /* one file for docker, one for the others */
	UNEXPORT,
	JOIN, /* on one line */
};

static const struct {
	const char *words;
	enum action action;
} actions[] = {
	{ "quote the value", QUOTE },
	{ "put quotes around all", QUOTE },
	{ "single quotes", QUOTE },
	{ "take the quotes out", UNQUOTE },
	{ "a file of its own, with the value as it is", SPLIT },
	{ "take export out", UNEXPORT },
	{ "write it on one line", JOIN },
};

static enum action action_of(const struct finding *finding)
{
	for (size_t i = 0; i < ARRAY_SIZE(actions); i++) {
		if (strstr(finding->advice, actions[i].words))
			return actions[i].action;
	}
	return NOTHING;
}

static void look(const char *text, reader_set readers, struct report *report)
{
	const struct subject subject = { .name = ".env",
		.bytes = text,
		.size = strlen(text),
		.readers = readers };

	lint_env(report, &subject);
}

/* The first thing to do about the file. */
static enum action next_action(const char *text, reader_set readers)
{
	struct report report = { .count = 0 };
	bool wanted[JOIN + 1] = { false };
	enum action action = NOTHING;

	look(text, readers, &report);
	for (size_t i = 0; i < report.count; i++) {
		enum action one = action_of(&report.items[i]);
		wanted[one] = true;
		if (action == NOTHING && one != SPLIT)
			action = one;
	}
	report_release(&report);
	cr_assert(!(wanted[QUOTE] && wanted[UNQUOTE]),
		"to be quoted and not, for %x: %s", readers, text);
	cr_assert(!(wanted[SPLIT] && (wanted[QUOTE] || wanted[UNQUOTE])),
		"two files and one, for %x: %s", readers, text);
	cr_assert(!(wanted[JOIN] && (wanted[SPLIT] || wanted[UNQUOTE])),
		"one line without quotes, for %x: %s", readers, text);
	return action;
}

/* What stands behind the = is replaced; owned. */
static char *follow(const char *text, enum action action)
{
	const char *value = strchr(text, '=') + 1;
	size_t size = strlen(value) - 1;
	const char *before = text;
	struct buf out = BUF(4096);

	if (size >= 2 && strchr("'\"`", *value) && value[size - 1] == *value) {
		value++;
		size -= 2;
	}
	if (action == UNEXPORT)
		return memory_text(text + strlen("export "));
	buf_append(&out, before, (size_t)(strchr(text, '=') + 1 - before));
	if (action == QUOTE)
		buf_byte(&out, memchr(value, '\'', size) ? '"' : '\'');
	if (action == JOIN)
		buf_byte(&out, '"');
	for (size_t i = 0; i < size; i++) {
		if (action == JOIN && value[i] == '\n')
			buf_text(&out, "\\n");
		else
			buf_byte(&out, value[i]);
	}
	if (action == QUOTE)
		buf_byte(&out, memchr(value, '\'', size) ? '"' : '\'');
	if (action == JOIN)
		buf_byte(&out, '"');
	buf_byte(&out, '\n');
	return buf_take(&out, NULL);
}

static void follow_all(char *text, reader_set readers)
{
	char *seen[STEPS + 1];
	size_t count = 0;

	seen[count++] = text;
	for (enum action action = next_action(text, readers); action != NOTHING;
		action = next_action(seen[count - 1], readers)) {
		char *next = follow(seen[count - 1], action);
		for (size_t i = 0; i < count; i++)
			cr_assert(!text_equal(seen[i], next),
				"a circle for %x: %s%s", readers, seen[0],
				seen[count - 1]);
		cr_assert(count < STEPS, "no end for %x: %s", readers, seen[0]);
		seen[count++] = next;
	}
	while (count > 0)
		free(seen[--count]);
}

static void follow_lines(reader_set readers)
{
	for (size_t i = 0; i <
		ARRAY_SIZE(values) * ARRAY_SIZE(quotes) * ARRAY_SIZE(befores);
		i++) {
		const char *value = values[i % ARRAY_SIZE(values)];
		const char *quote =
			quotes[i / ARRAY_SIZE(values) % ARRAY_SIZE(quotes)];
		const char *before =
			befores[i / ARRAY_SIZE(values) / ARRAY_SIZE(quotes)];
		/* A line break or its own quote would make it more lines. */
		if (*quote ? strstr(value, quote) != NULL
			   : strchr(value, '\n') != NULL)
			continue;
		follow_all(memory_printf(
				   "%sA=%s%s%s\n", before, quote, value, quote),
			readers);
	}
}

Test(advice, goes_in_no_circle)
{
	for (size_t i = 0; i < READER_COUNT; i++)
		follow_lines((reader_set)1 << i | BIT(DOCKER));
	for (size_t i = 0; i < READER_COUNT; i += 3)
		follow_lines((reader_set)1 << i | BIT(BASH));
	follow_lines(lint_default_readers());
	follow_lines(READERS_ALL);
	follow_lines(BIT(NODE) | BIT(DOTENV) | BIT(NEXT) | BIT(DOTENVX));
}
