/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cli/output.h"
#include "commands/verify_report.h"
#include "explain/explain.h"
#include "os/file.h"
#include "os/terminal.h"

#include <stddef.h>
#include <unistd.h>

/* `aigenv explain`: the diagnosis of an answer that somebody else got. */

struct values {
	const char *provider, *model;
};

static run_command run;

const struct command command_explain = {
	.name = "explain",
	.arguments = "[FILE]",
	.takes_files = true,
	.summary = N_("name the cause of an answer that somebody else got"),
	.description = N_(
		"Reads what people paste: the output of curl, wget, HTTPie or "
		"PowerShell, the error that an SDK printed, lines of a log, a "
		"browser's HAR, or only a body; from FILE or stdin, at most 1 "
		"MiB. Of several answers the last that is an error counts. No "
		"call is made and no vault is needed; keys in the paste are "
		"masked in everything that is printed. Where the answer does "
		"not tell two causes apart, both are named, and what would "
		"tell. A paste without an answer, or with one that does not "
		"say what is wrong, is not recognised (exit 3)."),
	OPTIONS(values,
		OPTION(values, provider, "provider", .value = "SLUG",
			.help = N_("whose answer it is, where the paste does "
				   "not tell")),
		OPTION(values, model, "model", .value = "NAME",
			.help = N_("the model that was asked for, where the "
				   "paste does not tell"))),
	.examples = EXAMPLES({ "aigenv explain answer.txt",
				     N_("what `curl -i` printed, in a file") },
		{ "pm2 logs api --nostream --err | aigenv explain",
			N_("the last error in a log") },
		{ "aigenv explain --provider xiaomi error.txt",
			N_("an SDK's error does not say whose it is") }),
	.statuses = (const enum status[]){ STATUS_USAGE, STATUS_INVALID,
		STATUS_IO, STATUS_INTERRUPTED, STATUS_OK },
	.least = 0,
	.most = 1,
	.run = run,
};

static bool read_paste(
	struct invocation *call, struct buf *text, struct error *err)
{
	const char *file = call->argument_count > 0 ? call->arguments[0] : "-";
	const char *name = NULL;

	if (text_equal(file, "-") && terminal_is(STDIN_FILENO))
		output_note(call->output,
			_("Paste the answer, then press Enter and Ctrl-D.\n"));
	return file_read_argument(file, &name, text, err);
}

static bool explain(
	struct invocation *call, const struct buf *text, struct error *err)
{
	const struct values *values = COMMAND_VALUES(values, call);
	const struct explain_question question = {
		.text = buf_cstring(text),
		.size = text->size,
		.provider = values->provider,
		.model = values->model,
	};
	SCOPED(explanation) struct explanation explanation = { 0 };

	if (!explain_paste(&question, &explanation, err))
		return false;
	report_verify_result(call->output, &explanation.result, true);
	output_json(call->output, explanation_json(&explanation));
	return true;
}

static enum status run(struct invocation *call, struct error *err)
{
	SCOPED(buf) struct buf text = BUF(EXPLAIN_LIMIT);

	return read_paste(call, &text, err) && explain(call, &text, err)
		? STATUS_OK
		: err->status;
}
