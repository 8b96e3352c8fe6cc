/* SPDX-License-Identifier: MIT */
#include "session/settings_check.h"

#include "profile/profile.h"
#include "profile/schema.h"
#include "profile/variables.h"
#include "session/secret_names.h"

/* Only names are compared: no secret is decrypted for that. */
static const struct secret *no_value(void *context, const char *name,
	struct secret_arena *arena, struct error *err)
{
	static const struct secret none = { NULL, 0 };

	(void)context;
	(void)name;
	(void)arena;
	(void)err;
	return &none;
}

static bool check_names(const struct session *session,
	const struct profile *profile, struct error *err)
{
	SCOPED(secret_names) struct secret_names names = SECRET_NAMES_NONE;
	struct variables variables = { 0 };
	const char *required[ROUTES_LIMIT + 1];
	size_t count = profile_required_secrets(
		profile, required, ARRAY_SIZE(required));

	secret_names_add_all(&names, session->opened);
	/* One that is still to be set is no fault of the settings. */
	for (size_t i = 0; i < count; i++)
		secret_names_add(&names, required[i]);
	bool ok = variables_collect(&variables, profile, names.items,
		names.count, no_value, NULL, err);
	variables_release(&variables);
	return ok || error_at(err, "vars");
}

bool settings_check(
	const struct session *session, json_t *settings, struct error *err)
{
	SCOPED(profile) struct profile profile = { 0 };

	return profile_from_settings(
		       &profile, session->profile, settings, err) &&
		check_names(session, &profile, err) &&
		schema_accepts(settings, err);
}
