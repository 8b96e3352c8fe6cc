/* SPDX-License-Identifier: MIT */
/* What an object is, by the names of its members: a body that was sent, or what
 * an SDK or a log wrapped around one. */
#include "transcript/value_internal.h"

#include "base/attributes.h"
#include "base/json.h"
#include "base/text.h"
#include "wording/status.h"

#include <stdlib.h>
#include <string.h>

/* Errors inside of errors. */
#define STATUS_DEPTH 4

/* Names in lower case, without - and _. */
static const char *const status_names[] = { "status", "statuscode",
	"httpstatus", "httpstatuscode", "httpcode", "responsestatus",
	"responsestatuscode", "responsecode" };
/* Members of a record or an error object, never of a body. */
static const char *const wrapping_names[] = { "stack", "headers",
	"responseheaders", "level", "isaxioserror", "statuscode", "timestamp",
	"responsebody", "cause", "statustext", "levelname", "severity" };

/* "statusCode", "status_code" and "Status-Code" are all named "statuscode". */
static bool is_named(const char *name, const char *plain)
{
	for (; *name; name++) {
		if (*name == '_' || *name == '-' || *name == '$')
			continue;
		if (text_lower(*name) != *plain++)
			return false;
	}
	return *plain == '\0';
}

const json_t *value_find(
	const json_t *object, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const json_t *value = value_member(object, names[i]);
		if (value && !json_is_null(value))
			return value;
	}
	return NULL;
}

const json_t *value_member(const json_t *object, const char *plain)
{
	/* jansson's iterators do not change the object, and do not say so. */
	JSON_EACH_MEMBER(member, object) {
		if (is_named(member.name, plain))
			return member.value;
	}
	return NULL;
}

/* 401 or "401"; 0 for anything else. */
static int as_status(const json_t *value)
{
	const char *text = json_string_value(value);
	json_int_t number = json_integer_value(value);

	if (text && strlen(text) == 3 && text_only(text, "0123456789"))
		number = strtol(text, NULL, 10);
	return number >= 200 && number < 600 ? (int)number : 0;
}

int value_status(const json_t *object)
{
	for (size_t i = 0; i < ARRAY_SIZE(status_names); i++) {
		int status = as_status(value_member(object, status_names[i]));
		if (status > 0)
			return status;
	}
	return 0;
}

const json_t *value_first(const json_t *value)
{
	return json_is_array(value) ? json_array_get(value, 0) : value;
}

/* AI Gateway's own, or the REST API's. */
bool value_is_envelope(const json_t *object)
{
	const char *name = json_text(object, "name");

	return (name && text_equal(name, "AiGatewayError")) ||
		json_is_false(json_object_get(object, "success"));
}

/* RFC 9457: {"status","title","detail"}, or with an address as its type. */
static bool is_problem(const json_t *object)
{
	const char *type = json_text(object, "type");

	return json_is_string(json_object_get(object, "title")) &&
		(json_is_string(json_object_get(object, "detail")) ||
			(type && text_starts_with(type, "https://")));
}

/* Of what has no stack, pino writes an empty one. */
static bool has_wrapping_name(const json_t *object)
{
	const json_t *found = FIND(object, wrapping_names);

	return found &&
		!(json_is_string(found) && json_string_length(found) == 0 &&
			json_object_get(object, "stack") == found);
}

bool value_is_wrapping(const json_t *object)
{
	return !value_is_envelope(object) && !is_problem(object) &&
		(has_wrapping_name(object) ||
			(as_status(value_member(object, "status")) > 0 &&
				json_object_size(object) > 1));
}

static bool has_words(const json_t *object)
{
	static const char *const members[] = { "message", "msg", "detail",
		"error_msg", "error_message", "errmsg", "err_msg" };

	for (size_t i = 0; i < ARRAY_SIZE(members); i++)
		if (json_is_string(json_object_get(object, members[i])))
			return true;
	return false;
}

/* FastAPI on a request that it cannot take: {"detail":[{"loc","msg"}]}. */
static bool has_listed_details(const json_t *object)
{
	const json_t *first =
		json_array_get(json_object_get(object, "detail"), 0);

	return json_is_string(json_object_get(first, "msg"));
}

/* Words, and beside them at most what numbers the answer: Cohere's
 * {"id","message"}. */
static bool is_words_alone(const json_t *object)
{
	static const char *const numbers[] = { "id", "request_id" };
	size_t beside = 0;

	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++)
		beside += json_is_string(json_object_get(object, numbers[i]));
	return has_words(object) && json_object_size(object) == 1 + beside;
}

static bool is_empty_form(const json_t *object)
{
	JSON_EACH_MEMBER(member, object) {
		if (!json_is_null(member.value) &&
			(!json_is_string(member.value) ||
				json_string_length(member.value) > 0))
			return false;
	}
	return json_is_object(object);
}

bool value_is_wordless(const json_t *object)
{
	return is_empty_form(json_object_get(object, "error")) ||
		(json_object_get(object, "message") && is_empty_form(object));
}

/* {"code":0,"message":"ok"} and {"code":true,...}: there was no error. */
static bool has_error_code(const json_t *object)
{
	static const char *const names[] = { "code", "error_code", "err_code" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const json_t *code = json_object_get(object, names[i]);
		json_int_t number = json_integer_value(code);

		if (code && !json_is_boolean(code) &&
			(!json_is_integer(code) ||
				(number != 0 && number != 200)))
			return true;
	}
	return false;
}

/* What a provider or the gateway may have sent. */
bool value_is_body(const json_t *object)
{
	static const char *const members[] = { "error", "base_resp", "choices",
		"candidates" };
	const char *kind = json_text(object, "type");

	/* Node's bytes, which were not decoded. */
	if (!json_is_object(object) || (kind && text_equal(kind, "Buffer")))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(members); i++) {
		const json_t *value = json_object_get(object, members[i]);
		/* An error that is a log's record has the answer inside. */
		bool record = i == 0 && json_is_object(value) &&
			value_is_wrapping(value) && !has_words(value);

		if (value && !json_is_null(value) && !record)
			return true;
	}
	if (kind && (text_equal(kind, "error") || text_equal(kind, "message")))
		return true;
	bool message = has_words(object);
	/* What stands under "error", alone: {"type":"not_found_error",
	 * "message"}. */
	if (kind && message &&
		(text_ends_with(kind, "_error") ||
			text_ends_with(kind, "_ERROR")))
		return true;
	const json_t *first =
		json_array_get(json_object_get(object, "errors"), 0);
	if (json_object_get(first, "message") && !value_is_wrapping(first))
		return true;
	/* {"errors":["Invalid API key"]} */
	if (json_is_string(first) && json_object_size(object) == 1)
		return true;
	return value_is_envelope(object) ||
		(json_flag(object, "success") &&
			json_object_get(object, "result")) ||
		(message && has_error_code(object)) || is_words_alone(object) ||
		is_problem(object) || has_listed_details(object) ||
		json_is_array(json_object_get(object, "data"));
}

/* "401 Invalid Authentication", "Error: 404 {...}" */
static int status_of_words(const json_t *value)
{
	const char *text = json_string_value(value);
	size_t ignored;

	int status = text ? status_of_reason(text) : 0;

	return text && status == 0
		? status_in_line(text, strcspn(text, "{\n"), &ignored)
		: status;
}

/* Internal Server Error */
#define INTERNAL_ERROR 500

/* A body may repeat its status: httpCode, Amazon's $metadata, Google's
 * error.code, MiMo's, in words of its own. What is innermost counts. */
int value_status_in_body(const json_t *body)
{
	int found = 0;

	for (int depth = 0; json_is_object(body) && depth < STATUS_DEPTH;
		depth++) {
		const json_t *error =
			value_first(json_object_get(body, "error"));
		int status = as_status(json_object_get(body, "httpCode"));

		if (status == 0)
			status = as_status(json_object_get(
				json_object_get(body, "$metadata"),
				"httpStatusCode"));
		if (status == 0 && is_problem(body))
			status = as_status(json_object_get(body, "status"));
		if (status == 0)
			status = as_status(json_object_get(body, "code"));
		/* An app's own failure has the answer's status in its words. */
		if (status == 0 || status == INTERNAL_ERROR) {
			int told = status_of_words(
				json_object_get(body, "message"));
			status = told > 0 ? told : status;
		}
		if (status == 0)
			status = status_of_words(
				json_object_get(body, "detail"));
		if (status == 0)
			status = status_of_words(error);
		found = status > 0 ? status : found;
		body = error;
	}
	return found;
}
