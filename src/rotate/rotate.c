/* SPDX-License-Identifier: MIT */
#include "rotate/rotate_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/terminal.h"

#include <stdlib.h>

/* Opening */

static struct rotate_member *add_member(struct rotate *rotate)
{
	struct rotate_member *member = memory_new(sizeof(*member));

	rotate->members = memory_grow(
		rotate->members, rotate->count, sizeof(struct rotate_member *));
	rotate->members[rotate->count++] = member;
	*member = (struct rotate_member){ .workspace =
						  WORKSPACE(rotate->options) };
	member->deployment.workspace = &member->workspace;
	return member;
}

bool rotate_open(struct rotate *rotate, struct error *err)
{
	return workspace_open(
		&add_member(rotate)->workspace, SESSION_CHANGE, err);
}

/* Going through the table */

static bool is_under_way(const struct rotate *rotate)
{
	for (size_t i = 0; i < rotate->count; i++)
		if (member_step(rotate->members[i]) != ROTATE_NONE)
			return true;
	return false;
}

/* How to go on, where a step failed that is in the vault. */
static bool advise(const struct rotate *rotate, struct error *err)
{
	return is_under_way(rotate) &&
		error_next(err,
			_("`aigenv rotate %s --resume` goes on from here, "
			  "`aigenv rotate %s --abort` takes it back"),
			rotate->secret, rotate->secret);
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

static bool walk(struct rotate *rotate, struct error *err)
{
	int failed_from = ROTATE_NONE;
	struct error back = { 0 };

	rotate->end = ROTATE_DONE;
	bool ok = take_all(rotate, &failed_from, err);
	if (!ok && failed_from == ROTATION_CONFIRMED) {
		(void)advise(rotate, err);
	} else if (!ok && rotate_take_back(rotate, false, &back)) {
		rotate->end = ROTATE_TAKEN_BACK;
		if (!err->next[0])
			(void)error_next(err,
				_("the old value is live as before: run it "
				  "again when that is mended"));
	} else if (!ok && is_under_way(rotate)) {
		observer_warn(&rotate->options.observer, "%s", err->what);
		*err = back;
		(void)advise(rotate, err);
	}
	terminal_last_words(NULL);
	return ok;
}

bool rotate_begin(struct rotate *rotate, struct error *err)
{
	for (size_t i = 0; i < rotate->count; i++)
		if (!opened_check_no_rotation(
			    member_opened(rotate->members[i]), err))
			return false;
	free(rotate->secret);
	rotate->secret = memory_text(rotate->name);
	return walk(rotate, err);
}

/* What is under way, where it is what was meant. */
static bool find(struct rotate *rotate, struct error *err)
{
	const struct rotate_member *member = rotate->members[0];
	struct rotation rotation;

	if (!opened_find_rotation(member_opened(member), &rotation)) {
		error_set(err, STATUS_INVALID,
			_("no secret is being rotated in profile %s"),
			member->workspace.session.profile);
		return error_next(err,
			_("`aigenv status` says whether what the vault has is "
			  "live"));
	}
	if (rotate->name && !text_equal(rotate->name, rotation.name))
		return opened_check_no_rotation(member_opened(member), err);
	free(rotate->secret);
	rotate->secret = memory_text(rotation.name);
	return true;
}

bool rotate_resume(struct rotate *rotate, struct error *err)
{
	return find(rotate, err) && walk(rotate, err);
}

bool rotate_abort(struct rotate *rotate, struct error *err)
{
	if (!find(rotate, err))
		return false;
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
	free(member);
}

void rotate_release(struct rotate *rotate)
{
	for (size_t i = 0; i < rotate->count; i++)
		free_member(rotate->members[i]);
	free(rotate->members);
	free(rotate->secret);
	rotate_value_release(&rotate->new_value);
	json_decref(rotate->waits_for);
}
