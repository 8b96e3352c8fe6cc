/* SPDX-License-Identifier: MIT */
#include "commands/session.h"

#include "base/buf.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/output.h"
#include "os/atomic_file.h"
#include "os/terminal.h"

#include <stdlib.h>

#define DEFAULT_PROFILE "production"
#define PASSPHRASE_LIMIT 4096

/* A variable that is set to something. */
static const char *environment(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

char *session_find_vault(const struct invocation *call)
{
	const char *file = call->global->file;

	return vault_find(file ? file : environment("AIGENV_FILE"), ".");
}

bool session_load(struct session *session, struct invocation *call,
	enum session_mode mode, struct error *err)
{
	session->call = call;
	session->mode = mode;
	session->path = session_find_vault(call);
	if (session->path)
		return vault_load(session->path, &session->vault, err);
	error_set(err, STATUS_INVALID,
		"there is no %s in this folder or above it", VAULT_FILE);
	return error_next(err, "`aigenv init` makes one; -f names another");
}

/* Choosing */

static bool refuse_choice(const struct session *session, struct error *err)
{
	SCOPED(buf) struct buf names = BUF(240);
	const struct vault *vault = session->vault;

	for (size_t i = 0; i < vault_profile_count(vault); i++)
		buf_printf(&names, "%s%s", i ? ", " : "",
			vault_profile_name(vault, i));
	if (names.size == 0) {
		error_set(err, STATUS_INVALID, "the vault has no profile");
		error_at(err, "%s", session->path);
		return error_next(err, "`aigenv init` makes the first one");
	}
	error_set(err, STATUS_USAGE, "which profile is meant? The vault has %s",
		buf_cstring(&names));
	error_at(err, "%s", session->path);
	return error_next(err, "name one with -p, or in AIGENV_PROFILE");
}

bool session_choose(struct session *session, struct error *err)
{
	const char *name = session->call->global->profile;

	if (!name)
		name = environment("AIGENV_PROFILE");
	if (!name && vault_profile_count(session->vault) == 1)
		name = vault_profile_name(session->vault, 0);
	if (!name && vault_has_profile(session->vault, DEFAULT_PROFILE))
		name = DEFAULT_PROFILE;
	if (!name)
		return refuse_choice(session, err);
	free(session->name);
	session->name = memory_text(name);
	session->profile = session->name;
	return true;
}

/* Opening */

static bool ask_passphrase(struct secret *passphrase, struct error *err)
{
	return terminal_read_hidden("Passphrase of the identity: ",
		PASSPHRASE_LIMIT, passphrase, err);
}

static void warn(void *context, const char *message)
{
	const struct session *session = context;

	if (!session->silent)
		output_warning(session->call->output, "%s\n", message);
}

bool session_identify(struct session *session, struct error *err)
{
	if (session->has_identity)
		return true;
	char *path = identity_path();
	/* A crash while it was made may have left a copy beside it. */
	if (session->mode != SESSION_READ)
		atomic_file_sweep(path);
	session->has_identity = identity_load(path,
		session->call->global->no_input ? NULL : ask_passphrase,
		&session->identity, err);
	free(path);
	if (session->has_identity && session->identity.warning)
		warn(session, session->identity.warning);
	return session->has_identity;
}

struct vault_access session_access(struct session *session)
{
	const struct global_options *global = session->call->global;
	const char *trust = global->trust;

	return (struct vault_access){
		.identity = &session->identity,
		.trust = trust ? trust : environment("AIGENV_TRUST"),
		.allow_older = global->allow_older,
		.purpose = session->mode == SESSION_READ ? VAULT_READ
							 : VAULT_WRITE,
		.warn = warn,
		.context = session,
	};
}

bool session_open_profile(struct session *session, const char *name,
	struct opened **opened, struct error *err)
{
	struct vault_access access = session_access(session);
	json_t *settings = NULL;

	/* What the file itself has to say comes before the identity. */
	if (!vault_peek_settings(session->vault, name, &settings, err) ||
		!session_identify(session, err) ||
		!vault_open(session->vault, name, &access, opened, err))
		return false;
	if (session->mode != SESSION_CHANGE ||
		opened_require_writer(*opened, err))
		return true;
	vault_close(*opened);
	*opened = NULL;
	return false;
}

bool session_open(struct session *session, struct invocation *call,
	enum session_mode mode, struct error *err)
{
	return session_load(session, call, mode, err) &&
		session_choose(session, err) &&
		session_open_profile(
			session, session->profile, &session->opened, err);
}

/* Changing */

static bool refuse_changed(const struct session *session, struct error *err)
{
	error_set(err, STATUS_BUSY,
		"profile %s was changed by something else in the meantime; "
		"nothing was written",
		session->profile);
	error_at(err, "%s", session->path);
	return error_next(err, "run the command again");
}

/* The file has changed: perhaps another profile of it. */
static bool open_again(
	struct session *session, bool must_be_same, struct error *err)
{
	struct vault *vault = NULL;
	struct opened *opened = NULL;
	struct vault *old = session->vault;

	if (!vault_load(session->path, &vault, err))
		return false;
	session->vault = vault;
	session->silent = true;
	bool ok = session_open_profile(session, session->profile, &opened, err);
	session->silent = false;
	if (ok && must_be_same &&
		!text_equal(opened_core(opened), opened_core(session->opened)))
		ok = refuse_changed(session, err);
	if (!ok) {
		vault_close(opened);
		vault_free(vault);
		session->vault = old;
		return false;
	}
	vault_close(session->opened);
	vault_free(old);
	session->opened = opened;
	return true;
}

static bool begin_change(
	struct session *session, bool must_be_same, struct error *err)
{
	bool patient = !session->call->global->no_input;

	if (!vault_lock(session->path, patient, &session->lock, err))
		return false;
	return vault_is_current(session->vault) || !session->opened ||
		open_again(session, must_be_same, err);
}

bool session_begin_change(struct session *session, struct error *err)
{
	return begin_change(session, true, err);
}

bool session_begin_change_on_newest(struct session *session, struct error *err)
{
	return begin_change(session, false, err);
}

bool session_save(struct session *session, struct error *err)
{
	bool ok = vault_save(session->vault, err);

	lock_release(&session->lock);
	return ok;
}

void session_release(struct session *session)
{
	vault_close(session->opened);
	vault_free(session->vault);
	lock_release(&session->lock);
	identity_release(&session->identity);
	free(session->path);
	free(session->name);
	*session = SESSION_NONE;
}
