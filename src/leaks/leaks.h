/* SPDX-License-Identifier: MIT */
/*
 * Where a profile's own values lie that belong in its outputs alone: in
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
	LEAK_SKIPPED,     /* the same, and git overlooks what is on disk */
	LEAK_LAST_COMMIT, /* the same there, and no more in the index */
	LEAK_UNTRACKED,   /* one that `git add` would take; without git, any */
	LEAK_BUILT,     /* in a folder that a build wrote, or that is served */
	LEAK_STAGED,    /* what the next commit takes in */
	LEAK_SHELL,     /* the history of a shell or its like */
	LEAK_COMMITTED, /* a file in git's history */
	/* The name of one there, of a folder, or of what the index or the last
	 * commit has: the commit is "" then. */
	LEAK_NAMED,
	LEAK_MESSAGE,  /* a commit itself: its message, who made it */
	LEAK_TAG,      /* the same of a tag */
	LEAK_NOTE,     /* a note of `git notes` */
	LEAK_REF,      /* the name of a branch, tag or another ref */
	LEAK_SETTING,  /* a setting of the repository */
	LEAK_REFLOG,   /* a line of a reflog, and no message of a commit */
	LEAK_HELD,     /* stored, and led to by a tag or another work tree */
	LEAK_LOOSE,    /* stored, and nothing leads to it */
	LEAK_UNPLACED, /* stored, and git cannot tell what leads to it */
};

struct leak {
	enum leak_place place;
	/* From the top of the work tree; of a shell absolute; the name of a tag
	 * or ref, or a setting's key; of what is stored without one the
	 * object's id, of a note that of what it is about; of a commit "".
	 * Borrowed, as all here. */
	const char *path;
	bool in_name; /* the path ends behind the name that has the value */
	size_t tag;   /* the needle's */
	enum spelling spelling;
	bool broken;
	size_t line, column; /* from 1 on; 0: none */
	size_t more; /* more places in the file, or commits or objects */
	/* The oldest commit that brought it in; "" where there is none. */
	const char *commit;
	const char *date; /* 2026-11-29; "": git cannot read it */
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
 * Files of the work tree or folder, and their names; of those that git has,
 * what its index and the last commit have otherwise, too; then what builds
 * wrote. A value is told once of each. Names that git has are left to
 * leaks_find_history, where that is to come. False where git could not list
 * them all.
 */
bool leaks_find_files(const struct leaks *leaks, struct tree *tree);

/* What the next commit takes in, names too. */
bool leaks_find_staged(const struct leaks *leaks, struct tree *tree);

/* Histories of shells, databases' and languages' consoles of this user. */
void leaks_find_shells(const struct leaks *leaks, struct tree *tree);

/*
 * All that git has stored, its settings and reflogs, and names that the index
 * has, less the content of what the index alone has: leaks_find_files tells
 * that. *missing is how many objects are named there and are not. False where
 * git failed before the last, or cannot say what leads to them.
 */
bool leaks_find_history(
	const struct leaks *leaks, struct tree *tree, size_t *missing);

#endif
