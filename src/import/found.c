/* SPDX-License-Identifier: MIT */
#include "import/import_internal.h"

#include "base/json_build.h"

#include <string.h>

struct found *import_found(struct import *import, const struct finding *finding)
{
	return &import->variables[finding->source];
}

void import_set(json_t *object, const char *member, const char *text)
{
	if (text)
		json_put_text(object, member, text);
}

void import_set_secret(
	struct import *import, const char *name, const char *value)
{
	json_put(import->secrets, name,
		given_secret_add_text(
			&import->out->secrets, value, strlen(value)));
}
