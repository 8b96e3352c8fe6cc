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

static json_t *integer_or_null(bool known, json_int_t value)
{
	return known ? json_new_number(value) : json_null();
}

static json_t *probes_json(const struct verify_result *result)
{
	json_t *probes = json_new_list();

	for (size_t i = 0; i < result->probe_count; i++) {
		const struct probe *probe = &result->probes[i];

		json_push(probes,
			JSON_RECORD(JSON_TEXT("what", probe->what),
				JSON_VALUE("http_status",
					integer_or_null(probe->http_status > 0,
						probe->http_status))));
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
	json = JSON_RECORD(JSON_TEXT("profile", result->profile),
		JSON_TEXT("route", result->route),
		JSON_TEXT("mode", result->direct ? "direct" : "gateway"),
		JSON_FLAG("ok", result->ok),
		JSON_TEXT("diagnosis", diagnosis_word(result->diagnosis)),
		JSON_VALUE("http_status",
			integer_or_null(
				result->http_status > 0, result->http_status)),
		JSON_VALUE("latency_ms",
			integer_or_null(
				result->latency_ms >= 0, result->latency_ms)),
		JSON_TEXT("model", result->model),
		JSON_TEXT("message", message),
		JSON_TEXT("advice", result->advice),
		JSON_TEXT("log_id", result->log_id),
		JSON_VALUE("probes", probes_json(result)));
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
