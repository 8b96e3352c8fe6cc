/* SPDX-License-Identifier: MIT */
/*
 * Where a profile's own values lie that belong into its outputs alone: in
 * files that git has or would take, in what builds wrote, in the histories of
 * shells, and in all that git has stored. Values are looked for in this
 * process; git gets none, it is read through a pipe.
 *
 *     struct leaks leaks = { .needles = ..., .tell = ..., .context = ... };
 *
 * Memory does not grow with files or histories; with what is found it does, and
 * with the files that are on disk otherwise than git's index has them.
 */
#ifndef LEAKS_LEAKS_H
#define LEAKS_LEAKS_H

#include "search/search.h"
#include "tree/tree.h"

enum leak_place {
	LEAK_TRACKED, /* a file that git has */
	/* The same in git's index, and not on disk. */
	LEAK_INDEXED,
	LEAK_LAST_COMMIT, /* the same there, and no more in the index */
	LEAK_UNTRACKED,   /* one that `git add` would take; without git, any */
	LEAK_BUILT,     /* in a folder that a build wrote, or that is served */
	LEAK_STAGED,    /* what the next commit takes in */
	LEAK_SHELL,     /* the history of a shell or its like */
	LEAK_COMMITTED, /* a file in git's history */

	LEAK_MESSAGE, /* the message of a commit, the text of a tag */
	LEAK_LOOSE,   /* stored by git, and in no commit */
};

struct leak {
	enum leak_place place;
	/* From the top of the work tree; of a shell absolute; of a message and
	 * what is loose the object's id. Borrowed, as all here. */
	const char *path;
	size_t tag; /* the needle's */
	enum spelling spelling;
	bool broken;
	size_t line, column; /* from 1 on; 0: none */
	size_t more;         /* further places in the file */
	/* The oldest commit that brought it in; "" where there is none. */
	const char *commit;
	const char *date; /* 2026-11-29 */
};

struct leaks {
	struct needles *needles;
	/* All that git has stored is looked through, too: what the last commit
	 * has is found there. */
	bool has_history;
	void (*tell)(void *context, const struct leak *leak);
	void *context;
};

/*
 * Files of the work tree or folder; of those that git has, what its index and
 * the last commit have otherwise, too; then what builds wrote. A value is told
 * once of each. False where git could not list them all.
 */
bool leaks_find_files(const struct leaks *leaks, struct tree *tree);

/* What the next commit takes in. */
bool leaks_find_staged(const struct leaks *leaks, struct tree *tree);

/* Histories of shells, databases' and languages' consoles of this user. */
void leaks_find_shells(const struct leaks *leaks, struct tree *tree);

/* All that git has stored. False where it failed before the last object, or
 * cannot say since when what was found is there. */
bool leaks_find_history(const struct leaks *leaks, struct tree *tree);

#endif
