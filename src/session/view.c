/* SPDX-License-Identifier: MIT */
#include "session/view.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/file.h"

static bool view(struct session *session, const char *name, json_t **settings,
	struct error *err)
{
	struct vault_access access = session_access(session);

	return vault_view_settings(
		session->vault, name, &access, settings, err);
}

static bool view_unverified(
	struct session *session, json_t **settings, struct error *err)
{
	if (!session_load(session, SESSION_READ, err) ||
		!session_choose(session, err) ||
		!view(session, session->profile, settings, err))
		return false;
	observer_warn(&session->options.observer,
		_("not verified: this machine has no identity that opens the "
		  "profile, so the settings may have been edited by hand"));
	return true;
}

bool view_chosen(struct session *session, json_t **settings, struct error *err)
{
	OWNED char *identity = identity_path(err);
	bool has_identity = identity && file_exists(identity);

	if (!identity)
		return false;
	if (!has_identity)
		return view_unverified(session, settings, err);
	if (!session_open(session, SESSION_READ, err))
		return false;
	*settings = opened_settings(session->opened);
	return true;
}

bool view_profile(struct session *session, const char *name, json_t **settings,
	struct error *err)
{
	if (view(session, name, settings, err))
		return true;
	*settings = NULL;
	if (text_equal_or_null(name, session->profile))
		return false;
	observer_warn(&session->options.observer, "%s", err->what);
	return true;
}
