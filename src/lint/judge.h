/* SPDX-License-Identifier: MIT */
/*
 * Who suffers from a row, as the models of the readers have it: the row alone,
 * and a plain assignment below it, which has to come through. Rows that differ
 * in words and numbers alone are judged once.
 */
#ifndef LINT_JUDGE_H
#define LINT_JUDGE_H

#include "envfile/walk.h"
#include "readers/readers.h"

#include <stdbool.h>
#include <stdint.h>

struct judgement {
	/* Who takes another value than was meant (compare.h), another name,
	 * nothing, or loses what stands below; of a row that is not an
	 * assignment, who does not pass it over. */
	reader_set wrong;
	reader_set expands; /* who puts something in for $NAME or ~ */
	reader_set runs;    /* who runs a part of it as a command */
	reader_set lost; /* of those who are wrong, who loses what is below */
};

struct judge;

/* Never NULL. */
struct judge *judge_new(void);
void judge_free(struct judge *judge);

/*
 * A number that rows of one shape have, and no others: what is found in one is
 * found in each, but for what a rule reads between names. False where the row
 * is too long.
 */
bool judge_shape(
	struct judge *judge, const struct envfile_row *row, uint64_t *shape);

/* False where the row is too long, or too many were judged already: it may then
 * be anything. A key without quotes (is_block) has a rule of its own, which
 * asks for no judgement. */
bool judge_row(struct judge *judge, const struct envfile_row *row,
	struct judgement *judgement);

/* Who would read something else than the value from NAME=spelling, or lose what
 * stands above or below it (readers_of_line). */
reader_set judge_spelling(struct judge *judge, struct slice name,
	const char *spelling, struct slice value);

#endif
