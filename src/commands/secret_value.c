/* SPDX-License-Identifier: MIT */
#include "commands/secret_value.h"

#include "base/i18n.h"
#include "cli/output.h"
#include "os/source.h"
#include "os/terminal.h"

#include <unistd.h>

bool secret_value_read(const struct invocation *call, const char *from,
	const char *name, const char *prompt, struct secret *value,
	struct error *err)
{
	if (from)
		return source_read(from, value, err);
	if (!terminal_is(STDIN_FILENO))
		return source_read("-", value, err);
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
