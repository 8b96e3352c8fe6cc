/* SPDX-License-Identifier: MIT */
/*
 * What `init` and `import` are given before anybody is asked: --answers FILE,
 * a flag for each setting that has one (settings/table.def), and secrets by
 * their sources. Together they are one JSON document of the form that DESIGN
 * gives for --answers; a flag wins over the file.
 */
#ifndef SETUP_ANSWERS_H
#define SETUP_ANSWERS_H

#include "base/json.h"
#include "profile/given_secrets.h"
#include "settings/settings.h"

/* Borrowed, as all that was given. */
struct given_texts {
	const char *const *items;
	size_t count; /* 0: the flag was not given */
};

struct given {
	const char *file; /* --answers; "-": stdin; NULL: none */
	struct given_texts settings[SETTING_COUNT];
	struct given_texts secrets; /* NAME=SOURCE */
};

/*
 * Adds the file, the flags and every secret's source to answers that are there
 * already: those given replace, `vars` and `secrets` by name. STATUS_USAGE for
 * a malformed flag or a literal secret, STATUS_INVALID for a malformed file,
 * STATUS_IO. Answers have the numbers of secrets (profile/given_secrets.h).
 */
bool answers_add(json_t *answers, struct given_secrets *secrets,
	const struct given *given, struct error *err) MUST_CHECK;

#endif
