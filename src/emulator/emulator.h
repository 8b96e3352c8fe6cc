/* SPDX-License-Identifier: MIT */
/*
 * An AI Gateway on loopback that behaves towards a client as Cloudflare's
 * does, in front of providers that it plays itself: so that a newcomer can try
 * aigenv without an account, people can test their apps offline, and aigenv's
 * own tests have something to call.
 *
 * Beside /v1/... there is /client/v4/..., a part of Cloudflare's REST API
 * (rest.h), /direct/<segment>/..., the provider alone, and /emulator/..., by
 * which tests change and watch it (control.h).
 *
 * One request goes through these rooms, and each may answer it:
 *
 *     server    bytes to struct request, limits; struct answer to bytes
 *     fault     what was asked to go wrong
 *     gateway   Cloudflare's checks in their order: gateway, token, provider,
 *               rate limit, credentials, cache
 *     upstream  the provider: path, key, method, then the call
 *     chat      a chat completion in OpenAI's, Anthropic's or Google's form
 *
 * What is data stands in tables: Cloudflare's errors (gateway_error.def), the
 * providers (upstream_table.c), their error bodies (dialect_table.c), the
 * faults (fault_table.c) and the options (options.c).
 *
 * It refuses to listen anywhere but on 127.0.0.1, and calls out to nobody but
 * the hosts that --upstream names. It knows
 * only what is documented or was reported about the service; where nothing is
 * known it has a default that settings.h names and a setting changes.
 *
 *     emulator_init(&emulator);
 *     options_parse(...);             fills emulator.settings
 *     state_begin(...);               --state's file, where there is one
 *     settings_finish(...);           demo values where nothing was given
 *     server_start(...); ... server_stop(...);
 *     emulator_release(&emulator);
 */
#ifndef EMULATOR_EMULATOR_H
#define EMULATOR_EMULATOR_H

#include "emulator/answer.h"
#include "emulator/cache.h"
#include "emulator/control.h"
#include "emulator/request.h"
#include "emulator/rest.h"
#include "emulator/settings.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

/*
 * --state FILE: settings that are taken at the start and again whenever the
 * file has changed, so that an editor is all that a person needs to change
 * the world while a program under test is running.
 *
 * The file is looked at before each request. One that cannot be read or is no
 * settings changes nothing, and is told of on stderr, once. This is the file as
 * it was when it was read last.
 */
struct state_file {
	struct stat seen;
	bool read; /* `seen` is of a file that was read */
	bool told; /* that there is none */
};

/* All state of one emulator. The server holds a lock around emulator_answer. */
struct emulator {
	struct settings settings;
	struct cache cache;
	struct journal journal;
	struct rest_state rest;
	struct state_file state;
	int64_t window_began_ms; /* of the gateway's rate limit */
	int64_t window_requests;
};

void emulator_init(struct emulator *emulator);
void emulator_release(struct emulator *emulator);

/*
 * Answers one request. It never fails: whatever is wrong with the request is
 * an answer too.
 */
void emulator_answer(struct emulator *emulator, const struct request *request,
	struct answer *answer);

/* Takes --state's file for the first time. True too where there is no --state.
 */
bool state_begin(struct emulator *emulator, struct error *err) MUST_CHECK;

#endif
