/* SPDX-License-Identifier: MIT */
#include "emulator/fault.h"

#include "base/text.h"
#include "emulator/answer.h"

#include <stdio.h>
#include <string.h>

#define BOMB_SIZE ((size_t)1 << 20)

const struct fault *fault_find(const char *name, size_t size)
{
	for (const struct fault *row = faults; row->name; row++)
		if (text_is(name, size, row->name))
			return row;
	return NULL;
}

const struct fault *fault_take(
	struct settings *settings, enum fault_stage stage)
{
	for (size_t i = 0; i < settings->fault_count; i++) {
		struct fault_state *state = &settings->faults[i];

		if (state->fault->stage != stage || state->left == 0)
			continue;
		if (state->left > 0)
			state->left--;
		return state->fault;
	}
	return NULL;
}

/* Bits go into bytes from the lowest up (RFC 1951, 3.1.1). */
struct bits {
	struct buf *out;
	unsigned held;
	unsigned count;
};

static void put(struct bits *bits, unsigned value, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		bits->held |= (value >> i & 1) << bits->count++;
		if (bits->count < 8)
			continue;
		buf_byte(bits->out, (char)bits->held);
		bits->held = 0;
		bits->count = 0;
	}
}

/*
 * One block with fixed codes that never ends: a zero, then "258 bytes from one
 * byte back" again and again. Codes stand with their highest bit first, so
 * they are mirrored here.
 */
static void make_bomb(struct buf *body)
{
	static const unsigned char head[] = { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0,
		255 };
	struct bits bits = { .out = body };

	buf_append(body, head, sizeof(head));
	put(&bits, 2, 3);    /* not the last block, fixed codes */
	put(&bits, 0x0c, 8); /* 00110000: the literal 0 */
	while (body->size < BOMB_SIZE) {
		put(&bits, 0xa3, 8); /* 11000101: length 258 */
		put(&bits, 0, 5);    /* distance 1 */
	}
}

/* Where the event after `at` begins. */
static size_t next_event(const struct buf *body, size_t at)
{
	const char *end = strstr(buf_cstring(body) + at, "\n\n");

	return end ? (size_t)(end - buf_cstring(body)) + 2 : body->size;
}

static void edit_events(enum fault_edit edit, struct buf *body)
{
	size_t at = 0;
	size_t next;

	switch (edit) {
	case EDIT_ERROR:
		at = next_event(body, next_event(body, at));
		buf_truncate(body, at);
		buf_text(body,
			"data: {\"error\":{\"message\":\"The server had an "
			"error processing your request.\",\"type\":"
			"\"server_error\",\"param\":null,\"code\":null}}\n\n");
		break;
	case EDIT_NO_DONE:
		while ((next = next_event(body, at)) < body->size)
			at = next;
		buf_truncate(body, at);
		break;
	}
}

void fault_answer(const struct fault *fault, const struct dialect *dialect,
	struct answer *answer)
{
	const struct refusal_values values = { .key = "the key in use" };
	const size_t size = fault->body_size ? fault->body_size
		: fault->body                ? strlen(fault->body)
					     : 0;

	if (fault->ray)
		trace_ray(answer);
	if (fault->header_name)
		answer_header(answer, fault->header_name, fault->header_value);
	if (fault->effect != EFFECT_STREAM)
		answer->delivery = fault->delivery;
	switch (fault->effect) {
	case EFFECT_PAGE:
		answer_text(
			answer, fault->status, fault->type, fault->body, size);
		for (unsigned i = 1; i < fault->repeat; i++)
			buf_append(&answer->body, fault->body, size);
		if (fault->tail)
			buf_text(&answer->body, fault->tail);
		break;
	case EFFECT_ERROR:
		gateway_error(answer, fault->error, NULL);
		break;
	case EFFECT_REFUSAL:
		dialect_refuse(dialect ? dialect : &dialect_openai,
			fault->refusal, &values, answer);
		break;
	case EFFECT_BOMB:
		answer_text(answer, fault->status, fault->type, "", 0);
		make_bomb(&answer->body);
		break;
	case EFFECT_STREAM:
		edit_events(fault->edit, &answer->body);
		break;
	case EFFECT_DELIVER:
	case EFFECT_CACHE:
		break;
	}
	snprintf(answer->outcome, sizeof(answer->outcome), "fault %s",
		fault->name);
}
