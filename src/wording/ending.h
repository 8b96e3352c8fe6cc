/* SPDX-License-Identifier: MIT */
/*
 * Where in a line the message stands that an app passes on: "relay error
 * (channel id 3): Invalid provider (request id: 7)". Words that are an API's
 * only where they are all that it said are looked for there. Pure.
 */
#ifndef WORDING_ENDING_H
#define WORDING_ENDING_H

#include "base/slice.h"

#include <stdbool.h>

/* Without what apps and relays put behind a message. */
struct slice ending_trimmed(struct slice line);

/* At the line's beginning, or behind what leads to an error's words there. */
bool ending_begins(struct slice line, size_t at);

#endif
