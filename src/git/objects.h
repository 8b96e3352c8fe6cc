/* SPDX-License-Identifier: MIT */
/*
 * All that a repository has stored: every version of every file, also of
 * stashes, of branches that were deleted and of what was staged and never
 * committed, until git throws it away; messages of commits, and the names of
 * branches and tags.
 */
#ifndef GIT_OBJECTS_H
#define GIT_OBJECTS_H

#include "git/history.h"

#include <stdbool.h>
#include <stddef.h>

enum git_object {
	GIT_OBJECT_BLOB,
	GIT_OBJECT_COMMIT,
	GIT_OBJECT_TAG,
	GIT_OBJECT_TREE,
	GIT_OBJECT_BROKEN, /* it is named, and cannot be read */
};

/* Who gets them. The bytes come in pieces, and are wiped afterwards. */
struct git_reader {
	void (*begin)(void *context, const char *id, enum git_object type);
	void (*bytes)(void *context, const char *bytes, size_t size);
	/* Not whole: it is broken, or not here, and was passed over. */
	void (*end)(void *context, bool whole);
	void *context;
};

/* Every object, each once, in no order. False where git failed before the
 * last; broken ones are passed over. */
bool git_read_all(const char *folder, const struct git_reader *reader);

/* Those whose ids stand in the list, one to a line, each begun once, in its
 * order. */
bool git_read_listed(
	const char *folder, const char *ids, const struct git_reader *reader);

struct git_held {
	const char *id;   /* borrowed, as all here */
	const char *name; /* a path, cut at a line end, or a tag's; "": none */
	bool is_here;     /* else it is missing or broken */
};

/*
 * Every object that a ref, a reflog or the index of any work tree leads to,
 * each once. False where git cannot tell, or said that it passed over one of
 * these: then there may be more.
 */
bool git_each_held(const char *folder,
	void (*each)(void *context, const struct git_held *held),
	void *context);

/* Whether it has objects of another repository, by the way of "alternates". */
bool git_has_alternates(const char *folder);

/* The full name of every ref, "refs/heads/main". False where git cannot tell,
 * perhaps after some. */
bool git_each_ref(const char *folder,
	void (*each)(void *context, const char *name), void *context);

struct git_origin {
	const char *commit; /* the id; borrowed, as all here */
	const char *date;   /* "2026-11-29"; "": git cannot read it */
	const char *path;   /* from the top; "": the commit itself */
	const char *blob;   /* the id of what it brought in */
};

/*
 * Every commit, a stash too, and every file version that it brought in, newest
 * first: of those that can still be reached, also by a reflog alone; of a merge
 * those that no parent has so. False where git cannot tell, or passed over a
 * ref: then there may be more.
 */
bool git_each_origin(const char *folder,
	void (*each)(void *context, const struct git_origin *origin),
	void *context);

#endif
