/* SPDX-License-Identifier: MIT */
#include "gateway/attempt_internal.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/*
 * Stand where a value goes while the request is made, around the name of its
 * variable. No name, value or URL has these bytes.
 */
#define NAME_BEGINS '\1'
#define NAME_ENDS '\2'

/* One shell word in double quotes, in which only the names are expanded. */
static void add_word(const char *text, struct buf *out)
{
	buf_byte(out, '"');
	for (; *text; text++) {
		if (*text == NAME_BEGINS) {
			buf_byte(out, '$');
		} else if (*text != NAME_ENDS) {
			if (strchr("\"\\$`", *text))
				buf_byte(out, '\\');
			buf_byte(out, *text);
		}
	}
	buf_byte(out, '"');
}

/* The body in single quotes: it is JSON, full of double ones. */
static void add_literal(const char *text, struct buf *out)
{
	buf_byte(out, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			buf_text(out, "'\\''");
		else
			buf_byte(out, *text);
	}
	buf_byte(out, '\'');
}

static void add_command(const struct call *call, struct buf *out)
{
	const struct http_request *request = &call->transfer.request;
	const char *line;

	buf_text(out, "curl -sS -i ");
	add_word(call->url, out);
	for (size_t i = 0; (line = http_request_header_at(request, i)); i++) {
		buf_text(out, " \\\n  -H ");
		add_word(line, out);
	}
	if (request->body.size > 0) {
		buf_text(out, " \\\n  -d ");
		add_literal(buf_cstring(&request->body), out);
	}
	buf_byte(out, '\n');
}

static char *stand_in(const char *name)
{
	return name ? memory_printf("%c%s%c", NAME_BEGINS, name, NAME_ENDS)
		    : memory_text("");
}

bool gateway_curl(const struct verify_subject *subject,
	const struct verify_options *options, const char *route,
	struct buf *out, struct error *err)
{
	const struct profile *profile = subject->profile;
	struct verify_result result = { .direct = options->direct };
	struct attempt attempt = {
		.profile = profile,
		.variables = subject->variables,
		.options = options,
		.result = &result,
	};
	struct call call = { 0 };
	char *token = stand_in("CF_AIG_TOKEN");
	char *key = NULL;
	bool made;

	for (size_t i = 0; i < profile->route_count; i++)
		if (text_equal(profile->routes[i].name, route))
			attempt.route = &profile->routes[i];
	made = attempt.route && attempt_init(&attempt, err);
	if (made) {
		key = stand_in(attempt.route->credential == CREDENTIAL_HEADER
				? attempt.route->key_env
				: NULL);
		attempt.token = token;
		attempt.key = key;
		call_init(&call, &attempt,
			options->stream ? CALL_STREAM
					: attempt_first_call(&attempt),
			attempt.base);
		add_command(&call, out);
	}
	call_release(&call);
	free(token);
	free(key);
	return made;
}
