/* SPDX-License-Identifier: MIT */
/* What is said of outputs that git would take in with their secrets. */
#ifndef COMMANDS_EXPOSURE_REPORT_H
#define COMMANDS_EXPOSURE_REPORT_H

#include "cli/command.h"
#include "deploy/deployment.h"

/* A warning for each; nothing where git ignores them all, or is not here. */
void report_exposure(
	const struct invocation *call, const struct deployment *deployment);

#endif
