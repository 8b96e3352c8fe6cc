/* SPDX-License-Identifier: MIT */
/*
 * A route that gets another provider: what was chosen for the first one is not
 * the new one's.
 */
#ifndef SESSION_PROVIDER_CHANGE_H
#define SESSION_PROVIDER_CHANGE_H

#include "session/session.h"

#include <jansson.h>

/* Says what of such routes went, changed, or stays: direct_url, the key's
 * variable and the model. `before` may be NULL: not known. */
void provider_change_tell(const struct session *session, const json_t *before,
	const json_t *after);

/*
 * Takes direct_url out of routes of `after` where `before` has it for another
 * provider alone, also of a route that has another name now: a probe would
 * send one provider's key to the other.
 */
void provider_change_forget(const json_t *before, json_t *after);

#endif
