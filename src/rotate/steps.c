/* SPDX-License-Identifier: MIT */
#include "rotate/rotate_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "session/recipients.h"

/* The steps of a rotation, each from where the vault has it. */

#define FIRST_PAUSE_MS 250 /* until a new token is asked for again */

/* Proven, then switched */

static bool advance(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	(void)rotate;
	(void)err;
	opened_advance_rotation(member_opened(member));
	return true;
}

static void tell_proven(const struct rotate *rotate,
	const struct rotate_member *member, const char *step, int64_t ms)
{
	if (ms < 0)
		rotate_tell(rotate, member, step,
			_("no test call: no route uses %s"), rotate->secret);
	else
		rotate_tell(rotate, member, step,
			_("the new value works (%lld ms)"), (long long)ms);
}

static bool refuse_inactive(struct error *err)
{
	return error_tell(err, STATUS_UNREACHABLE,
		_("Cloudflare did not switch the new token on within a "
		  "minute"),
		_("run it again later"));
}

/* Until its issuer knows it, no call is made. */
static bool await_active(const struct rotate *rotate,
	const struct rotate_member *member, const struct secret *value,
	struct error *err)
{
	const struct rotate_source *source = member_source(rotate, member);
	struct rotate_wait wait = rotate_wait_begin(FIRST_PAUSE_MS);

	for (;;) {
		bool active = false;
		if (!source->is_active(source->context, value, &active, err))
			return false;
		if (active)
			return true;
		observer_progress(&rotate->options.observer,
			_("Cloudflare has not switched the new token on yet"));
		switch (rotate_wait(rotate, member, &wait, err)) {
		case STEP_DONE:
			break;
		case STEP_WAITS:
			return refuse_inactive(err);
		case STEP_FAILED:
			return false;
		}
	}
}

static bool await(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	SCOPED(secret_arena) struct secret_arena arena = { 0 };

	if (!member_source(rotate, member)->makes)
		return true;
	const struct secret *value = opened_get_secret(member_opened(member),
		rotate->secret, SLOT_PENDING, &arena, err);
	member->fresh = true;
	return value && await_active(rotate, member, value, err);
}

static enum rotate_outcome prove(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	int64_t ms = 0;

	rotate_set_last_words(rotate, member);
	if (!await(rotate, member, err) ||
		!member_prepare(rotate, member, SLOT_PENDING, err) ||
		!member_prove(rotate, member, &ms, err) ||
		!rotate_save(rotate, member, advance, err))
		return STEP_FAILED;
	tell_proven(rotate, member, "proven", ms);
	return STEP_DONE;
}

static void tell_left(const struct rotate *rotate, const char *id)
{
	observer_warn(&rotate->options.observer,
		_("the value before the old one is dropped, and may still be "
		  "valid at Cloudflare: revoke the token with the ID %s in the "
		  "dashboard (My Profile or Manage Account, API Tokens)"),
		id);
}

/* Another copy of the vault may be ahead of this one, with that value live. */
static void tell_maybe_live(const struct rotate *rotate, const char *id)
{
	observer_warn(&rotate->options.observer,
		_("Cloudflare does not know the old value, so another copy of "
		  "this vault may be ahead: the value before it is dropped "
		  "here and not revoked; where nothing uses it, revoke the "
		  "token with the ID %s in the dashboard (My Profile or Manage "
		  "Account, API Tokens)"),
		id);
}

/*
 * What the switch drops from the vault is revoked before, where its issuer made
 * it: afterwards nobody would know of it. Who cannot do that is told what is
 * left. False: it is not this rotation's to revoke.
 */
static bool revoke_dropped(struct rotate *rotate, struct rotate_member *member,
	const char *id, bool old_is_known)
{
	SCOPED(secret_arena) struct secret_arena arena = { 0 };
	const struct rotate_source *source = member_source(rotate, member);
	JSON_SCOPED json_t *same =
		rotate_find_same(rotate, member, SLOT_PREVIOUS);
	struct error err = { 0 };
	const struct secret *value = opened_get_secret(member_opened(member),
		rotate->secret, SLOT_PREVIOUS, &arena, &err);

	if (json_array_size(same) > 0)
		return false;
	if (source->makes && !old_is_known) {
		tell_maybe_live(rotate, id);
		return false;
	}
	/* Whoever has changed it decides what becomes of that value. */
	if (!member_check_unchanged(rotate, member, &err))
		return false;
	if (value && source->makes &&
		source->revoke(source->context, value, id, &err))
		return true;
	tell_left(rotate, id);
	return false;
}

static enum rotate_outcome switch_values(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	struct rotation rotation;
	bool older = opened_find_rotation(member_opened(member), &rotation) &&
		rotation.has_previous;
	OWNED char *id = older && rotation.previous_id
		? memory_text(rotation.previous_id)
		: NULL;

	rotate_set_last_words(rotate, member);
	bool revoked = id &&
		revoke_dropped(rotate, member, id, rotation.old_id != NULL);
	if (!rotate_save(rotate, member, advance, err))
		return STEP_FAILED;
	rotate_tell(rotate, member, "switched",
		revoked ? _("in the vault; the value before the old one is "
			    "revoked and dropped")
			: older
			? _("in the vault; the value before the old one is "
			    "dropped")
			: _("in the vault"));
	return STEP_DONE;
}

/* Live */

static enum rotate_outcome render(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	rotate_set_last_words(rotate, member);
	if (!member->prepared &&
		!member_prepare(rotate, member, SLOT_CURRENT, err))
		return STEP_FAILED;
	return member_write(rotate, member, err) ? STEP_DONE : STEP_FAILED;
}

static enum rotate_outcome restart(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	return member_restart(rotate, member, err) ? STEP_DONE : STEP_FAILED;
}

static enum rotate_outcome prove_live(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	int64_t ms = 0;

	if (!member->live)
		return STEP_DONE;
	if (!member_prove(rotate, member, &ms, err))
		return STEP_FAILED;
	if (ms >= 0)
		tell_proven(rotate, member, "proven_live", ms);
	return STEP_DONE;
}

static void add_missing(json_t *list, const struct rotate_member *member)
{
	JSON_SCOPED json_t *waited =
		session_waited_for(&member->workspace.session);

	JSON_EACH(name, waited)
		if (!json_lists(member->vouched, json_string_value(name.value)))
			json_push_once(list, json_string_value(name.value));
}

/* Where the app does not run here, somebody else has to say that it is live. */
static bool is_live_somewhere(const struct rotate_member *member)
{
	return member->live || (!member->runs_here && member->has_receipt);
}

/* One value in several profiles is replaced in all of them or in none. */
static bool must_wait(struct rotate *rotate)
{
	bool live = true;

	json_decref(rotate->waits_for);
	rotate->waits_for = json_new_list();
	for (size_t i = 0; i < rotate->count; i++) {
		live = live && is_live_somewhere(rotate->members[i]);
		add_missing(rotate->waits_for, rotate->members[i]);
	}
	return !rotate->confirmed &&
		(!live || json_array_size(rotate->waits_for) > 0);
}

static const char *why_confirmed(
	const struct rotate *rotate, const struct rotate_member *member)
{
	if (rotate->confirmed)
		return _("by your word: it is live wherever the app runs");
	if (json_array_size(member->vouched) > 0)
		return _("nobody is waited for any more");
	return _("nobody else opens the profile, and all that runs here has "
		 "it");
}

static enum rotate_outcome confirm(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	if (must_wait(rotate))
		return STEP_WAITS;
	if (!rotate_save(rotate, member, advance, err))
		return STEP_FAILED;
	rotate_tell(rotate, member, "confirmed", "%s",
		why_confirmed(rotate, member));
	return STEP_DONE;
}

/* The old value */

/* It is not taken from who still uses it. */
static bool stands_elsewhere(
	struct rotate *rotate, struct rotate_member *member)
{
	json_decref(rotate->same);
	rotate->same = rotate_find_same(rotate, member, SLOT_PREVIOUS);
	return json_array_size(rotate->same) > 0;
}

static enum rotate_outcome revoke(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	SCOPED(secret_arena) struct secret_arena arena = { 0 };
	const struct rotate_source *source = member_source(rotate, member);
	struct rotation rotation;

	rotate_set_last_words(rotate, member);
	if (stands_elsewhere(rotate, member) || !source->makes ||
		!opened_find_rotation(member_opened(member), &rotation) ||
		!rotation.old_id)
		return STEP_DONE;
	const struct secret *old = opened_get_secret(member_opened(member),
		rotate->secret, SLOT_PREVIOUS, &arena, err);
	if (!old || !source->revoke(source->context, old, rotation.old_id, err))
		return STEP_FAILED;
	member->revoked = true;
	rotate_tell(rotate, member, "revoked", _("the old value"));
	return STEP_DONE;
}

static bool end(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	(void)rotate;
	(void)err;
	opened_end_rotation(member_opened(member), member->revoked);
	return true;
}

static enum rotate_outcome drop(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	return rotate_save(rotate, member, end, err) ? STEP_DONE : STEP_FAILED;
}

const struct rotate_row rotate_rows[] = {
	{ ROTATE_NONE, step_begin },
	{ ROTATION_REQUESTED, step_receive },
	{ ROTATION_STAGED, prove },
	{ ROTATION_VERIFIED, switch_values },
	{ ROTATION_SWITCHED, render },
	{ ROTATION_SWITCHED, restart },
	{ ROTATION_SWITCHED, prove_live },
	{ ROTATION_SWITCHED, confirm },
	{ ROTATION_CONFIRMED, revoke },
	{ ROTATION_CONFIRMED, drop },
};
const size_t rotate_row_count = ARRAY_SIZE(rotate_rows);
