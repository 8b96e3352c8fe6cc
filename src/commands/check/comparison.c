/* SPDX-License-Identifier: MIT */
/* How `aigenv check --readers` shows what was compared. */
#include "commands/check/check_internal.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "ui/layout.h"
#include "ui/style.h"

#define TEXT_LIMIT ((size_t)4 << 20)
#define INDENT 2
#define BELOW 6
#define LEAST_ROOM 12
#define LEAST_COLUMN 30

/* What the readers of a group make of it, in words. */
static void append_outcome(const struct comparison *comparison,
	const struct outcome *outcome, size_t room, struct buf *out)
{
	SCOPED(buf) struct buf text = BUF(TEXT_LIMIT);
	SCOPED(buf) struct buf called = BUF(TEXT_LIMIT);

	comparison_show_value(comparison, outcome->sight, room, &text);
	comparison_show_name(comparison, outcome->sight, &called);
	const char *value = buf_cstring(&text);
	const char *name = buf_cstring(&called);
	switch (outcome->kind) {
	case OUTCOME_VALUE:
		buf_text(out, value);
		break;
	case OUTCOME_EXPANDED:
		buf_printf(out, "%s, %s", value, _("with values put in for $"));
		break;
	case OUTCOME_RUNS:
		buf_printf(out, "%s, %s", value,
			_("a part of which is run as a command"));
		break;
	case OUTCOME_OTHER_NAME:
		buf_printf(out, "%s, ", value);
		buf_printf(out, _("in a variable called \"%s\""), name);
		break;
	case OUTCOME_NOTHING:
		buf_text(out, _("no variable"));
		break;
	case OUTCOME_COMMAND:
		buf_text(out, _("no variable: the line is run as a command"));
		break;
	case OUTCOME_REFUSED:
		buf_text(out, _("an error: the whole file is refused"));
		break;
	case OUTCOME_ENDED:
		buf_text(out, _("no variable: the reading ends here"));
		break;
	}
}

/* Two columns; where the first would leave the other no room, each group has
 * its readers below it. */
static void append_table(
	const struct comparison *comparison, size_t width, struct buf *out)
{
	SCOPED(table) struct table table = TABLE(2);
	size_t room = width / 2 > LEAST_ROOM ? width / 2 : LEAST_ROOM;
	const struct layout below = { width, BELOW, BELOW };
	size_t widest = 0;

	for (size_t i = 0; i < comparison->count; i++) {
		const struct outcome *outcome = &comparison->outcomes[i];
		SCOPED(buf) struct buf words = BUF(TEXT_LIMIT);
		SCOPED(buf) struct buf who = BUF(TEXT_LIMIT);
		append_outcome(comparison, outcome, room - INDENT, &words);
		comparison_format_models(outcome->models, &who);
		TABLE_ROW(&table, buf_cstring(&words), buf_cstring(&who));
		size_t columns = text_width(buf_cstring(&words), words.size);
		widest = columns > widest ? columns : widest;
	}
	if (widest + 2 * (size_t)INDENT + LEAST_COLUMN <= width)
		table_render(&table, INDENT, width, out);
	else
		for (size_t i = 0; i + 1 < table.count; i += 2) {
			layout_blanks(out, INDENT);
			buf_printf(out, "%s\n", table.cells[i]);
			layout_blanks(out, BELOW);
			layout_text(out, table.cells[i + 1], &below);
			buf_byte(out, '\n');
		}
}

static void append_paragraph(struct buf *out, size_t width, const char *text)
{
	const struct layout layout = { .width = width };

	layout_text(out, text, &layout);
	buf_byte(out, '\n');
}

/* Who puts in another variable's value, which is then no spelling's matter. */
static void append_reference(
	const struct comparison *comparison, size_t width, struct buf *out)
{
	SCOPED(buf) struct buf who = BUF(TEXT_LIMIT);

	for (size_t i = 0; i < comparison->count; i++) {
		if (comparison->outcomes[i].kind != OUTCOME_EXPANDED)
			continue;
		if (who.size)
			buf_text(&who, ", ");
		comparison_format_models(comparison->outcomes[i].models, &who);
	}
	OWNED char *text = memory_printf(
		_("These put another variable's value in where the $ is: %s. "
		  "Write that value out, and it is the same in all of them. "
		  "Where the text with its $ is meant:"),
		buf_cstring(&who));
	append_paragraph(out, width, text);
}

/* On which spelling the readers agree, or what to do where there is none. */
static void append_spelling(
	const struct comparison *comparison, size_t width, struct buf *out)
{
	SCOPED(buf) struct buf who = BUF(TEXT_LIMIT);

	readers_format(comparison->differ, &who);
	if (comparison->differ == 0) {
		append_paragraph(out, width, _("The same in all of them:"));
	} else {
		OWNED char *text = memory_printf(comparison->is_spelled
				? _("No spelling reads the same in all of "
				    "them. The one that is there is right in "
				    "all but these: %s.")
				: _("No spelling reads the same in all of "
				    "them. This one is right in all but "
				    "these: %s."),
			buf_cstring(&who));
		append_paragraph(out, width, text);
	}
	if (!comparison->is_spelled) {
		buf_text(out, "  " STYLE_BOLD);
		comparison_show_spelling(comparison, out);
		buf_text(out, STYLE_END "\n");
		if (comparison->secret)
			append_paragraph(
				out, width, comparison_form(comparison));
	}
	if (comparison->differ == 0)
		return;
	append_paragraph(out, width,
		readers_are_raw(comparison->differ)
			? _("docker and podman know no quotes: give them a "
			    "file of their own.")
			: _("Say with --for who really reads the file, or "
			    "choose a value without such signs, for example "
			    "in Base64."));
}

static void append_labelled(
	struct buf *out, const char *label, const char *text, size_t width)
{
	const struct layout layout = { width, 9, 9 };

	buf_text(out, "  ");
	layout_label(out, label, 6);
	buf_byte(out, ' ');
	layout_text(out, text, &layout);
	buf_byte(out, '\n');
}

static void append_refusal(
	const struct error *refusal, size_t width, struct buf *out)
{
	append_labelled(out, _("what"), refusal->what, width);
	append_labelled(out, _("next"), refusal->next, width);
}

static char *hindrance_text(const struct hindrance *hindrance)
{
	SCOPED(buf) struct buf who = BUF(TEXT_LIMIT);

	readers_format(hindrance->readers, &who);
	switch (hindrance->kind) {
	case HINDRANCE_REFUSED:
		return memory_printf(_("Because of line %zu, these refuse the "
				       "whole file: %s."),
			hindrance->line, buf_cstring(&who));
	case HINDRANCE_ENDED:
		return memory_printf(
			_("Line %zu, above it, ends the reading of: %s."),
			hindrance->line, buf_cstring(&who));
	case HINDRANCE_PART:
		break;
	}
	return memory_printf(_("It is taken for a part of what begins on line "
			       "%zu by: %s."),
		hindrance->line, buf_cstring(&who));
}

/* Who never comes to the assignment, and for what. */
static void append_hindrances(
	const struct comparison *comparison, size_t width, struct buf *out)
{
	for (size_t i = 0; i < comparison->hindrance_count; i++) {
		OWNED char *text = hindrance_text(&comparison->hindrances[i]);
		append_paragraph(out, width, text);
	}
	if (comparison->hindrance_count)
		append_paragraph(out, width,
			_("`aigenv check` says what is wrong there."));
}

static void append_answer(
	const struct comparison *comparison, size_t width, struct buf *out)
{
	if (comparison->apart == 0) {
		append_paragraph(out, width, _("All of them agree."));
	} else if (comparison->spelled) {
		if (comparison->is_reference)
			append_reference(comparison, width, out);
		append_spelling(comparison, width, out);
	} else if (*comparison->refusal.what) {
		append_paragraph(
			out, width, _("There is no spelling for all of them:"));
		append_refusal(&comparison->refusal, width, out);
	} else {
		append_paragraph(out, width,
			_("It is not an assignment: that takes the form "
			  "NAME=VALUE; # in front makes it a comment."));
	}
	append_hindrances(comparison, width, out);
}

void check_show_comparison(struct output *output, const char *file,
	const struct comparison *comparison)
{
	SCOPED(buf) struct buf text = BUF(TEXT_LIMIT);
	size_t width = output_columns(output);
	OWNED char *shown = style_foreign(file);

	buf_printf(&text, STYLE_BOLD "%s:%zu" STYLE_END "%s%s\n", shown,
		comparison->line, comparison->name ? "  " : "",
		comparison->name ? comparison->name : "");
	append_table(comparison, width, &text);
	append_answer(comparison, width, &text);
	output_marked(output, &text);
}
