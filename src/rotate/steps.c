/* SPDX-License-Identifier: MIT */
#include "rotate/rotate_internal.h"

#include "base/i18n.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"
#include "session/recipients.h"
#include "session/secret_check.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* The steps of a rotation, each from where the vault has it. */

/* The new value */

/* aigenv-<8 of the vault's id>-<16 of profile/NAME>-<generation>: no secret. */
static char *label_of(
	const struct rotate *rotate, const struct rotate_member *member)
{
	const struct session *session = &member->workspace.session;
	unsigned char hash[crypto_hash_sha256_BYTES];
	char digits[2 * sizeof(hash) + 1];
	char *name = memory_printf("%s/%s", session->profile, rotate->secret);

	crypto_hash_sha256(hash, (const unsigned char *)name, strlen(name));
	sodium_bin2hex(digits, sizeof(digits), hash, sizeof(hash));
	free(name);
	return memory_printf("aigenv-%.8s-%.16s-%lld", vault_id(session->vault),
		digits, (long long)opened_generation(session->opened) + 1);
}

struct requested {
	char *label, *old_id; /* owned */
};

static bool save_request(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	SCOPED(secret_arena) struct secret_arena arena = { 0 };
	char *label = label_of(rotate, member);
	char *old_id = NULL;
	const struct secret *present = opened_get_secret(member_opened(member),
		rotate->secret, SLOT_CURRENT, &arena, err);
	bool ok = present &&
		rotate->source->identify(
			rotate->source->context, present, &old_id, err);

	if (ok) {
		struct session *session = &member->workspace.session;
		ok = session_begin_change(session, err) &&
			opened_request_rotation(member_opened(member),
				rotate->secret, label, old_id, err) &&
			session_save(session, err);
		lock_release(&session->lock);
	}
	free(label);
	free(old_id);
	return ok;
}

static bool stage_in(const struct rotate *rotate,
	const struct rotate_member *member, struct opened *opened,
	struct error *err)
{
	const struct rotate_value *made = &rotate->new_value;
	const struct rotation_value value = { &made->value, made->id,
		made->expires };

	return secret_check_value(&member->workspace.session, rotate->secret,
		       &made->value, err) &&
		opened_stage_rotation(opened, rotate->secret, &value, err);
}

static bool stage(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	return stage_in(rotate, member, member_opened(member), err);
}

/* Whether the others could be staged, as profiles of the first one's vault.
 * `joined` has one for each member. */
static bool stage_others(
	struct rotate *rotate, struct opened **joined, struct error *err)
{
	for (size_t i = 1; i < rotate->count; i++) {
		const struct rotate_member *member = rotate->members[i];
		if (!session_join(&rotate->members[0]->workspace.session,
			    &member->workspace.session, &joined[i], err) ||
			!stage_in(rotate, member, joined[i], err))
			return false;
	}
	return true;
}

/* In one save: a run that is killed has staged it in all profiles or in none.
 * The first one's own comes last, since what is changed in it stays. */
static bool stage_all(struct rotate *rotate, struct error *err)
{
	struct rotate_member *first = rotate->members[0];
	struct session *session = &first->workspace.session;
	struct opened **joined =
		memory_array(rotate->count, sizeof(struct opened *));
	bool ok = session_begin_change(session, err) &&
		stage_others(rotate, joined, err) &&
		stage(rotate, first, err) && session_save(session, err);

	lock_release(&session->lock);
	for (size_t i = 1; i < rotate->count; i++) {
		vault_close(joined[i]);
		ok = ok && member_read_again(rotate->members[i], err);
	}
	free(joined);
	return ok;
}

/* Asked for once, for all profiles, before anything is written. */
static bool obtain(struct rotate *rotate, const char *label, struct error *err)
{
	const struct rotate_source *source = rotate->source;

	if (rotate->has_value)
		return true;
	rotate->has_value =
		source->obtain(source->context, label, &rotate->new_value, err);
	return rotate->has_value;
}

static void tell_staged(
	const struct rotate *rotate, const struct rotate_member *member)
{
	rotate_tell(rotate, member, "staged", _("the old value stays live"));
}

static enum rotate_outcome take_value(struct rotate *rotate,
	struct rotate_member *member, const char *label, struct error *err)
{
	if (!obtain(rotate, label, err) ||
		!rotate_save(rotate, member, stage, err))
		return STEP_FAILED;
	rotate_set_last_words(rotate, member);
	tell_staged(rotate, member);
	return STEP_DONE;
}

static enum rotate_outcome begin(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	if (rotate->source->makes)
		return save_request(rotate, member, err) ? STEP_DONE
							 : STEP_FAILED;
	if (!obtain(rotate, NULL, err) || !stage_all(rotate, err))
		return STEP_FAILED;
	rotate_set_last_words(rotate, member);
	for (size_t i = 0; i < rotate->count; i++)
		tell_staged(rotate, rotate->members[i]);
	return STEP_DONE;
}

static enum rotate_outcome receive(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	struct rotation rotation;

	if (!opened_find_rotation(member_opened(member), &rotation))
		return STEP_FAILED;
	char *label = memory_text(rotation.label ? rotation.label : "");
	enum rotate_outcome outcome = take_value(rotate, member, label, err);
	free(label);
	return outcome;
}

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

static enum rotate_outcome prove(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	int64_t ms = 0;

	rotate_set_last_words(rotate, member);
	if (!member_prepare(rotate, member, SLOT_PENDING, err) ||
		!member_prove(rotate, member, &ms, err) ||
		!rotate_save(rotate, member, advance, err))
		return STEP_FAILED;
	tell_proven(rotate, member, "proven", ms);
	return STEP_DONE;
}

static enum rotate_outcome switch_values(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	struct rotation rotation;
	bool older = opened_find_rotation(member_opened(member), &rotation) &&
		rotation.has_previous;

	rotate_set_last_words(rotate, member);
	if (!rotate_save(rotate, member, advance, err))
		return STEP_FAILED;
	rotate_tell(rotate, member, "switched",
		older ? _("in the vault; the value before the old one is "
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

static void add_once(json_t *list, json_t *name)
{
	size_t index;
	json_t *one;

	json_array_foreach(list, index, one) {
		if (json_equal(one, name))
			return;
	}
	json_push_shared(list, name);
}

/* One value in several profiles is replaced in all of them or in none. */
static bool must_wait(struct rotate *rotate)
{
	bool live = true;

	json_decref(rotate->waits_for);
	rotate->waits_for = json_new_list();
	for (size_t i = 0; i < rotate->count; i++) {
		const struct rotate_member *member = rotate->members[i];
		JSON_SCOPED json_t *others =
			session_waited_for(&member->workspace.session);
		size_t index;
		json_t *name;

		live = live && member->live;
		json_array_foreach(others, index, name) {
			add_once(rotate->waits_for, name);
		}
	}
	return !rotate->confirmed &&
		(!live || json_array_size(rotate->waits_for) > 0);
}

static enum rotate_outcome confirm(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	if (must_wait(rotate))
		return STEP_WAITS;
	if (!rotate_save(rotate, member, advance, err))
		return STEP_FAILED;
	rotate_tell(rotate, member, "confirmed",
		rotate->confirmed
			? _("by your word: it is live wherever the app runs")
			: _("nobody else opens the profile, and all that runs "
			    "here has it"));
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
	const struct rotate_source *source = rotate->source;
	struct rotation rotation;

	rotate_set_last_words(rotate, member);
	if (stands_elsewhere(rotate, member) || !source->makes ||
		!opened_find_rotation(member_opened(member), &rotation) ||
		!rotation.old_id)
		return STEP_DONE;
	if (!source->revoke(source->context, rotation.old_id, err))
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
	{ ROTATE_NONE, begin },
	{ ROTATION_REQUESTED, receive },
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
