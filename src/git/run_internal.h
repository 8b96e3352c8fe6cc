/* SPDX-License-Identifier: MIT */
#ifndef GIT_RUN_INTERNAL_H
#define GIT_RUN_INTERNAL_H

#include "base/buf.h"

#include <stdbool.h>

/* environment.c: what of the caller's environment git needs in that folder,
 * less what misleads it, with guards against what a repository may have it do.
 * The list ends with NULL and is owned, its texts are borrowed. */
const char **git_environment(const char *folder);

/* The folder in which git keeps what it has of this one's work tree, of a
 * linked one its part alone. No program is started. NULL: none. Owned. */
char *git_own_folder(const char *folder);

/* What `git WORD ... NAME` ends with in the folder, or -1; `said` gets what it
 * prints. The words end with NULL; NAME may be NULL. */
int git_run(const char *folder, const char *const *words, const char *name,
	struct buf *said);

/* The same of what looks at all of a history: it has a minute. */
int git_run_long(const char *folder, const char *const *words, const char *name,
	struct buf *said);

/* git that neither prints nor computes for so long waits for something that
 * does not come: a pipe in place of a file that it reads. */
#define GIT_SILENCE_MS 30000
/* What git_stream returns then. */
#define GIT_SILENT (-2)

struct git_stream {
	int input; /* descriptor of its stdin; 0: ours */
	bool (*take)(void *context, const char *bytes, size_t size);
	void *context;
	int silence_ms;     /* 0: GIT_SILENCE_MS */
	struct buf *errors; /* its stderr, if not NULL */
};

/*
 * The same of what prints more than memory may hold: `take` gets it in pieces,
 * and ends it by false. It may take as long as it takes; the user's ^C ends it,
 * and so does its silence (GIT_SILENT).
 */
int git_stream(const char *folder, const char *const *words,
	const struct git_stream *stream);

#endif
