/* SPDX-License-Identifier: MIT */
/* A sentence that is all there is of an answer, in words that no table has. */
#include "transcript/said_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "wording/phrases.h"
#include "wording/telling.h"

#include <string.h>

/* Longer texts are somebody's about what happened. */
#define ALONE_MOST ((size_t)600)
#define ALONE_LINES 6

/* What somebody asks, and what is told to others. */
static bool is_asked(struct slice line)
{
	static const char *const signs[] = { "?", "\xef\xbc\x9f" /* ？ */,
		"how to", "how do", "if ", "please note",
		"\xe5\xa6\x82\xe4\xbd\x95" /* 如何 */,
		"\xe6\x80\x8e\xe4\xb9\x88" /* 怎么 */,
		"\xe5\xa6\x82\xe6\x9e\x9c" /* 如果 */,
		"\xe6\x88\x96\xe8\x80\x85" /* 或者 */,
		"\xe8\xbf\x94\xe5\x9b\x9e\xe7\x9a\x84" /* 返回的 */ };

	return slice_fits_any(
		line, slice_contains_ignoring_case, signs, ARRAY_SIZE(signs));
}

/* What no program says of anything but a call to a model. */
static bool is_of_call(enum saying_means means)
{
	return means == SAYS_KEY_WRONG || means == SAYS_NO_KEY ||
		means == SAYS_KEY_REFUSED || means == SAYS_QUOTA ||
		means == SAYS_MODEL;
}

/* Of what was cut off the rest may say another thing. */
static bool is_whole(struct slice line)
{
	return line.size > 0 &&
		(strchr(".!", line.at[line.size - 1]) ||
			(unsigned char)line.at[line.size - 1] >= 0x80);
}

static struct slice behind_colon(struct slice line)
{
	for (size_t at = line.size; at > 2; at--)
		if (memcmp(line.at + at - 2, ": ", 2) == 0)
			return slice_from(line, at);
	return line;
}

static bool is_answer_alone(struct slice line)
{
	struct slice words = behind_colon(line);
	enum saying_means means;

	return is_whole(line) && !is_asked(line) &&
		!telling_is_general(line, line.size, line.size) &&
		slice_find(line, '{') == line.size &&
		slice_find(line, '<') == line.size &&
		phrases_read(words.at, words.size, &means) && is_of_call(means);
}

void said_alone(struct collector *collector, const char *text, size_t size)
{
	struct slice rest = { text, size };
	struct slice found = { text, 0 };
	struct slice line;
	size_t lines = 0;
	size_t answers = 0;

	if (size > ALONE_MOST)
		return;
	while (slice_take_line(&rest, &line)) {
		line = slice_trimmed(line);
		lines += line.size > 0;
		if (!is_answer_alone(line))
			continue;
		found = line;
		answers++;
	}
	if (answers == 1 && lines <= ALONE_LINES)
		collector_said(collector, SAID_KNOWN, found.at, found.size);
}
