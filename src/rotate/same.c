/* SPDX-License-Identifier: MIT */
#include "rotate/rotate_internal.h"

#include "base/json_build.h"
#include "base/text.h"

/* Where else in the vault a value stands. */

static const struct rotate_member *find_member(
	const struct rotate *rotate, const char *profile)
{
	for (size_t i = 0; i < rotate->count; i++)
		if (text_equal(rotate->members[i]->workspace.session.profile,
			    profile))
			return rotate->members[i];
	return NULL;
}

bool rotate_holds_in(const struct opened *opened, const char *name,
	enum secret_slot slot, const struct secret *value)
{
	SCOPED(secret_arena) struct secret_arena arena = { 0 };
	struct error ignored;
	const struct secret *other =
		opened_get_secret(opened, name, slot, &arena, &ignored);

	return other && secret_equal(other, value);
}

/* In the middle of a rotation the value that comes is in use, too, and so is
 * the one that goes, until it was confirmed. */
static bool holds(const struct opened *opened, const char *name,
	const struct secret *value)
{
	struct rotation rotation;
	bool switched = opened_find_rotation(opened, &rotation) &&
		text_equal(rotation.name, name) &&
		rotation.step == ROTATION_SWITCHED;

	return rotate_holds_in(opened, name, SLOT_CURRENT, value) ||
		rotate_holds_in(opened, name, SLOT_PENDING, value) ||
		(switched &&
			rotate_holds_in(opened, name, SLOT_PREVIOUS, value));
}

static void add_same(const struct rotate *rotate, const struct opened *opened,
	bool is_member, const struct secret *value, json_t *list)
{
	struct secret_info info = { .name = NULL };

	while (opened_next_secret(opened, &info)) {
		if (is_member && text_equal(info.name, rotate->secret))
			continue;
		if (holds(opened, info.name, value))
			json_push(list,
				json_build("{profile:%s, name:%s}",
					opened_profile(opened), info.name));
	}
}

/* Profiles that are not shared with this identity cannot be looked into. */
static void look_into(const struct rotate *rotate, struct session *session,
	const char *profile, const struct secret *value, json_t *list)
{
	const struct rotate_member *member = find_member(rotate, profile);
	enum session_mode mode = session->mode;
	struct opened *opened = NULL;
	struct error ignored;

	if (member) {
		add_same(rotate, member_opened(member), true, value, list);
		return;
	}
	if (!vault_is_shared_with(session->vault, profile, &session->identity))
		return;
	session->mode = SESSION_READ;
	if (session_open_profile(session, profile, &opened, &ignored))
		add_same(rotate, opened, false, value, list);
	vault_close(opened);
	session->mode = mode;
}

json_t *rotate_find_same(struct rotate *rotate, struct rotate_member *member,
	enum secret_slot slot)
{
	SCOPED(secret_arena) struct secret_arena arena = { 0 };
	struct session *session = &member->workspace.session;
	json_t *list = json_new_list();
	struct error ignored;
	const struct secret *value = opened_get_secret(
		session->opened, rotate->secret, slot, &arena, &ignored);

	for (size_t i = 0; value && i < vault_profile_count(session->vault);
		i++) {
		look_into(rotate, session,
			vault_profile_name(session->vault, i), value, list);
	}
	return list;
}
