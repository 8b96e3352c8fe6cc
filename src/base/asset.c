/* SPDX-License-Identifier: MIT */
#include "base/asset.h"

#include <string.h>

const struct asset *asset_find(const struct asset *assets, const char *name)
{
	for (; assets->name; assets++)
		if (strcmp(assets->name, name) == 0)
			return assets;
	return NULL;
}
