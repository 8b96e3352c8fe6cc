/* SPDX-License-Identifier: MIT */
#include "commands/check_sources.h"

#include "base/buf.h"
#include "base/memory.h"
#include "commands/session_options.h"
#include "os/directory.h"

#include <stdlib.h>

bool check_open(struct check *check, struct error *err)
{
	struct workspace workspace = WORKSPACE(session_options(check->call));

	check->workspace = workspace;
	if (!workspace_open(&check->workspace, SESSION_READ, err))
		return false;
	char *folder = path_directory(check->workspace.session.path);
	bool ok = tree_open(&check->tree, folder, err);

	free(folder);
	return ok;
}

void check_release(struct check *check)
{
	tree_release(&check->tree);
	workspace_release(&check->workspace);
	report_release(&check->report);
}

char *check_path(const struct check *check, const char *path)
{
	char *whole = path_join(check->tree.top, path);
	char *shown = path_relative(check->call->started_in, whole);

	free(whole);
	return shown;
}

char *check_sentence(const char *text, const char *first, const char *second)
{
	SCOPED(buf) struct buf out = BUF(65536);

	for (const char *at = text; *at; at++) {
		if (at[0] != '%' || at[1] != 's') {
			buf_byte(&out, *at);
			continue;
		}
		buf_text(&out, first);
		first = second;
		at++;
	}
	return buf_take(&out, NULL);
}
