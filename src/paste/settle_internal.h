/* SPDX-License-Identifier: MIT */
#ifndef PASTE_SETTLE_INTERNAL_H
#define PASTE_SETTLE_INTERNAL_H

#include "paste/paste.h"
#include "paste/recognise.h"

/* Fills the paste's parts and notes; false where no address is in the facts. */
bool paste_settle(const struct facts *facts, struct paste *paste);

#endif
