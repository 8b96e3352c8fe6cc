/* SPDX-License-Identifier: MIT */
/* What a refusal shows of the key that went out. */
#ifndef TRANSCRIPT_SHOWN_INTERNAL_H
#define TRANSCRIPT_SHOWN_INTERNAL_H

#include "transcript/transcript.h"

#include <stddef.h>

/* The first key that the text shows, whole or masked by who refused it. */
void shown_read(const char *text, size_t size, struct shown_key *shown);

#endif
