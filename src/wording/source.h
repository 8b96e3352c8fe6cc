/* SPDX-License-Identifier: MIT */
/*
 * Sources of programs: calls that somebody wrote down. What stands in one is
 * what a program would say, and not what it said. Pure.
 */
#ifndef WORDING_SOURCE_H
#define WORDING_SOURCE_H

#include "base/slice.h"

#include <stddef.h>

/*
 * The size of the statement that begins with the text and is a call with words
 * in it: `return res.status(401).json({ error: "No key" });`, over several
 * lines too. 0 where none begins there.
 */
size_t source_call(struct slice text);

#endif
