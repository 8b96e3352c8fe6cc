/* SPDX-License-Identifier: MIT */
/*
 * The corpora of unit tests: in a folder of tests/corpus each NAME.txt is what
 * people paste, and NAME.json beside it what is to be read of it.
 */
#ifndef SUPPORT_CORPUS_H
#define SUPPORT_CORPUS_H

#include "base/buf.h"

#include <jansson.h>
#include <stddef.h>

/* `name` is for messages; everything is borrowed for the call. */
typedef void corpus_try(
	const char *name, const struct buf *text, json_t *expected);

/* Calls `try_one` for each pair; returns how many there are. What cannot be
 * read fails the test. */
size_t corpus_walk(const char *folder, corpus_try *try_one);

#endif
