/* SPDX-License-Identifier: MIT */
/* A value as it is spelt, without quotes or in them: what of it which reader
 * minds, and which quotes would mend it. */
#include "lint/lint_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "lint/compare.h"

#include <string.h>

/*
 * The value in single quotes, or in double ones where it has a single one:
 * the spelling that most readers take right. NULL where there is none that all
 * the common readers agree on. Owned.
 */
static char *quoted(struct slice value)
{
	char quote = '\'';

	for (size_t i = 0; i < value.size; i++) {
		unsigned char byte = (unsigned char)value.at[i];
		if (byte == '\'')
			quote = '"';
		if (byte < ' ' || byte == 0x7f)
			return NULL;
	}
	for (size_t i = 0; i < value.size; i++) {
		char byte = value.at[i];
		if (strchr("$`", byte) ||
			(quote == '"' && strchr("\"\\", byte)) ||
			(byte == '\\' &&
				(i + 1 == value.size ||
					value.at[i + 1] == '\\')))
			return NULL;
	}
	return memory_printf(
		"%c%.*s%c", quote, (int)value.size, value.at, quote);
}

/* Whether it is one word to a shell: backslashes and quotes make each blank a
 * part of it. */
static bool is_one_word(struct slice value)
{
	char quote = '\0';

	for (size_t i = 0; i < value.size; i++) {
		char byte = value.at[i];
		if (byte == '\\' && quote != '\'')
			i++;
		else if (quote)
			quote = byte == quote ? '\0' : quote;
		else if (byte == '\'' || byte == '"')
			quote = byte;
		else if (text_is_blank(byte))
			return false;
	}
	return !quote;
}

static size_t find_any(struct slice text, const char *bytes)
{
	for (size_t i = 0; i < text.size; i++) {
		for (const char *byte = bytes; *byte; byte++)
			if (text.at[i] == *byte)
				return i;
	}
	return text.size;
}

/* "export F=1 G=2" is two variables to a shell. */
static bool assigns_several(const struct envfile_row *row, struct slice value)
{
	const struct slice before = { row->text.at, row->name_at };

	for (size_t i = 0; i < value.size; i++) {
		size_t end = i + 1;
		if (!text_is_blank(value.at[i]))
			continue;
		while (end < value.size && text_is_name_byte(value.at[end]))
			end++;
		if (end > i + 1 && end < value.size && value.at[end] == '=')
			return slice_contains(before, "export");
	}
	return false;
}

static bool is_for_shells_alone(const struct lint *lint)
{
	return (lint->subject->readers & ~READERS_SHELLS) == 0;
}

/* Whether the row may be meant as a shell reads it, without loss: with quotes
 * around it, it would be another value. Of << lines below may be a part. */
static bool is_shell_text(const struct lint *lint,
	const struct envfile_row *row, struct slice value)
{
	bool signs = find_any(value, "\\'\"") < value.size;
	bool blanks = find_any(value, " \t") < value.size;

	return assigns_several(row, value) || slice_contains(value, "<<") ||
		(signs && is_one_word(value) &&
			(blanks || is_for_shells_alone(lint)));
}

/* What stands behind the = to the end of the line, or to the comment. */
static struct slice bare_value(const struct envfile_row *row)
{
	size_t comment = inline_comment(row);
	size_t end = comment ? comment : row->text.size;

	while (end > row->spelling_at && text_is_blank(row->text.at[end - 1]))
		end--;
	return (struct slice){ row->text.at + row->spelling_at,
		end - row->spelling_at };
}

bool lint_may_be_comment(const struct envfile_row *row)
{
	const struct slice rest =
		slice_trimmed(slice_from(row->text, row->name_end));

	return slice_begins(rest, "=#") && find_any(rest, " \t") < rest.size;
}

const char *lint_advice_of_hash(void)
{
	return _("put quotes around all of the value where # is a part of it; "
		 "else put the comment on a line of its own");
}

/* Puts the value, in quotes, in the place of so many bytes. */
static void mend_by(struct lint *lint, struct finding *finding,
	const struct envfile_row *row, size_t size, struct slice value)
{
	OWNED char *text = quoted(value);

	if (text)
		lint_mend(lint, finding, row, row->spelling_at, size,
			slice_of(text));
	lint_advise_quotes(lint, finding, row, text, value);
}

/* Quotes all that stands behind the =, but for an inline comment. */
static void mend_by_quotes(struct lint *lint, struct finding *finding,
	const struct envfile_row *row, struct slice value)
{
	if (lint_may_be_comment(row)) {
		finding_advise(finding, "%s", lint_advice_of_hash());
		return;
	}
	if (is_shell_text(lint, row, value)) {
		if (!lint_advise_two_files(lint, finding, row, value))
			finding_advise(finding,
				_("put quotes around all of the value, as it "
				  "is meant"));
		return;
	}
	mend_by(lint, finding, row, value.size, value);
}

/* A sign in a bare value that quotes would mend. */
static void say_bare(struct lint *lint, const struct envfile_row *row,
	size_t at, enum rule_id rule, const char *sentence)
{
	struct finding *finding = lint_say_who(
		lint, rule, row, row->spelling_at + at, 1, sentence);

	mend_by_quotes(lint, finding, row, bare_value(row));
}

static void check_backslash(
	struct lint *lint, const struct envfile_row *row, struct slice value)
{
	size_t back = slice_find(value, '\\');

	if (back == value.size)
		return;
	if (back + 1 == value.size)
		lint_advise_single_quotes(lint,
			lint_say_who(lint, RULE_CONTINUATION, row,
				row->spelling_at + back, 1,
				_("the next line is joined to this one, or "
				  "lost, in %s")),
			row, value);
	else
		say_bare(lint, row, back, RULE_BARE_BACKSLASH,
			_("this \\ is taken away by %s"));
}

static void check_signs(
	struct lint *lint, const struct envfile_row *row, struct slice value)
{
	size_t sign = find_any(value, "&;()<>|");
	size_t quote = find_any(value, "'\"");

	if (sign < value.size)
		say_bare(lint, row, sign, RULE_SHELL_SIGN,
			_("this sign ends the value in %s"));
	if (quote < value.size)
		say_bare(lint, row, quote, RULE_STRAY_QUOTE,
			_("this sign is a quote to %s, and a part of the value "
			  "to the others"));
	if (*value.at == '~')
		lint_advise_single_quotes(lint,
			lint_say_who(lint, RULE_TILDE, row, row->spelling_at, 1,
				_("the home folder is put here by %s; the "
				  "others keep the sign")),
			row, value);
}

static void check_bare(struct lint *lint, const struct envfile_row *row)
{
	struct slice whole = bare_value(row);
	/* What stands in a command is the command's. */
	struct slice value =
		slice_first(whole, lint_find_command(whole, false));
	size_t hash = slice_find(value, '#');
	size_t blank = find_any(value, " \t");

	if (whole.size == 0)
		return;
	if (hash < value.size)
		say_bare(lint, row, hash, RULE_UNQUOTED_HASH,
			_("everything after # is lost in %s"));
	bool several = assigns_several(row, value) && is_for_shells_alone(lint);
	if (blank < value.size && !is_one_word(value) && !several)
		say_bare(lint, row, blank, RULE_UNQUOTED_BLANK,
			_("this blank ends the value, or has the file refused, "
			  "in %s"));
	if (value.size > 0)
		check_signs(lint, row, value);
	check_backslash(lint, row, whole);
	lint_dollar(lint, row, whole);
}

/* `close` is behind the quote that closes the first. */
static void check_behind_quote(
	struct lint *lint, const struct envfile_row *row, size_t close)
{
	const reader_set bash = (reader_set)1 << READER_BASH;
	struct finding *finding = lint_say(lint, RULE_TEXT_AFTER_QUOTE, row,
		row->spelling_at + close, 1,
		_("text behind the closing quote: each reader makes another "
		  "value of it"));

	/* 'it'\''s' means what it is to a shell. */
	if (lint->judged && !(lint->judgement.wrong & bash))
		lint_advise_spelling(lint, finding, row);
	else if (is_closed_within(row))
		finding_advise(finding,
			_("put the other kind of quotes around all of the "
			  "value, or take out the quote within"));
}

static void check_open_quote(struct lint *lint, const struct envfile_row *row)
{
	struct slice rest = slice_from(row->text, row->spelling_at);
	size_t close = 1 + slice_find(slice_from(rest, 1), *rest.at);

	if (close >= rest.size)
		(void)lint_say_who(lint, RULE_UNCLOSED_QUOTE, row,
			row->spelling_at, 1,
			_("this quote is not closed: it is refused, or takes "
			  "what is below with it, in %s"));
	else
		check_behind_quote(lint, row, close + 1);
}

/* The same to all without quotes. */
static bool is_plain(struct slice value)
{
	return slice_is_word(value, "_-./:@%+,=");
}

/* Quotes that some keep: to those the value is what stands within. */
static void check_raw(
	struct lint *lint, const struct envfile_row *row, struct slice inner)
{
	const bool is_raw = readers_are_raw(lint->subject->readers);
	const bool is_single = row->text.at[row->spelling_at] == '\'';
	bool is_same = is_plain(inner) ||
		(is_raw &&
			(is_single || find_any(inner, "\\$`") == inner.size));
	struct finding *finding =
		lint_say_who(lint, RULE_RAW_QUOTES, row, row->spelling_at, 1,
			_("these quotes are a part of the value in %s"));

	if (is_same)
		lint_mend(lint, finding, row, row->spelling_at, inner.size + 2,
			inner);
	else
		(void)lint_advise_two_files(lint, finding, row, inner);
}

/* What is meant by \" and \\ is to be written without. */
static void check_escape(
	struct lint *lint, const struct envfile_row *row, struct slice inner)
{
	size_t back = slice_find(inner, '\\');

	if (back + 1 >= inner.size || !strchr("\"\\", inner.at[back + 1]))
		return;
	struct finding *finding = lint_say_who(lint, RULE_ESCAPE, row,
		row->spelling_at + 1 + back, 2,
		_("this \\ stays in the value, or ends it, in %s"));
	SCOPED(buf) struct buf value = BUF(inner.size);
	for (size_t i = 0; i < inner.size; i++) {
		i += inner.at[i] == '\\' && i + 1 < inner.size &&
			strchr("\"\\", inner.at[i + 1]);
		buf_byte(&value, inner.at[i]);
	}
	lint_advise_single_quotes(lint, finding, row,
		(struct slice){ buf_cstring(&value), value.size });
}

static void check_quoted(struct lint *lint, const struct envfile_row *row)
{
	struct slice value = envfile_row_spelling(row);
	struct slice inner = { value.at + 1, value.size - 2 };
	size_t at = row->spelling_at;
	bool several = row->rows > 1 && memchr(value.at, '\n', value.size);

	if (several)
		lint_advise_lines(lint,
			lint_say_who(lint, RULE_SEVERAL_LINES, row, at, 1,
				_("a value over several lines is broken or "
				  "lost in %s")),
			row, inner);
	if (*value.at == '`')
		mend_by(lint,
			lint_say_who(lint, RULE_BACKTICK, row, at, 1,
				_("a backtick is not a quote, and a shell runs "
				  "what is between two: so it is in %s")),
			row, value.size, inner);
	if (*value.at == '"')
		check_escape(lint, row, inner);
	/* No line break can be without. */
	if (!several)
		check_raw(lint, row, inner);
	if (*value.at != '`')
		lint_dollar(lint, row, value);
}

void lint_spelling(struct lint *lint, const struct envfile_row *row)
{
	struct slice spelling = slice_from(row->text, row->spelling_at);

	if (row->quoted)
		check_quoted(lint, row);
	else if (spelling.size && *spelling.at && strchr("'\"`", *spelling.at))
		check_open_quote(lint, row);
	else
		check_bare(lint, row);
}

/* U+2018 to U+201F, the guillemets, and those of full width. */
static bool is_bent_quote(uint32_t character)
{
	return (character >= 0x2018 && character <= 0x201f) ||
		character == 0xab || character == 0xbb || character == 0xff02 ||
		character == 0xff07;
}

size_t lint_bent_quote(const struct envfile_row *row)
{
	struct slice spelling = envfile_row_spelling(row);
	uint32_t character = 0;

	if (spelling.size == 0 || (unsigned char)*spelling.at < 0x80)
		return 0;
	size_t size = text_decode(spelling.at, spelling.size, &character);
	return is_bent_quote(character) ? size : 0;
}

struct slice lint_between_bent_quotes(const struct envfile_row *row)
{
	const struct slice inner = slice_in_bent_quotes(bare_value(row));

	return is_plain(inner) ? inner : slice_first(inner, 0);
}

void lint_quotes(struct lint *lint, const struct envfile_row *row)
{
	size_t size = lint_bent_quote(row);

	if (!size)
		return;
	struct slice inner = lint_between_bent_quotes(row);
	struct finding *finding =
		lint_say(lint, RULE_SMART_QUOTES, row, row->spelling_at, size,
			_("no reader takes this for a quote: it is a part of "
			  "the value"));
	if (inner.size > 0)
		lint_mend_value(lint, finding, row, row->spelling_at,
			bare_value(row).size, inner);
}
