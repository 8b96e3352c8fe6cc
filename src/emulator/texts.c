/* SPDX-License-Identifier: MIT */
#include "emulator/texts.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

void texts_add(struct texts *texts, const char *text)
{
	MEMORY_PUSH(texts->items, texts->count, memory_text(text));
}

bool texts_has(const struct texts *texts, const char *text)
{
	for (size_t i = 0; i < texts->count; i++)
		if (text_equal(texts->items[i], text))
			return true;
	return false;
}

bool texts_remove(struct texts *texts, const char *text)
{
	for (size_t i = 0; i < texts->count; i++) {
		if (!text_equal(texts->items[i], text))
			continue;
		memory_free(texts->items[i], strlen(texts->items[i]));
		texts->items[i] = texts->items[--texts->count];
		return true;
	}
	return false;
}

void texts_clear(struct texts *texts)
{
	for (size_t i = 0; i < texts->count; i++)
		memory_free(texts->items[i], strlen(texts->items[i]));
	free(texts->items);
	*texts = (struct texts){ 0 };
}
