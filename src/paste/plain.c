/* SPDX-License-Identifier: MIT */
/*
 * A paste without what surrounds it in a README, an issue or a comment: of a
 * text with fences, what stands between them, and before it what tables and
 * lists around them say; the marks of lists, quotations and block comments; the
 * backticks around a whole line. What stands in two columns, or as a label
 * above its value, becomes "Name: value".
 */
#include "paste/paste_internal.h"

#include "base/attributes.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define GATEWAY_HOST "gateway.ai.cloudflare.com/"

struct plain {
	struct slice rest;   /* the lines that are still to come */
	struct slice header; /* of a table whose columns have names; or empty */
	bool commented_out;  /* the gateway's address is */
	bool comment;        /* all of it is one */
	bool only;           /* it is one line */
	struct buf *out;
};

static bool is_fence(struct slice line)
{
	line = slice_skip_blanks(line);
	return slice_begins(line, "```") || slice_begins(line, "~~~");
}

/* "`NAME=value`", and "`URL`" at the end of a list's item. */
static struct slice without_backticks(struct slice line)
{
	line = slice_trimmed(line);
	if (line.size > 2 && *line.at == '`' &&
		slice_find(slice_from(line, 1), '`') == line.size - 2)
		return slice_from(slice_first(line, line.size - 1), 1);
	return line;
}

/* " * curl ..." of a comment, "> " of a quotation, "- `...`" of a list. A list
 * of YAML has no backticks. */
static struct slice without_mark(struct slice line)
{
	struct slice rest = slice_skip_blanks(line);

	if (slice_begins(rest, "* ") || slice_begins(rest, "> "))
		return slice_from(rest, 2);
	if (slice_begins(rest, "- `"))
		return without_backticks(slice_from(rest, 2));
	return slice_begins(rest, "`") ? without_backticks(rest) : line;
}

/* The bytes of "//" and "#" in front of a line, with the blanks around it; 0
 * where it is no comment. */
static size_t comment_mark(struct slice line)
{
	static const char *const marks[] = { "//", "#", "--", ";" };
	struct slice rest = slice_skip_blanks(line);

	for (size_t i = 0; i < ARRAY_SIZE(marks); i++) {
		if (slice_begins(rest, marks[i]))
			return line.size -
				slice_skip_blanks(
					slice_from(rest, strlen(marks[i])))
					.size;
	}
	return 0;
}

/* The same without the blanks behind the mark, but for one: what is indented in
 * a comment belongs together as elsewhere. */
static size_t comment_begin(struct slice line)
{
	size_t size = line.size - slice_skip_blanks(line).size;

	while (size < line.size && strchr("/#;-", line.at[size]))
		size++;
	return size + (size < line.size && text_is_space(line.at[size]));
}

static bool has_fences(struct slice text)
{
	struct slice line;
	size_t fences = 0;

	while (slice_take_line(&text, &line))
		fences += is_fence(line);
	return fences > 1;
}

static void put_line(struct buf *out, struct slice line)
{
	buf_append(out, line.at, line.size);
	buf_byte(out, '\n');
}

/* A name of several words is one for every reader: API-Key. */
static void put_pair(struct buf *out, struct slice name, struct slice value)
{
	for (size_t i = 0; i < name.size; i++)
		buf_byte(out, name.at[i] == ' ' ? '-' : name.at[i]);
	buf_text(out, ": ");
	put_line(out, value);
}

static bool is_row(struct slice line)
{
	line = slice_trimmed(line);
	return line.size > 2 && *line.at == '|' &&
		line.at[line.size - 1] == '|';
}

/* |---|:--| below a table's head. */
static bool is_rule(struct slice line)
{
	return is_row(line) && slice_only(slice_trimmed(line), "|-: ");
}

/* Without **, ` and blanks around it, and the mark of a list's item. */
static struct slice without_marks(struct slice text)
{
	while (text.size > 0 && strchr("*`- ", *text.at))
		text = slice_from(text, 1);
	while (text.size > 0 && strchr("*` \r", text.at[text.size - 1]))
		text.size--;
	return text;
}

/* The next cell of a row. */
static bool take_cell(struct slice *row, struct slice *cell)
{
	if (row->size < 2)
		return false;
	*row = slice_from(*row, 1);
	size_t bar = slice_find(*row, '|');
	*cell = without_marks(slice_first(*row, bar));
	*row = slice_from(*row, bar);
	return true;
}

/* How many of a row's cells name what stands below or beside them. */
static size_t count_names(struct slice row)
{
	struct slice cell;
	size_t names = 0;

	while (take_cell(&row, &cell))
		names += role_of(cell) != ROLE_NONE;
	return names;
}

static void take_columns(struct plain *plain, struct slice row)
{
	struct slice names = plain->header;
	struct slice name;
	struct slice value;

	/* Further rows are others' values. */
	plain->header.size = 0;
	while (take_cell(&names, &name) && take_cell(&row, &value)) {
		if (role_of(name) != ROLE_NONE)
			put_pair(plain->out, name, value);
	}
}

/* "an address such as `https://...`" */
static struct slice address_in(struct slice value)
{
	static const struct slice scheme = { "https://", 8 };
	struct slice found = slice_from(value, slice_find_part(value, scheme));
	size_t size = 0;

	while (size < found.size && !strchr("` \t)", found.at[size]))
		size++;
	return size > 0 ? slice_first(found, size) : value;
}

/* | Account ID | `0123...` | */
static bool take_two(struct plain *plain, struct slice row)
{
	struct slice name;
	struct slice value;
	bool two = take_cell(&row, &name) && take_cell(&row, &value) &&
		row.size < 2;

	if (!two || role_of(name) == ROLE_NONE)
		return false;
	if (role_of(name) == ROLE_URL)
		value = address_in(value);
	put_pair(plain->out, name, value);
	return true;
}

static void take_row(struct plain *plain, struct slice line)
{
	struct slice row = slice_trimmed(line);
	struct slice rest = plain->rest;
	struct slice next;

	if (is_rule(row))
		return;
	if (slice_take_line(&rest, &next) && is_rule(next))
		plain->header =
			count_names(row) > 1 ? row : (struct slice){ "", 0 };
	else if (plain->header.size > 0)
		take_columns(plain, row);
	else if (!take_two(plain, row))
		put_line(plain->out, row);
}

/* "OpenAI API Key" alone on its line, with or without a colon; in Chinese,
 * too. */
static bool is_words(struct slice line)
{
	for (size_t i = 0; i < line.size; i++) {
		bool letter = text_is_alphanumeric(line.at[i]) ||
			(unsigned char)line.at[i] >= 0x80;
		if (!letter && line.at[i] != ' ')
			return false;
	}
	return true;
}

static bool is_label(struct slice line)
{
	return is_words(line) && role_of(line) != ROLE_NONE;
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

/* One word, and more than a word of prose: with a digit or a mark in it. */
static bool is_lone_value(struct slice line)
{
	bool marked = false;

	for (size_t i = 0; i < line.size; i++)
		marked = marked || text_is_digit(line.at[i]) ||
			strchr("-_/.", line.at[i]) != NULL;
	return is_plain_word(line) && marked && !is_label(label_of(line)) &&
		(is_address(line) || slice_find(line, ':') == line.size);
}

/* A form as it is copied from a screen: the label, and below it the value. */
static bool take_label(struct plain *plain, struct slice line)
{
	struct slice label = label_of(line);
	struct slice rest = plain->rest;
	struct slice value;

	if (label.size == 0 || !is_label(label))
		return false;
	do {
		if (!slice_take_line(&rest, &value))
			return false;
		value = slice_trimmed(value);
	} while (value.size == 0);
	if (!is_lone_value(value))
		return false;
	put_pair(plain->out, label, value);
	plain->rest = rest;
	return true;
}

/* systemd's Environment="A=1" "B=2": each on a line of its own. */
static bool take_environment(struct plain *plain, struct slice line)
{
	static const char name[] = "Environment=";
	struct slice words = slice_skip_blanks(line);

	if (!slice_begins(words, name))
		return false;
	words = slice_trimmed(slice_from(words, strlen(name)));
	while (words.size > 0) {
		bool quoted = strchr("\"'", *words.at) != NULL;
		struct slice word = slice_from(words, quoted);
		word = slice_first(
			word, slice_find(word, quoted ? *words.at : ' '));
		put_line(plain->out, word);
		words = slice_skip_blanks(
			slice_from(words, word.size + 2 * (size_t)quoted));
	}
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
	return equals < text.size && is_words(*name) &&
		role_of(*name) != ROLE_NONE && is_plain_word(*value) &&
		!slice_begins(*value, "$");
}

/* "account 0123...": a name of one word, and its value. */
static bool split_words(
	struct slice text, struct slice *name, struct slice *value)
{
	text = slice_trimmed(text);
	*name = slice_first(text, slice_find(text, ' '));
	*value = slice_skip_blanks(slice_from(text, name->size));
	bool named = role_of(*name) != ROLE_NONE ||
		role_by_value(*name, *value) != ROLE_NONE;
	if (!named || !is_words(*name) || slice_find(*value, ' ') < value->size)
		return false;
	char *word = slice_text(*value);
	bool provider =
		role_of(*name) == ROLE_PROVIDER && catalogue_find(word) != NULL;
	free(word);
	return provider || is_lone_value(*value);
}

typedef bool split_item(
	struct slice text, struct slice *name, struct slice *value);

static bool take_items(
	struct plain *plain, struct slice line, split_item *split)
{
	struct slice rest = line;
	struct slice item;
	struct slice name;
	struct slice value;

	while (slice_take_item(&rest, &item)) {
		if (!split(item, &name, &value))
			return false;
	}
	for (rest = line; slice_take_item(&rest, &item);) {
		(void)split(item, &name, &value);
		put_pair(plain->out, name, value);
	}
	return line.size > 0;
}

/* "provider openai, model gpt-5", as people tell each other. */
static bool take_words(struct plain *plain, struct slice line)
{
	return take_items(plain, line, split_words) ||
		(plain->only && take_items(plain, line, split_answer));
}

/* Takes the next word off the front, where it is NAME=value. */
static bool take_assignment(struct slice *rest, struct slice *word)
{
	*rest = slice_skip_blanks(*rest);
	*word = slice_first(*rest, slice_find(*rest, ' '));
	size_t equals = slice_find(*word, '=');

	for (size_t i = 0; i < equals; i++) {
		if (!text_is_upper(word->at[i]) && word->at[i] != '_' &&
			!(i > 0 && text_is_digit(word->at[i])))
			return false;
	}
	*rest = slice_from(*rest, word->size);
	/* A quoted value may have blanks in it. */
	return equals > 0 && equals + 1 < word->size &&
		!strchr("\"'`$", word->at[equals + 1]);
}

/* "A=1 B=2 pm2 start server.js": what a command gets, each on a line. */
static bool take_assignments(struct plain *plain, struct slice line)
{
	struct slice rest = line;
	struct slice word;
	size_t count = 0;

	while (take_assignment(&rest, &word))
		count++;
	if (count < 2)
		return false;
	for (rest = line; take_assignment(&rest, &word);)
		put_line(plain->out, word);
	return true;
}

/* A table's row as a browser or spreadsheet copies it: cells with tabs between.
 */
static bool take_cells(struct plain *plain, struct slice line)
{
	size_t tab = slice_find(line, '\t');
	struct slice name = slice_trimmed(slice_first(line, tab));
	struct slice value = slice_trimmed(slice_from(line, tab + 1));

	if (!is_label(label_of(name)) || !is_lone_value(value))
		return false;
	put_pair(plain->out, label_of(name), value);
	return true;
}

/* "Gateway token: cfut_...", of which a program would read the last word alone;
 * with a wide colon, too. */
static bool take_labelled(struct plain *plain, struct slice line)
{
	static const struct slice wide = { "\uff1a", 3 };
	size_t colon = slice_find(line, ':');
	bool is_wide = slice_find_part(line, wide) < colon;

	if (is_wide)
		colon = slice_find_part(line, wide);
	struct slice name = slice_trimmed(slice_first(line, colon));
	struct slice value = slice_trimmed(
		slice_from(line, colon + (is_wide ? wide.size : 1)));

	if (!is_words(name) || slice_find(name, ' ') == name.size ||
		role_of(name) == ROLE_NONE || !is_lone_value(value))
		return false;
	put_pair(plain->out, name, value);
	return true;
}

static void take_line(struct plain *plain, struct slice line)
{
	if (is_row(line)) {
		take_row(plain, line);
		return;
	}
	plain->header.size = 0;
	if (plain->comment)
		line = slice_from(line, comment_begin(line));
	else if (plain->commented_out && slice_contains(line, GATEWAY_HOST))
		line = slice_from(line, comment_mark(line));
	if (!take_environment(plain, line) && !take_cells(plain, line) &&
		!take_label(plain, line) && !take_labelled(plain, line) &&
		!take_words(plain, line) && !take_assignments(plain, line))
		put_line(plain->out, without_mark(line));
}

/* Without the "3. " of a numbered list. */
static struct slice without_number(struct slice line)
{
	size_t digits = 0;

	line = slice_skip_blanks(line);
	while (digits < line.size && text_is_digit(line.at[digits]))
		digits++;
	return digits > 0 && slice_has_at(line, digits, ". ")
		? slice_from(line, digits + 2)
		: line;
}

/* "- **Account ID:** `0123...`", "- Auth: `cf-aig-authorization: Bearer ...`"
 */
static void take_bullet(struct plain *plain, struct slice line)
{
	struct slice name = without_number(line);
	size_t colon = slice_find(name, ':');
	struct slice value = without_marks(slice_from(name, colon + 1));

	name = without_marks(slice_first(name, colon));
	if (slice_begins_ignoring_case(value, "cf-aig-authorization:"))
		put_line(plain->out, value);
	else if (role_of(name) != ROLE_NONE && is_lone_value(value))
		put_pair(plain->out, name, value);
}

/* Of the lines around fences, in whose code placeholders may stand, only what
 * names its value. */
static void take_outer(struct plain *plain, struct slice line)
{
	struct slice row = slice_trimmed(line);

	if (!is_row(line))
		take_bullet(plain, line);
	else if (!is_rule(line))
		(void)take_two(plain, row);
}

static void end_block(struct plain *plain)
{
	put_line(plain->out, slice_of(BLOCK_END));
}

static void read_lines(struct plain plain, bool fenced, bool outer)
{
	bool inside = false;
	struct slice line;

	while (slice_take_line(&plain.rest, &line)) {
		bool fence = fenced && is_fence(line);
		inside = inside != fence;
		if (fence && !inside && !outer)
			end_block(&plain);
		else if (!fence && outer && !inside)
			take_outer(&plain, line);
		else if (!fence && !outer && inside == fenced)
			take_line(&plain, line);
	}
	if (outer)
		end_block(&plain);
}

/* Whether the gateway's address stands in comments alone: it is what is meant
 * all the same, and is only switched off. */
static bool is_commented_out(struct slice text)
{
	bool found = false;
	struct slice line;

	while (slice_take_line(&text, &line)) {
		if (!slice_contains(line, GATEWAY_HOST))
			continue;
		found = true;
		if (comment_mark(line) == 0)
			return false;
	}
	return found;
}

/* Whether every line is a comment's: a piece of one was pasted. */
static bool is_comment(struct slice text)
{
	struct slice line;
	size_t lines = 0;

	while (slice_take_line(&text, &line)) {
		if (slice_trimmed(line).size == 0)
			continue;
		lines++;
		if (comment_mark(line) == 0)
			return false;
	}
	return lines > 1;
}

void plain_read(struct slice text, struct buf *out)
{
	const struct plain plain = {
		.rest = text,
		.header = { "", 0 },
		.commented_out = is_commented_out(text),
		.comment = is_comment(text),
		.only = !slice_contains(slice_trimmed(text), "\n"),
		.out = out,
	};
	bool fenced = has_fences(text);

	if (fenced)
		read_lines(plain, fenced, true);
	read_lines(plain, fenced, false);
}
