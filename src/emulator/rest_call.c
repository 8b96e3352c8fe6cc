/* SPDX-License-Identifier: MIT */
#include "emulator/rest_internal.h"

#include "base/json.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/number.h"

#include <sodium.h>
#include <string.h>

static json_t *envelope(bool success, json_t *result, json_t *errors)
{
	return json_build("{result:%o, success:%b, errors:%o, messages:[]}",
		result, success, errors);
}

void rest_succeed(struct rest_call *call, json_t *result)
{
	answer_json(call->answer, 200, envelope(true, result, json_new_list()));
}

void rest_succeed_saying(
	struct rest_call *call, json_t *result, int code, const char *message)
{
	json_t *body = envelope(true, result, json_new_list());

	json_put(body, "messages",
		json_build(
			"[{code:%i, message:%s, type:null}]", code, message));
	answer_json(call->answer, 200, body);
}

void rest_fail_with(struct rest_call *call, unsigned status, json_t *errors)
{
	answer_json(call->answer, status, envelope(false, json_null(), errors));
}

void rest_fail(
	struct rest_call *call, unsigned status, int code, const char *message)
{
	rest_fail_with(call, status,
		json_build("[{code:%i, message:%s}]", code, message));
}

static size_t number_argument(const struct rest_call *call, const char *name,
	uint64_t most, uint64_t otherwise)
{
	OWNED char *text = rest_argument(call, name);
	uint64_t number = otherwise;

	if (text && !number_parse(text, strlen(text), 1, most, &number))
		number = otherwise;
	return (size_t)number;
}

void rest_list(struct rest_call *call, json_t *items)
{
	const size_t total = json_array_size(items);
	const size_t page = number_argument(call, "page", 100000, 1);
	const size_t most = number_argument(call, "per_page", 100, 20);
	json_t *shown = json_new_list();
	json_t *body;

	for (size_t i = (page - 1) * most; i < total && i < page * most; i++)
		json_push_shared(shown, json_array_get(items, i));
	body = envelope(true, shown, json_new_list());
	json_put(body, "result_info",
		json_build("{page:%I, per_page:%I, count:%I, total_count:%I}",
			(json_int_t)page, (json_int_t)most,
			(json_int_t)json_array_size(shown), (json_int_t)total));
	json_decref(items);
	answer_json(call->answer, 200, body);
}

void rest_make_id(char out[REST_ID_SIZE])
{
	unsigned char random[16];

	randombytes_buf(random, sizeof(random));
	sodium_bin2hex(out, REST_ID_SIZE, random, sizeof(random));
}

char *rest_argument(const struct rest_call *call, const char *name)
{
	const char *text = request_argument(call->request, name);

	if (!text)
		return NULL;
	OWNED char *copy = memory_text(text);
	for (char *at = copy; *at; at++)
		if (*at == '+')
			*at = ' ';
	return request_unescape(copy, strlen(copy));
}

void rest_refuse_member(struct rest_call *call, unsigned status, int code,
	const char *message, const char *member)
{
	rest_fail_with(call, status,
		json_build("[{code:%i, message:%s, path:['body', %s]}]", code,
			message, member));
}

const char *rest_required(struct rest_call *call, const char *member)
{
	const char *text = json_text(call->body, member);

	if (!text)
		rest_refuse_member(call, 400, 7001, "Required", member);
	return text;
}
