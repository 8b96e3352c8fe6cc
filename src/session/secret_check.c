/* SPDX-License-Identifier: MIT */
#include "session/secret_check.h"

#include "base/i18n.h"
#include "base/text.h"
#include "base/variable_name.h"
#include "catalogue/catalogue.h"
#include "profile/profile.h"
#include "profile/schema.h"

#define TOKEN_NAME "CF_AIG_TOKEN"

/* A secret before it is set */

bool secret_check_name(const char *name, struct error *err)
{
	if (variable_name_is_allowed(name))
		return true;
	if (variable_name_runs_code(name)) {
		variable_name_refuse(name, err);
	} else {
		error_set(err, STATUS_USAGE,
			_("this cannot be the name of a secret: it needs "
			  "letters, digits and _, not a digit first"));
		error_next(err,
			text_starts_with(name, "vars.")
				? _("leave vars. out: plain variables alone "
				    "have it, in `aigenv config set`")
				: _("a value does not belong on the command "
				    "line: see --from in `aigenv secret set "
				    "--help`"));
	}
	err->status = STATUS_USAGE;
	return false;
}

/* The gateway's token must be none of the provider keys. */
static bool check_pairs(const struct session *session,
	const struct profile *profile, const char *name,
	const struct secret *value, struct error *err)
{
	const char *names[ROUTES_LIMIT + 1] = { NULL };
	size_t count =
		profile_required_secrets(profile, names, ARRAY_SIZE(names));
	bool is_token = text_equal(name, TOKEN_NAME);

	for (size_t i = 0; i < count; i++) {
		SCOPED(secret_arena) struct secret_arena arena = { 0 };
		const struct provider *entry = NULL;
		const char *key = is_token ? names[i] : name;
		if (is_token == text_equal(names[i], TOKEN_NAME) ||
			!opened_has_secret(session->opened, names[i]))
			continue;
		(void)profile_secret_kind(profile, key, &entry);
		const struct secret *other = opened_get_secret(
			session->opened, names[i], SLOT_CURRENT, &arena, err);
		if (!other ||
			!profile_check_secret_pair(is_token ? value : other,
				key, entry, is_token ? other : value, err))
			return false;
	}
	return true;
}

bool secret_is_needed(const struct session *session, const char *name)
{
	SCOPED(profile) struct profile profile = { 0 };
	struct error ignored;
	const char *names[ROUTES_LIMIT + 1] = { NULL };
	bool needed = false;

	if (opened_has_secret(session->opened, name) &&
		profile_from_settings(&profile, session->profile,
			opened_settings(session->opened), &ignored)) {
		size_t count = profile_required_secrets(
			&profile, names, ARRAY_SIZE(names));
		for (size_t i = 0; i < count; i++)
			needed = needed || text_equal(names[i], name);
		needed = needed || schema_requires(profile.settings, name);
	}
	return needed;
}

/* A name that is a variable already. */
static bool check_name_is_free(
	const struct profile *profile, const char *name, struct error *err)
{
	if (json_object_get(profile->vars, name)) {
		error_set(err, STATUS_INVALID,
			_("profile %s already has a plain variable %.128s"),
			profile->name, name);
		return error_next(err,
			_("`aigenv config unset vars.%.128s`, then set the "
			  "secret; or give it another name"),
			name);
	}
	bool names_model = false;
	for (size_t i = 0; i < profile->route_count; i++)
		if (text_equal_or_null(profile->routes[i].model_env, name))
			names_model = true;
	if (!names_model && !text_starts_with(name, "CF_AIG_BASE_URL"))
		return true;
	error_set(err, STATUS_INVALID,
		names_model ? _("in profile %s %.128s is already the variable "
				"of a route's model")
			    : _("in profile %s %.128s is already the variable "
				"of a base URL"),
		profile->name, name);
	return error_next(err, _("give the secret another name"));
}

bool secret_check_place(
	const struct session *session, const char *name, struct error *err)
{
	SCOPED(profile) struct profile profile = { 0 };

	return profile_from_settings(&profile, session->profile,
		       opened_settings(session->opened), err) &&
		check_name_is_free(&profile, name, err) &&
		opened_check_may_set(session->opened, name, err);
}

void secret_warn_of_owner(const struct observer *observer, const char *name,
	const struct provider *entry, const struct secret *key)
{
	const struct provider *owner = entry
		? catalogue_other_owner(entry, secret_reveal(key), key->size)
		: NULL;

	if (owner)
		observer_warn(observer,
			_("%s looks like a key of %s, and goes to %s: set "
			  "another one if that is not meant"),
			name, owner->title, entry->title);
}

bool secret_check_value(const struct session *session, const char *name,
	const struct secret *value, struct error *err)
{
	SCOPED(profile) struct profile profile = { 0 };
	const struct provider *entry = NULL;
	bool ok = profile_from_settings(&profile, session->profile,
		opened_settings(session->opened), err);

	if (ok) {
		enum secret_kind kind =
			profile_secret_kind(&profile, name, &entry);
		ok = check_name_is_free(&profile, name, err) &&
			profile_check_secret(kind, name, entry, value, err) &&
			schema_check_secret(
				profile.settings, name, value, err) &&
			(kind == SECRET_OTHER ||
				check_pairs(
					session, &profile, name, value, err));
		if (ok && kind == SECRET_PROVIDER_KEY)
			secret_warn_of_owner(
				&session->options.observer, name, entry, value);
	}
	return ok;
}

/* All secrets of a profile */

static bool check_key(const struct variables *variables,
	const struct variable *token, const struct route *route,
	struct error *err)
{
	const struct variable *key = variables_find(variables, route->key_env);

	return !key ||
		(profile_check_secret(SECRET_PROVIDER_KEY, key->name,
			 route->entry, key->secret, err) &&
			profile_check_secret_pair(token->secret, key->name,
				route->entry, key->secret, err));
}

bool secret_check_variables(const struct profile *profile,
	const struct variables *variables, struct error *err)
{
	const struct variable *token = variables_find(variables, TOKEN_NAME);

	/* variables_collect has refused a profile without its token. */
	if (!token)
		return true;
	if (!profile_check_secret(SECRET_GATEWAY_TOKEN, token->name, NULL,
		    token->secret, err))
		return false;
	for (size_t i = 0; i < profile->route_count; i++) {
		const struct route *route = &profile->routes[i];
		if (route->key_env && !check_key(variables, token, route, err))
			return false;
	}
	return true;
}
