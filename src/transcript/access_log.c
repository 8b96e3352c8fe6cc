/* SPDX-License-Identifier: MIT */
#include "transcript/access_log_internal.h"

#include "base/attributes.h"

#include <string.h>

/* The path behind a method's name, with or without quotes; of size 0 where none
 * begins. */
static struct slice path_behind_method(struct slice line, size_t at)
{
	static const char *const methods[] = { "GET ", "POST ", "PUT ", "HEAD ",
		"DELETE ", "OPTIONS " };

	for (size_t i = 0; i < ARRAY_SIZE(methods); i++) {
		if (!slice_has_at(line, at, methods[i]))
			continue;
		struct slice path = slice_skip_blanks(
			slice_from(line, at + strlen(methods[i])));
		path = slice_from(path, slice_begins(path, "\""));
		path = slice_first(path, slice_find(path, ' '));
		return slice_first(path,
			slice_begins(path, "/") ? slice_find(path, '"') : 0);
	}
	return (struct slice){ 0 };
}

struct slice access_log_path(struct slice line)
{
	bool gin = slice_begins(line, "[GIN]");

	for (size_t at = 1; at < line.size; at++) {
		bool quoted = line.at[at - 1] == '"';
		struct slice path = { 0 };

		if (quoted || (gin && line.at[at - 1] == ' '))
			path = path_behind_method(line, at);
		if (path.size > 0 &&
			(gin ||
				slice_has_at(line,
					(size_t)(path.at - line.at) + path.size,
					" HTTP/")))
			return path;
	}
	return (struct slice){ 0 };
}

bool access_log_is_endpoint(struct slice path)
{
	static const char *const ends[] = { "/completions", "/messages",
		"/responses", "/embeddings", "/v1/models", "/rerank",
		"/generations", "/api/chat", "/api/generate", "/api/embed",
		"/transcriptions", "/speech" };

	path = slice_first(path, slice_find(path, '?'));
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
		if (slice_ends_ignoring_case(path, ends[i]))
			return true;
	return slice_contains_ignoring_case(path, "generatecontent");
}
