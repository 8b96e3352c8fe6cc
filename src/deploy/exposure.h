/* SPDX-License-Identifier: MIT */
/*
 * Outputs that hold secrets and that git would take in (DESIGN "Git").
 */
#ifndef DEPLOY_EXPOSURE_H
#define DEPLOY_EXPOSURE_H

#include "apply/plan.h"
#include "git/sight.h"
#include "profile/variables.h"
#include "redact/redact.h"

struct exposed {
	const char *path; /* the output's, as in the settings; borrowed */
	/* Absolute; borrowed, too. */
	const char *file;
	enum git_sight sight; /* GIT_WOULD_TAKE or GIT_TRACKS */
};

/* What is said of one, and what is to be done, as seen from the folder that the
 * user is in. `counts`: gitignore_counts of the vault's folder. Owned. */
char *exposure_message(const struct exposed *exposed, bool counts);
char *exposure_advice(
	const struct exposed *exposed, bool counts, const char *started_in);

struct exposure {
	struct exposed items[OUTPUTS_LIMIT];
	size_t count;
	/* What a crash may leave beside one of them would be taken in, too. */
	bool temporaries;
};

/* Whether a secret is in what the file is made of: in any spelling, or a part
 * of one. Of a file that is made without secrets its word does not count. */
bool exposure_holds_secrets(
	const struct redactor *redactor, const struct rendered *file);

/* Borrows from the plan, which outlives it. Starts git where there is a work
 * tree. */
void exposure_find(const struct plan *plan, const struct variables *variables,
	struct exposure *exposure);

/* The lines that .gitignore is to get; owned, as is the list, which ends with
 * NULL. None where nothing is exposed, or tracked already, which no line ends.
 */
char **exposure_lines(const struct exposure *exposure);
void exposure_lines_free(char **lines);

#endif
