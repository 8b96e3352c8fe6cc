/* SPDX-License-Identifier: MIT */
#include "pm2/pm2.h"

#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "pm2/path_internal.h"

#include <stdlib.h>
#include <string.h>

/* A command is a few words; paths may be long. */
#define COMMAND_LIMIT ((size_t)64 * 1024)

struct words {
	char **argv;
	size_t count;
};

static void add(struct words *words, const char *word)
{
	if (words->count + 1 < RESTART_ARGUMENTS)
		words->argv[words->count++] = memory_text(word);
}

static void add_pair(struct words *words, const char *name, const char *value)
{
	if (!value)
		return;
	add(words, name);
	add(words, value);
}

/* The file whose apps PM2 reads again: named by the profile, else the output
 * that aigenv renders. NULL: there is none. */
static const char *ecosystem_file(const struct profile *profile)
{
	if (profile->pm2.ecosystem)
		return profile->pm2.ecosystem;
	for (size_t i = 0; i < profile->output_count; i++)
		if (text_equal(profile->outputs[i].template, "ecosystem"))
			return profile->outputs[i].path;
	return NULL;
}

/* Row 1 of DESIGN's table: PM2 reads the file again, and the file reads the
 * rendered .env, so the calling shell does not matter. */
static void restart_by_file(struct words *words, const struct profile *profile,
	const struct restart_place *place, const char *file)
{
	char *seen = path_seen_from(
		place->current_directory, place->vault_directory, file);

	add(words, "pm2");
	add(words, "restart");
	add(words, seen);
	add_pair(words, "--only", profile->pm2.app);
	add_pair(words, "--env", profile->pm2.env);
	add(words, "--update-env");
	free(seen);
}

/* "api,worker": only --only takes several so, elsewhere each is a word. */
static void add_apps(struct words *words, const char *apps)
{
	while (*apps) {
		size_t size = strcspn(apps, ",");
		char *app = memory_copy(apps, size);
		add(words, app);
		free(app);
		apps += size + (apps[size] == ',');
	}
}

/* Row 2: the values come in through the environment of the pm2 command. PM2
 * refuses --env without a file (reference/pm2.md), so it is left out. */
static void restart_by_name(struct words *words, const struct profile *profile,
	const struct restart_place *place)
{
	add(words, "aigenv");
	add_pair(words, "-C", place->directory_option);
	add_pair(words, "-f", place->vault_option);
	if (place->name_profile)
		add_pair(words, "-p", profile->name);
	add(words, "run");
	add(words, "--");
	add(words, "pm2");
	add(words, "restart");
	add_apps(words, profile->pm2.app);
	add(words, "--update-env");
}

static char *as_a_line(char *const *argv)
{
	struct buf line = BUF(COMMAND_LIMIT);

	for (size_t i = 0; argv[i]; i++) {
		if (i > 0)
			buf_byte(&line, ' ');
		shell_word(argv[i], &line);
	}
	return buf_take(&line, NULL);
}

bool restart_command(const struct profile *profile,
	const struct restart_place *place, struct restart *restart)
{
	struct words words = { .argv = restart->argv };
	const char *file = ecosystem_file(profile);

	if (!profile->pm2.app)
		return false;
	*restart = (struct restart){ 0 };
	if (file)
		restart_by_file(&words, profile, place, file);
	else
		restart_by_name(&words, profile, place);
	restart->command = as_a_line(restart->argv);
	return true;
}

void restart_release(struct restart *restart)
{
	for (size_t i = 0; i < RESTART_ARGUMENTS; i++)
		free(restart->argv[i]);
	free(restart->command);
	*restart = (struct restart){ 0 };
}
