/* SPDX-License-Identifier: MIT */
/*
 * What git prints, taken as it arrives, in pieces that end anywhere. A name in
 * a repository, and in part its objects, are a stranger's.
 */
#ifndef GIT_RECORDS_INTERNAL_H
#define GIT_RECORDS_INTERNAL_H

#include "base/buf.h"
#include "git/files.h"
#include "git/hash.h"
#include "git/index.h"
#include "git/local.h"
#include "git/objects.h"

#define GIT_HEAD_SIZE 256
/* Of one entry or field: far more than a path may have. */
#define GIT_ENTRY_LIMIT ((size_t)1 << 20)

/*
 * run.c: texts that each end at one byte, which is left out. What is wiped
 * behind each call: they may have secrets in them.
 */
struct git_parts {
	struct buf part;   /* the one that is not whole yet */
	struct buf before; /* what of those before belongs to the next */
	bool has_before;
	char end;
	/* Gets each, and may write into it. */
	void (*take)(struct git_parts *parts, char *text);
	union {
		git_each *entry;
		git_each_stage *indexed;
		git_each_pair *pair;
		void (*held)(void *context, const struct git_held *held);
		void (*ref)(void *context, const char *name);
	} each; /* whom `take` tells */
	void *context;
};

#define GIT_PARTS(end_, ...)                                                   \
	((struct git_parts){ .part = BUF(GIT_ENTRY_LIMIT),                     \
		.before = BUF(GIT_ENTRY_LIMIT),                                \
		.end = (end_),                                                 \
		__VA_ARGS__ })

/* `context` is the parts. False where one is longer than GIT_ENTRY_LIMIT. */
bool git_parts_take(void *context, const char *bytes, size_t size);

/* For `take`: the part is what belongs to the next. */
void git_parts_keep(struct git_parts *parts);

void git_parts_release(struct git_parts *parts);

/* All parts that a command of git prints, and releases them. False where it
 * failed, perhaps after some; with `silent` also where it said anything. */
bool git_each_part(const char *folder, const char *const *words,
	struct git_parts *parts, bool silent);

/* objects.c: `git cat-file --batch`: "ID TYPE SIZE", the bytes, a line end. */
struct git_batch {
	const struct git_reader *reader;
	int list; /* the ids it has to give, one to a line; -1: none */
	/* Compares each object with its id, which git does not: a pack's index
	 * may lie. Borrowed; NULL: nothing is compared. */
	struct git_hash *hash;
	char head[GIT_HEAD_SIZE];
	size_t head_size;
	uint64_t left; /* bytes of the object */
	bool in_object;
	bool in_end;  /* the line end behind it is awaited */
	size_t count; /* objects that were begun */
	bool failed;
};
/* `context` is the batch. False where it is nothing that git prints. */
bool git_batch_take(void *context, const char *bytes, size_t size);
/* git has ended. False, and a begun object ends as broken, where that was not
 * behind an object. */
bool git_batch_end(struct git_batch *batch);

/* held.c: `git rev-list --objects`: "ID", "ID NAME", "?ID" on a line. */
void git_take_held(struct git_parts *parts, char *text);

/*
 * held.c: `git log --raw -z`: "ID DATE" of each commit, then for each file
 * ":100644 100644 ID ID M" and its path, each ended by NUL; a line end may
 * stand in front. Of a merge it is "::", a mode and an id for each parent.
 */
struct git_origins {
	void (*each)(void *context, const struct git_origin *origin);
	void *context;
	char commit[GIT_ID_SIZE];
	char date[16];
	char blob[GIT_ID_SIZE];
	bool is_path;
};
/* `context` of the parts is the origins. */
void git_take_origin(struct git_parts *parts, char *text);

/* local.c, in pairs: `git config --list --null --show-scope`: "local",
 * "KEY<line end>VALUE"; `git log --walk-reflogs`: "REF@{0}", its message. */
void git_take_setting(struct git_parts *parts, char *entry);
void git_take_reflog(struct git_parts *parts, char *message);

/* files.c: `git ls-files --stage`, `git ls-files --others`, `git diff --raw`,
 * of which the one takes what is now, the other what was before. */
void git_take_tracked(struct git_parts *parts, char *text);
void git_take_other(struct git_parts *parts, char *text);
void git_take_staged(struct git_parts *parts, char *text);
void git_take_left(struct git_parts *parts, char *text);

/* The entries that a command of git prints in that form; false where it
 * failed, perhaps after some. */
bool git_list(const char *top, const char *const *words,
	void (*take)(struct git_parts *parts, char *text), git_each *each,
	void *context);

/* By the mode that a tree has of it, in octal. */
enum git_kind git_kind_of(const char *mode);

/* index.c: `git ls-files --stage --debug`. */
void git_take_indexed(struct git_parts *parts, char *text);
/* git has ended: the last one is told. */
void git_end_indexed(struct git_parts *parts);

#endif
