/* SPDX-License-Identifier: MIT */
/*
 * Finding the vault. One that the user did not name himself decides what his
 * programs get to see, so nobody else may have been able to put it there.
 */
#include "vault/vault.h"

#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "os/directory.h"
#include "os/owner.h"

#include <stdlib.h>
#include <sys/stat.h>

/* Whose it is (vault-format section 11) */

static bool name_option(const char *path, struct error *err)
{
	OWNED char *word = shell_quoted_short(path);

	if (word)
		error_next(err,
			_("if you mean this vault, name it: aigenv -f %s"),
			word);
	else
		error_next(err, _("if you mean this vault, name it with -f"));
	return false;
}

static bool check_one(const char *path, const char *vault, struct error *err)
{
	struct stat status;

	/* That it is missing is reported when the vault is read. */
	return stat(path, &status) != 0 || owner_check(path, &status, err) ||
		name_option(vault, err);
}

static bool check_folder_of(
	const char *path, const char *vault, struct error *err)
{
	OWNED char *folder = path_directory(path);

	return check_one(folder, vault, err);
}

/* A link has no mode that counts: who may write its folder could replace it. */
static bool check_link(const char *path, struct error *err)
{
	struct stat status;

	if (lstat(path, &status) != 0 || !S_ISLNK(status.st_mode))
		return true;
	status.st_mode &= ~(mode_t)(S_IWGRP | S_IWOTH);
	return owner_check(path, &status, err) || name_option(path, err);
}

bool vault_check_owner(const char *path, struct error *err)
{
	OWNED char *real = path_resolve(path);

	return check_folder_of(path, path, err) && check_link(path, err) &&
		check_one(path, path, err) &&
		(!real || check_folder_of(real, path, err));
}

/* Walking */

/* As seen from the current folder: shorter to read in messages. */
static char *seen_from_here(char *path)
{
	OWNED char *here = path_resolve(".");
	char *shorter = here ? path_relative(here, path) : memory_text(path);

	free(path);
	return shorter;
}

/* Also a link that leads nowhere, or a file that cannot be read: the walk never
 * goes past what is there. */
static bool is_there(const char *path)
{
	struct stat status;

	return lstat(path, &status) == 0;
}

/* Owned; NULL where there is none. */
static char *walk_up(const char *directory)
{
	char *at = path_resolve(directory);

	while (at) {
		char *path = path_join(at, VAULT_FILE);
		char *parent = path_directory(at);
		bool top = text_equal(parent, at);
		free(at);
		at = parent;
		if (is_there(path)) {
			free(at);
			return seen_from_here(path);
		}
		free(path);
		if (top) {
			free(at);
			at = NULL;
		}
	}
	return NULL;
}

bool vault_find(
	const char *file, const char *directory, char **path, struct error *err)
{
	char *found = NULL;

	if (!file)
		found = walk_up(directory);
	else if (text_equal(directory, "."))
		found = memory_text(file);
	else
		found = path_join(directory, file);
	if (found && !file && !vault_check_owner(found, err)) {
		free(found);
		return false;
	}
	*path = found;
	return true;
}
