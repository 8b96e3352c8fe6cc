/* SPDX-License-Identifier: MIT */
/*
 * A rotation in the vault (vault-format, section 10): where it stands, and how
 * it gets from one step to the next. In memory, until vault_save; each step is
 * saved before it is taken, so that the file always names the next action.
 *
 *     requested   a new value was asked for elsewhere, under `label`
 *     staged      the new value is there, as "pending"
 *     verified    a test call went well with it
 *     switched    it is the current value, the old one is "previous"
 *     confirmed   it is live, and the old one is needed no more
 *
 * A profile has one rotation at a time.
 */
#ifndef VAULT_ROTATION_H
#define VAULT_ROTATION_H

#include "vault/vault.h"

enum rotation_step {
	ROTATION_REQUESTED,
	ROTATION_STAGED,
	ROTATION_VERIFIED,
	ROTATION_SWITCHED,
	ROTATION_CONFIRMED,
};

/* "requested", "staged", ... as the vault has them. */
const char *rotation_step_word(enum rotation_step step);

/* Texts are borrowed until the profile is changed; NULL where there is none. */
struct rotation {
	const char *name; /* of the secret */
	enum rotation_step step;
	const char *since;  /* when it came to that step */
	int64_t generation; /* in which its new value was encrypted; 0 where it
			       is not there yet */
	const char *label;  /* under which the new value was asked for */
	const char *old_id; /* of the old and the new token at Cloudflare */
	const char *new_id;
	bool has_previous; /* the secret has a value before the present one */
	const char *previous_id; /* of that one at Cloudflare */
};

/* The one that is under way; false where there is none. */
bool opened_find_rotation(
	const struct opened *opened, struct rotation *rotation);

/*
 * STATUS_INVALID, with the two ways on, where one is under way, whatever it is
 * that is being rotated.
 */
bool opened_check_no_rotation(const struct opened *opened, struct error *err)
	MUST_CHECK;

/*
 * Begins one: the new value will be asked for elsewhere, under `label`.
 * `old_id` may be NULL.
 */
bool opened_request_rotation(struct opened *opened, const char *name,
	const char *label, const char *old_id, struct error *err) MUST_CHECK;

/* To "requested", where it was that or staged or verified: under that label, or
 * under the one that it has (NULL). Whoever else was at it, too, cannot save
 * any more, and nobody takes a new value up that was there. */
void opened_request_again(struct opened *opened, const char *label);

/* What is known of a new value beside its bytes; NULL for what is not. */
struct rotation_value {
	const struct secret *value;
	const char *id;      /* of the token at Cloudflare */
	const char *expires; /* as 2026-11-10T09:30:00Z */
};

/*
 * The new value is there: begins a rotation, or goes on with one that was
 * requested. Everything is copied. STATUS_INVALID where it is the current
 * value.
 */
bool opened_stage_rotation(struct opened *opened, const char *name,
	const struct rotation_value *value, struct error *err) MUST_CHECK;

/*
 * From staged to verified, to switched (the values move; an older previous one
 * is dropped), to confirmed.
 */
void opened_advance_rotation(struct opened *opened);

/* After confirmed, with the value before dropped or kept for a rollback. */
void opened_end_rotation(struct opened *opened, bool drop_previous);

/* Takes it back: the old value is the current one again. From switched on the
 * new one stays as the previous. */
void opened_give_up_rotation(struct opened *opened);

#endif
