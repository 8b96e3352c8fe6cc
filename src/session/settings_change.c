/* SPDX-License-Identifier: MIT */
#include "session/settings_change.h"

#include "apply/user_template.h"
#include "base/json_build.h"
#include "base/text.h"
#include "import/import.h"
#include "profile/profile.h"
#include "session/settings_check.h"

#include <stdlib.h>

struct settings_change settings_change_begin(struct session *session)
{
	json_t *today = opened_settings(session->opened);

	return (struct settings_change){ .session = session,
		.settings = json_new_copy(today) };
}

void settings_change_release(struct settings_change *change)
{
	json_decref(change->settings);
	change->settings = NULL;
}

bool settings_change_keep_outputs(
	struct settings_change *change, struct error *err)
{
	SCOPED(profile) struct profile profile = { 0 };

	if (json_object_get(change->settings, "outputs"))
		return true;
	struct catalogue *catalogue = catalogue_load();
	bool ok = profile_from_settings(&profile, change->session->profile,
		change->settings, catalogue, err);

	if (ok) {
		json_t *outputs = json_new_list();
		for (size_t i = 0; i < profile.output_count; i++)
			json_push(outputs,
				JSON_RECORD(
					JSON_TEXT("template",
						profile.outputs[i].template),
					JSON_TEXT("path",
						profile.outputs[i].path)));
		json_put(change->settings, "outputs", outputs);
	}
	catalogue_free(catalogue);
	return ok;
}

/* Members of a new route that the catalogue knows better than the user. */
static void fill_route(json_t *route, const struct catalogue *catalogue)
{
	const char *provider =
		json_string_value(json_object_get(route, "provider"));
	const char *credential =
		json_string_value(json_object_get(route, "credential"));

	if (!provider)
		return;
	if (!json_object_get(route, "path")) {
		char *path = profile_default_path(provider, catalogue);
		json_put_text(route, "path", path);
		free(path);
	}
	bool sends_key = !credential || text_equal(credential, "header");
	if (sends_key && !json_object_get(route, "key_env")) {
		char *key = profile_default_key_env(provider, catalogue);
		json_put_text(route, "key_env", key);
		free(key);
	}
}

static void fill_routes(json_t *settings)
{
	struct catalogue *catalogue = catalogue_load();
	size_t index = 0;
	json_t *route = NULL;

	json_array_foreach(json_object_get(settings, "routes"), index, route)
		fill_route(route, catalogue);
	catalogue_free(catalogue);
}

/* In a repository, a shell's history, `ps`: too late to keep it a secret. */
static void warn_of_secrets(const struct settings_change *change)
{
	const struct session *session = change->session;
	json_t *known =
		json_object_get(opened_settings(session->opened), "vars");
	const char *name = NULL;
	json_t *value = NULL;

	json_object_foreach(
		json_object_get(change->settings, "vars"), name, value) {
		if (json_object_get(known, name) ||
			!import_is_secret(name, json_string_value(value)))
			continue;
		observer_warn(&session->options.observer,
			"vars.%s looks like a secret, and settings are plain "
			"text; to keep it as one: aigenv config unset vars.%s, "
			"then aigenv secret set %s",
			name, name, name);
	}
}

bool settings_change_finish(
	struct settings_change *change, bool *changed, struct error *err)
{
	struct session *session = change->session;

	fill_routes(change->settings);
	*changed =
		!json_equal(change->settings, opened_settings(session->opened));
	if (!*changed)
		return true;
	if (!user_templates_record(vault_directory(session->vault),
		    change->settings, HASH_MISSING, err) ||
		!settings_check(session, change->settings, err))
		return false;
	warn_of_secrets(change);
	return opened_set_settings(session->opened, change->settings, err);
}
