/* SPDX-License-Identifier: MIT */
/* The first steps of a rotation: a new value, asked for and staged. */
#include "rotate/rotate_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "session/secret_check.h"

#include <sodium.h>
#include <stdlib.h>

/* aigenv-<8 of the vault's ID>-<16 digits by chance>-<generation>: no secret.
 * It is this rotation's alone: another process, or another clone of the vault,
 * may be at the same generation, and whose tokens have the name are revoked. */
static char *label_of(const struct rotate_member *member)
{
	const struct session *session = &member->workspace.session;
	unsigned char bytes[8];
	char digits[2 * sizeof(bytes) + 1];

	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2hex(digits, sizeof(digits), bytes, sizeof(bytes));
	return memory_printf("aigenv-%.8s-%s-%lld", vault_id(session->vault),
		digits, (long long)opened_generation(session->opened) + 1);
}

static bool request_in(struct rotate *rotate, struct rotate_member *member,
	struct opened *opened, struct error *err)
{
	return opened_request_rotation(
		opened, rotate->secret, member->label, rotate->old_id, err);
}

static bool stage_in(struct rotate *rotate, struct rotate_member *member,
	struct opened *opened, struct error *err)
{
	const struct rotate_value *made = &rotate->new_value;
	const struct rotation_value value = { &made->value, made->id,
		made->expires };

	return secret_check_value(&member->workspace.session, rotate->secret,
		       &made->value, err) &&
		opened_stage_rotation(opened, rotate->secret, &value, err);
}

static bool identify(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	SCOPED(secret_arena) struct secret_arena arena = { 0 };
	const struct secret *present = opened_get_secret(member_opened(member),
		rotate->secret, SLOT_CURRENT, &arena, err);

	free(rotate->old_id);
	rotate->old_id = NULL;
	return present &&
		rotate->issuer->identify(
			rotate->issuer->context, present, &rotate->old_id, err);
}

/* One for all profiles that are asked for together. How long the value is to
 * hold is remembered under it. */
static void set_labels(struct rotate *rotate, const struct rotate_member *first)
{
	OWNED char *label = label_of(first);

	for (size_t i = 0; i < rotate->count; i++) {
		struct rotate_member *member = rotate->members[i];
		struct opened *opened = member_opened(member);
		if (!member_is_part(first, member))
			continue;
		free(member->label);
		member->label = memory_text(label);
		opened_set_asked_days(opened, label, rotate->days);
		opened_save_state(opened);
	}
}

static enum rotate_outcome request(
	struct rotate *rotate, struct rotate_member *first, struct error *err)
{
	set_labels(rotate, first);
	if (!identify(rotate, first, err) ||
		!rotate_save_all(rotate, first, request_in, err))
		return STEP_FAILED;
	rotate_set_last_words(rotate, first);
	rotate_tell(rotate, first, "requested", _("a token with the name %s"),
		first->label);
	return STEP_DONE;
}

/* Asked for once, for all profiles, before anything is written. */
static bool obtain(struct rotate *rotate, const struct rotate_source *source,
	const char *label, struct error *err)
{
	if (rotate->has_value)
		return true;
	rotate->has_value =
		source->obtain(source->context, label, &rotate->new_value, err);
	return rotate->has_value;
}

static void tell_staged(
	const struct rotate *rotate, const struct rotate_member *member)
{
	const struct rotate_value *made = &rotate->new_value;

	if (made->id && made->expires)
		rotate_tell(rotate, member, "staged",
			_("made with the ID %s, valid until %s; the old value "
			  "stays live"),
			made->id, made->expires);
	else if (made->id)
		rotate_tell(rotate, member, "staged",
			_("made with the ID %s; the old value stays live"),
			made->id);
	else
		rotate_tell(rotate, member, "staged",
			_("the old value stays live"));
}

/* In all profiles that are as far as this one. */
static enum rotate_outcome stage(struct rotate *rotate,
	struct rotate_member *first, const char *label, struct error *err)
{
	OWNED bool *part = memory_array(rotate->count, sizeof(*part));

	for (size_t i = 0; i < rotate->count; i++)
		part[i] = member_is_part(first, rotate->members[i]);
	bool ok = obtain(rotate, member_source(rotate, first), label, err) &&
		rotate_save_all(rotate, first, stage_in, err);
	if (!ok)
		rotate_drop_unkept(rotate);
	if (ok)
		rotate_set_last_words(rotate, first);
	for (size_t i = 0; ok && i < rotate->count; i++)
		if (part[i])
			tell_staged(rotate, rotate->members[i]);
	return ok ? STEP_DONE : STEP_FAILED;
}

enum rotate_outcome step_begin(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	return rotate->by_issuer ? request(rotate, member, err)
				 : stage(rotate, member, NULL, err);
}

/* As it stands: who was at it, too, cannot save any more. */
static bool claim_in(struct rotate *rotate, struct rotate_member *member,
	struct opened *opened, struct error *err)
{
	struct rotation rotation;

	(void)rotate;
	(void)err;
	if (!opened_find_rotation(opened, &rotation))
		return false;
	free(member->label);
	member->label = memory_text(rotation.label);
	opened_request_again(opened, member->label);
	return true;
}

static bool rename_in(struct rotate *rotate, struct rotate_member *member,
	struct opened *opened, struct error *err)
{
	(void)rotate;
	(void)err;
	opened_request_again(opened, member->label);
	return true;
}

static bool discard_old(
	struct rotate *rotate, struct rotate_member *first, struct error *err)
{
	const struct rotate_source *source = member_source(rotate, first);

	for (size_t i = 0; i < rotate->count; i++) {
		const struct rotate_member *member = rotate->members[i];
		if (member_is_part(first, member) &&
			!source->discard(
				source->context, member->label, NULL, err))
			return false;
	}
	return true;
}

/*
 * What a run that was killed may have made is revoked, and a new one asked for
 * under another label: a clone of the vault may be at this very step, too, and
 * revokes what has the old one.
 */
static bool request_again(
	struct rotate *rotate, struct rotate_member *first, struct error *err)
{
	if (!rotate_save_all(rotate, first, claim_in, err) ||
		!discard_old(rotate, first, err))
		return false;
	set_labels(rotate, first);
	return rotate_save_all(rotate, first, rename_in, err);
}

enum rotate_outcome step_receive(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	rotate_set_last_words(rotate, member);
	if (rotate->goes_on && !request_again(rotate, member, err))
		return STEP_FAILED;
	return stage(rotate, member, member->label, err);
}
