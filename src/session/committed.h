/* SPDX-License-Identifier: MIT */
/*
 * What git's HEAD has, to show a change against. Without git, a repository or a
 * commit there is simply nothing to compare with.
 */
#ifndef SESSION_COMMITTED_H
#define SESSION_COMMITTED_H

#include "base/buf.h"

#include <jansson.h>
#include <stdbool.h>

/* Appends the committed text of a file below `directory`. */
bool committed_file(const char *directory, const char *name, struct buf *text);

/* A profile's settings in the committed vault, or NULL. New reference. */
json_t *committed_settings(const char *vault_path, const char *profile);

#endif
