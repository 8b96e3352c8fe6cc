/* SPDX-License-Identifier: MIT */
#include "ecosystem/properties.h"

#include "base/attributes.h"
#include "base/memory.h"
#include "base/text.h"
#include "lexer/lexer.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A bracket that is open. */
struct level {
	char sign;
	bool wants_name; /* a property may begin here */
	struct slice owner;
	size_t object, above;
	size_t at; /* where it stands */
};

struct reading {
	struct lexer lexer;
	/* What comes next, no comment; of no bytes at the end. */
	struct lexeme next;
	struct level levels[PROPERTIES_DEPTH];
	size_t depth, objects;
	/* The name whose value comes next. */
	struct slice pending;
	struct properties *found;
};

static void find_fault(
	struct reading *reading, enum properties_fault fault, size_t at)
{
	/* Signs were seen that may stand for something else than they seem. */
	if (reading->found->fault || reading->lexer.doubtful)
		return;
	reading->found->fault = fault;
	reading->found->fault_at = at;
}

/* The byte that comes next, of a text its quote; '\0' at the end. */
static char peek(const struct reading *reading)
{
	return reading->next.size ? reading->lexer.text.at[reading->next.at]
				  : '\0';
}

/* What comes next: NUL bytes are no more than white space. */
static void read_next(struct reading *reading)
{
	while (lexer_next(&reading->lexer, &reading->next) &&
		(reading->next.kind == LEXEME_COMMENT || !peek(reading)))
		;
}

/* A template literal with the code in it, none of whose properties are the
 * file's. A bracket that is open in it keeps it from closing. */
static void read_template(struct reading *reading)
{
	struct lexer *lexer = &reading->lexer;
	struct lexeme part = reading->next;
	const size_t around = lexer->depth - 1;
	int open = 0;

	while ((part.opens || lexer->depth > around) &&
		lexer_next(lexer, &part)) {
		const char sign = lexer->text.at[part.at];
		if (part.kind != LEXEME_SIGN)
			continue;
		open += sign == '(' || sign == '[';
		open -= sign == ')' || sign == ']';
	}
	reading->next.size = lexer->at - reading->next.at;
	reading->next.inside.size = reading->next.size - 1 - part.closed;
	reading->next.closed = part.closed && open <= 0;
}

/* Takes it, and finds what comes behind. */
static struct lexeme take(struct reading *reading)
{
	if (reading->next.opens)
		read_template(reading);
	const struct lexeme taken = reading->next;
	if (taken.kind == LEXEME_TEXT && !taken.closed)
		find_fault(reading, FAULT_TEXT, taken.at);
	read_next(reading);
	return taken;
}

static bool is_next(const struct reading *reading, enum lexeme_kind kind)
{
	return reading->next.size > 0 && reading->next.kind == kind;
}

/* Two values side by side, but for an operator's word between them. */
static void look_for_comma(struct reading *reading)
{

	if (is_next(reading, LEXEME_TEXT) ||
		(is_next(reading, LEXEME_NAME) &&
			!slice_fits_any(reading->next.inside, slice_is,
				WORDS("in", "instanceof", "as", "satisfies"))))
		find_fault(reading, FAULT_COMMA, reading->next.at);
}

static struct property *add(struct reading *reading, struct slice name)
{
	struct properties *found = reading->found;
	const struct level *level = &reading->levels[reading->depth - 1];

	if (found->count == PROPERTIES_LIMIT)
		return NULL;
	MEMORY_PUSH(found->items, found->count,
		(struct property){ .kind = PROPERTY_EXPRESSION,
			.name = name,
			.value = slice_of(""),
			.owner = level->owner,
			.object = level->object,
			.above = level->above,
			.value_at = reading->next.at,
			.value_end = reading->next.at });
	return &found->items[found->count - 1];
}

/* Whether the value ends here, so that a literal is all of it. */
static bool is_end(const struct reading *reading)
{
	return !peek(reading) || strchr(",}", peek(reading));
}

static bool is_plain_word(struct slice word)
{
	return text_is_digit(*word.at) || slice_is(word, "true") ||
		slice_is(word, "false") || slice_is(word, "null");
}

/* Behind "name:". */
static void take_value(struct reading *reading, struct slice name)
{
	struct property *property = add(reading, name);
	const bool is_text = is_next(reading, LEXEME_TEXT);

	if (!property)
		return;
	if (peek(reading) == '{' || peek(reading) == '[') {
		property->kind = PROPERTY_GROUP;
		reading->pending = name;
		return;
	}
	if (!is_text && !is_next(reading, LEXEME_NAME))
		return;
	bool has_code = reading->next.opens;
	struct lexeme taken = take(reading);
	const size_t start = taken.at;
	while (is_text && peek(reading) == '+') {
		(void)take(reading);
		if (!is_next(reading, LEXEME_TEXT))
			return;
		has_code = has_code || reading->next.opens;
		taken = take(reading);
	}
	const size_t end = taken.at + taken.size;
	struct slice value = taken.inside;
	if (!is_text && !is_plain_word(value))
		return;
	look_for_comma(reading);
	if (has_code || !is_end(reading))
		return;
	property->kind = is_text ? PROPERTY_TEXT : PROPERTY_WORD;
	if (taken.at > start) {
		property->kind = PROPERTY_JOINED;
		value = slice_from(
			slice_first(reading->lexer.text, end), start);
	}
	property->value = value;
	property->value_end = end;
}

static void open_level(struct reading *reading, char sign, size_t at)
{
	const struct level *around =
		reading->depth ? &reading->levels[reading->depth - 1] : NULL;

	if (reading->depth == PROPERTIES_DEPTH) {
		reading->lexer.doubtful = true;
		reading->next.size = 0;
		return;
	}
	struct level level = { .sign = sign,
		.at = at,
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
	const char sign = peek(reading);
	const size_t at = take(reading).at;
	struct level *level =
		reading->depth ? &reading->levels[reading->depth - 1] : NULL;

	if (level)
		level->wants_name = sign == ',' && level->sign == '{';
	if (strchr("([{", sign)) {
		open_level(reading, sign, at);
	} else if (strchr(")]}", sign)) {
		if (!level || level->sign != opening_of(sign))
			find_fault(reading, FAULT_CLOSES, at);
		reading->depth -= reading->depth > 0;
	}
}

/* A word or a text: a property's name where one may begin. */
static void take_name(struct reading *reading)
{
	struct level *level =
		reading->depth ? &reading->levels[reading->depth - 1] : NULL;
	const bool wants_name = level && level->wants_name;
	const struct lexeme taken = take(reading);
	const struct slice name = taken.inside;

	if (!wants_name)
		return;
	level->wants_name = false;
	if (peek(reading) == ':') {
		(void)take(reading);
		take_value(reading, name);
	} else if (taken.kind == LEXEME_NAME && is_end(reading)) {
		(void)add(reading, name);
	}
}

void properties_read(
	const char *bytes, size_t size, struct properties *properties)
{
	struct reading reading = { .pending = slice_of(""),
		.found = properties };

	lexer_init(&reading.lexer, &lexicon_javascript,
		(struct slice){ bytes, size });
	read_next(&reading);
	while (reading.next.size > 0) {
		if (is_next(&reading, LEXEME_SIGN))
			take_sign(&reading);
		else if (is_next(&reading, LEXEME_EXPRESSION))
			(void)take(&reading);
		else
			take_name(&reading);
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
