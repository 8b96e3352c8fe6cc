/* SPDX-License-Identifier: MIT */
/*
 * Objects that tell of an answer. Names differ (statusCode, status_code,
 * http_status), what they stand for does not: each name has a role, and what
 * is an error's wrapping (stack, level, headers) is told from the body inside.
 */
#include "transcript/scan_internal.h"

#include "base/attributes.h"
#include "base/json.h"
#include "base/json_build.h"
#include "base/text.h"
#include "transcript/fault_internal.h"
#include "transcript/said_internal.h"
#include "transcript/sample_internal.h"
#include "transcript/value_internal.h"
#include "wording/ending.h"
#include "wording/notation.h"
#include "wording/sayings.h"
#include "wording/status.h"

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
	"errordetails", "rawerrormessage", "rawerror", "errordata" };
static const char *const request_names[] = { "config", "request",
	"requestoptions", "options", "req" };
static const char *const request_body_names[] = { "requestbodyvalues",
	"requestbody", "jsondata", "json", "body", "data" };
static const char *const text_names[] = { "message", "msg", "log", "line",
	"errormessage", "textpayload", "detail", "details", "description",
	"errmsg", "errordescription", "event", "stack", "stacktrace",
	"traceback", "excinfo" };

/* What is innermost counts: a body that is another than the one before, or that
 * tells of a refusal where a relay answered with a failure of its own. */
static int body_status(
	const struct told_answer *answer, int told, const json_t *body)
{
	int outer = told > 0 || answer->body.size > 0 ? told : answer->status;
	bool failed = outer >= 500 && !answer->has_head;
	int inner = outer == 0 || failed ? value_status_in_body(body) : 0;

	if (outer == 0)
		return inner;
	return inner >= 400 && inner < 500 ? inner : told;
}

/* The page in a text, or NULL. */
static const char *find_page(const char *text)
{
	const char *page = text ? strchr(text, '<') : NULL;

	return page && transcript_is_page(slice_of(page)) ? page : NULL;
}

/* What a client made of a page: {"error":{"message":"<html>...","code":502}},
 * {"error":"<html>..."}, {"message":"<html>..."}; NULL: of none. */
static const char *page_inside(const json_t *body)
{
	const json_t *error = json_object_get(body, "error");

	if (json_is_string(error))
		return find_page(json_string_value(error));
	return find_page(json_text(error ? error : body, "message"));
}

static void collect_body(
	struct collector *collector, int status, const json_t *body)
{
	struct told_answer *answer = &collector->current.answer;
	int found = body_status(answer, status, body);
	const char *page = page_inside(body);

	if (page) {
		collector_body(collector, found, page, strlen(page));
		return;
	}
	if (answer->body.size == 0 && answer->status >= 500 && found > 0)
		answer->status = found;
	collector_json(collector, found, body);
	if (sample_is_body(body))
		collector->current.answer.sample =
			collector->current.answer.sample_by_form = true;
	if (json_array_size(json_object_get(body, "choices")) > 0 &&
		!json_object_get(body, "error"))
		collector->current.answer.good = true;
}

/* What an SDK kept of the body: OpenAI's keep what stood under "error". */
static void collect_error(
	struct collector *collector, int status, const json_t *error)
{
	if (json_is_object(error) &&
		(value_is_envelope(error) || json_object_get(error, "error"))) {
		collect_body(collector, status, error);
		return;
	}
	JSON_SCOPED json_t *body = json_build("{success:%o*, error:%o}",
		json_is_array(error) ? json_false() : NULL,
		json_new_copy(error));
	collect_body(collector, status, body);
}

static bool collect_text(
	struct collector *collector, const char *text, unsigned depth)
{
	bool before = collector_has_answer(collector);

	if (depth < SCAN_DEPTH)
		transcript_scan(collector, text, strlen(text), depth + 1);
	return !before && collector_has_answer(collector);
}

/* Zod's, of what does not fit the form that a client wanted an answer to have:
 * [{"code":"invalid_type","path":["choices"],"message":"..."}] */
static bool is_form_fault(const json_t *item)
{
	const char *code = json_text(item, "code");

	return code && text_starts_with(code, "invalid_") &&
		json_is_array(json_object_get(item, "path"));
}

/* A list of models without its envelope. */
static bool is_model(const json_t *item)
{
	const char *kind = json_text(item, "object");

	return kind && text_equal(kind, "model");
}

static bool collect_array(
	struct collector *collector, const json_t *array, unsigned depth)
{
	const json_t *first = json_array_get(array, 0);
	bool transcript = false;

	if (is_model(first)) {
		JSON_SCOPED json_t *list =
			json_build("{data:%o}", json_new_copy(array));
		collect_body(collector, 0, list);
		return true;
	}
	if (json_is_integer(json_object_get(first, "code")) &&
		json_is_string(json_object_get(first, "message"))) {
		collect_error(collector, 0, array);
		return true;
	}
	if (is_form_fault(first))
		return true;
	JSON_EACH(item, array) {
		const char *text = json_string_value(item.value);

		if (json_is_object(item.value))
			transcript |= transcript_value(
				collector, item.value, depth + 1);
		else if (text)
			transcript |= collect_text(collector, text, depth + 1);
	}
	return transcript;
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
	JSON_EACH_MEMBER(member, value)
		append_header(headers, member.name, member.value);
	JSON_EACH(item, value) {
		const char *name = json_text(item.value, "name");
		if (name)
			append_header(headers, name,
				json_object_get(item.value, "value"));
	}
}

static void collect_headers(struct collector *collector, const json_t *object)
{
	struct buf *headers = &collector->current.answer.headers;

	if (headers->size == 0)
		value_headers(FIND(object, header_names), headers);
}

/* Or words that are an answer's wherever they stand: "error code: 1010". */
static bool is_body_text(const char *text, int status, size_t place)
{
	size_t ignored;

	if (!text || !*text)
		return false;
	return place < EXPLICIT_BODIES ||
		(status > 0 && strchr("{[<", *text) != NULL) ||
		(status >= 400 &&
			saying_find(
				text, strlen(text), SAYING_ALONE, &ignored));
}

/* The body of a wrapping: as text or as an object. */
static bool collect_inner_body(
	struct collector *collector, const json_t *object, int status)
{
	for (size_t i = 0; i < ARRAY_SIZE(body_names); i++) {
		const json_t *value = value_member(object, body_names[i]);
		const char *text = json_string_value(value);
		if (value_is_body(value) && !value_is_wrapping(value)) {
			collect_body(collector, status, value);
			return true;
		}
		if (!is_body_text(text, status, i))
			continue;
		/* JSON that was cut off is read as far as it goes. */
		if (!strchr("{[", *text) ||
			transcript_body(collector, text, strlen(text), false) ==
				0)
			collector_body(collector, status, text, strlen(text));
		return true;
	}
	return false;
}

/* A fault that the member tells. */
static bool collect_fault(
	struct collector *collector, const json_t *object, const char *member)
{
	const char *text = json_string_value(value_member(object, member));
	const char *message =
		json_string_value(value_member(object, "message"));
	size_t end;
	bool vague;
	enum http_fault fault = text && !find_page(text)
		? transcript_fault(text, strlen(text), &vague, &end)
		: HTTP_FAULT_NONE;

	if (fault == HTTP_FAULT_NONE)
		return false;
	const char *line = message ? message : text;
	collector_fault(collector, fault, vague, line, strlen(line));
	return true;
}

/* A client's own words for what it met, OpenAI's and RAGFlow's classes among
 * them: who repeats them got no answer, and no server says them of itself. */
static bool is_client_text(const char *text)
{
	return text_fits_any(text, text_contains,
		       WORDS("APIConnectionError", "APITimeoutError",
			       "CONNECTION_ERROR - ", "do request failed: ",
			       "All connection attempts failed")) ||
		slice_fits_any(ending_trimmed(slice_of(text)),
			slice_ends_ignoring_case,
			WORDS("connection error", "fetch failed",
				"failed to fetch", "network error",
				"request timed out"));
}

/* The same, where the words leave no doubt: a log's {"error":"cURL error 28:
 * ..."} has no other answer, nor {"code":-500,"message":"{\"message\":
 * \"Connection error.\"}"}. */
static bool collect_sure_fault(struct collector *collector,
	const json_t *object, const char *member, unsigned depth)
{
	const char *text = json_string_value(value_member(object, member));
	bool vague = true;
	size_t end;
	size_t used;

	if (!text || depth > SCAN_DEPTH || find_page(text))
		return false;
	if (*text == '{') {
		JSON_SCOPED json_t *inner = notation_read(
			text, strlen(text), &collector->budget, &used);

		return inner &&
			collect_sure_fault(
				collector, inner, "message", depth + 1);
	}
	return transcript_fault(text, strlen(text), &vague, &end) !=
		HTTP_FAULT_NONE &&
		(!vague || is_client_text(text)) &&
		collect_fault(collector, object, member);
}

/* {"error":{"code":"ECONNRESET","errno":0}}: what a client met, and no API's.
 */
static bool collect_error_fault(
	struct collector *collector, const json_t *object)
{
	const json_t *error = json_object_get(object, "error");

	return json_is_object(error) && !collector->current.answer.has_head &&
		(collect_fault(collector, error, "code") ||
			collect_sure_fault(collector, error, "message", 0));
}

/* Loggers have names of their own for what came back ("resp", "upstream"): what
 * has an error in it is a body, whatever its name. */
static bool collect_unnamed_body(
	struct collector *collector, const json_t *object, int status)
{
	size_t used;

	JSON_EACH_MEMBER(member, object) {
		const char *text = json_string_value(member.value);
		JSON_SCOPED json_t *read = text && *text == '{'
			? notation_read(
				  text, strlen(text), &collector->budget, &used)
			: NULL;
		const json_t *body = read ? read : member.value;

		if (!json_object_get(body, "error") || !value_is_body(body) ||
			value_is_wrapping(body))
			continue;
		if (!collect_error_fault(collector, body))
			collect_body(collector, status, body);
		return true;
	}
	return false;
}

/* Of a wrapping's members, the ones one level down. */
static bool collect_inner(struct collector *collector, const json_t *object,
	int status, unsigned depth)
{
	bool transcript = false;

	for (size_t i = 0; i < ARRAY_SIZE(inner_names); i++) {
		const json_t *value = value_member(object, inner_names[i]);
		bool error = text_equal(inner_names[i], "error");
		const char *text = json_string_value(value);
		if (json_is_object(value) && error &&
			!value_is_wrapping(value)) {
			if (!value_member(value, "errno"))
				collect_error(collector, status, value);
			transcript = true;
		} else if (json_is_array(value) && error) {
			collect_error(collector, status, value);
			transcript = true;
		} else if (json_is_object(value) || json_is_array(value)) {
			transcript |=
				transcript_value(collector, value, depth + 1);
		} else if (text && *text) {
			transcript |= collect_text(collector, text, depth);
			if (status > 0 && error && !transcript)
				collector_said(collector, SAID_BESIDE, text,
					strlen(text));
		}
	}
	return transcript;
}

static bool collect_texts(
	struct collector *collector, const json_t *object, unsigned depth)
{
	for (size_t i = 0; i < ARRAY_SIZE(text_names); i++) {
		const char *text =
			json_string_value(value_member(object, text_names[i]));
		if (text && *text && collect_text(collector, text, depth))
			return true;
	}
	return false;
}

/* The words beside a status; the body may stand in them. */
static void collect_message(
	struct collector *collector, const char *message, unsigned depth)
{
	int status = collector->current.answer.status;
	const char *words = message;

	while (text_is_digit(*words) || *words == ' ')
		words++;
	(void)collect_text(collector, message, depth);
	if (status_of_reason(words) > 0)
		return;
	if (collector->current.answer.body.size == 0 &&
		collector->current.answer.status == status)
		collector_said(
			collector, SAID_BESIDE, message, strlen(message));
}

/* Spring's and Kong's "path", at which nothing is: the version twice in it. */
static void collect_path(struct collector *collector, const json_t *object)
{
	const char *path = json_text(object, "path");

	if (path && !collector->current.answer.body.size)
		(void)said_known(collector, path, strlen(path));
}

/* {"name":"AI_APICallError","statusCode":200}: what came is of no use to it. */
static bool is_error_of_success(const json_t *object, int status)
{
	const char *name = json_text(object, "name");

	return name && text_ends_with(name, "Error") && status >= 200 &&
		status < 300;
}

/* "401 {\"success\":false,...}", as SDKs of OpenAI's make write an answer in
 * which they find no words: it is whole, where what stands beside it may have
 * lost members (JSON.stringify with a list of names). */
static bool collect_quoted_body(
	struct collector *collector, const json_t *object, int status)
{
	const char *text = json_string_value(value_member(object, "message"));
	size_t used;

	if (!text || strspn(text, "0123456789") != 3 ||
		!text_starts_with(text + 3, " {"))
		return false;
	JSON_SCOPED json_t *body = notation_read(
		text + 4, strlen(text + 4), &collector->budget, &used);
	if (!value_is_body(body) || notation_is_cut(text + 4, used))
		return false;
	collect_body(collector, status, body);
	return true;
}

/* A record, an SDK's error, an HTTP client's. */
static bool collect_wrapping(
	struct collector *collector, const json_t *object, unsigned depth)
{
	int status = value_status(object);
	const json_t *message = value_member(object, "message");
	bool transcript = status > 0;

	/* An app's status for what its client met. */
	if (status > 0 && json_is_string(message) &&
		is_client_text(json_string_value(message)) &&
		collect_fault(collector, object, "message"))
		return true;
	/* A proxy's, for a server that it did not reach. */
	if (status >= 502 && status <= 504 &&
		(collect_sure_fault(collector, object, "message", 0) ||
			collect_sure_fault(collector, object, "msg", 0)))
		return true;
	if (status > 0)
		collector_status(collector, status);
	collector->current.answer.refused_good |=
		is_error_of_success(object, status);
	transcript |= collect_quoted_body(collector, object, status) ||
		collect_inner_body(collector, object, status) ||
		collect_inner(collector, object, status, depth) ||
		collect_unnamed_body(collector, object, status);
	if (transcript)
		collect_headers(collector, object);
	if (status == 0)
		transcript |= collect_fault(collector, object, "code") ||
			collect_fault(collector, object, "message");
	if (!transcript)
		return collect_texts(collector, object, depth);
	if (json_is_string(message) && !collector->current.answer.body.size)
		collect_message(collector, json_string_value(message), depth);
	collect_path(collector, object);
	return true;
}

/* "request" or "config" beside the answer, or a record of the request alone. */
static bool collect_request(struct collector *collector, const json_t *object)
{
	struct told_request *request = &collector->current.request;
	const json_t *inner = FIND(object, request_names);
	bool transcript = false;

	if (json_is_object(inner))
		transcript = value_request(collector, request, inner);
	const json_t *body = FIND(object, request_body_names);
	if (json_is_string(json_object_get(body, "model")) ||
		json_is_string(value_member(object, "url")) ||
		value_member(value_member(object, "headers"), "authorization"))
		transcript |= value_request(collector, request, object);
	/* A request's body alone. */
	const json_t *model = json_object_get(object, "model");
	if (json_is_string(model) &&
		(json_object_get(object, "messages") ||
			json_object_get(object, "input"))) {
		collector_model(collector, json_string_value(model),
			json_string_length(model));
		transcript = true;
	}
	return transcript;
}

/* {"choices":[],"cost":"0"}, as relays end a stream, also behind an error. */
static bool is_empty_completion(const json_t *object)
{
	const json_t *choices = json_object_get(object, "choices");

	return json_is_array(choices) && json_array_size(choices) == 0 &&
		!json_object_get(object, "error");
}

/* The answer that a relay tells of inside its own: {"code":-1,"message":
 * "request error","data":{"status":401,"data":{}}}. */
static const json_t *find_told_inside(const json_t *object)
{
	JSON_EACH_MEMBER(member, object) {
		if (!text_equal(member.name, "error") &&
			value_is_wrapping(member.value) &&
			value_status(member.value) >= 400)
			return member.value;
	}
	return NULL;
}

/* Bob's {"response":{"statusCode":400},"data":{"error":{...}}} */
static void collect_body_beside(
	struct collector *collector, const json_t *object)
{
	const json_t *data = value_member(object, "data");

	if (collector->current.answer.body.size == 0 && value_is_body(data) &&
		!value_is_wrapping(data))
		collect_body(collector, collector->current.answer.status, data);
}

bool transcript_value(
	struct collector *collector, const json_t *value, unsigned depth)
{
	if (depth > SCAN_DEPTH)
		return false;
	if (json_is_array(value))
		return collect_array(collector, value, depth);
	if (!json_is_object(value))
		return false;
	if (value_entry(collector, value, depth) ||
		value_own_result(collector, value))
		return true;
	bool requested = collect_request(collector, value);
	if (value_is_wrapping(value))
		return collect_wrapping(collector, value, depth) || requested;
	if (collect_fault(collector, value, "code") ||
		collect_error_fault(collector, value))
		return true;
	if (is_empty_completion(value) && collector_has_answer(collector))
		return true;
	if (collect_sure_fault(collector, value, "error", 0) ||
		(!value_is_body(json_object_get(value, "error")) &&
			collect_sure_fault(collector, value, "message", 0)))
		return true;
	if (value_is_wordless(value))
		return requested;
	const json_t *inside = find_told_inside(value);
	if (inside && transcript_value(collector, inside, depth + 1)) {
		collect_body_beside(collector, value);
		return true;
	}
	if (value_is_body(value)) {
		collect_body(collector, 0, value);
		return true;
	}
	if (collect_fault(collector, value, "message"))
		return true;
	return collect_inner(collector, value, 0, depth) || requested ||
		collect_texts(collector, value, depth);
}
