/* SPDX-License-Identifier: MIT */
/*
 * The readers of a paste. Each looks at one form and tells a collector what it
 * found; transcript_scan walks over the text and hands each place to the one
 * that knows it. Texts inside of texts (a JSON log line whose "message" holds
 * another log line) are walked through in the same way, at most SCAN_DEPTH
 * deep.
 */
#ifndef TRANSCRIPT_SCAN_INTERNAL_H
#define TRANSCRIPT_SCAN_INTERNAL_H

#include "base/slice.h"
#include "transcript/collector_internal.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#define SCAN_DEPTH 6

void transcript_scan(struct collector *collector, const char *text, size_t size,
	unsigned depth);

/* The head of a request or answer that begins at the line `at`, with its body:
 * `curl -i`, `curl -v`, HTTPie, wget -S. How many bytes it takes; 0: none. */
size_t transcript_head(struct collector *collector, const char *at,
	const char *end, unsigned depth);

/* A page or a stream of events without a head; 0: none begins here. */
size_t transcript_bare_body(
	struct collector *collector, const char *at, const char *end);

/* A page of HTML or XML begins here. */
bool transcript_is_page(struct slice text);

/* The body behind a head: JSON, events, a page, or else one paragraph of text
 * where `plain` allows that. How many bytes it takes. */
size_t transcript_body(
	struct collector *collector, const char *text, size_t size, bool plain);

/* An object: an SDK's error, a log's record, a HAR entry, a bare body. False
 * where it tells nothing of an answer or a request. */
bool transcript_value(
	struct collector *collector, const json_t *value, unsigned depth);

/* "error_message='...' error_type=...": pairs of an error's, as a log has
 * them. False where the line has none. */
bool transcript_pairs(struct collector *collector, struct slice line);

/* "ChatCompletion(id='...', choices=[Choice(...": a completion as Python prints
 * it. False where the line has none. */
bool transcript_printed(struct collector *collector, struct slice line);

/* The size of the address at the beginning of the text. Signs of other scripts
 * end it: Chinese stands behind it without a blank. */
size_t transcript_url_size(struct slice text);

/* What the words of a line, or of a part of it between objects, tell: a status,
 * a fault, a sentence. */
void transcript_line(struct collector *collector, const char *at, size_t size);

/* "Expected: 404 - not found": what its reporter would have liked. */
bool transcript_is_wish(struct slice line);

/* A stack's line, the source that an interpreter shows of it, or a change to a
 * source. The line is trimmed. */
bool transcript_is_source(struct slice line);

/* What a test expects, or that it ran: what it makes up. */
bool transcript_is_assertion(struct slice line);

/* What words in a line tell beside statuses: addresses and models. */
void transcript_words(
	struct collector *collector, const char *line, size_t size);

/* The model that an error's words name ("The model `x` does not exist"), or
 * NULL. */
const char *transcript_model(const char *text, size_t size, size_t *length);

#endif
