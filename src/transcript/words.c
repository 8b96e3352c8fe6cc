/* SPDX-License-Identifier: MIT */
/* Addresses and models in sentences. */
#include "transcript/scan_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"

#include <string.h>

#define ADDRESS_MOST ((size_t)4095)

static bool is_address_byte(char byte)
{
	return byte > ' ' && byte < 0x7f && !strchr("\"'`<>),;|\\{}[]", byte);
}

size_t transcript_url_size(struct slice text)
{
	size_t used = 0;

	while (used < text.size && used < ADDRESS_MOST &&
		is_address_byte(text.at[used]))
		used++;
	while (used > 0 && strchr(".:?", text.at[used - 1]))
		used--;
	return used;
}

/* What stands before an address that was called: "for url: ", "POST ". */
static bool follows_call(const char *line, size_t at)
{
	size_t end = at;

	while (end > 0 && at - end < 6 &&
		(strchr(" :='\"(", line[end - 1]) != NULL))
		end--;
	return slice_fits_any((struct slice){ line, end },
		slice_ends_ignoring_case,
		WORDS("url", "post", "get", "request", "upstream", "uri",
			"endpoint", "baseurl", "base_url", "fetch"));
}

/* Addresses of documentation, to which errors point. */
static bool is_documentation(struct slice url)
{
	return slice_fits_any(url, slice_begins_ignoring_case,
		WORDS("https://docs.", "https://developer",
			"https://platform.openai.com/", "https://github.com/",
			"https://errors."));
}

static void take_method(
	struct told_request *request, const char *line, size_t at)
{
	if (!*request->method && at >= 5 &&
		memcmp(line + at - 5, "POST ", 5) == 0)
		memcpy(request->method, "POST", 5);
	if (!*request->method && at >= 4 &&
		memcmp(line + at - 4, "GET ", 4) == 0)
		memcpy(request->method, "GET", 4);
}

static void take_url(
	struct collector *collector, const char *line, size_t at, size_t size)
{
	struct told_request *request = &collector->current.request;
	struct slice url = { line + at, size - at };

	if (request->url.size > 0 || is_documentation(url) ||
		!follows_call(line, at))
		return;
	size_t length = transcript_url_size(url);
	buf_append(&request->url, url.at, length);
	take_method(request, line, at);
}

/* The words around a model's name in an answer, in lower case. */
static const char *const model_leads[] = { "the model ",
	"the model or endpoint ",
	"model=", "model: ", "model not found: ", "not supported model ",
	"model \"", "unknown model ", "model group=", "--model ", "models/",
	"\"model\":\"", "\"model\": \"" };

static bool is_model_byte(char byte)
{
	return text_is_alphanumeric(byte) || strchr("-_./:@", byte) != NULL;
}

/* "llm/7fc121ef-5d06-4c8c-944e-010db258dcd7": a program's own number. */
static bool has_uuid(const char *at, size_t size)
{
	static const char form[] = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";
	size_t same = 0;

	for (size_t i = 0; i < size && same < strlen(form); i++) {
		bool hyphen = form[same] == '-';

		if (hyphen ? at[i] == '-' : text_hex_value(at[i]) >= 0)
			same++;
		else
			same = 0;
	}
	return same == strlen(form);
}

/* "gemini-2.5-flash:generateContent": Google's APIs have the method there. */
static size_t size_before_method(const char *name, size_t size)
{
	size_t at = size;
	bool capital = false;

	while (at > 0 && text_is_letter(name[at - 1])) {
		at--;
		capital = capital || text_is_upper(name[at]);
	}
	return capital && at > 1 && at < size && text_is_lower(name[at]) &&
			name[at - 1] == ':'
		? at - 1
		: size;
}

/* A name has a digit or a hyphen; "the model does not exist" has none. */
static size_t model_size(const char *at, size_t size)
{
	size_t used = 0;
	bool name = false;

	while (used < size && used < 128 && is_model_byte(at[used])) {
		name = name || text_is_digit(at[used]) || at[used] == '-';
		used++;
	}
	while (used > 0 && strchr(".:/", at[used - 1]))
		used--;
	used = size_before_method(at, used);
	return name && used > 2 && !has_uuid(at, used) &&
			!slice_begins_ignoring_case(
				(struct slice){ at, used }, "http")
		? used
		: 0;
}

const char *transcript_model(const char *text, size_t size, size_t *length)
{
	for (size_t at = 0; at < size; at++) {
		if (!strchr("tmnu-\"", text_lower(text[at])))
			continue;
		for (size_t i = 0; i < ARRAY_SIZE(model_leads); i++) {
			if (!slice_has_at_ignoring_case(
				    (struct slice){ text, size }, at,
				    model_leads[i]))
				continue;
			size_t start = at + strlen(model_leads[i]);
			while (start < size && strchr("'\"`\\", text[start]))
				start++;
			*length = model_size(text + start, size - start);
			if (*length > 0)
				return text + start;
		}
	}
	return NULL;
}

void transcript_words(
	struct collector *collector, const char *line, size_t size)
{
	size_t length;
	const char *model = transcript_model(line, size, &length);
	struct slice whole = { line, size };

	if (model)
		collector_model(collector, model, length);
	for (size_t at = 0; at < size; at++) {
		bool address =
			slice_has_at_ignoring_case(whole, at, "https://") ||
			slice_has_at_ignoring_case(whole, at, "http://");
		if (address)
			take_url(collector, line, at, size);
	}
}
