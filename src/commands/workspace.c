/* SPDX-License-Identifier: MIT */
#include "commands/workspace.h"

#include "base/memory.h"
#include "base/text.h"

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
	SCOPED(secret) struct secret value = { 0 };

	if (!opened_get_secret(context, name, SLOT_CURRENT, &value, err))
		return NULL;
	return secret_arena_add(arena, secret_reveal(&value), value.size);
}

bool workspace_collect(struct workspace *workspace, struct error *err)
{
	struct opened *opened = workspace->session.opened;
	size_t count = opened_secret_count(opened);
	const char **names = memory_array(count, sizeof(*names));

	for (size_t i = 0; i < count; i++) {
		struct secret_info info;
		opened_secret_info(opened, i, &info);
		names[i] = info.name;
	}
	bool ok = variables_collect(&workspace->variables, &workspace->profile,
		names, count, look_up, opened, err);
	free(names);
	return ok;
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
