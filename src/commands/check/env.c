/* SPDX-License-Identifier: MIT */
#include "commands/check/check_internal.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "cli/output.h"
#include "commands/session_options.h"
#include "lint/lint.h"
#include "os/directory.h"
#include "report/formats.h"
#include "ui/style.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* `aigenv check` of files: which, and how what was found is printed. */

#define STDIN_NAME "-"

/* What was looked for, and the first that could not be read. */
struct looking {
	struct invocation *call;
	reader_set readers;
	struct report *report;
	bool mended;       /* a file was */
	struct error *err; /* status 0: all could */
};

/* The others are looked at all the same. */
static void look_at(struct looking *looking, const char *path)
{
	struct error err = { 0 };

	if (check_subject(looking->call, path, looking->readers,
		    looking->report, &looking->mended, &err))
		return;
	if (looking->err->status == STATUS_OK) {
		*looking->err = err;
		return;
	}
	OWNED char *shown = style_foreign(path);
	output_warning(looking->call->output, _("%s was not looked at: %s\n"),
		shown, err.what);
}

/* A folder may be called .env, and a pipe that nobody named is not waited
 * for. */
static void look_at_found(struct looking *looking, const char *path)
{
	struct stat status;
	OWNED char *shown = style_foreign(path);

	if (stat(path, &status) != 0)
		output_note(looking->call->output,
			_("%s leads nowhere and was not looked at\n"), shown);
	else if (S_ISREG(status.st_mode))
		look_at(looking, path);
	else if (!S_ISDIR(status.st_mode))
		output_note(looking->call->output,
			_("%s is not a file and was not looked at\n"), shown);
}

/* Who is below the vault's folder may mean that one. */
static void tell_nothing(const struct invocation *call)
{
	const struct session_options options = session_options(call);
	struct error ignored;
	OWNED char *vault = NULL;

	bool found = session_find_vault(&options, &vault, &ignored) && vault;
	OWNED char *folder = found ? path_directory(vault) : NULL;
	OWNED char *whole = folder ? path_resolve(folder) : NULL;
	OWNED char *here = path_resolve(".");
	if (!whole || text_equal_or_null(here, whole)) {
		output_note(call->output,
			_("There is no .env, no ecosystem file and no vault in "
			  "this folder.\n"));
		return;
	}
	/* Behind another -C the way from here is not the way from there. */
	OWNED char *word = shell_quoted(options.directory ? whole : folder);
	OWNED char *file = shell_quoted(path_name(vault));
	output_note(call->output,
		options.file
			? _("There is no .env, no ecosystem file and no vault "
			    "in this folder; `aigenv -C %s -f %s check` looks "
			    "at the vault's.\n")
			: _("There is no .env, no ecosystem file and no vault "
			    "in this folder; `aigenv -C %s check` looks at the "
			    "vault's.\n"),
		word, file);
}

static void look_around(struct looking *looking)
{
	char **found = NULL;
	size_t count = 0;

	if (!check_find_files(subject_is_found, &found, &count, looking->err))
		return;
	for (size_t i = 0; i < count; i++)
		look_at_found(looking, found[i]);
	memory_free_texts(found, count);
	if (count == 0)
		tell_nothing(looking->call);
}

/* Else errno says why not. */
static bool can_be_read(const char *path)
{
	struct stat status;

	if (stat(path, &status) != 0 || access(path, R_OK) != 0)
		return false;
	errno = EISDIR;
	return !S_ISDIR(status.st_mode);
}

/* With --fix all files are there before the first is mended: else none is. */
static bool check_given(const struct invocation *call, struct error *err)
{
	for (size_t i = 0; i < call->argument_count; i++) {
		const char *path = call->arguments[i];
		if (text_equal(path, STDIN_NAME) || can_be_read(path))
			continue;
		error_errno(err, STATUS_IO, errno,
			_("nothing was mended, since one of the files cannot "
			  "be opened"));
		error_at(err, "%s", path);
		return error_next(
			err, _("check the path, or leave that file out"));
	}
	return true;
}

static void look_at_all(struct looking *looking)
{
	const struct invocation *call = looking->call;
	const struct check_values *values = COMMAND_VALUES(check_values, call);

	if (values->from_stdin)
		look_at(looking, STDIN_NAME);
	else if (call->argument_count == 0)
		look_around(looking);
	for (size_t i = 0; i < call->argument_count; i++)
		look_at(looking, call->arguments[i]);
}

void check_print(
	struct output *output, const struct report *report, const char *format)
{
	SCOPED(buf) struct buf text = BUF((size_t)1 << 30);

	if (text_equal_or_null(format, "sarif")) {
		output_json(output, report_sarif(report));
		return;
	}
	if (output->json) {
		output_json(output, report_json(report));
		return;
	}
	if (format && text_equal(format, "github"))
		report_github(report, &text);
	else
		report_human(report, output_width(output, true), &text);
	output_marked(output, &text);
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

/* What is mended of stdin goes to stdout, which then has nothing else. */
static bool is_mended_to_stdout(const struct invocation *call)
{
	const struct check_values *values = COMMAND_VALUES(check_values, call);
	bool from_stdin = values->from_stdin;

	for (size_t i = 0; i < call->argument_count; i++)
		from_stdin = from_stdin ||
			text_equal(call->arguments[i], STDIN_NAME);
	return from_stdin && values->fix;
}

enum status check_env(struct invocation *call, struct error *err)
{
	const struct check_values *values = COMMAND_VALUES(check_values, call);
	struct report report = { .count = 0 };
	struct looking looking = {
		.call = call, .report = &report, .err = err
	};

	if (!check_usage(call, err) ||
		!check_read_readers(values, &looking.readers, err))
		return err->status;
	if (values->fix && !check_given(call, err))
		return err->status;
	*err = (struct error){ .status = STATUS_OK };
	look_at_all(&looking);
	if (err->status != STATUS_OK && looking.mended)
		error_next(err,
			_("see to it and run it again; the other files are "
			  "mended by now"));
	report_end(&report);
	report_sort(&report);
	/* A failure alone has a document of its own. */
	if (!is_mended_to_stdout(call) &&
		(err->status == STATUS_OK || report.count > 0))
		check_print(call->output, &report, values->format);
	bool found = report_matters(&report);
	report_release(&report);
	if (err->status != STATUS_OK)
		return err->status;
	return found ? STATUS_FOUND : STATUS_OK;
}
