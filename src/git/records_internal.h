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
 * run.c: the next part that ends at the byte `end`, which is left out: it is in
 * `rest`, never without a NUL, and the caller clears that. False where the
 * bytes have ended before one: they are kept there for the next time, unless
 * they do not fit (buf_failed).
 */
bool git_part(struct buf *rest, char end, const char **bytes, size_t *size);

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

/* held.c: lines that each end at a line end. */
struct git_lines {
	struct buf line; /* the one that is not whole yet */
	void (*take)(struct git_lines *lines, char *text);
	union {
		void (*held)(void *context, const struct git_held *held);
		void (*ref)(void *context, const char *name);
	} each;
	void *context;
};
bool git_lines_take(void *context, const char *bytes, size_t size);
/* `git rev-list --objects`: "ID", "ID NAME", "?ID". */
void git_take_held(struct git_lines *lines, char *text);

/*
 * origins.c: `git log --raw -z`: "ID DATE" of each commit, then for each file
 * ":100644 100644 ID ID M" and its path, each ended by NUL; a line end may
 * stand in front. Of a merge it is "::", a mode and an id for each parent.
 */
struct git_origins {
	void (*each)(void *context, const struct git_origin *origin);
	void *context;
	struct buf field;
	char commit[GIT_ID_SIZE];
	char date[16];
	char blob[GIT_ID_SIZE];
	bool is_path;
};
bool git_origins_take(void *context, const char *bytes, size_t size);

/* local.c: pairs of texts that are each ended by NUL. */
struct git_pairs {
	struct buf texts[2];
	bool has_first;
	void (*take)(struct git_pairs *pairs, char *first, char *second);
	git_each_pair *each;
	void *context;
};
bool git_pairs_take(void *context, const char *bytes, size_t size);
/* `git config --list --null --show-scope`: "local", "KEY<line end>VALUE". */
void git_take_setting(struct git_pairs *pairs, char *scope, char *entry);
/* `git log --walk-reflogs` in that form: "REF@{0}", its message. */
void git_take_reflog(struct git_pairs *pairs, char *place, char *message);

/* files.c: entries that are each ended by NUL. */
struct git_entries {
	struct buf entry; /* the one that is not whole yet */
	void (*take)(struct git_entries *entries, char *text);
	git_each *each;
	void *context;
	char *last; /* the path before; owned, or NULL */
	char *info; /* of a pair, what came first; owned, or NULL */
};
bool git_entries_take(void *context, const char *bytes, size_t size);
void git_entries_release(struct git_entries *entries);
/* `git ls-files --stage`, `git ls-files --others`, `git diff --raw`, of which
 * the one takes what is now, the other what was before. */
void git_take_tracked(struct git_entries *entries, char *text);
void git_take_other(struct git_entries *entries, char *text);
void git_take_staged(struct git_entries *entries, char *text);
void git_take_left(struct git_entries *entries, char *text);

/* The entries that a command of git prints in that form; false where it
 * failed, perhaps after some. */
bool git_list(const char *top, const char *const *words,
	void (*take)(struct git_entries *entries, char *text), git_each *each,
	void *context);

/* By the mode that a tree has of it, in octal. */
enum git_kind git_kind_of(const char *mode);

/* index.c: `git ls-files --stage --debug`. `context` of the entries. */
struct git_indexes {
	git_each_stage *each;
	void *context;
};
void git_take_indexed(struct git_entries *entries, char *text);
/* git has ended: the last one is told. */
void git_end_indexed(struct git_entries *entries);

#endif
