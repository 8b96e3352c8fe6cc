/* SPDX-License-Identifier: MIT */
/*
 * The ecosystem file of the user's own that a profile wraps: what PM2 gets from
 * it now.
 */
#ifndef DEPLOY_WRAPPED_H
#define DEPLOY_WRAPPED_H

#include "session/workspace.h"

#include <jansson.h>

/*
 * Has node load the rendered wrapper, as PM2 would (ecosystem_ask): its apps, a
 * new reference, which holds secrets. NULL: the profile has none, or it is not
 * written yet, or, with *err set, it cannot be loaded.
 */
json_t *wrapped_ask(const struct workspace *workspace, struct error *err);

/*
 * Tells of each app of the profile among them: a script that is not there, and
 * an address in its env that takes it past the gateway.
 */
void wrapped_warn(const json_t *apps, const struct profile *profile,
	const struct observer *observer);

#endif
