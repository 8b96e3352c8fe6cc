/* SPDX-License-Identifier: MIT */
#include "rotate/rotate_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/terminal.h"

#include <stdarg.h>
#include <stdlib.h>

/* One profile of a rotation, as all steps use it. */

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
	OWNED char *said = memory_vprintf(format, values);
	va_end(values);
	const struct rotate_event event = { member->workspace.session.profile,
		step, said };
	rotate->told(rotate->context, &event);
}

/* "" where none is under way. Owned. */
static char *mark_of(const struct rotate_member *member)
{
	struct rotation rotation;

	return opened_find_rotation(member_opened(member), &rotation)
		? memory_printf("%d %s %lld %s", (int)rotation.step,
			  rotation.since, (long long)rotation.generation,
			  rotation.label ? rotation.label : "")
		: memory_text("");
}

void member_mark(struct rotate_member *member)
{
	free(member->mark);
	member->mark = mark_of(member);
}

bool member_is_marked(const struct rotate_member *member)
{
	OWNED char *now = mark_of(member);

	return text_equal_or_null(member->mark, now);
}

bool member_read_again(struct rotate_member *member, struct error *err)
{
	struct session *session = &member->workspace.session;

	session_be_patient(session);
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
	OWNED char *where = session_options_again(&member->workspace.session);
	OWNED char *also = rotate_also(rotate);
	OWNED char *words = memory_printf(
		_("Stopped in the middle of a rotation, which the vault knows "
		  "of.\n`aigenv%s rotate %s --resume%s` goes on;\n"
		  "the same with --abort takes it back."),
		where, rotate->secret, also);

	terminal_last_words(words);
}

static bool save(struct rotate_member *member, struct error *err)
{
	bool ok = session_save(&member->workspace.session, err);

	member->unsure = !ok && err->status != STATUS_BUSY;
	if (ok)
		member_mark(member);
	return ok;
}

bool rotate_save(struct rotate *rotate, struct rotate_member *member,
	rotate_change *change, struct error *err)
{
	struct session *session = &member->workspace.session;

	session_be_patient(session);
	bool ok = session_begin_change(session, err) &&
		change(rotate, member, err) && save(member, err);
	if (!ok)
		lock_release(&session->lock);
	return ok;
}

bool member_is_part(
	const struct rotate_member *first, const struct rotate_member *member)
{
	return member == first ||
		(!member->left && member_step(member) == member_step(first));
}

/* Whether the others could be changed, as profiles of the first one's vault.
 * `joined` has one for each member. */
static bool change_others(struct rotate *rotate, struct rotate_member *first,
	member_change *change, struct opened **joined, struct error *err)
{
	for (size_t i = 0; i < rotate->count; i++) {
		struct rotate_member *member = rotate->members[i];
		if (member != first && member_is_part(first, member) &&
			(!session_join(&first->workspace.session,
				 &member->workspace.session, &joined[i], err) ||
				!change(rotate, member, joined[i], err)))
			return false;
	}
	return true;
}

/* The first one's own comes last, since what is changed in it stays. */
bool rotate_save_all(struct rotate *rotate, struct rotate_member *first,
	member_change *change, struct error *err)
{
	struct session *session = &first->workspace.session;
	OWNED struct opened **joined =
		memory_array(rotate->count, sizeof(struct opened *));

	if (member_step(first) != ROTATE_NONE)
		session_be_patient(session);
	bool ok = session_begin_change(session, err) &&
		change_others(rotate, first, change, joined, err) &&
		change(rotate, first, session->opened, err) && save(first, err);

	lock_release(&session->lock);
	for (size_t i = 0; i < rotate->count; i++) {
		if (!joined[i])
			continue;
		rotate->members[i]->unsure = first->unsure;
		vault_close(joined[i]);
		ok = ok && member_read_again(rotate->members[i], err);
		if (ok)
			member_mark(rotate->members[i]);
	}
	return ok;
}
