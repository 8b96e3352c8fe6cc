/* SPDX-License-Identifier: MIT */
/*
 * The three versions that a merge starts from: files that were named, or what
 * git has of a vault that it could not merge. The file itself, with git's
 * markers in it, is never read for that: it has no base.
 */
#ifndef VERSIONS_SOURCES_H
#define VERSIONS_SOURCES_H

#include "base/buf.h"
#include "base/error.h"
#include "versions/decide.h"

#include <stdbool.h>

struct sources {
	struct buf texts[VERSIONS];
	bool has_base;
};

void sources_init(struct sources *sources);
void sources_release(struct sources *sources);

/* Paths; that of the base may be NULL, and an empty file is none, as git gives
 * it. STATUS_IO, STATUS_INVALID. */
bool sources_read_files(struct sources *sources, const char *const *paths,
	struct error *err) MUST_CHECK;

/*
 * The stages of git's index, of a conflict that is not resolved. *found tells
 * whether there is one. STATUS_INVALID where a side has no vault.
 */
bool sources_read_index(struct sources *sources, const char *vault_path,
	bool *found, struct error *err) MUST_CHECK;

/*
 * The two sides of a merge, cherry-pick, revert or rebase that is under way, or
 * else of the last commit where that is a merge: for a file that was "resolved"
 * by hand. False where there is none, or one side has no vault.
 */
bool sources_read_commits(struct sources *sources, const char *vault_path);

#endif
