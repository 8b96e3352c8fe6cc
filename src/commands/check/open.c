/* SPDX-License-Identifier: MIT */
#include "commands/check/check_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "commands/session_options.h"
#include "git/pipes.h"
#include "os/directory.h"

#include <stdlib.h>

bool check_open(struct check *check, struct error *err)
{
	struct workspace workspace = WORKSPACE(session_options(check->call));

	check->workspace = workspace;
	if (!workspace_open(&check->workspace, SESSION_READ, err))
		return false;
	OWNED char *folder = path_directory(check->workspace.session.path);

	return tree_open(&check->tree, folder, err) &&
		check_mask_begin(check, err);
}

void check_release(struct check *check)
{
	check_mask_end(check);
	tree_release(&check->tree);
	for (size_t i = 0; i < check->given_count; i++) {
		free(check->given[i].name);
		free(check->given[i].file);
	}
	free(check->given);
	workspace_release(&check->workspace);
	report_release(&check->report);
}

bool check_git_failed(
	const struct check *check, const char *what, struct error *err)
{
	OWNED char *pipe = git_find_pipe(check->tree.top);

	if (pipe) {
		error_set(err, STATUS_IO,
			_("git waits for what somebody writes into a pipe"));
		OWNED char *masked = check_masked(check, pipe);
		error_at(err, "%s", masked);
		error_next(err, _("remove the pipe, or put a file there"));
	} else {
		error_tell(
			err, STATUS_IO, what, _("see what `git status` says"));
	}
	return false;
}

/* A value may begin in the folders above: what is relative is so only when it
 * is masked. */
char *check_path(const struct check *check, const char *path)
{
	OWNED char *whole = path_join(check->tree.top, path);
	OWNED char *masked = check_masked(check, whole);
	OWNED char *from = check_masked(check, check->call->started_in);

	return path_relative(from, masked);
}

void check_complete_one(const struct output *output, struct finding *finding)
{
	OWNED char *advice = output_advice(output, finding->advice);

	finding_advise(finding, "%s", advice);
}

void check_complete(
	const struct output *output, struct report *report, size_t first)
{
	for (size_t i = first; i < report->count; i++)
		check_complete_one(output, &report->items[i]);
}

void check_add(struct check *check, enum rule_id rule, char *file,
	const struct place *place, char *message, char *fix)
{
	OWNED char *advice = output_advice(check->call->output, fix);

	report_begin(&check->report, file);
	finding_advise(report_add(&check->report, rule, place, "%s", message),
		"%s", advice);
	free(fix);
	free(message);
	free(file);
}
