/* SPDX-License-Identifier: MIT */
/*
 * The wizard: asks a person for what `init` needs and does not have yet, one
 * question a line, each answer checked when it is given. It fills in the same
 * JSON that --answers takes (DESIGN), so that asked and given answers go the
 * same way afterwards. It writes no file and makes no call.
 *
 * The first question takes a paste: whatever people have at hand, and what it
 * holds is not asked again. Each question is a row of one table
 * (questions.c): its text, default, check, help, the member that it fills, and
 * when it is asked at all.
 */
#ifndef WIZARD_WIZARD_H
#define WIZARD_WIZARD_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>

struct wizard {
	const char *profile;    /* its name */
	const char *vault_path; /* as to be shown */
	bool vault_is_new;
	json_t *present; /* today's settings, or NULL: a new profile */
	/* Names of secrets that are there and need not be asked for; ended by
	 * NULL. */
	const char *const *present_secrets;
	const char *directory; /* of the vault: package.json, ecosystem files */
	bool no_color;
};

/*
 * `answers` holds what flags and --answers gave: not asked again, but shown.
 * STATUS_INTERRUPTED on ^C and STATUS_USAGE on ^D, with the terminal as it was
 * and `answers` untouched; STATUS_INVALID where what was given is. Secrets go
 * into answers.secrets; a member that is to be taken away becomes null.
 */
bool wizard_ask(const struct wizard *wizard, json_t *answers, struct error *err)
	MUST_CHECK;

#endif
