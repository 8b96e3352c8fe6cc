/* SPDX-License-Identifier: MIT */
/* The lines of a key in PEM: what stands between -----BEGIN and -----END. */
#ifndef BASE_KEY_BLOCK_H
#define BASE_KEY_BLOCK_H

#include "base/slice.h"

#include <stdbool.h>

#define KEY_BLOCK_BEGIN "-----BEGIN "
#define KEY_BLOCK_END "-----END "

/* Whether a line may stand between the two: base64, one of the header's, or
 * nothing. */
bool key_block_has(struct slice line);

#endif
