/* SPDX-License-Identifier: MIT */
/*
 * What a text is about: calls of an API for models, or of something else on the
 * net. Failures of connections and statuses have the same words everywhere.
 * Pure.
 */
#ifndef WORDING_TOPIC_H
#define WORDING_TOPIC_H

#include "base/slice.h"

#include <stdbool.h>

/* It names what was called, and neither that nor anything else in it is of
 * models or their APIs. Of a text without an address nothing is said. */
bool topic_is_elsewhere(struct slice text);

/* The line names an API for models, by its maker, its path or its client. */
bool topic_is_call(struct slice line);

#endif
