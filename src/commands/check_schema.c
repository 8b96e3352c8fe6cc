/* SPDX-License-Identifier: MIT */
/* An env file beside the schema of the profile that it is rendered from. */
#include "commands/check_sources.h"

#include "apply/readers.h"
#include "base/text.h"
#include "os/directory.h"
#include "readers/readers.h"

#include <stdlib.h>

/* A profile of the vault, as the file says; nobody vouches for it. */
struct peeked {
	struct profile profile;
	const struct profile_output *output; /* that the file is; or NULL */
};

static bool peek(struct peeked *peeked, struct vault *vault, const char *name,
	const char *path)
{
	json_t *settings = NULL;
	struct error ignored;

	*peeked = (struct peeked){ .output = NULL };
	if (!vault_peek_settings(vault, name, &settings, &ignored) ||
		!profile_from_settings(
			&peeked->profile, name, settings, &ignored))
		return false;
	peeked->output = check_find_output(&peeked->profile, vault, path);
	return true;
}

/* Its readers have docker's grammar. */
static bool is_raw(const struct peeked *peeked)
{
	reader_set readers = 0;
	struct error ignored;

	return peeked->output &&
		declared_readers(
			&peeked->profile, peeked->output, &readers, &ignored) &&
		readers_are_raw(readers);
}

/* Who rendered it last knows best; else the first that would, or the only one
 * there is. */
static bool choose(struct peeked *chosen, struct vault *vault, const char *path)
{
	char *owner = vault_output_owner(vault, path);
	const size_t count = vault_profile_count(vault);
	bool found = owner && vault_has_profile(vault, owner) &&
		peek(chosen, vault, owner, path);

	for (size_t i = 0; !found && i < count; i++) {
		if (!peek(chosen, vault, vault_profile_name(vault, i), path))
			continue;
		found = chosen->output || count == 1;
		if (!found)
			profile_release(&chosen->profile);
	}
	free(owner);
	return found;
}

void check_schema(struct invocation *call, struct report *report,
	const struct subject *subject, const char *path)
{
	struct session session = SESSION(check_quiet_options(call));
	struct peeked chosen;
	struct error ignored;
	char *real = path_resolve(path);

	if (real && session_load(&session, SESSION_READ, &ignored) &&
		choose(&chosen, session.vault, real)) {
		const struct lint_schema schema = { chosen.profile.name,
			chosen.profile.settings, chosen.output != NULL,
			is_raw(&chosen) };
		lint_schema(report, subject, &schema);
		profile_release(&chosen.profile);
	}
	session_release(&session);
	free(real);
}
