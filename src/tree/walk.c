/* SPDX-License-Identifier: MIT */
#include "tree/tree_internal.h"

#include "base/attributes.h"
#include "base/memory.h"
#include "base/text.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Each is open while those in it are looked at. */
#define DEPTH_MOST 200

/* Written by a package manager, a tool's cache: not the project's own. */
static const char *const foreign[] = { ".git", ".hg", ".svn", "node_modules",
	"bower_components", "vendor", ".venv", "venv", "site-packages",
	"__pycache__", ".tox", ".mypy_cache", ".pytest_cache", ".ruff_cache",
	".gradle", ".terraform", ".cache", ".pnpm-store", ".yarn", ".idea" };

/* What builds write, and what is served as it stands. */
static const char *const built[] = { "dist", "build", "out", "public", ".next",
	".nuxt", ".output", ".svelte-kit", ".astro", ".vercel", ".netlify",
	".serverless", ".wrangler", "storybook-static", "_site", "www" };

struct walk {
	struct tree *tree;
	tree_found *found;
	void *context;
	bool only_built;
};

static void walk_folder(const struct walk *walk, int folder, const char *path,
	bool in_built, int depth);

static bool is_foreign(const char *name, bool in_built)
{
	return text_fits_any(name, text_equal, foreign, ARRAY_SIZE(foreign)) ||
		(in_built && text_equal(name, "cache"));
}

static void take_folder(const struct walk *walk, int parent, const char *name,
	const char *path, bool in_built, int depth)
{
	bool is_built =
		text_fits_any(name, text_equal, built, ARRAY_SIZE(built));
	int folder;

	if (is_foreign(name, in_built) || (is_built && !walk->only_built))
		return;
	if (depth == DEPTH_MOST) {
		passed_note(&walk->tree->passed, PASSED_DEEP, path);
		return;
	}
	folder = openat(
		parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (folder >= 0)
		walk_folder(
			walk, folder, path, in_built || is_built, depth + 1);
	else
		passed_note(&walk->tree->passed, PASSED_UNREADABLE, path);
}

static void take_entry(const struct walk *walk, int parent, const char *name,
	const char *path, bool in_built, int depth)
{
	struct stat status;

	if (fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
		return;
	if (S_ISDIR(status.st_mode))
		take_folder(walk, parent, name, path, in_built, depth);
	else if (walk->only_built && !in_built)
		return;
	else if (S_ISREG(status.st_mode) || S_ISLNK(status.st_mode))
		walk->found(walk->context, &(struct tree_file){ path, false });
	else
		passed_note(&walk->tree->passed, PASSED_SPECIAL, path);
}

/* Closes the folder. */
static void walk_folder(const struct walk *walk, int folder, const char *path,
	bool in_built, int depth)
{
	DIR *entries = fdopendir(folder);
	const struct dirent *entry;

	if (!entries) {
		(void)close(folder);
		return;
	}
	while ((entry = readdir(entries)) != NULL) {
		const char *name = entry->d_name;
		OWNED char *whole = *path ? memory_printf("%s/%s", path, name)
					  : memory_text(name);

		if (!text_equal(name, ".") && !text_equal(name, ".."))
			take_entry(walk, folder, name, whole, in_built, depth);
	}
	(void)closedir(entries);
}

void tree_walk(
	struct tree *tree, bool only_built, tree_found *found, void *context)
{
	const struct walk walk = { tree, found, context, only_built };
	int folder =
		openat(tree->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (folder >= 0)
		walk_folder(&walk, folder, "", false, 0);
}
