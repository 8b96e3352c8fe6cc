/* SPDX-License-Identifier: MIT */
/*
 * What setup.c and its dialog share.
 */
#ifndef COMMANDS_SETUP_INTERNAL_H
#define COMMANDS_SETUP_INTERNAL_H

#include "commands/setup.h"

struct setup {
	struct invocation *call;
	json_t *answers;
	const char *profile_name; /* borrowed */
	char *vault_path;         /* owned */
	char *directory;          /* of the vault, absolute; owned */
	bool vault_is_new, profile_is_new, identity_is_new;
	json_t *settings;           /* owned */
	struct workspace workspace; /* profile and variables: as they will be */
};

/* setup_dialog.c: completes setup->answers; needs a terminal. */
bool setup_ask(struct setup *setup, struct error *err) MUST_CHECK;

/* setup_dialog.c: STATUS_OK to go on, STATUS_FOUND for a no. */
enum status setup_confirm(const struct setup *setup,
	const struct deployment *deployment, struct error *err);

/* Today's settings, or NULL for a new profile. Borrowed. */
json_t *setup_present_settings(const struct setup *setup);

#endif
