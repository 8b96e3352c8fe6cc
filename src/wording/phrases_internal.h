/* SPDX-License-Identifier: MIT */
/* The table of phrases. */
#ifndef WORDING_PHRASES_INTERNAL_H
#define WORDING_PHRASES_INTERNAL_H

#include "wording/phrases.h"

/* Each text is a choice of words with commas between, in lower case; NULL:
 * none. Blanks count as in sayings. */
struct phrase {
	enum saying_means means;
	const char *things;
	/* One of them has to stand behind a thing, or in front of it; where
	 * there are neither, the thing says it all. */
	const char *behind;
	const char *before;
	/* With one of them in the text it is of something else. */
	const char *unless;
};

extern const struct phrase phrases_table[];
extern const size_t phrases_count;

#endif
