/* SPDX-License-Identifier: MIT */
#include "git/drivers.h"

#include "base/memory.h"
#include "base/text.h"
#include "git/gitignore.h"
#include "git/run_internal.h"
#include "git/sight.h"

#include <stdlib.h>
#include <string.h>

#define NAME "aigenv"

/*
 * Where the driver cannot merge, git's own merge leaves its markers, as in a
 * clone without one; nobody is asked anything in the middle of a rebase. What
 * was merged before is the base of a criss-cross merge, whole.
 */
const struct git_setting git_driver_settings[] = {
	{ "diff." NAME ".textconv", "aigenv seal --textconv" },
	{ "merge." NAME ".name", "aigenv seal --merge" },
	{ "merge." NAME ".driver",
		"aigenv --no-input seal --merge --base %O --ours %A --theirs "
		"%B --out %A -f %P || { git merge-file -L ours -L base -L "
		"theirs %A %O %B; exit 1; }" },
	{ "merge." NAME ".recursive", "binary" },
	{ NULL, NULL },
};

/* Both attributes of the file name the driver: "PATH diff VALUE PATH merge
 * VALUE", each ended by NUL. */
static bool has_attributes(const struct tracked *tracked)
{
	static const char *const words[] = { "check-attr", "-z", "diff",
		"merge", "--", NULL };
	SCOPED(buf) struct buf said = BUF(65536);
	size_t at = 0;
	size_t named = 0;

	if (git_run(tracked->folder, words, tracked->name, &said) != 0 ||
		buf_failed(&said))
		return false;
	for (size_t field = 0; at < said.size; field++) {
		named += field % 3 == 2 && text_equal(said.data + at, NAME);
		at += strlen(said.data + at) + 1;
	}
	return named == 2;
}

static bool has_settings(const struct tracked *tracked)
{
	static const char *const words[] = { "config", "--get", NULL };
	SCOPED(buf) struct buf said = BUF(65536);

	for (const struct git_setting *setting = git_driver_settings;
		setting->key; setting++)
		if (git_run(tracked->folder, words, setting->key, &said) != 0)
			return false;
	return true;
}

enum git_drivers git_drivers_look(const char *vault_path)
{
	static const char *const words[] = { "rev-parse", "--git-dir", NULL };
	SCOPED(tracked) struct tracked tracked = tracked_of(vault_path);
	SCOPED(buf) struct buf said = BUF(65536);

	if (!git_is_work_tree(tracked.folder) ||
		git_run(tracked.folder, words, NULL, &said) != 0)
		return GIT_DRIVERS_IMPOSSIBLE;
	if (!has_attributes(&tracked))
		return GIT_DRIVERS_NONE;
	return has_settings(&tracked) ? GIT_DRIVERS_HERE
				      : GIT_DRIVERS_ELSEWHERE;
}

bool git_has_remote(const char *vault_path)
{
	static const char *const words[] = { "remote", NULL };
	SCOPED(tracked) struct tracked tracked = tracked_of(vault_path);
	SCOPED(buf) struct buf said = BUF(65536);

	return git_is_work_tree(tracked.folder) &&
		git_run(tracked.folder, words, NULL, &said) == 0 &&
		said.size > 0;
}

/* A pattern with blanks or quotes stands in quotes, as C has them. */
static void append_pattern(const char *name, struct buf *out)
{
	OWNED char *pattern = gitignore_line(name);
	bool quoted = strpbrk(pattern, " \t\"") || pattern[0] == '#' ||
		pattern[0] == '\\';

	if (!quoted)
		buf_text(out, pattern);
	for (const char *at = pattern; quoted && *at; at++) {
		if (at == pattern)
			buf_byte(out, '"');
		if (strchr("\"\\", *at))
			buf_byte(out, '\\');
		buf_byte(out, *at);
	}
	if (quoted)
		buf_byte(out, '"');
}

char *git_drivers_line(const char *vault_path)
{
	SCOPED(tracked) struct tracked tracked = tracked_of(vault_path);
	struct buf line = BUF(65536);

	append_pattern(tracked.name, &line);
	buf_text(&line, " diff=" NAME " merge=" NAME " text eol=lf");
	return buf_take(&line, NULL);
}

static bool add_line(const char *vault_path, const struct tracked *tracked,
	struct error *err)
{
	OWNED char *line = git_drivers_line(vault_path);
	const char *const lines[] = { line };

	return gitlines_add(tracked->folder, GITATTRIBUTES_FILE, lines, 1, err);
}

static bool set_all(const struct tracked *tracked, struct error *err)
{
	for (const struct git_setting *setting = git_driver_settings;
		setting->key; setting++) {
		const char *const words[] = { "config", "--local", setting->key,
			NULL };
		SCOPED(buf) struct buf said = BUF(65536);
		if (git_run(tracked->folder, words, setting->value, &said) == 0)
			continue;
		error_set(err, STATUS_IO, _("git config refused %s"),
			setting->key);
		error_at(err, "%s", tracked->folder);
		return error_next(err,
			_("make sure that `git config --local --list` works "
			  "there; `aigenv help git` has all settings"));
	}
	return true;
}

bool git_drivers_install(
	const char *vault_path, bool *wrote_line, struct error *err)
{
	SCOPED(tracked) struct tracked tracked = tracked_of(vault_path);

	*wrote_line = false;
	if (git_drivers_look(vault_path) == GIT_DRIVERS_IMPOSSIBLE) {
		error_set(err, STATUS_INVALID,
			_("the vault is in no work tree of git that git could "
			  "be asked about"));
		error_at(err, "%s", vault_path);
		return error_next(
			err, _("run it in a clone, where `git status` works"));
	}
	if (!has_attributes(&tracked)) {
		if (!add_line(vault_path, &tracked, err))
			return false;
		*wrote_line = true;
	}
	return set_all(&tracked, err);
}
