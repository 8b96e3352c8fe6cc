/* SPDX-License-Identifier: MIT */
#include "emulator/emulator.h"

#include "base/text.h"
#include "emulator/answer.h"
#include "emulator/canned.h"
#include "emulator/dialect.h"
#include "emulator/exchange.h"
#include "emulator/fault.h"
#include "os/file.h"

#include <stdio.h>
#include <string.h>

#define STATE_LIMIT ((size_t)8 << 20)

bool state_begin(struct emulator *emulator, struct error *err)
{
	const char *path = emulator->settings.state_path;
	struct state_file *file = &emulator->state;
	SCOPED(buf) struct buf text = BUF(STATE_LIMIT);

	if (!path)
		return true;
	file->read = file_read_stat(path, &text, &file->seen, NULL, err);
	return file->read &&
		settings_from_json(&emulator->settings, buf_cstring(&text),
			text.size, path, err);
}

/* Takes it again where it has changed; forgets the cache then. */
static void state_refresh(struct emulator *emulator)
{
	const char *path = emulator->settings.state_path;
	struct state_file *file = &emulator->state;
	struct error err = { 0 };

	if (!path || (file->read && file_is_unchanged(path, &file->seen)))
		return;
	if (state_begin(emulator, &err)) {
		cache_clear(&emulator->cache);
		file->told = false;
		return;
	}
	/* A file that stays away is told of once, a broken one once each. */
	if (file->read || !file->told)
		fprintf(stderr,
			"aig-emulator: %s\n  at: %s\n  next: mend it; until "
			"then all stays as it was\n",
			err.what, *err.where ? err.where : path);
	file->told = !file->read;
}

/* Plain text, as the edge has it. */
static void answer_plain(
	struct answer *answer, unsigned status, const char *text)
{
	answer_text(answer, status, "text/plain; charset=UTF-8", text,
		strlen(text));
}

static void edge_answer(struct emulator *emulator,
	const struct request *request, struct answer *answer)
{
	trace_ray(answer);
	if (!request_header(request, "user-agent"))
		answer_plain(answer, 403, "error code: 1010");
	else if (text_starts_with(request->path, "/v1/"))
		gateway_answer(emulator, request, answer);
	else
		answer_plain(answer, 404, "404 page not found");
}

/*
 * The provider without the gateway, at /direct/<segment><path at its host>: so
 * that what an app or a probe does when it goes direct can be seen.
 */
static bool direct_answers(struct emulator *emulator,
	const struct request *request, struct answer *answer)
{
	static const char prefix[] = "/direct/";
	const char *segment = request->path + strlen(prefix);
	struct upstream_call call = { .request = request };
	const struct fault *fault;
	size_t size;

	if (!text_starts_with(request->path, prefix))
		return false;
	size = strcspn(segment, "/");
	call.provider = settings_find(&emulator->settings, segment, size);
	if (!call.provider)
		return false;
	call.path = segment + size;
	call.api = call.provider->upstream->api;
	call.key = upstream_key(call.provider, request);
	answer->latency_ms += call.provider->latency_ms;
	fault = fault_take(&emulator->settings, FAULT_PROVIDER);
	if (fault)
		fault_answer(fault, call.provider->dialect, answer);
	else if (!canned_answers(call.provider->canned_direct
				 ? call.provider->canned_direct
				 : call.provider->canned,
			 request, call.path, answer))
		upstream_answer(&call, answer);
	return true;
}

void emulator_answer(struct emulator *emulator, const struct request *request,
	struct answer *answer)
{
	const struct fault *fault;

	state_refresh(emulator);
	rest_settle(emulator);
	if (control_answers(emulator, request, answer))
		return;
	answer->latency_ms = (int)emulator->settings.latency_ms;
	journal_add(&emulator->journal, request);
	if (rest_answers(emulator, request, answer) ||
		direct_answers(emulator, request, answer))
		return;
	fault = fault_take(&emulator->settings, FAULT_EDGE);
	if (!fault) {
		edge_answer(emulator, request, answer);
		return;
	}
	fault_answer(fault, NULL, answer);
}

void emulator_init(struct emulator *emulator)
{
	*emulator = (struct emulator){ 0 };
	settings_init(&emulator->settings);
}

void emulator_release(struct emulator *emulator)
{
	settings_release(&emulator->settings);
	cache_clear(&emulator->cache);
	journal_clear(&emulator->journal);
	rest_clear(&emulator->rest);
}
