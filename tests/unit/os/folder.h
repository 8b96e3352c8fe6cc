/* SPDX-License-Identifier: MIT */
/*
 * A temporary folder for a test, which works in it: enter_new_folder as its
 * .init, leave_folder as its .fini.
 */
#ifndef TESTS_OS_FOLDER_H
#define TESTS_OS_FOLDER_H

#include <criterion/criterion.h>
#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Makes a fresh folder the current one. */
static inline void enter_new_folder(void)
{
	char path[] = "/tmp/aigenv-test-XXXXXX";

	cr_assert_not_null(mkdtemp(path));
	cr_assert_eq(chdir(path), 0);
}

static inline int remove_entry(const char *path, const struct stat *status,
	int type, struct FTW *place)
{
	(void)status;
	(void)type;
	(void)place;
	return remove(path);
}

/* Removes the current folder with all that is in it. */
static inline void leave_folder(void)
{
	char path[256];

	cr_assert_not_null(getcwd(path, sizeof(path)));
	cr_assert_eq(chdir("/"), 0);
	cr_assert_eq(strncmp(path, "/tmp/aigenv-test-", 17), 0);
	cr_assert_eq(nftw(path, remove_entry, 8, FTW_DEPTH | FTW_PHYS), 0);
}

/* How many entries the current folder has. */
static inline int count_entries(void)
{
	DIR *folder = opendir(".");
	int count = 0;

	cr_assert_not_null(folder);
	for (const struct dirent *entry; (entry = readdir(folder));) {
		if (strcmp(entry->d_name, ".") != 0 &&
			strcmp(entry->d_name, "..") != 0)
			count++;
	}
	closedir(folder);
	return count;
}

static inline void put(const char *path, const char *text)
{
	FILE *file = fopen(path, "we");

	cr_assert_not_null(file);
	fputs(text, file);
	fclose(file);
}

static inline void assert_content(const char *path, const char *expected)
{
	char text[4096] = { 0 };
	FILE *file = fopen(path, "re");

	cr_assert_not_null(file, "%s is missing", path);
	size_t size = fread(text, 1, sizeof(text) - 1, file);
	fclose(file);
	text[size] = '\0';
	cr_assert_str_eq(text, expected);
}

static inline mode_t mode_of(const char *path)
{
	struct stat status;

	cr_assert_eq(stat(path, &status), 0);
	return status.st_mode & 0777;
}

#endif
