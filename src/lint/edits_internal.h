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
	/* It takes a line out that stands above already, at this offset less 1;
	 * 0: it does not, or readers may take the two differently. */
	size_t twin;
	/* Overlaps the one before, or is the same: what becomes of that becomes
	 * of this, here or when the mended file is looked at again. */
	bool follows;
	bool followed; /* before any were chosen */
	bool fits;     /* may be made, were its unit all of the file */
	bool made;
	size_t unit; /* of the guard */
};

/* Bytes of the file from a line's beginning to that of another. */
struct span {
	size_t at, end;
};

struct edits {
	struct edit *items; /* owned */
	size_t count;
	/* Of a large file: rows of several lines, and those behind which a
	 * reader may have lost its way; in order. */
	struct span *spans; /* owned */
	size_t span_count;
	reader_set run; /* of a large file: who may run a part as a command */
	size_t left; /* offset from which on nothing was looked at; 0: none */
};

/* With `text`, which is copied, in place of the bytes. */
void edits_add(struct edits *edits, const struct edit *edit, struct slice text);
void edits_drop(struct edits *edits, size_t index);
void edits_release(struct edits *edits);

/* Appends the file with all that is `made`. The edits are in order. */
void edits_apply(const struct edits *edits, const char *bytes, size_t size,
	struct buf *out);

/* A file of this size is looked at as a whole. */
#define EDITS_WHOLE ((size_t)1 << 18)
/* So many are looked for in a larger one that is not mended. */
#define EDITS_SHOWN 100

bool edits_are_many(const struct edits *edits, const struct subject *subject);

bool edits_is_any_made(const struct edits *edits);

/* A row for edits->spans. */
void edits_note_span(struct edits *edits, const struct span *span);

void edits_put_in_order(struct edits *edits);

/* Marks what is made of them, which are in order. Says whether all readers are
 * between two variables at the end of the file as it was. */
bool edits_choose_whole(struct edits *edits, const struct subject *subject);

/* Whether the same edits are asked for `apart` bytes behind those that were
 * chosen of `known`; then the same of them are made. The bytes are equal. */
bool edits_choose_alike(
	struct edits *edits, const struct edits *known, size_t apart);

/* Puts them in order, and marks what is made of a file of any size. */
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

/* What is put below a stretch of a file: who has lost its way in it does not
 * read this right. */
#define GUARD_TAIL "AIGENV_0=1\nAIGENV_1='1'\nAIGENV_2=\"1\"\n"

/* Whether all readers read the tail at the end of the file as it was; whoever
 * stopped above does not count. */
bool guard_reads_tail(const struct guard *guard);

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
