/* SPDX-License-Identifier: MIT */
/*
 * Objects that tell of an answer. Names differ (statusCode, status_code,
 * http_status), what they stand for does not: each name has a role, and what
 * is an error's wrapping (stack, level, headers) is told from the body inside.
 */
#include "transcript/scan_internal.h"

#include "base/attributes.h"
#include "base/json_build.h"
#include "base/text.h"
#include "transcript/fault_internal.h"
#include "transcript/value_internal.h"
#include "wording/status.h"

#include <stdlib.h>
#include <string.h>

/* Names in lower case, without - and _. */
static const char *const header_names[] = { "headers", "responseheaders" };
/* The first EXPLICIT_BODIES are an answer's beyond doubt. */
#define EXPLICIT_BODIES 4
static const char *const body_names[] = { "responsebody", "responsetext",
	"rawbody", "responsedata", "body", "content", "data", "text" };
/* What holds the error one level down. */
static const char *const inner_names[] = { "response", "err", "error",
	"exception", "lasterror", "cause", "innererror", "originalerror", "exc",
	"errors", "reason", "result", "jsonpayload", "context", "args",
	"details", "metadata", "info", "extra", "payload", "meta",
	"errordetails", "rawerrormessage", "rawerror" };
static const char *const request_names[] = { "config", "request",
	"requestoptions", "options", "req" };
static const char *const request_body_names[] = { "requestbodyvalues",
	"requestbody", "jsondata", "json", "body", "data" };
static const char *const text_names[] = { "message", "msg", "log", "line",
	"errormessage", "textpayload", "detail", "details", "description",
	"errmsg", "errordescription", "event", "stack", "stacktrace",
	"traceback", "excinfo" };

static void hear_body(struct hearing *hearing, int status, const json_t *body)
{
	bool untold = status == 0 && hearing->current.answer.status == 0;

	hearing_json(
		hearing, untold ? value_status_in_body(body) : status, body);
}

/* What an SDK kept of the body: OpenAI's keep what stood under "error". */
static void hear_error(struct hearing *hearing, int status, const json_t *error)
{
	json_t *body;
	bool whole = json_is_object(error) &&
		(value_is_envelope(error) || json_object_get(error, "error"));

	if (whole) {
		hear_body(hearing, status, error);
		return;
	}
	body = json_new_object();
	if (json_is_array(error))
		json_put(body, "success", json_false());
	json_put(body, "error", json_new_copy(error));
	hear_body(hearing, status, body);
	json_decref(body);
}

static bool hear_text(struct hearing *hearing, const char *text, unsigned depth)
{
	bool before = hearing_has_answer(hearing);

	if (depth < SCAN_DEPTH)
		transcript_scan(hearing, text, strlen(text), depth + 1);
	return !before && hearing_has_answer(hearing);
}

static bool hear_array(
	struct hearing *hearing, const json_t *array, unsigned depth)
{
	const json_t *first = json_array_get(array, 0);
	size_t index;
	const json_t *item;
	bool heard = false;

	if (json_is_integer(json_object_get(first, "code")) &&
		json_is_string(json_object_get(first, "message"))) {
		hear_error(hearing, 0, array);
		return true;
	}
	json_array_foreach(array, index, item) {
		const char *text = json_string_value(item);

		if (json_is_object(item))
			heard = transcript_value(hearing, item, depth + 1) ||
				heard;
		else if (text)
			heard = hear_text(hearing, text, depth + 1) || heard;
	}
	return heard;
}

static bool is_header(const char *name, const char *text)
{
	for (const char *at = name; *at; at++) {
		if (!text_is_alphanumeric(*at) && *at != '-' && *at != '_')
			return false;
	}
	return *name && text && !strpbrk(text, "\n\r");
}

static void append_header(
	struct buf *headers, const char *name, const json_t *value)
{
	const char *text = json_string_value(value_first(value));

	if (is_header(name, text))
		buf_printf(headers, "%s: %s\n", name, text);
}

/* {name: value}, or HAR's [{name, value}]. */
void value_headers(const json_t *value, struct buf *headers)
{
	const char *name;
	json_t *item;
	size_t index;

	json_object_foreach((json_t *)(uintptr_t)value, name, item)
		append_header(headers, name, item);
	json_array_foreach(value, index, item) {
		name = json_string_value(json_object_get(item, "name"));
		if (name)
			append_header(
				headers, name, json_object_get(item, "value"));
	}
}

static void hear_headers(struct hearing *hearing, const json_t *object)
{
	struct buf *headers = &hearing->current.answer.headers;

	if (headers->size == 0)
		value_headers(FIND(object, header_names), headers);
}

static bool is_body_text(const char *text, int status, size_t place)
{
	if (!text || !*text)
		return false;
	return place < EXPLICIT_BODIES ||
		(status > 0 && strchr("{[<", *text) != NULL);
}

/* The body of a wrapping: as text or as an object. */
static bool hear_inner_body(
	struct hearing *hearing, const json_t *object, int status)
{
	for (size_t i = 0; i < ARRAY_SIZE(body_names); i++) {
		const json_t *value = value_member(object, body_names[i]);
		const char *text = json_string_value(value);
		if (value_is_body(value) && !value_is_wrapping(value)) {
			hear_body(hearing, status, value);
			return true;
		}
		if (!is_body_text(text, status, i))
			continue;
		/* As far as it goes, where it was cut off. */
		if (!strchr("{[", *text) ||
			transcript_body(hearing, text, strlen(text), false) ==
				0)
			hearing_body(hearing, status, text, strlen(text));
		return true;
	}
	return false;
}

/* A fault that the member tells. */
static bool hear_fault(
	struct hearing *hearing, const json_t *object, const char *member)
{
	const char *text = json_string_value(value_member(object, member));
	const char *message =
		json_string_value(value_member(object, "message"));
	bool vague;
	enum http_fault fault = text
		? transcript_fault(text, strlen(text), &vague)
		: HTTP_FAULT_NONE;

	if (fault == HTTP_FAULT_NONE)
		return false;
	const char *line = message ? message : text;
	hearing_fault(hearing, fault, vague, line, strlen(line));
	return true;
}

/* Of a wrapping's members, the ones one level down. */
static bool hear_inner(struct hearing *hearing, const json_t *object,
	int status, unsigned depth)
{
	bool heard = false;

	for (size_t i = 0; i < ARRAY_SIZE(inner_names); i++) {
		const json_t *value = value_member(object, inner_names[i]);
		bool error = text_equal(inner_names[i], "error");
		const char *text = json_string_value(value);
		if (json_is_object(value) && error &&
			!value_is_wrapping(value)) {
			if (!value_member(value, "errno"))
				hear_error(hearing, status, value);
			heard = true;
		} else if (json_is_array(value) && error) {
			hear_error(hearing, status, value);
			heard = true;
		} else if (json_is_object(value) || json_is_array(value)) {
			heard = transcript_value(hearing, value, depth + 1) ||
				heard;
		} else if (text && *text) {
			heard = hear_text(hearing, text, depth) || heard;
			if (status > 0 && error && !heard)
				hearing_said(hearing, SAID_BESIDE, text,
					strlen(text));
		}
	}
	return heard;
}

static bool hear_texts(
	struct hearing *hearing, const json_t *object, unsigned depth)
{
	for (size_t i = 0; i < ARRAY_SIZE(text_names); i++) {
		const char *text =
			json_string_value(value_member(object, text_names[i]));
		if (text && *text && hear_text(hearing, text, depth))
			return true;
	}
	return false;
}

/* The words beside a status; the body may stand in them. */
static void hear_message(
	struct hearing *hearing, const char *message, unsigned depth)
{
	int status = hearing->current.answer.status;

	const char *words = message;

	while (text_is_digit(*words) || *words == ' ')
		words++;
	(void)hear_text(hearing, message, depth);
	if (status_of_reason(words) > 0)
		return;
	if (hearing->current.answer.body.size == 0 &&
		hearing->current.answer.status == status)
		hearing_said(hearing, SAID_BESIDE, message, strlen(message));
}

/* A record, an SDK's error, an HTTP client's. */
static bool hear_wrapping(
	struct hearing *hearing, const json_t *object, unsigned depth)
{
	int status = value_status(object);
	const json_t *message = value_member(object, "message");
	bool heard = status > 0;

	if (status > 0)
		hearing_status(hearing, status);
	if (!hear_inner_body(hearing, object, status))
		heard = hear_inner(hearing, object, status, depth) || heard;
	else
		heard = true;
	if (heard)
		hear_headers(hearing, object);
	if (status == 0)
		heard = hear_fault(hearing, object, "code") ||
			hear_fault(hearing, object, "message") || heard;
	if (!heard)
		return hear_texts(hearing, object, depth);
	if (json_is_string(message) && !hearing->current.answer.body.size)
		hear_message(hearing, json_string_value(message), depth);
	return true;
}

/* "request" or "config" beside the answer, or a record of the request alone. */
static bool hear_request(struct hearing *hearing, const json_t *object)
{
	struct heard_request *request = &hearing->current.request;
	const json_t *inner = FIND(object, request_names);
	bool heard = false;

	if (json_is_object(inner))
		heard = value_request(hearing, request, inner);
	const json_t *body = FIND(object, request_body_names);
	if (json_is_string(json_object_get(body, "model")) ||
		json_is_string(value_member(object, "url")) ||
		value_member(value_member(object, "headers"), "authorization"))
		heard = value_request(hearing, request, object) || heard;
	/* A request's body alone. */
	const json_t *model = json_object_get(object, "model");
	if (json_is_string(model) &&
		(json_object_get(object, "messages") ||
			json_object_get(object, "input"))) {
		hearing_model(hearing, json_string_value(model),
			json_string_length(model));
		heard = true;
	}
	return heard;
}

bool transcript_value(
	struct hearing *hearing, const json_t *value, unsigned depth)
{
	if (depth > SCAN_DEPTH)
		return false;
	if (json_is_array(value))
		return hear_array(hearing, value, depth);
	if (!json_is_object(value))
		return false;
	if (value_entry(hearing, value, depth) ||
		value_own_result(hearing, value))
		return true;
	bool requested = hear_request(hearing, value);
	if (value_is_wrapping(value))
		return hear_wrapping(hearing, value, depth) || requested;
	if (hear_fault(hearing, value, "code"))
		return true;
	if (value_is_body(value)) {
		hear_body(hearing, 0, value);
		return true;
	}
	if (hear_fault(hearing, value, "message"))
		return true;
	return hear_inner(hearing, value, 0, depth) || requested ||
		hear_texts(hearing, value, depth);
}
