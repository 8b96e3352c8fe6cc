/* SPDX-License-Identifier: MIT */
/*
 * A temporary folder for a test, which works in it.
 */
#ifndef TESTS_OS_FOLDER_H
#define TESTS_OS_FOLDER_H

#include <criterion/criterion.h>
#include <dirent.h>
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
