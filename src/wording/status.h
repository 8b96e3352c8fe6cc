/* SPDX-License-Identifier: MIT */
/* The status of an answer in a line of text: "Error code: 401 - ...",
 * "Request failed with status code 401", `"POST /v1 HTTP/1.1" 401 136`. */
#ifndef WORDING_STATUS_H
#define WORDING_STATUS_H

#include <stddef.h>

/* The first status that the line tells, and where the words behind it begin;
 * 0 where it tells none. */
int status_in_line(const char *line, size_t size, size_t *behind);

/* The status that a server of the app's own gave: at an address of
 * this machine, or a path in a log, that no API for models has; 0: none. */
int status_of_own_server(const char *line, size_t size);

/* The status that a server tells in its log of calls, whosever it is:
 * `"POST /v1/chat/completions HTTP/1.1" 502 157`, "[GIN] ... | 502 |", "POST
 * /chat 500 12 ms"; 0: none. */
int status_of_served_call(const char *line, size_t size);

/* What the name of an error class stands for in the SDKs of OpenAI and
 * Anthropic ("AuthenticationError": 401), which LiteLLM and LangChain keep;
 * and where the words behind it begin. 0 where the line has none. */
int status_of_class(const char *line, size_t size, size_t *behind);

/* The same of an error's type in front of its words, as programs print the two
 * of a body: "invalid_request_error: max_tokens: Input should be ...". */
int status_of_type(const char *line, size_t size, size_t *behind);

/* The status whose own name the words are, and no more ("Unauthorized"); 0
 * where they say something. */
int status_of_reason(const char *text);

/* How many bytes of the text are the name of a status that it begins with
 * ("unauthorized is what ..."); 0: none. In lower case. */
size_t status_reason_begun(const char *text);

#endif
