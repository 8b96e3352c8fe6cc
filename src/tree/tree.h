/* SPDX-License-Identifier: MIT */
/*
 * The files of a project, for who looks through all of them: by git's list
 * where there is a work tree, else by folder, less what others put there
 * (node_modules and its like). Files are opened such that no symbolic link
 * leads out of the project, and no pipe or device is waited for.
 */
#ifndef TREE_TREE_H
#define TREE_TREE_H

#include "base/buf.h"
#include "base/error.h"
#include "base/name_table.h"

#include <stdbool.h>
#include <stddef.h>

/* What was not looked at, and why. */
enum passed {
	PASSED_LINK,       /* a symbolic link out of the project */
	PASSED_SUBMODULE,  /* another repository in it */
	PASSED_SPECIAL,    /* a pipe, socket or device */
	PASSED_UNREADABLE, /* no permission, or another failure */
	PASSED_DEEP,       /* a folder in more than 200 others */
	PASSED_BINARY,
	PASSED_LARGE,
	PASSED_BROKEN, /* an object of git that cannot be read */
	PASSED_END,
};

/* Each once, however often it was met. */
struct passed_over {
	size_t counts[PASSED_END];
	char *first[PASSED_END]; /* owned */
	struct name_set seen;    /* "WHY WHAT" */
};

void passed_note(struct passed_over *passed, enum passed why, const char *what);
void passed_release(struct passed_over *passed);

struct tree {
	char *top;    /* of the work tree, else the folder; absolute; owned */
	int folder;   /* the same, open */
	bool has_git; /* git lists the files */
	/* It is a work tree, but git is not there, or refuses it: files are
	 * listed by folder, also those that git would ignore. */
	bool git_is_silent;
	struct passed_over passed;
};

/* The project that the folder belongs to. STATUS_IO. */
bool tree_open(struct tree *tree, const char *folder, struct error *err)
	MUST_CHECK;
void tree_release(struct tree *tree);

struct tree_file {
	const char *path; /* from the top; borrowed */
	bool tracked;     /* by git */
};

typedef void tree_found(void *context, const struct tree_file *file);

/* All files and symbolic links that are tracked or that `git add` would take.
 * False where git could not list them all. */
bool tree_each(struct tree *tree, tree_found *found, void *context);

/* Files that git ignores and that lie in no folder that it ignores; without git
 * none, as tree_each has them. */
void tree_each_ignored(struct tree *tree, tree_found *found, void *context);

/* All files in folders that builds write: dist, .next, public and their like,
 * whether git has them or not. */
void tree_each_built(struct tree *tree, tree_found *found, void *context);

/* The file, opened to be read, or -1: it is gone, is a link, which is noted
 * where it leads out of the project, or was passed over. *size
 * (may be NULL) is its size in bytes. */
int tree_file(struct tree *tree, const char *path, size_t *size);

/* Appends where the symbolic link leads, which is not followed. False where it
 * is none, or lies behind one. */
bool tree_link(const struct tree *tree, const char *path, struct buf *text);

#endif
