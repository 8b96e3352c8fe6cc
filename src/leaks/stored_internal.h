/* SPDX-License-Identifier: MIT */
/* Files whose content is read from git's store: as the index has them, or the
 * last commit. */
#ifndef LEAKS_STORED_INTERNAL_H
#define LEAKS_STORED_INTERNAL_H

#include "git/files.h"
#include "leaks/search_internal.h"

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
