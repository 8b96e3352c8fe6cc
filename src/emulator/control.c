/* SPDX-License-Identifier: MIT */
#include "emulator/control.h"

#include "base/json_build.h"
#include "base/text.h"
#include "emulator/emulator.h"
#include "emulator/fault.h"

/* A test looks at what was asked, not at megabytes. */
#define JOURNAL_BODY_MOST 4096

static json_t *fields(const struct request_header *from, size_t count)
{
	json_t *object = json_new_object();

	for (size_t i = 0; i < count; i++)
		json_put_text(object, from[i].name, from[i].value);
	return object;
}

void journal_add(struct journal *journal, const struct request *request)
{
	json_t *headers = fields(request->headers, request->header_count);
	const size_t size = text_cut(request->body,
		request->body_size < JOURNAL_BODY_MOST ? request->body_size
						       : JOURNAL_BODY_MOST);
	json_t *body = json_new_bytes(request->body, size);

	if (!journal->requests)
		journal->requests = json_new_list();
	if (json_array_size(journal->requests) == JOURNAL_MOST)
		json_array_remove(journal->requests, 0);
	json_push(journal->requests,
		json_build(
			"{method:%s, path:%s, query:%o, headers:%o, body:%o*}",
			request->method, request->path,
			fields(request->arguments, request->argument_count),
			headers, body));
}

void journal_clear(struct journal *journal)
{
	json_decref(journal->requests);
	journal->requests = NULL;
}

static void put_settings(struct emulator *emulator,
	const struct request *request, struct answer *answer)
{
	struct error err = { 0 };

	cache_clear(&emulator->cache);
	if (settings_from_json(&emulator->settings, request->body,
		    request->body_size, "settings", &err))
		answer_json(answer, 200, json_build("{ok:true}"));
	else
		answer_json(answer, 400,
			json_build("{ok:false, what:%s, where:%s, next:%s}",
				err.what, err.where, err.next));
}

static void get_settings(struct emulator *emulator,
	const struct request *request, struct answer *answer)
{
	(void)request;
	answer_json(answer, 200, settings_to_json(&emulator->settings));
}

static void get_faults(struct emulator *emulator, const struct request *request,
	struct answer *answer)
{
	json_t *list = json_new_list();

	(void)emulator;
	(void)request;
	for (const struct fault *fault = faults; fault->name; fault++)
		json_push(list,
			json_build("{name:%s, help:%s}", fault->name,
				fault->help));
	answer_json(answer, 200, list);
}

static void get_requests(struct emulator *emulator,
	const struct request *request, struct answer *answer)
{
	json_t *requests = emulator->journal.requests;

	(void)request;
	answer_json(answer, 200,
		requests ? json_incref(requests) : json_new_list());
}

static void delete_requests(struct emulator *emulator,
	const struct request *request, struct answer *answer)
{
	(void)request;
	journal_clear(&emulator->journal);
	answer_json(answer, 200, json_build("{ok:true}"));
}

static const struct {
	const char *method;
	const char *path;
	void (*run)(struct emulator *emulator, const struct request *request,
		struct answer *answer);
} calls[] = {
	{ "GET", "/emulator/settings", get_settings },
	{ "PUT", "/emulator/settings", put_settings },
	{ "GET", "/emulator/faults", get_faults },
	{ "GET", "/emulator/requests", get_requests },
	{ "DELETE", "/emulator/requests", delete_requests },
};

bool control_answers(struct emulator *emulator, const struct request *request,
	struct answer *answer)
{
	for (size_t i = 0; i < ARRAY_SIZE(calls); i++) {
		if (!text_equal(request->method, calls[i].method) ||
			!text_equal(request->path, calls[i].path))
			continue;
		calls[i].run(emulator, request, answer);
		return true;
	}
	return false;
}
