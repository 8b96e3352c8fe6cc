/* SPDX-License-Identifier: MIT */
/*
 * A .env file as a lossless document: bytes in, the same bytes out, but for the
 * lines that aigenv manages. And the portable quoting of values, with the
 * readers that will differ.
 *
 * No two readers of such files agree, so "the" grammar here is that of npm's
 * dotenv 16 to 18 (its README, "Rules"; behaviour measured, the same as Node's
 * for what aigenv writes): a document's values are what dotenv would read, and
 * a value in quotes may run over lines. Which spelling the 22 readers take
 * right is asked of their models (readers/view.h). Docker and podman have a
 * grammar without quotes: a file for them alone is read and written with it
 * (readers_are_raw).
 *
 * Refused: to guess. What is not an assignment is kept as it is, never mended
 * (that is `check`), and a value that some reader cannot have is told by its
 * name.
 *
 * Order: envfile_parse; envfile_quote and envfile_set for each variable,
 * envfile_remove; envfile_reads_back; envfile_format.
 */
#ifndef ENVFILE_ENVFILE_H
#define ENVFILE_ENVFILE_H

#include "base/buf.h"
#include "base/error.h"
#include "readers/readers.h"

#include <stdbool.h>
#include <stddef.h>

#define ENVFILE_LIMIT (1u << 20)

/*
 * Appends the value in the portable spelling, quotes included. *differ gets the
 * readers that will read something else, unless it is NULL, which spares asking
 * the models of all of them; `wanted` (may be 0) chooses the camp
 * where no spelling suits all: then the fewest of them differ. Raw, without
 * quotes, where readers_are_raw(wanted). STATUS_INVALID for what cannot be
 * written at all (no variable name, CR, no UTF-8, over 131,071 bytes with the
 * name; command substitution where a wanted reader would run it; a line break
 * in a raw file). The message has the name and the reason, never the value.
 */
bool envfile_quote(const char *name, const char *value, reader_set wanted,
	struct buf *out, reader_set *differ, struct error *err) MUST_CHECK;

/* The refusal where some of the wanted readers differ; false. */
bool envfile_refuse_reading(const char *name, const char *value,
	reader_set differ, struct error *err);

struct envfile; /* a parsed document */

/*
 * Parses what a file holds; every input has a document, since what is no
 * assignment is kept as it is. STATUS_INVALID for over ENVFILE_LIMIT, NUL or
 * UTF-16.
 */
bool envfile_parse(const char *bytes, size_t size, struct envfile **document,
	struct error *err) MUST_CHECK;
/*
 * The same in the grammar of the file's readers (may be 0). Where these are raw
 * it is docker's: NAME=VALUE to the end of the line, nothing stripped, no
 * inline comments.
 */
bool envfile_parse_for(const char *bytes, size_t size, reader_set readers,
	struct envfile **document, struct error *err) MUST_CHECK;
/* NULL is fine. Wipes. */
void envfile_free(struct envfile *document);

/* The bytes of the document as it now is. */
void envfile_format(const struct envfile *document, struct buf *out);

struct envfile_entry {
	const char *name;  /* borrowed */
	const char *value; /* as dotenv reads it; borrowed */
	size_t line;       /* from 1, as the document now is */
	size_t column;     /* of the value's spelling, in bytes from 1 */
	/* By a # without a blank in front: shells, python-dotenv and others
	 * read on, so that nobody knows which was meant. */
	bool cut;
	/* It begins with a quote that does not end it: some readers refuse the
	 * file, read on in the next lines, or take the quote for a part. */
	bool open;
};
/* Assignments in order; the last of one name is what readers take. */
size_t envfile_count(const struct envfile *document);
void envfile_entry(const struct envfile *document, size_t index,
	struct envfile_entry *entry);
/*
 * The number of the next line that is not an assignment, no comment and not
 * blank; 0 where there is none. *at is 0 at first, and moved on.
 */
size_t envfile_next_stray(const struct envfile *document, size_t *at);

/*
 * Why a reader gets nothing, or something else, of what stands below a line or
 * beside it: of lines that aigenv does not manage, as its model has it.
 */
enum envfile_stop_kind {
	STOP_QUOTE,   /* opens a quote and does not close it */
	STOP_BRACKET, /* opens a bracket or a backtick, to a shell */
	STOP_SYNTAX,  /* is an error in a shell's grammar */
	STOP_STRAY,   /* is not an assignment: the whole file is refused */
	STOP_VALUE,   /* so is it for a value that needs other quotes */
	STOP_NAME,    /* ... for a name */
	STOP_EXPORT,  /* ... for export */
	STOP_UTF8,    /* ... for bytes that are not UTF-8 */
	STOP_LONG,    /* ... for its length */
	STOP_NEXT,    /* takes the next line with it */
	STOP_MARK,    /* the byte order mark is taken for part of it */
	STOP_RETURN,  /* ends in a carriage return that stays in its value */
	STOP_COUNT
};

struct envfile_stop {
	enum envfile_stop_kind kind;
	size_t line;        /* from 1 */
	const char *name;   /* of the assignment, or NULL; borrowed */
	reader_set readers; /* those of the wanted that it stops; not 0 */
};

/*
 * The next line that stops one of the wanted readers, in order; false where
 * there is none. *at is 0 at first, and moved on.
 */
bool envfile_next_stop(const struct envfile *document, reader_set wanted,
	size_t *at, struct envfile_stop *stop);

/*
 * Who reads the document; 0 is nobody in particular. From here on lines that
 * are set have no CR for a shell, which would keep it in the value, and no
 * `export` for a reader that does not know it.
 */
void envfile_declare(struct envfile *document, reader_set readers);

/* The last assignment of that name; false where there is none. */
bool envfile_find(const struct envfile *document, const char *name,
	struct envfile_entry *entry);
/* Its value, or NULL. */
const char *envfile_get(const struct envfile *document, const char *name);

/*
 * Whether the last assignment of that name is spelled so: it may then read as
 * another value here and still be what its own readers want.
 */
bool envfile_has_spelling(
	const struct envfile *document, const char *name, const char *spelling);

/*
 * Sets a managed variable to a spelling (what envfile_quote wrote). Its line is
 * replaced in place (the last one of its name; earlier ones go), keeping its
 * line end, blanks before the name and `export`; an inline comment moves to a
 * line of its own above; a new name goes to the end, in the file's own line
 * ends, with `export` where every other assignment has it. A line that already
 * says NAME=spelling and nothing after it is left untouched, byte for byte.
 */
void envfile_set(
	struct envfile *document, const char *name, const char *spelling);
/*
 * Removes every assignment of that name; an inline comment of one stays, as a
 * line of its own.
 */
void envfile_remove(struct envfile *document, const char *name);

/*
 * Checks, after the last edit, that the bytes read back as this document's
 * assignments. They do not where a foreign line opens a quote that one of the
 * new values happens to close: STATUS_INVALID, err.where is "line N".
 */
bool envfile_reads_back(const struct envfile *document, struct error *err)
	MUST_CHECK;

#endif
