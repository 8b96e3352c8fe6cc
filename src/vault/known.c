/* SPDX-License-Identifier: MIT */
#include "vault/known_internal.h"

#include "base/json.h"
#include "vault/state_internal.h"

void known_init(struct known *known)
{
	*known = (struct known){ .keys = json_new_object() };
}

void known_release(struct known *known)
{
	json_decref(known->keys);
	*known = (struct known){ 0 };
}

bool known_is_empty(const struct known *known)
{
	return json_object_size(known->keys) == 0;
}

bool known_has(const struct known *known, const char *key)
{
	return json_object_get(known->keys, key) != NULL;
}

void known_add(struct known *known, const char *key)
{
	json_put(known->keys, key, json_true());
}

void known_add_writers(struct known *known, json_t *writers)
{
	JSON_EACH_MEMBER(sign, writers)
		known_add(known, json_string_value(sign.value));
}

/* Rule (e) */

struct neighbours {
	const char *vault_id;
	json_t *profiles;     /* of the file */
	struct known present; /* writers of those that the file still holds */
	struct known all;
};

static bool add_profile(void *context, const char *profile, struct error *err)
{
	struct neighbours *neighbours = context;
	struct state state = { 0 };

	if (!state_load(&state, neighbours->vault_id, profile, err))
		return false;
	known_add_writers(&neighbours->all, state_writers(&state));
	if (json_object_get(neighbours->profiles, profile))
		known_add_writers(&neighbours->present, state_writers(&state));
	state_release(&state);
	return true;
}

bool known_add_neighbours(struct known *known, const char *vault_id,
	json_t *profiles, struct error *err)
{
	struct neighbours neighbours = { .vault_id = vault_id,
		.profiles = profiles };

	known_init(&neighbours.present);
	known_init(&neighbours.all);
	bool ok = state_each(vault_id, add_profile, &neighbours, err);
	json_t *keys = known_is_empty(&neighbours.present)
		? neighbours.all.keys
		: neighbours.present.keys;
	if (ok)
		json_put_all(known->keys, keys);
	known_release(&neighbours.present);
	known_release(&neighbours.all);
	return ok;
}
