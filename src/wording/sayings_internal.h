/* SPDX-License-Identifier: MIT */
/* The table itself. */
#ifndef WORDING_SAYINGS_INTERNAL_H
#define WORDING_SAYINGS_INTERNAL_H

#include "wording/sayings.h"

extern const struct saying sayings_table[];
extern const size_t sayings_count;

#endif
