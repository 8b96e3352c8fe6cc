/* SPDX-License-Identifier: MIT */
/*
 * What built-in templates for systemd and containers find under `host`: this
 * machine's paths and user, as they are and as a unit of systemd spells them.
 */
#ifndef APPLY_HOST_H
#define APPLY_HOST_H

#include "apply/rendered.h"
#include "pm2/launch.h"

#include <jansson.h>

/* The object `host` (template/builtin.h); how the app is started is `launch`
 * (pm2/launch.h). New reference. */
json_t *host_data(
	const struct render_input *input, const struct launch *launch);

#endif
