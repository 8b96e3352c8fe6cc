/* SPDX-License-Identifier: MIT */
/* An env file beside its example, and beside the schema of the profile that it
 * is rendered from. */
#include "commands/check/check_internal.h"

#include "base/memory.h"
#include "os/directory.h"

void check_names(struct invocation *call, struct report *report,
	const struct subject *subject, const char *path)
{
	SCOPED(session)
	struct session session = SESSION(check_quiet_options(call));
	struct check_peeked chosen;
	struct error ignored;
	OWNED char *real = path_resolve(path);

	if (real && session_load(&session, SESSION_READ, &ignored) &&
		check_choose(&chosen, session.vault, real)) {
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
