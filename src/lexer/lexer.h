/* SPDX-License-Identifier: MIT */
/*
 * Source code taken apart: comments, texts in quotes, JavaScript's regular
 * expressions, names and signs, in whatever language a lexicon tells of. It
 * knows no grammar and refuses nothing: what is not closed goes to the end of
 * its line or of all. Its time is linear in the size, whatever the text is.
 *
 *     struct lexer lexer;
 *     struct lexeme found;
 *
 *     lexer_init(&lexer, &lexicon, text);
 *     while (lexer_next(&lexer, &found))
 *             ...
 */
#ifndef LEXER_LEXER_H
#define LEXER_LEXER_H

#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>

/* How comments, texts and names look. */
struct lexicon {
	bool slashes;             /* // and slash-star begin comments */
	bool hash;                /* so does # behind white space or ";" */
	bool expressions;         /* /x/ may be a regular expression */
	bool wide;                /* names have letters beyond ASCII */
	const char *quotes;       /* that begin a text */
	const char *spans;        /* those of them that span lines */
	const char *triple;       /* those that do so where three stand */
	const char *inner;        /* what begins code in a text, up to "}" */
	const char *inner_quotes; /* in these */
	const char *as_code;      /* whose content counts as code */
};

/* TypeScript and JSON, too. */
extern const struct lexicon lexicon_javascript;

enum lexeme_kind {
	LEXEME_NAME, /* letters, digits, _ and $; numbers, too */
	LEXEME_SIGN, /* any other byte */
	LEXEME_TEXT, /* with its quotes; a part of one, where code is in it */
	LEXEME_EXPRESSION, /* with both slashes */
	LEXEME_COMMENT,    /* a line's without the line end */
};

struct lexeme {
	enum lexeme_kind kind;
	size_t at, size;
	/* Of a text: what stands between its quotes and the code in it; else
	 * all. */
	struct slice inside;
	/* Of a text: it has its last quote; code follows that is in it. */
	bool closed, opens;
};

/* Texts that are open, each with code in it. What is deeper is text. */
#define LEXER_DEPTH 32

struct lexer {
	const struct lexicon *lexicon;
	struct slice text;
	size_t at; /* what comes next begins there, or behind white space */
	/* Names and signs are passed over, but for those that are of use to
	 * the lexer itself. */
	bool plain;
	/* A / was met that may be another thing than it is taken for. */
	bool doubtful;
	size_t depth;
	struct lexer_text {
		char quote;
		bool triple, spans;
		size_t open; /* braces, of the code in it */
	} texts[LEXER_DEPTH];
	size_t before; /* the end of what is no comment and no white space */
	size_t barren; /* no regular expression begins before this */
	/* Bytes that `plain` stops at, and in code that is in a text. */
	bool stops[256], inner_stops[256];
};

void lexer_init(
	struct lexer *lexer, const struct lexicon *lexicon, struct slice text);

/* False at the end. */
bool lexer_next(struct lexer *lexer, struct lexeme *found);
void lexer_skip_space(struct lexer *lexer);

#endif
