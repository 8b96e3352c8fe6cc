/* SPDX-License-Identifier: MIT */
#include "manual/prose.h"

#include "base/memory.h"
#include "base/slice.h"
#include "manual/rows.h"
#include "ui/style.h"

#include <string.h>

#define PART_LIMIT ((size_t)1 << 16)
#define BETWEEN " :: "

/* A line of the source, without its newline. */
static struct slice line_at(const char *text)
{
	return (struct slice){ text, strcspn(text, "\n") };
}

static const char *behind(struct slice line)
{
	const char *end = line.at + line.size;

	return *end ? end + 1 : end;
}

static bool is_blank(struct slice line)
{
	return strspn(line.at, " ") >= line.size;
}

static bool is_heading(struct slice line)
{
	return line.size > 2 && slice_begins(line, "# ");
}

static bool is_literal(struct slice line)
{
	return line.at[0] == ' ' && !is_blank(line);
}

static bool is_reference(struct slice line)
{
	return line.size > 2 && slice_begins(line, "{") &&
		slice_ends(line, "}");
}

/* Where the meaning of a row begins, or NULL. */
static const char *meaning_of(struct slice line)
{
	const char *found = strstr(line.at, BETWEEN);

	return found && found < line.at + line.size ? found + strlen(BETWEEN)
						    : NULL;
}

static bool is_row(struct slice line)
{
	return is_reference(line) || meaning_of(line);
}

/* Words that go on with the line above. */
static bool is_more(struct slice line)
{
	return *line.at && !is_blank(line) && !is_heading(line) &&
		!is_literal(line) && !is_row(line);
}

static void add_words(struct buf *out, const char *text, size_t size)
{
	if (out->size)
		buf_byte(out, ' ');
	buf_append(out, text, size);
}

static const char *take_paragraph(const char *at, struct buf *out)
{
	do {
		struct slice line = line_at(at);
		add_words(out, line.at, line.size);
		at = behind(line);
	} while (is_more(line_at(at)));
	return at;
}

/* Blank lines belong to it where it goes on below them. */
static const char *take_literal(const char *at, struct buf *out)
{
	const char *end = at;

	for (const char *next = at; *next; next = behind(line_at(next))) {
		struct slice line = line_at(next);
		if (is_literal(line))
			end = line.at + line.size;
		else if (!is_blank(line))
			break;
	}
	buf_append(out, at, (size_t)(end - at));
	return *end ? end + 1 : end;
}

static const char *take_row(const char *at, struct table *rows)
{
	SCOPED(buf) struct buf words = BUF(PART_LIMIT);
	struct slice line = line_at(at);
	const char *meaning = meaning_of(line);
	const char *end = line.at + line.size;

	buf_append(
		&words, line.at, (size_t)(meaning - strlen(BETWEEN) - line.at));
	table_add(rows, buf_cstring(&words));
	buf_clear(&words);
	buf_append(&words, meaning, (size_t)(end - meaning));
	at = behind(line);
	while (is_more(line_at(at))) {
		line = line_at(at);
		add_words(&words, line.at, line.size);
		at = behind(line);
	}
	table_add(rows, buf_cstring(&words));
	return at;
}

static const char *take_rows(const char *at, struct table *rows)
{
	while (is_row(line_at(at))) {
		struct slice line = line_at(at);
		if (!is_reference(line)) {
			at = take_row(at, rows);
			continue;
		}
		OWNED char *name = memory_copy(line.at + 1, line.size - 2);
		rows_add(name, rows);
		at = behind(line);
	}
	return at;
}

static const char *take_heading(const char *at, struct buf *out)
{
	struct slice line = line_at(at);

	buf_append(out, line.at + 2, line.size - 2);
	return behind(line);
}

bool prose_next(const char **at, struct prose *part)
{
	const char *text = *at;
	bool spaced = false;

	while (*text && is_blank(line_at(text))) {
		text = behind(line_at(text));
		spaced = true;
	}
	prose_release(part);
	*part = (struct prose){ .spaced = spaced, .text = BUF(PART_LIMIT) };
	part->rows = TABLE(2);
	if (*text == '\0')
		return false;
	if (is_heading(line_at(text))) {
		part->kind = PROSE_HEADING;
		*at = take_heading(text, &part->text);
	} else if (is_literal(line_at(text))) {
		part->kind = PROSE_LITERAL;
		*at = take_literal(text, &part->text);
	} else if (is_row(line_at(text))) {
		part->kind = PROSE_ROWS;
		*at = take_rows(text, &part->rows);
	} else {
		part->kind = PROSE_PARAGRAPH;
		*at = take_paragraph(text, &part->text);
	}
	return true;
}

void prose_release(struct prose *part)
{
	buf_release(&part->text);
	table_release(&part->rows);
}

static void part_text(const struct prose *part, size_t columns, struct buf *out)
{
	struct layout layout = { columns, 0, 0 };

	if (part->kind == PROSE_ROWS) {
		table_render(&part->rows, 2, columns, out);
		return;
	}
	if (part->kind == PROSE_HEADING)
		buf_printf(out, STYLE_BOLD "%s" STYLE_END,
			buf_cstring(&part->text));
	else
		layout_text(out, buf_cstring(&part->text), &layout);
	buf_byte(out, '\n');
}

void prose_text(const char *text, size_t columns, struct buf *out)
{
	SCOPED(prose) struct prose part = { 0 };
	bool first = true;

	while (prose_next(&text, &part)) {
		if (part.spaced && !first)
			buf_byte(out, '\n');
		part_text(&part, columns, out);
		first = false;
	}
}
