/* SPDX-License-Identifier: MIT */
/* Statuses in the logs of servers, and whose they are. */
#include "wording/status_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"

#include <string.h>

int status_at(const char *line, size_t size, size_t at)
{
	bool digits = at + 3 <= size && text_is_digit(line[at]) &&
		text_is_digit(line[at + 1]) && text_is_digit(line[at + 2]);
	bool starts = at == 0 ||
		(!text_is_alphanumeric(line[at - 1]) &&
			!strchr("._/#", line[at - 1]));
	bool ends = at + 3 >= size || !text_is_alphanumeric(line[at + 3]);

	if (!digits || !starts || !ends)
		return 0;
	/* 401.5, 401:12 (a place in a file) and 200-299 are no status. */
	if (at + 4 < size && strchr(".:-,", line[at + 3]) &&
		text_is_digit(line[at + 4]))
		return 0;
	int status = (line[at] - '0') * 100 + (line[at + 1] - '0') * 10 +
		(line[at + 2] - '0');
	/* 599 is what some clients call it that no answer came. */
	return status >= 200 && status < 599 ? status : 0;
}

/* In the path of every API for models; in that of an app's server others may
 * be, too. The last ones are Ollama's. */
static const char *const parts[] = { "/v1", "/v2", "/v3", "/v4", "completion",
	"chat", "messages", "responses", "models", "embeddings", "generation",
	"/api/generate", "/api/show", "/api/tags", "/api/embed", "/api/pull" };

/* No API for models has it. */
static bool is_other_path(const char *at, size_t size)
{
	char path[128];

	if (size == 0 || size >= sizeof(path) || *at != '/')
		return false;
	memcpy(path, at, size);
	path[size] = '\0';
	/* "/api/v1/auths": an app's version, and none of an API's endpoints. */
	const char *rest = path;
	static const char own_version[] = "/api/v1/";

	if (text_starts_with(path, own_version))
		rest += strlen(own_version);
	return *rest &&
		!text_fits_any(rest, text_contains, parts, ARRAY_SIZE(parts));
}

/* At the end of the line, in quotes or not. */
static bool ends_in_other_path(const char *line, size_t size)
{
	size_t start = size;

	while (start > 0 && !strchr(" \"", line[start - 1]))
		start--;
	if (start == size && size > 0 && line[size - 1] == '"')
		for (start = --size; start > 0 && line[start - 1] != '"';)
			start--;
	return is_other_path(line + start, size - start);
}

/* What servers call who called them, and by which path. */
static const char *const requests[] = { "\"GET /", "\"POST /", "\"HEAD /",
	"\"PUT /" };

/* "GET /static/loader.js HTTP/1.1" 200, as servers log who called them. */
static bool has_other_request(struct slice line)
{
	for (size_t i = 0; i < ARRAY_SIZE(requests); i++) {
		size_t at = slice_find_part(line, slice_of(requests[i]));
		struct slice path =
			slice_from(line, at + strlen(requests[i]) - 1);

		if (at < line.size && slice_contains(path, " HTTP/"))
			return is_other_path(path.at, slice_find(path, ' '));
	}
	return false;
}

/* "POST /api/login 400", in a sentence, too: what apps call their own paths. */
static bool has_app_path(struct slice line)
{
	static const char start[] = "/api/";
	size_t at = slice_find_part(line, slice_of(start));
	struct slice path = slice_from(line, at);
	size_t size = 0;

	if (path.size == 0 ||
		(at > 0 && line.at[at - 1] > ' ' && line.at[at - 1] < 0x7f))
		return false;
	while (size < path.size && path.at[size] > ' ' && path.at[size] < 0x7f)
		size++;
	return is_other_path(path.at, size);
}

/* "[GIN] 2025/03/22 - 13:50:48 | 400 |   13.7ms" */
static bool is_between_bars(const char *line, size_t size, size_t at)
{
	return at >= 2 && at + 5 <= size &&
		memcmp(line + at - 2, "| ", 2) == 0 &&
		memcmp(line + at + 3, " |", 2) == 0;
}

/* "POST /v1/chat/completions 401 12.3 ms - 45": a call by its path. */
static bool is_behind_call(struct slice ahead)
{
	struct slice words = slice_trimmed(ahead);
	size_t path = words.size;
	size_t method;

	while (path > 0 && !text_is_space(words.at[path - 1]))
		path--;
	struct slice before = slice_trimmed(slice_first(words, path));
	for (method = before.size;
		method > 0 && text_is_upper(before.at[method - 1]);)
		method--;
	return slice_begins(slice_from(words, path), "/") &&
		!is_other_path(words.at + path, words.size - path) &&
		slice_fits_any(slice_from(before, method), slice_is,
			WORDS("GET", "POST", "PUT", "HEAD"));
}

/* Nothing, or how long the answer took and was. */
static bool is_measure(struct slice behind)
{
	struct slice words = slice_trimmed(behind);

	if (slice_begins(words, "in ") || slice_begins(words, "- "))
		words = slice_skip_blanks(slice_from(words, 2));
	return words.size == 0 || text_is_digit(*words.at) ||
		slice_is(words, "OK");
}

bool status_is_in_log(const char *line, size_t size, size_t at)
{
	return (is_between_bars(line, size, at) &&
		       !ends_in_other_path(line, size)) ||
		(is_behind_call((struct slice){ line, at }) &&
			is_measure((struct slice){
				line + at + 3, size - at - 3 }));
}

/* "POST /v1/chat/completions HTTP/1.1" 502: by a path without a host, as
 * servers log who called them (urllib3 puts the host in front). */
static bool is_behind_request(struct slice ahead)
{
	static const char *const ends[] = { " HTTP/1.1\" ", " HTTP/1.0\" ",
		" HTTP/2.0\" ", " HTTP/2\" " };

	return slice_fits_any(ahead, slice_ends, ends, ARRAY_SIZE(ends)) &&
		slice_fits_any(ahead, slice_contains, requests,
			ARRAY_SIZE(requests)) &&
		!slice_contains(ahead, "://");
}

int status_of_served_call(const char *line, size_t size)
{
	for (size_t at = 0; at + 3 <= size; at++) {
		int status = status_at(line, size, at);

		if (status > 0 &&
			(status_is_in_log(line, size, at) ||
				is_behind_request((struct slice){ line, at })))
			return status;
	}
	return 0;
}

/* Hosts of this machine and of the network that it is in. */
static const char *const own_hosts[] = { "://localhost", "://127.0.0.1",
	"://0.0.0.0", "://[::1]", "://192.168.", "://10." };

/* What only an API for models has in its path, and Ollama's port. */
static const char *const api_parts[] = { "/v1", "/v2", "/v3", "/v4",
	"completion", "/messages", "/responses", "/models", "embeddings",
	":11434" };

/* "POST http://localhost:8080/chat HTTP/1.1 404": an app's own server. */
static bool has_own_address(struct slice line)
{
	for (size_t i = 0; i < ARRAY_SIZE(own_hosts); i++) {
		size_t at = slice_find_part(line, slice_of(own_hosts[i]));
		struct slice url = slice_from(line, at);

		if (url.size == 0)
			continue;
		url = slice_first(url, slice_find(url, ' '));
		return !slice_fits_any(
			url, slice_contains, api_parts, ARRAY_SIZE(api_parts));
	}
	return false;
}

int status_of_own_server(const char *line, size_t size)
{
	bool own = has_own_address((struct slice){ line, size }) ||
		has_other_request((struct slice){ line, size }) ||
		has_app_path((struct slice){ line, size });

	for (size_t at = 0; at + 3 <= size; at++) {
		int status = status_at(line, size, at);

		if (status > 0 &&
			(own ||
				(is_between_bars(line, size, at) &&
					ends_in_other_path(line, size))))
			return status;
	}
	return 0;
}
