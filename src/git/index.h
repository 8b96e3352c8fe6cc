/* SPDX-License-Identifier: MIT */
/*
 * What git's index has, and which files are on disk as they are there. Neither
 * is a file read for that, nor a filter started, which a repository's config
 * may name: the index keeps what stat(2) said of each file when git last saw
 * its content, `git ls-files --debug` prints that.
 */
#ifndef GIT_INDEX_H
#define GIT_INDEX_H

#include "git/files.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>

/* What stat(2) said, each number cut to 32 bits (gitformat-index). */
struct git_stamp {
	bool is_known; /* git printed it in the form that we know */
	uint32_t changed, changed_ns, modified, modified_ns, size;
};

struct git_indexed {
	struct git_entry entry; /* borrowed; `tracked` is true */
	unsigned stage;         /* in a merge that is not resolved 1 to 3 */
	/* `git add --intent-to-add`: it has no content yet. */
	bool is_intended;
	/* A sparse work tree leaves it out, or `git update-index
	 * --skip-worktree` has git overlook what is on disk. */
	bool is_skipped;
	struct git_stamp stamp;
};

typedef void git_each_stage(void *context, const struct git_indexed *indexed);

/* All entries, in a merge up to three of a file. False where git cannot tell,
 * perhaps after some. */
bool git_each_indexed(const char *top, git_each_stage *each, void *context);

/* The tracked ones that a clone's own programs (gitattributes(5), "filter"), or
 * another encoding, may have made other bytes on disk of. False where git
 * cannot tell, perhaps after some. */
bool git_each_converted(const char *top, git_each *each, void *context);

/* When the index was written; zero where there is none. To be asked before its
 * entries are. */
struct timespec git_index_written(const char *top);

/*
 * Whether the file is as git last saw it, its content as the index has it but
 * for filters. False also where nobody can say: it was written in the moment in
 * which the index was.
 */
bool git_is_as_indexed(const struct git_stamp *stamp, const struct stat *status,
	const struct timespec *written);

/* Whether its size is none that says otherwise. */
bool git_is_size_indexed(
	const struct git_stamp *stamp, const struct stat *status);

/* Those that the last commit has otherwise than the index, or that the index
 * has no more, with their ids in that commit. False where git cannot tell; true
 * where there is no commit yet. */
bool git_each_left(const char *top, git_each *each, void *context);

#endif
