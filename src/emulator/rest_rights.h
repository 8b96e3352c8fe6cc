/* SPDX-License-Identifier: MIT */
/*
 * Who may do what: the API's tokens with the permission groups that their
 * policies grant. The settings' management tokens may do everything, its
 * gateway tokens what AI Gateway Run allows; a token that was made here does
 * what it was made for, at the API and at the gateway.
 */
#ifndef EMULATOR_REST_RIGHTS_H
#define EMULATOR_REST_RIGHTS_H

#include "emulator/rest_call.h"

/* Until then (os/clock, monotonic) a token has no effect; never shown. */
#define REST_EFFECTIVE "effective_ms"

/* The record whose member is that text, or NULL. Borrowed. */
json_t *rest_find_token(
	const struct emulator *emulator, const char *member, const char *text);

/* Adds one; takes the reference to the policies. Borrowed. */
json_t *rest_add_token(struct emulator *emulator, const char *name,
	const char *value, json_t *policies);

/* It begins to hold after settings.token_delay_ms. */
void rest_delay(struct emulator *emulator, json_t *token);

/* From now on the token opens what its policies and its status say. */
void rest_admit(struct emulator *emulator, const json_t *token);

bool rest_knows_group(const char *id);

/* Whether the token has "<right> Write" or, to read, "<right> Read"; for the
 * right "" it is enough that it is a token. */
bool rest_may(const struct emulator *emulator, const char *token,
	const char *right, bool write);

#endif
