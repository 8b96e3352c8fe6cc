/* SPDX-License-Identifier: MIT */
#include "session/settings_change.h"

#include "apply/user_template.h"
#include "base/i18n.h"
#include "base/json_build.h"
#include "import/import.h"
#include "profile/profile.h"
#include "session/settings_check.h"

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
	bool ok = profile_from_settings(
		&profile, change->session->profile, change->settings, err);

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
	return ok;
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
			_("vars.%s looks like a secret, but settings are plain "
			  "text; to keep it as a secret: aigenv config unset "
			  "vars.%s, then aigenv secret set %s"),
			name, name, name);
	}
}

bool settings_change_finish(
	struct settings_change *change, bool *changed, struct error *err)
{
	struct session *session = change->session;

	profile_complete_routes(change->settings);
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
