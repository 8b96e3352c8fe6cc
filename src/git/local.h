/* SPDX-License-Identifier: MIT */
/*
 * What a repository has beside its objects, and no clone gets: its settings and
 * its reflogs. Either may have secrets in it; texts are borrowed during the
 * call, and wiped behind it.
 */
#ifndef GIT_LOCAL_H
#define GIT_LOCAL_H

#include <stdbool.h>

typedef void git_each_pair(
	void *context, const char *first, const char *second);

/* The key and the value of every setting of the repository and of this work
 * tree, and of what these include. False where git cannot tell, perhaps after
 * some. */
bool git_each_setting(const char *folder, git_each_pair *each, void *context);

/* The ref, as `git reflog` takes it, and the message of every line of every
 * reflog, those of other work trees too; the newest first of each. False as
 * above. */
bool git_each_reflog(const char *folder, git_each_pair *each, void *context);

#endif
