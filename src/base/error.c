/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include "base/clean.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* The longest of the texts of an error. */
#define TEXT_SIZE sizeof(((struct error *)NULL)->what)

/*
 * Formats into out, which is at most TEXT_SIZE; what does not fit ends in "..."
 * at a whole character, and so does what a precision cut ("%.64s").
 */
PRINTF(3, 0)
static void format_into(
	char *out, size_t size, const char *format, va_list values)
{
	char text[TEXT_SIZE];
	int length = vsnprintf(text, size, format, values);

	if (length < 0)
		text[0] = '\0';
	if (clean_cuts(text, out, size) && length < (int)size)
		return;
	size_t used = strlen(out);
	size_t room = size - sizeof("...");
	size_t end = used > room ? text_cut(out, room) : used;
	memcpy(out + end, "...", sizeof("..."));
}

#define FORMAT_INTO(out, format)                                               \
	do {                                                                   \
		va_list values;                                                \
		va_start(values, format);                                      \
		format_into((out), sizeof(out), (format), values);             \
		va_end(values);                                                \
	} while (0)

bool error_set(struct error *err, enum status status, const char *format, ...)
{
	char what[sizeof(err->what)];

	FORMAT_INTO(what, format);
	*err = (struct error){ .status = status };
	memcpy(err->what, what, sizeof(what));
	return false;
}

bool error_errno(struct error *err, enum status status, int number,
	const char *format, ...)
{
	char what[sizeof(err->what)];

	FORMAT_INTO(what, format);
	return error_set(err, status, "%s: %s", what, strerror(number));
}

bool error_at(struct error *err, const char *format, ...)
{
	char where[sizeof(err->where)];

	FORMAT_INTO(where, format);
	memcpy(err->where, where, sizeof(where));
	return false;
}

bool error_next(struct error *err, const char *format, ...)
{
	char next[sizeof(err->next)];

	FORMAT_INTO(next, format);
	memcpy(err->next, next, sizeof(next));
	return false;
}

bool error_prefix(struct error *err, const char *format, ...)
{
	char prefix[sizeof(err->what)];
	char what[sizeof(err->what)];
	struct error whole = *err;

	FORMAT_INTO(prefix, format);
	memcpy(what, err->what, sizeof(what));
	error_set(&whole, err->status, "%s: %s", prefix, what);
	memcpy(err->what, whole.what, sizeof(whole.what));
	return false;
}

const struct status_entry *status_entries(void)
{
	static const struct status_entry entries[] = {
#define X(name, code, word, meaning) { name, word, meaning },
		STATUSES(X)
#undef X
			{ STATUS_OK, NULL, NULL },
	};

	return entries;
}
