/* SPDX-License-Identifier: MIT */
#include "deploy/spill.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "deploy/needles_internal.h"
#include "drift/drift.h"
#include "os/directory.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

#define FILE_LIMIT ((size_t)16 * 1024 * 1024)
#define ALL_LIMIT ((size_t)64 * 1024 * 1024)

struct search {
	struct spill *spill;
	struct wanted_values wanted;
	const struct live *live;
	const char *apps;
	bool may_save;
	size_t left; /* bytes that may still be read of logs */
};

static bool is_known(const struct spill *spill, const char *path)
{
	for (size_t i = 0; i < spill->count; i++)
		if (text_equal(spill->items[i].path, path))
			return true;
	return false;
}

static void add_found(struct search *search, const char *path)
{
	struct spill *spill = search->spill;
	struct spilled one = { .names = json_new_list(),
		.old = json_new_list() };
	struct stat status;

	for (size_t i = 0; i < search->wanted.count; i++) {
		const struct wanted *wanted = &search->wanted.items[i];

		if (!wanted->found)
			continue;
		json_push_once(one.names, wanted->name);
		if (wanted->is_old)
			json_push_once(one.old, wanted->name);
	}
	if (json_array_size(one.names) == 0 || is_known(spill, path)) {
		json_decref(one.names);
		json_decref(one.old);
		return;
	}
	one.path = memory_text(path);
	one.others_read =
		stat(path, &status) == 0 && (status.st_mode & 0044) != 0;
	MEMORY_PUSH(spill->items, spill->count, one);
}

static char *with_path(const char *command, const char *path)
{
	OWNED char *word = shell_quoted(path);

	return memory_printf("%s %s", command, word);
}

/* PM2's lists */

/* What PM2 stores of an app is in its list, so a current value only needs to
 * be kept from others. */
static char *way_for_list(
	const struct search *search, const struct spilled *one)
{
	if (json_array_size(one->old) > 0 && search->may_save)
		return memory_text("pm2 save && pm2 save");
	return one->others_read ? with_path("chmod 600", one->path) : NULL;
}

static void look_at_list(struct search *search, const char *name)
{
	OWNED char *path = path_join(search->live->home, name);
	const size_t before = search->spill->count;

	(void)wanted_look(&search->wanted, path, FILE_LIMIT);
	add_found(search, path);
	if (search->spill->count > before) {
		struct spilled *one = &search->spill->items[before];

		one->is_list = true;
		one->clear = way_for_list(search, one);
	}
}

/* Logs */

static const char *const log_members[] = { "pm_out_log_path", "pm_err_log_path",
	"pm_log_path" };

/* Whether pm2 flush empties it: it is a log of what PM2 runs, or PM2's own. */
static bool is_flushed(const struct search *search, const char *path)
{
	const struct live *live = search->live;

	if (live->state != LIVE_READ)
		return false;
	for (size_t i = 0; i < live->count; i++)
		for (size_t j = 0; j < ARRAY_SIZE(log_members); j++)
			if (text_equal(json_text_or_empty(
					       live->processes[i].record,
					       log_members[j]),
				    path))
				return true;
	return text_equal(path_name(path), "pm2.log");
}

static void look_at_log(struct search *search, const char *path)
{
	const size_t before = search->spill->count;

	if (is_known(search->spill, path))
		return;
	search->left -= wanted_look(&search->wanted, path,
		search->left < FILE_LIMIT ? search->left : FILE_LIMIT);
	add_found(search, path);
	if (search->spill->count > before)
		search->spill->items[before].clear = is_flushed(search, path)
			? memory_text("pm2 flush")
			: with_path("rm", path);
}

static void look_at_folder(struct search *search, const char *folder)
{
	DIR *files = opendir(folder);
	struct dirent *entry;

	while (files && (entry = readdir(files)) != NULL) {
		OWNED char *path = path_join(folder, entry->d_name);

		look_at_log(search, path);
	}
	if (files)
		(void)closedir(files);
}

static void look_at_logs_of_apps(struct search *search)
{
	const struct live *live = search->live;

	for (size_t i = 0; i < live->count; i++)
		for (size_t j = 0; j < ARRAY_SIZE(log_members); j++) {
			const char *path = json_text(
				live->processes[i].record, log_members[j]);

			if (path && *path == '/' &&
				drift_names_app(
					search->apps, live->processes[i].app))
				look_at_log(search, path);
		}
}

void spill_find(struct spill *spill, const struct workspace *workspace,
	const struct live *live, bool may_save)
{
	struct search search = { .spill = spill,
		.live = live,
		.apps = workspace->profile.pm2.app,
		.may_save = may_save,
		.left = ALL_LIMIT };

	*spill = (struct spill){ 0 };
	if (!live->home)
		return;
	wanted_collect(&search.wanted, workspace);
	look_at_list(&search, "dump.pm2");
	look_at_list(&search, "dump.pm2.bak");
	look_at_logs_of_apps(&search);
	OWNED char *own = path_join(live->home, "pm2.log");
	look_at_log(&search, own);
	OWNED char *folder = path_join(live->home, "logs");
	look_at_folder(&search, folder);
	wanted_release(&search.wanted);
}

void spill_release(struct spill *spill)
{
	for (size_t i = 0; i < spill->count; i++) {
		free(spill->items[i].path);
		json_decref(spill->items[i].names);
		json_decref(spill->items[i].old);
		free(spill->items[i].clear);
	}
	free(spill->items);
	*spill = (struct spill){ 0 };
}

char *spill_advice(const struct spilled *spilled)
{
	OWNED char *names = json_listed(spilled->names);
	OWNED char *old = json_listed(spilled->old);
	char *sentence = NULL;

	if (spilled->clear && !spilled->is_list)
		sentence = memory_printf(
			_("%s holds %s: `%s` clears it; look for what printed "
			  "it first"),
			spilled->path, names, spilled->clear);
	else if (spilled->clear && text_starts_with(spilled->clear, "pm2"))
		sentence = memory_printf(
			_("%s holds old values of %s: `%s` clears them"),
			spilled->path, old, spilled->clear);
	else if (spilled->clear)
		sentence = memory_printf(
			_("%s holds %s, and other users can read it: `%s`"),
			spilled->path, names, spilled->clear);
	return sentence;
}
