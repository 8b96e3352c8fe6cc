/* SPDX-License-Identifier: MIT */
/*
 * Words that stand where a value belongs: <ACCOUNT>, YOUR_API_KEY, sk-...,
 * ${CF_AIG_TOKEN}. Documentation is full of them, people paste them, and none
 * is ever taken for a value. The list is short on purpose: a real value must
 * not be refused because it looks plain.
 */
#ifndef CATALOGUE_PLACEHOLDER_H
#define CATALOGUE_PLACEHOLDER_H

#include "base/letters.h"

#include <stdbool.h>
#include <stddef.h>

bool placeholder_is(const char *text, size_t size);

/* The same of a name that people choose, as a gateway's: "sk", "key" and the
 * like stand for a key alone. */
bool placeholder_is_name(const char *text, size_t size);

/* The same where any value may stand, whatever the variable is for: words that
 * nobody has for one. */
bool placeholder_is_certain(const char *text, size_t size);

/* xxx, ***, <secret>, and a prefix with such: where a secret is expected. */
bool placeholder_is_filler(const char *text, size_t size);

/* Adds what each text of these last two kinds begins or ends with. */
void placeholder_add_letters(struct letters *front, struct letters *back);

/* By its words alone (YOUR_API_KEY), where the name of a variable
 * (MIMO_API_KEY) is a good answer. */
bool placeholder_is_word(const char *text, size_t size);

#endif
