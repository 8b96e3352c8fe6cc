/* SPDX-License-Identifier: MIT */
/* The status of an answer in a line of text: "Error code: 401 - ...",
 * "Request failed with status code 401", `"POST /v1 HTTP/1.1" 401 136`. */
#ifndef TRANSCRIPT_STATUS_INTERNAL_H
#define TRANSCRIPT_STATUS_INTERNAL_H

#include <stddef.h>

/* The first status that the line tells, and where the words behind it begin;
 * 0 where it tells none. */
int transcript_status(const char *line, size_t size, size_t *behind);

/* What the name of an error class stands for in the SDKs of OpenAI and
 * Anthropic ("AuthenticationError": 401), which LiteLLM and LangChain keep;
 * and where the words behind it begin. 0 where the line has none. */
int transcript_class_status(const char *line, size_t size, size_t *behind);

/* The status whose own name the words are, and no more ("Unauthorized"); 0
 * where they say something. */
int transcript_reason_status(const char *text);

#endif
