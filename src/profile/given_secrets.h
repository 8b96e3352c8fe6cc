/* SPDX-License-Identifier: MIT */
/*
 * The secrets among answers. Answers are JSON, and JSON holds no secret: in
 * answers.secrets there stands a number for each, under which it lies here, in
 * guarded memory. So answers can be copied, merged and thrown away like any
 * other JSON.
 */
#ifndef PROFILE_GIVEN_SECRETS_H
#define PROFILE_GIVEN_SECRETS_H

#include "base/error.h"
#include "os/secret.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* { 0 } has none. What was given stays until it is released. */
struct given_secrets {
	struct secret_arena arena;
	const struct secret **items; /* owned; in the arena */
	size_t count;
};

/* Takes a copy; the number that stands for it, a new reference. */
json_t *given_secret_add(
	struct given_secrets *secrets, const struct secret *value);
/* The same of a text in which it was found. */
json_t *given_secret_add_text(
	struct given_secrets *secrets, const char *value, size_t size);

/* What the member of answers.secrets stands for; NULL where there is no such
 * member. Borrowed. */
const struct secret *given_secret_find(const struct given_secrets *secrets,
	const json_t *answers, const char *name);

/*
 * Answers that were JSON, as --answers is: takes the texts out of
 * answers.secrets and puts numbers in their places. STATUS_INVALID where one is
 * no string.
 */
bool given_secrets_take(struct given_secrets *secrets, json_t *answers,
	struct error *err) MUST_CHECK;

void given_secrets_release(struct given_secrets *secrets);

#endif
