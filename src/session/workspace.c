/* SPDX-License-Identifier: MIT */
#include "session/workspace.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>

void secret_names_add_all(
	struct secret_names *names, const struct opened *opened)
{
	struct secret_info info = { .name = NULL };

	while (opened && opened_next_secret(opened, &info))
		MEMORY_PUSH(names->items, names->count, info.name);
}

void secret_names_add(struct secret_names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (text_equal(names->items[i], name))
			return;
	MEMORY_PUSH(names->items, names->count, name);
}

void secret_names_add_required(
	struct secret_names *names, const struct profile *profile)
{
	const char *required[ROUTES_LIMIT + 1];
	size_t count = profile_required_secrets(
		profile, required, ARRAY_SIZE(required));

	for (size_t i = 0; i < count; i++)
		secret_names_add(names, required[i]);
}

void secret_names_release(struct secret_names *names)
{
	free(names->items);
	*names = SECRET_NAMES_NONE;
}

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

static bool open_profile(
	struct workspace *workspace, const char *name, struct error *err)
{
	struct session *session = &workspace->session;

	session_name_profile(session, name);
	return session_open_profile(session, name, &session->opened, err) &&
		read_profile(workspace, err);
}

bool workspace_read(
	struct workspace *workspace, const char *name, struct error *err)
{
	if (!name)
		return workspace_open(workspace, SESSION_READ, err);
	return session_load(&workspace->session, SESSION_READ, err) &&
		open_profile(workspace, name, err);
}

bool workspace_turn_to(
	struct workspace *workspace, const char *name, struct error *err)
{
	struct session *session = &workspace->session;

	variables_release(&workspace->variables);
	profile_release(&workspace->profile);
	vault_close(session->opened);
	session->opened = NULL;
	return open_profile(workspace, name, err);
}

/* Where values come from. */
struct looking {
	const struct opened *opened;
	const char *secret; /* this one of another slot; NULL: none */
	enum secret_slot slot;
};

static const struct secret *look_up(void *context, const char *name,
	struct secret_arena *arena, struct error *err)
{
	const struct looking *looking = context;
	bool other = text_equal_or_null(looking->secret, name);

	return opened_get_secret(looking->opened, name,
		other ? looking->slot : SLOT_CURRENT, arena, err);
}

bool workspace_collect_with(struct workspace *workspace, const char *secret,
	enum secret_slot slot, struct error *err)
{
	struct looking looking = { workspace->session.opened, secret, slot };
	SCOPED(secret_names) struct secret_names names = SECRET_NAMES_NONE;

	variables_release(&workspace->variables);
	secret_names_add_all(&names, looking.opened);
	return variables_collect(&workspace->variables, &workspace->profile,
		names.items, names.count, look_up, &looking, err);
}

bool workspace_collect(struct workspace *workspace, struct error *err)
{
	return workspace_collect_with(workspace, NULL, SLOT_CURRENT, err);
}

static void add_values(struct redactor *redactor, const struct opened *opened,
	const char *name)
{
	static const enum secret_slot slots[] = { SLOT_CURRENT, SLOT_PENDING,
		SLOT_PREVIOUS };
	SCOPED(secret_arena) struct secret_arena arena = { 0 };
	struct error ignored;

	for (size_t i = 0; i < ARRAY_SIZE(slots); i++) {
		const struct secret *value = opened_get_secret(
			opened, name, slots[i], &arena, &ignored);
		if (value)
			redactor_add(redactor, value);
	}
}

struct redactor *workspace_redactor(const struct workspace *workspace)
{
	const struct opened *opened = workspace->session.opened;
	struct redactor *redactor = variables_redactor(&workspace->variables);
	struct secret_info info = { .name = NULL };

	while (opened && opened_next_secret(opened, &info))
		add_values(redactor, opened, info.name);
	return redactor;
}

void workspace_release(struct workspace *workspace)
{
	variables_release(&workspace->variables);
	profile_release(&workspace->profile);
	session_release(&workspace->session);
	*workspace = WORKSPACE(workspace->session.options);
}
