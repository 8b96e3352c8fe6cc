/* SPDX-License-Identifier: MIT */
/*
 * Lines for .gitignore (gitignore(5), "PATTERN FORMAT").
 */
#ifndef GIT_GITIGNORE_H
#define GIT_GITIGNORE_H

#include "base/buf.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

#define GITIGNORE_FILE ".gitignore"

/* What a crash may leave of aigenv's writing (os/atomic_file.h). */
#define GITIGNORE_TEMPORARY "*.aigenv-*"

/*
 * The line that has git ignore the file at `path`, as seen from the folder of
 * the .gitignore. Its signs stand for themselves. Owned.
 */
char *gitignore_line(const char *path);

/*
 * Whether git reads lines that are added to the .gitignore in `folder`: not
 * where it is a symbolic link, which git does not follow, or no file at all.
 */
bool gitignore_counts(const char *folder);

/*
 * Appends `before` and the lines, in the line ends that it has: every byte of
 * it stays.
 */
void gitignore_append(const struct buf *before, const char *const *lines,
	size_t count, struct buf *after);

/*
 * Adds the lines to the .gitignore in `folder`, which is made where there is
 * none. Lines that come last win over those before them, so they are added
 * whether they are there already or not. STATUS_INVALID where that is no
 * regular file or larger than 1 MiB, STATUS_IO.
 */
bool gitignore_add(const char *folder, const char *const *lines, size_t count,
	struct error *err) MUST_CHECK;

/* The same to another file of such lines: .gitattributes. */
bool gitlines_add(const char *folder, const char *name,
	const char *const *lines, size_t count, struct error *err) MUST_CHECK;

#endif
