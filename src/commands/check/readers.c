/* SPDX-License-Identifier: MIT */
/* `aigenv check --readers`: what each reader makes of one assignment. */
#include "commands/check/check_internal.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/slice.h"
#include "base/text.h"
#include "import/import.h"
#include "lint/compare.h"
#include "lint/lint.h"
#include "os/file.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_LIMIT ((size_t)4 << 20)
#define NAMES_LIMIT 1000
/* A longer name is no slip of another. */
#define NAME_LONGEST 256

/* What is asked for: a name, or a line of one file. */
struct question {
	const char *name; /* or NULL; borrowed */
	char *file;       /* owned; or NULL */
	size_t line;
	reader_set with;    /* who is shown */
	reader_set matters; /* whose difference is a finding */
	/* Where it was looked for in vain, and what is there instead. */
	struct buf searched;
	char **names; /* owned, ended by NULL once all are there */
	size_t name_count;
};

static void question_release(struct question *question)
{
	memory_free_texts(question->names, question->name_count);
	buf_release(&question->searched);
	free(question->file);
	*question = (struct question){ .name = NULL };
}

/* The assignment that was found. */
struct answer {
	char *file; /* owned */
	struct comparison comparison;
	bool found;
};

static void answer_release(struct answer *answer)
{
	if (answer->found)
		comparison_release(&answer->comparison);
	free(answer->file);
	*answer = (struct answer){ .found = false };
}

/* FILE:LINE. */
static bool take_place(const char *text, const char *colon,
	struct question *question, struct error *err)
{
	size_t line = 0;

	for (const char *digit = colon + 1; *digit && line < SIZE_MAX / 16;
		digit++)
		line = 10 * line + (size_t)(*digit - '0');
	if (!colon[1] || !text_only(colon + 1, "0123456789") || line == 0) {
		error_set(err, STATUS_USAGE,
			_("what comes after the colon is not a line: %.64s"),
			colon + 1);
		return error_next(err,
			_("give the number of the assignment's line, from 1"));
	}
	question->line = line;
	question->file =
		slice_text((struct slice){ text, (size_t)(colon - text) });
	return true;
}

static bool take_name(
	const char *text, struct question *question, struct error *err)
{
	size_t size = strcspn(text, "=");

	if (*text == '\0' || strchr(text, '/') || file_exists(text)) {
		error_set(err, STATUS_USAGE,
			_("--readers takes a variable's NAME or FILE:LINE"));
		return error_next(err,
			_("give the line of the assignment behind a colon, "
			  "as in %s:1"),
			*text ? text : ".env");
	}
	if (text[size] == '=') {
		error_set(err, STATUS_USAGE,
			_("--readers takes the NAME of a variable, without a "
			  "value"));
		return error_next(err,
			_("`aigenv check --readers %.*s` looks for it in the "
			  "env files here"),
			(int)size, text);
	}
	question->name = text;
	return true;
}

static bool take_question(const struct invocation *call,
	struct question *question, struct error *err)
{
	const struct check_values *values = COMMAND_VALUES(check_values, call);
	const char *colon = strrchr(values->assignment, ':');

	if (!colon)
		return take_name(values->assignment, question, err);
	if (call->argument_count > 0)
		return error_tell(err, STATUS_USAGE,
			_("--readers FILE:LINE names the file already"),
			_("give one of the two"));
	return take_place(values->assignment, colon, question, err);
}

static bool check_usage(const struct invocation *call, struct error *err)
{
	const struct check_values *values = COMMAND_VALUES(check_values, call);
	const char *format = values->format ? values->format : "human";

	if (values->fix)
		return error_tell(err, STATUS_USAGE,
			_("--readers shows one assignment and mends nothing"),
			_("leave out --fix"));
	if (!text_equal(format, "human") && !text_equal(format, "json")) {
		error_set(err, STATUS_USAGE,
			_("what --readers shows has no form in %s"), format);
		return error_next(err, _("use --json, or no --format"));
	}
	return true;
}

static bool is_asked(
	const struct question *question, const struct envfile_row *row)
{
	size_t rows = row->rows ? row->rows : 1;

	if (!question->name)
		return row->number <= question->line &&
			question->line < row->number + rows;
	return row->kind != ROW_NONE &&
		slice_is(envfile_row_name(row), question->name);
}

/* Keeps the name: the one that is asked for may be a slip of it. */
static void keep_name(struct question *question, const struct envfile_row *row)
{
	if (row->kind == ROW_NONE || question->name_count == NAMES_LIMIT ||
		row->name_end - row->name_at > NAME_LONGEST)
		return;
	MEMORY_PUSH(question->names, question->name_count,
		slice_text(envfile_row_name(row)));
}

/* The last row that is asked for. */
static bool find_row(struct question *question, const struct buf *bytes,
	struct envfile_row *found, size_t *first, size_t *lines)
{
	struct envfile_walk *walk =
		envfile_walk_new(buf_cstring(bytes), bytes->size);
	struct envfile_row row;
	bool any = false;

	while (envfile_walk_next(walk, &row)) {
		*lines = row.number + (row.rows ? row.rows : 1) - 1;
		if (!is_asked(question, &row)) {
			keep_name(question, &row);
			continue;
		}
		if (!any)
			*first = row.number;
		*found = row;
		any = true;
	}
	envfile_walk_free(walk);
	return any;
}

static bool says_nothing(const struct envfile_row *row)
{
	struct slice text = slice_trimmed(row->text);

	return row->kind == ROW_NONE && (text.size == 0 || *text.at == '#');
}

static bool no_such_line(const struct question *question, const char *name,
	size_t lines, bool comment, struct error *err)
{
	if (comment)
		error_set(err, STATUS_INVALID,
			_("the line holds no assignment but a comment or "
			  "nothing"));
	else
		error_set(err, STATUS_INVALID,
			ngettext("there is no such line: the file has %zu line",
				"there is no such line: the file has %zu lines",
				lines),
			lines);
	error_at(err, "%s:%zu", name, question->line);
	return error_next(err,
		_("give the line of an assignment, or the name of its "
		  "variable"));
}

static void tell_another(struct output *output, const char *variable,
	const char *file, size_t line)
{
	OWNED char *place = memory_printf("%s:%zu", file, line);
	OWNED char *word = shell_quoted(place);

	output_note(output,
		_("%s is in %s, too: `aigenv check --readers %s` shows it.\n"),
		variable, file, word);
}

/* Looks into one file. What is found there after something was found elsewhere
 * is named alone. */
static bool look_into(struct invocation *call, struct question *question,
	const char *path, struct answer *answer, struct error *err)
{
	const struct check_values *values = COMMAND_VALUES(check_values, call);
	SCOPED(buf) struct buf bytes = BUF(LINT_LIMIT);
	struct envfile_row row = { .number = 0 };
	const char *name = NULL;
	size_t first = 0;
	size_t lines = 0;

	if (!file_read_argument(path, &name, &bytes, err))
		return false;
	if (values->from_stdin && values->filename)
		name = values->filename;
	bool found = find_row(question, &bytes, &row, &first, &lines);
	buf_listed(&question->searched, name);
	if (!question->name && (!found || says_nothing(&row)))
		return no_such_line(question, name, lines, found, err);
	if (!found)
		return true;
	if (answer->found) {
		tell_another(call->output, question->name, name, row.number);
		return true;
	}
	if (first != row.number)
		output_note(call->output,
			_("%s has several assignments, the first on line "
			  "%zu; this is the last, which wins everywhere but "
			  "in rust-dotenv.\n"),
			question->name, first);
	answer->file = memory_text(name);
	answer->found = true;
	comparison_make(&answer->comparison, buf_cstring(&bytes), bytes.size,
		&row, question->with);
	comparison_spell(&answer->comparison, &row);
	return true;
}

static bool not_found(struct question *question, struct error *err)
{
	if (question->searched.size == 0)
		return error_tell(err, STATUS_INVALID,
			_("there is no .env file in this folder"),
			_("give FILE behind the name"));
	MEMORY_PUSH(question->names, question->name_count, NULL);
	const char *nearest = text_nearest(
		question->name, (const char *const *)question->names);
	error_set(err, STATUS_INVALID, _("no line assigns %.128s"),
		question->name);
	error_at(err, "%s", buf_cstring(&question->searched));
	if (nearest)
		return error_next(err, _("did you mean %s?"), nearest);
	return error_next(err,
		_("give FILE behind the name, or FILE:LINE for the line that "
		  "is meant"));
}

/* The env files of this folder: those with values before the examples. */
static bool look_here(struct invocation *call, struct question *question,
	struct answer *answer, struct error *err)
{
	char **found = NULL;
	size_t count = 0;
	bool ok = check_find_files(subject_is_env_file, &found, &count, err);

	for (int examples = 0; examples <= 1; examples++) {
		for (size_t i = 0; ok && i < count; i++)
			if (import_is_example(found[i]) == (examples == 1))
				ok = look_into(
					call, question, found[i], answer, err);
	}
	memory_free_texts(found, count);
	return ok;
}

static bool find(struct invocation *call, struct question *question,
	struct answer *answer, struct error *err)
{
	const struct check_values *values = COMMAND_VALUES(check_values, call);
	bool ok = true;

	if (values->from_stdin)
		ok = look_into(call, question, "-", answer, err);
	else if (question->file)
		ok = look_into(call, question, question->file, answer, err);
	else if (call->argument_count == 0)
		ok = look_here(call, question, answer, err);
	for (size_t i = 0; ok && i < call->argument_count; i++)
		ok = look_into(call, question, call->arguments[i], answer, err);
	return ok && (answer->found || not_found(question, err));
}

static enum status look(
	struct invocation *call, struct question *question, struct error *err)
{
	struct answer answer = { .found = false };
	bool ok = find(call, question, &answer, err);
	bool apart = false;

	if (ok) {
		if (question->with == READERS_ALL)
			question->matters |=
				check_readers_beside(call, answer.file);
		apart = answer.comparison.apart & question->matters;
		check_show_comparison(
			call->output, answer.file, &answer.comparison);
		output_json(call->output,
			comparison_json(&answer.comparison, answer.file));
	}
	answer_release(&answer);
	if (!ok)
		return err->status;
	return apart ? STATUS_FOUND : STATUS_OK;
}

enum status check_readers(struct invocation *call, struct error *err)
{
	const struct check_values *values = COMMAND_VALUES(check_values, call);
	SCOPED(question)
	struct question question = { .searched = BUF(TEXT_LIMIT) };

	bool ok = check_usage(call, err) &&
		check_read_readers(values, &question.matters, err) &&
		take_question(call, &question, err);
	question.with = values->readers ? question.matters : READERS_ALL;
	return ok ? look(call, &question, err) : err->status;
}
