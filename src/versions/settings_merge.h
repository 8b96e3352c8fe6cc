/* SPDX-License-Identifier: MIT */
/*
 * A profile's settings out of three versions: each plain setting, variable,
 * route and output is one thing (vault-format section 9, "git").
 */
#ifndef VERSIONS_SETTINGS_MERGE_H
#define VERSIONS_SETTINGS_MERGE_H

#include "versions/decide.h"

struct settings_versions {
	const char *profile;
	json_t *base; /* NULL: there is none */
	json_t *ours, *theirs;
};

/* A new reference; NULL where the decider ended it. Whether the settings are
 * right as a whole is not looked at. */
json_t *settings_merge(const struct settings_versions *versions,
	const struct decider *decider, struct error *err);

#endif
