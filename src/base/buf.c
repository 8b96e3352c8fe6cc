/* SPDX-License-Identifier: MIT */
#include "base/buf.h"

#include "base/i18n.h"
#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define FIRST_CAPACITY 256

static void grow(struct buf *buf, size_t capacity)
{
	/* Not realloc: it would leave the old copy behind unwiped. */
	char *grown = memory_new(capacity);

	if (buf->size)
		memcpy(grown, buf->data, buf->size);
	memory_free(buf->data, buf->capacity);
	buf->data = grown;
	buf->capacity = capacity;
}

void buf_reserve(struct buf *buf, size_t size)
{
	if (!buf->failed && size <= buf->limit - buf->size &&
		buf->size + size + 1 > buf->capacity)
		grow(buf, buf->size + size + 1);
}

/* Makes room for `more` bytes and a NUL. */
static bool make_room(struct buf *buf, size_t more)
{
	if (buf->failed || more > buf->limit - buf->size) {
		buf->failed = true;
		return false;
	}
	size_t needed = buf->size + more + 1;
	if (needed <= buf->capacity)
		return true;
	size_t capacity = buf->capacity ? buf->capacity : FIRST_CAPACITY;
	while (capacity < needed)
		capacity *= 2;

	grow(buf, capacity);
	return true;
}

void buf_append(struct buf *buf, const void *bytes, size_t size)
{
	if (!make_room(buf, size))
		return;
	if (size)
		memcpy(buf->data + buf->size, bytes, size);
	buf->size += size;
	buf->data[buf->size] = '\0';
}

void buf_text(struct buf *buf, const char *text)
{
	buf_append(buf, text, strlen(text));
}

void buf_byte(struct buf *buf, char byte)
{
	if (!make_room(buf, 1))
		return;
	buf->data[buf->size++] = byte;
	buf->data[buf->size] = '\0';
}

void buf_number(struct buf *buf, int64_t number)
{
	char digits[20];
	size_t at = sizeof(digits);
	uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

	do
		digits[--at] = (char)('0' + left % 10);
	while ((left /= 10) > 0);
	if (number < 0)
		digits[--at] = '-';
	buf_append(buf, digits + at, sizeof(digits) - at);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	int length = vsnprintf(NULL, 0, format, values);
	va_end(values);
	if (length < 0) {
		buf->failed = true;
		return;
	}
	if (!make_room(buf, (size_t)length))
		return;
	va_start(values, format);
	(void)vsnprintf(
		buf->data + buf->size, (size_t)length + 1, format, values);
	va_end(values);
	buf->size += (size_t)length;
}

void buf_listed(struct buf *buf, const char *name)
{
	if (buf->size)
		buf_text(buf, ", ");
	buf_text(buf, name);
}

void buf_clause(struct buf *buf, const char *text)
{
	if (buf->size)
		buf_text(buf, _("; "));
	buf_text(buf, text);
}

bool buf_failed(const struct buf *buf)
{
	return buf->failed;
}

const char *buf_cstring(const struct buf *buf)
{
	return buf->data ? buf->data : "";
}

bool buf_equal(const struct buf *a, const struct buf *b)
{
	return a->size == b->size &&
		memcmp(buf_cstring(a), buf_cstring(b), a->size) == 0;
}

void buf_clear(struct buf *buf)
{
	buf_truncate(buf, 0);
	buf->failed = false;
}

void buf_truncate(struct buf *buf, size_t size)
{
	if (!buf->data || size >= buf->size)
		return;
	memory_wipe(buf->data + size, buf->size - size);
	buf->size = size;
}

char *buf_take(struct buf *buf, size_t *size)
{
	make_room(buf, 0);
	char *data = buf->data ? buf->data : memory_new(1);

	if (!buf->size)
		data[0] = '\0';
	if (size)
		*size = buf->size;
	*buf = BUF(buf->limit);
	return data;
}

void buf_release(struct buf *buf)
{
	memory_free(buf->data, buf->capacity);
	*buf = BUF(buf->limit);
}
