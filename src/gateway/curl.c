/* SPDX-License-Identifier: MIT */
#include "gateway/attempt_internal.h"

#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"

#include <stddef.h>
#include <string.h>

/*
 * Stand where a value goes while the request is made, around the name of its
 * variable. No name, value or URL has these bytes.
 */
#define NAME_BEGINS '\1'
#define NAME_ENDS '\2'

/* One word, in which names stand for what their variables will hold. */
static void add_word(const char *text, struct buf *out)
{
	while (*text) {
		OWNED char *copy = memory_text(text);
		char *name = strchr(copy, NAME_BEGINS);
		char *end = name ? strchr(name, NAME_ENDS) : NULL;

		if (end) {
			*name++ = '\0';
			*end = '\0';
		}
		shell_word_with(copy, end ? name : NULL, out);
		text += end ? end + 1 - copy : (ptrdiff_t)strlen(copy);
	}
}

static void add_command(const struct call *call, struct buf *out)
{
	const struct http_request *request = &call->transfer.request;
	const char *line;

	buf_text(out, "curl -sS -i --compressed ");
	add_word(call->url, out);
	for (size_t i = 0; (line = http_request_header_at(request, i)); i++) {
		buf_text(out, " \\\n  -H ");
		add_word(line, out);
	}
	if (request->body.size > 0) {
		buf_text(out, " \\\n  -d ");
		shell_word(buf_cstring(&request->body), out);
	}
	buf_byte(out, '\n');
}

/* $NAME goes through all that makes the request in the secret's place, and is
 * spelt for the shell at the end. */
static void stand_in(const char *name, struct secret *secret)
{
	if (!name)
		return;
	OWNED char *text =
		memory_printf("%c%s%c", NAME_BEGINS, name, NAME_ENDS);

	secret_copy(secret, text, strlen(text));
}

bool gateway_curl(const struct verify_subject *subject,
	const struct verify_options *options, const char *route,
	struct buf *out, struct error *err)
{
	const struct profile *profile = subject->profile;
	struct verify_result result = { .direct = options->direct };
	struct attempt attempt = {
		.inquiry = { .profile = profile, .direct = options->direct },
		.variables = subject->variables,
		.options = options,
		.result = &result,
	};
	SCOPED(call) struct call call = { 0 };
	SCOPED(secret) struct secret token = { 0 };
	SCOPED(secret) struct secret key = { 0 };
	bool made;

	for (size_t i = 0; i < profile->route_count; i++)
		if (text_equal(profile->routes[i].name, route))
			attempt.inquiry.route = &profile->routes[i];
	made = attempt.inquiry.route && attempt_init(&attempt, err);
	if (made) {
		stand_in("CF_AIG_TOKEN", &token);
		stand_in(attempt.inquiry.route->credential == CREDENTIAL_HEADER
				? attempt.inquiry.route->key_env
				: NULL,
			&key);
		attempt.inquiry.token = &token;
		attempt.inquiry.key = &key;
		call_init(&call, &attempt,
			options->stream ? CALL_STREAM
					: attempt_first_call(&attempt),
			attempt.inquiry.base);
		add_command(&call, out);
	}
	return made;
}
