/* SPDX-License-Identifier: MIT */
/*
 * The files of a work tree, and the versions that the index has of those that a
 * commit would change.
 */
#ifndef GIT_FILES_H
#define GIT_FILES_H

#include "git/history.h"

#include <stdbool.h>

enum git_kind {
	GIT_KIND_FILE,
	GIT_KIND_LINK,      /* a symbolic link */
	GIT_KIND_SUBMODULE, /* another repository */
};

struct git_entry {
	const char *path; /* from the top of the work tree; borrowed */
	enum git_kind kind;
	bool tracked;   /* else `git add` would take it */
	const char *id; /* of its object in the index; "" where untracked */
};

typedef void git_each(void *context, const struct git_entry *entry);

/* The top of the work tree that the folder is in, absolute; NULL where it is in
 * none, there is no git, or it refuses, or that has no .git and
 * GIT_WORK_TREE names none. Owned. */
char *git_top(const char *folder);

/* Whether it lacks what is before some commits. */
bool git_is_shallow(const char *top);

/* All files that are tracked. False where git cannot tell, perhaps after some.
 */
bool git_each_tracked(const char *top, git_each *each, void *context);

/* Those that are neither tracked nor ignored. False where git cannot tell,
 * perhaps after some of them. */
bool git_each_other(const char *top, git_each *each, void *context);

/* The tracked ones, then the others.
 * False where git cannot tell, perhaps after some of them. */
bool git_each_file(const char *top, git_each *each, void *context);

/* Files that are ignored, but for those in folders that are. */
bool git_each_ignored(const char *top, git_each *each, void *context);

/* Those that the index has otherwise than HEAD, less those that are gone. */
bool git_each_staged(const char *top, git_each *each, void *context);

#endif
