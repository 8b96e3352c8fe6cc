/* SPDX-License-Identifier: MIT */
/*
 * The programs that read env files, and a model of each: given a file's bytes,
 * what it would see. Every model follows the reader's own source, or for shells
 * and systemd its manual, and is compared with the real program over generated
 * files (tests/interop/reader_models.py). Where versions of one reader differ
 * there is a model of each, with the version's name.
 *
 * A model tells what stands in the file. It knows no environment: a value that
 * depends on one, on another line or on a command's output is SEEN_EXPANDED.
 * Names are not looked at across lines either: which of two equal ones wins is
 * in reader_model.first_wins.
 *
 * Order: reading_begin, reading_next until false, reading_release.
 */
#ifndef READERS_READERS_H
#define READERS_READERS_H

#include "base/buf.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* DESIGN "Env-file readers": constant, name. */
#define READERS(X)                                                             \
	X(READER_NODE, "node")                                                 \
	X(READER_DOTENV, "dotenv")                                             \
	X(READER_DOTENV8, "dotenv8")                                           \
	X(READER_DOTENV_EXPAND, "dotenv-expand")                               \
	X(READER_NEXT, "next")                                                 \
	X(READER_DOTENVX, "dotenvx")                                           \
	X(READER_PYTHON_DOTENV, "python-dotenv")                               \
	X(READER_RUBY_DOTENV, "ruby-dotenv")                                   \
	X(READER_PHPDOTENV, "phpdotenv")                                       \
	X(READER_SYMFONY, "symfony")                                           \
	X(READER_GODOTENV, "godotenv")                                         \
	X(READER_RUST_DOTENV, "rust-dotenv")                                   \
	X(READER_BASH, "bash")                                                 \
	X(READER_DASH, "dash")                                                 \
	X(READER_ZSH, "zsh")                                                   \
	X(READER_SYSTEMD, "systemd")                                           \
	X(READER_DOCKER, "docker")                                             \
	X(READER_PODMAN, "podman")                                             \
	X(READER_COMPOSE, "compose")                                           \
	X(READER_DIRENV, "direnv")                                             \
	X(READER_ENV_CMD, "env-cmd")                                           \
	X(READER_PM2, "pm2")

enum reader {
#define X(constant, name) constant,
	READERS(X)
#undef X
	READER_COUNT
};

/* A set of readers: bit 1 << reader. */
typedef uint32_t reader_set;

#define READERS_ALL (((reader_set)1 << READER_COUNT) - 1)
/* Whose files have no quotes. */
#define READERS_RAW                                                            \
	((reader_set)1 << READER_DOCKER | (reader_set)1 << READER_PODMAN)
/* These refuse a file with a longer line, in bytes. */
#define READERS_RAW_LINE 65535u
#define READERS_SHELLS                                                         \
	((reader_set)1 << READER_BASH | (reader_set)1 << READER_DASH |         \
		(reader_set)1 << READER_ZSH)

const char *reader_name(enum reader reader);
/* READER_COUNT where the name is not known. */
enum reader reader_find(const char *name);

/* Not empty, and none but READERS_RAW. */
bool readers_are_raw(reader_set readers);
size_t readers_count(reader_set readers);
/* Appends "bash, dash, zsh". */
void readers_format(reader_set readers, struct buf *out);

/* Whether white space is at its ends that some take away from a value, and
 * others keep; blanks and tabs are gone already. */
bool readers_differ_on_ends(struct slice text);

struct reading;
struct seen;

/* What a reader does with bytes that are no UTF-8. */
enum reader_bytes {
	BYTES_KEPT,
	BYTES_REPLACED,       /* by U+FFFD */
	BYTES_REFUSED,        /* the whole file, were it in a comment */
	BYTES_REFUSED_IN_USE, /* the whole file, but not for a comment */
};

/* What a reader does with a byte order mark in front. */
enum reader_mark {
	MARK_SKIPPED,
	MARK_IN_NAME, /* the first name has it in front, and is lost */
	MARK_REFUSED,
};

struct reader_model {
	enum reader reader;
	const char *version; /* NULL where all are alike */
	/* Takes what begins at reading->at, and moves on by at least a byte. */
	void (*read)(struct reading *reading, struct seen *seen);
	unsigned variant; /* for readers that share a function */
	enum reader_bytes bytes;
	enum reader_mark mark;
	bool first_wins;   /* of two assignments of one name */
	size_t line_limit; /* a longer line has the file refused; 0: none */
};

/* All models, in the order of the readers; some readers have several. */
#define READER_MODELS 26
extern const struct reader_model reader_models[READER_MODELS];

enum seen_kind {
	SEEN_NOTHING,  /* blank, a comment, or a line that is passed over */
	SEEN_VALUE,    /* name and value */
	SEEN_EXPANDED, /* name; the value depends on more than this file */
	SEEN_REFUSED,  /* an error: there are no values at all */
	SEEN_ENDED,    /* the reading ends here: what is below is lost */
};

struct seen {
	enum seen_kind kind;
	bool runs;         /* a part of it is run as a command */
	size_t at;         /* where the item begins, in bytes of the file */
	size_t end;        /* where the next one does */
	struct slice name; /* borrowed from the file; empty where it has none */
	struct slice value; /* borrowed until the next reading_next; as it
			     * stands before expansion; of READING_WHOLE bytes
			     * at most in a file of more */
};

/* In a file of no more bytes a reading has each value whole. */
#define READING_WHOLE ((size_t)1 << 20)

/* One reader's way through a file. The fields belong to the models. */
struct reading {
	const struct reader_model *model;
	const char *text; /* borrowed */
	size_t size;
	size_t at;
	size_t until; /* of a shell's command that was looked through */
	size_t past; /* where its next one begins, what is between is not run */
	struct closing {
		size_t from, at, escaped;
	} closings[3];  /* what find_closing found, per kind of quote */
	size_t rescans; /* how often a model went back to the beginning */
	bool ended;
	struct buf value;
};

/* The bytes are borrowed until reading_release. A NUL ends them for all. */
void reading_begin(struct reading *reading, const struct reader_model *model,
	const char *bytes, size_t size);
/* False at the end of the file, and after SEEN_REFUSED or SEEN_ENDED. */
bool reading_next(struct reading *reading, struct seen *seen);
/* Wipes what values were read. */
void reading_release(struct reading *reading);

#endif
