/* SPDX-License-Identifier: MIT */
#include "vault/output_owner_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/directory.h"
#include "vault/remembered_internal.h"
#include "vault/structure_internal.h"
#include "vault/vault_internal.h"

#define OWNER_VERSION 1
#define FOLDER "outputs"

static bool check(json_t *root, struct error *err)
{
	struct json_path at = { NULL, "profile", 0 };
	json_int_t version = 0;
	const char *vault = NULL;
	const char *profile = NULL;

	return json_get_integer(root, NULL, "aigenv_output", JSON_REQUIRED,
		       &version, err) &&
		json_get_text(
			root, NULL, "vault", JSON_REQUIRED, &vault, err) &&
		json_get_text(
			root, NULL, "profile", JSON_REQUIRED, &profile, err) &&
		(structure_is_profile_name(profile) ||
			json_refuse(
				err, &at, _("this must be a profile's name")));
}

static char *name_of(const char *path)
{
	OWNED char *real = path_resolve(path);

	return remembered_name(FOLDER, real ? real : path);
}

/* The profile of the vault `id` that wrote the file; NULL where that is another
 * vault's, or not known: a memory that cannot be read is none. Owned. */
static char *find_owner(const char *id, const char *path)
{
	OWNED char *name = name_of(path);
	JSON_SCOPED json_t *root = NULL;
	char *profile = NULL;
	struct error ignored;

	if (remembered_read(name, check, &root, &ignored) && root &&
		text_equal_or_null(id, json_text(root, "vault")))
		profile = memory_text(json_text(root, "profile"));
	return profile;
}

bool output_owner_save(const char *id, const char *profile, const char *path,
	struct error *err)
{
	OWNED char *owner = find_owner(id, path);
	bool same = text_equal_or_null(owner, profile);

	if (same)
		return true;
	OWNED char *name = name_of(path);
	/* A path that is not UTF-8 is told apart by its hash all the same. */
	JSON_SCOPED json_t *root =
		json_build("{aigenv_output:%i, path:%s, vault:%s, profile:%s}",
			OWNER_VERSION, path, id, profile);
	return remembered_write(name, root, ATOMIC_PASSING, err);
}

/* Declared in vault/vault.h */

char *vault_output_owner(const struct vault *vault, const char *path)
{
	return find_owner(vault->id, path);
}

json_t *vault_rendered_by(
	const struct vault *vault, const char *profile, const char *path)
{
	struct state state = { 0 };
	struct error ignored;

	if (!state_load(&state, vault->id, profile, &ignored))
		return NULL;
	json_t *names = json_incref(state_entry(&state, "rendered", path));
	state_release(&state);
	return names;
}
