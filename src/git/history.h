/* SPDX-License-Identifier: MIT */
/*
 * What git has of a file: its versions in commits and in the index, and whether
 * a text in it was ever taken out. Each is asked of git itself in `folder`, for
 * the file `name` there. Without git, a repository or the version there is
 * simply nothing.
 */
#ifndef GIT_HISTORY_H
#define GIT_HISTORY_H

#include "base/buf.h"

#include <stdbool.h>

/* Appends the file as a revision has it, "HEAD" or ":2", a stage of the index
 * ("gitrevisions"). False, too, where it does not fit. */
bool git_file(const char *folder, const char *revision, const char *name,
	struct buf *text);

/* A merge that is not resolved: which stages the index has. */
enum {
	GIT_STAGE_BASE = 1 << 1,
	GIT_STAGE_OURS = 1 << 2,
	GIT_STAGE_THEIRS = 1 << 3,
};
unsigned git_stages(const char *folder, const char *name);

#define GIT_ID_SIZE 65 /* hex of SHA-256, with the NUL */

/* The commit that a revision names: its id. */
bool git_commit(const char *folder, const char *revision, char id[GIT_ID_SIZE]);

/* The best common ancestor of two. */
bool git_merge_base(const char *folder, const char *one, const char *other,
	char id[GIT_ID_SIZE]);

enum git_removal {
	GIT_NO_WORK_TREE,
	GIT_NEVER_REMOVED,
	GIT_REMOVED,
	GIT_CANNOT_TELL, /* a shallow clone, too much history, no git */
};

/* Whether a commit that can be reached from anywhere took a line with `text`
 * out of the file, in whatever folder it was then. */
enum git_removal git_find_removal(
	const char *folder, const char *name, const char *text);

#endif
