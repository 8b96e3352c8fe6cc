/* SPDX-License-Identifier: MIT */
/*
 * What would mend an env file, edit by edit, and which edits are made: those
 * after which every reader has the values that it had before, or that its
 * finding says it should have.
 */
#ifndef LINT_EDITS_INTERNAL_H
#define LINT_EDITS_INTERNAL_H

#include "base/buf.h"
#include "base/slice.h"
#include "lint/lint.h"

#include <stdbool.h>
#include <stddef.h>

/* Of a finding that is counted and not told. */
#define ITEM_NONE ((size_t)-1)

/* Bytes of the file that are to be replaced. */
struct edit {
	size_t at;   /* offset */
	size_t size; /* 0: to be inserted */
	char *text;  /* owned, wiped */
	size_t text_size;
	size_t number; /* of its finding, from 1, told or not */
	size_t item;   /* in report->items, or ITEM_NONE */
	/* Who reads otherwise once it is made, as its finding says; and who
	 * does not have the value that is meant, named or not. */
	reader_set named, wrong;
	bool new_value; /* the finding is about the value: all read another */
	/* Overlaps the one before, or is the same: what becomes of that becomes
	 * of this, here or when the mended file is looked at again. */
	bool follows;
	bool fits; /* may be made, were its unit all of the file */
	bool made;
	size_t unit; /* of the guard */
};

struct edits {
	struct edit *items; /* owned */
	size_t count;
};

/* With `text`, which is copied, in place of the bytes. */
void edits_add(struct edits *edits, const struct edit *edit, struct slice text);
void edits_release(struct edits *edits);

/* Appends the file with all that is `made`. The edits are in order. */
void edits_apply(const struct edits *edits, const char *bytes, size_t size,
	struct buf *out);

/* Marks what is made of them, and puts them in order. */
void edits_choose(struct edits *edits, const struct subject *subject);

/*
 * Keeps what each reader has of a file, for edits to be held against.
 *
 * A unit is a stretch of lines at whose beginning and end all readers of the
 * subject are between two variables: what is mended in it changes nothing
 * outside of it, unless a reader stopped there.
 */
struct guard;

/* Borrows all three; the edits are in order, and get their units. Never NULL.
 */
struct guard *guard_new(const struct subject *subject, struct edits *edits);
void guard_free(struct guard *guard);

/* The lines of a unit. Borrowed from the subject. */
struct slice guard_unit(const struct guard *guard, size_t unit);

/*
 * Whether the edits that are `made` may be. To a reader that no finding of a
 * unit names nothing may change in it; who is named may get what one who reads
 * the rows right had before, and none may run more than before.
 */
bool guard_allows(struct guard *guard);

/* The findings of the subject, and what of them is mended: `edits` gets what is
 * made, in order. */
void lint_look(struct report *report, const struct subject *subject,
	struct edits *edits);

#endif
