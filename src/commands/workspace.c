/* SPDX-License-Identifier: MIT */
#include "commands/workspace.h"

#include "base/memory.h"
#include "base/text.h"
#include "commands/secret_names.h"

#include <stdlib.h>

bool workspace_open(struct workspace *workspace, struct invocation *call,
	enum session_mode mode, struct error *err)
{
	struct session *session = &workspace->session;

	if (!session_open(session, call, mode, err))
		return false;
	workspace->catalogue = catalogue_load();
	return profile_from_settings(&workspace->profile, session->profile,
		opened_settings(session->opened), workspace->catalogue, err);
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

bool workspace_must_name_profile(const struct session *session)
{
	return vault_profile_count(session->vault) != 1 &&
		!text_equal(session->profile, "production");
}

void workspace_release(struct workspace *workspace)
{
	variables_release(&workspace->variables);
	profile_release(&workspace->profile);
	session_release(&workspace->session);
	catalogue_free(workspace->catalogue);
	*workspace = WORKSPACE_NONE;
}
