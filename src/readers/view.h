/* SPDX-License-Identifier: MIT */
/*
 * What all readers make of one variable, side by side.
 */
#ifndef READERS_VIEW_H
#define READERS_VIEW_H

#include "readers/readers.h"

/* What one model has of the variable when it is through with the file. */
struct reader_sight {
	const struct reader_model *model;
	/* SEEN_NOTHING: there is no such variable to it. SEEN_REFUSED and
	 * SEEN_ENDED: it has not come to one. */
	enum seen_kind kind;
	bool runs;   /* a part of the value is run as a command */
	size_t at;   /* of the assignment, or where the reading ended */
	char *value; /* owned; as it stands before expansion */
	size_t value_size;
};

/* Of the whole file, for each model in the order of reader_models. */
void readers_view(const char *bytes, size_t size, const char *name,
	struct reader_sight sights[READER_MODELS]);
/* Wipes the values. */
void readers_view_release(struct reader_sight sights[READER_MODELS]);

/*
 * Who reads something else than `value` from the line NAME=spelling, or loses
 * what stands above or below it, in any version.
 */
reader_set readers_that_differ(
	const char *name, const char *spelling, const char *value);

#endif
