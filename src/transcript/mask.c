/* SPDX-License-Identifier: MIT */
#include "transcript/mask.h"

#include "base/memory.h"
#include "base/text.h"
#include "os/secret.h"
#include "transcript/mask_find_internal.h"

#include <string.h>

#define LEARNED_LIMIT 64
/* Shorter ones would be found in ordinary words. */
#define LEARNED_LEAST 8
#define LEARNED_MOST 4096

struct learned {
	char *text; /* owned, wiped */
	size_t size;
};

struct mask {
	struct learned learned[LEARNED_LIMIT]; /* the longest first */
	size_t learned_count;
};

struct mask *mask_new(void)
{
	return memory_new(sizeof(struct mask));
}

void mask_free(struct mask *mask)
{
	for (size_t i = 0; i < mask->learned_count; i++)
		memory_free(mask->learned[i].text, mask->learned[i].size);
	memory_free(mask, sizeof(*mask));
}

static void remember(struct mask *mask, const char *text, size_t size)
{
	size_t place = 0;

	if (size < LEARNED_LEAST || size > LEARNED_MOST ||
		mask->learned_count == LEARNED_LIMIT)
		return;
	for (size_t i = 0; i < mask->learned_count; i++) {
		const struct learned *known = &mask->learned[i];
		if (known->size == size && memcmp(known->text, text, size) == 0)
			return;
		place += known->size >= size;
	}
	memmove(mask->learned + place + 1, mask->learned + place,
		(mask->learned_count - place) * sizeof(*mask->learned));
	mask->learned[place] =
		(struct learned){ memory_copy(text, size), size };
	mask->learned_count++;
}

void mask_learn(struct mask *mask, const char *text, size_t size)
{
	struct mask_span span;
	size_t at = 0;

	while (mask_find(text, size, at, &span)) {
		if (!span.by_form)
			remember(mask, text + span.start, span.size);
		at = span.start + span.size;
	}
}

static void append_masked(struct buf *out, const char *value, size_t size)
{
	char masked[SECRET_MASK_SIZE];

	secret_mask_text(value, size, masked);
	buf_text(out, masked);
}

/* The next place of the value, or NULL. */
static const char *find_exact(
	const char *at, const char *end, const struct learned *value)
{
	while ((size_t)(end - at) >= value->size) {
		size_t room = (size_t)(end - at) - value->size + 1;
		at = memchr(at, value->text[0], room);
		if (!at || memcmp(at, value->text, value->size) == 0)
			return at;
		at++;
	}
	return NULL;
}

static void mask_learned(const struct learned *value, struct buf *text)
{
	const char *end = buf_cstring(text) + text->size;
	const char *at = buf_cstring(text);
	const char *found = find_exact(at, end, value);

	if (!found)
		return;
	struct buf masked = BUF(text->limit);
	for (; found; found = find_exact(at, end, value)) {
		buf_append(&masked, at, (size_t)(found - at));
		append_masked(&masked, found, value->size);
		at = found + value->size;
	}
	buf_append(&masked, at, (size_t)(end - at));
	buf_release(text);
	*text = masked;
}

void mask_text(
	struct mask *mask, const char *text, size_t size, struct buf *out)
{
	SCOPED(buf) struct buf known = BUF(size * 4 + SECRET_MASK_SIZE);
	struct mask_span span;
	size_t at = 0;

	buf_append(&known, text, size);
	for (size_t i = 0; i < mask->learned_count; i++)
		mask_learned(&mask->learned[i], &known);
	text = buf_cstring(&known);
	size = known.size;
	while (mask_find(text, size, at, &span)) {
		buf_append(out, text + at, span.start - at);
		append_masked(out, text + span.start, span.size);
		at = span.start + span.size;
	}
	buf_append(out, text + at, size - at);
}

struct redactor *mask_redactor(const struct mask *mask)
{
	struct redactor *redactor = redactor_new();

	for (size_t i = 0; i < mask->learned_count; i++)
		redactor_add_text(
			redactor, mask->learned[i].text, mask->learned[i].size);
	return redactor;
}
