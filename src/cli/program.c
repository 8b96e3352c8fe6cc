/* SPDX-License-Identifier: MIT */
#include "cli/program.h"

#include "base/i18n.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/help.h"
#include "cli/output.h"
#include "cli/parse.h"
#include "os/directory.h"
#include "os/file.h"
#include "ui/style.h"

#include <errno.h>
#include <unistd.h>

/*
 * Usage errors come before the options are known: whether colour or JSON is
 * wanted is then read from the words themselves.
 */
static struct global_options options_for_errors(char **argv)
{
	struct global_options global = { 0 };

	for (; *argv && !text_equal(*argv, "--"); argv++) {
		if (text_equal(*argv, "--no-color"))
			global.no_color = true;
		else if (text_equal(*argv, "--json"))
			global.json = true;
	}
	return global;
}

static enum status show_help(const struct command *const *all,
	const struct parsed *parsed, struct output *output)
{
	SCOPED(buf) struct buf text = BUF((size_t)1 << 20);
	size_t columns = help_columns(output->results.file);

	if (parsed->command) {
		help_command(parsed->command, parsed->parent, columns, &text);
		output_json(output,
			help_command_json(parsed->command, parsed->parent));
	} else {
		help_overview(all, columns, &text);
		output_json(output, help_overview_json(all));
	}
	output_marked(output, &text);
	return STATUS_OK;
}

/* Nothing was asked: the same help, as an answer to a mistake. */
static enum status show_overview_as_error(
	const struct command *const *all, struct output *output)
{
	SCOPED(buf) struct buf text = BUF((size_t)1 << 20);

	help_overview(all, help_columns(output->notes.file), &text);
	output_warning(output, "%s", buf_cstring(&text));
	output_json(output, help_overview_json(all));
	return STATUS_USAGE;
}

static bool enter_directory(const char *directory, struct error *err)
{
	if (!directory || path_enter(directory) == 0)
		return true;
	error_errno(err, STATUS_IO, errno,
		_("cannot enter the folder that -C names"));
	error_at(err, "%s", directory);
	return error_next(err, _("give -C a folder that exists"));
}

static void note_waiting(void *context, const char *path)
{
	OWNED char *shown = style_foreign(path);

	output_note(context,
		_("%s is a pipe: waiting for what is written to it\n"), shown);
}

static enum status call_command(const struct command *const *all,
	struct parsed *parsed, struct output *output, struct error *err)
{
	OWNED char *started_in = path_resolve(".");
	struct invocation call = {
		.command = parsed->command,
		.parent = parsed->parent,
		.all = all,
		.global = &parsed->global,
		.values = parsed->values,
		.started_in = started_in ? started_in : ".",
		.arguments = parsed->arguments,
		.argument_count = parsed->argument_count,
		.output = output,
	};
	enum status status = STATUS_IO;

	if (!isatty(STDIN_FILENO))
		parsed->global.no_input = true;
	file_tell_waiting(note_waiting, output);
	if (enter_directory(parsed->global.directory, err))
		status = parsed->command->run(&call, err);
	file_tell_waiting(NULL, NULL);
	memory_wipe_stack();
	return status;
}

static enum status dispatch(const struct command *const *all,
	struct parsed *parsed, struct output *output, struct error *err)
{
	if (parsed->global.help)
		return show_help(all, parsed, output);
	if (parsed->global.version) {
		output_text(output, "aigenv %s\n", AIGENV_VERSION);
		output_json(output, json_build("{version:%s}", AIGENV_VERSION));
		return STATUS_OK;
	}
	if (!parsed->command)
		return show_overview_as_error(all, output);
	return call_command(all, parsed, output, err);
}

static bool is_success(enum status status)
{
	return status == STATUS_OK || status == STATUS_FOUND;
}

/* Prints the error; what could not be printed is an error of its own. */
static enum status conclude(
	struct output *output, enum status status, struct error *err)
{
	struct error write_error;
	bool shown = is_success(status) || err->what[0] == '\0';

	if (!is_success(status) && err->what[0])
		output_error_json(output, err);
	if (!output_finish(output, &write_error) && is_success(status)) {
		output_error(output, &write_error);
		return write_error.status;
	}
	if (!shown)
		output_error(output, err);
	return status;
}

enum status program_run(const struct command *const *all, char **argv)
{
	struct parsed parsed = { 0 };
	struct output output;
	struct error err = { 0 };
	struct global_options early = options_for_errors(argv);
	char **words = *argv ? argv + 1 : argv;
	enum status status = STATUS_USAGE;

	if (parse_command_line(all, words, &parsed, &err)) {
		output_init(&output, &parsed.global, all);
		status = dispatch(all, &parsed, &output, &err);
	} else {
		output_init(&output, &early, all);
	}
	status = conclude(&output, status, &err);
	output_release(&output);
	parsed_release(&parsed);
	memory_wipe_stack();
	return status;
}
