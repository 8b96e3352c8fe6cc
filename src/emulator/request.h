/* SPDX-License-Identifier: MIT */
/*
 * One HTTP request, as plain data: what the server took off the wire, or a
 * test made by hand.
 */
#ifndef EMULATOR_REQUEST_H
#define EMULATOR_REQUEST_H

#include "base/buf.h"
#include "base/json.h"

#include <stdbool.h>
#include <stddef.h>

/* No request body is larger: far above any prompt that a test sends. */
#define REQUEST_BODY_LIMIT ((size_t)4 << 20)

#define REQUEST_HEADERS_MOST 128
#define REQUEST_ARGUMENTS_MOST 16

struct request_header {
	const char *name; /* as sent: compare without case */
	const char *value;
};

struct request {
	const char *method;
	const char *path; /* as sent, percent signs and all; without "?" */
	struct request_header headers[REQUEST_HEADERS_MOST];
	size_t header_count;
	struct request_header arguments[REQUEST_ARGUMENTS_MOST];
	size_t argument_count; /* of the query, as sent: still escaped */
	const char *body;      /* "" where there is none */
	size_t body_size;
};

/* The header's value, or NULL. */
const char *request_header(const struct request *request, const char *name);

/* The query's argument, still escaped, or NULL. */
const char *request_argument(const struct request *request, const char *name);

/* `size` bytes with their %41 as they are meant. The caller frees. */
char *request_unescape(const char *text, size_t size);

/* The header is there and says "true". */
bool request_flag(const struct request *request, const char *name);

/*
 * What follows "Bearer " in the header, or NULL where the header is absent or
 * of another form. "" where nothing follows.
 */
const char *request_bearer(const struct request *request, const char *name);

/* The body where it is a JSON object, else NULL. The caller owns it. */
json_t *request_object(const struct request *request) MUST_CHECK;

#endif
