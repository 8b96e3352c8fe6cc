/* SPDX-License-Identifier: MIT */
#include "rotate/rotate_internal.h"

#include "base/i18n.h"
#include "base/text.h"
#include "os/clock.h"

/* Waiting until what was just made is known, as long as it is still wanted. */

/* Until every gateway, and the API itself, knows a new token. */
#define WAIT_MS 60000
#define LONGEST_PAUSE_MS 4000

struct rotate_wait rotate_wait_begin(int64_t pause_ms)
{
	return (struct rotate_wait){ clock_monotonic_ms() + WAIT_MS, pause_ms };
}

/* Who changed it is done, or goes on with it. */
static bool refuse_changed(const struct rotate *rotate,
	const struct opened *opened, struct error *err)
{
	struct rotation rotation;

	if (opened_find_rotation(opened, &rotation) &&
		text_equal(rotation.name, rotate->secret))
		error_set(err, STATUS_BUSY,
			_("another aigenv has changed profile %s in the "
			  "meantime, so this one does not go on with the "
			  "rotation of %s"),
			opened_profile(opened), rotate->secret);
	else
		error_set(err, STATUS_BUSY,
			_("%s is no longer being rotated in profile %s: "
			  "another aigenv has taken it back or ended it"),
			rotate->secret, opened_profile(opened));
	return error_next(err, _("`aigenv status` says how things stand"));
}

/* What cannot be read now is told by the next save. */
bool member_check_unchanged(const struct rotate *rotate,
	const struct rotate_member *member, struct error *err)
{
	const struct session *mine = &member->workspace.session;
	struct error ignored;

	if (vault_is_current(mine->vault))
		return true;
	SCOPED(session) struct session now = SESSION(mine->options);
	now.options.profile = mine->profile;
	now.options.observer = (struct observer){ .context = NULL };
	session_lend(mine, &now);
	return !session_open(&now, SESSION_READ, &ignored) ||
		text_equal(
			opened_core(now.opened), opened_core(mine->opened)) ||
		refuse_changed(rotate, now.opened, err);
}

enum rotate_outcome rotate_wait(const struct rotate *rotate,
	const struct rotate_member *member, struct rotate_wait *wait,
	struct error *err)
{
	int64_t left = wait->ends_ms - clock_monotonic_ms();
	int64_t pause = wait->pause_ms < left ? wait->pause_ms : left;

	if (left <= 0)
		return STEP_WAITS;
	clock_sleep_ms(pause);
	wait->pause_ms *= 2;
	if (wait->pause_ms > LONGEST_PAUSE_MS)
		wait->pause_ms = LONGEST_PAUSE_MS;
	return member_check_unchanged(rotate, member, err) ? STEP_DONE
							   : STEP_FAILED;
}
