/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_SEAL_TEXTCONV_H
#define COMMANDS_SEAL_TEXTCONV_H

#include "cli/command.h"

/* `aigenv seal --textconv FILE`: what git's diff driver calls. Any file that
 * can be read ends with STATUS_OK, or `git diff` would fail. */
enum status seal_textconv(
	const struct invocation *call, const char *path, struct error *err);

#endif
