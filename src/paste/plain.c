/* SPDX-License-Identifier: MIT */
/*
 * A paste without what surrounds it in a README, an issue or a comment: of a
 * text with fences, what stands between them, and before it what tables and
 * lists around them say; the marks of lists, quotations and block comments; the
 * backticks around a whole line. What stands in two columns, or as a label
 * above its value, becomes "Name: value".
 */
#include "paste/plain_internal.h"

#include "base/attributes.h"
#include "base/text.h"

#include <string.h>

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

/* "[10:32] ana: ..." of a chat. */
static struct slice without_stamp(struct slice line)
{
	struct slice rest = slice_skip_blanks(line);
	size_t size = 1;

	if (!slice_begins(rest, "["))
		return line;
	while (size < rest.size &&
		(text_is_digit(rest.at[size]) ||
			strchr(":./- ", rest.at[size])))
		size++;
	struct slice name = slice_skip_blanks(slice_from(rest, size + 1));
	size_t colon = slice_find(name, ':');
	return size > 4 && slice_has_at(rest, size, "]") &&
			slice_has_at(name, colon, ": ") &&
			plain_is_words(slice_first(name, colon))
		? slice_from(name, colon + 2)
		: line;
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

/* The bytes of "//" and "#" in front of a line, and of a quotation's ">", with
 * the blanks around it; 0 where it is no comment. */
static size_t comment_mark(struct slice line)
{
	static const char *const marks[] = { "//", "#", "-- ", ";", ">" };
	struct slice rest = slice_skip_blanks(line);

	if (slice_begins(rest, "#define "))
		return 0;
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

	while (size < line.size && strchr("/#;->", line.at[size]))
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

/* Takes the next word off the front, where it is NAME=value. */
static bool take_assignment(struct slice *rest, struct slice *word)
{
	*rest = slice_skip_blanks(*rest);
	/* export A=1 && export B=2, A=1;B=2 */
	while (slice_take_any(rest, WORDS("export ", "env ", "&& ", ";")))
		*rest = slice_skip_blanks(*rest);
	/* systemd's "A=1", where the quotes are around it all. */
	const bool quotes = slice_take_any(rest, WORDS("\"", "'"));
	*word = slice_first(
		*rest, slice_find(*rest, quotes ? rest->at[-1] : ' '));
	size_t next = slice_find(*word, ';') + 1;
	if (next < word->size && text_is_upper(word->at[next]))
		word->size = next - 1;
	size_t equals = slice_find(*word, '=');

	for (size_t i = 0; i < equals; i++) {
		if (!text_is_upper(word->at[i]) && word->at[i] != '_' &&
			!(i > 0 && text_is_digit(word->at[i])))
			return false;
	}
	*rest = slice_from(*rest, word->size + quotes);
	/* A=1; B=2; curl ... */
	word->size -= slice_ends(*word, ";");
	struct slice value = slice_from(*word, equals + 1);
	bool quoted = value.size > 2 && strchr("\"'", *value.at) &&
		value.at[value.size - 1] == *value.at;
	/* A quoted value may have blanks in it. */
	return equals > 0 && value.size > 0 &&
		(quoted || !strchr("\"'`$", *value.at));
}

/* "A=1 B=2 pm2 start server.js": what a command gets, each on a line. */
static bool take_assignments(struct plain *plain, struct slice line)
{
	struct slice rest;
	struct slice word;
	size_t count = 0;

	/* One alone, where the command goes on: A=1 \, and in systemd's
	 * Environment=. */
	const bool goes_on = plain->goes_on ||
		slice_ends(slice_trimmed(line), "\\") ||
		slice_take(&line, "Environment=");
	for (rest = line; take_assignment(&rest, &word);)
		count++;
	if (count < (goes_on ? 1 : 2))
		return false;
	for (rest = line; take_assignment(&rest, &word);)
		plain_put_line(plain->out, word);
	return true;
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

static void take_line(struct plain *plain, struct slice line)
{
	if (plain_is_row(line)) {
		plain_take_row(plain, line);
		return;
	}
	plain->header.size = 0;
	line = without_stamp(line);
	const struct slice item = without_number(line);
	if (item.size < slice_skip_blanks(line).size &&
		role_of(slice_first(item, slice_find(item, ':'))) != ROLE_NONE)
		line = item;
	if (plain->comment)
		line = slice_from(line, comment_begin(line));
	else if (plain->commented_out && slice_contains(line, GATEWAY_HOST))
		line = slice_from(line, comment_mark(line));
	const bool taken = plain_take_label(plain, line) ||
		(plain->only && plain_take_answers(plain, line));
	const bool assigned = !taken && take_assignments(plain, line);
	plain->goes_on = assigned && slice_ends(slice_trimmed(line), "\\");
	if (!taken && !assigned && !plain_take_sentence(plain, line) &&
		!plain_is_prose(line))
		plain_put_line(plain->out, without_mark(line));
}

/* "- **Account ID:** `0123...`", "- Auth: `cf-aig-authorization: Bearer ...`"
 */
static void take_bullet(struct plain *plain, struct slice line)
{
	struct slice name = without_number(line);
	size_t colon = slice_find(name, ':');
	struct slice value = plain_without_marks(slice_from(name, colon + 1));

	name = plain_without_marks(slice_first(name, colon));
	if (slice_begins_ignoring_case(value, "cf-aig-authorization:"))
		plain_put_line(plain->out, value);
	else if (role_of(name) != ROLE_NONE && plain_is_lone_value(value))
		plain_put_pair(plain->out, name, value);
}

/* Of the lines around fences, in whose code placeholders may stand, only what
 * names its value. */
static void take_outer(struct plain *plain, struct slice line)
{
	struct slice row = slice_trimmed(line);

	if (!plain_is_row(line))
		take_bullet(plain, line);
	else if (!plain_is_rule(line))
		(void)plain_take_two(plain, row);
}

static void end_block(struct plain *plain)
{
	plain_put_line(plain->out, slice_of(BLOCK_END));
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

/* What is in one block comment, or the text itself. */
static struct slice without_block_comment(struct slice text)
{
	struct slice inner = slice_trimmed(text);

	if (!slice_begins(inner, "/*") || !slice_ends(inner, "*/") ||
		inner.size < 5)
		return text;
	inner = slice_from(slice_first(inner, inner.size - 2), 2);
	return slice_contains(inner, "*/") ? text : inner;
}

/* Whether every line is a comment's: a piece of one was pasted. */
static bool is_comment(struct slice text)
{
	struct slice line;
	size_t lines = 0;

	while (slice_take_line(&text, &line)) {
		if (slice_is_blank(line))
			continue;
		lines++;
		if (comment_mark(line) == 0)
			return false;
	}
	return lines > 1;
}

/* Takes what stands before the next docstring's quotes off the front. */
static struct slice take_quotation(struct slice *rest)
{
	static const struct slice quotes = { "\"\"\"", 3 };
	struct slice piece = slice_first(*rest, slice_find_part(*rest, quotes));

	*rest = slice_from(*rest, piece.size + quotes.size);
	return piece;
}

/* Whether the gateway's address stands in docstrings alone: what they show is
 * else an example of the code's own. */
static bool is_in_docstrings(struct slice text)
{
	bool found = false;

	for (bool inside = false; text.size > 0; inside = !inside) {
		if (!slice_contains(take_quotation(&text), GATEWAY_HOST))
			continue;
		if (!inside)
			return false;
		found = true;
	}
	return found;
}

/* Tables as programs draw them, \u2502 between their cells, as Markdown has
 * them. */
static void put_bars(struct slice text, struct buf *out)
{
	static const char bar[] = "\u2502";

	while (text.size > 0) {
		if (slice_take(&text, bar)) {
			buf_byte(out, '|');
			continue;
		}
		buf_byte(out, *text.at);
		text = slice_from(text, 1);
	}
}

/* A page's source as its text, and docstrings as blocks of their own. */
static void read_source(struct slice text, struct buf *out)
{
	SCOPED(buf) struct buf page = BUF(text.size + 1);
	SCOPED(buf) struct buf barred = BUF(text.size + 1);

	put_bars(text, &barred);
	html_read((struct slice){ buf_cstring(&barred), barred.size }, &page);
	text = (struct slice){ buf_cstring(&page), page.size };
	if (xml_read(text, out))
		return;
	if (!is_in_docstrings(text)) {
		buf_append(out, text.at, text.size);
		return;
	}
	while (text.size > 0) {
		plain_put_line(out, take_quotation(&text));
		plain_put_line(out, slice_of(BLOCK_END));
	}
}

void plain_read(struct slice text, struct buf *out)
{
	SCOPED(buf) struct buf source = BUF(2 * text.size + 4);

	read_source(text, &source);
	text = without_block_comment(
		(struct slice){ buf_cstring(&source), source.size });
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
