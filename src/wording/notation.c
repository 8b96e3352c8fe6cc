/* SPDX-License-Identifier: MIT */
#include "wording/notation.h"

#include "base/buf.h"
#include "base/json_build.h"
#include "base/slice.h"
#include "base/text.h"
#include "wording/quoted.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH_LIMIT 48
#define VALUES_LIMIT 20000
#define TEXT_LIMIT ((size_t)1024 * 1024)
#define NAME_LIMIT 128

struct notation {
	const char *start;
	const char *at;
	const char *end;
	size_t depth;
	size_t values;
};

static json_t *read_value(struct notation *in);

static void skip_blanks(struct notation *in)
{
	while (in->at < in->end && text_is_space(*in->at))
		in->at++;
}

static bool next_is(const struct notation *in, char byte)
{
	return in->at < in->end && *in->at == byte;
}

static json_t *text_value(const struct buf *text)
{
	return json_new_bytes(buf_cstring(text), text->size);
}

/* Appends the mark of a text that was cut off, once. */
static void end_cut(struct buf *text)
{
	if (!notation_text_is_cut(buf_cstring(text), text->size))
		buf_text(text, NOTATION_CUT);
}

bool notation_text_is_cut(const char *text, size_t size)
{
	return slice_fits_any((struct slice){ text, size }, slice_ends,
		WORDS(NOTATION_CUT, "..."));
}

/* 'a' +
 *   'b': how Node prints a long text. */
static json_t *read_text(struct notation *in)
{
	SCOPED(buf) struct buf text = BUF(TEXT_LIMIT);
	const char *before;

	do {
		/* A quote that is not closed: the text ends within it. */
		if (!quoted_read(in->start, &in->at, in->end, &text)) {
			in->end = in->at;
			end_cut(&text);
		}
		before = in->at;
		skip_blanks(in);
		if (!next_is(in, '+'))
			break;
		in->at++;
		skip_blanks(in);
	} while (in->at < in->end && text_is_quote(*in->at));
	if (in->at < in->end && !text_is_quote(*in->at))
		in->at = before;
	return text_value(&text);
}

/*
 * A value without quotes: a number, a word, a class's name, an error's words
 * and its stack. Ends at a comma, a closing bracket, a line's end that is not
 * followed by a stack's "at", or an opening brace.
 */
static const char *bare_end(const struct notation *in)
{
	const char *at = in->at;
	size_t nested = 0;

	for (; at < in->end; at++) {
		bool ends = *at == '{' || *at == '}' ||
			(nested == 0 && strchr(",)]", *at));
		if (ends)
			break;
		if (*at == '(' || *at == '[')
			nested++;
		else if (*at == ')' || *at == ']')
			nested--;
		if (*at != '\n')
			continue;
		nested = 0;
		const char *next = at;
		while (next < in->end && text_is_space(*next))
			next++;
		if (in->end - next < 3 || memcmp(next, "at ", 3) != 0)
			break;
	}
	return at;
}

static json_t *number_value(const char *text, size_t size)
{
	char digits[24];
	char *end;

	if (size == 0 || size >= sizeof(digits) ||
		(!text_is_digit(*text) && *text != '-'))
		return NULL;
	memcpy(digits, text, size);
	digits[size] = '\0';
	long long number = strtoll(digits, &end, 10);
	return *end == '\0' ? json_new_number(number) : NULL;
}

static json_t *word_value(const char *text, size_t size)
{
	static const struct {
		const char *word;
		int value; /* 0, 1, or -1 for null */
	} words[] = { { "true", 1 }, { "True", 1 }, { "false", 0 },
		{ "False", 0 }, { "null", -1 }, { "None", -1 },
		{ "undefined", -1 } };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		if (text_is(text, size, words[i].word))
			return words[i].value < 0
				? json_null()
				: json_boolean(words[i].value);
	}
	return number_value(text, size);
}

static size_t trimmed(const char *text, size_t size)
{
	while (size > 0 && text_is_space(text[size - 1]))
		size--;
	return size;
}

/* An error's stack, on the lines below its words, is left out. */
static json_t *plain_value(const char *text, size_t size)
{
	SCOPED(buf) struct buf copy = BUF(TEXT_LIMIT);
	const char *stack = memchr(text, '\n', size);

	size = stack ? trimmed(text, (size_t)(stack - text)) : size;
	json_t *value = word_value(text, size);

	if (value)
		return value;
	buf_append(&copy, text, size);
	return text_value(&copy);
}

/* "Headers {", "Error: bad port\n at ... {": what the braces hold, and the
 * words before them. */
static json_t *read_bare(struct notation *in)
{
	const char *start = in->at;
	const char *end = bare_end(in);
	size_t size = trimmed(start, (size_t)(end - start));

	in->at = end;
	/* Of a number that is cut off the last digits may be missing. */
	if (end == in->end && size > 0 &&
		slice_only((struct slice){ start, size }, "0123456789"))
		return json_null();
	if (!next_is(in, '{') || size == 0)
		return size > 0 ? plain_value(start, size) : NULL;
	json_t *object = read_value(in);
	if (json_is_object(object) && memchr(start, ':', size) &&
		!json_object_get(object, "message"))
		json_put(object, "message", plain_value(start, size));
	return object;
}

/* b'...', f'...', Headers({...}), the letter or name in front. */
static void skip_prefix(struct notation *in)
{
	const char *at = in->at;

	while (at < in->end && (text_is_alphanumeric(*at) || *at == '_'))
		at++;
	bool call = at > in->at && in->end - at > 1 && *at == '(' &&
		strchr("{[", at[1]);
	if (call)
		in->at = at + 1;
	else if (in->end - in->at > 1 && (*in->at == 'b' || *in->at == 'u') &&
		text_is_quote(in->at[1]))
		in->at++;
}

/* "[Object: null prototype] {": to the brace. */
static void skip_class(struct notation *in)
{
	const char *at = in->at;

	if (*at != '[')
		return;
	while (at < in->end && *at != ']' && !strchr("\n{'\",", *at))
		at++;
	if (in->end - at > 2 && memcmp(at, "] {", 3) == 0)
		in->at = at + 2;
}

/* A member's name up to its ":" (Map's "=>", Python's "="), or false. */
static bool read_name(struct notation *in, char name[NAME_LIMIT])
{
	SCOPED(buf) struct buf text = BUF(NAME_LIMIT - 1);

	if (text_is_quote(*in->at)) {
		(void)quoted_read(in->start, &in->at, in->end, &text);
	} else {
		/* [cause] and [Symbol(x)]: the brackets are left out. */
		while (in->at < in->end && !strchr(":=,{}\n", *in->at)) {
			if (!strchr("[] \t", *in->at))
				buf_byte(&text, *in->at);
			in->at++;
		}
	}
	skip_blanks(in);
	bool separated = next_is(in, ':') || next_is(in, '=');
	if (separated) {
		bool arrow = *in->at == '=' && in->end - in->at > 1 &&
			in->at[1] == '>';
		in->at += arrow ? 2 : 1;
	}
	memset(name, 0, NAME_LIMIT);
	if (!buf_failed(&text) && text.size > 0 &&
		text_is_utf8(text.data, text.size))
		memcpy(name, text.data, text.size);
	return separated;
}

/* One member; a thing without a separator ("... 3 more items") is passed over.
 * False where it cannot be an object at all. */
static bool read_member(struct notation *in, json_t *object)
{
	char name[NAME_LIMIT];
	const char *before = in->at;

	if (!read_name(in, name)) {
		if (in->at == before)
			in->at++;
		return json_object_size(object) > 0 || in->at >= in->end;
	}
	skip_blanks(in);
	json_t *value = read_value(in);
	if (!value)
		return in->at >= in->end;
	/* The first of two with one name is kept; "" cannot be asked for. */
	if (*name == '\0' || json_object_get(object, name))
		json_decref(value);
	else
		json_put(object, name, value);
	return true;
}

static json_t *read_object(struct notation *in)
{
	json_t *object = json_new_object();

	in->at++;
	for (;;) {
		skip_blanks(in);
		while (next_is(in, ',')) {
			in->at++;
			skip_blanks(in);
		}
		if (in->at >= in->end)
			break; /* cut off: what came is taken */
		if (*in->at == '}') {
			in->at++;
			break;
		}
		if (!read_member(in, object)) {
			json_decref(object);
			return NULL;
		}
	}
	return object;
}

/* "[Object]", "[Function: x]": what Node does not print. Told by the word
 * behind the bracket; the end of it, or NULL. */
static const char *omission_end(const struct notation *in)
{
	static const char *const words[] = { "[Object", "[Array", "[Function",
		"[Circular", "[Getter", "[class", "[AsyncFunction", "[Symbol",
		"[Setter" };
	size_t size = (size_t)(in->end - in->at);

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		size_t length = strlen(words[i]);
		if (size < length || memcmp(in->at, words[i], length) != 0)
			continue;
		const char *at = in->at + length;
		while (at < in->end && *at != ']' && *at != '\n')
			at++;
		return at < in->end && *at == ']' ? at + 1 : NULL;
	}
	return NULL;
}

static json_t *read_array(struct notation *in, char close)
{
	json_t *array = json_new_list();

	if (close == ']' && omission_end(in)) {
		in->at = omission_end(in);
		json_decref(array);
		return json_null();
	}
	in->at++;
	for (;;) {
		skip_blanks(in);
		if (in->at >= in->end)
			break;
		if (*in->at == close) {
			in->at++;
			break;
		}
		const char *before = in->at;
		json_t *value = *in->at == ',' ? NULL : read_value(in);
		if (value)
			json_push(array, value);
		if (in->at == before)
			in->at++;
	}
	return array;
}

static json_t *read_value(struct notation *in)
{
	json_t *value;

	skip_prefix(in);
	if (in->at >= in->end || in->depth >= DEPTH_LIMIT ||
		in->values++ >= VALUES_LIMIT) {
		in->at = in->end;
		return NULL;
	}
	in->depth++;
	skip_class(in);
	if (*in->at == '{')
		value = read_object(in);
	else if (*in->at == '[')
		value = read_array(in, ']');
	else if (*in->at == '(')
		value = read_array(in, ')');
	else if (text_is_quote(*in->at))
		value = read_text(in);
	else
		value = read_bare(in);
	in->depth--;
	return value;
}

bool notation_is_cut(const char *text, size_t used)
{
	used = trimmed(text, used);
	return used > 0 && text[used - 1] != '}' && text[used - 1] != ']';
}

json_t *notation_read(
	const char *text, size_t size, size_t *budget, size_t *used)
{
	struct notation in = { .start = text,
		.at = text,
		.end = text + (size < *budget ? size : *budget) };

	*used = 0;
	if (in.at >= in.end || (*in.at != '{' && *in.at != '['))
		return NULL;
	json_t *value = read_value(&in);
	*used = (size_t)(in.at - text);
	*budget -= *used;
	bool empty =
		json_object_size(value) == 0 && json_array_size(value) == 0;
	if (empty) {
		json_decref(value);
		return NULL;
	}
	return value;
}
