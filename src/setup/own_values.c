/* SPDX-License-Identifier: MIT */
#include "setup/own_values.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/variable_name.h"
#include "ecosystem/ecosystem.h"
#include "envfile/envfile.h"
#include "import/import.h"

#include <string.h>

json_t *own_values_member(json_t *answers, const char *name)
{
	if (!json_is_object(json_object_get(answers, name)))
		json_put(answers, name, json_new_object());
	return json_object_get(answers, name);
}

/* As an app gets it: numbers and flags are text to it. Owned, or NULL. */
static char *text_of(const json_t *value)
{
	if (json_is_string(value))
		return memory_text(json_string_value(value));
	if (json_is_integer(value))
		return memory_printf(
			"%" JSON_INTEGER_FORMAT, json_integer_value(value));
	if (json_is_boolean(value))
		return memory_text(json_is_true(value) ? "true" : "false");
	return NULL;
}

static void format_env(json_t *env, struct buf *out)
{
	JSON_EACH_MEMBER(member, env) {
		SCOPED(buf) struct buf spelt = BUF(ENVFILE_LIMIT);
		char *text = text_of(member.value);
		struct error ignored;
		if (text && variable_name_is_allowed(member.name) &&
			envfile_quote(
				member.name, text, 0, &spelt, NULL, &ignored))
			buf_printf(out, "%s=%s\n", member.name,
				buf_cstring(&spelt));
		if (text)
			memory_free(text, strlen(text));
	}
}

static bool has_secret(const struct setup *setup, const char *name)
{
	const struct opened *opened = setup->workspace.session.opened;

	return json_inner(setup->answers, "secrets", name) ||
		(opened && opened_has_secret(opened, name));
}

static void take_secret(
	struct setup *setup, const struct imported *imported, const char *name)
{
	const struct secret *value =
		given_secret_find(&imported->secrets, imported->answers, name);

	if (!value || has_secret(setup, name))
		return;
	json_put(own_values_member(setup->answers, "secrets"), name,
		given_secret_add(setup->secrets, value));
	observer_note(&setup->workspace.session.options.observer,
		_("%s: taken out of the ecosystem file into the vault"), name);
}

/* The token, and the keys of the routes as they will be. */
static void take_secrets(struct setup *setup, const struct imported *imported)
{
	json_t *routes = json_object_get(setup->answers, "routes");

	take_secret(setup, imported, "CF_AIG_TOKEN");
	JSON_EACH(route, routes) {
		OWNED char *key = profile_route_key_env(route.value);
		if (key)
			take_secret(setup, imported, key);
	}
}

/* Flags may have said a part of the one route: a model without its provider. */
static void complete_route(json_t *given, const json_t *found)
{
	json_t *route = json_array_get(given, 0);

	if (json_array_size(given) != 1 || json_object_get(route, "provider"))
		return;
	JSON_SCOPED json_t *first = json_new_copy(json_array_get(found, 0));
	json_put_missing(route, first);
}

static void take_settings(struct setup *setup, const json_t *found)
{
	static const char *const members[] = { "account_id", "gateway",
		"origin", "custom_domain", "routes" };

	if (!setup->profile_is_new)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(members); i++) {
		json_t *value = json_object_get(found, members[i]);
		if (value && !json_object_get(setup->answers, members[i]))
			json_put_shared(setup->answers, members[i], value);
	}
	complete_route(json_object_get(setup->answers, "routes"),
		json_object_get(found, "routes"));
}

/* The app of the list, in its turn, or of all where none is named; NULL behind
 * the last. */
static const json_t *named_app(
	const json_t *apps, const json_t *names, size_t index)
{
	if (!names)
		return json_array_get(apps, index);
	if (json_is_array(names))
		names = json_array_get(names, index);
	else if (index > 0)
		return NULL;
	const char *name = json_string_value(names);
	return name ? ecosystem_app(apps, name) : NULL;
}

/* What PM2 gives an app: env, and over it env_NAME for --env NAME. */
static json_t *env_of(const struct setup *setup, const json_t *app)
{
	const char *chosen =
		json_text(json_object_get(setup->answers, "pm2"), "env");
	OWNED char *member = memory_printf(
		"env_%s", chosen ? chosen : setup->workspace.session.profile);
	json_t *env = json_new_object();

	json_put_all(env, json_object_get(app, "env"));
	json_put_all(env, json_object_get(app, member));
	return env;
}

/* As one env file, which is what import reads: the first app's value counts. */
static struct envfile *document_of(
	const struct setup *setup, const json_t *apps, const json_t *names)
{
	JSON_SCOPED json_t *all = json_new_object();
	SCOPED(buf) struct buf text = BUF(ENVFILE_LIMIT);
	struct envfile *document = NULL;
	const json_t *app = NULL;
	struct error ignored;

	for (size_t i = 0; (app = named_app(apps, names, i)); i++) {
		JSON_SCOPED json_t *own = env_of(setup, app);
		json_put_missing(all, own);
	}
	format_env(all, &text);
	return !buf_failed(&text) &&
			envfile_parse(buf_cstring(&text), text.size, &document,
				&ignored)
		? document
		: NULL;
}

void own_values_take(
	struct setup *setup, const json_t *apps, const json_t *names)
{
	SCOPED(imported) struct imported imported = { .answers = NULL };
	struct envfile *document = document_of(setup, apps, names);

	if (!document)
		return;
	import_env(document, &imported);
	envfile_free(document);
	take_settings(setup, imported.answers);
	take_secrets(setup, &imported);
}

/* Whether env, or env_NAME for --env, has a value of that name. */
static bool app_sets(const json_t *app, const char *variable)
{
	JSON_EACH_MEMBER(value, app)
		if ((text_equal(value.name, "env") ||
			    text_starts_with(value.name, "env_")) &&
			json_object_get(value.value, variable))
			return true;
	return false;
}

static bool any_sets(
	const json_t *apps, const json_t *names, const char *variable)
{
	const json_t *app = NULL;

	for (size_t i = 0; (app = named_app(apps, names, i)); i++) {
		if (app_sets(app, variable))
			return true;
	}
	return false;
}

void own_values_warn(const struct setup *setup, const char *file,
	const json_t *apps, const json_t *names)
{
	SCOPED(buf) struct buf found = BUF(4096);
	const struct variables *variables = &setup->workspace.variables;

	for (size_t i = 0; i < variables->count; i++) {
		const char *name = variables->items[i].name;
		if (any_sets(apps, names, name))
			buf_listed(&found, name);
	}
	if (found.size)
		observer_warn(&setup->workspace.session.options.observer,
			_("%s sets %s too: started by itself it brings in "
			  "those values, and not the vault's; take them out "
			  "of it"),
			file, buf_cstring(&found));
}
