/* SPDX-License-Identifier: MIT */
/*
 * Which env_NAME of the user's ecosystem file the processes were started with.
 * PM2 keeps the values and not the name, and a restart without --env puts those
 * of plain env in their place: an app in production would go on as one under
 * development.
 */
#include "drift/drift_internal.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "ecosystem/ecosystem.h"

#include <stdlib.h>
#include <string.h>

#define ENV_PREFIX "env_"

struct own_env {
	const struct drift_wanted *wanted;
	const struct live *live;
	const json_t *app;
	const char *name; /* of the one that was found; borrowed */
	bool contradicted;
	const char *offered; /* the one that is called as the profile is */
	bool any_live;
};

static bool process_has(
	const struct live_process *process, const char *name, json_t *members)
{
	char *wanted = live_stored(members, name);
	char *value = live_variable(process, name);
	bool same = wanted && value && text_equal(wanted, value);

	memory_free(wanted, wanted ? strlen(wanted) : 0);
	memory_free(value, value ? strlen(value) : 0);
	return same;
}

/* Whether it has all of that object's variables but the profile's own, which
 * each of them gets alike. *tells: plain env would have given another one. */
static bool has_all(const struct own_env *own,
	const struct live_process *process, json_t *members, bool *tells)
{
	const json_t *plain = json_object_get(own->app, "env");
	bool all = true;

	JSON_EACH_MEMBER(member, members) {
		if (variables_find(own->wanted->variables, member.name))
			continue;
		all = all && process_has(process, member.name, members);
		if (!json_equal(
			    json_object_get(plain, member.name), member.value))
			*tells = true;
	}
	return all;
}

static void look_at_processes(
	struct own_env *own, const char *name, json_t *members)
{
	const char *app = json_text_or_empty(own->app, "name");
	const struct live_process *process = NULL;

	while ((process = live_next(own->live, app, process)) != NULL) {
		bool tells = false;
		if (!has_all(own, process, members, &tells) || !tells)
			continue;
		if (own->name && !text_equal(own->name, name))
			own->contradicted = true;
		own->name = name;
	}
}

static void look_at_app(void *context, const char *app)
{
	struct own_env *own = context;

	own->app = ecosystem_app(own->wanted->own_apps, app);
	own->any_live = own->any_live || live_next(own->live, app, NULL);
	JSON_EACH_MEMBER(member, own->app) {
		if (!text_starts_with(member.name, ENV_PREFIX) ||
			!json_is_object(member.value))
			continue;
		const char *name = member.name + sizeof(ENV_PREFIX) - 1;
		if (text_equal(name, own->wanted->profile->name))
			own->offered = name;
		look_at_processes(own, name, member.value);
	}
}

void find_env(struct drift *drift, const struct drift_wanted *wanted,
	const struct live *live)
{
	struct own_env own = { .wanted = wanted, .live = live };

	if (!wanted->profile->pm2.env)
		drift_each_app(wanted->profile->pm2.app, look_at_app, &own);
	if (own.name && !own.contradicted)
		drift->env = memory_text(own.name);
	else if (own.offered && !own.any_live)
		drift->env_offered = memory_text(own.offered);
}
