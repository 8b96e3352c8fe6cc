/* SPDX-License-Identifier: MIT */
#include "vault/vault_internal.h"

#include "base/json.h"
#include "base/memory.h"
#include "os/atomic_file.h"
#include "os/directory.h"

/*
 * The settings need not be verified for this: their path has to stay inside the
 * vault's folder, and nothing goes there but our own left-over files.
 */
static void sweep_beside(const struct vault *vault, const char *path)
{
	struct error ignored;

	if (!path || !path_check_inside(vault->directory, path, &ignored))
		return;
	OWNED char *whole = path_join(vault->directory, path);
	atomic_file_sweep(whole);
}

static void sweep_present(const struct vault *vault)
{
	const char *name = NULL;
	json_t *profile = NULL;

	json_object_foreach(vault_parsed_all(vault), name, profile) {
		json_t *settings = json_object_get(profile, "settings");
		size_t index = 0;
		json_t *output = NULL;
		json_array_foreach(
			json_object_get(settings, "outputs"), index, output) {
			sweep_beside(vault, json_text(output, "path"));
		}
	}
}

/* Where this machine has rendered that profile before. */
static bool sweep_rendered(
	void *context, const char *profile, struct error *err)
{
	const struct vault *vault = context;
	struct state state = { 0 };
	const char *path = NULL;
	json_t *names = NULL;

	/* Its faults are reported by the command that opens it. */
	if (!state_load(&state, vault->id, profile, err))
		return true;
	json_object_foreach(
		json_object_get(state.root, "rendered"), path, names) {
		sweep_beside(vault, path);
	}
	state_release(&state);
	return true;
}

void vault_sweep(struct vault *vault)
{
	struct error ignored;

	atomic_file_sweep(vault->path);
	sweep_present(vault);
	/* Also of profiles that the vault no longer has; what cannot be looked
	 * at stays for another time. */
	if (!state_each(vault->id, sweep_rendered, vault, &ignored))
		return;
}
