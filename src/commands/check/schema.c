/* SPDX-License-Identifier: MIT */
/* An env file beside its example, and beside the schema of the profile that it
 * is rendered from. */
#include "commands/check/check_internal.h"

#include "base/memory.h"
#include "os/directory.h"

/* Who rendered it last knows best; else the first that would, or the only one
 * there is. */
static bool choose(
	struct check_peeked *chosen, struct vault *vault, const char *path)
{
	OWNED char *owner = vault_output_owner(vault, path);
	const size_t count = vault_profile_count(vault);
	bool found = owner && vault_has_profile(vault, owner) &&
		check_peek(chosen, vault, owner, path);

	for (size_t i = 0; !found && i < count; i++) {
		if (!check_peek(
			    chosen, vault, vault_profile_name(vault, i), path))
			continue;
		found = chosen->output || count == 1;
		if (!found)
			profile_release(&chosen->profile);
	}
	return found;
}

void check_names(struct invocation *call, struct report *report,
	const struct subject *subject, const char *path)
{
	SCOPED(session)
	struct session session = SESSION(check_quiet_options(call));
	struct check_peeked chosen;
	struct error ignored;
	OWNED char *real = path_resolve(path);

	if (real && session_load(&session, SESSION_READ, &ignored) &&
		choose(&chosen, session.vault, real)) {
		const size_t first = report->count;
		const struct lint_schema schema = { chosen.profile.name,
			chosen.profile.settings, chosen.output != NULL,
			chosen.readers };
		lint_names(report, subject, path, &schema);
		lint_schema(report, subject, &schema);
		if (session_choose(&session, &ignored))
			session_name_profile(&session, chosen.profile.name);
		check_complete(call->output, report, first);
		profile_release(&chosen.profile);
	} else {
		lint_names(report, subject, path, NULL);
	}
}
