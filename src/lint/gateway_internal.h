/* SPDX-License-Identifier: MIT */
/* The variables of the gateway: what is wrong with an address, with a secret,
 * and (gateway.c) with all of them together. */
#ifndef LINT_GATEWAY_INTERNAL_H
#define LINT_GATEWAY_INTERNAL_H

#include "lint/lint_internal.h"
#include "profile/base_url.h"

#define BASE_URL "CF_AIG_BASE_URL"
#define TOKEN "CF_AIG_TOKEN"

#define SAY(lint, rule, value, ...)                                            \
	lint_say((lint), (rule), &(value)->row, (value)->row.spelling_at,      \
		envfile_row_spelling(&(value)->row).size, __VA_ARGS__)
/* The same at the value's end. */
#define SAY_END(lint, rule, value, ...)                                        \
	lint_say((lint), (rule), &(value)->row, (value)->row.spelling_end, 1,  \
		__VA_ARGS__)

/* Whether the address is one of a gateway. */
bool gateway_is_address(const struct address *address);
/* Whether the profile that the file is rendered from has a route there. */
bool gateway_is_route(const struct lint *lint, const struct address *address);
/* Judges one that leads to a provider of a gateway. */
void gateway_check_address(struct lint *lint, const struct lint_value *value,
	const struct address *address);
/* Judges a base URL; *address is released by the caller where it is true. */
bool gateway_check_base_url(struct lint *lint, const struct lint_value *value,
	struct address *address);

/* The token, and each key: what cannot be one. */
void gateway_check_secret(struct lint *lint, const struct lint_value *value);

#endif
