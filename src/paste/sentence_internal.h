/* SPDX-License-Identifier: MIT */
/* A line as a sentence: its pieces one after the other, and the words since the
 * last value. */
#ifndef PASTE_SENTENCE_INTERNAL_H
#define PASTE_SENTENCE_INTERNAL_H

#include "paste/plain_internal.h"

/* More of either stand in no sentence. */
#define WORDS_LIMIT 8
#define SAID_LIMIT 16

#define NAME_LIMIT 64

struct said {
	char name[NAME_LIMIT];
	struct slice value;
};

struct sentence {
	struct slice line; /* the whole of it */
	struct slice rest;
	struct slice left; /* what is of no sentence at the end; or empty */
	struct slice words[WORDS_LIMIT]; /* since the last value */
	size_t count;
	size_t turned; /* where "for" stood: the token for the gateway */
	bool colon;    /* is behind the present piece; or a tab */
	bool answers;  /* it has several "name = value", with commas between */
	bool marked;   /* the same of the last word */
	bool called;   /* "called", "named": whatever follows is a name */
	bool chosen;   /* "use", "via": a provider may follow */
	bool gateway; /* it was spoken of last: "the gateway is up, name ..." */
	struct said said[SAID_LIMIT];
	size_t said_count;
	size_t named; /* of these, how many have a name of their own */
};

enum piece {
	PIECE_END,
	PIECE_STOP, /* , ; . and their like */
	PIECE_OPEN, /* a bracket: "the token (cfut_...)" */
	PIECE_WORD,
	PIECE_WIDE, /* a run of another script's letters */
	PIECE_CODE, /* what is in no sentence */
};

/* Takes the next piece off the front; PIECE_WORD and PIECE_WIDE fill *piece.
 * Whatever is in the line, each call leaves less of it, but for the end. */
enum piece sentence_take(struct sentence *sentence, struct slice *piece);

/* A further word before the next value, and none any more. */
void sentence_add(struct sentence *sentence, struct slice word);
void sentence_forget(struct sentence *sentence);

/* Whether a word says nothing of a value. */
bool sentence_is_filler(struct slice word);

/* Whether the words before a value say that it was one: the old token, moved
 * from it. */
bool sentence_is_past(const struct sentence *sentence);

/* CF_AIG_TOKEN, as a shell has it. */
bool sentence_is_variable(struct slice word);

#endif
