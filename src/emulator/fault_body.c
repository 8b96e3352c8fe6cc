/* SPDX-License-Identifier: MIT */
#include "emulator/fault.h"

#include <string.h>

#define BOMB_SIZE ((size_t)1 << 20)

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
void fault_bomb(struct buf *body)
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

void fault_edit(enum fault_edit edit, struct buf *body)
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
