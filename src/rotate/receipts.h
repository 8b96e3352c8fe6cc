/* SPDX-License-Identifier: MIT */
/*
 * A machine's receipt: the document of its `status --json`, which says that the
 * new value is live there. It is the plain word of whoever hands it in, and no
 * proof: what can be told of it is that it is of this vault and this rotation,
 * made after the switch, by somebody who is waited for, and that all was in
 * sync.
 */
#ifndef ROTATE_RECEIPTS_H
#define ROTATE_RECEIPTS_H

#include "rotate/rotate.h"

/*
 * Takes rotate->receipts and rotate->given_up for what they are worth: whom a
 * profile has not to wait for any more is in its member's `vouched`. Each
 * receipt that does not count is told in one line, with what to do; of several
 * by the same recipient the latest counts. STATUS_INVALID where nothing waits
 * for receipts, or a name that is given up is not waited for.
 */
bool receipts_take(struct rotate *rotate, struct error *err) MUST_CHECK;

#endif
