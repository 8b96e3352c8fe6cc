/* SPDX-License-Identifier: MIT */
#include "leaks/record_internal.h"

#include "base/attributes.h"
#include "base/memory.h"
#include "base/name_table.h"
#include "base/text.h"
#include "git/files.h"
#include "git/objects.h"
#include "os/home.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct search {
	const struct leaks *leaks;
	struct tree *tree;
	struct scan *scan;
	struct record record;
	bool built;
	struct name_table told; /* paths with a leak */
	char **paths;           /* owned, as each is; for the table */
	size_t path_count;
};

static void begin(
	struct search *search, const struct leaks *leaks, struct tree *tree)
{
	*search = (struct search){ .leaks = leaks, .tree = tree };
	search->scan = scan_new(leaks->needles, record_hit, &search->record);
}

static void end(struct search *search)
{
	scan_free(search->scan);
	record_release(&search->record);
	name_table_release(&search->told);
	for (size_t i = 0; i < search->path_count; i++)
		free(search->paths[i]);
	free(search->paths);
}

/* Closes the file. */
static void read_file(struct search *search, int file, const char *path)
{
	for (;;) {
		size_t room;
		char *to = scan_room(search->scan, &room);
		ssize_t got = read(file, to, room);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			passed_note(
				&search->tree->passed, PASSED_UNREADABLE, path);
		if (got <= 0)
			break;
		scan_took(search->scan, (size_t)got);
	}
	scan_end(search->scan);
	(void)close(file);
}

/* A file in `public` that git has is told once. */
static bool is_told(struct search *search, const char *path)
{
	if (name_table_find(&search->told, path) != NAME_NONE)
		return true;
	if (search->record.count > 0) {
		char *copy = memory_text(path);

		search->paths = memory_grow(search->paths, search->path_count,
			sizeof(*search->paths));
		search->paths[search->path_count++] = copy;
		(void)name_table_put(&search->told, copy, 0);
	}
	return false;
}

static void look_at(void *context, const struct tree_file *found)
{
	struct search *search = context;
	int file = tree_file(search->tree, found->path, NULL);

	if (file < 0)
		return;
	read_file(search, file, found->path);
	if (is_told(search, found->path))
		search->record.count = 0;
	record_tell(&search->record, search->leaks,
		search->built            ? LEAK_BUILT
			: found->tracked ? LEAK_TRACKED
					 : LEAK_UNTRACKED,
		found->path);
}

/* The objects that the index names: what was staged, and files that are not in
 * the work tree. */

struct indexed {
	struct search *search;
	enum leak_place place;
	struct buf ids;
	char **paths; /* owned, in the order of the ids */
	size_t count;
	size_t at; /* the next one to begin */
};

/* What is on disk was read there: to have git take all out of its store again
 * would cost more than the rest of the search. */
static bool is_read(
	const struct indexed *indexed, const struct git_entry *entry)
{
	return indexed->place != LEAK_STAGED && entry->kind == GIT_KIND_FILE &&
		tree_has_file(indexed->search->tree, entry->path);
}

/* What a link holds is where it leads, a text as any. */
static void take_indexed(void *context, const struct git_entry *entry)
{
	struct indexed *indexed = context;

	if (entry->kind == GIT_KIND_SUBMODULE) {
		if (indexed->place == LEAK_STAGED)
			passed_note(&indexed->search->tree->passed,
				PASSED_SUBMODULE, entry->path);
		return;
	}
	if (is_read(indexed, entry))
		return;
	buf_printf(&indexed->ids, "%s\n", entry->id);
	indexed->paths = memory_grow(
		indexed->paths, indexed->count, sizeof(*indexed->paths));
	indexed->paths[indexed->count++] = memory_text(entry->path);
}

static void begin_object(void *context, const char *id, enum git_object type)
{
	struct indexed *indexed = context;

	(void)id;
	(void)type;
	indexed->at++;
}

static void take_bytes(void *context, const char *bytes, size_t size)
{
	struct indexed *indexed = context;

	scan_feed(indexed->search->scan, bytes, size);
}

static void end_object(void *context, bool whole)
{
	struct indexed *indexed = context;
	struct search *search = indexed->search;
	const char *path = indexed->paths[indexed->at - 1];

	scan_end(search->scan);
	if (!whole)
		passed_note(&search->tree->passed, PASSED_BROKEN, path);
	/* In one that is not whole they may stand in what git gave behind it.
	 */
	if (!whole || is_told(search, path))
		search->record.count = 0;
	record_tell(&search->record, search->leaks, indexed->place, path);
}

static bool look_at_index(struct search *search,
	bool (*list)(const char *top, git_each *each, void *context),
	enum leak_place place)
{
	struct indexed indexed = {
		.search = search, .place = place, .ids = BUF(SIZE_MAX)
	};
	const struct git_reader reader = { begin_object, take_bytes, end_object,
		&indexed };
	const char *top = search->tree->top;
	bool ok = list(top, take_indexed, &indexed) &&
		git_read_listed(top, buf_cstring(&indexed.ids), &reader);

	for (size_t i = 0; i < indexed.count; i++)
		free(indexed.paths[i]);
	free(indexed.paths);
	buf_release(&indexed.ids);
	return ok;
}

bool leaks_find_files(const struct leaks *leaks, struct tree *tree)
{
	struct search search;

	begin(&search, leaks, tree);
	bool ok = tree_each(tree, look_at, &search);
	/* What was found in files stays. */
	if (ok && tree->has_git &&
		!look_at_index(&search, git_each_tracked, LEAK_TRACKED))
		passed_note(&tree->passed, PASSED_UNREADABLE, ".git/index");
	search.built = true;
	tree_each_built(tree, look_at, &search);
	end(&search);
	return ok;
}

/* Of programs that keep what was typed; in the user's folder. */
static const char *const histories[] = { ".bash_history", ".zsh_history",
	".zhistory", ".histfile", ".sh_history", ".ksh_history", ".ash_history",
	".local/share/fish/fish_history", ".local/share/atuin/history.db",
	".local/share/powershell/PSReadLine/ConsoleHost_history.txt",
	".local/state/bash/history", ".local/state/zsh/history",
	".config/zsh/.zsh_history", ".node_repl_history", ".python_history",
	".irb_history", ".psql_history", ".mysql_history", ".sqlite_history",
	".rediscli_history", ".mongosh/mongosh_repl_history", ".lesshst",
	".viminfo", ".wget-hsts" };

static void look_at_history(struct search *search, const char *path)
{
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat status;

	if (file < 0) {
		if (errno != ENOENT && errno != ENOTDIR)
			passed_note(
				&search->tree->passed, PASSED_UNREADABLE, path);
		return;
	}
	/* /dev/null is how people have none. */
	if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
		(void)close(file);
		return;
	}
	read_file(search, file, path);
	if (is_told(search, path))
		search->record.count = 0;
	record_tell(&search->record, search->leaks, LEAK_SHELL, path);
}

void leaks_find_shells(const struct leaks *leaks, struct tree *tree)
{
	const char *chosen = getenv("HISTFILE");
	struct search search;
	struct error ignored;

	begin(&search, leaks, tree);
	if (chosen && *chosen == '/')
		look_at_history(&search, chosen);
	for (size_t i = 0; i < ARRAY_SIZE(histories); i++) {
		char *path = path_home(histories[i], &ignored);

		if (path)
			look_at_history(&search, path);
		free(path);
	}
	end(&search);
}

bool leaks_find_staged(const struct leaks *leaks, struct tree *tree)
{
	struct search search;

	begin(&search, leaks, tree);
	bool ok = tree->has_git &&
		look_at_index(&search, git_each_staged, LEAK_STAGED);
	end(&search);
	return ok;
}
