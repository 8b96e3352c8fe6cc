/* SPDX-License-Identifier: MIT */
/*
 * What a sentence means that the table of sayings (wording/sayings.h) has not:
 * a thing (a key, a model, a balance), and near it, in the same sentence, what
 * is said of it (is expired, is not enough). Every relay and client words these
 * few meanings anew; the words for them are few.
 *
 * Only for texts that are known to be an error's words: in other texts things
 * and what is said of them stand together by chance.
 */
#ifndef WORDING_PHRASES_H
#define WORDING_PHRASES_H

#include "wording/sayings.h"

#include <stdbool.h>
#include <stddef.h>

/* What the text says, in English or Chinese; false where it says nothing that
 * is known, or several things of which each would be a cause. */
bool phrases_read(const char *text, size_t size, enum saying_means *means);

#endif
