/* SPDX-License-Identifier: MIT */
#include "ecosystem/properties.h"

#include "base/attributes.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* What a sign of division cannot follow: a regular expression begins there. */
#define BEFORE_EXPRESSION "(,=:[!&|?{};+-*%<>~^/"

/* Template literals one in the other. */
#define TEMPLATES_MOST 16

/* A bracket that is open. */
struct level {
	char sign;
	bool wants_name; /* a property may begin here */
	struct slice owner;
	size_t object, above;
	size_t at; /* where it stands */
};

struct reading {
	struct slice text;
	size_t at;
	char before; /* the last sign that was no white space */
	struct level levels[PROPERTIES_DEPTH];
	size_t depth, objects;
	/* The name whose value comes next. */
	struct slice pending;
	struct properties *found;
	struct slice word; /* the last one, where `before` is one */
	/* Signs were seen that may stand for something else than they seem. */
	bool is_doubtful;
	size_t templates; /* literals that it is in */
};

static void find_fault(
	struct reading *reading, enum properties_fault fault, size_t at)
{
	if (reading->found->fault || reading->is_doubtful)
		return;
	reading->found->fault = fault;
	reading->found->fault_at = at;
}

static char peek(const struct reading *reading, size_t ahead)
{
	size_t at = reading->at + ahead;

	return at < reading->text.size ? reading->text.at[at] : '\0';
}

static void skip_past(struct reading *reading, const char *end)
{
	struct slice rest = slice_from(reading->text, reading->at);
	size_t size = strlen(end);

	while (rest.size >= size && memcmp(rest.at, end, size) != 0)
		rest = slice_from(rest, 1);
	reading->at = reading->text.size - rest.size;
	reading->at += rest.size >= size ? size : rest.size;
}

/* White space and comments. */
static void skip_blank(struct reading *reading)
{
	for (;;) {
		if (peek(reading, 0) == '/' && peek(reading, 1) == '/')
			skip_past(reading, "\n");
		else if (peek(reading, 0) == '/' && peek(reading, 1) == '*')
			skip_past(reading, "*/");
		else if (reading->at < reading->text.size &&
			(text_is_space(peek(reading, 0)) ||
				peek(reading, 0) == '\0'))
			reading->at++;
		else
			return;
	}
}

/* But for those behind a backslash. */
static bool has_line_end(struct slice text)
{
	for (size_t i = 0; i < text.size; i++) {
		if (text.at[i] == '\\')
			i += slice_has_at(text, i, "\\\r\n") ? 2 : 1;
		else if (text.at[i] == '\n')
			return true;
	}
	return false;
}

/* Where the quote is that closes a text which begins at `at`; else the size. */
static size_t find_quote(struct slice text, size_t at, char quote)
{
	while (at < text.size && text.at[at] != quote)
		at += text.at[at] == '\\' ? 2 : 1;
	return at < text.size ? at : text.size;
}

/* Takes what stands next, which is neither a blank nor the end. */
static void take_any(struct reading *reading);

/* Behind the brace that closes a ${ of a template literal, from what is in it
 * on; else the size. It is code as all around it, but none of its properties
 * are the file's. */
static size_t find_brace(struct reading *reading, size_t at)
{
	struct properties none = { .count = PROPERTIES_LIMIT };
	struct reading inner = { .text = reading->text,
		.at = at,
		.pending = slice_of(""),
		.found = &none,
		.templates = reading->templates + 1 };

	if (inner.templates > TEMPLATES_MOST) {
		reading->is_doubtful = true;
		return inner.text.size;
	}
	skip_blank(&inner);
	while (inner.at < inner.text.size &&
		(inner.depth > 0 || peek(&inner, 0) != '}')) {
		take_any(&inner);
		skip_blank(&inner);
	}
	reading->is_doubtful = reading->is_doubtful || inner.is_doubtful;
	return inner.at < inner.text.size ? inner.at + 1 : inner.text.size;
}

/* The same as find_quote of a template literal. */
static size_t find_backtick(struct reading *reading, size_t at)
{
	const struct slice text = reading->text;

	while (at < text.size && text.at[at] != '`') {
		if (slice_has_at(text, at, "${"))
			at = find_brace(reading, at + 2);
		else
			at += text.at[at] == '\\' ? 2 : 1;
	}
	return at < text.size ? at : text.size;
}

/* From a quote to behind the one that closes it, or to the end. */
static struct slice take_text(struct reading *reading)
{
	char quote = peek(reading, 0);
	size_t start = ++reading->at;

	reading->at = quote == '`' ? find_backtick(reading, start)
				   : find_quote(reading->text, start, quote);
	const struct slice text = { reading->text.at + start,
		reading->at - start };
	if (reading->at == reading->text.size ||
		(quote != '`' && has_line_end(text)))
		find_fault(reading, FAULT_TEXT, start - 1);
	reading->at += reading->at < reading->text.size;
	return text;
}

/* Where the regular expression ends that begins with the / at `at`; 0: none
 * does, since that is to be on the line. */
static size_t find_expression_end(struct slice text, size_t at)
{
	bool in_class = false;

	for (at++; at < text.size && text.at[at] != '\n'; at++) {
		if (text.at[at] == '/' && !in_class)
			return at + 1;
		if (text.at[at] == '\\')
			at++;
		else if (text.at[at] == '[')
			in_class = true;
		else if (text.at[at] == ']')
			in_class = false;
	}
	return 0;
}

/* What a regular expression may follow, where another word is divided. */
static bool is_keyword(struct slice word)
{
	static const char *const words[] = { "return", "typeof", "case", "in",
		"of", "void", "delete", "do", "else", "yield", "await",
		"instanceof", "new", "throw" };

	return slice_fits_any(word, slice_is, words, ARRAY_SIZE(words));
}

/* A regular expression, or a sign of division; behind ) it may be either, where
 * one could end on the line. */
static void take_slash(struct reading *reading)
{
	const size_t end = find_expression_end(reading->text, reading->at);
	const bool begins = !reading->before ||
		strchr(BEFORE_EXPRESSION, reading->before) ||
		(reading->before == 'a' && is_keyword(reading->word));

	if (end && reading->before == ')')
		reading->is_doubtful = true;
	if (begins && !end)
		reading->is_doubtful = true;
	reading->at = begins && end ? end : reading->at + 1;
	reading->before = begins && end ? 'a' : '/';
	reading->word = slice_of("");
}

static bool is_word_byte(char byte)
{
	return text_is_name_byte(byte) || byte == '$' || text_is_wide(byte);
}

static struct slice take_word(struct reading *reading)
{
	struct slice word = { reading->text.at + reading->at, 0 };

	while (is_word_byte(peek(reading, word.size)))
		word.size++;
	reading->at += word.size;
	return word;
}

/* Two values side by side, but for an operator's word between them. */
static void look_for_comma(struct reading *reading)
{
	static const char *const operators[] = { "in", "instanceof", "as",
		"satisfies" };
	struct reading ahead = *reading;

	skip_blank(&ahead);
	if (!text_is_quote(peek(&ahead, 0)) && !is_word_byte(peek(&ahead, 0)))
		return;
	size_t at = ahead.at;
	struct slice word = take_word(&ahead);
	for (size_t i = 0; i < ARRAY_SIZE(operators); i++) {
		if (slice_is(word, operators[i]))
			return;
	}
	find_fault(reading, FAULT_COMMA, at);
}

static struct property *add(struct reading *reading, struct slice name)
{
	struct properties *found = reading->found;
	const struct level *level = &reading->levels[reading->depth - 1];

	if (found->count == PROPERTIES_LIMIT)
		return NULL;
	found->items =
		memory_grow(found->items, found->count, sizeof(*found->items));
	struct property *property = &found->items[found->count++];
	*property = (struct property){ .kind = PROPERTY_EXPRESSION,
		.name = name,
		.value = slice_of(""),
		.owner = level->owner,
		.object = level->object,
		.above = level->above,
		.value_at = reading->at,
		.value_end = reading->at };
	return property;
}

/* Whether the value ends here, so that a literal is all of it. */
static bool is_end(struct reading *reading)
{
	skip_blank(reading);
	return reading->at == reading->text.size ||
		strchr(",}", peek(reading, 0)) != NULL;
}

static bool is_plain_word(struct slice word)
{
	return word.size > 0 &&
		(text_is_digit(*word.at) ||
			text_is(word.at, word.size, "true") ||
			text_is(word.at, word.size, "false") ||
			text_is(word.at, word.size, "null"));
}

/* Behind "name:". */
static void take_value(struct reading *reading, struct slice name)
{
	skip_blank(reading);
	struct property *property = add(reading, name);
	char first = peek(reading, 0);

	if (!property || first == '\0')
		return;
	if (first == '{' || first == '[') {
		property->kind = PROPERTY_GROUP;
		reading->pending = name;
		return;
	}
	struct slice value =
		text_is_quote(first) ? take_text(reading) : take_word(reading);
	size_t end = reading->at;
	if (text_is_quote(first) || value.size > 0) {
		reading->before = 'a';
		reading->word = text_is_quote(first) ? slice_of("") : value;
	}
	if (text_is_quote(first) || is_plain_word(value))
		look_for_comma(reading);
	bool fixed = text_is_quote(first)
		? first != '`' || !slice_contains(value, "${")
		: is_plain_word(value);
	if (!fixed || !is_end(reading))
		return;
	property->kind = text_is_quote(first) ? PROPERTY_TEXT : PROPERTY_WORD;
	property->value = value;
	property->value_end = end;
}

static void open_level(struct reading *reading, char sign)
{
	const struct level *around =
		reading->depth ? &reading->levels[reading->depth - 1] : NULL;

	reading->at++;
	if (reading->depth == PROPERTIES_DEPTH) {
		reading->is_doubtful = true;
		reading->at = reading->text.size;
		return;
	}
	struct level level = { .sign = sign,
		.at = reading->at - 1,
		.wants_name = sign == '{',
		.owner = reading->pending };
	if (!level.owner.size && around && around->sign == '[')
		level.owner = around->owner;
	level.object = around ? around->object : 0;
	level.above = around ? around->above : 0;
	if (sign == '{') {
		level.above = level.object;
		level.object = ++reading->objects;
	}
	reading->levels[reading->depth++] = level;
	reading->pending = slice_of("");
}

static char opening_of(char closing)
{
	return closing == '}' ? '{' : closing == ']' ? '[' : '(';
}

static void take_sign(struct reading *reading)
{
	char sign = peek(reading, 0);
	struct level *level =
		reading->depth ? &reading->levels[reading->depth - 1] : NULL;

	reading->before = sign;
	switch (sign) {
	case '{':
	case '[':
	case '(':
		if (level)
			level->wants_name = false;
		open_level(reading, sign);
		return;
	case '}':
	case ']':
	case ')':
		if (!level || level->sign != opening_of(sign))
			find_fault(reading, FAULT_CLOSES, reading->at);
		reading->depth -= reading->depth > 0;
		break;
	case ',':
		if (level)
			level->wants_name = level->sign == '{';
		break;
	default:
		if (level)
			level->wants_name = false;
		break;
	}
	reading->at++;
}

/* A word or a text: a property's name where one may begin. */
static void take_name(struct reading *reading)
{
	struct level *level =
		reading->depth ? &reading->levels[reading->depth - 1] : NULL;
	bool wants_name = level && level->wants_name;
	bool quoted = text_is_quote(peek(reading, 0));
	struct slice name = quoted ? take_text(reading) : take_word(reading);

	reading->before = 'a';
	reading->word = quoted ? slice_of("") : name;
	if (!wants_name)
		return;
	level->wants_name = false;
	skip_blank(reading);
	if (peek(reading, 0) == ':') {
		reading->at++;
		reading->before = ':';
		take_value(reading, name);
	} else if (!quoted && is_end(reading)) {
		(void)add(reading, name);
	}
}

static void take_any(struct reading *reading)
{
	const char next = peek(reading, 0);

	if (text_is_quote(next) || is_word_byte(next))
		take_name(reading);
	else if (next == '/')
		take_slash(reading);
	else
		take_sign(reading);
}

void properties_read(
	const char *bytes, size_t size, struct properties *properties)
{
	struct reading reading = { .text = { bytes, size },
		.pending = slice_of(""),
		.found = properties };

	skip_blank(&reading);
	while (reading.at < size) {
		take_any(&reading);
		skip_blank(&reading);
	}
	if (reading.depth > 0)
		find_fault(&reading, FAULT_OPEN,
			reading.levels[reading.depth - 1].at);
}

void properties_release(struct properties *properties)
{
	free(properties->items);
	*properties = (struct properties){ .count = 0 };
}
