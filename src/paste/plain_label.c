/* SPDX-License-Identifier: MIT */
/* Forms as they are copied from a screen, and answers as they are typed. */
#include "paste/plain_internal.h"

#include "base/text.h"

#include <string.h>

bool plain_is_words(struct slice line)
{
	for (size_t i = 0; i < line.size; i++) {
		bool letter = text_is_alphanumeric(line.at[i]) ||
			text_is_wide(line.at[i]);
		if (!letter && line.at[i] != ' ')
			return false;
	}
	return true;
}

/* "OpenAI API Key" alone on its line, with or without a colon; in Chinese,
 * too. */
static bool is_label(struct slice line)
{
	return plain_is_words(line) && role_of(line) != ROLE_NONE;
}

static struct slice label_of(struct slice line)
{
	line = slice_trimmed(line);
	return line.size > 1 && line.at[line.size - 1] == ':'
		? slice_first(line, line.size - 1)
		: line;
}

/* One word, and no program's. */
static bool is_plain_word(struct slice text)
{
	for (size_t i = 0; i < text.size; i++) {
		if (text_is_space(text.at[i]) ||
			strchr("=\"'`(){}[],;", text.at[i]))
			return false;
	}
	return text.size > 0;
}

bool plain_is_lone_value(struct slice line)
{
	bool marked = false;

	for (size_t i = 0; i < line.size; i++)
		marked = marked || text_is_digit(line.at[i]) ||
			strchr("-_/.", line.at[i]) != NULL;
	/* "\u8d26\u6237\uff1a0123..." has its own label. */
	return is_plain_word(line) && marked && !is_label(label_of(line)) &&
		!slice_contains(line, "：") &&
		(is_address(line) || slice_find(line, ':') == line.size);
}

/* "gateway" / "shop" / "provider" / "openai": a word between two labels. */
static bool is_below_label(
	struct slice label, struct slice value, struct slice rest)
{
	enum role role = role_of(label);
	struct slice next;

	return (role == ROLE_GATEWAY || role == ROLE_PROVIDER) &&
		is_plain_word(value) && !is_label(value) &&
		slice_take_line(&rest, &next) && is_label(label_of(next));
}

/* A form as it is copied from a screen: the label, and below it the value. */
bool plain_take_label(struct plain *plain, struct slice line)
{
	struct slice label = label_of(line);
	struct slice rest = plain->rest;
	struct slice value;

	if (label.size == 0 || !plain_is_words(label))
		return false;
	do {
		if (!slice_take_line(&rest, &value))
			return false;
		value = slice_trimmed(value);
	} while (value.size == 0);
	/* "Authentication token": its value says whose. */
	if (!(plain_is_lone_value(value) ||
		    is_below_label(label, value, rest)) ||
		(!is_label(label) && role_by_value(label, value) == ROLE_NONE))
		return false;
	plain_put_pair(plain->out, label, value);
	plain->rest = rest;
	return true;
}

/* gateway=other, as an answer is given on a command line: in a text of one line
 * alone, since elsewhere it is a program's. */
static bool split_answer(
	struct slice text, struct slice *name, struct slice *value)
{
	size_t equals = slice_find(text, '=');

	*name = slice_trimmed(slice_first(text, equals));
	*value = slice_trimmed(slice_from(text, equals + 1));
	return equals < text.size && plain_is_words(*name) &&
		role_of(*name) != ROLE_NONE && is_plain_word(*value) &&
		!slice_begins(*value, "$");
}

bool plain_take_answers(struct plain *plain, struct slice line)
{
	struct slice rest = line;
	struct slice item;
	struct slice name;
	struct slice value;

	while (slice_take_item(&rest, &item)) {
		if (!split_answer(item, &name, &value))
			return false;
	}
	for (rest = line; slice_take_item(&rest, &item);) {
		(void)split_answer(item, &name, &value);
		plain_put_pair(plain->out, name, value);
	}
	return line.size > 0;
}
