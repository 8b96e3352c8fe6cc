/* SPDX-License-Identifier: MIT */
#include "versions/merge.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "os/file.h"

#include <stdlib.h>

void merge_release(struct merge *merge)
{
	for (size_t i = 0; i < merge->count; i++)
		profile_merge_release(&merge->profiles[i]);
	free(merge->profiles);
	for (size_t i = 0; i < VERSIONS; i++)
		vault_free(merge->vaults[i]);
	sources_release(&merge->sources);
	session_release(&merge->session);
	*merge = MERGE(merge->session.options);
}

/* Reading */

/* Whether somebody could use the profile as it is. */
static bool is_whole_profile(
	struct session *session, struct vault *vault, const char *name)
{
	struct opened *opened = NULL;
	struct error ignored;

	if (!vault_check_profile(vault, name, &ignored))
		return false;
	if (!session_identify(session, &ignored) ||
		!vault_is_shared_with(vault, name, &session->identity))
		return true;
	struct vault_access access = session_access(session);
	access.warn = NULL;
	bool whole =
		vault_open_version(vault, name, &access, &opened, &ignored);
	vault_close(opened);
	return whole;
}

/* The file as it is now: git may have merged it, or somebody by hand. */
static bool is_whole(struct session *session)
{
	SCOPED(buf) struct buf text = BUF(VAULT_LIMIT);
	struct vault *vault = NULL;
	struct error ignored;
	bool whole = file_read(session->path, &text, NULL, &ignored) &&
		vault_parse(session->path, buf_cstring(&text), text.size,
			&vault, &ignored);

	for (size_t i = 0; whole && i < vault_profile_count(vault); i++)
		whole = is_whole_profile(
			session, vault, vault_profile_name(vault, i));
	vault_free(vault);
	return whole;
}

static bool refuse_without_versions(
	const struct session *session, struct error *err)
{
	OWNED char *word = shell_quoted_short(session->path);

	error_set(err, STATUS_INVALID,
		_("the vault cannot be used as it is, and git does not have "
		  "two versions of it to merge"));
	error_at(err, "%s", session->path);
	error_next(err,
		_("`git checkout -m -- %s` brings back a conflict that was "
		  "resolved; --base, --ours and --theirs name three files; "
		  "`aigenv seal` accepts settings edited by hand"),
		word ? word : VAULT_FILE);
	return false;
}

static bool read_sources(struct merge *merge, bool *found, struct error *err)
{
	struct session *session = &merge->session;

	sources_init(&merge->sources);
	if (merge->request.files[VERSION_OURS]) {
		*found = true;
		return sources_read_files(
			&merge->sources, merge->request.files, err);
	}
	if (!sources_read_index(&merge->sources, session->path, found, err))
		return false;
	if (*found || is_whole(session))
		return true;
	*found = sources_read_commits(&merge->sources, session->path);
	return *found || refuse_without_versions(session, err);
}

static bool parse_version(
	struct merge *merge, enum version version, struct error *err)
{
	const struct buf *text = &merge->sources.texts[version];

	if (version == VERSION_BASE && !merge->sources.has_base)
		return true;
	return vault_parse(merge->session.path, buf_cstring(text), text->size,
		       &merge->vaults[version], err) ||
		error_prefix(err, _("the version that git calls \"%s\""),
			version_name(version));
}

static bool check_same_vault(const struct merge *merge, struct error *err)
{
	const char *ours = vault_id(merge->vaults[VERSION_OURS]);

	for (size_t i = 0; i < VERSIONS; i++) {
		if (!merge->vaults[i] ||
			text_equal(ours, vault_id(merge->vaults[i])))
			continue;
		error_set(err, STATUS_LOCKED_OUT,
			_("the versions are different vaults: \"%s\" is vault "
			  "%.8s, \"ours\" is vault %.8s"),
			version_name((enum version)i),
			vault_id(merge->vaults[i]), ours);
		error_at(err, "%s", merge->session.path);
		return error_next(err,
			_("take one of them whole: `git checkout --ours` or "
			  "`git checkout --theirs`"));
	}
	return true;
}

static bool begin_result(struct merge *merge, struct error *err)
{
	const struct buf *ours = &merge->sources.texts[VERSION_OURS];
	struct session *session = &merge->session;

	return vault_parse(session->path, buf_cstring(ours), ours->size,
		       &session->vault, err) &&
		(merge->request.out ||
			vault_stand_for_file(session->vault, err));
}

bool merge_open(struct merge *merge, const struct merge_request *request,
	bool *found, struct error *err)
{
	merge->request = *request;
	if (!session_find(&merge->session, SESSION_CHANGE, err) ||
		!read_sources(merge, found, err))
		return false;
	if (!*found)
		return true;
	for (size_t i = 0; i < VERSIONS; i++)
		if (!parse_version(merge, (enum version)i, err))
			return false;
	return check_same_vault(merge, err) && begin_result(merge, err);
}

/* Profiles */

static bool has_same(const struct merge *merge, enum version a, enum version b,
	const char *name)
{
	const struct vault *one = merge->vaults[a];
	const struct vault *other = merge->vaults[b];

	if (!one || !other)
		return !vault_has_profile(one ? one : other, name);
	return vault_has_same_profile(one, other, name);
}

static bool has_profile(
	const struct merge *merge, enum version version, const char *name)
{
	return merge->vaults[version] &&
		vault_has_profile(merge->vaults[version], name);
}

/* One that is not on both sides, or is changed on one alone. */
static bool take_whole(struct merge *merge, const char *name,
	const struct decider *decider, struct error *err)
{
	const struct likeness likeness = { has_same(merge, VERSION_OURS,
						   VERSION_THEIRS, name),
		has_same(merge, VERSION_BASE, VERSION_OURS, name),
		has_same(merge, VERSION_BASE, VERSION_THEIRS, name) };
	const char *texts[VERSIONS];
	enum version side = VERSION_OURS;

	for (size_t i = 0; i < VERSIONS; i++)
		texts[i] = has_profile(merge, (enum version)i, name)
			? _("changed")
			: _("removed");
	const struct conflict conflict = { name, "profile", _("there"),
		texts[VERSION_OURS], texts[VERSION_THEIRS] };
	return decide_side(decider, &likeness, &conflict, &side, err) &&
		(side == VERSION_OURS ||
			vault_take_profile(merge->session.vault,
				merge->vaults[side], name, err));
}

static bool is_merged(const struct merge *merge, const char *name)
{
	return has_profile(merge, VERSION_OURS, name) &&
		has_profile(merge, VERSION_THEIRS, name) &&
		!has_same(merge, VERSION_OURS, VERSION_THEIRS, name) &&
		!has_same(merge, VERSION_BASE, VERSION_OURS, name) &&
		!has_same(merge, VERSION_BASE, VERSION_THEIRS, name);
}

/* All names of the three. New reference. */
static json_t *profile_names(const struct merge *merge)
{
	json_t *names = json_new_object();

	for (size_t i = 0; i < VERSIONS; i++) {
		const struct vault *vault = merge->vaults[i];
		for (size_t j = 0; vault && j < vault_profile_count(vault); j++)
			json_put(names, vault_profile_name(vault, j),
				json_true());
	}
	return names;
}

bool merge_do(
	struct merge *merge, const struct decider *decider, struct error *err)
{
	JSON_SCOPED json_t *all = profile_names(merge);
	OWNED const char **names = json_sorted_names(all);
	bool ok = true;

	for (size_t i = 0; ok && i < json_object_size(all); i++) {
		if (is_merged(merge, names[i]))
			MEMORY_PUSH(merge->profiles, merge->count,
				(struct profile_merge){
					.name = memory_text(names[i]) });
		else
			ok = take_whole(merge, names[i], decider, err);
	}
	if (ok && merge->count > 0)
		ok = session_identify(&merge->session, err);
	for (size_t i = 0; ok && i < merge->count; i++) {
		struct profile_merge *profile = &merge->profiles[i];
		ok = profile_merge_open(
			     profile, &merge->session, merge->vaults, err) &&
			profile_merge_do(
				profile, &merge->session, decider, err);
	}
	return ok;
}

bool merge_save(struct merge *merge, struct error *err)
{
	struct session *session = &merge->session;

	if (merge->request.out)
		return vault_write(session->vault, merge->request.out, err);
	/* Not session_begin_change: what it would read has git's markers. */
	return vault_lock(session->path, session->options.patience_ms,
		       &session->lock, err) &&
		session_save(session, err);
}
