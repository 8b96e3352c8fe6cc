/* SPDX-License-Identifier: MIT */
/*
 * Where each profile stands in the text of a vault, and how a text is put
 * together again. A profile that was not touched keeps its bytes, whoever wrote
 * them and however, so that git can merge changes of different profiles.
 */
#ifndef VAULT_LAYOUT_INTERNAL_H
#define VAULT_LAYOUT_INTERNAL_H

#include "base/buf.h"

#include <jansson.h>
#include <stddef.h>

/* Bytes from `start` up to, not including, `end`. */
struct span {
	size_t start;
	size_t end;
};

struct profile_span {
	struct span name; /* with its quotes */
	struct span value;
	bool plain; /* jansson takes it (base/plain_json.h) */
};

/*
 * Appends the text with null in the place of each profile, and says where they
 * stand, in their order, which is the one in which jansson walks the object.
 * False where there are more than `most` or the text is not of that form. Where
 * it is no JSON either the outline is none or one of the profiles.
 */
bool layout_outline(const char *text, struct profile_span *spans, size_t most,
	size_t *count, struct buf *out) MUST_CHECK;

/* A profile's text as it stands below "profiles", without its name. */
void layout_format_profile(const json_t *profile, struct buf *out);

/* One member of "profiles": both texts as JSON. */
struct profile_text {
	const char *name; /* for sorting */
	const char *quoted;
	size_t quoted_size;
	const char *value;
	size_t value_size;
};

/* The whole file; sorts the profiles by name. */
void layout_format_vault(const char *id, struct profile_text *profiles,
	size_t count, struct buf *out);

#endif
