/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include "base/clean.h"
#include "base/i18n.h"
#include "base/text.h"

#include <errno.h>
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

#define FORMAT_INTO(out)                                                       \
	WITH_VALUES(format_into((out), sizeof(out), format, values))

bool error_set(struct error *err, enum status status, const char *format, ...)
{
	char what[sizeof(err->what)];

	FORMAT_INTO(what);
	*err = (struct error){ .status = status };
	memcpy(err->what, what, sizeof(what));
	return false;
}

/* What to do about a failed system call, where nobody who knows more says it.
 */
static const struct {
	int number;
	const char *next;
} mends[] = {
	{ ENOENT, N_("check the path: it is not there") },
	{ ENOTDIR, N_("check the path: a part of it is a file, not a folder") },
	{ EISDIR, N_("check the path: a folder is there") },
	{ ELOOP, N_("check the path: its symbolic links lead in a circle") },
	{ ENAMETOOLONG, N_("give a shorter path") },
	{ EACCES,
		N_("look at its owner and mode (`ls -ld`); change them, or run "
		   "this as its owner") },
	{ EPERM,
		N_("look at its owner and mode (`ls -ld`); change them, or run "
		   "this as its owner") },
	{ EROFS, N_("choose a place that is not mounted read-only") },
	{ ENOSPC, N_("free some space and run it again") },
	{ EDQUOT, N_("free some space and run it again") },
	{ EFBIG,
		N_("raise the limit on a file's size (`ulimit -f`) and run it "
		   "again") },
	{ EMFILE,
		N_("raise the limit on open files (`ulimit -n`) and run it "
		   "again") },
	{ EPIPE, N_("let the program that reads the output read all of it") },
};

static void add_mend(int number, struct error *err)
{
	error_next(err, _("check the disk and run it again"));
	for (size_t i = 0; i < sizeof(mends) / sizeof(*mends); i++)
		if (mends[i].number == number)
			error_next(err, "%s", _(mends[i].next));
}

bool error_errno(struct error *err, enum status status, int number,
	const char *format, ...)
{
	char what[sizeof(err->what)];

	FORMAT_INTO(what);
	error_set(err, status, "%s: %s", what, strerror(number));
	add_mend(number, err);
	return false;
}

bool error_at(struct error *err, const char *format, ...)
{
	char where[sizeof(err->where)];

	FORMAT_INTO(where);
	memcpy(err->where, where, sizeof(where));
	return false;
}

bool error_tell(struct error *err, enum status status, const char *what,
	const char *next)
{
	error_set(err, status, "%s", what);
	return error_next(err, "%s", next);
}

bool error_next(struct error *err, const char *format, ...)
{
	char next[sizeof(err->next)];

	FORMAT_INTO(next);
	memcpy(err->next, next, sizeof(next));
	return false;
}

bool error_advise(struct error *err, const char *format, ...)
{
	char next[sizeof(err->next)];

	FORMAT_INTO(next);
	if (!err->next[0])
		memcpy(err->next, next, sizeof(next));
	return false;
}

bool error_prefix(struct error *err, const char *format, ...)
{
	char prefix[sizeof(err->what)];
	char what[sizeof(err->what)];
	struct error whole = *err;

	FORMAT_INTO(prefix);
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
