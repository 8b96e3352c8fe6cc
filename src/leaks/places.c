/* SPDX-License-Identifier: MIT */
#include "leaks/leaks_internal.h"

#include "base/attributes.h"
#include "base/memory.h"
#include "git/hash.h"
#include "git/index.h"
#include "os/home.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Also into the hash, where that is not NULL. Closes the file. */
static void read_file(struct search *search, int file, const char *path,
	struct git_hash *hash)
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
		if (hash)
			git_hash_take(hash, to, (size_t)got);
		scan_took(search->scan, (size_t)got);
	}
	scan_end(search->scan);
	(void)close(file);
}

/* Where a link leads is a text as any. False where there is none. */
static bool read_link(struct search *search, const char *path)
{
	SCOPED(buf) struct buf text = BUF(SIZE_MAX);

	if (!tree_link(search->tree, path, &text))
		return false;
	scan_feed(search->scan, buf_cstring(&text), text.size);
	scan_end(search->scan);
	return true;
}

/* Whether there is a file or a link, which is looked through. */
static bool look_at(
	struct search *search, enum leak_place place, const char *path)
{
	int file = tree_file(search->tree, path, NULL);

	if (file >= 0)
		read_file(search, file, path, NULL);
	else if (!read_link(search, path))
		return false;
	search_tell(search, place, path);
	return true;
}

static void take_untracked(void *context, const struct tree_file *found)
{
	search_look_at_name(context, LEAK_UNTRACKED, found->path);
	(void)look_at(context, LEAK_UNTRACKED, found->path);
}

static void take_built(void *context, const struct tree_file *found)
{
	search_look_at_name(context, LEAK_BUILT, found->path);
	(void)look_at(context, LEAK_BUILT, found->path);
}

static void take_other(void *context, const struct git_entry *entry)
{
	struct search *search = context;
	search_look_at_name(search, LEAK_UNTRACKED, entry->path);
	if (entry->kind == GIT_KIND_SUBMODULE)
		passed_note(
			&search->tree->passed, PASSED_SUBMODULE, entry->path);
	else
		(void)look_at(search, LEAK_UNTRACKED, entry->path);
}

struct tracked {
	struct search *search;
	struct timespec written; /* the index */
	struct stored_list stored;
	struct name_set converted; /* by git, on their way to the disk */
	struct git_hash *hash;     /* owned; NULL: none yet, or none at all */
	bool has_no_hash;
};

static void take_converted(void *context, const struct git_entry *entry)
{
	struct tracked *tracked = context;

	(void)name_set_add(&tracked->converted, memory_text(entry->path));
}

/* NULL: the file cannot be what the index has, or nobody can say. */
static struct git_hash *begin_hash(struct tracked *tracked,
	const struct git_indexed *indexed, const struct stat *status)
{
	if (indexed->entry.kind != GIT_KIND_FILE ||
		!git_is_size_indexed(&indexed->stamp, status))
		return NULL;
	if (!tracked->hash && !tracked->has_no_hash) {
		tracked->hash = git_hash_new();
		tracked->has_no_hash = !tracked->hash;
	}
	if (tracked->hash)
		git_hash_begin(tracked->hash, "blob", indexed->entry.id,
			(uint64_t)status->st_size);
	return tracked->hash;
}

/* Closes the file. Whether it is what the index has, by what git saw of it or
 * by its content. */
static bool is_as_stored(
	struct tracked *tracked, const struct git_indexed *indexed, int file)
{
	const char *path = indexed->entry.path;
	struct stat status = { .st_mode = 0 };
	bool is_known = fstat(file, &status) == 0 &&
		git_is_as_indexed(
			&indexed->stamp, &status, &tracked->written) &&
		!name_set_has(&tracked->converted, path);
	struct git_hash *hash =
		is_known ? NULL : begin_hash(tracked, indexed, &status);

	read_file(tracked->search, file, path, hash);
	return is_known || (hash && git_hash_end(hash) == GIT_HASH_SAME);
}

/* What is on disk as the index has it is read there: to have git take all out
 * of its store again would cost ten times the rest of the search. Where git's
 * stamp does not say that it is the same, as in a copied work tree, its content
 * does. */
static void take_tracked(void *context, const struct git_indexed *indexed)
{
	struct tracked *tracked = context;
	struct search *search = tracked->search;
	const struct git_entry *entry = &indexed->entry;

	search_look_at_name(search, LEAK_TRACKED, entry->path);
	int file = tree_file(search->tree, entry->path, NULL);
	bool is_same = file >= 0 && is_as_stored(tracked, indexed, file);

	/* `git add` would take what stands in the submodule's place. */
	if (file < 0 && !read_link(search, entry->path)) {
		if (entry->kind == GIT_KIND_SUBMODULE)
			passed_note(&search->tree->passed, PASSED_SUBMODULE,
				entry->path);
	} else {
		search_tell(search, LEAK_TRACKED, entry->path);
	}
	if (!is_same && !indexed->is_intended)
		stored_add(&tracked->stored,
			indexed->is_skipped ? LEAK_SKIPPED : LEAK_INDEXED,
			entry);
}

static void release(struct tracked *tracked)
{
	stored_release(&tracked->stored);
	name_set_release(&tracked->converted);
	git_hash_free(tracked->hash);
}

static void take_left(void *context, const struct git_entry *entry)
{
	struct tracked *tracked = context;

	search_look_at_name(tracked->search, LEAK_TRACKED, entry->path);
	stored_add(&tracked->stored, LEAK_LAST_COMMIT, entry);
}

static bool find_in_git(struct search *search)
{
	const char *top = search->tree->top;
	struct tracked tracked = { .search = search,
		.written = git_index_written(top) };
	struct passed_over *passed = &search->tree->passed;
	bool ok = git_each_converted(top, take_converted, &tracked) &&
		git_each_indexed(top, take_tracked, &tracked) &&
		git_each_other(top, take_other, search);

	/* What was found in files stays. */
	if (ok && !search->leaks->has_history &&
		!git_each_left(top, take_left, &tracked))
		passed_note(passed, PASSED_BROKEN, "HEAD");
	if (ok && !stored_read(&tracked.stored, search))
		passed_note(passed, PASSED_UNREADABLE, ".git/index");
	release(&tracked);
	return ok;
}

bool leaks_find_files(const struct leaks *leaks, struct tree *tree)
{
	struct search search;
	bool ok = true;

	search_begin(&search, leaks, tree);
	if (tree->has_git)
		ok = find_in_git(&search);
	else
		(void)tree_each(tree, take_untracked, &search);
	tree_each_built(tree, take_built, &search);
	search_end(&search);
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

/* *chosen is the file that was looked at first, by whatever path; the first is
 * noted there. */
static void look_at_history(
	struct search *search, const char *path, struct stat *chosen)
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
	if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode) ||
		(status.st_ino == chosen->st_ino &&
			status.st_dev == chosen->st_dev)) {
		(void)close(file);
		return;
	}
	if (chosen->st_ino == 0)
		*chosen = status;
	read_file(search, file, path, NULL);
	search_tell(search, LEAK_SHELL, path);
}

void leaks_find_shells(const struct leaks *leaks, struct tree *tree)
{
	const char *chosen = getenv("HISTFILE");
	struct search search;
	struct stat first = { .st_ino = 0 };
	struct error ignored;

	search_begin(&search, leaks, tree);
	if (chosen && *chosen == '/')
		look_at_history(&search, chosen, &first);
	for (size_t i = 0; i < ARRAY_SIZE(histories); i++) {
		OWNED char *path = path_home(histories[i], &ignored);

		if (path)
			look_at_history(&search, path, &first);
	}
	search_end(&search);
}
