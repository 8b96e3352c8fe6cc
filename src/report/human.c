/* SPDX-License-Identifier: MIT */
#include "report/formats.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "ui/layout.h"
#include "ui/style.h"

#include <stdio.h>
#include <string.h>

#define INDENT 2
/* Fewer columns than this are no place for a text beside a caret. */
#define LEAST_BESIDE 24

/* A text that begins behind `column`, and goes on behind `indent`. Names in it
 * are a stranger's. */
static void append_text(struct buf *out, const char *text, size_t width,
	size_t column, size_t indent)
{
	const struct layout layout = { width, column, indent };
	OWNED char *shown = style_foreign(text);

	layout_text(out, shown, &layout);
	buf_byte(out, '\n');
}

static void append_head(
	const struct finding *finding, size_t width, struct buf *out)
{
	static const char *const marks[] = { STYLE_BAD, STYLE_WARN, STYLE_DIM };
	const struct rule *rule = &rules_table[finding->rule];
	size_t start = out->size;
	OWNED char *file = style_foreign(finding->file);

	buf_text(out, file);
	if (finding->place.line)
		buf_printf(out, ":%zu", finding->place.line);
	if (finding->place.line && finding->place.column)
		buf_printf(out, ":%zu", finding->place.column);
	buf_printf(out, "%s%s%-7s" STYLE_END "  %s  ",
		*finding->file ? "  " : "", marks[rule->severity],
		severity_word(rule->severity), rule->id);
	size_t column =
		style_width(buf_cstring(out) + start, out->size - start);
	if (column + LEAST_BESIDE > width) {
		buf_byte(out, '\n');
		layout_blanks(out, INDENT);
		column = INDENT;
	}
	append_text(out, finding->message, width, column, INDENT);
}

/* The column (from 0) where what is shown of an excerpt begins, so that the
 * caret is in it. */
static size_t first_column(const struct place *place, size_t room)
{
	size_t whole = text_width(place->excerpt, strlen(place->excerpt));
	size_t caret = place->caret;

	if (whole <= room || caret <= room - room / 4)
		return 0;
	return caret - (room - room / 4);
}

/* The columns of an excerpt from `first` on that fit. */
static void append_excerpt(
	struct buf *out, const char *text, size_t first, size_t room)
{
	size_t left = strlen(text);
	size_t column = 0;

	for (size_t size = 0; left > 0; text += size, left -= size) {
		uint32_t character = 0;
		size = text_decode(text, left, &character);
		size = size ? size : 1;
		size_t width = text_width(text, size);
		if (column + width > first + room)
			break;
		if (column >= first)
			buf_append(out, text, size);
		column += width;
	}
	buf_byte(out, '\n');
}

/* The line, and the caret below it with what to do. */
static void append_line(
	const struct finding *finding, size_t width, struct buf *out)
{
	char number[24];
	const struct place *place = &finding->place;
	const char *advice = finding->advice;
	int digits = snprintf(number, sizeof(number), "%zu", place->line);
	size_t gutter = INDENT + (size_t)digits + strlen(" | ");
	size_t room =
		width > gutter + LEAST_BESIDE ? width - gutter : LEAST_BESIDE;
	size_t first = first_column(place, room);
	size_t caret = place->caret > first ? place->caret - first - 1 : 0;

	buf_printf(out, STYLE_DIM "  %s |" STYLE_END " ", number);
	append_excerpt(out, place->excerpt, first, room);
	layout_blanks(out, gutter - INDENT);
	buf_text(out, STYLE_DIM "|" STYLE_END " ");
	layout_blanks(out, caret);
	buf_text(out, STYLE_BOLD "^" STYLE_END);
	size_t column = gutter + caret + 1;
	if (column + 1 + text_width(advice, strlen(advice)) > width &&
		column + LEAST_BESIDE > width) {
		buf_byte(out, '\n');
		column = INDENT;
		layout_blanks(out, INDENT);
	} else {
		buf_byte(out, ' ');
		column++;
	}
	append_text(out, advice, width, column, column);
}

static void append_sum(const struct report *report, struct buf *out)
{
	size_t all = report->errors + report->warnings;

	if (all > 0)
		buf_printf(out,
			ngettext("%zu problem (errors: %zu, warnings: %zu)\n",
				"%zu problems (errors: %zu, warnings: %zu)\n",
				all),
			all, report->errors, report->warnings);
	if (report->infos > 0)
		buf_printf(out,
			ngettext(
				"%zu remark\n", "%zu remarks\n", report->infos),
			report->infos);
	if (report->fixable > 0)
		buf_printf(out,
			report->more_fixable
				? _("--fix mends %zu of them, and maybe more\n")
				: _("--fix mends %zu of them\n"),
			report->fixable);
}

void report_human(const struct report *report, size_t width, struct buf *out)
{
	for (size_t i = 0; i < report->count; i++) {
		const struct finding *finding = &report->items[i];
		append_head(finding, width, out);
		if (finding->place.excerpt) {
			append_line(finding, width, out);
		} else {
			layout_blanks(out, INDENT);
			append_text(
				out, finding->advice, width, INDENT, INDENT);
		}
	}
	if (report->errors + report->warnings + report->infos)
		append_sum(report, out);
}
