/* SPDX-License-Identifier: MIT */
#include "os/owner.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/directory.h"
#include "os/sudo_caller.h"

#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

/* The user who called sudo counts as the user of this process. */
static bool is_trusted(uid_t user)
{
	return user == geteuid() || user == 0 || sudo_caller_is(user);
}

/* The group that distributions make for one user alone, with his name. */
static bool is_private_group(gid_t group, uid_t owner)
{
	const struct passwd *user = getpwuid(owner);

	if (!user || user->pw_gid != group)
		return false;
	const struct group *entry = getgrgid(group);
	if (!entry || !text_equal(entry->gr_name, user->pw_name))
		return false;
	for (char **member = entry->gr_mem; *member; member++)
		if (!text_equal(*member, user->pw_name))
			return false;
	return true;
}

static bool others_can_write(const struct stat *status)
{
	return (status->st_mode & S_IWOTH) ||
		((status->st_mode & S_IWGRP) &&
			!is_private_group(status->st_gid, status->st_uid));
}

bool owner_check(const char *path, const struct stat *status, struct error *err)
{
	bool sticky =
		S_ISDIR(status->st_mode) && (status->st_mode & S_ISVTX) != 0;

	if (!is_trusted(status->st_uid)) {
		error_set(err, STATUS_LOCKED_OUT,
			_("it belongs to another user (uid %lu), who could "
			  "have put anything there"),
			(unsigned long)status->st_uid);
		return error_at(err, "%s", path);
	}
	if (sticky || !others_can_write(status))
		return true;
	error_set(err, STATUS_LOCKED_OUT,
		_("other users can write there (mode %04o), and could have put "
		  "anything there"),
		(unsigned)status->st_mode & 07777);
	return error_at(err, "%s", path);
}

/* Outputs under root */

/* Whether replacing the file gives what is in it to somebody else. */
static bool is_given_away(const struct stat *file)
{
	return geteuid() == 0 && !is_trusted(file->st_uid);
}

bool owner_may_keep(const struct stat *file, const struct stat *folder)
{
	return !is_given_away(file) || !(folder->st_mode & (S_IWGRP | S_IWOTH));
}

bool owner_refuse_output(
	const char *path, const struct stat *file, struct error *err)
{
	error_set(err, STATUS_INVALID,
		_("the file belongs to another user (uid %lu), and is in a "
		  "folder where others can make files: whoever made it would "
		  "get the secrets"),
		(unsigned long)file->st_uid);
	error_at(err, "%s", path);
	return error_next(err,
		_("see who made it, and remove it; or have the output in a "
		  "folder that only root and its owner can write"));
}

/* Folder after folder, from the file's own up to `top`. */
static bool may_keep_below(
	const char *top, const char *path, const struct stat *file)
{
	char *at = path_directory(path);
	bool ok = true;
	bool done = false;

	while (ok && !done) {
		struct stat folder;
		ok = stat(at, &folder) == 0 && owner_may_keep(file, &folder);
		done = text_equal(at, top) || text_equal(at, "/");
		char *parent = path_directory(at);
		free(at);
		at = parent;
	}
	free(at);
	return ok;
}

bool owner_check_output(const char *top, const char *path, struct error *err)
{
	OWNED char *real = path_resolve(path);
	OWNED char *real_top = path_resolve(top);
	struct stat file;

	return !real || !real_top || stat(real, &file) != 0 ||
		!is_given_away(&file) ||
		may_keep_below(real_top, real, &file) ||
		owner_refuse_output(path, &file, err);
}
