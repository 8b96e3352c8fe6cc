/* SPDX-License-Identifier: MIT */
/* Characters as a page's source spells them: "&quot;", "&#39;", "&#x27;". */
#ifndef BASE_ENTITY_H
#define BASE_ENTITY_H

#include "base/slice.h"

/*
 * How many bytes of the text's front spell a character, and which one it is; 0
 * where none begins there, and *byte stays. Numbers of ASCII are known, and the
 * few names that stand in code.
 */
size_t entity_take(struct slice text, char *byte);

#endif
