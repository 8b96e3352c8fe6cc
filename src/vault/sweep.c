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
	JSON_EACH_MEMBER(profile, vault_parsed_all(vault)) {
		json_t *settings = json_object_get(profile.value, "settings");
		JSON_EACH(output, json_object_get(settings, "outputs")) {
			sweep_beside(vault, json_text(output.value, "path"));
		}
	}
}

/* Where this machine has rendered that profile before. */
static bool sweep_rendered(
	void *context, const char *profile, struct error *err)
{
	const struct vault *vault = context;
	struct state state = { 0 };

	/* Its faults are reported by the command that opens it. */
	if (!state_load(&state, vault->id, profile, err))
		return true;
	JSON_EACH_MEMBER(names, json_object_get(state.root, "rendered"))
		sweep_beside(vault, names.name);
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
