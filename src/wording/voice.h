/* SPDX-License-Identifier: MIT */
/*
 * Who speaks in a text: somebody who reports what happened to them, or somebody
 * who explains errors to others, documents an interface or describes a change.
 * The latter show answers that nobody got. In English and Chinese. Pure.
 */
#ifndef WORDING_VOICE_H
#define WORDING_VOICE_H

#include "base/slice.h"

#include <stdbool.h>
#include <stdint.h>

#define VOICE_PHRASES 128

struct voice {
	uint64_t
		phrases[VOICE_PHRASES / 64]; /* of explanations: one bit each */
	uint64_t changes; /* signs of a described change: likewise */
	unsigned general; /* headings and statuses that are spoken of */
	unsigned reports; /* lines in which somebody tells their own, or asks */
};

/* Takes a line in; of a longer one its beginning counts. */
void voice_hear(struct voice *voice, struct slice line);

/* How much speaks for somebody who explains; 0: nothing. */
unsigned voice_explains(const struct voice *voice);

#endif
