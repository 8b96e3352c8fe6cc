/* SPDX-License-Identifier: MIT */
#include "commands/secret_value.h"

#include "base/i18n.h"
#include "cli/output.h"
#include "os/source.h"
#include "os/terminal.h"

#include <unistd.h>

static bool refuse_empty(const char *from, const char *name, struct error *err)
{
	error_set(err, STATUS_INVALID, _("the value of %s is empty"), name);
	error_at(err, "--from %.200s", from);
	return error_next(err,
		_("put the value there, or name another source: @FILE, "
		  "env:VAR, fd:N or - (stdin)"));
}

/* A script that forgot the pipe, or whose pipe had nothing in it. */
static bool refuse_silence(const char *name, struct error *err)
{
	error_set(err, STATUS_INVALID,
		_("the value of %s is missing: nothing came in on stdin"),
		name);
	return error_next(err,
		_("pipe the value in, name its source by --from (@FILE, "
		  "env:VAR, fd:N), or run this in a terminal to be asked"));
}

bool secret_value_read(const struct invocation *call, const char *from,
	const char *name, const char *prompt, struct secret *value,
	struct error *err)
{
	if (from)
		return source_read(from, value, err) &&
			(value->size || refuse_empty(from, name, err));
	if (!terminal_is(STDIN_FILENO))
		return source_read("-", value, err) &&
			(value->size || refuse_silence(name, err));
	if (call->global->no_input) {
		error_set(err, STATUS_USAGE, _("the value of %s is missing"),
			name);
		return error_next(err,
			_("give --from SOURCE: with --no-input nothing is "
			  "asked"));
	}
	output_flush(call->output);
	return terminal_read_hidden(prompt, SOURCE_LIMIT, value, err);
}
