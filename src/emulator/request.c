/* SPDX-License-Identifier: MIT */
#include "emulator/request.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

const char *request_header(const struct request *request, const char *name)
{
	for (size_t i = 0; i < request->header_count; i++)
		if (text_equal_ignoring_case(request->headers[i].name, name))
			return request->headers[i].value;
	return NULL;
}

const char *request_argument(const struct request *request, const char *name)
{
	for (size_t i = 0; i < request->argument_count; i++)
		if (text_equal(request->arguments[i].name, name))
			return request->arguments[i].value;
	return NULL;
}

bool request_flag(const struct request *request, const char *name)
{
	const char *value = request_header(request, name);

	return value && text_equal_ignoring_case(value, "true");
}

const char *request_bearer(const struct request *request, const char *name)
{
	static const char scheme[] = "bearer";
	const char *value = request_header(request, name);

	if (!value || !text_starts_with_ignoring_case(value, scheme))
		return NULL;
	value += strlen(scheme);
	if (*value && *value != ' ')
		return NULL;
	while (*value == ' ')
		value++;
	return value;
}

char *request_unescape(const char *text, size_t size)
{
	char *whole = memory_copy(text, size);
	const char *from = whole;
	char *to = whole;

	while (*from) {
		const int high = *from == '%' ? text_hex_value(from[1]) : -1;
		const int low = high >= 0 ? text_hex_value(from[2]) : -1;

		if (low >= 0) {
			*to++ = (char)(high * 16 + low);
			from += 3;
		} else {
			*to++ = *from++;
		}
	}
	*to = '\0';
	return whole;
}

json_t *request_object(const struct request *request)
{
	struct error err;
	json_t *body = json_parse(request->body, request->body_size, "request",
		JSON_LOOSE(64), &err);

	if (json_is_object(body))
		return body;
	json_decref(body);
	return NULL;
}
