/* SPDX-License-Identifier: MIT */
#include "emulator/dialect.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

/* As providers show a refused key: stars and the last four characters. */
static void append_masked(struct buf *out, const char *key)
{
	const size_t size = strlen(key);

	buf_text(out, "****");
	if (size >= 12)
		buf_text(out, key + size - 4);
}

/* The text as it may stand between quotes in JSON. */
static void append_escaped(struct buf *out, const char *text)
{
	for (; *text; text++) {
		const unsigned char byte = (unsigned char)*text;

		if (byte == '"' || byte == '\\')
			buf_printf(out, "\\%c", byte);
		else if (byte < ' ' || byte > '~')
			buf_printf(out, "\\u%04x", byte);
		else
			buf_byte(out, *text);
	}
}

const struct dialect *dialect_find(const char *name)
{
	for (const struct dialect *const *at = dialects; *at; at++)
		if (text_equal((*at)->name, name))
			return *at;
	return NULL;
}

static const char *value_of(
	const struct refusal_values *values, const char *name, size_t size)
{
	const struct {
		const char *name;
		const char *value;
	} table[] = {
		{ "key", values->key },
		{ "model", values->model },
		{ "path", values->path },
		{ "method", values->method },
		{ "reason", values->reason },
	};

	for (size_t i = 0; i < ARRAY_SIZE(table); i++)
		if (text_is(name, size, table[i].name))
			return table[i].value ? table[i].value : "";
	return NULL;
}

static void fill(
	struct buf *out, const char *body, const struct refusal_values *values)
{
	while (*body) {
		const char *close = *body == '{' ? strchr(body, '}') : NULL;
		const size_t size = close ? (size_t)(close - body - 1) : 0;
		const char *value =
			close ? value_of(values, body + 1, size) : NULL;
		SCOPED(buf) struct buf masked = BUF(4096);

		if (!value) {
			buf_byte(out, *body++);
			continue;
		}
		if (text_is(body + 1, size, "key")) {
			append_masked(&masked, value);
			value = buf_cstring(&masked);
		}
		append_escaped(out, value);
		body = close + 1;
	}
}

void dialect_refuse(const struct dialect *dialect, enum refusal_kind kind,
	const struct refusal_values *values, struct answer *answer)
{
	const struct refusal *refusal = dialect->refusals[kind].body
		? &dialect->refusals[kind]
		: &dialect_openai.refusals[kind];
	SCOPED(buf) struct buf body = BUF(ANSWER_BODY_LIMIT);

	fill(&body, refusal->body, values);
	if (dialect->header && dialect->header_values[kind])
		answer_header(
			answer, dialect->header, dialect->header_values[kind]);
	snprintf(answer->outcome, sizeof(answer->outcome), "%s refuses",
		dialect->name);
	answer_text(answer, refusal->status,
		refusal->type ? refusal->type : "application/json",
		buf_cstring(&body), body.size);
}
