/* SPDX-License-Identifier: MIT */
#include "manual/mdoc.h"

#include "base/text.h"
#include "manual/prose.h"

#include <string.h>

#define LINE_LENGTH 72
/* Terms up to this wide have their meaning beside them. */
#define TERM_WIDTH 25

/* Characters that roff would read or print as others. */
static const char *escape_of(char byte)
{
	switch (byte) {
	case '\\':
		return "\\e";
	case '-':
		return "\\-";
	case '`':
		return "\\(ga";
	case '\'':
		return "\\(aq";
	case '"':
		return "\\(dq";
	case '^':
		return "\\(ha";
	case '~':
		return "\\(ti";
	default:
		return NULL;
	}
}

static void escaped(const char *text, size_t size, struct buf *out)
{
	for (size_t i = 0; i < size; i++) {
		const char *escape = escape_of(text[i]);
		if (escape)
			buf_text(out, escape);
		else
			buf_byte(out, text[i]);
	}
}

/* An argument of a macro, whatever is in it. */
static void argument(const char *text, struct buf *out)
{
	buf_text(out, " \"");
	escaped(text, strlen(text), out);
	buf_byte(out, '"');
}

/* A line of text must not look like a macro. */
static void line_start(const char *text, struct buf *out)
{
	if (*text == '.' || *text == '\'')
		buf_text(out, "\\&");
}

void mdoc_head(const char *name, const char *section, const char *summary,
	struct buf *out)
{
	buf_text(out, ".Dd " AIGENV_RELEASED "\n.Dt ");
	for (const char *at = name; *at; at++)
		buf_byte(out, text_upper(*at));
	buf_printf(out, " %s\n.Os aigenv " AIGENV_VERSION "\n", section);
	buf_printf(out, ".Sh NAME\n.Nm %s\n.Nd", name);
	argument(summary, out);
	buf_byte(out, '\n');
}

void mdoc_section(const char *heading, struct buf *out)
{
	buf_printf(out, ".Sh %s\n", heading);
}

void mdoc_part(const char *heading, struct buf *out)
{
	buf_text(out, ".Ss");
	argument(heading, out);
	buf_byte(out, '\n');
}

static bool ends_a_sentence(const char *text, const char *at)
{
	return at > text && strchr(".?!", at[-1]) && at[1] &&
		!text_is_lower(at[1]);
}

/* Lines of the source are short, so that a diff of two versions can be read. */
static bool breaks_here(
	const char *text, const char *at, const struct buf *out, size_t start)
{
	return *at == ' ' && at[1] &&
		(ends_a_sentence(text, at) ||
			out->size - start + strcspn(at + 1, " ") > LINE_LENGTH);
}

/* A longer word may not fit into a line beside its margin. */
#define WORD_LENGTH 40

/* Behind a slash of a long word, which is a path or an address, and behind the
 * name of a value. */
static bool may_break(const char *text, const char *at)
{
	const char *start = at;

	while (start > text && start[-1] != ' ')
		start--;
	return (*at == '/' || *at == '=') && at[1] &&
		strcspn(start, " ") > WORD_LENGTH;
}

void mdoc_words(const char *text, struct buf *out)
{
	size_t start = out->size;
	bool bold = false;

	line_start(text, out);
	for (const char *at = text; *at; at++) {
		if (*at == '`') {
			bold = !bold;
			buf_text(out, bold ? "\\fB" : "\\fR");
		} else if (breaks_here(text, at, out, start)) {
			buf_byte(out, '\n');
			start = out->size;
			line_start(at + 1, out);
		} else if (*at == ' ' && !at[1]) {
			/* At a line's end a plain blank gets lost. */
			buf_text(out, "\\ ");
		} else {
			escaped(at, 1, out);
			if (may_break(text, at))
				buf_text(out, "\\:");
		}
	}
	buf_byte(out, '\n');
}

void mdoc_paragraph(struct buf *out)
{
	buf_text(out, ".Pp\n");
}

void mdoc_literal(const char *text, bool close, struct buf *out)
{
	buf_printf(out, ".Bd -literal -offset indent%s\n",
		close ? " -compact" : "");
	while (*text) {
		size_t size = strcspn(text, "\n");
		line_start(text, out);
		escaped(text, size, out);
		buf_byte(out, '\n');
		text += size + (text[size] == '\n');
	}
	buf_text(out, ".Ed\n");
}

/* The longest term that leaves room beside it, or "Ds", a short indent. */
static const char *widest_term(const struct table *rows)
{
	const char *widest = "Ds";

	for (size_t i = 0; i < rows->count; i += 2) {
		size_t width = strlen(rows->cells[i]);
		if (width > strlen(widest) && width <= TERM_WIDTH)
			widest = rows->cells[i];
	}
	return widest;
}

void mdoc_rows(const struct table *rows, struct buf *out)
{
	buf_text(out, ".Bl -tag -compact -width");
	argument(widest_term(rows), out);
	buf_byte(out, '\n');
	for (size_t i = 0; i + 1 < rows->count; i += 2) {
		buf_text(out, ".It Sy");
		argument(rows->cells[i], out);
		buf_byte(out, '\n');
		if (*rows->cells[i + 1])
			mdoc_words(rows->cells[i + 1], out);
	}
	buf_text(out, ".El\n");
}

/* The indent that every literal line has is the display's own. */
static void literal_part(const struct prose *part, struct buf *out)
{
	SCOPED(buf) struct buf lines = BUF((size_t)1 << 16);

	for (const char *at = buf_cstring(&part->text); *at;) {
		size_t size = strcspn(at, "\n");
		size_t indent = text_starts_with(at, "  ") ? 2 : 0;
		buf_append(&lines, at + indent, size - indent);
		buf_byte(&lines, '\n');
		at += size + (at[size] == '\n');
	}
	mdoc_literal(buf_cstring(&lines), !part->spaced, out);
}

static void write_part(const struct prose *part, struct buf *out)
{
	switch (part->kind) {
	case PROSE_HEADING:
		mdoc_part(buf_cstring(&part->text), out);
		break;
	case PROSE_PARAGRAPH:
		mdoc_words(buf_cstring(&part->text), out);
		break;
	case PROSE_LITERAL:
		literal_part(part, out);
		break;
	case PROSE_ROWS:
		mdoc_rows(&part->rows, out);
		break;
	}
}

void mdoc_prose(const char *text, struct buf *out)
{
	SCOPED(prose) struct prose part = { 0 };
	bool below_text = false;

	while (prose_next(&text, &part)) {
		/* Headings and displays bring their own blank line. */
		if (below_text && part.spaced &&
			(part.kind == PROSE_PARAGRAPH ||
				part.kind == PROSE_ROWS))
			mdoc_paragraph(out);
		write_part(&part, out);
		below_text = part.kind != PROSE_HEADING;
	}
}

void mdoc_options(struct buf *out)
{
	buf_text(out, ".Bl -tag -width Ds\n");
}

void mdoc_option(
	char letter, const char *name, const char *value, struct buf *out)
{
	buf_text(out, ".It");
	if (letter)
		buf_printf(out, " Fl %c ,", letter);
	buf_text(out, " Fl \\-");
	escaped(name, strlen(name), out);
	if (value) {
		buf_text(out, " Ar");
		argument(value, out);
	}
	buf_byte(out, '\n');
}

void mdoc_options_end(struct buf *out)
{
	buf_text(out, ".El\n");
}

void mdoc_see_also(const char *pages, struct buf *out)
{
	mdoc_section("SEE ALSO", out);
	while (*pages) {
		size_t name = strcspn(pages, "(");
		const char *next = strchr(pages, ' ');
		buf_printf(out, ".Xr %.*s %c%s\n", (int)name, pages,
			pages[name + 1], next ? " ," : "");
		pages = next ? next + 1 : "";
	}
}
