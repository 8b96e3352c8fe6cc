/* SPDX-License-Identifier: MIT */
/*
 * One call of the REST API: its handlers, what they answer with (rest_call.c),
 * and who may make it (rest_rights.c).
 */
#ifndef EMULATOR_REST_INTERNAL_H
#define EMULATOR_REST_INTERNAL_H

#include "emulator/emulator.h"
#include "emulator/rest.h"

#define REST_PARTS_MOST 4
#define REST_ID_SIZE 33

/* One call: what the stars of its pattern stood for, and its body. */
struct rest_call {
	struct emulator *emulator;
	const struct request *request;
	struct answer *answer;
	bool of_user; /* below user/, which has no account in its path */
	char *parts[REST_PARTS_MOST]; /* owned; the first is the account */
	size_t part_count;
	json_t *body;      /* an object, or NULL */
	const char *token; /* the caller's */
};

typedef void rest_handler(struct rest_call *call);

/* For rest.c, which has the table of their paths. */
rest_handler rest_verify, rest_groups, rest_list_tokens, rest_create_token,
	rest_get_token, rest_change_token, rest_delete_token, rest_roll_token;
rest_handler rest_list_gateways, rest_create_gateway, rest_get_gateway,
	rest_change_gateway, rest_delete_gateway, rest_gateway_url,
	rest_list_stored, rest_create_stored;
rest_handler rest_list_providers, rest_create_provider, rest_get_provider,
	rest_change_provider, rest_delete_provider;

/* Takes the reference. */
void rest_succeed(struct rest_call *call, json_t *result);

/* The same with a remark. */
void rest_succeed_saying(
	struct rest_call *call, json_t *result, int code, const char *message);

/* A list with result_info, cut to ?page and ?per_page. Takes the reference. */
void rest_list(struct rest_call *call, json_t *items);

/* With a list of errors; takes the reference. */
void rest_fail_with(struct rest_call *call, unsigned status, json_t *errors);
void rest_fail(
	struct rest_call *call, unsigned status, int code, const char *message);

/* 32 hex digits. */
void rest_make_id(char out[REST_ID_SIZE]);

/* The argument of the query, decoded; NULL where it is absent. Owned. */
char *rest_argument(const struct rest_call *call, const char *name);

/* An error that names a member of the body. */
void rest_refuse_member(struct rest_call *call, unsigned status, int code,
	const char *message, const char *member);

/* The body's text member, or NULL after 400 said that it is required. */
const char *rest_required(struct rest_call *call, const char *member);

/*
 * Who may do what: the API's tokens with the permission groups that their
 * policies grant. The settings' management tokens may do everything, its
 * gateway tokens what AI Gateway Run allows; a token that was made here does
 * what it was made for, at the API and at the gateway.
 */

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
