/* SPDX-License-Identifier: MIT */
#include "rotate/rotate_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

/* Taking a rotation back. */

static bool give_up(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	(void)rotate;
	(void)err;
	opened_give_up_rotation(member_opened(member));
	return true;
}

bool rotate_has_value(const struct rotate *rotate,
	const struct rotate_member *member, const struct secret *value)
{
	const struct opened *opened = member_opened(member);
	const char *name = rotate->secret;

	return rotate_holds_in(opened, name, SLOT_CURRENT, value) ||
		rotate_holds_in(opened, name, SLOT_PENDING, value) ||
		rotate_holds_in(opened, name, SLOT_PREVIOUS, value);
}

/* A profile of the rotation that is not taken back with this one. */
static bool is_used_by_other(
	const struct rotate *rotate, const struct rotate_member *member)
{
	SCOPED(secret_arena) struct secret_arena arena = { 0 };
	struct error ignored;
	const struct secret *value = opened_get_secret(member_opened(member),
		rotate->secret, SLOT_PENDING, &arena, &ignored);

	for (size_t i = 0; value && i < rotate->count; i++)
		if (!member_is_part(member, rotate->members[i]) &&
			rotate_has_value(rotate, rotate->members[i], value))
			return true;
	return false;
}

/* Another profile has it, which is not taken back: from --all-profiles. */
static bool is_used_elsewhere(
	struct rotate *rotate, struct rotate_member *member)
{
	JSON_SCOPED json_t *same =
		rotate_find_same(rotate, member, SLOT_PENDING);

	return json_array_size(same) > 0 || is_used_by_other(rotate, member);
}

/* Who asked for it has it also where the issuer says no, and is told what may
 * be left there. */
static bool leave(const struct rotate *rotate, const struct rotation *rotation,
	struct error *err)
{
	const struct observer *observer = &rotate->options.observer;

	if (err->status != STATUS_REFUSED)
		return false;
	observer_warn(observer, "%s", err->what);
	if (rotation->new_id)
		observer_warn(observer,
			_("the new token may still be valid: remove the one "
			  "with the ID %s in the dashboard (My Profile or "
			  "Manage Account, API Tokens)"),
			rotation->new_id);
	else
		observer_warn(observer,
			_("a new token may have been made: remove the one with "
			  "the name %s, if it is there, in the dashboard (My "
			  "Profile or Manage Account, API Tokens)"),
			rotation->label);
	return true;
}

static void tell_dropped(
	const struct rotate *rotate, const struct rotate_member *member)
{
	rotate_tell(rotate, member, "taken_back",
		_("the new value is dropped; the old one is the current one, "
		  "as before"));
}

static bool drop_new(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	if (!rotate_save(rotate, member, give_up, err))
		return false;
	tell_dropped(rotate, member);
	return true;
}

/* What an issuer made */

/*
 * Before it is revoked nobody can take it up any more: whoever is at the same
 * rotation cannot save, and who comes later finds it "requested".
 */
static bool withdraw_in(struct rotate *rotate, struct rotate_member *member,
	struct opened *opened, struct error *err)
{
	struct rotation rotation;

	(void)err;
	if (!opened_find_rotation(opened, &rotation))
		return true;
	if (rotation.step != ROTATION_REQUESTED &&
		is_used_elsewhere(rotate, member))
		opened_give_up_rotation(opened);
	else
		opened_request_again(opened, NULL);
	return true;
}

static bool give_up_in(struct rotate *rotate, struct rotate_member *member,
	struct opened *opened, struct error *err)
{
	(void)rotate;
	(void)member;
	(void)err;
	opened_give_up_rotation(opened);
	return true;
}

static bool discard_one(const struct rotate *rotate,
	const struct rotation *rotation, bool asked, struct error *err)
{
	const struct rotate_source *source = rotate->issuer;

	return source->discard(source->context, rotation->label,
		       rotation->new_id, err) ||
		(asked && leave(rotate, rotation, err));
}

/* A profile that was begun by itself has a new value of its own. */
static bool discard_others(const struct rotate *rotate,
	const struct rotate_member *first, const char *label, bool asked,
	struct error *err)
{
	struct rotation other;

	for (size_t i = 0; i < rotate->count; i++) {
		const struct rotate_member *member = rotate->members[i];
		if (member_is_part(first, member) &&
			opened_find_rotation(member_opened(member), &other) &&
			other.label && !text_equal(other.label, label) &&
			!discard_one(rotate, &other, asked, err))
			return false;
	}
	return true;
}

static bool discard(struct rotate *rotate, struct rotate_member *first,
	const struct rotation *rotation, bool asked, struct error *err)
{
	return member_step(first) == ROTATE_NONE ||
		(discard_one(rotate, rotation, asked, err) &&
			discard_others(
				rotate, first, rotation->label, asked, err) &&
			rotate_save_all(rotate, first, give_up_in, err));
}

/* In all profiles that are as far as this one. */
static bool revoke_new(struct rotate *rotate, struct rotate_member *first,
	const struct rotation *found, bool asked, struct error *err)
{
	OWNED char *label = memory_text(found->label);
	OWNED char *id = found->new_id ? memory_text(found->new_id) : NULL;
	const struct rotation rotation = { .label = label, .new_id = id };
	OWNED bool *part = memory_array(rotate->count, sizeof(*part));

	for (size_t i = 0; i < rotate->count; i++)
		part[i] = member_is_part(first, rotate->members[i]);
	bool ok = rotate_save_all(rotate, first, withdraw_in, err) &&
		discard(rotate, first, &rotation, asked, err);
	for (size_t i = 0; ok && i < rotate->count; i++)
		if (part[i])
			tell_dropped(rotate, rotate->members[i]);
	return ok;
}

/* Whether it is in the vault, in any profile of the rotation; also where that
 * cannot be told. */
static bool is_kept(struct rotate *rotate)
{
	for (size_t i = 0; i < rotate->count; i++) {
		struct rotate_member *member = rotate->members[i];
		struct error ignored;
		if (!member_read_again(member, &ignored) ||
			rotate_has_value(
				rotate, member, &rotate->new_value.value))
			return true;
	}
	return false;
}

void rotate_drop_unkept(struct rotate *rotate)
{
	const struct rotate_source *source = rotate->issuer;
	const char *id = rotate->has_value ? rotate->new_value.id : NULL;
	const struct rotation rotation = { .new_id = id };
	struct error err = { 0 };

	if (!id || is_kept(rotate) ||
		source->discard(source->context, NULL, id, &err))
		return;
	err.status = STATUS_REFUSED;
	(void)leave(rotate, &rotation, &err);
}

/* A test call with the old value. Without the network it cannot be proven, and
 * somebody who asked for it may have it all the same. */
static bool prove_old(struct rotate *rotate, struct rotate_member *member,
	bool asked, struct error *err)
{
	int64_t ms = 0;

	if (!member_prepare(rotate, member, SLOT_PREVIOUS, err))
		return false;
	if (member_prove(rotate, member, &ms, err)) {
		if (ms >= 0)
			rotate_tell(rotate, member, "proven_old",
				_("the old value still works (%lld ms)"),
				(long long)ms);
		return true;
	}
	if (asked && err->status == STATUS_UNREACHABLE) {
		observer_warn(&rotate->options.observer,
			_("the old value could not be proven, since no answer "
			  "came"));
		return true;
	}
	OWNED char *what = memory_text(err->what);
	error_set(err, err->status,
		_("it was not taken back, since the old value could not be "
		  "proven either: %s"),
		what);
	return false;
}

static bool switch_back(struct rotate *rotate, struct rotate_member *member,
	bool asked, struct error *err)
{
	if (!prove_old(rotate, member, asked, err) ||
		!rotate_save(rotate, member, give_up, err))
		return false;
	rotate_tell(rotate, member, "switched_back", _("in the vault"));
	if (member_write(rotate, member, err) &&
		member_restart(rotate, member, err)) {
		rotate_tell(rotate, member, "taken_back",
			_("the old value is the current one again"));
		return true;
	}
	return error_next(err,
		_("the vault has the old value again: `aigenv apply --restart` "
		  "brings it to the app"));
}

/* Somebody else may have begun one in the meantime, which is left alone. */
static bool is_ours(const struct rotate *rotate,
	const struct rotate_member *member, const struct rotation *rotation)
{
	SCOPED(secret_arena) struct secret_arena arena = { 0 };
	struct error ignored;

	if (rotate->goes_on)
		return true;
	if (rotation->step == ROTATION_REQUESTED)
		return text_equal_or_null(rotation->label, member->label);
	if (!rotate->has_value)
		return false;
	const struct secret *value =
		opened_get_secret(member_opened(member), rotate->secret,
			rotation->step < ROTATION_SWITCHED ? SLOT_PENDING
							   : SLOT_CURRENT,
			&arena, &ignored);
	return value && secret_equal(value, &rotate->new_value.value);
}

static bool take_back(struct rotate *rotate, struct rotate_member *member,
	bool asked, struct error *err)
{
	struct rotation rotation;

	member->fresh = false;
	if (!rotate->secret ||
		!opened_find_rotation(member_opened(member), &rotation) ||
		!text_equal(rotation.name, rotate->secret) || member->left ||
		!is_ours(rotate, member, &rotation))
		return true;
	if (rotation.step < ROTATION_SWITCHED)
		return rotation.label
			? revoke_new(rotate, member, &rotation, asked, err)
			: drop_new(rotate, member, err);
	if (rotation.step < ROTATION_CONFIRMED || !rotation.old_id)
		return switch_back(rotate, member, asked, err);
	error_set(err, STATUS_INVALID,
		_("it is too late to take it back: the old value of %s may be "
		  "revoked already"),
		rotate->secret);
	return false;
}

/* Goes on with what the file has now, where a save that failed at its very end
 * is, too. What somebody else has made of the rotation meanwhile is not undone
 * by a failure of this run. */
static bool refresh(const struct rotate *rotate, struct rotate_member *member,
	bool asked, struct error *err)
{
	if (!member_read_again(member, err))
		return false;
	member->left = !asked && !member->unsure && !member_is_marked(member) &&
		member_step(member) != ROTATE_NONE;
	/* What was never this run's is nobody's loss. */
	if (member->left && member->mark[0])
		observer_warn(&rotate->options.observer,
			_("another aigenv has gone on with the rotation in "
			  "profile %s, so it is left to that one"),
			member->workspace.session.profile);
	member_mark(member);
	return true;
}

bool rotate_take_back(struct rotate *rotate, bool asked, struct error *err)
{
	bool ok = true;

	for (size_t i = 0; i < rotate->count; i++)
		if (!refresh(rotate, rotate->members[i], asked, err))
			return false;
	for (size_t i = 0; i < rotate->count; i++) {
		struct error first = { 0 };
		if (take_back(rotate, rotate->members[i], asked, &first))
			continue;
		if (ok)
			*err = first;
		ok = false;
		/* Who was not taken back needs what the issuer made. */
		if (rotate->by_issuer)
			break;
	}
	return ok;
}
