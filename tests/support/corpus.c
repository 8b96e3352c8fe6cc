/* SPDX-License-Identifier: MIT */
#include "corpus.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/file.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#define FILE_LIMIT ((size_t)2 << 20)

static void read_whole(const char *path, struct buf *out)
{
	struct error err = { 0 };

	cr_assert(file_read(path, out, NULL, &err), "%s: %s", path, err.what);
}

static void try_pair(const char *folder, const char *file, corpus_try *try_one)
{
	static const struct json_limits limits = { .depth = 4 };
	SCOPED(buf) struct buf text = BUF(FILE_LIMIT);
	SCOPED(buf) struct buf json = BUF(FILE_LIMIT);
	struct error err = { 0 };
	int stem = (int)(strlen(file) - strlen(".txt"));
	char *path = memory_printf("%s/%s", folder, file);
	char *json_path = memory_printf("%s/%.*s.json", folder, stem, file);

	read_whole(path, &text);
	read_whole(json_path, &json);
	JSON_SCOPED json_t *expected = json_parse(
		buf_cstring(&json), json.size, json_path, &limits, &err);
	cr_assert(expected, "%s: %s", err.where, err.what);
	try_one(file, &text, expected);
	free(path);
	free(json_path);
}

size_t corpus_walk(const char *folder, corpus_try *try_one)
{
	const char *source = getenv("AIGENV_TEST_SOURCE");
	char *path = memory_printf(
		"%s/tests/corpus/%s", source ? source : ".", folder);
	DIR *entries = opendir(path);
	struct dirent *entry = NULL;
	size_t count = 0;

	cr_assert(entries, "%s", path);
	while ((entry = readdir(entries)) != NULL) {
		if (!text_ends_with(entry->d_name, ".txt"))
			continue;
		try_pair(path, entry->d_name, try_one);
		count++;
	}
	(void)closedir(entries);
	free(path);
	return count;
}
