/* SPDX-License-Identifier: MIT */
/* What is advised where two profiles write one file: a path of its own. */
#ifndef DEPLOY_OWN_PATH_H
#define DEPLOY_OWN_PATH_H

#include "base/buf.h"

#include <stddef.h>

/* ecosystem.staging.config.cjs, of ecosystem.config.cjs and staging. Owned. */
char *own_path(const char *path, const char *profile);

/* Appends "outputs.0.path=.env.staging", for `config set`, quoted for a shell:
 * of ecosystem.config.cjs it is ecosystem.staging.config.cjs. */
void own_path_setting(
	size_t index, const char *path, const char *profile, struct buf *out);

/* Appends "env=.env.staging", for --output. */
void own_path_option(const char *template, const char *path,
	const char *profile, struct buf *out);

#endif
