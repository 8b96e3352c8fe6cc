/* SPDX-License-Identifier: MIT */
/*
 * What `init` and `import` say to a person: the wizard's questions before, and
 * the summary with its yes or no before anything is written. Both go to the
 * terminal itself, wherever stdout and stderr go.
 */
#ifndef COMMANDS_SETUP_DIALOG_H
#define COMMANDS_SETUP_DIALOG_H

#include "cli/command.h"
#include "deploy/deployment.h"
#include "setup/setup.h"

/* Completes setup->answers. */
bool setup_ask(const struct invocation *call, const struct setup *setup,
	struct error *err) MUST_CHECK;

/* STATUS_OK to go on, STATUS_FOUND for a no. */
enum status setup_confirm(const struct invocation *call,
	const struct setup *setup, const struct deployment *deployment,
	struct error *err);

#endif
