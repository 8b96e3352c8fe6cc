/* SPDX-License-Identifier: MIT */
/* Where secrets stand in a text. */
#ifndef TRANSCRIPT_MASK_FIND_INTERNAL_H
#define TRANSCRIPT_MASK_FIND_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

struct mask_span {
	size_t start;
	size_t size;
	bool by_form; /* it would be found without what stands around it */
};

/* The first secret that begins at `from` or behind; false: none. */
bool mask_find(
	const char *text, size_t size, size_t from, struct mask_span *span);

/* How a name counts that a value stands under. */
enum mask_name {
	MASK_NO_SECRET,
	MASK_SECRET,   /* api_key, CF_AIG_TOKEN */
	MASK_HEADER,   /* authorization, x-api-key */
	MASK_PASSWORD, /* any word at all may be one */
	MASK_COOKIE,   /* the rest of the line */
};

/* `in_url`: it stands behind ? or &. */
enum mask_name mask_name_kind(const char *name, size_t size, bool in_url);

/* mask_value.c: null, $NAME, process.env.NAME, YOUR_KEY, ****MxYA. */
bool mask_is_harmless(const char *text, size_t size);

bool mask_is_letters(const char *text, size_t size);
/* Letters and digits in a row: what a masked key has too few of. */
size_t mask_longest_run(const char *text, size_t size);

#endif
