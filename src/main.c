/* SPDX-License-Identifier: MIT */
/* What belongs to the process alone; all else is program_run's. */
#include "base/error.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "cli/program.h"
#include "commands/commands.h"
#include "os/hardening.h"
#include "os/terminal.h"

#include <stdio.h>

int main(int argc, char **argv)
{
	struct error err;

	(void)argc;
	i18n_begin(AIGENV_LOCALE_DIR);
	memory_wipe_json();
	if (!hardening_apply(&err)) {
		(void)fprintf(stderr, "aigenv: %s\n  next   %s\n", err.what,
			err.next);
		return (int)err.status;
	}
	terminal_guard();
	return (int)program_run(commands, argv);
}
