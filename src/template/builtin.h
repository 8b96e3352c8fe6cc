/* SPDX-License-Identifier: MIT */
/*
 * The templates in templates/, embedded: "env" is env.mustache, "ecosystem" is
 * ecosystem.config.cjs.mustache.
 */
#ifndef TEMPLATE_BUILTIN_H
#define TEMPLATE_BUILTIN_H

#include "base/asset.h"
#include "template/template.h"

struct builtin_template {
	const char *name;         /* "ecosystem" */
	const char *default_path; /* "ecosystem.config.cjs" */
	const char *file;         /* of the asset */
	enum escaping escaping;
	bool edits; /* an existing file is edited, not replaced */
	const char *summary;
};

/* All, ended by one without a name. */
const struct builtin_template *builtin_templates(void);
const struct builtin_template *builtin_find(const char *name);
const struct asset *builtin_asset(const struct builtin_template *builtin);

#endif
