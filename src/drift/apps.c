/* SPDX-License-Identifier: MIT */
/* The names of pm2.app, as PM2's --only takes them: "api,worker". */
#include "drift/drift_internal.h"

#include "base/slice.h"

#include <stdlib.h>

void drift_each_app(const char *apps, drift_use_app *use, void *context)
{
	struct slice list = slice_of(apps ? apps : "");
	struct slice item;

	while (slice_take_item(&list, &item)) {
		char *app = slice_text(item);

		use(context, app);
		free(app);
	}
}

bool drift_names_app(const char *apps, const char *app)
{
	struct slice list = slice_of(apps ? apps : "");
	struct slice item;

	while (slice_take_item(&list, &item))
		if (slice_is(item, app))
			return true;
	return false;
}
