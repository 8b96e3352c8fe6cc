/* SPDX-License-Identifier: MIT */
#include "commands/exposure_report.h"

#include "base/memory.h"
#include "cli/output.h"
#include "deploy/exposure.h"
#include "git/gitignore.h"

void report_exposure(
	const struct invocation *call, const struct deployment *deployment)
{
	const struct vault *vault = deployment->workspace->session.vault;
	const bool counts = gitignore_counts(vault_directory(vault));
	struct exposure exposure;

	exposure_find(&deployment->plan, &deployment->workspace->variables,
		&exposure);
	for (size_t i = 0; i < exposure.count; i++) {
		const struct exposed *one = &exposure.items[i];
		OWNED char *message = exposure_message(one, counts);
		OWNED char *advice =
			exposure_advice(one, counts, call->started_in);

		output_warning(call->output, "%s; %s\n", message, advice);
	}
}
