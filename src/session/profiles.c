/* SPDX-License-Identifier: MIT */
#include "session/profiles.h"

#include "apply/left_over.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "session/recipients.h"

static bool copy_secrets(
	const struct opened *from, struct opened *to, struct error *err)
{
	SCOPED(secret_arena) struct secret_arena arena = { 0 };
	struct secret_info info = { .name = NULL };

	while (opened_next_secret(from, &info)) {
		const struct secret *value = opened_get_secret(
			from, info.name, SLOT_CURRENT, &arena, err);
		bool changed = false;
		if (!value ||
			!opened_set_secret(to, info.name, value, &changed, err))
			return false;
	}
	return true;
}

/* The copier keeps the name that he has in the profile. */
static char *own_name(const struct session *session)
{
	for (size_t i = 0; i < opened_recipient_count(session->opened); i++) {
		struct recipient_info info;
		opened_recipient_info(session->opened, i, &info);
		if (age_recipient_is(&session->identity.recipient, info.age))
			return memory_text(info.name);
	}
	return choose_writer_name();
}

/* A new data key, and the copier alone as its recipient. */
static bool write_copy(
	struct session *session, const char *name, struct error *err)
{
	struct vault_access access = session_access(session);
	struct opened *copy = NULL;
	OWNED char *writer = own_name(session);
	bool ok = vault_add_profile(
		session->vault, name, &access, writer, &copy, err);

	ok = ok &&
		opened_set_settings(
			copy, opened_settings(session->opened), err) &&
		copy_secrets(session->opened, copy, err) &&
		session_save(session, err);
	vault_close(copy);
	return ok;
}

static bool check_new_name(
	const struct session *session, const char *name, struct error *err)
{
	if (!setting_check_name(name, err))
		return error_at(err, "%.64s", name);
	if (!vault_has_profile(session->vault, name))
		return true;
	error_set(
		err, STATUS_INVALID, _("there is already a profile %s"), name);
	error_at(err, "%s", session->path);
	return error_next(
		err, _("choose another name, or remove that one first"));
}

bool session_copy_profile(struct session *session, const char *from,
	const char *to, struct error *err)
{
	session_name_profile(session, from);
	return check_new_name(session, to, err) &&
		session_open_profile(session, from, &session->opened, err) &&
		session_begin_change_on_newest(session, err) &&
		check_new_name(session, to, err) &&
		write_copy(session, to, err);
}

bool session_open_for_removal(
	struct session *session, const char *name, struct error *err)
{
	session_name_profile(session, name);
	return session_open_profile(session, name, &session->opened, err);
}

bool session_remove_profile(
	struct session *session, json_t **left, struct error *err)
{
	if (!session_begin_change(session, err))
		return false;
	JSON_SCOPED json_t *paths =
		left_over_paths(session->opened, NULL, session->vault);
	vault_close(session->opened);
	session->opened = NULL;
	if (!vault_remove_profile(session->vault, session->profile, err) ||
		!session_save(session, err))
		return false;
	*left = json_incref(paths);
	return true;
}

bool session_read_other(
	const struct session *session, size_t index, struct profile *other)
{
	const char *name = vault_profile_name(session->vault, index);
	json_t *settings = NULL;
	struct error ignored;

	return !text_equal_or_null(name, session->profile) &&
		vault_peek_settings(
			session->vault, name, &settings, &ignored) &&
		profile_from_settings(other, name, settings, &ignored);
}
