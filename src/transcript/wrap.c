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

void transcript_join_wraps(struct buf *text)
{
	const char *end = text->data + text->size;
	char *out = text->data;
	struct slice before = { text->data, 0 };

	for (const char *at = text->data; at < end;) {
		size_t size = line_size(at, end);
		struct slice line = { at, size };

		if ((is_broken(before) && goes_on(before, line)) ||
			is_within_quote(before, line)) {
			line = slice_skip_blanks(line);
			out[-1] = ' ';
		}
		memmove(out, line.at, line.size);
		before = (struct slice){ out, line.size };
		out += line.size;
		if (at + size < end)
			*out++ = '\n';
		at += size + 1;
	}
	buf_truncate(text, (size_t)(out - text->data));
}
