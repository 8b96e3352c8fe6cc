/* SPDX-License-Identifier: MIT */
/*
 * Ruby's dotenv, and direnv, which took its expression over: one line, the
 * quotes greedy to the last one that closes well. Ruby passes over a line that
 * does not fit; direnv refuses the file.
 */
#include "readers/readers_internal.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

#define RESCANS 64

static bool is_direnv(const struct reading *reading)
{
	return reading->model->variant == RUBY_DIRENV;
}

/* Nothing but a comment behind `at`, to the end of the line. */
static bool can_end(const struct reading *line, size_t at, enum space space)
{
	size_t after = skip_space(line, at, space);

	return after >= line->size || line->text[after] == '#';
}

/* Behind the last quote that closes well the one at `at`; 0: none. */
static size_t take_quoted(
	const struct reading *line, size_t at, enum space space)
{
	char quote = byte_at(line, at);

	if (quote != '\'' && quote != '"')
		return 0;
	for (size_t end = line->size; end > at + 1; end--) {
		/* Between a quote and a later one only a comment helps. */
		if (line->text[end - 1] == quote && can_end(line, end, space))
			return end;
	}
	return 0;
}

static size_t take_name(const struct reading *line, size_t at, enum space space,
	struct slice *name)
{
	size_t end = skip_word(line, at, ".");
	size_t equals = skip_space(line, end, space);

	*name = cut(line, at, end);
	if (end == at)
		return 0;
	if (byte_at(line, equals) == '=')
		return skip_space(line, equals + 1, space);
	if (byte_at(line, end) == ':' && space_at(line, end + 1, space))
		return end + 2;
	return 0;
}

/* What Ruby puts for $NAME, and runs for $(...). */
static bool expands_ruby(struct reading *reading, bool *runs)
{
	struct slice value = { reading->value.data, reading->value.size };
	char *bytes = reading->value.data;
	OWNED size_t *closes = find_brackets(value);
	bool expands = false;
	size_t length = 0;

	for (size_t at = 0; at < value.size; at++) {
		bool escape = value.at[at] == '\\' && at + 1 < value.size &&
			value.at[at + 1] == '$';
		size_t dollar = at + escape;
		size_t next = dollar + 1;
		bool is_dollar = value.at[dollar] == '$';
		bool command =
			is_dollar && next < value.size && value.at[next] == '(';
		size_t close = command ? closes[next] : 0;
		bool run = command && close > next + 1;
		next += next < value.size && value.at[next] == '{';
		bool named = is_dollar && !command && next < value.size &&
			text_is_name_byte(value.at[next]);
		*runs |= run && !escape;
		expands |= (named || run) && !escape;
		if (escape && (!command || run))
			at++;
		bytes[length++] = value.at[at];
	}
	if (bytes)
		buf_truncate(&reading->value, length);
	return expands;
}

/* Go's os.Expand, with \$ as nothing special. */
static bool expands_direnv(struct slice value)
{
	for (size_t at = 0; at + 1 < value.size; at++) {
		char next = value.at[at + 1];
		if (value.at[at] == '$' &&
			(text_is_name_byte(next) || strchr("{*#$@!?-", next)))
			return true;
	}
	return false;
}

static void decode(struct reading *reading, struct slice value, char *quote)
{
	char first = value.size > 1 ? *value.at : '\0';

	*quote = '\0';
	if ((first == '\'' || first == '"') &&
		value.at[value.size - 1] == first) {
		*quote = first;
		value = slice_first(slice_from(value, 1), value.size - 2);
	}
	put_value(reading, value);
	if (*quote == '"') {
		unescape(reading, "nr", "\n\r");
		drop_backslashes(reading, "$");
	}
}

static void see_ruby(struct reading *reading, struct seen *seen,
	struct slice name, struct slice spelling)
{
	struct slice value =
		is_direnv(reading) ? spelling : trim(spelling, SPACE_ASCII);
	char quote = '\0';
	bool expands = false;

	decode(reading, value, &quote);
	/* Bash has to take the name, which direnv hands it. */
	if (is_direnv(reading) && !is_shell_name(name))
		return;
	if (quote != '\'' && is_direnv(reading))
		expands = value.size > 1 &&
			expands_direnv(
				(struct slice){ buf_cstring(&reading->value),
					reading->value.size });
	else if (quote != '\'')
		expands = expands_ruby(reading, &seen->runs);
	if (expands)
		see_expanded(reading, seen, name);
	else
		see_value(reading, seen, name);
}

/* Whether some line above gives the variable a value. */
static bool is_set_above(
	struct reading *reading, size_t limit, struct slice name)
{
	SCOPED(reading) struct reading above = { .model = NULL };
	struct seen seen;
	bool found = false;

	reading_begin(&above, reading->model, reading->text, limit);
	above.rescans = RESCANS;
	while (!found && reading_next(&above, &seen))
		found = name.size && slice_equal(seen.name, name);
	return found;
}

/* `export A` is an error where A is not set above. */
static bool exports_unset(
	struct reading *reading, const struct reading *line, size_t at)
{
	if (!begins_at(line, at, "export"))
		return false;
	size_t name = at + strlen("export");
	while (name < line->size) {
		size_t word = skip_space(line, name, SPACE_ASCII);
		if (word == name || reading->rescans >= RESCANS)
			return false;
		for (name = word; name < line->size &&
			!space_at(line, name, SPACE_ASCII);)
			name++;
		reading->rescans++;
		if (name > word &&
			!is_set_above(
				reading, reading->at, cut(line, word, name)))
			return true;
	}
	return false;
}

static void see_no_assignment(struct reading *reading, struct seen *seen,
	const struct reading *line, size_t at)
{
	bool blank = at >= line->size || line->text[at] == '#';

	if (is_direnv(reading) ? !blank : exports_unset(reading, line, at))
		see_refused(reading, seen);
}

static void take_line(
	struct reading *reading, struct seen *seen, const struct reading *line)
{
	enum space space = is_direnv(reading) ? SPACE_GO : SPACE_ASCII;
	size_t at = skip_space(line, line->at, space);
	size_t name_at = at;
	struct slice name = { .size = 0 };
	size_t value = 0;

	if (begins_at(line, at, "export"))
		name_at = skip_space(line, at + strlen("export"), space);
	if (name_at > at + strlen("export"))
		value = take_name(line, name_at, space, &name);
	if (value == 0)
		value = take_name(line, at, space, &name);
	if (value == 0) {
		see_no_assignment(reading, seen, line, at);
		return;
	}
	if (is_direnv(reading))
		value = skip_space(line, value, space);
	size_t end = take_quoted(line, value, space);
	if (end == 0) {
		end = value;
		while (end < line->size && line->text[end] != '#' &&
			!(is_direnv(reading) && space_at(line, end, space)))
			end++;
		if (!can_end(line, end, space)) {
			see_refused(reading, seen);
			return;
		}
	}
	see_ruby(reading, seen, name, cut(line, value, end));
}

void read_ruby(struct reading *reading, struct seen *seen)
{
	size_t end = find_any(reading, reading->at, "\n\r");
	struct reading line = {
		.text = reading->text, .size = end, .at = reading->at
	};

	take_line(reading, seen, &line);
	reading->at = skip_line_end(reading, end);
}
