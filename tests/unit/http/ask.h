/* SPDX-License-Identifier: MIT */
#ifndef TEST_HTTP_ASK_H
#define TEST_HTTP_ASK_H

#include "http/http.h"
#include "server.h"

/* Asks `url` once, as the test call does; the caller releases the transfer.
 * Only what hangs has short limits: a busy machine answers late. */
void ask_url(struct http_transfer *transfer, const char *url, enum then then);

/* Asks a server that was started for that. */
void ask(struct http_transfer *transfer, struct canned canned);

#endif
