/* SPDX-License-Identifier: MIT */
/*
 * The two ways to render, for render.c. Both fill `after`, changes and
 * warnings; before and path are set.
 */
#ifndef APPLY_RENDER_INTERNAL_H
#define APPLY_RENDER_INTERNAL_H

#include "apply/rendered.h"
#include "base/error.h"
#include "envfile/envfile.h"

bool render_env(const struct render_input *input, struct rendered *rendered,
	struct error *err) MUST_CHECK;
bool render_whole(const struct render_input *input, struct rendered *rendered,
	struct error *err) MUST_CHECK;

/*
 * Warns of lines that are not the profile's and that stop one of the declared
 * readers: of each kind the first.
 */
void warn_of_stops(const struct render_input *input,
	const struct envfile *document, reader_set declared,
	struct rendered *rendered);

#endif
