/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_SEAL_MERGE_H
#define COMMANDS_SEAL_MERGE_H

#include "cli/command.h"

struct seal_merge_options {
	const char *take; /* "ours", "theirs" or NULL */
	const char *base, *ours, *theirs, *out;
};

/* `aigenv seal --merge`: two versions of the vault become one (aigenv help
 * git). */
enum status seal_merge(const struct invocation *call,
	const struct seal_merge_options *options, bool yes, struct error *err);

/* STATUS_USAGE where one of its options was given without --merge. */
bool seal_check_no_merge(
	const struct seal_merge_options *options, struct error *err) MUST_CHECK;

#endif
