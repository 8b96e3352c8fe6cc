/* SPDX-License-Identifier: MIT */
#include "session/edited.h"

#include "apply/user_template.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"
#include "git/history.h"
#include "os/directory.h"
#include "session/changed_routes.h"
#include "session/settings_change.h"
#include "settings/changes.h"
#include "vault/vault.h"

#include <stdio.h>

/* Appends the committed text of a file below the folder. */
static bool committed_file(
	const char *directory, const char *name, struct buf *text)
{
	return git_file(directory, "HEAD",
		text_starts_with(name, "./") ? name + 2 : name, text);
}

json_t *committed_settings(const char *vault_path, const char *profile)
{
	static const struct json_limits limits = { .depth = 8 };
	SCOPED(buf) struct buf text = BUF(VAULT_LIMIT);
	struct error ignored;
	OWNED char *directory = path_directory(vault_path);
	bool found = committed_file(directory, path_name(vault_path), &text);

	if (!found)
		return NULL;
	JSON_SCOPED json_t *vault = json_parse(
		buf_cstring(&text), text.size, "HEAD", &limits, &ignored);
	json_t *profiles = json_object_get(vault, "profiles");
	return json_incref(json_inner(profiles, profile, "settings"));
}

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

static bool has_hash(const struct buf *text, const char *sha256)
{
	char hash[TEMPLATE_HASH_SIZE];

	user_template_hash(text, hash);
	return sha256 && text_equal(hash, sha256);
}

/* What is shown has to be what will be sealed. */
static bool check_unchanged(
	const struct buf *text, const json_t *output, struct error *err)
{
	if (has_hash(text, json_text(output, "sha256")))
		return true;
	error_set(err, STATUS_BUSY,
		_("the template was changed by something else in the meantime; "
		  "nothing was sealed"));
	error_at(err, "%s", json_text(output, "template"));
	return error_next(err, _("run the command again"));
}

/* Rendered with no data: only its form is looked at. */
static struct error find_fault(const json_t *output, const struct buf *text)
{
	SCOPED(buf) struct buf rendered = BUF(TEMPLATE_OUTPUT_LIMIT);
	JSON_SCOPED json_t *nothing = json_new_object();
	const char *path = json_text(output, "path");
	struct template_options options = { .name = json_text(
						    output, "template") };
	struct error err = { 0 };

	if (user_template_escaping(
		    options.name, path ? path : "", &options.escaping, &err) &&
		template_render(buf_cstring(text), text->size, nothing,
			&options, &rendered, &err))
		err.status = STATUS_OK;
	return err;
}

static bool look_at(const struct edited *edited, const json_t *output,
	const char *sealed_hash, edited_template_seen *seen, void *context,
	struct error *err)
{
	const char *directory = vault_directory(edited->session.vault);
	SCOPED(buf) struct buf before = BUF(TEMPLATE_LIMIT);
	SCOPED(buf) struct buf after = BUF(TEMPLATE_LIMIT);
	struct edited_template template = {
		.name = json_text(output, "template"),
		.before = &before,
		.after = &after,
	};

	if (!user_template_read(directory, template.name, &after, err) ||
		!check_unchanged(&after, output, err))
		return false;
	if (committed_file(directory, template.name, &before))
		template.committed = has_hash(&before, sealed_hash)
			? COMMITTED_SEALED
			: COMMITTED_OTHER;
	else
		buf_clear(&before);
	template.fault = find_fault(output, &after);
	seen(context, &template);
	return true;
}

bool edited_templates(const struct edited *edited, edited_template_seen *seen,
	void *context, struct error *err)
{
	json_t *sealed = json_object_get(
		opened_settings(edited->session.opened), "outputs");

	JSON_EACH(output, json_object_get(edited->settings, "outputs")) {
		const char *name = json_text(output.value, "template");
		const char *hash = json_text(
			json_array_get(sealed, output.index), "sha256");
		if (name && user_template_is(name) &&
			!text_equal_or_null(
				hash, json_text(output.value, "sha256")) &&
			!look_at(
				edited, output.value, hash, seen, context, err))
			return false;
	}
	return true;
}
