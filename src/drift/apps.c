/* SPDX-License-Identifier: MIT */
/* The names of pm2.app, as PM2's --only takes them: "api,worker". */
#include "drift/drift_internal.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

void drift_each_app(const char *apps, drift_use_app *use, void *context)
{
	while (apps && *apps) {
		size_t size = strcspn(apps, ",");
		char *app = memory_copy(apps, size);

		use(context, app);
		free(app);
		apps += size + (apps[size] == ',');
	}
}

bool names_app(const char *apps, const char *app)
{
	size_t length = strlen(app);

	while (apps && *apps) {
		size_t size = strcspn(apps, ",");

		if (size == length && memcmp(apps, app, size) == 0)
			return true;
		apps += size + (apps[size] == ',');
	}
	return false;
}
