/* SPDX-License-Identifier: MIT */
#include "session/session.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "os/atomic_file.h"
#include "os/directory.h"
#include "os/file.h"
#include "session/recipients.h"

#include <stdlib.h>

/* For another's lock, which is held for one save and asks nobody. */
#define PATIENCE_MS 10000

#define OPTIONS_LIMIT ((size_t)64 * 1024)

/* A variable that is set to something. */
static const char *environment(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

bool session_find_vault(
	const struct session_options *options, char **path, struct error *err)
{
	const char *file =
		options->file ? options->file : environment("AIGENV_FILE");

	return vault_find(file, ".", path, err);
}

/* The identity */

static bool load_identity(struct session *session, const char *path,
	const struct identity_prompt *prompt, struct error *err)
{
	session->has_identity =
		identity_load(path, prompt, &session->identity, err);
	if (session->has_identity && session->identity.warning)
		observer_warn(&session->options.observer, "%s",
			session->identity.warning);
	return session->has_identity;
}

/* Choosing */

/* The only profile that the file shares with this identity, or NULL. */
static const char *only_shared(const struct session *session)
{
	const char *only = NULL;

	for (size_t i = 0; session->has_identity &&
		i < vault_profile_count(session->vault);
		i++) {
		const char *name = vault_profile_name(session->vault, i);

		if (!vault_is_shared_with(
			    session->vault, name, &session->identity))
			continue;
		if (only)
			return NULL;
		only = name;
	}
	return only;
}

/* What is chosen where no -p is given; NULL where nothing is. Borrowed. */
static const char *default_profile(const struct session *session)
{
	const char *name = environment("AIGENV_PROFILE");

	if (!name && vault_profile_count(session->vault) == 1)
		name = vault_profile_name(session->vault, 0);
	if (!name)
		name = only_shared(session);
	if (!name && vault_has_profile(session->vault, DEFAULT_PROFILE))
		name = DEFAULT_PROFILE;
	return name;
}

bool session_must_name_profile(const struct session *session)
{
	const char *chosen = default_profile(session);

	return !text_equal_or_null(
		chosen ? chosen : DEFAULT_PROFILE, session->profile);
}

/* What `init` and `import` choose where no -p is given: what is to be made is
 * not one that happens to be the only one. */
static bool must_name_made(const struct session *session)
{
	const char *name = environment("AIGENV_PROFILE");

	return !text_equal(name ? name : DEFAULT_PROFILE, session->profile);
}

static void add_option(struct buf *words, const char *name, const char *value)
{
	if (!value)
		return;
	buf_text(words, name);
	shell_word(value, words);
}

char *session_options_again(const struct session *session)
{
	struct buf words = BUF(OPTIONS_LIMIT);

	add_option(&words, " -C ", session->options.directory);
	add_option(&words, " -f ", session->options.file);
	if (session_must_name_profile(session))
		add_option(&words, " -p ", session->profile);
	return buf_take(&words, NULL);
}

/* Tells the observer, as soon as vault and profile are known. */
static void announce_profile(const struct session *session)
{
	const struct observer *observer = &session->options.observer;

	if (session->vault && session->profile && observer->chose)
		observer->chose(observer->context,
			session_must_name_profile(session) ? session->profile
							   : NULL,
			must_name_made(session) ? session->profile : NULL);
}

static void announce_age(const struct session *session, bool is_older)
{
	const struct observer *observer = &session->options.observer;

	if (observer->older)
		observer->older(observer->context, is_older);
}

bool session_find(
	struct session *session, enum session_mode mode, struct error *err)
{
	session->mode = mode;
	if (!session_find_vault(&session->options, &session->path, err))
		return false;
	if (session->path)
		return true;
	error_set(err, STATUS_INVALID,
		_("there is no %s in this folder or above it"), VAULT_FILE);
	return error_next(
		err, _("`aigenv init` makes one; -f names one elsewhere"));
}

bool session_load(
	struct session *session, enum session_mode mode, struct error *err)
{
	if (!session_find(session, mode, err))
		return false;
	bool ok = vault_load(session->path, &session->vault, err);
	announce_profile(session);
	return ok;
}

void session_create(
	struct session *session, const char *path, enum session_mode mode)
{
	session->mode = mode;
	session->path = memory_text(path);
	session->vault = vault_create(path);
	announce_profile(session);
}

static bool refuse_choice(const struct session *session, struct error *err)
{
	SCOPED(buf) struct buf names = BUF(240);
	const struct vault *vault = session->vault;

	for (size_t i = 0; i < vault_profile_count(vault); i++)
		buf_listed(&names, vault_profile_name(vault, i));
	if (names.size == 0) {
		error_set(err, STATUS_INVALID, _("the vault has no profile"));
		error_at(err, "%s", session->path);
		return error_next(err, _("`aigenv init` makes the first one"));
	}
	error_set(err, STATUS_USAGE,
		_("the vault has several profiles, and none was chosen: %s"),
		buf_cstring(&names));
	error_at(err, "%s", session->path);
	return error_next(err, _("choose one with -p, or in AIGENV_PROFILE"));
}

/* Which of several profiles is meant depends on which are shared with this
 * machine. */
static bool identity_decides(const struct session *session)
{
	return !session->options.profile && !environment("AIGENV_PROFILE") &&
		vault_profile_count(session->vault) > 1;
}

/* Without a question, and where there is none it does not count. */
static void look_at_identity(struct session *session)
{
	struct error ignored;
	OWNED char *path =
		session->has_identity ? NULL : identity_path(&ignored);

	if (path)
		session->has_identity =
			identity_load(path, NULL, &session->identity, &ignored);
}

bool session_choose(struct session *session, struct error *err)
{
	const char *name = session->options.profile;

	if (identity_decides(session))
		look_at_identity(session);
	if (!name)
		name = default_profile(session);
	if (!name)
		return refuse_choice(session, err);
	session_name_profile(session, name);
	if (identity_decides(session) && only_shared(session))
		observer_note(&session->options.observer,
			_("profile %s: the only one that is shared with this "
			  "machine's identity"),
			session->profile);
	return true;
}

void session_name_profile(struct session *session, const char *name)
{
	char *copy = memory_text(name);

	free(session->profile);
	session->profile = copy;
	announce_profile(session);
}

/* Opening */

static bool check_can_sign(const struct session *session, struct error *err)
{
	return session->mode != SESSION_CHANGE || !session->has_identity ||
		identity_require_signing(&session->identity, err);
}

bool session_check_identity(struct session *session, struct error *err)
{
	look_at_identity(session);
	return check_can_sign(session, err);
}

bool session_identify(struct session *session, struct error *err)
{
	const struct observer *observer = &session->options.observer;
	const struct identity_prompt prompt = { observer->ask_passphrase,
		observer->context };

	OWNED char *path = identity_path(err);
	if (!path)
		return false;
	/* A crash while it was made may have left a copy beside it. */
	if (session->mode >= SESSION_USE)
		atomic_file_sweep(path);
	bool ok = session->has_identity ||
		load_identity(session, path, prompt.ask ? &prompt : NULL, err);
	return ok && check_can_sign(session, err);
}

void session_lend(const struct session *lender, struct session *session)
{
	session->identity = lender->identity;
	session->has_identity = lender->has_identity;
	session->identity_is_lent = true;
}

struct vault_access session_access(struct session *session)
{
	static const enum vault_purpose purposes[] = {
		[SESSION_READ] = VAULT_READ,
		[SESSION_LOOK] = VAULT_LOOK,
		[SESSION_USE] = VAULT_WRITE,
		[SESSION_CHANGE] = VAULT_WRITE,
	};
	const struct session_options *options = &session->options;

	return (struct vault_access){
		.identity = &session->identity,
		.trust = options->trust,
		.first_trust = environment("AIGENV_TRUST"),
		.allow_older = options->allow_older,
		.purpose = purposes[session->mode],
		.warn = options->observer.warn,
		.context = options->observer.context,
	};
}

/* The user's name, with a number where the profile has such a recipient. */
static char *choose_new_name(const struct vault *vault, const char *profile)
{
	OWNED char *name = choose_writer_name();
	char *free_name = memory_text(name);

	for (int i = 2; vault_names_recipient(vault, profile, free_name); i++) {
		free(free_name);
		free_name = memory_printf("%.50s-%d", name, i);
	}
	return free_name;
}

/* What somebody who can open it has to type, to be sent as it is. */
static bool advise_sharing(
	const struct session *session, const char *profile, struct error *err)
{
	char token[TOKEN_SIZE];
	OWNED char *name = choose_new_name(session->vault, profile);

	identity_token(&session->identity, token);
	OWNED char *word = shell_quoted(token); /* an SSH key has a blank */
	error_next(err,
		_("send one of its writers this line to run, then get the "
		  "%s that it writes: `there: aigenv share add %s %s -p %s`"),
		path_name(vault_path(session->vault)), name, word, profile);
	return false;
}

bool session_open_profile(struct session *session, const char *name,
	struct opened **opened, struct error *err)
{
	struct vault_access access = session_access(session);
	json_t *settings = NULL;

	/* A fault of the file is told before a passphrase is asked for. */
	if (!vault_peek_settings(session->vault, name, &settings, err) ||
		!session_identify(session, err))
		return false;
	if (!vault_open(session->vault, name, &access, opened, err))
		return vault_is_shared_with(
			       session->vault, name, &session->identity)
			? false
			: advise_sharing(session, name, err);
	if (opened_is_older(*opened))
		announce_age(session, true);
	if (session->mode != SESSION_CHANGE ||
		opened_require_writer(*opened, err))
		return true;
	vault_close(*opened);
	*opened = NULL;
	return false;
}

/* A locked identity is asked for now: what it opens may decide. */
static bool identify_to_choose(struct session *session, struct error *err)
{
	OWNED char *path =
		identity_decides(session) ? identity_path(err) : NULL;

	return !path || !file_exists(path) || session_identify(session, err);
}

bool session_open(
	struct session *session, enum session_mode mode, struct error *err)
{
	return session_load(session, mode, err) &&
		identify_to_choose(session, err) &&
		session_choose(session, err) &&
		session_open_profile(
			session, session->profile, &session->opened, err);
}

/* Changing */

static bool refuse_changed(const struct session *session, struct error *err)
{
	error_set(err, STATUS_BUSY,
		_("profile %s was changed by something else in the meantime, "
		  "so nothing was written"),
		session->profile);
	error_at(err, "%s", session->path);
	return error_next(err, _("run the command again"));
}

bool session_join(struct session *session, const struct session *other,
	struct opened **opened, struct error *err)
{
	if (!session_open_profile(session, other->profile, opened, err))
		return false;
	if (text_equal(opened_core(*opened), opened_core(other->opened)))
		return true;
	vault_close(*opened);
	*opened = NULL;
	return refuse_changed(other, err);
}

/* The file has changed: perhaps another profile of it. */
static bool read_again(
	struct session *session, bool must_be_same, struct error *err)
{
	if (!vault_reload(session->vault, err))
		return false;
	bool was_there = session->opened != NULL;
	if (session->profile &&
		was_there !=
			vault_has_profile(session->vault, session->profile))
		return refuse_changed(session, err);
	if (!was_there)
		return true;
	OWNED char *before = memory_text(opened_core(session->opened));
	bool ok = opened_renew(session->opened, err) &&
		(session->mode != SESSION_CHANGE ||
			opened_require_writer(session->opened, err));
	if (ok && must_be_same &&
		!text_equal(before, opened_core(session->opened)))
		ok = refuse_changed(session, err);
	return ok;
}

static bool begin_change(
	struct session *session, bool must_be_same, struct error *err)
{
	return vault_lock(session->path, session->options.patience_ms,
		       &session->lock, err) &&
		(vault_is_current(session->vault) ||
			read_again(session, must_be_same, err));
}

bool session_begin_change(struct session *session, struct error *err)
{
	return begin_change(session, true, err);
}

bool session_begin_change_on_newest(struct session *session, struct error *err)
{
	return begin_change(session, false, err);
}

void session_be_patient(struct session *session)
{
	if (session->options.patience_ms < PATIENCE_MS)
		session->options.patience_ms = PATIENCE_MS;
}

bool session_save(struct session *session, struct error *err)
{
	if (!vault_save(session->vault, err))
		return false;
	lock_release(&session->lock);
	announce_profile(session);
	/* What was written is newer than all that this machine has seen. */
	announce_age(session, false);
	return true;
}

void session_release(struct session *session)
{
	vault_close(session->opened);
	vault_free(session->vault);
	lock_release(&session->lock);
	if (!session->identity_is_lent)
		identity_release(&session->identity);
	free(session->path);
	free(session->profile);
	*session = SESSION(session->options);
}
