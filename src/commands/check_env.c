/* SPDX-License-Identifier: MIT */
#include "commands/check_sources.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/output.h"
#include "lint/lint.h"
#include "os/atomic_file.h"
#include "os/directory.h"
#include "os/file.h"
#include "report/formats.h"
#include "ui/diff.h"

#include <stdlib.h>
#include <string.h>

/* `aigenv check`: faults of env files, and what mends them. */

#define OUTPUT_LIMIT ((size_t)64 << 20)
#define STDIN_NAME "-"

/* What --fix changed, every value masked. */
static void show_change(struct output *output, const char *name,
	const struct buf *before, const struct buf *after)
{
	SCOPED(buf) struct buf text = BUF(OUTPUT_LIMIT);
	const struct diff diff = { .path = name,
		.before = buf_cstring(before),
		.before_size = before->size,
		.after = buf_cstring(after),
		.after_size = after->size,
		.assignments = true };

	diff_append(&diff, &text);
	output_marked(output, &text);
}

/* Puts what is mended into the file, or with --stdin to stdout. */
static bool fix(struct invocation *call, struct subject *subject,
	struct buf *bytes, struct error *err)
{
	const struct check_values *values = COMMAND_VALUES(check_values, call);
	struct buf fixed = BUF(2 * LINT_LIMIT);

	bool changed = lint_fix(subject, &fixed);
	if (buf_failed(&fixed)) {
		buf_release(&fixed);
		return error_set(err, STATUS_INVALID,
			_("what is mended would be too large"));
	}
	bool ok = true;
	if (values->from_stdin)
		output_bytes(call->output, fixed.data, fixed.size);
	else if (changed)
		ok = atomic_file_write(subject->name, ATOMIC_SHARED,
			buf_cstring(&fixed), fixed.size, err);
	if (ok && changed && !values->from_stdin)
		show_change(call->output, subject->name, bytes, &fixed);
	buf_release(bytes);
	*bytes = fixed;
	subject->bytes = buf_cstring(bytes);
	subject->size = bytes->size;
	return ok;
}

/* What --fix mends beside the file's bytes. */
static bool make_safe(struct invocation *call, const struct subject *subject,
	const char *path, struct error *err)
{
	const struct check_values *values = COMMAND_VALUES(check_values, call);
	struct made_safe made;

	if (values->from_stdin)
		return true;
	bool ok = lint_make_safe(subject, path, &made, err);
	if (made.closed)
		output_done(call->output, _("only its owner can read %s now"),
			path);
	if (made.ignored)
		output_done(call->output, _("git ignores %s now"), path);
	return ok;
}

/* The .env beside the file, or NULL. */
static struct envfile *read_beside(const char *path)
{
	SCOPED(buf) struct buf bytes = BUF(ENVFILE_LIMIT);
	struct envfile *document = NULL;
	struct error ignored;
	char *folder = path_directory(path);
	char *env = path_join(folder, ".env");

	if (file_read(env, &bytes, NULL, &ignored) &&
		!envfile_parse(
			buf_cstring(&bytes), bytes.size, &document, &ignored))
		document = NULL;
	free(env);
	free(folder);
	return document;
}

static void check_ecosystem(
	struct report *report, const struct subject *subject, const char *path)
{
	struct envfile *beside = read_beside(path);

	lint_ecosystem(report, subject, beside);
	envfile_free(beside);
}

static bool check_file(struct invocation *call, const char *path,
	reader_set readers, struct report *report, struct error *err)
{
	const struct check_values *values = COMMAND_VALUES(check_values, call);
	const char *called = values->filename ? values->filename : path;
	SCOPED(buf) struct buf bytes = BUF(LINT_LIMIT);
	const char *name = NULL;

	if (!file_read_argument(path, &name, &bytes, err))
		return false;
	struct subject subject = {
		.name = values->filename ? values->filename : name,
		.bytes = buf_cstring(&bytes),
		.size = bytes.size,
		.readers = values->readers
			? readers
			: readers | lint_readers_beside(called),
		.is_example = subject_is_example(called),
	};
	enum subject_kind kind =
		subject_kind(called, subject.bytes, subject.size);
	if (kind == SUBJECT_VAULT && values->from_stdin) {
		error_set(err, STATUS_USAGE,
			_("a vault is looked at where it is, not on stdin"));
		return error_next(err, _("give it as FILE"));
	}
	if (kind != SUBJECT_ENV && values->from_stdin && values->fix)
		output_bytes(call->output, bytes.data, bytes.size);
	if (kind == SUBJECT_VAULT) {
		lint_vault(report, subject.name, path);
		return true;
	}
	if (kind == SUBJECT_ECOSYSTEM) {
		check_ecosystem(report, &subject, called);
		return true;
	}
	if (values->fix && !fix(call, &subject, &bytes, err))
		return false;
	if (values->fix && !make_safe(call, &subject, path, err))
		return false;
	lint_env(report, &subject);
	if (values->from_stdin)
		return true;
	lint_safety(report, &subject, path);
	if (!subject.is_example) {
		lint_names(report, &subject, path);
		check_drift(call, report, &subject, path);
	}
	report_end(report);
	return true;
}

static bool check_all(struct invocation *call, reader_set readers,
	struct report *report, struct error *err)
{
	const struct check_values *values = COMMAND_VALUES(check_values, call);
	char **found = NULL;
	size_t count = 0;
	bool ok = true;

	if (values->from_stdin)
		return check_file(call, STDIN_NAME, readers, report, err);
	for (size_t i = 0; ok && i < call->argument_count; i++)
		ok = check_file(call, call->arguments[i], readers, report, err);
	if (call->argument_count > 0)
		return ok;
	ok = check_find_files(subject_is_found, &found, &count, err);
	for (size_t i = 0; i < count; i++) {
		ok = ok && check_file(call, found[i], readers, report, err);
		free(found[i]);
	}
	free(found);
	if (ok && count == 0)
		output_note(call->output,
			_("There is no .env and no ecosystem file in this "
			  "folder.\n"));
	return ok;
}

void check_print(
	struct output *output, const struct report *report, const char *format)
{
	SCOPED(buf) struct buf text = BUF((size_t)1 << 30);

	if (format && text_equal(format, "sarif")) {
		output->json = true;
		output_json(output, report_sarif(report));
		return;
	}
	if (format && text_equal(format, "json"))
		output->json = true;
	if (format && text_equal(format, "github"))
		report_github(report, &text);
	else
		report_human(report, output_width(output, true), &text);
	output_marked(output, &text);
	output_json(output, report_json(report));
}

static bool check_usage(const struct invocation *call, struct error *err)
{
	const struct check_values *values = COMMAND_VALUES(check_values, call);

	if (values->from_stdin && call->argument_count > 0) {
		error_set(err, STATUS_USAGE,
			_("--stdin takes the place of FILE"));
		return error_next(
			err, _("give one of them; --filename names it"));
	}
	if (values->filename && !values->from_stdin) {
		error_set(err, STATUS_USAGE,
			_("--filename names what comes in with --stdin"));
		return error_next(err, _("give --stdin, too, or FILE alone"));
	}
	return true;
}

enum status check_env(struct invocation *call, struct error *err)
{
	const struct check_values *values = COMMAND_VALUES(check_values, call);
	struct report report = { .count = 0 };
	reader_set readers = 0;

	bool ok = check_usage(call, err) &&
		check_read_readers(values, &readers, err) &&
		check_all(call, readers, &report, err);
	if (ok) {
		report_end(&report);
		report_sort(&report);
		/* Mended, the file itself is what stdout is for. */
		if (!values->from_stdin || !values->fix)
			check_print(call->output, &report, values->format);
	}
	bool found = report_matters(&report);
	report_release(&report);
	if (!ok)
		return err->status;
	return found ? STATUS_FOUND : STATUS_OK;
}
