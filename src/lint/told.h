/* SPDX-License-Identifier: MIT */
/*
 * What was found in rows, by their shape (judge.h). Of a rule that has told all
 * that it tells one by one (FINDINGS_PER_RULE) the next findings are only
 * counted: rows of a shape that was there need not be looked at for that.
 */
#ifndef LINT_TOLD_H
#define LINT_TOLD_H

#include "report/report.h"

#include <stdbool.h>
#include <stdint.h>

struct told;

/* Never NULL. */
struct told *told_new(void);
void told_free(struct told *told);

/* Counts what was found in a row of that shape. False where nothing is known of
 * the shape, or something of it is still to be told in words. */
bool told_again(struct told *told, struct report *report, uint64_t shape);

/* Before a row is looked at, and behind it: keeps what was found. */
void told_begin(struct told *told, const struct report *report);
void told_keep(struct told *told, const struct report *report, uint64_t shape);

#endif
