/* SPDX-License-Identifier: MIT */
#include "emulator/canned.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

static bool check_headers(
	json_t *headers, const struct json_path *path, struct error *err)
{
	const struct json_path here = { path, "headers", 0 };

	JSON_EACH_MEMBER(member, headers) {
		if (!json_is_string(member.value))
			return json_refuse(err, &here, _("%s is not a string"),
				member.name);
		if (!*member.name || strpbrk(member.name, " :\r\n") ||
			strpbrk(json_string_value(member.value), "\r\n"))
			return json_refuse(err, &here, _("%s cannot be sent"),
				member.name);
	}
	return true;
}

static bool check_rule(
	json_t *rule, const struct json_path *path, struct error *err)
{
	static const char *const known[] = { "method", "path_contains",
		"status", "headers", "body", "times", NULL };
	const char *text = NULL;
	json_t *headers = NULL;
	json_int_t status = 200;
	json_int_t times = 1;

	if (!json_is_object(rule))
		return json_refuse_type(err, path, JSON_OBJECT);
	if (!json_check_members(rule, path, known, true, err) ||
		!json_get_text(
			rule, path, "method", JSON_OPTIONAL, &text, err) ||
		!json_get_text(rule, path, "path_contains", JSON_OPTIONAL,
			&text, err) ||
		!json_get_integer(
			rule, path, "status", JSON_OPTIONAL, &status, err) ||
		!json_get_integer(
			rule, path, "times", JSON_OPTIONAL, &times, err) ||
		!json_get_object(
			rule, path, "headers", JSON_OPTIONAL, &headers, err))
		return false;
	if (status < 200 || status > 999)
		return json_refuse(
			err, path, _("status is not from 200 to 999"));
	if (times < 0)
		return json_refuse(err, path, _("times is below 0"));
	return check_headers(headers, path, err);
}

bool canned_take(json_t *value, const struct json_path *path, json_t **rules,
	struct error *err)
{
	json_t *list;

	*rules = NULL;
	if (json_is_null(value))
		return true;
	list = json_is_array(value) ? json_new_copy(value)
				    : json_build("[%o]", json_new_copy(value));
	JSON_EACH(rule, list) {
		const struct json_path here = { path, NULL, rule.index };

		if (!check_rule(rule.value, &here, err)) {
			json_decref(list);
			return false;
		}
	}
	*rules = list;
	return true;
}

/* Whether the rule is for this request, and not used up. */
static bool fits(
	const json_t *rule, const struct request *request, const char *path)
{
	const char *method = json_text(rule, "method");
	const char *part = json_text(rule, "path_contains");
	const json_t *times = json_object_get(rule, "times");

	return (!method || text_equal(method, request->method)) &&
		(!part || strstr(path, part)) &&
		(!times || json_integer_value(times) > 0);
}

static void send_body(const json_t *body, unsigned status, const char *type,
	struct answer *answer)
{
	if (!body || json_is_string(body)) {
		answer_text(answer, status,
			type ? type : "text/plain; charset=utf-8",
			body ? json_string_value(body) : "",
			body ? json_string_length(body) : 0);
		return;
	}
	OWNED char *text = json_dumps(body, JSON_COMPACT | JSON_ENCODE_ANY);
	if (text)
		answer_text(answer, status, type ? type : "application/json",
			text, strlen(text));
}

static void answer_rule(json_t *rule, struct answer *answer)
{
	json_t *headers = json_object_get(rule, "headers");
	const json_t *status = json_object_get(rule, "status");
	json_t *times = json_object_get(rule, "times");
	const char *type;

	JSON_EACH_MEMBER(member, headers)
		answer_header(
			answer, member.name, json_string_value(member.value));
	type = answer_find(answer, "content-type");
	send_body(json_object_get(rule, "body"),
		status ? (unsigned)json_integer_value(status) : 200, type,
		answer);
	if (type && text_starts_with(type, "text/event-stream"))
		answer->delivery = DELIVER_EVENTS;
	if (times)
		json_integer_set(times, json_integer_value(times) - 1);
	snprintf(answer->outcome, sizeof(answer->outcome), "canned");
}

bool canned_answers(json_t *rules, const struct request *request,
	const char *path, struct answer *answer)
{
	JSON_EACH(rule, rules) {
		if (!fits(rule.value, request, path))
			continue;
		answer_rule(rule.value, answer);
		return true;
	}
	return false;
}
