/* SPDX-License-Identifier: MIT */
#include "apply/data.h"

#include "base/json.h"
#include "base/text.h"
#include "envfile/envfile.h"
#include "profile/schema.h"
#include "settings/value.h"

/* A plain value as env files spell it; what none can hold stays empty. */
static json_t *spelt(const char *name, const char *value)
{
	SCOPED(buf) struct buf spelling = BUF(ENVFILE_LIMIT);
	struct error ignored;

	if (!value || !*value ||
		!envfile_quote(name, value, 0, &spelling, NULL, &ignored))
		return json_new_text("");
	return json_new_text(buf_cstring(&spelling));
}

/* What aigenv itself renders under that name, as a member of its data: NULL
 * where it is nothing. *of is the route, and untouched for the token. */
static const char *role_of(const struct profile *profile, const char *name,
	const struct route **of)
{
	if (text_equal(name, "CF_AIG_TOKEN"))
		return "token";
	for (size_t i = 0; i < profile->route_count; i++) {
		const struct route *route = &profile->routes[i];
		*of = route;
		if (text_equal_or_null(route->key_env, name))
			return "key_of";
		if (text_equal_or_null(route->model_env, name))
			return "model_of";
		if (profile_is_base_url(route, i, name))
			return "base_url_of";
	}
	return NULL;
}

static void put_role(json_t *data, const char *role, const struct route *of)
{
	if (!of)
		json_put(data, role, json_true());
	else if (text_equal(role, "key_of") && of->entry)
		json_put_text(data, role, of->entry->title);
	else
		json_put_text(data, role, of->name);
}

static json_t *list_text(const json_t *allowed)
{
	SCOPED(buf) struct buf text = BUF(65536);

	if (!allowed)
		return json_null();
	settings_format_value(allowed, &text);
	return json_new_text(buf_cstring(&text));
}

/* A comment that every reader takes for one: phpdotenv looks for the end of a
 * value behind =" in comments, too. */
static json_t *comment_text(const char *text)
{
	SCOPED(buf) struct buf comment = BUF(65536);

	for (const char *at = text; at && *at; at++) {
		buf_byte(&comment, *at);
		if (at[0] == '=' && at[1] == '"')
			buf_byte(&comment, ' ');
	}
	return text ? json_new_text(buf_cstring(&comment)) : json_null();
}

static json_t *entry_data(const struct profile *profile, const char *name,
	const struct variable *variable)
{
	const json_t *schema = schema_entry(profile->settings, name);
	const char *description = json_text(schema, "description");
	const bool secret =
		(variable && variable->secret) || json_flag(schema, "secret");
	const struct route *of = NULL;
	const char *role = role_of(profile, name, &of);
	const bool required = role || json_flag(schema, "required");
	json_t *value =
		spelt(name, secret || !variable ? NULL : variable->plain);
	json_t *data = json_build(
		"{name:%s, description:%o, pattern:%s, one_of:%o, secret:%b, "
		"base_url_of:null, key_of:null, model_of:null, token:false, "
		"required:%b, unused:%b, value:%o}",
		name, comment_text(description), json_text(schema, "pattern"),
		list_text(json_object_get(schema, "one_of")), secret, required,
		!required && !json_string_length(value), value);

	if (role && !description)
		put_role(data, role, of);
	return data;
}

json_t *example_data(
	const struct profile *profile, const struct variables *variables)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < variables->count; i++)
		json_push(list,
			entry_data(profile, variables->items[i].name,
				&variables->items[i]));
	JSON_EACH_MEMBER(entry, json_object_get(profile->settings, "schema"))
		if (!variables_find(variables, entry.name))
			json_push(list, entry_data(profile, entry.name, NULL));
	return list;
}
