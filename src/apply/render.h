/* SPDX-License-Identifier: MIT */
/*
 * One output, in memory: what its file is to hold, and what that changes.
 *
 * An env file that exists is edited: lines that aigenv does not manage stay as
 * they are, byte for byte. Any other output is rendered whole, over a file that
 * aigenv rendered itself and never over one that somebody else wrote.
 */
#ifndef APPLY_RENDER_H
#define APPLY_RENDER_H

#include "apply/rendered.h"
#include "base/error.h"

#include <stdbool.h>

/*
 * STATUS_INVALID for an output path that leaves the folder, a file that aigenv
 * did not render, a value that cannot be written, a template's error;
 * STATUS_LOCKED_OUT for a user's template whose hash is not the sealed one.
 */
bool render_output(const struct render_input *input,
	const struct profile_output *output, struct rendered *rendered,
	struct error *err) MUST_CHECK;

#endif
