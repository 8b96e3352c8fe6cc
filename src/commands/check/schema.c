/* SPDX-License-Identifier: MIT */
/* An env file beside its example, and beside the schema of the profile that it
 * is rendered from. */
#include "commands/check/check_internal.h"

void check_names(struct invocation *call, struct report *report,
	const struct subject *subject, const char *path,
	struct check_origin *origin)
{
	const struct check_peeked *peeked = &origin->peeked;
	const size_t first = report->count;
	struct error ignored;

	if (!origin->is_known) {
		lint_names(report, subject, path, NULL);
		return;
	}
	const struct lint_schema schema = { peeked->profile.name,
		peeked->profile.settings, peeked->output != NULL,
		peeked->readers };
	lint_names(report, subject, path, &schema);
	lint_schema(report, subject, &schema);
	if (session_choose(&origin->session, &ignored))
		session_name_profile(&origin->session, peeked->profile.name);
	check_complete(call->output, report, first);
}
