/* SPDX-License-Identifier: MIT */
/*
 * What is found in git's store, and where it belongs: history.c reads all
 * objects, placed.c asks git what leads to those with a value in them.
 */
#ifndef LEAKS_HISTORY_INTERNAL_H
#define LEAKS_HISTORY_INTERNAL_H

#include "base/name_table.h"
#include "git/objects.h"
#include "leaks/leaks_internal.h"

/* An object with a value in it. */
struct object {
	char id[GIT_ID_SIZE];
	enum git_object type;
	struct hit hit;
	bool has_origin; /* a commit brought it in, or is it */
	bool is_indexed; /* the index of this work tree has it */
	bool is_held;    /* something leads to it */
	char *name;      /* of a tag; owned, or NULL */
	size_t next;     /* another value in the same object; NAME_NONE: none */
};

/* A value in the versions of one file, in a name, in commits, or in objects
 * that belong together. */
struct version {
	char *key; /* "PLACE TAG NAME"; owned */
	enum leak_place place;
	const char *path; /* in the key, or an object's name or id; NULL: of
			     a note, whose object is `noted` */
	char noted[GIT_ID_SIZE];
	struct hit hit; /* of the oldest, as the next two */
	char commit[GIT_ID_SIZE];
	char date[16];
	size_t more; /* commits beside the oldest, or objects beside one */
};

struct history {
	const struct leaks *leaks;
	struct tree *tree;
	struct scan *scan;
	struct record record;
	char id[GIT_ID_SIZE];
	enum git_object type;
	struct object **objects; /* owned, as is each */
	size_t object_count;
	size_t tree_count; /* trees with a value, kept or not */
	struct name_table by_id;
	struct name_set broken; /* ids */
	size_t missing;
	struct version *versions; /* owned */
	size_t version_count;
	struct name_table by_key;
	bool is_sure; /* git told all that leads to objects */
};

/* Finds out what leads to the objects, looks through names, and tells all.
 * False where git cannot say it. */
bool history_place(struct history *history);

#endif
