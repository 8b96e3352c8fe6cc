/* SPDX-License-Identifier: MIT */
#include "session/workspace.h"

#include "session/secret_names.h"

#include <stdlib.h>

static bool read_profile(struct workspace *workspace, struct error *err)
{
	const struct session *session = &workspace->session;

	return profile_from_settings(&workspace->profile, session->profile,
		opened_settings(session->opened), err);
}

bool workspace_open(
	struct workspace *workspace, enum session_mode mode, struct error *err)
{
	return session_open(&workspace->session, mode, err) &&
		read_profile(workspace, err);
}

bool workspace_open_named(struct workspace *workspace, const char *name,
	enum session_mode mode, struct error *err)
{
	struct session *session = &workspace->session;

	if (!session_load(session, mode, err))
		return false;
	session_name_profile(session, name);
	return session_open_profile(session, name, &session->opened, err) &&
		read_profile(workspace, err);
}

bool workspace_turn_to(
	struct workspace *workspace, const char *name, struct error *err)
{
	struct session *session = &workspace->session;

	variables_release(&workspace->variables);
	profile_release(&workspace->profile);
	vault_close(session->opened);
	session->opened = NULL;
	session_name_profile(session, name);
	return session_open_profile(session, name, &session->opened, err) &&
		read_profile(workspace, err);
}

bool workspace_exchange(
	struct workspace *workspace, const char *secret, struct error *err)
{
	struct session *session = &workspace->session;

	return session_open(session, SESSION_CHANGE, err) &&
		opened_exchange_secret(session->opened, secret, err) &&
		read_profile(workspace, err) &&
		workspace_collect(workspace, err);
}

bool workspace_save_exchange(
	struct workspace *workspace, const char *secret, struct error *err)
{
	struct session *session = &workspace->session;

	/* What is borrowed from the opened profile ends with the save. */
	variables_release(&workspace->variables);
	profile_release(&workspace->profile);
	return session_begin_change(session, err) &&
		opened_renew(session->opened, err) &&
		opened_exchange_secret(session->opened, secret, err) &&
		session_save(session, err) && read_profile(workspace, err) &&
		workspace_collect(workspace, err);
}

static const struct secret *look_up(void *context, const char *name,
	struct secret_arena *arena, struct error *err)
{
	return opened_get_secret(context, name, SLOT_CURRENT, arena, err);
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
