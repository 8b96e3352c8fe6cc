/* SPDX-License-Identifier: MIT */
/* What somebody looks at before changed settings are sealed. */
#ifndef COMMANDS_SEAL_SHOW_H
#define COMMANDS_SEAL_SHOW_H

#include "cli/output.h"
#include "vault/vault.h"

#include <jansson.h>

/* Each route's base URL in both: where requests would go comes first. `before`
 * may be NULL: not known. */
void seal_show_base_urls(struct output *output, const char *profile,
	json_t *before, json_t *after);

/* Settings are plain text, but this is a terminal, or a log: the values of a
 * change are masked where `import` would take the variable for a secret. Also
 * in a conflict of a merge. */
void seal_mask(json_t *change);

/* One of settings_changes, or a merge's, which is masked then; without what was
 * before where that is not known. */
void seal_show_change(struct output *output, json_t *change, bool known_before);

/* Variables that can make a program run other code, less those of `before`. */
void seal_warn_of_names(
	struct output *output, const struct opened *opened, json_t *before);

#endif
