/* SPDX-License-Identifier: MIT */
/* What the files of this room share, in the order in which they use each other.
 */
#ifndef LEAKS_LEAKS_INTERNAL_H
#define LEAKS_LEAKS_INTERNAL_H

#include "base/name_table.h"
#include "git/files.h"
#include "leaks/leaks.h"

/* What was found in one stream: the first hit of each tag. */
struct record {
	struct found {
		struct hit hit;
		size_t more;
	} * items; /* owned */
	size_t count;
};

/* A search_found; `context` is the record. */
void record_hit(void *context, const struct hit *hit);

/* Tells each, and starts over. */
void record_tell(struct record *record, const struct leaks *leaks,
	enum leak_place place, const char *path);

void record_release(struct record *record);

/* Values in the names of files and folders. */

struct naming {
	struct scan *scan;     /* between two streams */
	struct record *record; /* the scan's; what it has is dropped */
	/* As much of the path as has the value in it: up to the end of a name,
	 * which may be a folder's with many files. Borrowed during the call. */
	void (*found)(void *context, const char *part, const struct hit *hit);
	void *context;
};

/* A path from the top. */
void name_look(const struct naming *naming, const char *path);

/* The search of one call: through files, and through what git has stored of
 * them. */

struct search {
	const struct leaks *leaks;
	struct tree *tree;
	struct scan *scan;
	struct record record;
	struct name_set told; /* "TAG PATH", "TAG/PATH" of a name */
};

void search_begin(
	struct search *search, const struct leaks *leaks, struct tree *tree);
void search_end(struct search *search);

/* Tells what was found since, less what was told of that path before. */
void search_tell(
	struct search *search, enum leak_place place, const char *path);

/* Tells values in the name; LEAK_TRACKED: git has it. */
void search_look_at_name(
	struct search *search, enum leak_place place, const char *path);

/* Files whose content is read from git's store: as the index has them, or the
 * last commit. */

/* { 0 } is an empty one. */
struct stored_list {
	struct stored {
		enum leak_place place;
		char *path; /* owned */
		char id[GIT_ID_SIZE];
	} * items; /* owned */
	size_t count;
};

/* A submodule has none there, and is not added. */
void stored_add(struct stored_list *list, enum leak_place place,
	const struct git_entry *entry);

/* Looks through all of them. False where git failed before the last; what is
 * broken is noted and passed over. */
bool stored_read(const struct stored_list *list, struct search *search);

void stored_release(struct stored_list *list);

#endif
