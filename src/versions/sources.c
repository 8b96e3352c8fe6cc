/* SPDX-License-Identifier: MIT */
#include "versions/sources.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/shell.h"
#include "git/history.h"
#include "git/sight.h"
#include "os/file.h"
#include "vault/vault.h"

void sources_init(struct sources *sources)
{
	*sources = (struct sources){ .has_base = true };
	for (size_t i = 0; i < VERSIONS; i++)
		sources->texts[i] = BUF(VAULT_LIMIT);
}

void sources_release(struct sources *sources)
{
	for (size_t i = 0; i < VERSIONS; i++)
		buf_release(&sources->texts[i]);
}

bool sources_read_files(
	struct sources *sources, const char *const *paths, struct error *err)
{
	for (size_t i = 0; i < VERSIONS; i++)
		if (paths[i] &&
			!file_read_given(
				paths[i], &sources->texts[i], NULL, NULL, err))
			return false;
	sources->has_base = sources->texts[VERSION_BASE].size > 0;
	return true;
}

/* Git */

/* Both sides, and the base where `revisions` has one that has the file. */
static bool read_revisions(struct sources *sources,
	const struct tracked *tracked, const char *const *revisions)
{
	bool found[VERSIONS] = { false };

	for (size_t i = 0; i < VERSIONS; i++)
		found[i] = revisions[i] &&
			git_file(tracked->folder, revisions[i], tracked->name,
				&sources->texts[i]);
	sources->has_base = found[VERSION_BASE];
	return found[VERSION_OURS] && found[VERSION_THEIRS];
}

static bool refuse_removed(const char *vault_path, struct error *err)
{
	OWNED char *word = shell_quoted_short(vault_path);

	error_set(err, STATUS_INVALID,
		_("one side of git's merge has removed the whole vault, or "
		  "cannot be read"));
	error_at(err, "%s", vault_path);
	if (word)
		error_next(err,
			_("keep the file that is there with `git add -- %s`, "
			  "or remove it with `git rm -- %s`"),
			word, word);
	else
		error_next(err,
			_("keep the file that is there with `git add`, or "
			  "remove it with `git rm`"));
	return false;
}

bool sources_read_index(struct sources *sources, const char *vault_path,
	bool *found, struct error *err)
{
	static const char *const stages[] = { ":1", ":2", ":3" };
	SCOPED(tracked) struct tracked tracked = tracked_of(vault_path);

	*found = git_stages(tracked.folder, tracked.name) != 0;
	return !*found || read_revisions(sources, &tracked, stages) ||
		refuse_removed(vault_path, err);
}

/* What is under way, as git names the commit that is brought in. */
static const struct under_way {
	const char *head;
	const char *base; /* NULL: the best common ancestor */
	const char *ours, *theirs;
} under_way[] = {
	{ "MERGE_HEAD", NULL, "HEAD", "MERGE_HEAD" },
	{ "CHERRY_PICK_HEAD", "CHERRY_PICK_HEAD^", "HEAD", "CHERRY_PICK_HEAD" },
	{ "REVERT_HEAD", "REVERT_HEAD", "HEAD", "REVERT_HEAD^" },
	{ "REBASE_HEAD", "REBASE_HEAD^", "HEAD", "REBASE_HEAD" },
	{ "HEAD^2", NULL, "HEAD^1", "HEAD^2" },
};

bool sources_read_commits(struct sources *sources, const char *vault_path)
{
	SCOPED(tracked) struct tracked tracked = tracked_of(vault_path);
	char ids[VERSIONS][GIT_ID_SIZE];

	for (size_t i = 0; i < ARRAY_SIZE(under_way); i++) {
		const struct under_way *way = &under_way[i];
		if (!git_commit(tracked.folder, way->head, ids[0]))
			continue;
		if (!git_commit(tracked.folder, way->ours, ids[VERSION_OURS]) ||
			!git_commit(tracked.folder, way->theirs,
				ids[VERSION_THEIRS]))
			return false;
		bool has_base = way->base
			? git_commit(
				  tracked.folder, way->base, ids[VERSION_BASE])
			: git_merge_base(tracked.folder, ids[VERSION_OURS],
				  ids[VERSION_THEIRS], ids[VERSION_BASE]);
		const char *const revisions[] = { has_base ? ids[VERSION_BASE]
							   : NULL,
			ids[VERSION_OURS], ids[VERSION_THEIRS] };
		return read_revisions(sources, &tracked, revisions);
	}
	return false;
}
