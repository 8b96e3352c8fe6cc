/* SPDX-License-Identifier: MIT */
/* An env file, row by row. */
#include "lint/lint_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "lint/compare.h"

#include <stdlib.h>
#include <string.h>

/* So many rows are walked over before one is looked at: by then its name's
 * place is near. */
#define ROWS_AHEAD 8

/* A row that is still to be looked at. */
struct coming {
	struct envfile_row row;
	struct seen_place place; /* of its name, where it has one */
};

/* Rules that a comment names. */
static void take_directive(struct lint *lint, const struct envfile_row *row)
{
	struct slice unknown = { .size = 0 };

	if (lint_directive(row->text, "#", lint->silent_next, &unknown)) {
		(void)lint_directive(row->text, "#", lint->silent_file, NULL);
		lint->silences = true;
	}
	if (unknown.size == 0)
		return;
	const size_t at = (size_t)(unknown.at - row->text.at);
	const struct place place = { .line = row->number,
		.column = 1 + text_count(row->text.at, at) };
	lint_unknown_rule(lint->report, &place, unknown);
}

/* The row's bytes stand there once more: the later one can go. */
static bool says_the_same(
	const struct lint *lint, size_t earlier, const struct envfile_row *row)
{
	struct slice after = slice_from(row->text, row->name_at);
	const char *bytes = lint->subject->bytes + earlier;
	size_t left = lint->subject->size - earlier;

	return after.size < left && memcmp(bytes, after.at, after.size) == 0 &&
		(bytes[after.size] == '\n' || bytes[after.size] == '\r');
}

/* The same of whole lines in which there is nothing to be taken differently. */
static bool is_twin(
	const struct lint *lint, size_t earlier, const struct envfile_row *row)
{
	const char *bytes = lint->subject->bytes + earlier;
	const size_t size = row->text.size + row->end_size;

	return row->simple && row->name_at == 0 && row->end_size > 0 &&
		(earlier == 0 || bytes[-1] == '\n') &&
		memcmp(bytes, row->text.at, size) == 0;
}

static void check_duplicate(struct lint *lint, const struct coming *coming)
{
	const struct envfile_row *row = &coming->row;
	struct slice name = envfile_row_name(row);
	size_t earlier = seen_names_put(lint->names, name, &coming->place);

	if (earlier == 0)
		return;
	struct finding *finding = lint_say(lint, RULE_DUPLICATE, row,
		row->name_at, name.size,
		_("%.*s is above already; the last one wins everywhere but in "
		  "rust-dotenv"),
		(int)name.size, name.at);
	if (row->is_block || !says_the_same(lint, earlier - 1, row))
		return;
	lint->twin = is_twin(lint, earlier - 1, row) ? earlier : 0;
	lint_mend(lint, finding, row, 0, row->text.size + row->end_size,
		slice_of(""));
	lint->twin = 0;
}

/* A secret with something like #x behind a blank, which may be a part of it. */
static bool has_hash(const struct envfile_row *row)
{
	size_t comment = row->quoted ? 0 : inline_comment(row);

	return comment && comment + 1 < row->text.size &&
		!strchr(" \t#", row->text.at[comment + 1]) &&
		lint_is_secret(row);
}

/* White space that is none to half of the readers: what is mended for one of
 * the two may give the other's value to both. */
static bool has_odd_end(const struct envfile_row *row)
{
	struct slice value =
		slice_skip_blanks(slice_from(row->text, row->spelling_at));

	while (value.size > 0 && strchr(" \t\r", value.at[value.size - 1]))
		value.size--;
	return !row->quoted && readers_differ_on_ends(value);
}

static bool is_unclear(const struct lint *lint, const struct envfile_row *row)
{
	if (row->kind != ROW_ASSIGNS)
		return false;
	return has_odd_end(row) || lint_may_be_comment(row) ||
		(!lint->silent_next[RULE_SMART_QUOTES] &&
			lint_bent_quote(row) &&
			lint_between_bent_quotes(row).size == 0) ||
		has_hash(row);
}

static void check_assignment(struct lint *lint, const struct coming *coming)
{
	const struct envfile_row *row = &coming->row;
	const unsigned seen = glance_at(&lint->glance, row);

	check_duplicate(lint, coming);
	if (seen & GLANCE_GATEWAY)
		lint_collect(lint, row);
	if (seen)
		lint_secrets(lint, row, seen);
	if (!row->simple)
		lint_quotes(lint, row);
}

/* Where a large file cannot be cut. */
static void note_span(struct lint *lint, const struct envfile_row *row)
{
	const struct span span = { row->at,
		row->at + row->text.size + row->end_size };

	if (lint->subject->size > EDITS_WHOLE && lint->mendable > 0 &&
		(row->rows > 1 || lint->may_lose))
		edits_note_span(lint->edits, &span);
	lint->edits->run |= lint->may_run;
}

static void check_row(struct lint *lint, const struct coming *coming)
{
	const struct envfile_row *row = &coming->row;

	if (row->end_size == 2)
		lint->returns++;
	if (lint->may_silence && row->kind != ROW_PLAIN)
		take_directive(lint, row);
	/* A simple row is ASCII without a comment: its bytes are all clear. */
	lint->unclear = !row->simple && is_unclear(lint, row);
	lint_syntax(lint, row);
	note_span(lint, row);
	if (row->kind != ROW_NONE)
		check_assignment(lint, coming);
	/* Behind a whole row: half a mend would leave readers at it. */
	if (edits_are_many(lint->edits, lint->subject))
		lint->mendable = 0;
	lint->unclear = false;
	/* A comment that silences is for the row below it. */
	if (lint->silences && row->kind != ROW_NONE) {
		memset(lint->silent_next, 0, sizeof(lint->silent_next));
		lint->silences = false;
	}
}

/* What is wrong with the file as a whole. */
static void check_ends(struct lint *lint, const struct envfile_row *last)
{
	struct finding *finding = NULL;

	if (last && last->end_size == 0 && last->text.size > 0) {
		finding = lint_say(lint, RULE_NO_FINAL_NEWLINE, last,
			last->text.size, 0, _("the last line has no line end"));
		lint_mend(lint, finding, last, last->text.size, 0,
			slice_of("\n"));
	}
}

/* Where CRs before a line end begin, from `at` on, of the length *length; else
 * the size. Several go together. */
static size_t find_returns(struct slice text, size_t at, size_t *length)
{
	for (; at < text.size; at += *length) {
		const char *first = memchr(text.at + at, '\r', text.size - at);
		if (!first)
			break;
		at = (size_t)(first - text.at);
		*length = 1;
		while (at + *length < text.size &&
			text.at[at + *length] == '\r')
			(*length)++;
		if (at + *length < text.size && text.at[at + *length] == '\n')
			return at;
	}
	return text.size;
}

/* All CRs at line ends, told once. */
static void check_returns(struct lint *lint)
{
	struct envfile_row all = { .text = { lint->subject->bytes,
					   lint->subject->size } };
	size_t length = 0;

	if (lint->returns == 0 || !lint_sufferers(lint, RULE_CARRIAGE_RETURN) ||
		lint->silent_file[RULE_CARRIAGE_RETURN])
		return;
	OWNED char *who = lint_who(lint, RULE_CARRIAGE_RETURN);
	struct finding *finding = lint_say_file(lint, RULE_CARRIAGE_RETURN,
		_("lines end in CR LF, of which the carriage return stays in "
		  "each value in %s"),
		who);
	size_t at = find_returns(all.text, 0, &length);
	finding->place.line = 1 + slice_count(slice_first(all.text, at), '\n');
	for (; at < all.text.size && at < lint->mendable &&
		!edits_are_many(lint->edits, lint->subject);
		at = find_returns(all.text, at + length, &length))
		lint_mend(lint, finding, &all, at, length, slice_of(""));
}

static bool check_encoding(struct lint *lint)
{
	const struct subject *subject = lint->subject;
	const struct slice all = { subject->bytes, subject->size };

	if (slice_begins(all, "\xff\xfe") || slice_begins(all, "\xfe\xff")) {
		(void)lint_say_file(lint, RULE_UTF16,
			_("the file is UTF-16, which no reader but dotenvx "
			  "knows"));
		return false;
	}
	const size_t size = text_mark_size(all.at, all.size);
	if (size) {
		const struct envfile_row mark = { .text = { all.at, size },
			.number = 1 };
		struct finding *finding = lint_say_who(lint, RULE_MARK, &mark,
			0, 1,
			_("an unseen mark before the first name costs %s that "
			  "variable, or the file"));
		lint_mend(lint, finding, &mark, 0, size, slice_of(""));
	}
	return true;
}

/* How much of the file the guard knows enough of: no reader's model goes on
 * behind a NUL, and who has more than this can start no program with it. */
static size_t find_mendable(const struct subject *subject)
{
	const struct slice all = { subject->bytes, subject->size };
	size_t end = slice_find(all, '\0');

	while (end < all.size && end > 0 && all.at[end - 1] != '\n')
		end--;
	return end;
}

/* The next row, and where its name belongs. */
static bool take_row(const struct lint *lint, struct envfile_walk *walk,
	struct coming *coming)
{
	if (!envfile_walk_next(walk, &coming->row))
		return false;
	if (coming->row.kind != ROW_NONE)
		coming->place = seen_names_place(
			lint->names, envfile_row_name(&coming->row));
	return true;
}

static void check_rows(struct lint *lint, struct envfile_walk *walk)
{
	struct coming rows[ROWS_AHEAD];
	size_t taken = 0;
	size_t checked = 0;

	do {
		while (taken - checked < ROWS_AHEAD &&
			take_row(lint, walk, &rows[taken % ROWS_AHEAD]))
			taken++;
		if (checked < taken)
			check_row(lint, &rows[checked++ % ROWS_AHEAD]);
	} while (checked < taken);
	check_ends(lint, taken ? &rows[(taken - 1) % ROWS_AHEAD].row : NULL);
}

static void look(struct lint *lint)
{
	const struct subject *subject = lint->subject;
	struct envfile_walk *walk =
		envfile_walk_new(subject->bytes, subject->size);

	if (check_encoding(lint)) {
		check_rows(lint, walk);
		check_returns(lint);
		lint_gateway(lint);
	}
	envfile_walk_free(walk);
}

/* A finding is mended where an edit of it is; those of one may stand among
 * those of others. */
static void tell_mended(const struct lint *lint)
{
	const struct edits *edits = lint->edits;
	struct report *report = lint->report;
	OWNED bool *told = memory_array(lint->said + 1, sizeof(*told));

	for (size_t i = 0; i < edits->count; i++) {
		const struct edit *edit = &edits->items[i];
		if (!edit->made || told[edit->number])
			continue;
		told[edit->number] = true;
		report_mends(report,
			edit->item == ITEM_NONE ? NULL
						: &report->items[edit->item]);
	}
}

void lint_look(struct report *report, const struct subject *subject,
	struct edits *edits)
{
	struct lint lint = { .report = report,
		.subject = subject,
		.names = seen_names_new(subject->bytes, subject->size),
		.judge = judge_new(),
		.told = told_new(),
		.edits = edits,
		.mendable = find_mendable(subject),
		.may_silence = lint_may_silence(subject) };

	glance_begin(&lint.glance, subject->is_example);
	report_begin(report, subject->name);
	look(&lint);
	edits_choose(edits, subject);
	tell_mended(&lint);
	report->more_fixable =
		report->more_fixable || edits_are_many(edits, subject);
	report_end(report);
	judge_free(lint.judge);
	told_free(lint.told);
	seen_names_free(lint.names);
	free(lint.counted.advice);
	for (size_t i = 0; i < lint.value_count; i++) {
		free(lint.values[i].name);
		memory_free(lint.values[i].value, lint.values[i].size);
	}
	free(lint.values);
}

void lint_env(struct report *report, const struct subject *subject)
{
	SCOPED(edits) struct edits edits = { .count = 0 };

	lint_look(report, subject, &edits);
}
