/* SPDX-License-Identifier: MIT */
/* Rows that are not plain: what of them which reader minds. */
#include "lint/lint_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define LONG_LINE 65535
#define LONGEST 131071

/* Rows of one kind of sign: the rule, and what is said of it. */
struct sign {
	const char *bytes;
	enum rule_id rule;
};

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

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

/* Quotes all that stands behind the =, but for an inline comment. */
static void mend_by_quotes(struct lint *lint, struct finding *finding,
	const struct envfile_row *row, struct slice value)
{
	char *text = quoted(value);

	if (finding && text)
		lint_mend(lint, finding, row, row->spelling_at, value.size,
			slice_of(text));
	free(text);
}

/* What stands behind the = to the end of the line, or to the comment. */
static struct slice bare_value(const struct envfile_row *row)
{
	size_t end = row->comment_at ? row->comment_at : row->text.size;

	while (end > row->spelling_at && is_blank(row->text.at[end - 1]))
		end--;
	return (struct slice){ row->text.at + row->spelling_at,
		end - row->spelling_at };
}

static size_t find_any(struct slice text, const char *bytes)
{
	for (size_t i = 0; i < text.size; i++) {
		if (text.at[i] != '\0' && strchr(bytes, text.at[i]))
			return i;
	}
	return text.size;
}

/* Where $NAME or ${NAME} is, of the length *length; else the size. */
static size_t find_reference(struct slice text, size_t *length)
{
	for (size_t i = 0; i + 1 < text.size; i++) {
		size_t open = text.at[i + 1] == '{';
		size_t end = i + 1 + open;
		if (text.at[i] != '$' || (i > 0 && text.at[i - 1] == '\\'))
			continue;
		while (end < text.size && text_is_name_byte(text.at[end]))
			end++;
		if (end == i + 1 + open)
			continue;
		*length = end - i + open;
		return i;
	}
	return text.size;
}

static bool names_itself(const struct envfile_row *row, struct slice reference)
{
	struct slice name = envfile_row_name(row);
	struct slice inner =
		slice_from(reference, slice_begins(reference, "${") ? 2 : 1);

	return inner.size >= name.size &&
		memcmp(inner.at, name.at, name.size) == 0 &&
		(inner.size == name.size ||
			!text_is_name_byte(inner.at[name.size]));
}

static void check_dollar(
	struct lint *lint, const struct envfile_row *row, struct slice value)
{
	size_t length = 0;
	bool single = *value.at == '\'' && row->quoted;
	size_t offset = (size_t)(value.at - row->text.at);
	size_t command = value.size;

	for (size_t i = 0; i < value.size && command == value.size; i++) {
		if (slice_has_at(value, i, "$(") ||
			(value.at[i] == '`' && !single && *value.at != '`'))
			command = i;
	}
	if (command < value.size) {
		char *who = lint_who(lint, RULE_COMMAND);
		(void)lint_say(lint, RULE_COMMAND, row, offset + command, 2,
			_("%s may run this as a command"), who);
		free(who);
	}
	size_t at = find_reference(value, &length);
	if (at == value.size)
		return;
	enum rule_id rule = single ? RULE_EXPANSION_QUOTED : RULE_EXPANSION;
	char *who = lint_who(lint, rule);
	if (!single && names_itself(row, slice_from(value, at)))
		(void)lint_say(lint, RULE_SELF_REFERENCE, row, offset + at, 1,
			_("the value refers to its own name, from which "
			  "dotenv-expand 1000 never returns"));
	else
		(void)lint_say(lint, rule, row, offset + at, 1,
			_("%s put the variable's value here, the others keep "
			  "the text"),
			who);
	free(who);
}

/* A sign in a bare value that quotes would mend. */
static void say_bare(struct lint *lint, const struct envfile_row *row,
	struct slice value, size_t at, enum rule_id rule, const char *message)
{
	struct finding *finding = lint_say(
		lint, rule, row, row->spelling_at + at, 1, "%s", message);

	mend_by_quotes(lint, finding, row, value);
}

/* The same, where the message names the readers. */
#define SAY_WHO(lint, row, value, at, rule, format)                            \
	do {                                                                   \
		char *who = lint_who((lint), (rule));                          \
		char *message = memory_printf((format), who);                  \
		say_bare((lint), (row), (value), (at), (rule), message);       \
		free(message);                                                 \
		free(who);                                                     \
	} while (0)

static void check_backslash(
	struct lint *lint, const struct envfile_row *row, struct slice value)
{
	size_t back = slice_find(value, '\\');

	if (back == value.size)
		return;
	if (back + 1 == value.size)
		(void)lint_say(lint, RULE_CONTINUATION, row,
			row->spelling_at + back, 1,
			_("shells and systemd join the next line to this "
			  "one"));
	else
		SAY_WHO(lint, row, value, back, RULE_BARE_BACKSLASH,
			_("%s take this \\ away"));
}

static void check_signs(
	struct lint *lint, const struct envfile_row *row, struct slice value)
{
	size_t sign = find_any(value, "&;()<>|");
	size_t quote = find_any(value, "'\"");

	if (sign < value.size) {
		char *message = memory_printf(
			_("a shell takes %c for its own and ends the value "
			  "here"),
			value.at[sign]);
		say_bare(lint, row, value, sign, RULE_SHELL_SIGN, message);
		free(message);
	}
	if (quote < value.size)
		SAY_WHO(lint, row, value, quote, RULE_STRAY_QUOTE,
			_("%s take this sign for a quote, the others keep "
			  "it"));
	if (*value.at == '~')
		(void)lint_say(lint, RULE_TILDE, row, row->spelling_at, 1,
			_("a shell puts the home folder here, the others keep "
			  "the sign"));
}

static void check_bare(struct lint *lint, const struct envfile_row *row)
{
	struct slice value = bare_value(row);
	size_t hash = slice_find(value, '#');
	size_t blank = find_any(value, " \t");

	if (value.size == 0)
		return;
	if (hash < value.size)
		SAY_WHO(lint, row, value, hash, RULE_UNQUOTED_HASH,
			_("everything after # is lost in %s"));
	if (blank < value.size)
		SAY_WHO(lint, row, value, blank, RULE_UNQUOTED_BLANK,
			_("%s stop at this blank, or refuse the file"));
	check_signs(lint, row, value);
	check_backslash(lint, row, value);
	check_dollar(lint, row, value);
}

static void check_open_quote(struct lint *lint, const struct envfile_row *row)
{
	struct slice rest = slice_from(row->text, row->spelling_at);
	size_t close = 1 + slice_find(slice_from(rest, 1), *rest.at);

	if (close >= rest.size)
		(void)lint_say(lint, RULE_UNCLOSED_QUOTE, row, row->spelling_at,
			1,
			_("this quote is not closed: shells, systemd, Symfony "
			  "and godotenv lose the rest of the file"));
	else
		(void)lint_say(lint, RULE_TEXT_AFTER_QUOTE, row,
			row->spelling_at + close + 1, 1,
			_("text behind the closing quote: each reader makes "
			  "another value of it"));
}

static void check_quoted(struct lint *lint, const struct envfile_row *row)
{
	struct slice value = envfile_row_spelling(row);
	struct slice inner = { value.at + 1, value.size - 2 };
	struct finding *finding = NULL;
	size_t at = row->spelling_at;

	if (row->rows > 1 && memchr(value.at, '\n', value.size)) {
		char *who = lint_who(lint, RULE_SEVERAL_LINES);
		(void)lint_say(lint, RULE_SEVERAL_LINES, row, at, 1,
			_("%s take one line for one variable"), who);
		free(who);
	}
	if (*value.at == '`') {
		char *text = quoted(inner);
		finding = lint_say(lint, RULE_BACKTICK, row, at, 1,
			_("only readers of JavaScript take ` for a quote, and "
			  "a shell runs what stands between two"));
		if (finding && text)
			lint_mend(lint, finding, row, at, value.size,
				slice_of(text));
		free(text);
	}
	size_t back = slice_find(inner, '\\');
	if (*value.at == '"' && back + 1 < inner.size &&
		(inner.at[back + 1] == '"' || inner.at[back + 1] == '\\'))
		(void)lint_say(lint, RULE_ESCAPE, row, at + 1 + back, 2,
			_("readers of JavaScript keep this \\ or end the value "
			  "here"));
	if (lint_wants(lint, RULE_RAW_QUOTES))
		(void)lint_say(lint, RULE_RAW_QUOTES, row, at, 1,
			_("docker and podman keep these quotes as a part of "
			  "the value"));
	if (*value.at != '`')
		check_dollar(lint, row, value);
}

/* The name itself. */
static void check_letters(struct lint *lint, const struct envfile_row *row)
{
	struct slice name = envfile_row_name(row);
	bool valid = !text_is_digit(*name.at);

	for (size_t i = 0; i < name.size; i++) {
		valid = valid && text_is_name_byte(name.at[i]);
	}
	if (!valid)
		(void)lint_say(lint, RULE_KEY_CHARACTERS, row, row->name_at,
			name.size,
			_("%.*s is no variable's name to shells, systemd, "
			  "direnv and others"),
			(int)name.size, name.at);
}

/* What stands before the name. */
static void check_before(struct lint *lint, const struct envfile_row *row)
{
	size_t indent = row->name_at;
	const struct slice before = { row->text.at, indent };

	if (slice_contains(before, "\t")) {
		struct finding *finding = lint_say(lint, RULE_TAB, row, 0, 1,
			_("Node 20 takes this tab for a part of the name"));
		char *text = slice_text(before);
		for (char *tab = text; *tab; tab++)
			*tab = *tab == '\t' ? ' ' : *tab;
		if (finding)
			lint_mend(lint, finding, row, 0, indent,
				(struct slice){ text, indent });
		free(text);
	}
	if (slice_contains(before, "export")) {
		char *who = lint_who(lint, RULE_EXPORT);
		(void)lint_say(lint, RULE_EXPORT, row, 0, 6,
			_("%s do not know export"), who);
		free(who);
	}
}

/* The = and the blanks around it. */
static void check_equals(struct lint *lint, const struct envfile_row *row)
{
	size_t equals = row->name_end;

	while (equals < row->text.size && is_blank(row->text.at[equals]))
		equals++;
	size_t behind = equals + 1;
	while (behind < row->text.size && is_blank(row->text.at[behind]))
		behind++;
	if (equals >= row->text.size || row->text.at[equals] != '=') {
		(void)lint_say(lint, RULE_NO_ASSIGNMENT, row, 0, 1,
			_("a line with a colon for = is an assignment to some "
			  "readers, and to the others none"));
		return;
	}
	struct finding *finding = NULL;
	if (behind == row->text.size && behind > equals + 1) {
		char *who = lint_who(lint, RULE_EMPTY_BLANK);
		finding = lint_say(lint, RULE_EMPTY_BLANK, row, equals + 1, 1,
			_("%s take more than nothing for this value: Node "
			  "even the next line"),
			who);
		if (finding)
			lint_mend(lint, finding, row, equals + 1,
				behind - equals - 1, slice_of(""));
		free(who);
	} else if (equals > row->name_end || behind > equals + 1) {
		char *who = lint_who(lint, RULE_SPACE_AROUND_EQUALS);
		finding = lint_say(lint, RULE_SPACE_AROUND_EQUALS, row,
			row->name_end + (equals == row->name_end), 1,
			_("blanks around = make %s refuse or lose the "
			  "variable"),
			who);
		if (finding)
			lint_mend(lint, finding, row, row->name_end,
				behind - row->name_end, slice_of("="));
		free(who);
	}
}

/* What stands behind the value. */
static void check_end(struct lint *lint, const struct envfile_row *row)
{
	size_t size = row->text.size;
	size_t end = size;

	if (row->comment_at) {
		char *who = lint_who(lint, RULE_INLINE_COMMENT);
		struct finding *finding = lint_say(lint, RULE_INLINE_COMMENT,
			row, row->comment_at, 1,
			_("%s take this comment for a part of the value"), who);
		struct buf text = BUF(LINT_LIMIT);
		buf_append(&text, row->text.at + row->comment_at,
			size - row->comment_at);
		buf_append(&text, row->end_size == 2 ? "\r\n" : "\n",
			row->end_size == 2 ? 2 : 1);
		buf_append(&text, row->text.at, row->spelling_end);
		if (finding && row->rows <= 1)
			lint_mend(lint, finding, row, 0, size,
				(struct slice){ text.data, text.size });
		buf_release(&text);
		free(who);
		return;
	}
	while (end > row->spelling_end && is_blank(row->text.at[end - 1]))
		end--;
	if (end < size && row->spelling_end > row->spelling_at) {
		char *who = lint_who(lint, RULE_TRAILING_BLANK);
		struct finding *finding =
			lint_say(lint, RULE_TRAILING_BLANK, row, end, 1,
				_("%s keep blanks at the end of a value"), who);
		if (finding)
			lint_mend(lint, finding, row, end, size - end,
				slice_of(""));
		free(who);
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
		finding = lint_say(lint, RULE_BLANK_LINE, row, 0, 1,
			_("Node 20 loses the variable below a line of "
			  "blanks"));
		if (finding)
			lint_mend(lint, finding, row, 0, row->text.size,
				slice_of(""));
		return;
	}
	if (*text.at == '#') {
		if (row->text.at[row->text.size - 1] != '\\')
			return;
		finding = lint_say(lint, RULE_COMMENT_BACKSLASH, row,
			row->text.size - 1, 1,
			_("systemd takes the next line for a part of this "
			  "comment"));
		if (finding)
			lint_mend(lint, finding, row, row->text.size - 1, 1,
				slice_of(""));
		return;
	}
	if (slice_find(text, '=') < text.size && slice_find(text, '=') > 0)
		(void)lint_say(lint, RULE_KEY_CHARACTERS, row, start, 1,
			_("what stands before = is no variable's name"));
	else
		(void)lint_say(lint, RULE_NO_ASSIGNMENT, row, start, 1,
			_("this line is no assignment: some readers skip it, "
			  "others refuse the file, and shells run it"));
}

void lint_syntax(struct lint *lint, const struct envfile_row *row)
{
	struct slice text = row->text;
	size_t nul = slice_find(text, '\0');
	const char *lone = memchr(text.at, '\r', text.size);

	if (nul < text.size)
		(void)lint_say(lint, RULE_NUL, row, nul, 1,
			_("a NUL byte: no variable can hold one"));
	if (!text_is_utf8(text.at, text.size))
		(void)lint_say(lint, RULE_NOT_UTF8, row, 0, 1,
			_("the line is not UTF-8"));
	if ((lone && lone + 1 < text.at + text.size && lone[1] != '\n') ||
		(row->end_size == 1 && text.at[text.size] == '\r'))
		(void)lint_say(lint, RULE_LONE_RETURN, row, 0, 1,
			_("a carriage return alone is a line end to half of "
			  "the readers"));
	if (text.size > LONGEST)
		(void)lint_say(lint, RULE_TOO_LONG, row, 0, 1,
			_("no program can be started with so long a variable"));
	else if (text.size > LONG_LINE)
		(void)lint_say(lint, RULE_LONG_LINE, row, 0, 1,
			_("docker and podman refuse a file with so long a "
			  "line"));
	if (row->kind == ROW_NONE) {
		check_other(lint, row);
		return;
	}
	check_letters(lint, row);
	check_before(lint, row);
	check_equals(lint, row);
	if (row->quoted)
		check_quoted(lint, row);
	else if (row->spelling_at < text.size &&
		strchr("'\"`", text.at[row->spelling_at]) &&
		text.at[row->spelling_at])
		check_open_quote(lint, row);
	else
		check_bare(lint, row);
	check_end(lint, row);
}
