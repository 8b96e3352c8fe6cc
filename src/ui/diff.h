/* SPDX-License-Identifier: MIT */
/*
 * What would change in a file, as a unified diff in which no secret can be
 * read: for `apply --dry-run` and the wizard's summary. Lines are compared as
 * they are; only what is shown is masked.
 */
#ifndef UI_DIFF_H
#define UI_DIFF_H

#include "base/buf.h"
#include "redact/redact.h"

#include <stdbool.h>
#include <stddef.h>

/* Whose line it is: one that goes, or one that comes or stays. */
enum diff_side {
	DIFF_BEFORE,
	DIFF_AFTER
};

/*
 * Whether it is known to be no secret: of an env file a whole line with an
 * assignment, of any other a part of a line that goes.
 */
typedef bool diff_is_plain(
	void *context, enum diff_side side, const char *text, size_t size);

struct diff {
	const char *path;   /* for the heading */
	const char *before; /* NULL where the file is new */
	size_t before_size;
	const char *after;
	size_t after_size;
	/* What it knows is masked wherever it stands; borrowed, may be NULL. */
	const struct redactor *redactor;
	/*
	 * NULL: what goes holds no secrets either, and all of it is shown.
	 * Otherwise nobody knows any more what they were: of a line that goes
	 * only what it shares with the one that comes in its place is shown,
	 * and what is plain.
	 */
	diff_is_plain *is_plain;
	void *context;
	/*
	 * An env file: every value is masked on both sides but the plain ones,
	 * since a file has its owner's secrets too. A line that is no
	 * assignment, comment or blank belongs to a value that spans lines, and
	 * is masked whole.
	 */
	bool assignments;
	/* Of an env file whose values stay: the form of each line is shown,
	 * its quotes, blanks, tabs, carriage returns and whether it ends, and
	 * of comments nothing else. */
	bool form;
};

/* Appends marked text (ui/style.h); nothing where the contents are equal. */
void diff_append(const struct diff *diff, struct buf *out);

#endif
