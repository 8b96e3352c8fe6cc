/* SPDX-License-Identifier: MIT */
/*
 * Whether git would take a file in. git itself is asked, as it alone knows all
 * of it: .gitignore files of every folder, info/exclude, the user's own
 * excludes, the index, work trees and submodules.
 */
#ifndef GIT_SIGHT_H
#define GIT_SIGHT_H

#include <stdbool.h>

enum git_sight {
	/* No work tree, no git program, or one that refuses: nothing is known.
	 */
	GIT_KNOWS_NOTHING,
	GIT_IGNORES,
	/* `git add .` takes it in; or what could say no is a pipe. */
	GIT_WOULD_TAKE,
	GIT_TRACKS, /* it is in the index, whatever is ignored */
};

/*
 * The file need not be there, nor its folder. A symbolic link is followed: what
 * counts is where the bytes are. Outside of every work tree no program is
 * started.
 */
enum git_sight git_look(const char *path);

/* Whether the folder is in a work tree. No program is started. */
bool git_is_work_tree(const char *folder);

/* Whether the file is there in a work tree, and not yet as it is in a commit;
 * false also where nothing is known, or it is ignored. */
bool git_has_changes(const char *path);

/* A file as git knows it: where a symbolic link leads to. */

struct tracked {
	char *folder, *name; /* owned */
};

/* One that leads nowhere is as it is. */
struct tracked tracked_of(const char *path);
void tracked_release(struct tracked *tracked);

#endif
