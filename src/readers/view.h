/* SPDX-License-Identifier: MIT */
/*
 * What all readers make of one variable, side by side.
 */
#ifndef READERS_VIEW_H
#define READERS_VIEW_H

#include "readers/readers.h"

/* More than a program can be started with (128 KiB), by a character. Of a value
 * or name of more bytes the first are kept: each of 26 models may have one as
 * large as the file. */
#define SIGHT_KEPT 131076

/* What one model has of the variable when it is through with the file. */
struct reader_sight {
	const struct reader_model *model;
	/* SEEN_NOTHING: there is no such variable to it. SEEN_REFUSED and
	 * SEEN_ENDED: it has not come to one. */
	enum seen_kind kind;
	bool runs;  /* a part of the value is run as a command */
	size_t at;  /* of the assignment, or where the reading ended */
	size_t end; /* where the next one begins */
	/* Where the model's name for the variable begins, in bytes of the file,
	 * and the name, owned; NULL where it has none. */
	size_t name_at;
	char *name;
	char *value; /* owned; as it stands before expansion */
	size_t value_size;
};

/* Of the whole file, for each model in the order of reader_models. */
void readers_view(const char *bytes, size_t size, const char *name,
	struct reader_sight sights[READER_MODELS]);
/*
 * The same of what stands at `place`, an offset, whatever name a model finds
 * there. SEEN_NOTHING: it is passed over.
 */
void readers_view_at(const char *bytes, size_t size, size_t place,
	struct reader_sight sights[READER_MODELS]);
/* The same of one model, which `sight` names; what it had is wiped. */
void reader_view_at(struct reader_sight *sight, const char *bytes, size_t size,
	size_t place);
/* Wipes the values. */
void readers_view_release(struct reader_sight sights[READER_MODELS]);

/* What is put below a line that is looked at alone: readers that lose their way
 * in it find it again at a line without quotes, or at one with them. */
#define READERS_BELOW "Z=1\nY='1'\nX=\"1\"\n"

/* What becomes of a line NAME=spelling in the readers' hands. */
struct readers_of_line {
	/* Who reads something else than the value, or loses what stands above
	 * or below the line, in any version. */
	reader_set differ;
	reader_set run; /* who runs a part of it as a command */
};

struct readers_of_line readers_of_line(
	const char *name, const char *spelling, const char *value);

#endif
