/* SPDX-License-Identifier: MIT */
#include "vault/vault_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/directory.h"
#include "os/file.h"
#include "vault/versions.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>

/* The folder of a path, absolute where it exists. */
static char *absolute_directory(const char *path)
{
	char *directory = path_directory(path);
	char *resolved = path_resolve(directory);

	if (!resolved)
		return directory;
	free(directory);
	return resolved;
}

static struct vault *vault_new(const char *path)
{
	struct vault *vault = memory_new(sizeof(*vault));

	vault->path = memory_text(path);
	vault->directory = absolute_directory(path);
	vault->names = json_new_object();
	return vault;
}

bool vault_reload(struct vault *vault, struct error *err)
{
	SCOPED(buf) struct buf text = BUF(VAULT_LIMIT);
	struct stat status;
	bool missing = false;

	if (file_read_stat(vault->path, &text, &status, &missing, err) &&
		vault_take_text(vault, buf_cstring(&text), text.size, err)) {
		vault->status = status;
		return true;
	}
	if (!missing)
		return false;
	error_set(err, STATUS_INVALID, _("there is no vault"));
	error_at(err, "%s", vault->path);
	return error_next(err, _("`aigenv init` makes one"));
}

bool vault_load(const char *path, struct vault **vault, struct error *err)
{
	struct vault *loaded = vault_new(path);

	if (vault_reload(loaded, err)) {
		*vault = loaded;
		return true;
	}
	vault_free(loaded);
	return false;
}

bool vault_parse(const char *path, const char *text, size_t size,
	struct vault **vault, struct error *err)
{
	struct vault *parsed = vault_new(path);

	parsed->is_version = true;
	if (vault_take_text(parsed, text, size, err)) {
		*vault = parsed;
		return true;
	}
	vault_free(parsed);
	return false;
}

bool vault_stand_for_file(struct vault *vault, struct error *err)
{
	vault->differs = true;
	if (stat(vault->path, &vault->status) == 0)
		return true;
	error_errno(err, STATUS_IO, errno, _("cannot look at the vault"));
	return error_at(err, "%s", vault->path);
}

bool vault_is_current(const struct vault *vault)
{
	return vault->text ? file_is_unchanged(vault->path, &vault->status)
			   : !file_exists(vault->path);
}

struct vault *vault_create(const char *path)
{
	struct vault *vault = vault_new(path);
	unsigned char id[VAULT_ID_SIZE];

	randombytes_buf(id, sizeof(id));
	sodium_bin2hex(vault->id, sizeof(vault->id), id, sizeof(id));
	vault->root = json_build("{aigenv:%i, vault:%s, profiles:{}}",
		VAULT_FORMAT_VERSION, vault->id);
	return vault;
}

void vault_free(struct vault *vault)
{
	if (!vault)
		return;
	for (struct opened *opened = vault->opened; opened;
		opened = opened->next)
		opened->vault = NULL;
	free(vault->checked);
	json_decref(vault->root);
	json_decref(vault->names);
	vault_forget_places(vault);
	place_release(&vault->place);
	memory_free(vault->text, vault->text_size);
	free(vault->path);
	free(vault->directory);
	free(vault);
}

/* Looking */

const char *vault_path(const struct vault *vault)
{
	return vault->path;
}

const char *vault_directory(const struct vault *vault)
{
	return vault->directory;
}

const char *vault_id(const struct vault *vault)
{
	return vault->id;
}

static json_t *profiles_of(const struct vault *vault)
{
	return json_object_get(vault->root, "profiles");
}

size_t vault_profile_count(const struct vault *vault)
{
	return json_object_size(profiles_of(vault));
}

const char *vault_profile_name(const struct vault *vault, size_t index)
{
	OWNED const char **names = json_sorted_names(profiles_of(vault));
	const char *name =
		index < vault_profile_count(vault) ? names[index] : NULL;

	if (!name)
		return NULL;
	/* The file may be read again while it is in use. */
	json_put(vault->names, name, json_true());
	return json_object_iter_key(json_object_iter_at(vault->names, name));
}

bool vault_require_profile(
	const struct vault *vault, const char *name, struct error *err)
{
	SCOPED(buf) struct buf names = BUF(240);
	const char *known[PROFILES_LIMIT + 1] = { NULL };
	size_t count = 0;

	if (vault_has_profile(vault, name))
		return true;
	for (size_t i = 0; i < vault_profile_count(vault); i++) {
		const char *other = vault_profile_name(vault, i);
		if (!structure_is_profile_name(other))
			continue;
		buf_listed(&names, other);
		if (count < PROFILES_LIMIT)
			known[count++] = other;
	}
	error_set(
		err, STATUS_INVALID, _("there is no profile \"%.63s\""), name);
	error_at(err, "%s", vault->path);
	if (names.size == 0)
		return error_next(err, _("`aigenv init` makes the first one"));
	const char *nearest = text_nearest(name, known);
	if (nearest)
		return error_next(err, _("did you mean %s? The vault has: %s"),
			nearest, buf_cstring(&names));
	return error_next(err, _("the vault has: %s"), buf_cstring(&names));
}

bool vault_peek_settings(struct vault *vault, const char *profile,
	json_t **settings, struct error *err)
{
	if (!vault_require_profile(vault, profile, err))
		return false;
	json_t *found = vault_parsed(vault, profile);
	if (!vault->checked || !text_equal(vault->checked, profile)) {
		if (!structure_check_profile(found, profile, err))
			return vault_at(vault, err);
		free(vault->checked);
		vault->checked = memory_text(profile);
	}
	*settings = json_object_get(found, "settings");
	return true;
}

bool vault_peek_secret(
	struct vault *vault, const char *profile, const char **name)
{
	json_t *secrets =
		json_object_get(vault_parsed(vault, profile), "secrets");
	void *at = *name ? json_object_iter_next(
				   secrets, json_object_iter_at(secrets, *name))
			 : json_object_iter(secrets);

	*name = json_object_iter_key(at);
	return at != NULL;
}
