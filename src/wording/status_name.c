/* SPDX-License-Identifier: MIT */
/* Statuses by their names, and by those of SDKs' errors. */
#include "wording/status_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"

#include <string.h>

/* Reason phrases (RFC 9110 and Cloudflare's), in lower case. */
static const struct {
	int status;
	const char *words;
} reasons[] = {
	{ 301, "moved permanently" },
	{ 302, "found" },
	{ 307, "temporary redirect" },
	{ 308, "permanent redirect" },
	{ 400, "bad request" },
	{ 401, "unauthorized" },
	{ 402, "payment required" },
	{ 403, "forbidden" },
	{ 404, "not found" },
	{ 404, "page not found" },
	{ 404, "the resource you are requesting could not be found" }, /* n8n */
	{ 405, "method not allowed" },
	{ 408, "request timeout" },
	{ 413, "payload too large" },
	{ 415, "unsupported media type" },
	{ 421, "misdirected request" },
	{ 422, "unprocessable entity" },
	{ 424, "failed dependency" },
	{ 429, "too many requests" },
	{ 500, "internal server error" },
	{ 502, "bad gateway" },
	{ 503, "service unavailable" },
	{ 504, "gateway timeout" },
	{ 504, "gateway time-out" },
	{ 529, "overloaded" },
};

static const struct {
	const char *name;
	int status;
	bool common; /* others have it too: only behind a module's name */
} classes[] = {
	{ "badrequest", 400, true },
	{ "invalidrequest", 400, true },
	{ "authentication", 401, false },
	{ "permissiondenied", 403, true },
	{ "notfound", 404, true },
	{ "modelnotfound", 404,
		true }, /* LangChain4j's, for whatever is not there */
	{ "conflict", 409, true },
	{ "unprocessableentity", 422, true },
	{ "ratelimit", 429, false },
	{ "internalserver", 500, true },
	{ "serviceunavailable", 503, true },
	{ "overloaded", 529, false },
	{ "badgateway", 502, false },
	{ "gatewayinternalserver", 500, false },
	{ "gatewayauthentication", 401, false },
	{ "gatewayratelimit", 429, false },
};

/* Types of errors in bodies, as Anthropic's and OpenAI's have them. */
static const struct {
	const char *name;
	int status;
} types[] = {
	{ "invalid_request_error", 400 },
	{ "authentication_error", 401 },
	{ "billing_error", 402 },
	{ "permission_error", 403 },
	{ "not_found_error", 404 },
	{ "rate_limit_error", 429 },
	{ "api_error", 500 },
	{ "overloaded_error", 529 },
};

bool status_name_ends(const char *text, int status)
{
	for (size_t i = 0; i < ARRAY_SIZE(reasons); i++)
		if (reasons[i].status == status &&
			text_ends_with(text, reasons[i].words))
			return true;
	return false;
}

bool status_name_begins(const char *text, int status)
{
	for (size_t i = 0; i < ARRAY_SIZE(reasons); i++)
		if (reasons[i].status == status &&
			text_starts_with(text, reasons[i].words))
			return true;
	return false;
}

/* Java's, of which other programs have the same: only in the packages of APIs'
 * clients. */
static bool is_of_client(struct slice module)
{
	return slice_fits_any(module, slice_contains,
		WORDS("langchain4j", "openai", "anthropic"));
}

/* Longer are no names of packages. */
#define MODULE_MOST ((size_t)40)

/* The class whose name, less Error or Exception, ends in line[end]. */
static int status_of_name(struct slice line, size_t end, bool java)
{
	for (size_t i = 0; i < ARRAY_SIZE(classes); i++) {
		size_t length = strlen(classes[i].name);

		if (end < length ||
			!slice_has_at_ignoring_case(
				line, end - length, classes[i].name))
			continue;
		size_t start = end - length;
		bool module = start > 0 && line.at[start - 1] == '.';
		size_t first = start > MODULE_MOST ? start - MODULE_MOST : 0;
		if (java ? module &&
					is_of_client(slice_from(
						slice_first(line, start),
						first))
			 : module || !classes[i].common)
			return classes[i].status;
	}
	return 0;
}

int status_of_class(const char *line, size_t size, size_t *behind)
{
	static const char *const endings[] = { "Error", "Exception" };
	struct slice whole = { line, size };
	/* As notebooks head it, with the name alone at the other end. */
	bool heads = slice_ends(
		slice_trimmed(whole), " Traceback (most recent call last)");

	for (size_t at = 0; at + 5 <= size; at++)
		for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
			size_t end = at + strlen(endings[i]);

			if (!slice_has_at(whole, at, endings[i]) ||
				(end < size &&
					!strchr(heads ? " " : ":(]>",
						line[end])))
				continue;
			int status = status_of_name(whole, at, i > 0);
			if (status == 0)
				continue;
			*behind = end;
			return status;
		}
	return 0;
}

/* At the beginning, or behind what leads to an error's words. */
static bool begins_words(struct slice line, size_t at)
{
	return at == 0 ||
		slice_fits_any(slice_first(line, at), slice_ends,
			WORDS(": ", "] ", " - "));
}

int status_of_type(const char *line, size_t size, size_t *behind)
{
	struct slice whole = { line, size };

	/* Most lines have none. */
	if (!slice_contains(whole, "_error: "))
		return 0;
	for (size_t at = 0; at < size; at++) {
		if (!begins_words(whole, at))
			continue;
		for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
			size_t end = at + strlen(types[i].name);

			if (!slice_has_at(whole, at, types[i].name) ||
				!slice_has_at(whole, end, ": "))
				continue;
			*behind = end;
			return types[i].status;
		}
	}
	return 0;
}

/* How much of the text is the reason; .NET writes it in one word: 0: none. */
static size_t reason_size(const char *text, const char *reason)
{
	const char *at = text;

	for (; *reason; reason++)
		if (text_lower(*at) == *reason)
			at++;
		else if (*reason != ' ')
			return 0;
	return (size_t)(at - text);
}

size_t status_reason_begun(const char *text)
{
	for (size_t i = 0; i < ARRAY_SIZE(reasons); i++)
		if (text_starts_with(text, reasons[i].words))
			return strlen(reasons[i].words);
	return 0;
}

int status_of_reason(const char *text)
{
	for (size_t i = 0; i < ARRAY_SIZE(reasons); i++) {
		size_t size = reason_size(text, reasons[i].words);
		const char *behind = text + size;

		if (size > 0 &&
			(!*behind || strchr(")'\"`\\", *behind) ||
				(*behind == '.' && strlen(behind) < 3) ||
				text_starts_with(behind, " for url")))
			return reasons[i].status;
	}
	return 0;
}
