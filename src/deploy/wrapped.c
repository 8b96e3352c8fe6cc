/* SPDX-License-Identifier: MIT */
#include "deploy/wrapped.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "drift/drift.h"
#include "ecosystem/ecosystem.h"
#include "os/directory.h"
#include "os/file.h"
#include "os/process.h"
#include "profile/detour.h"

#include <string.h>

static const char *path_of_wrapper(const struct profile *profile)
{
	for (size_t i = 0; i < profile->output_count; i++)
		if (text_equal(profile->outputs[i].template, "ecosystem-wrap"))
			return profile->outputs[i].path;
	return NULL;
}

json_t *wrapped_ask(const struct workspace *workspace, struct error *err)
{
	const char *name = path_of_wrapper(&workspace->profile);

	*err = (struct error){ 0 };
	if (!name)
		return NULL;
	OWNED char *path =
		path_join(vault_directory(workspace->session.vault), name);

	return file_exists(path) ? ecosystem_ask(path, err) : NULL;
}

/* With a blank in it bash runs it. */
static bool has_script(const json_t *app)
{
	const char *script = json_text_or_empty(app, "script");
	OWNED char *program = process_find(script);
	OWNED char *whole = path_join(json_text_or_empty(app, "cwd"), script);

	return strchr(script, ' ') || program || file_exists(whole);
}

struct warning {
	const json_t *apps;
	const struct profile *profile;
	const struct observer *observer;
};

static void warn_of_detour(
	const struct warning *warning, const char *name, const json_t *app)
{
	const json_t *env = json_object_get(app, "env");

	for (size_t i = 0; detour_names[i]; i++) {
		const char *address = json_text(env, detour_names[i]);

		if (address && detour_is_elsewhere(warning->profile, address))
			observer_warn(warning->observer,
				_("your ecosystem file gives %s the variable "
				  "%s, which SDKs read by themselves: it goes "
				  "past the gateway; take it out of env there"),
				name, detour_names[i]);
	}
}

static void warn_of_app(void *context, const char *name)
{
	const struct warning *warning = context;
	const json_t *app = ecosystem_app(warning->apps, name);

	if (app && !has_script(app))
		observer_warn(warning->observer,
			_("the script of %s is not there: your ecosystem file "
			  "says %s"),
			name, json_text_or_empty(app, "script"));
	warn_of_detour(warning, name, app);
}

void wrapped_warn(const json_t *apps, const struct profile *profile,
	const struct observer *observer)
{
	struct warning warning = { apps, profile, observer };

	if (apps)
		drift_each_app(profile->pm2.app, warn_of_app, &warning);
}
