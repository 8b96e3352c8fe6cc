/* SPDX-License-Identifier: MIT */
/* Parts of finding a status in a line. */
#ifndef WORDING_STATUS_INTERNAL_H
#define WORDING_STATUS_INTERNAL_H

#include "base/slice.h"
#include "wording/status.h"

#include <stdbool.h>

/* So much in front of a number tells what it is. */
#define WINDOW 24

/* Three digits in a line that may be a status. */
struct number {
	struct slice line;
	size_t at;
	struct slice ahead;  /* of the line, in front of it */
	struct slice behind; /* and behind it */
	int status;
	char before[WINDOW + 1]; /* in small letters, without punctuation */
	bool punctuated;         /* which stands between */
};

/* status_form.c: the line tells it as a status. */
bool status_is_told(const struct number *number);

/* status_name.c: a text in small letters ends or begins in the status' own
 * name ("access forbidden", 403). */
bool status_name_ends(const char *text, int status);
bool status_name_begins(const char *text, int status);

/* status_log.c: the status that the three digits at `at` are, or 0. */
int status_at(const char *line, size_t size, size_t at);

/* Those digits are a server's in its log of calls: "| 400 |". */
bool status_is_in_log(const char *line, size_t size, size_t at);

#endif
