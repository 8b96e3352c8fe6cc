/* SPDX-License-Identifier: MIT */
/* Two profiles, one file (DESIGN "Details"): nothing changes hands unasked. */
#ifndef COMMANDS_TAKE_OVER_H
#define COMMANDS_TAKE_OVER_H

#include "commands/deploy_command.h"

/*
 * Asks on a terminal whether this profile may take over what another one
 * rendered. STATUS_OK: it may, or there is no such file. STATUS_FOUND: the
 * answer was no. STATUS_INVALID: nobody can be asked, and there is no --switch.
 */
enum status take_over_ask(const struct invocation *call,
	const struct deploy_options *options,
	const struct deployment *deployment, struct error *err);

/* The same where "no" is the end of the command, which is said. */
enum status take_over_agreed(const struct invocation *call,
	const struct deploy_options *options,
	const struct deployment *deployment, struct error *err);

/* The outputs of the plan as `outputs` in answers, with paths of the profile's
 * own for those that would be taken over. New reference. */
json_t *take_over_own_outputs(const struct deployment *deployment);

/* For --dry-run: says whose files they are. */
void take_over_tell(
	const struct invocation *call, const struct deployment *deployment);

#endif
