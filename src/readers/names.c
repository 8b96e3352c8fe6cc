/* SPDX-License-Identifier: MIT */
#include "readers/readers.h"

#include "base/text.h"

static const char *const names[] = {
#define X(constant, name) [constant] = (name),
	READERS(X)
#undef X
};

const char *reader_name(enum reader reader)
{
	return (unsigned)reader < READER_COUNT ? names[reader] : "";
}

enum reader reader_find(const char *name)
{
	for (size_t i = 0; i < READER_COUNT; i++)
		if (text_equal(names[i], name))
			return (enum reader)i;
	return READER_COUNT;
}

bool readers_are_raw(reader_set readers)
{
	return readers != 0 && (readers & ~READERS_RAW) == 0;
}

size_t readers_count(reader_set readers)
{
	size_t count = 0;

	for (; readers; readers &= readers - 1)
		count++;
	return count;
}

void readers_format(reader_set readers, struct buf *out)
{
	const char *separator = "";

	for (size_t i = 0; i < READER_COUNT; i++) {
		if (!(readers >> i & 1U))
			continue;
		buf_text(out, separator);
		buf_text(out, names[i]);
		separator = ", ";
	}
}
