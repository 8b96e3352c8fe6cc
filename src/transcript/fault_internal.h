/* SPDX-License-Identifier: MIT */
/* Faults of the network, by the words in which programs report them. */
#ifndef TRANSCRIPT_FAULT_INTERNAL_H
#define TRANSCRIPT_FAULT_INTERNAL_H

#include "http/http.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The fault that a line tells, or HTTP_FAULT_NONE. *vague where the words say
 * no more than that something failed; *end: where the words end that tell it.
 */
enum http_fault transcript_fault(
	const char *line, size_t size, bool *vague, size_t *end);

#endif
