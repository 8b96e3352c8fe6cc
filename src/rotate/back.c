/* SPDX-License-Identifier: MIT */
#include "rotate/rotate_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>

/* Taking a rotation back. */

static bool give_up(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	(void)rotate;
	(void)err;
	opened_give_up_rotation(member_opened(member));
	return true;
}

/* Another profile, which is not part of this, has it: from --all-profiles. */
static bool is_used_elsewhere(
	struct rotate *rotate, struct rotate_member *member)
{
	JSON_SCOPED json_t *same =
		rotate_find_same(rotate, member, SLOT_PENDING);

	return json_array_size(same) > 0;
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
			  "with the id %s in the dashboard (My Profile or "
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

/* What an issuer made for it is not to be left there. */
static bool discard(struct rotate *rotate, struct rotate_member *member,
	const struct rotation *rotation, bool asked, struct error *err)
{
	const struct rotate_source *source = member_source(rotate, member);

	if (!source->makes || is_used_elsewhere(rotate, member))
		return true;
	return source->discard(source->context, rotation->label,
		       rotation->new_id, err) ||
		(asked && leave(rotate, rotation, err));
}

static bool drop_new(struct rotate *rotate, struct rotate_member *member,
	const struct rotation *rotation, bool asked, struct error *err)
{
	if (!discard(rotate, member, rotation, asked, err) ||
		!rotate_save(rotate, member, give_up, err))
		return false;
	rotate_tell(rotate, member, "taken_back",
		_("the new value is dropped; the old one is the current one, "
		  "as before"));
	return true;
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
	char *what = memory_text(err->what);
	error_set(err, err->status,
		_("it was not taken back, since the old value could not be "
		  "proven either: %s"),
		what);
	free(what);
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
	/* A save that failed at its very end is in the file. */
	if (!member_read_again(member, err))
		return false;
	if (!rotate->secret ||
		!opened_find_rotation(member_opened(member), &rotation) ||
		!text_equal(rotation.name, rotate->secret) ||
		!is_ours(rotate, member, &rotation))
		return true;
	if (rotation.step < ROTATION_SWITCHED)
		return drop_new(rotate, member, &rotation, asked, err);
	if (rotation.step < ROTATION_CONFIRMED || !rotation.old_id)
		return switch_back(rotate, member, asked, err);
	error_set(err, STATUS_INVALID,
		_("it is too late to take it back: the old value of %s may be "
		  "revoked already"),
		rotate->secret);
	return false;
}

bool rotate_take_back(struct rotate *rotate, bool asked, struct error *err)
{
	bool ok = true;

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
