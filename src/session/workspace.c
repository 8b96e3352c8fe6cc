/* SPDX-License-Identifier: MIT */
#include "session/workspace.h"

#include "session/secret_names.h"

#include <stdlib.h>

bool workspace_open(
	struct workspace *workspace, enum session_mode mode, struct error *err)
{
	struct session *session = &workspace->session;

	if (!session_open(session, mode, err))
		return false;
	return profile_from_settings(&workspace->profile, session->profile,
		opened_settings(session->opened), err);
}

static const char *look_up(void *context, const char *name,
	struct secret_arena *arena, struct error *err)
{
	return secret_names_look_up(context, name, arena, err);
}

bool workspace_collect(struct workspace *workspace, struct error *err)
{
	struct opened *opened = workspace->session.opened;
	SCOPED(secret_names) struct secret_names names = SECRET_NAMES_NONE;

	secret_names_add_all(&names, opened);
	return variables_collect(&workspace->variables, &workspace->profile,
		names.items, names.count, look_up, opened, err);
}

void workspace_release(struct workspace *workspace)
{
	variables_release(&workspace->variables);
	profile_release(&workspace->profile);
	session_release(&workspace->session);
	*workspace = WORKSPACE(workspace->session.options);
}
