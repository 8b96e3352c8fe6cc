/* SPDX-License-Identifier: MIT */
#include "vault/identity_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "os/file.h"
#include "os/source.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define IDENTITY_LIMIT (1u << 20)

/* Permissions */

static bool refuse_mode(
	const char *path, const struct stat *status, struct error *err)
{
	error_set(err, STATUS_LOCKED_OUT,
		status->st_mode & (S_IWGRP | S_IWOTH)
			? _("others can change the identity (mode %04o)")
			: _("others can read the identity (mode %04o)"),
		(unsigned)status->st_mode & 07777);
	error_at(err, "%s", path);
	OWNED char *word = shell_quoted_short(path);
	if (word)
		error_next(err, "`chmod 600 %s`", word);
	else
		error_next(err, _("give the file the mode 600"));
	return false;
}

/* Given by whoever started us, so its mode says nothing. */
static bool is_descriptor(const char *path)
{
	return text_starts_with(path, "/dev/fd/") ||
		text_starts_with(path, "/proc/self/fd/") ||
		text_equal(path, "/dev/stdin");
}

static bool is_on_read_only_mount(const char *path)
{
	struct statvfs mount;

	return statvfs(path, &mount) == 0 && (mount.f_flag & ST_RDONLY);
}

/*
 * Container platforms mount secrets read-only, root-owned and readable by all:
 * nothing that a chmod could mend.
 */
static bool is_platforms_own(const char *path, const struct stat *status)
{
	return status->st_uid != geteuid() ||
		(status->st_uid == 0 && is_on_read_only_mount(path));
}

/* systemd.exec, LoadCredential=: root's file, which the service's user reads by
 * an access list that its mode shows as the group's. */
static bool is_credential(const char *path, const struct stat *status)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");

	return folder && folder[0] == '/' && text_starts_with(path, folder) &&
		path[strlen(folder)] == '/' && status->st_uid == 0 &&
		!(status->st_mode & S_IROTH);
}

static bool check_mode(const char *path, const struct stat *status,
	char **warning, struct error *err)
{
	if (!S_ISREG(status->st_mode) || is_descriptor(path))
		return true;
	if (status->st_mode & (S_IWGRP | S_IWOTH))
		return refuse_mode(path, status, err);
	if (!(status->st_mode & (S_IRGRP | S_IROTH)) ||
		is_credential(path, status))
		return true;
	if (!is_platforms_own(path, status))
		return refuse_mode(path, status, err);
	*warning = memory_printf(_("others on this machine can read the "
				   "identity %s (mode %04o)"),
		path, (unsigned)status->st_mode & 07777);
	return true;
}

/* Passphrase */

static bool read_passphrase(
	const char *path, struct secret *passphrase, struct error *err)
{
	if (source_read_line(path, passphrase, err))
		return true;
	err->status = STATUS_LOCKED_OUT;
	return error_prefix(err, _("AIGENV_PASSPHRASE_FILE"));
}

bool identity_given_passphrase(
	struct secret *passphrase, bool *given, struct error *err)
{
	const char *file = getenv("AIGENV_PASSPHRASE_FILE");

	*given = file && *file;
	return !*given || read_passphrase(file, passphrase, err);
}

static bool get_passphrase(const char *path,
	const struct identity_prompt *prompt, struct secret *passphrase,
	struct error *err)
{
	bool given = false;

	if (!identity_given_passphrase(passphrase, &given, err))
		return false;
	if (given)
		return true;
	if (prompt)
		return prompt->ask(prompt->context, passphrase, err);
	error_set(err, STATUS_LOCKED_OUT,
		_("the identity is locked with a passphrase"));
	error_at(err, "%s", path);
	return error_next(err,
		_("run it in a terminal, or name a file with the passphrase in "
		  "AIGENV_PASSPHRASE_FILE"));
}

static bool unlock(const char *path, const struct identity_prompt *prompt,
	const struct buf *bytes, struct secret *text, struct error *err)
{
	SCOPED(secret) struct secret passphrase = { 0 };

	if (!get_passphrase(path, prompt, &passphrase, err))
		return false;
	if (age_decrypt(bytes->data, bytes->size, NULL, &passphrase, text, err))
		return true;
	if (err->status == STATUS_INVALID)
		err->status = STATUS_LOCKED_OUT;
	if (err->status == STATUS_LOCKED_OUT)
		error_prefix(err, _("cannot unlock the identity"));
	return error_at(err, "%s", path);
}

static bool refuse_missing(const char *path, struct error *err)
{
	const char *named = getenv("AIGENV_IDENTITY");

	if (named && *named) {
		error_set(err, STATUS_LOCKED_OUT,
			_("the identity that AIGENV_IDENTITY names is not "
			  "there"));
		error_at(err, "%s", path);
		return error_next(err,
			_("check the path, or unset AIGENV_IDENTITY; `aigenv "
			  "key new` makes one there"));
	}
	error_set(err, STATUS_LOCKED_OUT, _("this machine has no identity"));
	error_at(err, "%s", path);
	return error_next(err,
		_("`aigenv key new` makes one; AIGENV_IDENTITY may name "
		  "another file"));
}

bool identity_file_read(const char *path, const struct identity_prompt *prompt,
	struct secret *text, char **warning, struct error *err)
{
	SCOPED(buf) struct buf bytes = BUF(IDENTITY_LIMIT);
	struct stat status;
	char *word = NULL;
	bool missing = false;

	if (!file_read_given(path, &bytes, &status, &missing, err)) {
		if (missing)
			return refuse_missing(path, err);
		err->status = STATUS_LOCKED_OUT;
		return error_prefix(err, _("the identity"));
	}
	if (!check_mode(path, &status, &word, err))
		return false;
	if (age_is_encrypted(buf_cstring(&bytes), bytes.size)) {
		if (!unlock(path, prompt, &bytes, text, err)) {
			free(word);
			return false;
		}
	} else {
		secret_copy(text, buf_cstring(&bytes), bytes.size);
	}
	*warning = word;
	return true;
}
