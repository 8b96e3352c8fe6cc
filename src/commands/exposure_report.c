/* SPDX-License-Identifier: MIT */
#include "commands/exposure_report.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/shell.h"
#include "cli/output.h"
#include "deploy/exposure.h"
#include "git/gitignore.h"
#include "os/directory.h"

static void report(const struct invocation *call, const struct exposed *exposed,
	bool counts)
{
	OWNED char *line = gitignore_line(exposed->path);
	OWNED char *path = path_relative(call->started_in, exposed->file);
	OWNED char *word = shell_quoted(path);

	if (exposed->sight == GIT_TRACKS)
		output_warning(call->output,
			_("%s holds secrets, and git tracks it. Take it out "
			  "with `git rm --cached -- %s`, add the line %s to "
			  ".gitignore, and give its keys new values if it was "
			  "ever pushed.\n"),
			exposed->path, word, line);
	else if (!counts)
		output_warning(call->output,
			_("%s holds secrets, and git does not ignore it: it "
			  "reads no .gitignore that is not a plain file. Put a "
			  "file in its place, with the line %s, before you "
			  "commit.\n"),
			exposed->path, line);
	else
		output_warning(call->output,
			_("%s holds secrets, and git does not ignore it. Add "
			  "the line %s to .gitignore before you commit.\n"),
			exposed->path, line);
}

void report_exposure(
	const struct invocation *call, const struct deployment *deployment)
{
	const struct vault *vault = deployment->workspace->session.vault;
	const bool counts = gitignore_counts(vault_directory(vault));
	struct exposure exposure;

	exposure_find(&deployment->plan, &deployment->workspace->variables,
		&exposure);
	for (size_t i = 0; i < exposure.count; i++)
		report(call, &exposure.items[i], counts);
}
