/* SPDX-License-Identifier: MIT */
#include "vault/vault_internal.h"

#include "base/memory.h"
#include "base/text.h"
#include "os/atomic_file.h"
#include "os/directory.h"
#include "vault/structure_internal.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

/*
 * The settings need not be verified for this: their path has to stay inside the
 * vault's folder, and nothing goes there but our own left-over files.
 */
static void sweep_beside(const struct vault *vault, const char *path)
{
	struct error ignored;

	if (!path || !path_check_inside(vault->directory, path, &ignored))
		return;
	char *whole = path_join(vault->directory, path);
	atomic_file_sweep(whole);
	free(whole);
}

static void sweep_present(const struct vault *vault)
{
	const char *name = NULL;
	json_t *profile = NULL;

	json_object_foreach(
		json_object_get(vault->root, "profiles"), name, profile) {
		json_t *settings = json_object_get(profile, "settings");
		size_t index = 0;
		json_t *output = NULL;
		json_array_foreach(
			json_object_get(settings, "outputs"), index, output) {
			sweep_beside(vault,
				json_string_value(
					json_object_get(output, "path")));
		}
	}
}

/* Where this machine has rendered that profile before. */
static void sweep_rendered(const struct vault *vault, const char *profile)
{
	struct state state = { 0 };
	struct error ignored;
	const char *path = NULL;
	json_t *names = NULL;

	if (!state_load(&state, vault->id, profile, &ignored))
		return;
	json_object_foreach(
		json_object_get(state.root, "rendered"), path, names) {
		sweep_beside(vault, path);
	}
	state_release(&state);
}

/* Also of profiles that the vault no longer has. */
static void sweep_remembered(const struct vault *vault)
{
	static const char suffix[] = ".json";
	char *name = memory_printf("aigenv/vaults/%s", vault->id);
	char *folder = path_state(name);
	DIR *directory = opendir(folder);

	while (directory) {
		const struct dirent *entry = readdir(directory);
		if (!entry)
			break;
		if (!text_ends_with(entry->d_name, suffix))
			continue;
		char *profile = memory_copy(
			entry->d_name, strlen(entry->d_name) - strlen(suffix));
		if (structure_is_profile_name(profile))
			sweep_rendered(vault, profile);
		free(profile);
	}
	if (directory)
		(void)closedir(directory);
	free(folder);
	free(name);
}

void vault_sweep(const struct vault *vault)
{
	atomic_file_sweep(vault->path);
	sweep_present(vault);
	sweep_remembered(vault);
}
