/* SPDX-License-Identifier: MIT */
#include "diagnosis/result.h"

#include "base/json_build.h"

#include <stdio.h>
#include <stdlib.h>

static const struct {
	const char *word;
	enum status status;
} diagnoses[] = {
#define X(constant, word, status, summary) [constant] = { word, status },
	DIAGNOSES(X)
#undef X
};

const char *diagnosis_word(enum diagnosis diagnosis)
{
	return diagnoses[diagnosis].word;
}

enum status diagnosis_status(enum diagnosis diagnosis)
{
	return diagnoses[diagnosis].status;
}

enum status verify_status(const struct verify_result *results, size_t count)
{
	enum status worst = STATUS_OK;

	for (size_t i = 0; i < count; i++) {
		enum status status = diagnosis_status(results[i].diagnosis);

		if (status == STATUS_REFUSED)
			return status;
		if (status != STATUS_OK)
			worst = status;
	}
	return worst;
}

static json_t *probes_json(const struct verify_result *result)
{
	json_t *probes = json_new_list();

	for (size_t i = 0; i < result->probe_count; i++) {
		const struct probe *probe = &result->probes[i];

		json_push(probes,
			json_build("{what:%s, http_status:%o}", probe->what,
				json_number_if(probe->http_status > 0,
					probe->http_status)));
	}
	return probes;
}

void verify_result_message(
	const struct verify_result *result, char *out, size_t size)
{
	if (result->answered)
		snprintf(out, size, "%s", result->said);
	else if (*result->said && *result->said_by)
		snprintf(out, size, "%s (%s: %s)", result->means,
			result->said_by, result->said);
	else if (*result->said)
		snprintf(out, size, "%s (%s)", result->means, result->said);
	else
		snprintf(out, size, "%s", result->means);
}

json_t *verify_result_json(const struct verify_result *result)
{
	char message[VERIFY_MESSAGE_SIZE];
	json_t *json;

	verify_result_message(result, message, sizeof(message));
	json = json_build(
		"{profile:%s, route:%s, mode:%s, ok:%b, diagnosis:%s, "
		"http_status:%o, latency_ms:%o, model:%s, message:%s, "
		"advice:%s, log_id:%s, probes:%o}",
		result->profile, result->route,
		result->direct ? "direct" : "gateway", result->ok,
		diagnosis_word(result->diagnosis),
		json_number_if(result->http_status > 0, result->http_status),
		json_number_if(result->latency_ms >= 0, result->latency_ms),
		result->model, message, result->advice, result->log_id,
		probes_json(result));
	if (result->explained)
		json_put_shared(json, "explained", result->explained);
	return json;
}

void verify_results_release(struct verify_results *results)
{
	for (size_t i = 0; i < results->count; i++)
		json_decref(results->items[i].explained);
	free(results->items);
	*results = (struct verify_results){ 0 };
}
