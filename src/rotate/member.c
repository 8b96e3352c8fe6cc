/* SPDX-License-Identifier: MIT */
#include "rotate/rotate_internal.h"

#include "base/i18n.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/terminal.h"

#include <stdarg.h>
#include <stdlib.h>

/* One profile of a rotation, as all steps use it. */

/* For another's lock, which is held for one save. */
#define PATIENCE_MS 10000

struct opened *member_opened(const struct rotate_member *member)
{
	return member->workspace.session.opened;
}

int member_step(const struct rotate_member *member)
{
	struct rotation rotation;

	return opened_find_rotation(member_opened(member), &rotation)
		? (int)rotation.step
		: ROTATE_NONE;
}

const struct rotate_source *member_source(
	const struct rotate *rotate, const struct rotate_member *member)
{
	struct rotation rotation;
	bool by_issuer = opened_find_rotation(member_opened(member), &rotation)
		? rotation.label != NULL
		: rotate->by_issuer;

	return by_issuer ? rotate->issuer : rotate->source;
}

void rotate_tell(const struct rotate *rotate,
	const struct rotate_member *member, const char *step,
	const char *format, ...)
{
	va_list values;

	va_start(values, format);
	char *said = memory_vprintf(format, values);
	va_end(values);
	const struct rotate_event event = { member->workspace.session.profile,
		step, said };
	rotate->told(rotate->context, &event);
	free(said);
}

/* What is under way is not given up for somebody's short save: not even by who
 * would not have waited to begin it. */
void member_be_patient(struct rotate_member *member)
{
	struct session_options *options = &member->workspace.session.options;

	if (options->patience_ms < PATIENCE_MS)
		options->patience_ms = PATIENCE_MS;
}

bool member_read_again(struct rotate_member *member, struct error *err)
{
	struct session *session = &member->workspace.session;

	member_be_patient(member);
	bool ok = session_begin_change_on_newest(session, err);

	lock_release(&session->lock);
	return ok;
}

char *rotate_also(const struct rotate *rotate)
{
	return memory_printf("%s%s%s",
		rotate->count > 1 ? " --all-profiles" : "",
		rotate->repeated ? " " : "",
		rotate->repeated ? rotate->repeated : "");
}

void rotate_set_last_words(
	const struct rotate *rotate, const struct rotate_member *member)
{
	char *where = session_options_again(&member->workspace.session);
	char *also = rotate_also(rotate);
	char *words = memory_printf(
		_("Stopped in the middle of a rotation, which the vault knows "
		  "of.\n`aigenv%s rotate %s --resume%s` goes on, the same "
		  "with --abort takes it back."),
		where, rotate->secret, also);

	terminal_last_words(words);
	free(words);
	free(also);
	free(where);
}

bool rotate_save(struct rotate *rotate, struct rotate_member *member,
	rotate_change *change, struct error *err)
{
	struct session *session = &member->workspace.session;

	member_be_patient(member);
	bool ok = session_begin_change(session, err) &&
		change(rotate, member, err) && session_save(session, err);
	if (!ok)
		lock_release(&session->lock);
	return ok;
}
