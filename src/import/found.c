/* SPDX-License-Identifier: MIT */
#include "import/import_internal.h"

#include "base/json_build.h"

struct found *import_found(struct import *import, const struct finding *finding)
{
	return &import->variables[finding->source];
}

void import_set(json_t *object, const char *member, const char *text)
{
	if (text)
		json_put_text(object, member, text);
}
