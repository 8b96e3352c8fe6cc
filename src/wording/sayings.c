/* SPDX-License-Identifier: MIT */
#include "wording/sayings.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"
#include "wording/address.h"
#include "wording/ending.h"
#include "wording/sayings_internal.h"

#include <string.h>

/* Quotes and blanks around a name. */
static size_t frame_size(const char *text, size_t size)
{
	size_t used = 0;

	while (used < size && used < 6 && strchr(" '\"`\\:=[]", text[used]))
		used++;
	return used;
}

/* A name and its frame, as a model's stands in a sentence; 0: none. */
static size_t name_size(const char *text, size_t size)
{
	size_t start = frame_size(text, size);
	size_t end = start;

	while (end < size &&
		(text_is_alphanumeric(text[end]) ||
			strchr("-_./:@", text[end]) != NULL))
		end++;
	/* "the model: Error: Not Found": what leads to an error is no name. */
	struct slice name = { text + start, end - start };
	if (name.size < 2 || slice_ends(name, "Error") ||
		slice_ends(name, "Error:"))
		return 0;
	return end + frame_size(text + end, size - end);
}

/* Between the words of a name: "api key", "api-key", "API_KEY". */
static bool is_joint(char byte)
{
	return byte == ' ' || byte == '-' || byte == '_';
}

/* As word processors bend them, and what is left of that where its bytes were
 * taken for those of another coding ("donâ€™t", "donât"). */
static const char *const apostrophes[] = { "’", "‘", "â€™", "â\xc2\x80\xc2\x99",
	"â" };

/* How much of the text is that sign. */
static size_t sign_size(struct slice text, char sign)
{
	if (sign == '\'')
		for (size_t i = 0; i < ARRAY_SIZE(apostrophes); i++)
			if (slice_begins(text, apostrophes[i]))
				return strlen(apostrophes[i]);
	return text_lower(*text.at) == sign;
}

/* How much of the text's beginning the words stand for; 0: they do not. */
static size_t match(struct slice text, struct slice words, bool exact)
{
	size_t whole = text.size;

	for (size_t i = 0; i < words.size; i++) {
		bool blank = words.at[i] == ' ' && i > 0 && !exact;
		size_t used = text.size == 0  ? 0
			: words.at[i] == '\t' ? name_size(text.at, text.size)
			: blank               ? is_joint(*text.at)
					      : sign_size(text, words.at[i]);

		if (used == 0 && !blank)
			return 0;
		text = slice_from(text, used);
	}
	/* "invalid MODEL_PROVIDER": a variable's name goes on, and that of a
	 * class of Java's. */
	return !exact &&
			((slice_begins(text, "_") &&
				 text_is_upper(text.at[-1])) ||
				slice_begins(text, "Exception"))
		? 0
		: whole - text.size;
}

size_t saying_match(
	const char *text, size_t size, const char *words, size_t length)
{
	return match((struct slice){ text, size },
		(struct slice){ words, length }, false);
}

#define NOWHERE ((size_t)-1)

/* "\n1113\n": a whole line of the text. */
static size_t find_line(
	const char *text, size_t size, const char *words, size_t length)
{
	for (size_t at = 0; at <= size;) {
		const char *newline = memchr(text + at, '\n', size - at);
		size_t line =
			newline ? (size_t)(newline - text) - at : size - at;

		if (line > 0 &&
			match((struct slice){ text + at, line },
				(struct slice){ words, length }, true) == line)
			return at;
		at += line + 1;
	}
	return NOWHERE;
}

/* "\rinvalid provider": all that a line says behind what leads to it. */
static size_t find_ending(struct slice text, struct slice words)
{
	struct slice rest = text;
	struct slice line;

	while (slice_take_line(&rest, &line)) {
		struct slice said = ending_trimmed(line);

		for (size_t at = 0; at < said.size; at++) {
			struct slice tail = slice_from(said, at);

			if (text_lower(*tail.at) == *words.at &&
				match(tail, words, false) == tail.size &&
				ending_begins(said, at))
				return (size_t)(tail.at - text.at);
		}
	}
	return NOWHERE;
}

/* Where the words stand, or NOWHERE. Codes are found as they are written. */
static size_t find(const char *text, size_t size, const struct saying *saying)
{
	const struct slice words = slice_of(saying->words);
	bool code = *saying->language == '\0';

	if (*words.at == '\n')
		return find_line(text, size, words.at + 1, words.size - 2);
	if (*words.at == '\r')
		return find_ending(
			(struct slice){ text, size }, slice_from(words, 1));
	for (size_t at = 0; at < size; at++)
		if (text_lower(text[at]) == *words.at &&
			match((struct slice){ text + at, size - at }, words,
				code) > 0 &&
			(*words.at == '/' || !address_is_url(text, at)))
			return at;
	return NOWHERE;
}

/*
 * A byte as pairs have it, in lower case; 0 for what may be missing between
 * words, or be written in another way: blanks and the apostrophes. It is asked
 * for the first bytes of each row, so that a call for each kind would show.
 */
static unsigned folded(char byte)
{
	switch (byte) {
	case ' ':
	case '-':
	case '_':
	case '\'':
	case '\xe2':
	case '\x80':
	case '\x98':
	case '\x99':
	case '\xc2':
	case '\xc3':
	case '\xa2':
	case '\x82':
	case '\xac':
	case '\x84':
		return 0;
	default:
		return byte >= 'A' && byte <= 'Z' ? (unsigned)(byte | 0x20)
						  : (unsigned char)byte;
	}
}

/* Pairs of bytes that a text has, by a hash: most rows have one that it lacks.
 */
struct pairs {
	bool has[1024];
};

static unsigned pair_place(unsigned first, unsigned second)
{
	return (first * 31 + second) % 1024;
}

static void pairs_take(const char *text, size_t size, struct pairs *pairs)
{
	unsigned before = 0;

	memset(pairs, 0, sizeof(*pairs));
	for (size_t i = 0; i < size; i++) {
		unsigned byte = folded(text[i]);
		if (!byte)
			continue;
		pairs->has[pair_place(before, byte)] = true;
		before = byte;
	}
}

static bool pairs_have(const struct pairs *pairs, const char *words)
{
	unsigned before = '\n';

	words += *words == '\r';
	for (; *words; words++) {
		unsigned byte = folded(*words);
		if (!byte)
			continue;
		/* A line's end and a place for a name are no signs. */
		if (before != '\n' && before != '\t' && byte != '\n' &&
			byte != '\t' && !pairs->has[pair_place(before, byte)])
			return false;
		before = byte;
	}
	return true;
}

const struct saying *saying_next(
	const char *text, size_t size, const struct saying *from)
{
	const struct saying *saying = from ? from + 1 : sayings_table;
	struct pairs pairs;

	/* As a completion has: in none of a hundred routes is there more. */
	if (size == 0)
		return NULL;
	pairs_take(text, size, &pairs);
	for (; saying < sayings_table + sayings_count; saying++)
		if (pairs_have(&pairs, saying->words) &&
			find(text, size, saying) != NOWHERE)
			return saying;
	return NULL;
}

/* So much of a saying is taken for it where the text breaks off. */
#define BEGINNING ((size_t)12)

/* The text ends in the beginning of the words. */
static bool ends_in_beginning(const char *text, size_t size, const char *words)
{
	size_t length = strlen(words);
	size_t most = length < size ? length : size;

	for (size_t part = most; part >= BEGINNING && part * 2 > length; part--)
		if (match((struct slice){ text + size - part, part },
			    (struct slice){ words, part }, true) > 0)
			return true;
	return false;
}

const struct saying *saying_begun(const char *text, size_t size)
{
	const struct saying *found = NULL;

	for (size_t i = 0; i < sayings_count; i++) {
		const struct saying *saying = &sayings_table[i];

		/* A path is the beginning of many. */
		if (strchr("\n\r/", *saying->words) ||
			strchr(saying->words, '\t') ||
			!ends_in_beginning(text, size, saying->words))
			continue;
		if (found &&
			(found->means != saying->means ||
				found->code != saying->code))
			return NULL;
		found = saying;
	}
	return found;
}

const struct saying *saying_find(
	const char *text, size_t size, enum saying_rank least, size_t *place)
{
	struct pairs pairs;

	pairs_take(text, size, &pairs);
	for (size_t i = 0; i < sayings_count; i++) {
		const struct saying *saying = &sayings_table[i];

		if (saying->rank < least || !pairs_have(&pairs, saying->words))
			continue;
		*place = find(text, size, saying);
		if (*place != NOWHERE)
			return saying;
	}
	return NULL;
}
