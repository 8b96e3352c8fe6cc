/* SPDX-License-Identifier: MIT */
#ifndef GIT_RUN_INTERNAL_H
#define GIT_RUN_INTERNAL_H

#include "base/buf.h"

#include <stdbool.h>

/* What `git WORD ... NAME` ends with in the folder, or -1; `said` gets what it
 * prints. The words end with NULL; NAME may be NULL. */
int git_run(const char *folder, const char *const *words, const char *name,
	struct buf *said);

/* The same of what looks at all of a history: it has a minute. */
int git_run_long(const char *folder, const char *const *words, const char *name,
	struct buf *said);

/*
 * The same of what prints more than memory may hold: `take` gets it in pieces,
 * and ends it by false. It may take as long as it takes; the user's ^C ends it.
 * `input` is the descriptor of its stdin; 0: ours.
 */
int git_stream(const char *folder, const char *const *words, int input,
	bool (*take)(void *context, const char *bytes, size_t size),
	void *context);

#endif
