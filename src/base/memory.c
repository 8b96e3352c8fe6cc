/* SPDX-License-Identifier: MIT */
#include "base/memory.h"

#include "base/error.h"

#include <jansson.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void memory_exhausted(void)
{
	static const char message[] = "aigenv: out of memory\n";
	ssize_t ignored = write(STDERR_FILENO, message, sizeof(message) - 1);

	(void)ignored;
	/* Not _exit: a terminal in use has to be given back. */
	exit(STATUS_IO);
}

void *memory_new(size_t size)
{
	return memory_array(size ? size : 1, 1);
}

void *memory_pages(size_t size)
{
	size_t over = size % MEMORY_PAGE;
	size_t whole = over ? size + (MEMORY_PAGE - over) : size;
	void *bytes = whole < size ? NULL : aligned_alloc(MEMORY_PAGE, whole);

	if (!bytes)
		memory_exhausted();
	memset(bytes, 0, whole);
	return bytes;
}

void *memory_array(size_t count, size_t size)
{
	void *bytes = calloc(count ? count : 1, size);

	if (!bytes)
		memory_exhausted();
	return bytes;
}

void *memory_guarded(size_t count, size_t size)
{
	/* A second call of sodium_init returns at once. */
	void *bytes = sodium_init() < 0 ? NULL : sodium_allocarray(count, size);

	if (!bytes)
		memory_exhausted();
	return memset(bytes, 0, count * size);
}

void *memory_grow(void *array, size_t count, size_t size)
{
	/* A power of two is full: that is when an array has to grow. */
	if (count && (count & (count - 1)))
		return array;
	size_t capacity = count ? count * 2 : 1;
	void *grown = memory_array(capacity, size);

	if (count)
		memcpy(grown, array, count * size);
	memory_free(array, count * size);
	return grown;
}

void memory_free_texts(char **texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(texts[i]);
	free(texts);
}

char *memory_text(const char *text)
{
	return memory_copy(text, strlen(text));
}

char *memory_copy(const void *bytes, size_t size)
{
	if (size == SIZE_MAX)
		memory_exhausted();
	char *copy = memory_new(size + 1);

	if (size)
		memcpy(copy, bytes, size);
	return copy;
}

char *memory_printf(const char *format, ...)
{
	char *text = NULL;

	WITH_VALUES(text = memory_vprintf(format, values));
	return text;
}

char *memory_vprintf(const char *format, va_list values)
{
	va_list again;

	va_copy(again, values);
	int length = vsnprintf(NULL, 0, format, values);
	if (length < 0)
		memory_exhausted();
	char *text = memory_new((size_t)length + 1);
	(void)vsnprintf(text, (size_t)length + 1, format, again);
	va_end(again);
	return text;
}

void memory_wipe(void *bytes, size_t size)
{
	if (bytes && size)
		sodium_memzero(bytes, size);
}

void memory_free(void *bytes, size_t size)
{
	memory_wipe(bytes, size);
	free(bytes);
}

/* free has no size, so each block carries its own in front. 16 bytes keep what
 * follows aligned for any type. */
#define HEAD_SIZE 16

static void *block_start(void *bytes, size_t *size)
{
	unsigned char *block = (unsigned char *)bytes - HEAD_SIZE;

	memcpy(size, block, sizeof(*size));
	return block;
}

void *memory_block_new(size_t size)
{
	if (size > SIZE_MAX - HEAD_SIZE)
		return NULL;
	unsigned char *block = malloc(HEAD_SIZE + size);

	if (!block)
		memory_exhausted();
	memcpy(block, &size, sizeof(size));
	return block + HEAD_SIZE;
}

void memory_block_free(void *bytes)
{
	size_t size = 0;

	if (!bytes)
		return;
	void *block = block_start(bytes, &size);
	memory_free(block, HEAD_SIZE + size);
}

void *memory_block_resize(void *bytes, size_t size)
{
	size_t before = 0;
	void *moved = memory_block_new(size);

	if (!bytes || !moved)
		return moved;
	(void)block_start(bytes, &before);
	memcpy(moved, bytes, before < size ? before : size);
	memory_block_free(bytes);
	return moved;
}

void *memory_block_array(size_t count, size_t size)
{
	if (size > 0 && count > SIZE_MAX / size)
		return NULL;
	void *bytes = memory_block_new(count * size);

	return bytes ? memset(bytes, 0, count * size) : NULL;
}

char *memory_block_text(const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = memory_block_new(size);

	return copy ? memcpy(copy, text, size) : NULL;
}

void memory_wipe_json(void)
{
	json_set_alloc_funcs(memory_block_new, memory_block_free);
}

void memory_wipe_stack(void)
{
	unsigned char below[64 * 1024];

	memory_wipe(below, sizeof(below));
}
