/* SPDX-License-Identifier: MIT */
/*
 * The two ways to render, for render.c. Both fill `after`, changes and
 * warnings; before and path are set.
 */
#ifndef APPLY_RENDER_INTERNAL_H
#define APPLY_RENDER_INTERNAL_H

#include "apply/render.h"

bool render_env(const struct render_input *input, struct rendered *rendered,
	struct error *err) MUST_CHECK;
bool render_whole(const struct render_input *input, struct rendered *rendered,
	struct error *err) MUST_CHECK;

/* Takes the texts over. */
void note_change(struct rendered *rendered, struct change change);
void note_warning(struct rendered *rendered, char *warning);

/* A value as people may see it. Owned. */
char *shown_value(const char *value, bool secret);

#endif
