/* SPDX-License-Identifier: MIT */
/*
 * NAME=VALUE lines as people paste them. Reading is lenient where src/envfile
 * is exact: a paste is looked at by a person before it counts.
 */
#include "paste/paste_internal.h"

#include "base/attributes.h"
#include "base/text.h"

#include <string.h>

struct assignment {
	struct slice name;
	const char *value; /* the rest of the line */
	bool enclosed;     /* cmd's set "NAME=value" */
	bool colon;        /* NAME: value, in the midst of the others */
};

/* A Java property: spring.ai.openai.api-key=..., and no member of a program's
 * object. */
static bool is_property(struct slice name, struct slice line)
{
	bool dotted = slice_find(name, '.') < name.size ||
		slice_find(name, '-') < name.size;
	char last = line.size ? line.at[line.size - 1] : '\0';

	return dotted && !(last && strchr(";{(,", last)) &&
		!slice_fits_any(name, slice_begins, WORDS("self.", "this."));
}

/* Commands that set a variable without a "=". */
static bool skip_command(struct slice *line)
{
	bool command = slice_take_any(line,
		WORDS("ENV ", "#define ", "setx ", "setenv ",
			"launchctl setenv ", "set -gx ", "set -Ux ", "set -x ",
			"gh secret set ", "gh variable set ",
			"netlify env:set ",
			"Set-Item Env:", "Set-Item -Path Env:"));

	*line = slice_skip_blanks(*line);
	return command;
}

/* Where the value begins, behind "=" or what a command has there; NULL for
 * nowhere. */
static const char *find_value(struct slice rest, bool command)
{
	rest = slice_skip_blanks(rest);
	/* make's := and ?= */
	if (slice_begins(rest, ":=") || slice_begins(rest, "?="))
		rest = slice_from(rest, 1);
	/* No PHP's NAME => value. */
	if (slice_begins(rest, "=") && !slice_begins(rest, "=>"))
		return slice_skip_blanks(slice_from(rest, 1)).at;
	if (!command || rest.size == 0)
		return NULL;
	(void)slice_take_any(&rest, WORDS("--body ", "-Value "));
	return slice_skip_blanks(rest).at;
}

/* echo "value" | wrangler secret put NAME */
static bool find_piped(struct slice line, struct assignment *found)
{
	struct slice rest = slice_from(line, slice_find(line, '|'));

	if (!slice_take_any(&line, WORDS("echo ", "printf '%s' ", "printf ")) ||
		!slice_fits_any(rest, slice_contains,
			WORDS(" secret put ", " secret set ", " env add ")))
		return false;
	found->value = slice_skip_blanks(line).at;
	while (rest.size > 0 && !text_is_upper(*rest.at))
		rest = slice_from(rest, 1);
	found->name = slice_first(rest, slice_find(rest, ' '));
	return found->name.size > 0;
}

/* openai_api_key=..., close together as in a file: no program's statement. */
static bool is_close_pair(struct slice name, struct slice line)
{
	struct slice rest = slice_from(line, name.size);

	/* bash's headers=(-H "..." -H "...") */
	return (slice_find(name, '_') < name.size ||
		       slice_begins(rest, "=(-")) &&
		slice_begins(rest, "=") && rest.size > 1 &&
		!strchr(" =", rest.at[1]) &&
		!strchr(";{(,", line.at[line.size - 1]);
}

/* A line of YAML, as people mix them: no label of prose has such a name. */
static bool is_colon_pair(struct slice name, struct slice rest)
{
	for (size_t i = 0; i < name.size; i++) {
		if (text_is_lower(name.at[i]))
			return false;
	}
	return slice_find(name, '_') < name.size && slice_begins(rest, ": ");
}

/* "export NAME=", "set NAME=", "ENV NAME=", "$env:NAME = ", "- NAME=",
 * "setx NAME ". */
static bool find_name(struct slice line, struct assignment *found)
{
	size_t size = 0;

	*found = (struct assignment){ 0 };
	line = slice_skip_blanks(line);
	if (find_piped(line, found))
		return true;
	bool command = skip_command(&line);
	found->enclosed = slice_take(&line, "set \"");
	while (slice_take_any(&line,
		WORDS("- ", "export ", "declare -x ", "typeset -x ", "set ",
			"ARG ", "$env:", "$Env:", "$env.")))
		line = slice_skip_blanks(line);
	while (size < line.size &&
		(text_is_name_byte(line.at[size]) ||
			(size > 0 && strchr(".-", line.at[size]))))
		size++;
	found->name = slice_first(line, size);
	/* Dart's OpenAI.apiKey = "..."; is a program's, too. */
	bool dotted = slice_find(found->name, '.') < size;
	if (size == 0 || text_is_digit(*line.at) ||
		((dotted || text_is_lower(*line.at)) &&
			!is_property(found->name, line) &&
			(dotted || !is_close_pair(found->name, line))))
		return false;
	struct slice rest = slice_from(line, size);
	found->colon = is_colon_pair(found->name, rest);
	found->value = found->colon ? slice_skip_blanks(slice_from(rest, 1)).at
				    : find_value(rest, command);
	return found->value != NULL;
}

/* "a" + b, "a".format(b): behind the quotes of a program's text. */
static bool is_joined(struct slice rest)
{
	rest = slice_from(rest, slice_find(slice_from(rest, 1), *rest.at) + 2);
	return slice_fits_any(
		slice_skip_blanks(rest), slice_begins, WORDS("+ ", ".", "% "));
}

/* `os.getenv("X", "y")`, `process.env.X`: a program's line, not a file's. */
static bool is_expression(const char *value, struct slice line)
{
	size_t left = (size_t)(line.at + line.size - value);
	size_t used = 0;

	/* PowerShell's Headers = @{ ... }, Python's URL = f"...", TOML's KEY =
	 * { value = "..." } */
	if (left > 2 &&
		((value[0] == '@' && value[1] == '{') ||
			(value[0] == 'f' && strchr("\"'", value[1])) ||
			(value[0] == '{' && value[1] == ' ' &&
				text_is_lower(value[2]))))
		return true;
	if (left > 1 && text_is_quote(*value))
		return is_joined((struct slice){ value, left });
	/* Visual Basic's New Uri("..."), and others'. */
	struct slice rest = { value, left };
	if (slice_take_any(&rest, WORDS("New ", "new ", "await "))) {
		value = rest.at;
		left = rest.size;
	}
	while (used < left &&
		(text_is_name_byte(value[used]) || value[used] == '.'))
		used++;
	/* Ruby's ENV["X"]. */
	bool lookup = used + 1 < left && value[used] == '[' &&
		strchr("\"'", value[used + 1]);
	return used > 1 && used < left && (value[used] == '(' || lookup);
}

/* `client = OpenAI(...)`: nor is what stands around it a file's. */
static bool is_statement(struct slice line)
{
	size_t equals = slice_find(line, '=');
	struct slice name = slice_trimmed(slice_first(line, equals));

	/* Go's `config := openai.DefaultConfig(...)`. */
	name.size -= slice_ends(name, ":");
	(void)slice_take_any(&name, WORDS("const ", "let ", "var ", "val "));
	name = slice_trimmed(name);
	for (size_t i = 0; i < name.size; i++) {
		if (!text_is_name_byte(name.at[i]))
			return false;
	}
	return name.size > 0 && equals < line.size &&
		is_expression(
			slice_skip_blanks(slice_from(line, equals + 1)).at,
			line);
}

bool env_is(struct slice text)
{
	struct slice line;
	size_t lines = 0;
	size_t names = 0;

	while (slice_take_line(&text, &line)) {
		struct assignment found;
		line = slice_skip_blanks(line);
		if (line.size == 0 ||
			(*line.at == '#' && !slice_begins(line, "#define ")))
			continue;
		lines++;
		if (is_statement(line))
			return false;
		if (!find_name(line, &found) || found.colon)
			continue;
		if (is_expression(found.value, line))
			return false;
		names++;
	}
	return names > 0 && names * 2 >= lines;
}

/* Returns where reading goes on: a quoted value may span lines. */
static const char *read_quoted(struct findings *findings, const char *at,
	const char *end, struct buf *value)
{
	char quote = *at++;

	while (at < end && *at != quote) {
		if (quote == '"' && *at == '\\' && at + 1 < end) {
			buf_byte(value, at[1] == 'n' ? '\n' : at[1]);
			at += 2;
		} else if (quote == '"' && *at == '$') {
			at = findings_reference(findings, at, end, value);
		} else {
			buf_byte(value, *at++);
		}
	}
	return at;
}

static const char *read_plain(struct findings *findings, const char *at,
	const char *end, struct buf *value)
{
	struct slice line = { at, (size_t)(end - at) };
	const char *stop = at + slice_find(line, '\n');

	while (at < stop) {
		bool comment = *at == '#' && text_is_space(at[-1]);
		/* No address has a blank in it: it is prose from there on. */
		bool prose = text_is_space(*at) &&
			is_address((struct slice){ value->data, value->size });
		if (comment || prose)
			break;
		/* Java's properties: https\://... */
		at += *at == '\\' && at + 1 < stop && at[1] == ':';
		if (*at == '$')
			at = findings_reference(findings, at, stop, value);
		else
			buf_byte(value, *at++);
	}
	/* A command's line that goes on: fly secrets set A=1 \ */
	if (value->size > 1 && value->data[value->size - 1] == '\\' &&
		text_is_space(value->data[value->size - 2]))
		buf_truncate(value, value->size - 1);
	while (value->size > 0 && text_is_space(value->data[value->size - 1]))
		buf_truncate(value, value->size - 1);
	return stop;
}

/* var.openai_api_key, process.env.X: what another file or program has. */
static bool is_reference(struct slice value)
{
	for (size_t i = 0; i < value.size; i++) {
		if (!text_is_name_byte(value.at[i]) && value.at[i] != '.')
			return false;
	}
	return slice_fits_any(value, slice_begins,
		WORDS("var.", "local.", "data.", "process.env.", "env.",
			"secrets.", "config."));
}

static void resolve_reference(
	const struct findings *findings, struct buf *value)
{
	SCOPED(buf) struct buf resolved = BUF(VALUE_LIMIT);
	struct slice text = { value->data, value->size };

	if (!is_reference(text))
		return;
	findings_resolve_expression(findings, text, &resolved);
	buf_clear(value);
	buf_append(value, resolved.data, resolved.size);
}

/* Returns where the value ends. */
static const char *read_assignment(struct findings *findings,
	const struct assignment *found, const char *end, size_t since)
{
	SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);
	bool quoted = found->value < end && strchr("\"'`", *found->value);
	const char *next = quoted
		? read_quoted(findings, found->value, end, &value)
		: read_plain(findings, found->value, end, &value);

	if (found->enclosed && value.size > 0 &&
		value.data[value.size - 1] == '"')
		buf_truncate(&value, value.size - 1);
	if (!quoted)
		resolve_reference(findings, &value);
	/* Of two lines the last counts. */
	if (value.size > 0)
		findings_forget(findings, found->name, since);
	findings_variable(findings, found->name, &value, 0);
	findings_bind(findings, found->name, &value);
	return next;
}

void env_read(struct findings *findings, struct slice text)
{
	const char *end = text.at + text.size;
	const size_t since = findings->count;
	struct slice line;

	while (slice_take_line(&text, &line)) {
		struct assignment found;
		if (!find_name(line, &found))
			continue;
		const char *stop =
			read_assignment(findings, &found, end, since);
		if (stop > text.at) {
			text = (struct slice){ stop, (size_t)(end - stop) };
			(void)slice_take_line(&text, &line);
		}
	}
}
