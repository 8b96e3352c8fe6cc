/* SPDX-License-Identifier: MIT */
/*
 * What the manual lists and the program knows: rows of word and meaning from
 * the tables by which it works.
 */
#ifndef MANUAL_ROWS_H
#define MANUAL_ROWS_H

#include "ui/layout.h"

/*
 * Adds the rows of the table of that name: "exit-codes", "diagnoses",
 * "readers", "settings" or "rules". A name without a table is a slip in a text
 * of the manual: it becomes a row that says so, which a test looks for.
 */
void rows_add(const char *name, struct table *rows);

#endif
