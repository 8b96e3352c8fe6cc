/* SPDX-License-Identifier: MIT */
/*
 * Lines that stop a reader, by kind and reader: as measured, reader by reader
 * (tests/interop/envfile_stops.py asks those that are here).
 */
#include "envfile/envfile_internal.h"

#include "base/slice.h"
#include "base/text.h"
#include "readers/shell.h"

#include <string.h>

#define R(reader) ((reader_set)1 << READER_##reader)
#define SHELLS (R(BASH) | R(ZSH) | R(DASH))

/* docker and podman read no longer line. */
#define LONG_LINE 65535

static struct slice content_of(const struct line *line)
{
	return (struct slice){ line->raw, line->size - line->end_size };
}

static struct slice spelling_of(const struct line *line)
{
	return (struct slice){ line->raw + line->spelling_at,
		line->spelling_end - line->spelling_at };
}

static char first_of(struct slice text)
{
	return text.size ? *text.at : '\0';
}

static bool is_quote(char byte)
{
	return byte == '\'' || byte == '"';
}

/* Neither blank nor a comment. */
static bool says_something(const struct line *line)
{
	struct slice text = slice_trimmed(content_of(line));

	return text.size && *text.at != '#';
}

static bool is_bare_name(struct slice text)
{
	for (size_t i = 0; i < text.size; i++) {
		if (!text_is_alphanumeric(text.at[i]) && text.at[i] != '_')
			return false;
	}
	return text.size > 0;
}

/* `A: 1`, which half of the readers take for an assignment. */
static bool has_colon(const struct line *line)
{
	return line->name && line->spelling_at > 0 &&
		!memchr(line->raw + line->name_at, '=',
			line->spelling_at - line->name_at);
}

/* Where the quote that opens a spelling is closed; its size for nowhere. */
static size_t closing_at(struct slice spelling)
{
	char quote = first_of(spelling);

	for (size_t i = 1; i < spelling.size; i++) {
		if (spelling.at[i] == '\\' && quote == '"')
			i++;
		else if (spelling.at[i] == quote)
			return i;
	}
	return spelling.size;
}

/* What stands behind a value in quotes. */
static struct slice behind_quotes(const struct line *line)
{
	struct slice spelling = spelling_of(line);

	if (!line->name || !is_quote(first_of(spelling)))
		return (struct slice){ .size = 0 };
	return slice_from(spelling, closing_at(spelling) + 1);
}

/* A quote within a bare value that is not closed there. */
static bool has_stray_quote(const struct line *line)
{
	struct slice spelling = spelling_of(line);
	char quote = '\0';

	if (!line->name || is_quote(first_of(spelling)))
		return false;
	for (size_t i = 0; i < spelling.size; i++) {
		char byte = spelling.at[i];
		if (quote ? byte == quote : is_quote(byte))
			quote = quote ? '\0' : byte;
	}
	return quote != '\0';
}

/* A bare value with a blank inside. */
static bool has_bare_blank(const struct line *line)
{
	struct slice spelling = spelling_of(line);

	return line->name && !is_quote(first_of(spelling)) &&
		slice_find(spelling, ' ') < spelling.size;
}

/* The shells, each with its own grammar. */
static reader_set shells_that(
	const struct line *line, enum envfile_stop_kind kind)
{
	static const enum envfile_stop_kind kinds[] = {
		[SHELL_FINE] = STOP_COUNT,
		[SHELL_QUOTE] = STOP_QUOTE,
		[SHELL_BRACKET] = STOP_BRACKET,
		[SHELL_SYNTAX] = STOP_SYNTAX,
		[SHELL_NEXT] = STOP_NEXT,
	};
	struct slice text = content_of(line);
	reader_set set = 0;

	for (size_t i = READER_BASH; i <= READER_ZSH; i++) {
		if (kinds[shell_judge(text.at, text.size, (enum reader)i)] ==
			kind)
			set |= (reader_set)1 << i;
	}
	return set;
}

/* systemd's quotes: at the value's beginning, and behind one that was closed;
 * a backslash takes the next byte. */
static enum envfile_stop_kind systemd_stop(const struct line *line)
{
	struct slice text = content_of(line);
	size_t at = slice_find(text, '=');
	char quote = '\0';
	bool may_open = true;

	if (first_of(slice_trimmed(text)) == '#')
		return slice_ends(text, "\\") ? STOP_NEXT : STOP_COUNT;
	for (at++; at < text.size; at++) {
		char byte = text.at[at];
		if (byte == '\\' && quote != '\'' && ++at >= text.size)
			return STOP_NEXT;
		if (quote && byte == quote) {
			quote = '\0';
			may_open = true;
		} else if (!quote && may_open && is_quote(byte)) {
			quote = byte;
		} else if (!quote && !text_is_space(byte)) {
			may_open = false;
		}
	}
	return quote ? STOP_QUOTE : STOP_COUNT;
}

/* Opens a quote to readers that know quotes at the value's beginning alone. */
static bool opens_value_quote(const struct line *line)
{
	struct slice spelling = spelling_of(line);

	return line->name && is_quote(first_of(spelling)) &&
		closing_at(spelling) == spelling.size;
}

/* Such a quote takes in all up to the next one like it, far below. */
static bool is_closed_below(
	const struct envfile *document, const struct line *line)
{
	char quote = first_of(spelling_of(line));

	for (const struct line *next = line + 1;
		next < document->lines + document->count; next++) {
		if (memchr(next->raw, quote, next->size))
			return true;
	}
	return false;
}

static reader_set by_quote(
	const struct envfile *document, const struct line *line)
{
	reader_set set = shells_that(line, STOP_QUOTE);

	if (systemd_stop(line) == STOP_QUOTE)
		set |= R(SYSTEMD);
	if (has_stray_quote(line))
		set |= R(SYMFONY) | R(RUST_DOTENV);
	if (!opens_value_quote(line))
		return set;
	set |= R(SYMFONY) | R(GODOTENV) | R(COMPOSE) | R(PHPDOTENV) |
		R(RUST_DOTENV);
	return is_closed_below(document, line)
		? set | R(NODE) | R(PYTHON_DOTENV)
		: set;
}

static reader_set by_bracket(
	const struct envfile *document, const struct line *line)
{
	(void)document;
	return shells_that(line, STOP_BRACKET);
}

static reader_set by_syntax(
	const struct envfile *document, const struct line *line)
{
	(void)document;
	return shells_that(line, STOP_SYNTAX);
}

static reader_set by_stray(
	const struct envfile *document, const struct line *line)
{
	struct slice text = slice_trimmed(content_of(line));
	reader_set set = R(SYMFONY) | R(GODOTENV) | R(RUST_DOTENV) | R(DIRENV);

	if (document->raw)
		return !line->name && says_something(line) &&
				slice_find(text, ' ') < text.size
			? R(DOCKER)
			: 0;
	if (has_colon(line))
		return R(SYMFONY) | R(RUST_DOTENV) | R(PHPDOTENV) | R(DOCKER);
	if (line->name || !says_something(line))
		return 0;
	if (slice_find(text, ' ') < text.size)
		set |= R(DOCKER);
	if (!is_bare_name(text))
		set |= R(PHPDOTENV) | R(COMPOSE);
	return set;
}

static reader_set by_value(
	const struct envfile *document, const struct line *line)
{
	static const reader_set by_blank =
		R(PHPDOTENV) | R(SYMFONY) | R(RUST_DOTENV) | R(DIRENV);
	struct slice behind = behind_quotes(line);
	struct slice spelling =
		line->name ? spelling_of(line) : (struct slice){ .size = 0 };
	reader_set set = 0;

	(void)document;
	if (has_bare_blank(line) || first_of(behind) == ' ')
		set |= by_blank;
	/* direnv takes the last quote for the one that closes. */
	if (behind.size &&
		slice_ends(behind, first_of(spelling) == '"' ? "\"" : "'"))
		set &= ~R(DIRENV);
	if (behind.size)
		set |= R(PHPDOTENV) | R(GODOTENV);
	if (line->name && line->rows > 1)
		set |= R(RUST_DOTENV) | R(DIRENV);
	if (first_of(spelling) == '\'')
		return set;
	if (slice_contains(spelling, "$("))
		set |= R(SYMFONY);
	if (slice_contains(spelling, "${") && !slice_contains(spelling, "}"))
		set |= R(SYMFONY) | R(RUST_DOTENV);
	return set;
}

/* Blanks round the =, and names that are none everywhere. */
static reader_set by_name(
	const struct envfile *document, const struct line *line)
{
	reader_set set = 0;

	(void)document;
	if (!line->name || has_colon(line))
		return 0;
	size_t name = strlen(line->name);
	if (line->raw[line->name_at + name] != '=')
		set |= R(SYMFONY) | R(DOCKER);
	if (strchr(line->name, '-'))
		set |= R(SYMFONY) | R(PHPDOTENV) | R(GODOTENV) |
			R(RUST_DOTENV) | R(DIRENV);
	if (strchr(line->name, '.'))
		set |= R(SYMFONY);
	if (text_is_digit(*line->name))
		set |= R(SYMFONY) | R(RUST_DOTENV);
	return set;
}

static reader_set by_export(
	const struct envfile *document, const struct line *line)
{
	if (line_exports(line))
		return line->name[1] ? R(DOCKER) : R(DOCKER) | R(PHPDOTENV);
	return document->raw && !line->name &&
			slice_begins(slice_trimmed(content_of(line)), "export ")
		? R(DOCKER)
		: 0;
}

static reader_set by_utf8(
	const struct envfile *document, const struct line *line)
{
	(void)document;
	return text_is_utf8(line->raw, line->size) ? 0
						   : R(PYTHON_DOTENV) |
			R(RUBY_DOTENV) | R(RUST_DOTENV) | R(DOCKER);
}

static reader_set by_length(
	const struct envfile *document, const struct line *line)
{
	(void)document;
	return line->size > LONG_LINE ? READERS_RAW : 0;
}

/* To Node 20 a line that is none, even a blank one, is part of the next. */
static bool joins_in_node(
	const struct envfile *document, const struct line *line)
{
	size_t index = (size_t)(line - document->lines);
	struct slice text = content_of(line);

	return (!line->name || has_colon(line)) && text.size &&
		first_of(slice_trimmed(text)) != '#' &&
		index + 1 < document->count && line[1].name;
}

static reader_set by_next(
	const struct envfile *document, const struct line *line)
{
	reader_set set = shells_that(line, STOP_NEXT);

	if (systemd_stop(line) == STOP_NEXT)
		set |= R(SYSTEMD);
	if (joins_in_node(document, line))
		set |= R(NODE);
	return set;
}

static reader_set by_mark(
	const struct envfile *document, const struct line *line)
{
	return document->has_mark && line == document->lines
		? R(NODE) | R(PYTHON_DOTENV) | SHELLS | R(SYSTEMD) | R(PODMAN) |
			R(SYMFONY) | R(GODOTENV) | R(RUST_DOTENV) | R(DIRENV)
		: 0;
}

static reader_set by_return(
	const struct envfile *document, const struct line *line)
{
	(void)document;
	return says_something(line) && line->end_size &&
			memchr(line->raw + line->size - line->end_size, '\r',
				line->end_size)
		? SHELLS
		: 0;
}

typedef reader_set stops(
	const struct envfile *document, const struct line *line);

static stops *const rules[STOP_COUNT] = {
	[STOP_QUOTE] = by_quote,
	[STOP_BRACKET] = by_bracket,
	[STOP_SYNTAX] = by_syntax,
	[STOP_STRAY] = by_stray,
	[STOP_VALUE] = by_value,
	[STOP_NAME] = by_name,
	[STOP_EXPORT] = by_export,
	[STOP_UTF8] = by_utf8,
	[STOP_LONG] = by_length,
	[STOP_NEXT] = by_next,
	[STOP_MARK] = by_mark,
	[STOP_RETURN] = by_return,
};

bool envfile_next_stop(const struct envfile *document, reader_set wanted,
	size_t *at, struct envfile_stop *stop)
{
	while (wanted && *at < document->count * STOP_COUNT) {
		const struct line *line = &document->lines[*at / STOP_COUNT];
		enum envfile_stop_kind kind =
			(enum envfile_stop_kind)(*at % STOP_COUNT);
		reader_set readers = rules[kind](document, line) & wanted;

		(*at)++;
		if (!readers)
			continue;
		*stop = (struct envfile_stop){ kind, line->number, line->name,
			readers };
		return true;
	}
	return false;
}
