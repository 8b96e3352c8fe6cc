/* SPDX-License-Identifier: MIT */
/*
 * Sources of programs: calls that somebody wrote down. What stands in one is
 * what a program would say, and not what it said. Pure.
 */
#ifndef WORDING_SOURCE_H
#define WORDING_SOURCE_H

#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>

/* A line of a source by its end and what is in it: an arm, a statement, an
 * element, a condition, a command that looks for words. */
bool source_is_line(struct slice line);

/* "const err = ", "enum Code ": what begins behind it was written down. */
bool source_assigns(struct slice line);

/* "fix(api): ...", as the subjects of commits have it. */
bool source_is_subject(struct slice line);

/* Most of it is a source, or settings in YAML, and no line of it a program's
 * error. */
bool source_is_text(struct slice text);

/* "requests_total{status="401"} 17", and what asks for such numbers. */
bool source_is_metric(struct slice line);

/*
 * The size of the statement that begins with the text and is a call with words
 * in it: `return res.status(401).json({ error: "No key" });`, over several
 * lines too. 0 where none begins there, or the bytes that may be looked at, of
 * which it takes what it did, do not do.
 */
size_t source_call(struct slice text, size_t *budget);

#endif
