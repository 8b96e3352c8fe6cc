/* SPDX-License-Identifier: MIT */
/*
 * Answers that were laid down beforehand, so that a test can play any provider
 * through the gateway without the emulator knowing it. A provider's "canned"
 * is one rule or a list, of which the first that fits answers; where none fits
 * the provider is played as ever. Everything in a rule may be left out:
 *
 *     {"method": "POST",              any
 *      "path_contains": "/models",    any; the path at the provider
 *      "status": 401,                 200
 *      "headers": {"x-id": "7"},      none
 *      "body": {"error": "..."},      empty; a string is sent as it stands
 *      "times": 1}                    for ever; counts down
 *
 * The content type is the headers', else JSON for a body that is no string,
 * else plain text. A body of type text/event-stream goes out event by event.
 */
#ifndef EMULATOR_CANNED_H
#define EMULATOR_CANNED_H

#include "base/error.h"
#include "base/json.h"
#include "emulator/answer.h"
#include "emulator/request.h"

#include <jansson.h>
#include <stdbool.h>

/*
 * Checks "canned" as a setting has it and gives it as a list of rules, a new
 * reference; NULL for null. STATUS_INVALID.
 */
bool canned_take(json_t *value, const struct json_path *path, json_t **rules,
	struct error *err) MUST_CHECK;

/* Answers by the first rule that fits, counting it down. `rules` may be NULL.
 */
bool canned_answers(json_t *rules, const struct request *request,
	const char *path, struct answer *answer);

#endif
