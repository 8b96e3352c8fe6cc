/* SPDX-License-Identifier: MIT */
#include "os/owner.h"

#include "base/number.h"
#include "base/text.h"

#include <grp.h>
#include <pwd.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define UID_MOST ((uint64_t)UINT32_MAX - 1) /* (uid_t)-1 is nobody's */

/* Who called sudo: the user of this process, too. */
static bool is_sudo_caller(uid_t user)
{
	const char *text = getenv("SUDO_UID");
	uint64_t number = 0;

	return text && number_parse(text, strlen(text), 0, UID_MOST, &number) &&
		user == (uid_t)number;
}

static bool is_trusted(uid_t user)
{
	return user == geteuid() || user == 0 || is_sudo_caller(user);
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
	for (char **member = entry->gr_mem; *member; member++) {
		if (!text_equal(*member, user->pw_name))
			return false;
	}
	return true;
}

static bool others_can_write(const struct stat *status)
{
	return (status->st_mode & S_IWOTH) ||
		((status->st_mode & S_IWGRP) &&
			!is_private_group(status->st_gid, status->st_uid));
}

bool owner_check(const char *path, const struct stat *status, const char *what,
	struct error *err)
{
	bool sticky =
		S_ISDIR(status->st_mode) && (status->st_mode & S_ISVTX) != 0;

	if (!is_trusted(status->st_uid)) {
		error_set(err, STATUS_LOCKED_OUT,
			"%s belongs to another user (uid %lu), who could have "
			"put anything there",
			what, (unsigned long)status->st_uid);
		return error_at(err, "%s", path);
	}
	if (sticky || !others_can_write(status))
		return true;
	error_set(err, STATUS_LOCKED_OUT,
		"other users can write %s (mode %04o), and could have put "
		"anything there",
		what, (unsigned)status->st_mode & 07777);
	return error_at(err, "%s", path);
}

bool owner_shares_folder(const struct stat *folder)
{
	return !is_trusted(folder->st_uid) || others_can_write(folder);
}
