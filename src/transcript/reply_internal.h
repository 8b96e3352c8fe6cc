/* SPDX-License-Identifier: MIT */
/*
 * Replies that begin with a quotation: an error in it is that of whom they
 * answer. Pure.
 */
#ifndef TRANSCRIPT_REPLY_INTERNAL_H
#define TRANSCRIPT_REPLY_INTERNAL_H

#include "base/buf.h"

/* Takes the lines that a reply quotes (">") out, in place. */
void reply_strip(struct buf *text);

#endif
