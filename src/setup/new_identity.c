/* SPDX-License-Identifier: MIT */
#include "setup/new_identity.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/directory.h"
#include "os/file.h"

#include <string.h>

/* The other one writes a vault meanwhile, and asks nobody. */
#define IDENTITY_PATIENCE_MS 10000

bool new_identity_load(struct session *session, struct error *err)
{
	OWNED char *path = identity_path(err);

	return path && (!file_exists(path) || session_identify(session, err));
}

static bool refuse_lost_identity(const char *path, struct error *err)
{
	error_set(err, STATUS_BUSY,
		_("this machine's identity was removed by something else in "
		  "the meantime; nothing was written"));
	error_at(err, "%s", path);
	return error_next(err, _("run the command again"));
}

/*
 * Under the vault's lock, as new_identity_drop is: no vault is written for an
 * identity that another `init`, which failed, has taken away again.
 */
static bool make_identity(struct session *session, const char *path, bool *made,
	struct error *err)
{
	bool is_there = file_exists(path);

	if (session->has_identity)
		return is_there || refuse_lost_identity(path, err);
	if (!is_there && identity_create(path, NULL, &session->identity, err)) {
		session->has_identity = *made = true;
		return true;
	}
	/* Another process may have made it just now: it is never replaced. */
	return (is_there || err->status == STATUS_INVALID) &&
		session_identify(session, err);
}

bool new_identity_keep(struct session *session, bool *made, struct error *err)
{
	OWNED char *path = identity_path(err);

	return path && make_identity(session, path, made, err);
}

/* The vault may be in its place, and its folder not synced alone. */
static bool is_in_vault(const struct session *session)
{
	SCOPED(buf) struct buf text = BUF(VAULT_LIMIT);
	char recipient[AGE_RECIPIENT_SIZE];
	struct error ignored;

	age_recipient_format(&session->identity.recipient, recipient);
	return file_read(session->path, &text, NULL, &ignored) &&
		strstr(buf_cstring(&text), recipient);
}

bool new_identity_drop(
	const struct session *session, bool *made, struct error *err)
{

	if (!*made || is_in_vault(session))
		return false;
	*made = !file_remove(session->identity.path);
	return !*made ||
		error_next(err,
			_("run it again: the identity that was made is kept "
			  "and used"));
}

static bool same_folder(const char *a, const char *b)
{
	OWNED char *real_a = path_resolve(a);
	OWNED char *real_b = path_resolve(b);

	return text_equal_or_null(real_a, real_b);
}

bool new_identity_lock(
	const struct session *session, struct lock *lock, struct error *err)
{
	OWNED char *path = identity_path(err);
	OWNED char *folder = path ? path_directory(path) : NULL;
	struct error ignored;
	bool ok = folder != NULL;

	if (ok && directory_make(folder, &ignored) &&
		!same_folder(folder, vault_directory(session->vault)) &&
		!lock_take(lock, folder, IDENTITY_PATIENCE_MS, &ignored) &&
		ignored.status == STATUS_BUSY) {
		error_set(err, STATUS_BUSY,
			_("another aigenv is making this machine's identity"));
		error_at(err, "%s", path);
		ok = error_next(err, _("try again when it has finished"));
	}
	return ok;
}
