/* SPDX-License-Identifier: MIT */
/*
 * What the files of this room share: the features of a value that decide how it
 * can be spelled, and the lines of a document.
 */
#ifndef ENVFILE_ENVFILE_INTERNAL_H
#define ENVFILE_ENVFILE_INTERNAL_H

#include "base/name_table.h"
#include "envfile/envfile.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What is in a value that some reader stumbles over, as far as the spelling is
 * chosen by it. No bit at all: the value is plain, and every reader takes it
 * bare.
 */
enum feature {
	HAS_EDGE = 1 << 0, /* a blank at an end; a tab, odd blank or control
			    * character anywhere */
	HAS_HASH = 1 << 1,
	HAS_SINGLE = 1 << 2,       /* ' */
	HAS_DOUBLE = 1 << 3,       /* " */
	HAS_BACKTICK = 1 << 4,     /* ` */
	HAS_QUOTE_AT_END = 1 << 5, /* one of the three, first or last */
	HAS_BACKSLASH = 1 << 6,    /* \ */
	HAS_DOLLAR = 1 << 7,       /* $ */
	HAS_LINE_BREAK = 1 << 8,   /* LF */
	HAS_SIGN = 1 << 9, /* a blank inside, & ; ( ) < > |, or ~ or = where a
			    * shell expands it: first or after a colon */
};

typedef uint32_t feature_set;

/* The features of a value that is UTF-8 and has neither CR nor NUL. */
feature_set value_features(const char *value);

/*
 * The size of the white space character at bytes, as JavaScript's \s has it,
 * but for LF and CR; 0 where there is none. size > 0.
 */
size_t blank_size(const char *bytes, size_t size);

/*
 * One assignment with all its lines, or one line that is none. Offsets are into
 * raw; comment_at and name are 0 and NULL where there is none. A line that was
 * parsed borrows its texts from the document; one that was made since owns them
 * in one block.
 */
struct line {
	char *block; /* raw, name and value; NULL: borrowed */
	size_t block_size;
	const char *raw;
	size_t size;
	size_t end_size; /* of the line end: 0 on an unfinished last line */
	const char *name;
	const char *value;
	size_t value_size;
	size_t name_at;
	size_t name_end; /* 0: no assignment */
	size_t spelling_at;
	size_t spelling_end;
	size_t comment_at; /* of an inline comment's # */
	bool quoted;       /* the spelling, in quotes that are closed */
	bool is_block;     /* a key without quotes: raw has all its lines */
	size_t rows;       /* line ends in raw: more than one in quotes */
	size_t number;     /* from 1 */
	size_t earlier;    /* index of the one before of that name: NAME_NONE */
};

struct envfile {
	char *text; /* as it was parsed: what lines borrow from */
	size_t text_size;
	char *strings; /* names and values of these lines, each with a NUL */
	struct line *lines;
	size_t count;
	size_t *entries; /* indexes of those that are assignments */
	size_t entry_count;
	struct name_table last; /* index of the last line of each name */
	const char *line_end;   /* what most lines have */
	bool has_mark;          /* a byte order mark stands before all */
	bool raw;               /* docker's grammar */
	reader_set readers;     /* that were declared */
};

/*
 * Where a document is being read. Per kind of quote: the next one that no
 * backslash precedes, and the last one before it that one does precede and
 * that could close all the same. Both are kept, since looking for them from
 * each line anew would take quadratic time.
 */
struct scanner {
	const char *text;
	size_t size;
	struct {
		bool known;
		size_t plain;   /* size: none */
		size_t escaped; /* 0: none */
	} quotes[3];
};

/*
 * The assignment, or other line, that begins at `at` (of a scanner of docker's
 * grammar where raw). It borrows from the scanner's text; its name and value
 * are put at *strings, which is moved on. They need at most strings_size(the
 * text's size) for all lines of a text. strings NULL: it gets neither.
 */
struct line scan_line(
	struct scanner *scanner, size_t at, bool raw, char **strings);
size_t strings_size(size_t text_size);
/*
 * The value that dotenv reads from a spelling, written to `value`: not longer
 * than the spelling. Returns its size.
 */
size_t decode_spelling(const char *bytes, size_t size, char *value);
/* The first line of a text, as one that owns its texts. */
struct line make_line(const char *text, size_t size, bool raw);
/* The same line with `end` behind it, as one that owns its texts. */
struct line end_line(const struct line *line, const char *end);
/* before + NAME=spelling + end, whatever the spelling may look like alone. */
struct line compose_line(const char *before, const char *name,
	const char *spelling, const char *end, bool raw);
void line_release(struct line *line);

/* Whether `export` stands before the assignment's name. */
bool line_exports(const struct line *line);

/* The number of line ends (LF, CR LF, CR) in the bytes. */
size_t count_line_ends(const char *bytes, size_t size);

#endif
