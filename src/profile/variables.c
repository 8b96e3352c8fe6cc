/* SPDX-License-Identifier: MIT */
#include "profile/variables.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define BASE_URL "CF_AIG_BASE_URL"
#define TOKEN "CF_AIG_TOKEN"

size_t profile_required_secrets(
	const struct profile *profile, const char **names, size_t limit)
{
	size_t count = 0;

	if (limit > 0)
		names[count++] = TOKEN;
	for (size_t i = 0; i < profile->route_count; i++) {
		const char *key = profile->routes[i].key_env;
		if (key && count < limit &&
			!text_fits_any(key, text_equal, names, count))
			names[count++] = key;
	}
	return count;
}

enum secret_kind profile_secret_kind(const struct profile *profile,
	const char *name, const struct provider **entry)
{
	*entry = NULL;
	if (text_equal(name, TOKEN))
		return SECRET_GATEWAY_TOKEN;
	for (size_t i = 0; i < profile->route_count; i++) {
		const struct route *route = &profile->routes[i];
		if (!route->key_env || !text_equal(route->key_env, name))
			continue;
		*entry = route->entry;
		return SECRET_PROVIDER_KEY;
	}
	return SECRET_OTHER;
}

/* What variables_collect works with. */
struct collection {
	struct variables *variables;
	const struct profile *profile;
	const char *const *names; /* of all secrets */
	size_t name_count;
	secret_lookup *lookup;
	void *context;
};

static bool add(struct variables *variables, const char *name,
	const char *plain, const struct secret *secret)
{
	if (variables_find(variables, name))
		return false;
	/* The name is copied: secrets' names come out of a vault that may be
	 * saved, or read again, while the variables are in use. */
	char *copy = memory_text(name);
	(void)name_table_put(&variables->index, copy, variables->count);
	MEMORY_PUSH(variables->items, variables->count,
		(struct variable){ copy, plain, secret });
	return true;
}

bool variables_add_secret(struct variables *variables, const char *name,
	const struct secret *value)
{
	return add(variables, name, NULL, value);
}

/* CF_AIG_BASE_URL_<ROUTE>. Owned. */
static char *base_url_name(const struct route *route)
{
	OWNED char *form = profile_variable_form(route->name);

	return memory_printf(BASE_URL "_%s",
		form + (*form == '_' && text_is_digit(route->name[0])));
}

bool profile_is_base_url(
	const struct route *route, size_t index, const char *name)
{
	OWNED char *url = index ? base_url_name(route) : memory_text(BASE_URL);

	return text_equal(url, name);
}

static void add_origin(struct buf *out, const char *before, const char *name,
	const char *after)
{
	buf_printf(out, "%s%s%s%s", out->size ? ", " : "", before, name, after);
}

/* The settings and secrets that make a variable of that name. */
static void add_origins(
	const struct collection *collection, const char *name, struct buf *out)
{
	const struct profile *profile = collection->profile;
	bool is_key = false;

	for (size_t i = 0; i < profile->route_count; i++) {
		const struct route *route = &profile->routes[i];
		if (profile_is_base_url(route, i, name))
			add_origin(out, "routes.", route->name, "");
		if (text_equal_or_null(route->key_env, name)) {
			add_origin(out, "routes.", route->name, ".key_env");
			is_key = true;
		}
		if (text_equal_or_null(route->model_env, name))
			add_origin(out, "routes.", route->name, ".model_env");
	}
	if (json_object_get(profile->vars, name))
		add_origin(out, "vars.", name, "");
	if (text_fits_any(name, text_equal, collection->names,
		    collection->name_count) &&
		(!is_key || text_equal(name, "CF_AIG_TOKEN")))
		add_origin(out, "secrets.", name, "");
}

static bool refuse_double(const struct collection *collection, const char *name,
	struct error *err)
{
	SCOPED(buf) struct buf origins = BUF(512);

	add_origins(collection, name, &origins);
	error_set(err, STATUS_INVALID, _("two variables are named %.128s: %s"),
		name, buf_cstring(&origins));
	error_at(err, "%s", collection->profile->name);
	return error_next(err, _("give one of them another name"));
}

static bool add_plain(struct collection *collection, const char *name,
	const char *value, struct error *err)
{
	return add(collection->variables, name, value, NULL) ||
		refuse_double(collection, name, err);
}

/* A secret that the profile has. */
static bool add_secret(
	struct collection *collection, const char *name, struct error *err)
{
	const struct secret *value = collection->lookup(
		collection->context, name, &collection->variables->arena, err);

	return value &&
		(variables_add_secret(collection->variables, name, value) ||
			refuse_double(collection, name, err));
}

static bool refuse_missing(const struct collection *collection,
	const char *name, struct error *err)
{
	error_set(err, STATUS_INVALID, _("the secret %.128s is missing"), name);
	error_at(err, "%s", collection->profile->name);
	return error_next(err, "`aigenv secret set %.128s`", name);
}

static bool add_keys(struct collection *collection, struct error *err)
{
	const char *names[ROUTES_LIMIT + 1];
	size_t count = profile_required_secrets(
		collection->profile, names, ARRAY_SIZE(names));

	for (size_t i = 0; i < count; i++) {
		if (!text_fits_any(names[i], text_equal, collection->names,
			    collection->name_count))
			return refuse_missing(collection, names[i], err);
		if (!add_secret(collection, names[i], err))
			return false;
	}
	return true;
}

/* CF_AIG_BASE_URL_<ROUTE> */
static bool add_further_routes(struct collection *collection, struct error *err)
{
	const struct profile *profile = collection->profile;
	bool good = true;

	for (size_t i = 1; good && i < profile->route_count; i++) {
		OWNED char *name = base_url_name(&profile->routes[i]);
		good = add_plain(
			collection, name, profile->routes[i].base_url, err);
	}
	return good;
}

static bool add_models(struct collection *collection, struct error *err)
{
	for (size_t i = 0; i < collection->profile->route_count; i++) {
		const struct route *route = &collection->profile->routes[i];
		if (route->model_env &&
			!add_plain(collection, route->model_env, route->model,
				err))
			return false;
	}
	return true;
}

/* Sorted: the same profile renders the same file, whatever the vault's order.
 */
static bool add_vars(struct collection *collection, struct error *err)
{
	json_t *vars = collection->profile->vars;
	const char *names[VARS_LIMIT];
	size_t count = 0;

	JSON_EACH_MEMBER(member, vars)
		if (count < VARS_LIMIT)
			names[count++] = member.name;
	if (count > 0)
		qsort(names, count, sizeof(*names), text_compare);
	for (size_t i = 0; i < count; i++)
		if (!add_plain(collection, names[i], json_text(vars, names[i]),
			    err))
			return false;
	return true;
}

static bool add_other_secrets(struct collection *collection, struct error *err)
{
	const char *required[ROUTES_LIMIT + 1];
	size_t required_count = profile_required_secrets(
		collection->profile, required, ARRAY_SIZE(required));
	size_t count = 0;
	bool good = true;
	OWNED const char **names =
		memory_array(collection->name_count + 1, sizeof(*names));

	for (size_t i = 0; i < collection->name_count; i++) {
		const char *name = collection->names[i];
		if (!text_fits_any(
			    name, text_equal, required, required_count) &&
			!profile_keeps_back(collection->profile, name))
			names[count++] = name;
	}
	if (count > 0)
		qsort(names, count, sizeof(*names), text_compare);
	for (size_t i = 0; good && i < count; i++)
		good = add_secret(collection, names[i], err);
	return good;
}

/* Lookup and context are one thing: NOLINTNEXTLINE(*-function-size) */
bool variables_collect(struct variables *variables,
	const struct profile *profile, const char *const *names,
	size_t name_count, secret_lookup *lookup, void *context,
	struct error *err)
{
	struct variables made = { 0 };
	struct collection collection = {
		.variables = &made,
		.profile = profile,
		.names = names,
		.name_count = name_count,
		.lookup = lookup,
		.context = context,
	};

	if (!add_plain(
		    &collection, BASE_URL, profile->routes[0].base_url, err) ||
		!add_keys(&collection, err) ||
		!add_further_routes(&collection, err) ||
		!add_models(&collection, err) || !add_vars(&collection, err) ||
		!add_other_secrets(&collection, err)) {
		variables_release(&made);
		return false;
	}
	*variables = made;
	return true;
}

const struct variable *variables_find(
	const struct variables *variables, const char *name)
{
	size_t at = name_table_find(&variables->index, name);

	return at != NAME_NONE ? &variables->items[at] : NULL;
}

const char *variable_reveal(const struct variable *variable)
{
	return variable->secret ? secret_reveal(variable->secret)
				: variable->plain;
}

bool variable_is(const struct variable *variable, const char *text)
{
	const char *value = variable_reveal(variable);
	size_t size = strlen(value);

	return strlen(text) == size && sodium_memcmp(text, value, size) == 0;
}

char *variable_shown(const struct variable *variable)
{
	char mask[SECRET_MASK_SIZE];

	if (!variable->secret)
		return memory_text(variable->plain);
	secret_mask(variable->secret, mask);
	return memory_text(mask);
}

void variables_release(struct variables *variables)
{
	for (size_t i = 0; i < variables->count; i++)
		free(variables->items[i].name);
	free(variables->items);
	name_table_release(&variables->index);
	secret_arena_release(&variables->arena);
	*variables = (struct variables){ 0 };
}

struct redactor *variables_redactor(const struct variables *variables)
{
	struct redactor *redactor = redactor_new();

	for (size_t i = 0; i < variables->count; i++)
		if (variables->items[i].secret)
			redactor_add(redactor, variables->items[i].secret);
	return redactor;
}
