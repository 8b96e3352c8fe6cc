/* SPDX-License-Identifier: MIT */
/* An opened profile as a handle: its place in the vault's list, its parts. */
#include "vault/vault_internal.h"

#include "base/json.h"
#include "base/memory.h"

#include <stdlib.h>

void vault_close(struct opened *opened)
{
	if (!opened)
		return;
	if (opened->vault) {
		struct opened **link = &opened->vault->opened;
		while (*link && *link != opened)
			link = &(*link)->next;
		if (*link)
			*link = opened->next;
	}
	profile_keys_release(&opened->keys);
	state_release(&opened->state);
	proven_release(&opened->proven);
	json_decref(opened->profile);
	free(opened->name);
	free(opened);
}

struct opened *opened_new(struct vault *vault, const char *profile,
	const struct vault_access *access)
{
	struct opened *opened = memory_new(sizeof(*opened));

	opened->vault = vault;
	opened->name = memory_text(profile);
	opened->identity = access->identity;
	opened->access = *access;
	opened->next = vault->opened;
	vault->opened = opened;
	return opened;
}

struct seal_scope opened_scope(const struct opened *opened)
{
	return (struct seal_scope){ opened->vault->id, opened->name };
}

json_t *opened_sealed(const struct opened *opened)
{
	return json_object_get(opened->profile, "sealed");
}

json_t *opened_secrets(const struct opened *opened)
{
	return json_object_get(opened->profile, "secrets");
}

json_t *opened_recipients(const struct opened *opened)
{
	return json_object_get(opened->profile, "recipients");
}

void opened_warn(const struct opened *opened, const char *message)
{
	if (opened->access.warn)
		opened->access.warn(opened->access.context, message);
}

const char *opened_profile(const struct opened *opened)
{
	return opened->name;
}

int64_t opened_generation(const struct opened *opened)
{
	return json_number(opened_sealed(opened), "generation");
}

int64_t opened_next_generation(const struct opened *opened)
{
	int64_t own = opened_generation(opened);
	int64_t seen = opened->access.allow_older
		? state_generation(&opened->state)
		: 0;

	if (seen > own)
		own = seen;
	return (own > opened->succeeds ? own : opened->succeeds) + 1;
}

const char *opened_core(const struct opened *opened)
{
	return json_text(opened_sealed(opened), "core");
}

const char *opened_sealed_by(const struct opened *opened)
{
	return json_text(opened_sealed(opened), "by");
}

json_t *opened_settings(const struct opened *opened)
{
	return json_object_get(opened->profile, "settings");
}

bool opened_settings_edited(const struct opened *opened)
{
	return opened->settings_edited;
}

void opened_sort(struct opened *opened)
{
	json_t *ordered = structure_in_order(opened->profile);

	json_decref(opened->profile);
	opened->profile = ordered;
}

const char *object_name_at(json_t *object, size_t index)
{
	void *at = json_object_iter(object);

	while (at && index-- > 0)
		at = json_object_iter_next(object, at);
	return at ? json_object_iter_key(at) : NULL;
}

bool vault_load_place(struct vault *vault, struct error *err)
{
	if (vault->place_is_loaded)
		return true;
	if (!place_load(&vault->place, vault->path, err)) {
		place_release(&vault->place);
		return false;
	}
	vault->place_is_loaded = true;
	return true;
}
