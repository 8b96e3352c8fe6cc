/* SPDX-License-Identifier: MIT */
#include "diagnosis/body_internal.h"

#include "base/attributes.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "diagnosis/completion_internal.h"
#include "diagnosis/list_internal.h"
#include "diagnosis/words_internal.h"

#include <stdio.h>
#include <stdlib.h>

/* The number in error[0].code, or 0. */
static int number_of_first(const json_t *root, const char *member)
{
	const json_t *first = json_array_get(json_object_get(root, member), 0);
	json_int_t code = json_number(first, "code");

	return code > 0 && code <= 1000000 ? (int)code : 0;
}

/* The same of an envelope with "success": false. */
static int envelope_code(const json_t *root, const char *member)
{
	return json_is_false(json_object_get(root, "success"))
		? number_of_first(root, member)
		: 0;
}

/* AI Gateway's numbers; Cloudflare's REST API has none among them. */
static bool is_gateway_code(int code)
{
	return code > 2000 && code < 2100;
}

/* AI Gateway's own envelope has "error"; what passes its errors on may write
 * them as Cloudflare's API does. */
static int gateway_code(const json_t *root)
{
	const char *name = json_text(root, "name");
	int code = number_of_first(root, "error");
	int passed_on = envelope_code(root, "errors");
	json_int_t internal = json_number(root, "internalCode");

	/* SDKs keep what stands under "error", and apps show that. */
	if (code > 0 &&
		(is_gateway_code(code) ||
			json_is_false(json_object_get(root, "success"))))
		return code;
	if (is_gateway_code(passed_on))
		return passed_on;
	if (!name || !text_equal(name, "AiGatewayError"))
		return 0;
	return internal > 0 && internal <= 1000000 ? (int)internal : -1;
}

/* A choice that failed: its own words, else the reason alone. */
void body_take_failure(const struct completion *failed, struct reading *reading)
{
	char words[96];

	reading->speaker = SPEAKER_PROVIDER;
	if (failed->error)
		words_take(failed->error, reading);
	if (!*failed->reason)
		return;
	words_add(reading, failed->reason);
	snprintf(words, sizeof(words), _("it ended with \"%.64s\""),
		failed->reason);
	words_say(reading, words);
}

static bool take_completion(const json_t *root, struct reading *reading)
{
	struct completion found = completion_read(root);

	if (found.kind == COMPLETION_NONE)
		return false;
	if (found.kind == COMPLETION_FAILED) {
		body_take_failure(&found, reading);
		return true;
	}
	reading->speaker = SPEAKER_COMPLETION;
	words_say(reading, found.text);
	return true;
}

/* Spark, Zhipu and others: 200, and a number of their own with words. */
static bool has_own_code(const json_t *root)
{
	static const char *const words[] = { "message", "msg", "desc" };
	const json_t *member = json_object_get(root, "code");
	const char *digits = json_string_value(member);
	json_int_t code = digits && text_only(digits, "0123456789")
		? strtoll(digits, NULL, 10)
		: json_integer_value(member);

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (json_is_string(json_object_get(root, words[i])))
			return code != 0 && code != 200;
	return false;
}

/* null, false, 0, "" and [] are how some say that there was none. */
static bool is_something(const json_t *value)
{
	return json_is_true(value) || json_is_object(value) ||
		json_integer_value(value) != 0 ||
		json_string_length(value) > 0 || json_array_size(value) > 0;
}

bool body_is_error(const json_t *root)
{
	const json_t *base = json_object_get(root, "base_resp");
	const char *kind = json_text(root, "type");

	return json_number(base, "status_code") != 0 ||
		is_something(json_object_get(root, "error")) ||
		json_is_false(json_object_get(root, "success")) ||
		/* What stands under "error", as SDKs keep it. */
		(kind && text_ends_with(kind, "_error")) || has_own_code(root);
}

/* What Cloudflare's API remarks on a success. */
static void take_remarks(const json_t *root, struct reading *reading)
{
	const json_t *remarks = json_object_get(root, "messages");

	JSON_EACH(remark, remarks) {
		const char *text = json_text(remark.value, "message");

		if (!text)
			continue;
		words_say(reading, text);
		words_add(reading, text);
	}
}

/* What a check of a token found, where no remark says it. A zone and the like
 * have a name and a status, too. */
static void take_token_status(const json_t *root, struct reading *reading)
{
	const json_t *result = json_object_get(root, "result");
	const char *status = json_text(result, "status");
	char words[64];

	if (!status || !json_text(result, "id") ||
		json_object_get(result, "name") ||
		json_array_size(json_object_get(root, "messages")) > 0)
		return;
	snprintf(words, sizeof(words), "api token status: %.32s", status);
	words_add(reading, words);
}

/* What answers what was asked for; `told`: the status says that it does. */
static bool take_success(const json_t *root, const char *wanted, bool told,
	struct reading *reading)
{
	if (body_is_error(root))
		return false;
	if (take_completion(root, reading))
		return true;
	if (list_take(root, wanted, reading))
		reading->speaker = SPEAKER_LIST;
	else if (told || json_flag(root, "success"))
		reading->speaker = SPEAKER_JSON;
	else
		return false;
	take_remarks(root, reading);
	take_token_status(root, reading);
	return true;
}

void body_take(const json_t *root, const char *wanted, struct reading *reading)
{
	/* Of a pasted body the status may not be told. */
	bool told = reading->status >= 200 && reading->status < 300;

	reading->code = gateway_code(root);
	if (reading->code != 0)
		reading->speaker = SPEAKER_GATEWAY;
	else if ((reading->code = envelope_code(root, "errors")) != 0)
		reading->speaker = SPEAKER_PLATFORM;
	else if ((told || reading->status == 0) &&
		take_success(root, wanted, told, reading))
		return;
	else
		reading->speaker = SPEAKER_PROVIDER;
	words_take(root, reading);
}
