/* SPDX-License-Identifier: MIT */
#include "versions/profile_merge.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "session/settings_change.h"
#include "settings/changes.h"
#include "versions/newcomer.h"
#include "versions/settings_merge.h"

#include <stdio.h>
#include <stdlib.h>

void profile_merge_release(struct profile_merge *merge)
{
	for (size_t i = 0; i < VERSIONS; i++)
		vault_close(merge->versions[i]);
	vault_close(merge->result);
	json_decref(merge->changes);
	json_decref(merge->known_to);
	free(merge->name);
	*merge = (struct profile_merge){ .name = NULL };
}

/* Opening */

static bool open_version(struct profile_merge *merge, struct session *session,
	struct vault *const *vaults, enum version version, struct error *err)
{
	struct vault_access access = session_access(session);

	/* What is to be known of the vault is said once, of the result. */
	access.warn = NULL;
	if (!vaults[version] ||
		!vault_has_profile(vaults[version], merge->name))
		return true;
	return vault_open_version(vaults[version], merge->name, &access,
		       &merge->versions[version], err) ||
		error_prefix(err, _("the version that git calls \"%s\""),
			version_name(version));
}

static struct newcomer newcomer_of(const struct profile_merge *merge,
	const struct session *session, enum version side, const char *name)
{
	return (struct newcomer){ session->path, merge->versions[VERSION_BASE],
		merge->versions[side], side, name };
}

/* One whom a side has as a writer still is as good as that side. */
static bool check_base(const struct profile_merge *merge,
	const struct session *session, struct error *err)
{
	const struct opened *base = merge->versions[VERSION_BASE];

	if (!base ||
		opened_has_sealer_of(merge->versions[VERSION_OURS], base) ||
		opened_has_sealer_of(merge->versions[VERSION_THEIRS], base))
		return true;
	const struct newcomer sealer = newcomer_of(
		merge, session, VERSION_BASE, opened_sealed_by(base));
	return newcomer_check_base(&sealer, err);
}

static bool check_sealers(const struct profile_merge *merge,
	const struct session *session, struct error *err)
{
	for (size_t i = VERSION_OURS; i <= VERSION_THEIRS; i++) {
		const struct newcomer sealer = newcomer_of(merge, session,
			(enum version)i, opened_sealed_by(merge->versions[i]));
		if (!newcomer_check_sealer(&sealer, err))
			return false;
	}
	return check_base(merge, session, err);
}

bool profile_merge_open(struct profile_merge *merge, struct session *session,
	struct vault *const *vaults, struct error *err)
{
	struct vault_access access = session_access(session);

	for (size_t i = 0; i < VERSIONS; i++)
		if (!open_version(merge, session, vaults, (enum version)i, err))
			return false;
	return vault_open_version(session->vault, merge->name, &access,
		       &merge->result, err) &&
		check_sealers(merge, session, err);
}

/* The parts of a profile that have a name each */

struct part {
	struct profile_merge *merge;
	const struct session *session;
	const struct decider *decider;
	const char *name;
	enum version side; /* which it is taken from, once that is chosen */
};

static const struct group {
	const char *name;
	/* All that the profile has, as members. New reference. */
	json_t *(*names)(const struct opened *opened);
	bool (*has_same)(const struct opened *a, const struct opened *b,
		const char *name);
	/* What a side has, in words; NULL for nothing. Owned. */
	char *(*describe)(const struct opened *opened, const char *name);
	bool (*take)(const struct part *part, struct error *err);
} secret_group, recipient_group;

static bool choose(
	struct part *part, const struct group *group, struct error *err)
{
	struct opened *const *versions = part->merge->versions;
	const struct opened *base = versions[VERSION_BASE];
	const struct opened *ours = versions[VERSION_OURS];
	const struct opened *theirs = versions[VERSION_THEIRS];
	const struct likeness likeness = { group->has_same(
						   ours, theirs, part->name),
		group->has_same(base, ours, part->name),
		group->has_same(base, theirs, part->name) };
	OWNED char *key = memory_printf("%s.%s", group->name, part->name);
	char *texts[VERSIONS];

	for (size_t i = 0; i < VERSIONS; i++)
		texts[i] = group->describe(versions[i], part->name);
	const struct conflict conflict = { part->merge->name, key,
		texts[VERSION_BASE], texts[VERSION_OURS],
		texts[VERSION_THEIRS] };
	bool ok = decide_side(
		part->decider, &likeness, &conflict, &part->side, err);
	for (size_t i = 0; i < VERSIONS; i++)
		free(texts[i]);
	return ok;
}

/* The names of all three. New reference. */
static json_t *all_names(
	const struct profile_merge *merge, const struct group *group)
{
	json_t *all = json_new_object();

	for (size_t i = 0; i < VERSIONS; i++) {
		if (!merge->versions[i])
			continue;
		JSON_SCOPED json_t *names = group->names(merge->versions[i]);
		json_put_all(all, names);
	}
	return all;
}

/* Each from the side that has what the merge takes. */
static bool merge_group(
	struct part part, const struct group *group, struct error *err)
{
	JSON_SCOPED json_t *names = all_names(part.merge, group);

	JSON_EACH_MEMBER(member, names) {
		part.name = member.name;
		part.side = VERSION_OURS;
		if (!choose(&part, group, err) || !group->take(&part, err))
			return false;
	}
	return true;
}

/* Secrets */

static char *describe_secret(const struct opened *opened, const char *name)
{
	struct secret_info info = { .name = NULL };

	while (opened && opened_next_secret(opened, &info)) {
		if (!text_equal(info.name, name))
			continue;
		return memory_printf(opened_is_rotating(opened, name)
				? _("set %s, being rotated")
				: _("set %s"),
			info.at);
	}
	return NULL;
}

static bool refuse_two_rotations(const struct profile_merge *merge,
	const char *const *names, struct error *err)
{
	error_set(err, STATUS_INVALID,
		_("%s and %s are both being rotated, and profile %s can have "
		  "one rotation at a time"),
		names[0], names[1], merge->name);
	return error_next(err,
		_("give up git's merge (`git merge --abort` or its like), end "
		  "one of the two rotations on its side, and merge again"));
}

static bool check_rotations(
	const struct profile_merge *merge, struct error *err)
{
	struct secret_info info = { .name = NULL };
	const char *names[2] = { NULL };
	size_t count = 0;

	while (count < 2 && opened_next_secret(merge->result, &info))
		if (opened_is_rotating(merge->result, info.name))
			names[count++] = info.name;
	return count < 2 || refuse_two_rotations(merge, names, err);
}

static bool take_secret(const struct part *part, struct error *err)
{
	return opened_take_secret(part->merge->result,
		part->merge->versions[part->side], part->name, err);
}

static const struct group secret_group = { "secrets", opened_secret_names,
	opened_has_same_secret, describe_secret, take_secret };

/* Recipients */

static bool get_recipient(const struct opened *opened, const char *name,
	struct recipient_info *info)
{
	for (size_t i = 0; opened && i < opened_recipient_count(opened); i++) {
		opened_recipient_info(opened, i, info);
		if (text_equal(info->name, name))
			return true;
	}
	return false;
}

static char *describe_recipient(const struct opened *opened, const char *name)
{
	struct recipient_info info;

	if (!get_recipient(opened, name, &info))
		return NULL;
	return info.writer
		? memory_printf(_("writer, fingerprint %s"), info.fingerprint)
		: memory_printf(_("reader, %s"), info.age);
}

/* The side that has another record than the base. */
static enum version side_with_news(const struct part *part)
{
	struct opened *const *versions = part->merge->versions;

	return part->side == VERSION_OURS &&
			opened_has_equal_recipient(versions[VERSION_BASE],
				versions[VERSION_OURS], part->name)
		? VERSION_THEIRS
		: part->side;
}

/* Whether both sides have vouched for him anew, or he comes in by one. */
static bool must_be_vouched_for(
	const struct profile_merge *merge, const char *name)
{
	const struct opened *base = merge->versions[VERSION_BASE];
	const struct opened *ours = merge->versions[VERSION_OURS];
	const struct opened *theirs = merge->versions[VERSION_THEIRS];

	if (!opened_has_same_recipient(base, merge->result, name))
		return true;
	return !opened_has_equal_recipient(base, ours, name) &&
		!opened_has_equal_recipient(base, theirs, name) &&
		!opened_has_equal_recipient(ours, theirs, name);
}

static bool take_recipient(const struct part *part, struct error *err)
{
	struct profile_merge *merge = part->merge;
	const char *name = part->name;
	const enum version side = side_with_news(part);
	struct recipient_info info;
	bool is_there = get_recipient(merge->versions[side], name, &info);
	bool is_new = is_there &&
		!opened_has_same_recipient(merge->versions[VERSION_BASE],
			merge->versions[side], name);
	const struct newcomer newcomer =
		newcomer_of(merge, part->session, side, name);

	/* A reader who was there before is nobody's news. */
	if (is_there && (is_new || info.writer) &&
		!newcomer_check(&newcomer, err))
		return false;
	opened_take_recipient(merge->result, merge->versions[side], name);
	if (is_there && must_be_vouched_for(merge, name))
		opened_vouch(merge->result, name);
	return true;
}

static const struct group recipient_group = { "recipients",
	opened_recipient_names, opened_has_same_recipient, describe_recipient,
	take_recipient };

/* Settings */

static bool merge_settings(struct profile_merge *merge, struct session *session,
	const struct decider *decider, struct error *err)
{
	struct opened *const *versions = merge->versions;
	const struct opened *base = versions[VERSION_BASE];
	const struct settings_versions settings = { merge->name,
		base ? opened_settings(base) : NULL,
		opened_settings(versions[VERSION_OURS]),
		opened_settings(versions[VERSION_THEIRS]) };
	JSON_SCOPED json_t *merged = settings_merge(&settings, decider, err);
	char where[sizeof(err->where)];

	if (!merged)
		return false;
	session_name_profile(session, merge->name);
	session->opened = merge->result;
	bool ok = settings_check(session, merged, err);
	session->opened = NULL;
	if (ok)
		return opened_set_settings(merge->result, merged, err);
	(void)snprintf(where, sizeof(where), "%s", err->where);
	error_at(err, "%s: profiles.%s.settings.%s", session->path, merge->name,
		where);
	return error_next(err,
		_("the two sides do not go together: give up git's merge (`git "
		  "merge --abort` or its like), change one of them, and merge "
		  "again"));
}

/* What has come out */

/* "ours", "theirs" or "both": who has the part as it is now. */
static void add_change(struct profile_merge *merge, json_t *change,
	bool is_ours, bool is_theirs)
{
	json_put_text(change, "from",
		is_ours && is_theirs ? "both"
			: is_theirs  ? version_name(VERSION_THEIRS)
				     : version_name(VERSION_OURS));
	json_push(merge->changes, change);
}

static void list_group(struct profile_merge *merge, const struct group *group)
{
	struct opened *const *versions = merge->versions;
	const struct opened *base = versions[VERSION_BASE];
	JSON_SCOPED json_t *names = all_names(merge, group);

	JSON_EACH_MEMBER(member, names) {
		if (group->has_same(base, merge->result, member.name))
			continue;
		OWNED char *key =
			memory_printf("%s.%s", group->name, member.name);
		OWNED char *before = group->describe(base, member.name);
		OWNED char *after = group->describe(merge->result, member.name);
		add_change(merge, settings_change(key, before, after),
			group->has_same(versions[VERSION_OURS], merge->result,
				member.name),
			group->has_same(versions[VERSION_THEIRS], merge->result,
				member.name));
	}
}

static bool has_change(json_t *changes, const json_t *change)
{
	JSON_EACH(other, changes)
		if (json_equal(change, other.value))
			return true;
	return false;
}

static void list_settings(struct profile_merge *merge)
{
	struct opened *const *versions = merge->versions;
	JSON_SCOPED json_t *none = json_new_object();
	json_t *base = versions[VERSION_BASE]
		? opened_settings(versions[VERSION_BASE])
		: none;
	JSON_SCOPED json_t *changes =
		settings_changes(base, opened_settings(merge->result));
	JSON_SCOPED json_t *ours =
		settings_changes(base, opened_settings(versions[VERSION_OURS]));
	JSON_SCOPED json_t *theirs = settings_changes(
		base, opened_settings(versions[VERSION_THEIRS]));

	JSON_EACH(change, changes)
		add_change(merge, json_new_copy(change.value),
			has_change(ours, change.value),
			has_change(theirs, change.value));
}

/* Values that the side has set, while the other one removed a recipient. */
static void list_known_to(
	struct profile_merge *merge, const struct opened *side)
{
	JSON_SCOPED json_t *recipients = opened_recipient_names(side);
	JSON_SCOPED json_t *secrets = opened_secret_names(side);
	struct recipient_info info;

	JSON_EACH_MEMBER(member, recipients) {
		if (get_recipient(merge->result, member.name, &info))
			continue;
		JSON_EACH_MEMBER(record, secrets) {
			if (opened_has_same_secret(
				    merge->versions[VERSION_BASE], side,
				    record.name) ||
				!opened_has_same_secret(
					side, merge->result, record.name))
				continue;
			json_push(merge->known_to,
				json_build("{recipient:%s, secret:%s}",
					member.name, record.name));
		}
	}
}

static bool finish(struct profile_merge *merge, struct error *err)
{
	const struct opened *const others[] = { merge->versions[VERSION_BASE],
		merge->versions[VERSION_OURS],
		merge->versions[VERSION_THEIRS] };

	return opened_finish_recipients(
		       merge->result, others, ARRAY_SIZE(others), err) &&
		opened_require_writer(merge->result, err);
}

static int64_t last_generation(const struct profile_merge *merge)
{
	int64_t ours = opened_generation(merge->versions[VERSION_OURS]);
	int64_t theirs = opened_generation(merge->versions[VERSION_THEIRS]);

	return ours > theirs ? ours : theirs;
}

bool profile_merge_do(struct profile_merge *merge, struct session *session,
	const struct decider *decider, struct error *err)
{
	const struct part part = { merge, session, decider, NULL,
		VERSION_OURS };

	opened_succeed(merge->result, last_generation(merge));
	if (!merge_group(part, &secret_group, err) ||
		!check_rotations(merge, err) ||
		!merge_group(part, &recipient_group, err) ||
		!merge_settings(merge, session, decider, err) ||
		!finish(merge, err))
		return false;
	merge->changes = json_new_list();
	merge->known_to = json_new_list();
	list_settings(merge);
	list_group(merge, &recipient_group);
	list_group(merge, &secret_group);
	list_known_to(merge, merge->versions[VERSION_OURS]);
	list_known_to(merge, merge->versions[VERSION_THEIRS]);
	return true;
}
