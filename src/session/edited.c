/* SPDX-License-Identifier: MIT */
#include "session/edited.h"

#include "apply/user_template.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/json_build.h"
#include "base/text.h"
#include "session/committed.h"
#include "session/settings_check.h"
#include "settings/key.h"
#include "settings/value.h"

#include <stdio.h>
#include <stdlib.h>

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

/* Changes */

struct comparison {
	json_t *other;   /* the settings on the other side */
	json_t *changes; /* where a change is noted */
	bool removals;   /* we walk over what was before */
};

/* `value` as text; NULL for no value. Owned. */
static char *value_text(const json_t *value)
{
	struct buf text = BUF(65536);

	if (!value)
		return NULL;
	settings_format_line(value, &text);
	return buf_take(&text, NULL);
}

static json_t *change_of(const char *key, const char *before, const char *after)
{
	return JSON_RECORD(JSON_TEXT("key", key), JSON_TEXT("before", before),
		JSON_TEXT("after", after));
}

static void compare_one(void *context, const char *key, const json_t *value)
{
	const struct comparison *comparison = context;
	struct error ignored;
	json_t *other = NULL;
	bool there = comparison->other &&
		settings_get(comparison->other, key, &other, &ignored);

	/* What is on both sides was compared on the first walk. */
	if (there && (comparison->removals || json_equal(value, other)))
		return;
	char *before = value_text(comparison->removals ? value : other);
	char *after = value_text(comparison->removals ? NULL : value);
	json_push(comparison->changes, change_of(key, before, after));
	free(before);
	free(after);
}

/* "mimo, openai": the first one is CF_AIG_BASE_URL. Owned. */
static char *route_order(json_t *settings)
{
	struct buf text = BUF(65536);
	size_t index = 0;
	json_t *route = NULL;

	json_array_foreach(json_object_get(settings, "routes"), index, route) {
		const char *name = json_text(route, "name");
		buf_printf(&text, "%s%s", index ? ", " : "", name ? name : "?");
	}
	return buf_take(&text, NULL);
}

static void compare_order(struct edited *edited, json_t *old)
{
	char *before = route_order(old);
	char *after = route_order(edited->settings);

	if (old && !text_equal(before, after))
		json_push(edited->changes, change_of("routes", before, after));
	free(before);
	free(after);
}

static void compare(struct edited *edited)
{
	json_t *before = edited_before(edited);
	struct comparison added = { .other = before,
		.changes = edited->changes };
	struct comparison removed = { .other = edited->settings,
		.changes = edited->changes,
		.removals = true };

	compare_order(edited, before);
	settings_each(edited->settings, compare_one, &added);
	if (before)
		settings_each(before, compare_one, &removed);
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
	edited->changes = json_new_list();
	if (edited_is(edited))
		compare(edited);
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
