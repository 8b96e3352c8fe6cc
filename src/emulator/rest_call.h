/* SPDX-License-Identifier: MIT */
/*
 * One call of the REST API, and what its handlers answer with.
 */
#ifndef EMULATOR_REST_CALL_H
#define EMULATOR_REST_CALL_H

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

#endif
