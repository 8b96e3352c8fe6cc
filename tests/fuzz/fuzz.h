/* SPDX-License-Identifier: MIT */
/*
 * What a fuzz target defines. Called with any bytes at all; anything but a
 * crash, a leak, a hang or a failed FUZZ_CHECK is right.
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* What must hold for every input; stays in every build. */
#define FUZZ_CHECK(condition)                                                  \
	do {                                                                   \
		if (!(condition))                                              \
			abort();                                               \
	} while (0)

#endif
