/* SPDX-License-Identifier: MIT */
/* What to write in place of a spelling that some of the readers take otherwise.
 * Rules speak one by one, and each knows its own sign alone; here is what they
 * advise together, so that none asks for what another would take back. */
#include "lint/lint_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"

#include <string.h>

/* Not NULL, nor only counted. */
static bool is_told(const struct lint *lint, const struct finding *finding)
{
	return finding && finding != &lint->counted;
}

/* FILE:LINE for --readers. Owned. */
static char *place_of(const struct lint *lint, const struct envfile_row *row)
{
	OWNED char *place =
		memory_printf("%s:%zu", lint->subject->name, row->number);

	return shell_quoted(place);
}

void lint_advise_spelling(struct lint *lint, struct finding *finding,
	const struct envfile_row *row)
{
	if (!is_told(lint, finding))
		return;
	OWNED char *place = place_of(lint, row);
	finding_advise(finding,
		_("see `aigenv check --readers %s`: what each makes of it, "
		  "and a spelling that suits them where there is one"),
		place);
}

/* Whether all readers of the file take that value from NAME=spelling. */
static bool is_suitable(const struct lint *lint, const struct envfile_row *row,
	const char *spelling, struct slice value)
{
	return !(judge_spelling(
			 lint->judge, envfile_row_name(row), spelling, value) &
		lint->subject->readers);
}

static bool suits_bare(const struct lint *lint, const struct envfile_row *row,
	struct slice value)
{
	char *spelling = slice_text(value);
	bool suits = is_suitable(lint, row, spelling, value);

	memory_free(spelling, value.size);
	return suits;
}

bool lint_advise_two_files(struct lint *lint, struct finding *finding,
	const struct envfile_row *row, struct slice value)
{
	const reader_set raw = lint->subject->readers & READERS_RAW;

	if (!raw || raw == lint->subject->readers)
		return false;
	if (!is_told(lint, finding))
		return true;
	if (suits_bare(lint, row, value)) {
		finding_advise(finding, _("take the quotes out"));
		return true;
	}
	OWNED char *who = readers_in_words(raw);
	finding_advise(finding,
		_("give %s a file of its own, with the value as it is "
		  "(`aigenv help readers` says how); the other readers want "
		  "quotes around it"),
		who);
	return true;
}

void lint_advise_quotes(struct lint *lint, struct finding *finding,
	const struct envfile_row *row, const char *spelling, struct slice value)
{
	if (lint_advise_two_files(lint, finding, row, value) ||
		!is_told(lint, finding))
		return;
	if (!spelling || !is_suitable(lint, row, spelling, value))
		lint_advise_spelling(lint, finding, row);
}

static bool suits_in_single_quotes(const struct lint *lint,
	const struct envfile_row *row, struct slice value)
{
	if (slice_contains(value, "'"))
		return false;
	char *spelling = memory_printf("'%.*s'", (int)value.size, value.at);
	bool suits = is_suitable(lint, row, spelling, value);

	memory_free(spelling, strlen(spelling));
	return suits;
}

void lint_advise_single_quotes(struct lint *lint, struct finding *finding,
	const struct envfile_row *row, struct slice value)
{
	if (!lint_advise_two_files(lint, finding, row, value) &&
		is_told(lint, finding) &&
		!suits_in_single_quotes(lint, row, value))
		lint_advise_spelling(lint, finding, row);
}

void lint_advise_reference(struct lint *lint, struct finding *finding,
	const struct envfile_row *row, struct slice value)
{
	if (!is_told(lint, finding) || suits_in_single_quotes(lint, row, value))
		return;
	OWNED char *place = place_of(lint, row);
	finding_advise(finding,
		_("write the value out; where $ is meant, see `aigenv check "
		  "--readers %s`"),
		place);
}

/* With \n for each line end; NULL where the value has more that would want a
 * backslash. Owned. */
static char *on_one_line(struct slice value)
{
	SCOPED(buf) struct buf out = BUF(2 * value.size + 3);

	buf_byte(&out, '"');
	for (size_t i = 0; i < value.size; i++) {
		if (strchr("\"\\$`\r", value.at[i]))
			return NULL;
		if (value.at[i] == '\n')
			buf_text(&out, "\\n");
		else
			buf_byte(&out, value.at[i]);
	}
	buf_byte(&out, '"');
	return memory_text(buf_cstring(&out));
}

void lint_advise_lines(struct lint *lint, struct finding *finding,
	const struct envfile_row *row, struct slice value)
{
	if (!is_told(lint, finding))
		return;
	char *spelling = on_one_line(value);
	bool suits = spelling && is_suitable(lint, row, spelling, value);

	finding_advise(finding, "%s",
		suits ? _("write it on one line, with \\n for each line end, "
			  "in "
			  "double quotes")
		      : _("keep it in a file of its own, or give it as Base64 "
			  "and let the app undo that"));
	if (spelling)
		memory_free(spelling, strlen(spelling));
}

/* Rules that want a value in quotes. */
static bool wants_quotes(enum rule_id rule)
{
	static const enum rule_id rules[] = { RULE_UNQUOTED_BLANK,
		RULE_UNQUOTED_HASH, RULE_SHELL_SIGN, RULE_STRAY_QUOTE,
		RULE_BARE_BACKSLASH };

	for (size_t i = 0; i < ARRAY_SIZE(rules); i++)
		if (rules[i] == rule)
			return true;
	return false;
}

void lint_advise_value(struct lint *lint, const struct envfile_row *row,
	const char *advice, bool is_mended)
{
	struct report *report = lint->report;
	struct edits *edits = lint->edits;

	for (size_t i = 0; i < report->count; i++) {
		struct finding *finding = &report->items[i];
		if (finding->place.line == row->number &&
			wants_quotes(finding->rule) &&
			text_equal(finding->file, lint->subject->name))
			finding_advise(finding, "%s", advice);
	}
	for (size_t i = edits->count; !is_mended && i-- > 0;) {
		const struct edit *edit = &edits->items[i];
		if (edit->at >= row->at &&
			edit->at <= row->at + row->text.size &&
			edit->item != ITEM_NONE &&
			wants_quotes(report->items[edit->item].rule))
			edits_drop(edits, i);
	}
}
