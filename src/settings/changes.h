/* SPDX-License-Identifier: MIT */
/* What differs between two states of a profile's settings, to be shown. */
#ifndef SETTINGS_CHANGES_H
#define SETTINGS_CHANGES_H

#include <jansson.h>

/*
 * [{key, before, after}] with values as text, null for none; "routes" is their
 * order. `before` NULL: not known, so that all of `after` is listed. New
 * reference.
 */
json_t *settings_changes(json_t *before, json_t *after);

/* One of them. New reference. */
json_t *settings_change(const char *key, const char *before, const char *after);

#endif
