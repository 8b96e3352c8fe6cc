/* SPDX-License-Identifier: MIT */
/* What a line says in words. */
#ifndef TRANSCRIPT_SAID_INTERNAL_H
#define TRANSCRIPT_SAID_INTERNAL_H

#include "base/slice.h"
#include "transcript/collector_internal.h"

/* What stands behind a status in its line, where that is more than the status'
 * own name ("Unauthorized") or a list's next item. */
void said_behind_status(
	struct collector *collector, const char *text, size_t size);

/* "Message: ...", 'reason="..."': the words that a form or a record below a
 * status, or behind it, gives a name, without that name and the rest of the
 * record; false where they have none. */
bool said_take_name(struct slice *words);

/* "AI_APICallError: Unauthorized": an API's error that says its status' name
 * alone. */
void said_reason(struct collector *collector, const char *line, size_t size);

/* A sentence that is an answer's wherever it stands (wording/sayings.h); false
 * where the line has none. */
bool said_known(struct collector *collector, const char *line, size_t size);

/* The same, where it tells more than that something failed. */
bool said_why(struct collector *collector, const char *line, size_t size);

/* A browser's words on an answer that a page may not read: the status in them
 * is that of its own question, not of the call. */
bool said_by_browser(
	struct collector *collector, const char *line, size_t size);

/* A short text of one sentence or two in which nothing was recognised, and
 * which means one thing: that sentence is the answer's words. */
void said_alone(struct collector *collector, const char *text, size_t size);

#endif
