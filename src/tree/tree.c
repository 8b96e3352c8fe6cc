/* SPDX-License-Identifier: MIT */
#include "tree/tree_internal.h"

#include "base/i18n.h"
#include "git/files.h"
#include "git/sight.h"
#include "os/directory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

bool tree_open(struct tree *tree, const char *folder, struct error *err)
{
	char *top = git_top(folder);

	*tree = (struct tree){ .top = top ? top : path_resolve(folder),
		.has_git = top != NULL,
		.git_is_silent = !top && git_is_work_tree(folder) };
	tree->folder = tree->top
		? open(tree->top, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
		: -1;
	if (tree->folder >= 0)
		return true;
	error_errno(err, STATUS_IO, errno, _("cannot open the folder %.200s"),
		folder);
	return error_advise(err, _("check that it is there and readable"));
}

void tree_release(struct tree *tree)
{
	if (tree->top && tree->folder >= 0)
		(void)close(tree->folder);
	free(tree->top);
	passed_release(&tree->passed);
	*tree = (struct tree){ .folder = -1 };
}

struct listing {
	struct tree *tree;
	tree_found *found;
	void *context;
};

static void take_entry(void *context, const struct git_entry *entry)
{
	struct listing *listing = context;

	switch (entry->kind) {
	case GIT_KIND_SUBMODULE:
		passed_note(
			&listing->tree->passed, PASSED_SUBMODULE, entry->path);
		break;
	/* It may be the other by now. */
	case GIT_KIND_LINK:
	case GIT_KIND_FILE:
		listing->found(listing->context,
			&(struct tree_file){ entry->path, entry->tracked });
		break;
	}
}

bool tree_each(struct tree *tree, tree_found *found, void *context)
{
	struct listing listing = { tree, found, context };

	if (tree->has_git)
		return git_each_file(tree->top, take_entry, &listing);
	tree_walk(tree, false, found, context);
	return true;
}

void tree_each_ignored(struct tree *tree, tree_found *found, void *context)
{
	struct listing listing = { tree, found, context };

	if (tree->has_git)
		(void)git_each_ignored(tree->top, take_entry, &listing);
}

void tree_each_built(struct tree *tree, tree_found *found, void *context)
{
	tree_walk(tree, true, found, context);
}
