/* SPDX-License-Identifier: MIT */
/* The names of pm2.app, as PM2's --only takes them: "api,worker"; and the file
 * that they come from. */
#include "drift/drift_internal.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "ecosystem/ecosystem.h"

void drift_each_app(const char *apps, drift_use_app *use, void *context)
{
	struct slice list = slice_of(apps ? apps : "");
	struct slice item;

	while (slice_take_item(&list, &item)) {
		OWNED char *app = slice_text(item);

		use(context, app);
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

const char *drift_ecosystem_template(const struct profile *profile)
{
	for (size_t i = 0; i < profile->output_count; i++)
		if (text_starts_with(profile->outputs[i].template, "ecosystem"))
			return profile->outputs[i].template;
	return NULL;
}

/* One of the user's own file, or that a shell started, is not the profile's to
 * end because it gets no variables any more. */
bool is_given_up(const struct drift_wanted *wanted, const char *app)
{
	const char *template = drift_ecosystem_template(wanted->profile);

	if (!template || drift_names_app(wanted->profile->pm2.app, app) ||
		!json_lists(wanted->lost_apps, app))
		return false;
	return !text_equal(template, "ecosystem-wrap") ||
		(wanted->own_apps && !ecosystem_app(wanted->own_apps, app));
}
