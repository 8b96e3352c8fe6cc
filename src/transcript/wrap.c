/* SPDX-License-Identifier: MIT */
/* Lines that a terminal or a person broke, made one again. */
#include "transcript/text_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"

#include <string.h>

/* What is shorter was not broken for want of room. */
#define WIDTH_LEAST ((size_t)60)
#define INDENT_MOST ((size_t)16)

static size_t line_size(const char *at, const char *end)
{
	const char *newline = memchr(at, '\n', (size_t)(end - at));

	return newline ? (size_t)(newline - at) : (size_t)(end - at);
}

/* Stacks, and the source that an interpreter shows below their lines. */
static bool is_of_stack(struct slice line)
{
	return slice_fits_any(line, slice_begins,
		WORDS("at ", "File \"", "from ", "in ", "raise ", "return ",
			"throw ", "await ", "yield ", "with ", "for ", "if ",
			"import ", "def ", "async ", "self.", "cause"));
}

/* It broke off between two words. */
static bool is_broken(struct slice line)
{
	return line.size >= WIDTH_LEAST &&
		text_is_alphanumeric(line.at[line.size - 1]) &&
		!is_of_stack(slice_skip_blanks(line));
}

/* 401 "Api key is, and on the next line: invalid" */
static bool is_within_quote(struct slice before, struct slice line)
{
	const char *quote = memchr(before.at, '"', before.size);

	return quote && quote > before.at && quote[-1] == ' ' &&
		!memchr(before.at, '{', before.size) &&
		!memchr(quote + 1, '"',
			before.size - (size_t)(quote + 1 - before.at)) &&
		line.size > 1 && line.size < WIDTH_LEAST &&
		memchr(line.at, '"', line.size) == line.at + line.size - 1;
}

/* A word in small letters; its size, or 0. */
static size_t word_size(struct slice words)
{
	size_t word = 0;

	while (word < words.size && text_is_letter(words.at[word]) &&
		!text_is_upper(words.at[word]))
		word++;
	return word;
}

/* Within JSON a line ends anywhere, and its reader joins it. */
static bool is_of_json(struct slice line)
{
	return memchr(line.at, '"', line.size) ||
		memchr(line.at, '{', line.size);
}

/* It goes on in a sentence: words, and no name of a value. */
static bool goes_on(struct slice before, struct slice line)
{
	struct slice words = slice_skip_blanks(line);
	size_t word = word_size(words);

	if (line.size - words.size > INDENT_MOST || is_of_stack(words) ||
		word < 2 || word == words.size)
		return false;
	if (words.size < line.size)
		return strchr(" .,", words.at[word]) != NULL;
	return !is_of_json(before) && words.at[word] == ' ' &&
		word_size(slice_from(words, word + 1)) > 0;
}

/* "-----", "==== FAILURES ====": as wide as the window, and whole. */
static bool is_rule(struct slice line)
{
	static const char *const ends[] = { "---", "===", "***", "___", "~~~",
		"###", "─", "═", "│" };

	return slice_fits_any(line, slice_ends, ends, ARRAY_SIZE(ends));
}

/* Terminals are as wide, often. */
static bool is_usual_width(size_t width)
{
	static const size_t usual[] = { 80, 100, 120, 132, 160 };

	for (size_t i = 0; i < ARRAY_SIZE(usual); i++)
		if (width == usual[i])
			return true;
	return false;
}

/* The window that broke lines where they were full, within a word, too. */
struct window {
	size_t width;  /* its columns; 0: none did */
	bool certain;  /* several lines are as long */
	size_t widest; /* the columns of the longest line; 0: longer than any */
};

/* A few columns short of the window lines end where words are not broken. */
#define NEAR ((size_t)12)
/* Wider ones are no window's. */
#define WIDTH_MOST ((size_t)300)

/* No line is longer, and few are nearly as long. */
static struct window find_window(struct slice text)
{
	size_t counts[WIDTH_MOST + 1] = { 0 };
	struct window window = { 0 };
	size_t near = 0;
	struct slice line;

	while (slice_take_line(&text, &line)) {
		size_t width = line.size <= WIDTH_MOST * 4
			? text_width(line.at, line.size)
			: WIDTH_MOST + 1;

		if (width > WIDTH_MOST)
			return (struct window){ 0 };
		if (!is_rule(line))
			counts[width]++;
		window.width = width > window.width ? width : window.width;
	}
	if (window.width < WIDTH_LEAST)
		return (struct window){ 0 };
	window.widest = window.width;
	for (size_t i = 1; i <= NEAR; i++)
		near += counts[window.width - i];
	window.certain = counts[window.width] > 1;
	if (counts[window.width] <= near ||
		(!window.certain && !is_usual_width(window.width)))
		window.width = 0;
	return window;
}

/* A line of its own: "[Nest] POST /chat", "Try again". */
static bool begins_anew(struct slice line)
{
	return line.size > 1 &&
		(strchr("[{<", *line.at) ||
			(text_is_upper(*line.at) && text_is_lower(line.at[1])));
}

static bool is_full(struct slice line, const struct window *window)
{
	return window->width > 0 && !is_rule(line) &&
		text_width(line.at, line.size) == window->width;
}

/* Words as long are broken where a line is full, and others are not. */
#define LONG_WORD ((size_t)24)

/* A word without blanks, and of JSON, in the midst of which the longest line
 * ends: as terminals' programs break what has no blank, and indent the rest. */
static bool ends_in_long_word(struct slice line, const struct window *window)
{
	size_t start = line.size;

	while (start > 0 && line.at[start - 1] != ' ')
		start--;
	struct slice word = slice_from(line, start);
	return word.size >= LONG_WORD && memchr(word.at, '"', word.size) &&
		!strchr("}]", word.at[word.size - 1]) && window->widest > 0 &&
		text_width(line.at, line.size) == window->widest;
}

/* How many objects and lists a line leaves open. */
static long count_open(struct slice line)
{
	return (long)(slice_count(line, '{') + slice_count(line, '[')) -
		(long)(slice_count(line, '}') + slice_count(line, ']'));
}

bool transcript_join_wraps(struct buf *text)
{
	/* Nothing has no address, to which nothing may be added. */
	if (text->size == 0)
		return false;

	const char *end = text->data + text->size;
	char *out = text->data;
	struct slice before = { text->data, 0 };
	const struct window window =
		find_window((struct slice){ text->data, text->size });
	bool full = false;   /* the line above is */
	bool within = false; /* it ends within JSON */
	long open = 0;       /* of what was joined with it, too */
	bool joined = false;

	for (const char *at = text->data; at < end;) {
		size_t size = line_size(at, end);
		struct slice line = { at, size };
		bool joins = full && (window.certain || !begins_anew(line));
		bool goes = !joins &&
			((is_broken(before) && goes_on(before, line)) ||
				is_within_quote(before, line));

		const bool cut = within && !joins && !slice_is_blank(line);

		full = is_full(line, &window);
		open = count_open(line) + (joins || goes || cut ? open : 0);
		within = open > 0 && ends_in_long_word(line, &window);
		joined |= joins || goes || cut;
		if (joins || cut) {
			if (cut)
				line = slice_skip_blanks(line);
			joins = true;
			out--;
		} else if (goes) {
			line = slice_skip_blanks(line);
			out[-1] = ' ';
		}
		memmove(out, line.at, line.size);
		before = joins
			? (struct slice){ before.at, before.size + line.size }
			: (struct slice){ out, line.size };
		out += line.size;
		if (at + size < end)
			*out++ = '\n';
		at += size + 1;
	}
	buf_truncate(text, (size_t)(out - text->data));
	return joined;
}
