/* SPDX-License-Identifier: MIT */
/* Rows that are not plain: what of them which reader minds. How the value is
 * spelt is spelling.c's. */
#include "lint/lint_internal.h"

#include "base/i18n.h"
#include "base/key_block.h"
#include "base/memory.h"
#include "base/text.h"
#include "lint/compare.h"

#include <string.h>

#define LONGEST 131071
/* In a comment, too, phpdotenv takes it for the beginning of a value. */
#define OPENING "=\""

/* The name itself. */
static void check_letters(struct lint *lint, const struct envfile_row *row)
{
	struct slice name = envfile_row_name(row);
	bool valid = !text_is_digit(*name.at);

	for (size_t i = 0; i < name.size; i++) {
		valid = valid && text_is_name_byte(name.at[i]);
	}
	if (valid)
		return;
	OWNED char *who = lint_who(lint, RULE_KEY_CHARACTERS);
	(void)lint_say(lint, RULE_KEY_CHARACTERS, row, row->name_at, name.size,
		_("%.*s is not a variable's name in %s"), (int)name.size,
		name.at, who);
}

/* Tabs as blanks, and of those in a row one. Owned. */
static char *in_single_blanks(struct slice text)
{
	char *single = slice_text(text);
	size_t size = 0;

	for (size_t i = 0; i < text.size; i++) {
		const char byte = text.at[i] == '\t' ? ' ' : text.at[i];
		if (byte != ' ' || size == 0 || single[size - 1] != ' ')
			single[size++] = byte;
	}
	single[size] = '\0';
	return single;
}

/* What stands before the name. */
static void check_before(struct lint *lint, const struct envfile_row *row)
{
	size_t indent = row->name_at;
	const struct slice before = { row->text.at, indent };
	const bool tab = slice_contains(before, "\t");

	if (tab || slice_contains(before, "export  ")) {
		struct finding *finding = lint_say_who(lint, RULE_TAB, row,
			tab ? 0 : indent - 1, 1,
			tab ? _("for this tab the variable is lost in %s")
			    : _("for the second blank behind export the "
				"variable is lost in %s"));
		OWNED char *single = in_single_blanks(before);
		lint_mend(lint, finding, row, 0, indent, slice_of(single));
	}
	if (slice_contains(before, "export")) {
		struct finding *finding = lint_say_who(lint, RULE_EXPORT, row,
			0, 6, _("export is not known to %s"));
		if (!(lint->subject->readers & READERS_SHELLS))
			finding_advise(finding, _("take export out"));
	}
}

/* The = and the blanks around it. */
static void check_equals(struct lint *lint, const struct envfile_row *row)
{
	size_t equals = row->name_end;

	while (equals < row->text.size && text_is_blank(row->text.at[equals]))
		equals++;
	size_t behind = equals + 1;
	while (behind < row->text.size && text_is_blank(row->text.at[behind]))
		behind++;
	if (equals >= row->text.size || row->text.at[equals] != '=') {
		finding_advise(
			lint_say_who(lint, RULE_NO_ASSIGNMENT, row, equals, 1,
				_("a line with a colon for = is not an "
				  "assignment in %s")),
			_("put = in place of the colon and the blank: %.*s="),
			(int)(row->name_end - row->name_at),
			row->text.at + row->name_at);
		return;
	}
	struct finding *finding = NULL;
	if (behind == row->text.size && behind > equals + 1) {
		finding = lint_say_who(lint, RULE_EMPTY_BLANK, row, equals + 1,
			1,
			_("this value is not empty in %s: Node takes even the "
			  "next line"));
		lint_mend(lint, finding, row, equals + 1, behind - equals - 1,
			slice_of(""));
	} else if (equals > row->name_end ||
		(behind > equals + 1 && row->text.at[behind] != '#')) {
		finding = lint_say_who(lint, RULE_SPACE_AROUND_EQUALS, row,
			row->name_end + (equals == row->name_end), 1,
			_("blanks around = have the variable refused or lost "
			  "by %s"));
		/* The blank before a comment makes it one. */
		bool comment = slice_has_at(row->text, behind, "#");
		lint_mend(lint, finding, row, row->name_end,
			behind - row->name_end, slice_of(comment ? "= " : "="));
	}
}

/* What stands behind the value. */
static void check_end(struct lint *lint, const struct envfile_row *row)
{
	size_t size = row->text.size;
	size_t end = size;

	size_t comment = inline_comment(row);
	if (comment) {
		struct finding *finding =
			lint_say_who(lint, RULE_INLINE_COMMENT, row, comment, 1,
				_("this comment is a part of the value in %s"));
		SCOPED(buf) struct buf text = BUF(LINT_LIMIT);
		buf_append(&text, row->text.at + comment, size - comment);
		buf_append(&text, row->end_size == 2 ? "\r\n" : "\n",
			row->end_size == 2 ? 2 : 1);
		for (end = comment; text_is_blank(row->text.at[end - 1]);)
			end--;
		buf_append(&text, row->text.at, end);
		if (lint->unclear)
			finding_advise(finding, "%s", lint_advice_of_hash());
		else if (row->rows <= 1)
			lint_mend(lint, finding, row, 0, size,
				(struct slice){ text.data, text.size });
		return;
	}
	while (end > row->spelling_end && text_is_blank(row->text.at[end - 1]))
		end--;
	if (end < size && row->spelling_end > row->spelling_at) {
		struct finding *finding = lint_say_who(lint,
			RULE_TRAILING_BLANK, row, end, 1,
			_("these blanks are kept, or the quotes before them, "
			  "in %s"));
		lint_mend(lint, finding, row, end, size - end, slice_of(""));
	}
}

/* No assignment to dotenv: blank, a comment, or something else. */
static void check_other(struct lint *lint, const struct envfile_row *row)
{
	struct slice text = slice_trimmed(row->text);
	size_t start = text.size ? (size_t)(text.at - row->text.at) : 0;
	struct finding *finding = NULL;

	if (text.size == 0) {
		if (row->text.size == 0)
			return;
		finding = lint_say_who(lint, RULE_BLANK_LINE, row, 0, 1,
			_("the variable below this line of blanks is lost in "
			  "%s"));
		lint_mend(lint, finding, row, 0, row->text.size, slice_of(""));
		return;
	}
	if (*text.at == '#') {
		size_t open = slice_find_part(row->text, slice_of(OPENING));
		if (open < row->text.size)
			(void)lint_say_who(lint, RULE_COMMENT_QUOTE, row,
				open + 1, 1,
				_("what is below is a part of this comment, up "
				  "to the next such quote, in "
				  "%s"));
		if (row->text.at[row->text.size - 1] != '\\')
			return;
		finding = lint_say_who(lint, RULE_COMMENT_BACKSLASH, row,
			row->text.size - 1, 1,
			_("the next line is a part of this comment in %s"));
		lint_mend(lint, finding, row, row->text.size - 1, 1,
			slice_of(""));
		return;
	}
	if (slice_find(text, '=') < text.size && slice_find(text, '=') > 0)
		(void)lint_say_who(lint, RULE_KEY_CHARACTERS, row, start, 1,
			_("what is before = is neither a variable's name nor a "
			  "comment in %s"));
	else
		(void)lint_say_who(lint, RULE_NO_ASSIGNMENT, row, start, 1,
			_("this line is not an assignment: it is not passed "
			  "over, "
			  "but refused, run or read, in %s"));
}

/* The file's own line ends are told once (check_returns); this one is none. */
static void check_returns_in_quotes(
	struct lint *lint, const struct envfile_row *row)
{
	const reader_set keep = lint->subject->readers &
		(READERS_SHELLS | (reader_set)1 << READER_SYSTEMD |
			(reader_set)1 << READER_COMPOSE);
	const size_t at = slice_find(row->text, '\r');

	if (!row->quoted || !keep || !slice_has_at(row->text, at, "\r\n"))
		return;
	OWNED char *who = readers_in_words(keep);
	(void)lint_say(lint, RULE_CARRIAGE_RETURN, row, at, 1,
		_("lines of this value end in CR LF, of which the carriage "
		  "return is a part of the value in %s"),
		who);
}

/* Where a CR is that ends no line, or the row itself; else behind the row. */
static size_t find_lone_return(const struct envfile_row *row)
{
	const struct slice text = row->text;
	const bool ends_row = row->end_size == 1 && text.at[text.size] == '\r';
	size_t at = slice_find(text, '\r');

	while (at + 1 < text.size && text.at[at + 1] == '\n')
		at += 2 + slice_find(slice_from(text, at + 2), '\r');
	return at + 1 < text.size ? at : text.size + !ends_row;
}

/* What makes a line strange as a whole; false where it is. */
static bool check_bytes(struct lint *lint, const struct envfile_row *row)
{
	struct slice text = row->text;
	size_t nul = slice_find(text, '\0');
	const bool has_return = memchr(text.at, '\r', text.size) != NULL;
	const size_t utf8 = text_utf8_size(text.at, text.size);
	const size_t lone_at = find_lone_return(row);

	if (nul < text.size)
		(void)lint_say(lint, RULE_NUL, row, nul, 1,
			_("a NUL byte: no variable can hold one"));
	if (utf8 < text.size)
		(void)lint_say(lint, RULE_NOT_UTF8, row, utf8, 1,
			_("the line is not UTF-8"));
	if (lone_at <= text.size)
		(void)lint_say(lint, RULE_LONE_RETURN, row, lone_at, 1,
			_("a carriage return alone is a line end to half of "
			  "the readers"));
	if (has_return)
		check_returns_in_quotes(lint, row);
	if (text.size > LONGEST)
		(void)lint_say(lint, RULE_TOO_LONG, row, 0, 1,
			_("no program can be started with so long a variable"));
	else if (text.size > READERS_RAW_LINE)
		(void)lint_say(lint, RULE_LONG_LINE, row, 0, 1,
			_("docker and podman refuse a file with so long a "
			  "line"));
	return nul == text.size && utf8 == text.size && !has_return &&
		lone_at > text.size;
}

static void check_assignment(struct lint *lint, const struct envfile_row *row)
{
	check_letters(lint, row);
	check_before(lint, row);
	check_equals(lint, row);
	lint_spelling(lint, row);
	check_end(lint, row);
}

/* Who suffers from what no rule above has named. */
static void check_rest(struct lint *lint, const struct envfile_row *row)
{
	lint_advise_spelling(lint,
		lint_say_who(lint, RULE_READERS_DIFFER, row, row->name_at,
			row->name_end - row->name_at,
			_("this line reads otherwise in %s")),
		row);
}

/* A blank line, and a comment that opens nothing and runs on nowhere, are the
 * same to all. */
static bool is_harmless(const struct envfile_row *row)
{
	struct slice text = slice_trimmed(row->text);

	return row->kind == ROW_NONE &&
		(row->text.size == 0 ||
			(text.size && *text.at == '#' &&
				!slice_contains(text, OPENING) &&
				!slice_ends(text, "\\")));
}

/* What all readers, and all rules about a row, take for what it is. Docker and
 * podman keep quotes. */
static bool is_fine(const struct lint *lint, const struct envfile_row *row)
{
	return row->simple && row->text.size <= READERS_RAW_LINE &&
		!(row->quoted && (lint->subject->readers & READERS_RAW));
}

/* Rows of the shape have the same findings: a comment silences none, nothing of
 * so large a file is mended, and none tells which name stands behind a $. */
static bool has_shape(
	struct lint *lint, const struct envfile_row *row, uint64_t *shape)
{
	return lint->mendable == 0 && !lint->silences &&
		slice_find(row->text, '$') == row->text.size &&
		judge_shape(lint->judge, row, shape);
}

static void check_syntax(
	struct lint *lint, const struct envfile_row *row, bool may_be_judged)
{
	lint->named = 0;
	lint->judged =
		may_be_judged && judge_row(lint->judge, row, &lint->judgement);
	if (row->kind == ROW_NONE)
		check_other(lint, row);
	else
		check_assignment(lint, row);
	if (lint->judged) {
		check_rest(lint, row);
		lint->may_lose = lint->judgement.lost & lint->subject->readers;
		lint->may_run = lint->judgement.runs;
	}
	lint->judged = false;
}

/* Told without the models, of a value in quotes alone. */
static bool runs_nothing(const struct envfile_row *row)
{
	return row->quoted && !slice_contains(row->text, "$(") &&
		!slice_contains(row->text, "`") &&
		!slice_contains(row->text, "\\");
}

void lint_syntax(struct lint *lint, const struct envfile_row *row)
{
	uint64_t shape = 0;

	lint->may_lose = false;
	lint->may_run = 0;
	if (is_fine(lint, row))
		return;
	const bool clear = check_bytes(lint, row);
	const bool harmless = is_harmless(row);
	bool may_be_judged = clear && !harmless;
	lint->may_lose = !clear || !harmless;
	lint->may_run = lint->may_lose && !runs_nothing(row) ? READERS_ALL : 0;
	if (row->is_block) {
		(void)lint_say(lint, RULE_UNQUOTED_KEY, row, row->spelling_at,
			strlen(KEY_BLOCK_BEGIN),
			_("a key over several lines without quotes: of these "
			  "no reader takes more than the first"));
		return;
	}
	bool shaped = may_be_judged && has_shape(lint, row, &shape);
	if (shaped && told_again(lint->told, lint->report, shape))
		return;
	told_begin(lint->told, lint->report);
	check_syntax(lint, row, may_be_judged);
	if (shaped)
		told_keep(lint->told, lint->report, shape);
}
