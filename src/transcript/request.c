/* SPDX-License-Identifier: MIT */
/* Requests in objects, and the objects that have a schema of their own. */
#include "transcript/value_internal.h"

#include "base/json.h"
#include "base/text.h"
#include "transcript/scan_internal.h"

#include <string.h>

static const char *text_of(const json_t *object, const char *plain)
{
	const char *text = json_string_value(value_member(object, plain));

	return text ? text : "";
}

static void take_method(struct told_request *request, const char *method)
{
	size_t size = strlen(method);

	if (*request->method || size == 0 || size >= sizeof(request->method))
		return;
	for (size_t i = 0; i <= size; i++)
		request->method[i] = text_upper(method[i]);
}

/* axios has baseURL and url, most others url alone. */
static void take_url(struct told_request *request, const json_t *object)
{
	const char *base = text_of(object, "baseurl");
	const char *url = text_of(object, "url");
	bool absolute = strstr(url, "://") != NULL;

	if (request->url.size > 0 || (!absolute && !*base))
		return;
	if (!absolute) {
		size_t size = strlen(base);
		while (size > 0 && base[size - 1] == '/')
			size--;
		buf_append(&request->url, base, size);
		if (*url && *url != '/')
			buf_byte(&request->url, '/');
	}
	buf_text(&request->url, url);
}

static void take_body(struct collector *collector, struct told_request *request,
	const json_t *object)
{
	static const char *const names[] = { "requestbodyvalues", "requestbody",
		"jsondata", "json", "data", "body", "postdata" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const json_t *value = value_member(object, names[i]);
		const char *text = json_string_value(value);
		const char *model = json_text(value, "model");
		if (text_equal(names[i], "postdata"))
			text = json_string_value(value_member(value, "text"));
		if (model)
			collector_model(collector, model, strlen(model));
		if (text && *text == '{' && request->body.size == 0)
			buf_text(&request->body, text);
		if (model || text)
			return;
	}
}

bool value_request(struct collector *collector, struct told_request *request,
	const json_t *object)
{
	const json_t *headers = value_member(object, "headers");
	bool names_key = value_member(headers, "authorization") ||
		value_member(headers, "xapikey") ||
		value_member(headers, "cfaigauthorization");

	take_method(request, text_of(object, "method"));
	take_url(request, object);
	take_body(collector, request, object);
	if (request->headers.size == 0 &&
		(names_key || json_is_array(headers))) {
		value_headers(headers, &request->headers);
		request->whole = request->headers.size > 0;
		request->wire = true;
	}
	return request->url.size > 0 || request->headers.size > 0;
}

static bool take_entry(
	struct collector *collector, const json_t *entry, unsigned depth)
{
	const json_t *sent = json_object_get(entry, "request");
	const json_t *answer = json_object_get(entry, "response");
	const json_t *content = json_object_get(answer, "content");
	const char *body = json_text(content, "text");
	json_int_t status = json_number(answer, "status");

	if (!json_is_array(json_object_get(sent, "headers")) ||
		!json_is_array(json_object_get(answer, "headers")) ||
		depth > SCAN_DEPTH)
		return false;
	(void)value_request(collector, collector_request(collector), sent);
	if (status >= 100 && status < 600)
		collector_head(collector, (int)status);
	value_headers(json_object_get(answer, "headers"),
		&collector->current.answer.headers);
	if (body)
		(void)transcript_body(collector, body, strlen(body), true);
	return true;
}

bool value_entry(
	struct collector *collector, const json_t *value, unsigned depth)
{
	const json_t *log = json_object_get(value, "log");
	const json_t *entries = json_object_get(log ? log : value, "entries");
	bool transcript = false;

	if (!entries)
		return take_entry(collector, value, depth);
	JSON_EACH(entry, entries)
		transcript =
			take_entry(collector, entry.value, depth) || transcript;
	return transcript;
}

static bool take_result(struct collector *collector, const json_t *result)
{
	struct exchange *exchange = &collector->current;
	const char *diagnosis = json_text(result, "diagnosis");
	const char *message = json_text(result, "message");
	const char *log = json_text(result, "log_id");
	const char *model = json_text(result, "model");

	if (!diagnosis || strlen(diagnosis) >= sizeof(exchange->diagnosis) ||
		!json_object_get(result, "http_status"))
		return false;
	collector_head(collector, (int)json_number(result, "http_status"));
	memcpy(exchange->diagnosis, diagnosis, strlen(diagnosis) + 1);
	if (message && *message)
		collector_said(
			collector, SAID_BESIDE, message, strlen(message));
	if (model)
		collector_model(collector, model, strlen(model));
	if (log && *log && !strpbrk(log, "\r\n"))
		buf_printf(
			&exchange->answer.headers, "cf-aig-log-id: %s\n", log);
	return true;
}

bool value_own_result(struct collector *collector, const json_t *value)
{
	const json_t *verify = json_object_get(value, "verify");
	const json_t *results =
		json_object_get(verify ? verify : value, "results");
	bool transcript = false;

	if (!results)
		return take_result(collector, value);
	JSON_EACH(result, results)
		transcript = take_result(collector, result.value) || transcript;
	return transcript;
}
