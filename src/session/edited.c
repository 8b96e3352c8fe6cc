/* SPDX-License-Identifier: MIT */
#include "session/edited.h"

#include "apply/user_template.h"
#include "base/json_build.h"
#include "session/committed.h"
#include "session/provider_change.h"
#include "session/settings_check.h"
#include "settings/changes.h"

#include <stdio.h>

void edited_release(struct edited *edited)
{
	session_release(&edited->session);
	json_decref(edited->committed);
	json_decref(edited->settings);
	json_decref(edited->changes);
	*edited = EDITED(edited->session.options);
}

static bool open_profile(struct edited *edited, struct error *err)
{
	struct session *session = &edited->session;

	if (!session_load(session, SESSION_CHANGE, err) ||
		!session_choose(session, err) ||
		!session_identify(session, err))
		return false;
	struct vault_access access = session_access(session);
	edited->committed = committed_settings(session->path, session->profile);
	access.accept_edited_settings = true;
	access.sealed_settings = edited->committed;
	return vault_open(session->vault, session->profile, &access,
		       &session->opened, err) &&
		opened_require_writer(session->opened, err);
}

json_t *edited_before(const struct edited *edited)
{
	return opened_sealed_settings(edited->session.opened);
}

bool edited_open(struct edited *edited, struct error *err)
{
	struct session *session = &edited->session;

	if (!open_profile(edited, err))
		return false;
	edited->settings = json_new_copy(opened_settings(session->opened));
	if (!user_templates_record(vault_directory(session->vault),
		    edited->settings, HASH_ALL, err))
		return false;
	provider_change_forget(edited_before(edited), edited->settings);
	edited->changes = edited_is(edited)
		? settings_changes(edited_before(edited), edited->settings)
		: json_new_list();
	return true;
}

bool edited_is(const struct edited *edited)
{
	const struct opened *opened = edited->session.opened;

	return opened_settings_edited(opened) ||
		!json_equal(edited->settings, opened_settings(opened));
}

bool edited_check(const struct edited *edited, struct error *err)
{
	const struct session *session = &edited->session;
	char where[sizeof(err->where)];

	if (settings_check(session, edited->settings, err))
		return true;
	(void)snprintf(where, sizeof(where), "%s", err->where);
	return error_at(err, "%s: profiles.%s.settings.%s", session->path,
		session->profile, where);
}

bool edited_seal(struct edited *edited, struct error *err)
{
	struct session *session = &edited->session;

	/* Not session_begin_change: what it would read again nobody has looked
	 * at. vault_save refuses a file that has changed. */
	return vault_lock(session->path, session->options.patience_ms,
		       &session->lock, err) &&
		opened_set_settings(session->opened, edited->settings, err) &&
		session_save(session, err);
}
