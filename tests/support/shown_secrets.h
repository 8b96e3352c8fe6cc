/* SPDX-License-Identifier: MIT */
/* For tests that compare answers whole. */
#ifndef SUPPORT_SHOWN_SECRETS_H
#define SUPPORT_SHOWN_SECRETS_H

#include "profile/given_secrets.h"

/* Puts each secret in its number's place. */
static inline void show_secrets(
	json_t *answers, const struct given_secrets *secrets)
{
	json_t *numbers = json_object_get(answers, "secrets");
	const char *name = NULL;
	json_t *number = NULL;

	json_object_foreach(numbers, name, number) {
		const struct secret *value =
			given_secret_find(secrets, answers, name);
		(void)json_object_set_new(numbers, name,
			json_string(value ? secret_reveal(value) : "?"));
	}
}

#endif
