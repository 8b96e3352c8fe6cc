/* SPDX-License-Identifier: MIT */
/*
 * What would change in a file, as a unified diff in which no secret can be
 * read: for `apply --dry-run` and the wizard's summary. Lines are compared as
 * they are; only what is shown is masked.
 */
#ifndef UI_DIFF_H
#define UI_DIFF_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

struct diff_secret {
	const char *value;
	size_t size;
};

struct diff {
	const char *path;   /* for the heading */
	const char *before; /* NULL where the file is new */
	size_t before_size;
	const char *after;
	size_t after_size;
	/* Masked wherever they stand. Values under four bytes are not looked
	 * for: every other word would be one. */
	const struct diff_secret *secrets;
	size_t secret_count;
	/*
	 * An env file: every value is masked but those of `plain_names` (ended
	 * by NULL; NULL for none), since a file has its owner's secrets too. A
	 * line that is no assignment, comment or blank belongs to a value that
	 * spans lines, and is masked whole.
	 */
	bool assignments;
	const char *const *plain_names;
};

/* Appends marked text (ui/style.h); nothing where the contents are equal. */
void diff_append(const struct diff *diff, struct buf *out);

#endif
