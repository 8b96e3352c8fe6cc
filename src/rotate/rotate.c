/* SPDX-License-Identifier: MIT */
#include "rotate/rotate_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "os/terminal.h"

#include <stdlib.h>

/* Going through the table */

static bool is_under_way(const struct rotate *rotate)
{
	for (size_t i = 0; i < rotate->count; i++)
		if (member_step(rotate->members[i]) != ROTATE_NONE)
			return true;
	return false;
}

/* The id of an old value that is to be revoked, or NULL: there is no way back
 * from there. */
static const char *id_to_revoke(const struct rotate *rotate)
{
	struct rotation rotation;

	for (size_t i = 0; i < rotate->count; i++)
		if (member_step(rotate->members[i]) == ROTATION_CONFIRMED &&
			opened_find_rotation(
				member_opened(rotate->members[i]), &rotation))
			return rotation.old_id;
	return NULL;
}

/* How to go on, where a step failed that is in the vault. */
static bool advise(const struct rotate *rotate, struct error *err)
{
	/* What this run was not given would be missing again, and who else is
	 * at it decides what is to be done. */
	if ((err->status == STATUS_USAGE || err->status == STATUS_BUSY) &&
		err->next[0])
		return false;
	OWNED char *also = rotate_also(rotate);
	const char *id = id_to_revoke(rotate);

	if (id)
		error_next(err,
			_("`aigenv rotate %s --resume%s` tries again; it also "
			  "ends the rotation once you have removed the old "
			  "token, whose ID is %s, in the dashboard (My Profile "
			  "or Manage Account, API Tokens)"),
			rotate->secret, also, id);
	else if (is_under_way(rotate))
		error_next(err,
			_("`aigenv rotate %s --resume%s` goes on from here, "
			  "`aigenv rotate %s --abort%s` takes it back"),
			rotate->secret, also, rotate->secret, also);
	return false;
}

static bool take(struct rotate *rotate, const struct rotate_row *row,
	struct rotate_member *member, struct error *err)
{
	switch (row->take(rotate, member, err)) {
	case STEP_DONE:
		return true;
	case STEP_WAITS:
		rotate->end = ROTATE_WAITS;
		return true;
	case STEP_FAILED:
		break;
	}
	return false;
}

/* All profiles take a step before one takes the next. */
static bool take_all(struct rotate *rotate, int *failed_from, struct error *err)
{
	for (size_t i = 0; i < rotate_row_count; i++) {
		const struct rotate_row *row = &rotate_rows[i];
		for (size_t j = 0; j < rotate->count; j++) {
			struct rotate_member *member = rotate->members[j];
			if (member_step(member) != row->from)
				continue;
			*failed_from = row->from;
			if (!take(rotate, row, member, err))
				return false;
		}
	}
	return true;
}

static bool is_left(const struct rotate *rotate)
{
	for (size_t i = 0; i < rotate->count; i++)
		if (rotate->members[i]->left)
			return true;
	return false;
}

/* Nothing of it is under way any more, as far as it was this run's. */
static void conclude(struct rotate *rotate, struct error *err)
{
	if (is_left(rotate)) {
		(void)error_advise(
			err, _("`aigenv status` says how things stand"));
		return;
	}
	rotate->end = ROTATE_TAKEN_BACK;
	(void)error_advise(err, "%s",
		err->status == STATUS_INTERRUPTED
			? _("the old value is the current one, as before")
			: _("the old value is still the current one; correct "
			    "what failed, then run it again"));
}

static bool walk(struct rotate *rotate, struct error *err)
{
	int failed_from = ROTATE_NONE;
	struct error back = { 0 };

	rotate->end = ROTATE_DONE;
	bool ok = take_all(rotate, &failed_from, err);
	/* Who went on with the same rotation at the same time goes on with it.
	 */
	bool stays = failed_from == ROTATION_CONFIRMED ||
		(rotate->goes_on && err->status == STATUS_BUSY);
	if (!ok && stays) {
		(void)advise(rotate, err);
	} else if (!ok && rotate_take_back(rotate, false, &back)) {
		conclude(rotate, err);
	} else if (!ok && is_under_way(rotate)) {
		observer_warn(&rotate->options.observer, "%s", err->what);
		*err = back;
		(void)advise(rotate, err);
	}
	terminal_last_words(NULL);
	return ok;
}

bool rotate_can_take_a_value(struct rotate *rotate, struct error *err)
{
	for (size_t i = 0; i < rotate->count; i++)
		if (!member_can_take_a_value(rotate, rotate->members[i], err))
			return false;
	return true;
}

bool rotate_begin(struct rotate *rotate, struct error *err)
{
	return rotate_may_begin(rotate, err) &&
		rotate_can_take_a_value(rotate, err) && walk(rotate, err);
}

bool rotate_resume(struct rotate *rotate, struct error *err)
{
	return receipts_take(rotate, err) && walk(rotate, err);
}

bool rotate_abort(struct rotate *rotate, struct error *err)
{
	rotate_set_last_words(rotate, rotate->members[0]);
	bool ok = rotate_take_back(rotate, true, err);
	terminal_last_words(NULL);
	if (!ok)
		return advise(rotate, err);
	rotate->end = ROTATE_TAKEN_BACK;
	return true;
}

/* The end */

void rotate_value_release(struct rotate_value *value)
{
	secret_release(&value->value);
	free(value->id);
	free(value->expires);
	*value = (struct rotate_value){ 0 };
}

static void free_member(struct rotate_member *member)
{
	deployment_release(&member->deployment);
	workspace_release(&member->workspace);
	free(member->command);
	free(member->label);
	free(member->mark);
	free(member->profile);
	json_decref(member->vouched);
	free(member);
}

void rotate_release(struct rotate *rotate)
{
	/* The first one lends the others its identity. */
	for (size_t i = rotate->count; i > 0; i--)
		free_member(rotate->members[i - 1]);
	free(rotate->members);
	free(rotate->repeated);
	free(rotate->secret);
	free(rotate->old_id);
	rotate_value_release(&rotate->new_value);
	json_decref(rotate->waits_for);
	json_decref(rotate->same);
}
