/* SPDX-License-Identifier: MIT */
/* Who is declared to read an output. */
#ifndef APPLY_READERS_H
#define APPLY_READERS_H

#include "base/error.h"
#include "envfile/envfile.h"
#include "profile/profile.h"

#include <stdbool.h>

/* The output's own readers, else its profile's; 0 where neither has any. */
bool declared_readers(const struct profile *profile,
	const struct profile_output *output, reader_set *set, struct error *err)
	MUST_CHECK;

#endif
