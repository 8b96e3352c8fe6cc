/* SPDX-License-Identifier: MIT */
/*
 * The emulator's own endpoint, apart from everything that Cloudflare has: a
 * test changes the world here while the program under test is running.
 *
 *     GET    /emulator/settings   all of them as they are now, keys too
 *     PUT    /emulator/settings   JSON as --config has it; what is left out
 *                                 stays; empties the cache
 *     GET    /emulator/faults     the names that "faults" may have, with help
 *     GET    /emulator/requests   what was received, newest last: method,
 *                                 path, query, headers, body
 *     DELETE /emulator/requests   forgets it
 *
 * Keys and headers are shown with their values: they are test keys, and tests
 * want to see which of them went where. So no real key belongs in here.
 */
#ifndef EMULATOR_CONTROL_H
#define EMULATOR_CONTROL_H

#include "emulator/answer.h"
#include "emulator/request.h"

#include <jansson.h>
#include <stdbool.h>

/* The journal keeps this many requests, the newest. */
#define JOURNAL_MOST 1000

struct journal {
	json_t *requests; /* array, made on first use */
};

struct emulator;

/* Answers where the path is the control endpoint's. */
bool control_answers(struct emulator *emulator, const struct request *request,
	struct answer *answer);

void journal_add(struct journal *journal, const struct request *request);
void journal_clear(struct journal *journal);

#endif
