/* SPDX-License-Identifier: MIT */
/*
 * Between rest.c and the files of its calls.
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
	char *parts[REST_PARTS_MOST]; /* owned; the first is the account */
	size_t part_count;
	json_t *body;      /* an object, or NULL */
	const char *token; /* the caller's */
};

typedef void rest_handler(struct rest_call *call);

/* Takes the reference. */
void rest_succeed(struct rest_call *call, json_t *result);

/* The same with a remark. */
void rest_succeed_saying(
	struct rest_call *call, json_t *result, int code, const char *message);

/* A list with result_info, cut to ?page and ?per_page. Takes the reference. */
void rest_list(struct rest_call *call, json_t *items);

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

rest_handler rest_verify_user, rest_verify_account, rest_groups,
	rest_list_tokens, rest_create_token, rest_get_token, rest_change_token,
	rest_delete_token, rest_roll_token;
rest_handler rest_list_gateways, rest_create_gateway, rest_get_gateway,
	rest_change_gateway, rest_delete_gateway, rest_gateway_url,
	rest_list_stored, rest_create_stored;
rest_handler rest_list_providers, rest_create_provider, rest_get_provider,
	rest_change_provider, rest_delete_provider;

#endif
