/* SPDX-License-Identifier: MIT */
#include "deploy/own_path.h"

#include "base/memory.h"
#include "base/shell.h"
#include "os/directory.h"

#include <stdlib.h>
#include <string.h>

/* The profile's name goes before the endings, and behind a first dot. */
char *own_path(const char *path, const char *profile)
{
	const char *name = path_name(path);
	size_t stem = *name ? 1 + strcspn(name + 1, ".") : 0;
	size_t before = (size_t)(name - path) + stem;

	return memory_printf(
		"%.*s.%s%s", (int)before, path, profile, path + before);
}

/* Takes the word over. */
static void append_word(char *word, struct buf *out)
{
	shell_word(word, out);
	free(word);
}

void own_path_setting(
	size_t index, const char *path, const char *profile, struct buf *out)
{
	OWNED char *own = own_path(path, profile);

	append_word(memory_printf("outputs.%zu.path=%s", index, own), out);
}

void own_path_option(const char *template, const char *path,
	const char *profile, struct buf *out)
{
	OWNED char *own = own_path(path, profile);

	append_word(memory_printf("%s=%s", template, own), out);
}
