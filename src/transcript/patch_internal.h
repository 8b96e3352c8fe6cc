/* SPDX-License-Identifier: MIT */
/*
 * Patches, as `git diff` prints them: what a source was and is to be. A failure
 * in one is nobody's. Pure.
 */
#ifndef TRANSCRIPT_PATCH_INTERNAL_H
#define TRANSCRIPT_PATCH_INTERNAL_H

#include "base/buf.h"

/* Takes the hunks and the blocks that are marked as patches out, in place. */
void patch_strip(struct buf *text);

#endif
