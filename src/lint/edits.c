/* SPDX-License-Identifier: MIT */
#include "lint/edits_internal.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

void edits_add(struct edits *edits, const struct edit *edit, struct slice text)
{
	struct edit copy = *edit;

	copy.text = memory_copy(text.at, text.size);
	copy.text_size = text.size;
	MEMORY_PUSH(edits->items, edits->count, copy);
}

bool edits_are_many(const struct edits *edits, const struct subject *subject)
{
	return subject->size > EDITS_WHOLE && !subject->is_mended &&
		edits->count >= EDITS_SHOWN;
}

bool edits_is_any_made(const struct edits *edits)
{
	for (size_t i = 0; i < edits->count; i++)
		if (edits->items[i].made)
			return true;
	return false;
}

void edits_note_span(struct edits *edits, const struct span *span)
{
	MEMORY_PUSH(edits->spans, edits->span_count, *span);
}

void edits_drop(struct edits *edits, size_t index)
{
	struct edit *edit = &edits->items[index];

	memory_free(edit->text, edit->text_size);
	edits->count--;
	memmove(edit, edit + 1, (edits->count - index) * sizeof(*edit));
}

void edits_release(struct edits *edits)
{
	for (size_t i = 0; i < edits->count; i++)
		memory_free(edits->items[i].text, edits->items[i].text_size);
	free(edits->items);
	free(edits->spans);
	*edits = (struct edits){ .count = 0 };
}

void edits_apply(const struct edits *edits, const char *bytes, size_t size,
	struct buf *out)
{
	size_t at = 0;

	for (size_t i = 0; i < edits->count; i++) {
		const struct edit *edit = &edits->items[i];
		if (edit->follows || !edit->made)
			continue;
		buf_append(out, bytes + at, edit->at - at);
		buf_append(out, edit->text, edit->text_size);
		at = edit->at + edit->size;
	}
	buf_append(out, bytes + at, size - at);
}
