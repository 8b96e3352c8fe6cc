/* SPDX-License-Identifier: MIT */
/*
 * The rows of an env file, one after the other, in dotenv's grammar: for who
 * looks at files of any size and any content, where a document (envfile.h)
 * would take many times their memory. Nothing is copied and nothing refused.
 */
#ifndef ENVFILE_WALK_H
#define ENVFILE_WALK_H

#include "base/buf.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>

/* What is recognised at a glance. */
enum envfile_row_kind {
	ROW_PLAIN,   /* NAME=VALUE, neither with a sign that any reader minds,
		      * nor in quotes; the line end may be CR LF */
	ROW_ASSIGNS, /* any other assignment, to dotenv */
	ROW_NONE,    /* blank, a comment, or anything else */
};

/*
 * An assignment with all its lines, or one line that is none. Offsets are into
 * `text`, without its line end; those of an assignment's parts are 0 in a row
 * that is none.
 */
struct envfile_row {
	enum envfile_row_kind kind;
	/* Told at a glance to be what every reader takes it for, but that
	 * Docker and podman keep the quotes: a plain row, a value in quotes of
	 * one line that has none of ' " ` $ \, an empty line, a comment that
	 * begins the line and has neither " nor \; all of them ASCII. */
	bool simple;
	struct slice text; /* borrowed */
	size_t at;         /* where it begins in the file, in bytes */
	size_t end_size;   /* of the line end: 0 to 2 */
	size_t number;     /* of its first line, from 1 */
	size_t rows;       /* line ends in it, with its own */
	size_t name_at, name_end;
	size_t spelling_at, spelling_end;
	size_t comment_at; /* of an inline comment's #; 0: none */
	bool quoted;       /* in quotes that are closed */
	/* A key over several lines without quotes: they are all in `text`, and
	 * the first alone is the value. */
	bool is_block;
};

struct envfile_walk;

/* Borrows the bytes. A byte order mark is passed over. Never NULL. */
struct envfile_walk *envfile_walk_new(const char *bytes, size_t size);
void envfile_walk_free(struct envfile_walk *walk);

/* False at the end. */
bool envfile_walk_next(struct envfile_walk *walk, struct envfile_row *row);

/* Appends the value of an assignment, as dotenv reads it. */
void envfile_row_value(const struct envfile_row *row, struct buf *out);

struct slice envfile_row_name(const struct envfile_row *row);
struct slice envfile_row_spelling(const struct envfile_row *row);
/* The spelling without its quotes. */
struct slice envfile_row_within(const struct envfile_row *row);

#endif
