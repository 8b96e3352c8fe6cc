/* SPDX-License-Identifier: MIT */
#include "rotate/rotate_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/clock.h"
#include "session/due.h"

#include <stdlib.h>

/* Opening */

/* `profile` NULL: the one that is chosen. */
static struct rotate_member *add_member(
	struct rotate *rotate, const char *profile)
{
	struct rotate_member *member = memory_new(sizeof(*member));

	MEMORY_PUSH(rotate->members, rotate->count, member);
	*member = (struct rotate_member){
		.profile = profile ? memory_text(profile) : NULL,
		.workspace = WORKSPACE(rotate->options),
		.vouched = json_new_list(),
	};
	if (profile)
		member->workspace.session.options.profile = member->profile;
	member->deployment.workspace = &member->workspace;
	return member;
}

static bool open_member(
	struct rotate *rotate, const char *profile, struct error *err)
{
	struct workspace *workspace = &add_member(rotate, profile)->workspace;

	if (rotate->count > 1)
		session_lend(&rotate->members[0]->workspace.session,
			&workspace->session);
	if (!workspace_open(workspace, SESSION_CHANGE, err))
		return false;
	member_mark(rotate->members[rotate->count - 1]);
	return true;
}

bool rotate_open_same(struct rotate *rotate, struct error *err)
{
	JSON_SCOPED json_t *same =
		rotate_find_same(rotate, rotate->members[0], SLOT_CURRENT);

	JSON_EACH(one, same)
		if (text_equal(json_text(one.value, "name"), rotate->secret) &&
			!open_member(
				rotate, json_text(one.value, "profile"), err))
			return false;
	return true;
}

/* Who goes on with one profile alone is told of it. */
static void name_under_way(const struct rotate *rotate, const char *profile)
{
	observer_warn(&rotate->options.observer,
		_("%s is being rotated in profile %s, too: --all-profiles goes "
		  "on with both"),
		rotate->secret, profile);
}

/* What is being rotated in another profile that can be opened here. Owned;
 * NULL: nothing. */
static char *rotated_in(struct rotate *rotate, const char *profile)
{
	struct session *session = &rotate->members[0]->workspace.session;
	struct opened *opened = NULL;
	struct rotation rotation;
	struct error ignored;

	if (text_equal(profile, session->profile) ||
		!vault_is_shared_with(
			session->vault, profile, &session->identity) ||
		!session_open_profile(session, profile, &opened, &ignored))
		return NULL;
	char *name = opened_find_rotation(opened, &rotation)
		? memory_text(rotation.name)
		: NULL;
	vault_close(opened);
	return name;
}

/* Every other profile in which this secret is being rotated, to be part of it
 * or named. */
static bool find_under_way(struct rotate *rotate, struct error *err)
{
	const struct vault *vault = rotate->members[0]->workspace.session.vault;

	for (size_t i = 0; i < vault_profile_count(vault); i++) {
		const char *profile = vault_profile_name(vault, i);
		OWNED char *name = rotated_in(rotate, profile);
		const bool is_part = name && text_equal(name, rotate->secret);

		if (is_part && !rotate->all_profiles)
			name_under_way(rotate, profile);
		else if (is_part && !open_member(rotate, profile, err))
			return false;
	}
	return true;
}

/* A crash may have ended it in one profile and not in another. */
static bool refuse_none(struct rotate *rotate, struct error *err)
{
	const struct session *session = &rotate->members[0]->workspace.session;
	char *name = NULL;

	error_set(err, STATUS_INVALID,
		_("no secret is being rotated in profile %s"),
		session->profile);
	for (size_t i = 0; !name && i < vault_profile_count(session->vault);
		i++) {
		const char *profile = vault_profile_name(session->vault, i);

		name = rotated_in(rotate, profile);
		if (name && rotate->name && !text_equal(name, rotate->name)) {
			free(name);
			name = NULL;
		}
		if (name)
			error_next(err,
				_("`aigenv rotate %s --resume -p %s` goes on "
				  "in profile %s"),
				name, profile, profile);
	}
	if (!name)
		error_next(err,
			_("`aigenv status` says whether what the vault has is "
			  "live"));
	free(name);
	return false;
}

/* What is under way, where it is what was meant. */
static bool find(struct rotate *rotate, struct error *err)
{
	const struct rotate_member *member = rotate->members[0];
	struct rotation rotation;

	if (!opened_find_rotation(member_opened(member), &rotation))
		return refuse_none(rotate, err);
	if (rotate->name && !text_equal(rotate->name, rotation.name))
		return opened_check_no_rotation(member_opened(member), err);
	rotate->secret = memory_text(rotation.name);
	return true;
}

bool rotate_open(struct rotate *rotate, bool to_go_on, struct error *err)
{
	rotate->goes_on = to_go_on;
	if (!open_member(rotate, NULL, err))
		return false;
	if (to_go_on)
		return find(rotate, err) && find_under_way(rotate, err);
	rotate->secret = memory_text(rotate->name);
	return !rotate->all_profiles || rotate_open_same(rotate, err);
}

/* Whether it may begin */

static bool check_secret(const struct rotate *rotate,
	const struct rotate_member *member, struct error *err)
{
	SCOPED(secret_arena) struct secret_arena arena = { 0 };

	return opened_check_no_rotation(member_opened(member), err) &&
		opened_get_secret(member_opened(member), rotate->secret,
			SLOT_CURRENT, &arena, err);
}

bool rotate_may_begin(struct rotate *rotate, struct error *err)
{
	for (size_t i = 0; i < rotate->count; i++)
		if (!check_secret(rotate, rotate->members[i], err))
			return false;
	return true;
}

static bool is_due(
	const struct rotate_member *member, const char *name, int64_t days)
{
	const struct opened *opened = member_opened(member);
	struct secret_info info = { .name = NULL };
	struct due due;

	while (opened_next_secret(opened, &info)) {
		if (!text_equal(info.name, name))
			continue;
		(void)due_of(
			opened_settings(opened), &info, clock_seconds(), &due);
		return due.age_days >= days ||
			(due.expires && due.days_left <= DUE_WARN_DAYS);
	}
	return false;
}

bool rotate_is_due(const struct rotate *rotate, int64_t days)
{
	for (size_t i = 0; i < rotate->count; i++)
		if (is_due(rotate->members[i], rotate->secret, days))
			return true;
	return false;
}
