/* SPDX-License-Identifier: MIT */
/* The pieces of a rotation, for each other. */
#ifndef ROTATE_ROTATE_INTERNAL_H
#define ROTATE_ROTATE_INTERNAL_H

#include "base/attributes.h"
#include "rotate/rotate.h"

/* No rotation is under way: before rotation_step's first. */
#define ROTATE_NONE (-1)

/* Where the vault has it: an enum rotation_step, or ROTATE_NONE. */
int member_step(const struct rotate_member *member);

struct opened *member_opened(const struct rotate_member *member);

/* Where its new value comes from, or did. */
const struct rotate_source *member_source(
	const struct rotate *rotate, const struct rotate_member *member);

/* Tells a step, with what it came to. */
void rotate_tell(const struct rotate *rotate,
	const struct rotate_member *member, const char *step,
	const char *format, ...) PRINTF(4, 5);

/* Goes on with what the file has of the profile now. */
bool member_read_again(struct rotate_member *member, struct error *err)
	MUST_CHECK;

/* By what it is seen whether somebody else has changed the rotation since. */
void member_mark(struct rotate_member *member);
bool member_is_marked(const struct rotate_member *member);

/* What Ctrl-C says from here on: how to go on. */
void rotate_set_last_words(
	const struct rotate *rotate, const struct rotate_member *member);

/*
 * One change of the vault: locked, made, saved. It is made on what was opened
 * (STATUS_BUSY where somebody else has changed the profile since).
 */
typedef bool rotate_change(
	struct rotate *rotate, struct rotate_member *member, struct error *err);
bool rotate_save(struct rotate *rotate, struct rotate_member *member,
	rotate_change *change, struct error *err) MUST_CHECK;

/* Whether it is where the first one is, and takes the next step with it. */
bool member_is_part(
	const struct rotate_member *first, const struct rotate_member *member);

/* One profile's part of a change that all make in one save. */
typedef bool member_change(struct rotate *rotate, struct rotate_member *member,
	struct opened *opened, struct error *err);

/*
 * In all profiles that are where the first one is, in one save: a run that is
 * killed has changed all of them or none. STATUS_BUSY as rotate_save.
 */
bool rotate_save_all(struct rotate *rotate, struct rotate_member *first,
	member_change *change, struct error *err) MUST_CHECK;

/* Whether that slot has this value, compared in constant time. */
bool rotate_holds_in(const struct opened *opened, const char *name,
	enum secret_slot slot, const struct secret *value);

/* Revokes the new value that was made and did not get into the vault: somebody
 * else has changed it meanwhile. What cannot be revoked is named. */
void rotate_drop_unkept(struct rotate *rotate);

enum rotate_outcome {
	STEP_DONE,
	STEP_WAITS, /* it goes no further for now */
	STEP_FAILED,
};

/* wait.c: a minute, with pauses that grow from the first one on. No lock is
 * held. */
struct rotate_wait {
	int64_t ends_ms; /* by the monotonic clock */
	int64_t pause_ms;
};
struct rotate_wait rotate_wait_begin(int64_t pause_ms);

/*
 * One pause. STEP_WAITS where the minute is over; STEP_FAILED, STATUS_BUSY,
 * where somebody else has changed the profile or ended the rotation meanwhile.
 */
enum rotate_outcome rotate_wait(const struct rotate *rotate,
	const struct rotate_member *member, struct rotate_wait *wait,
	struct error *err);

/* Whether the file has the profile as it was opened; reads without a lock.
 * STATUS_BUSY where it does not. */
bool member_check_unchanged(const struct rotate *rotate,
	const struct rotate_member *member, struct error *err) MUST_CHECK;

typedef enum rotate_outcome rotate_step(
	struct rotate *rotate, struct rotate_member *member, struct error *err);

/* In the order of the table, each from where the vault has it. */
struct rotate_row {
	int from; /* member_step, when it is taken */
	rotate_step *take;
};
extern const struct rotate_row rotate_rows[];
extern const size_t rotate_row_count;

/* steps_value.c: the steps of the table that ask for the new value. */
rotate_step step_begin, step_receive;

/* Renders and checks with the secret's value of that slot; nothing is written.
 */
bool member_prepare(struct rotate *rotate, struct rotate_member *member,
	enum secret_slot slot, struct error *err) MUST_CHECK;

/*
 * Whether any new value would be refused, as the other secrets and the files
 * are: told before one is asked for or made. What names the secret itself may
 * be mended by a new value.
 */
bool member_can_take_a_value(struct rotate *rotate,
	struct rotate_member *member, struct error *err) MUST_CHECK;

/*
 * The test call with what was prepared, over the routes that use the secret; it
 * is proven where one of them works and none refuses it. A fresh value that
 * the gateway does not know yet is tried again for a minute. *ms is how long it
 * took, -1 where no route uses it and no call was made. STATUS_REFUSED,
 * STATUS_UNREACHABLE.
 */
bool member_prove(struct rotate *rotate, struct rotate_member *member,
	int64_t *ms, struct error *err) MUST_CHECK;

/* Writes what was prepared. */
bool member_write(struct rotate *rotate, struct rotate_member *member,
	struct error *err) MUST_CHECK;

/*
 * Restarts what runs here, unless it has the values already. STATUS_FOUND where
 * they are not live afterwards. Without a process here nothing is done.
 */
bool member_restart(struct rotate *rotate, struct rotate_member *member,
	struct error *err) MUST_CHECK;

/* Whether the route's calls carry that secret. */
bool rotate_uses(const struct route *route, const char *secret);

/*
 * Takes it back in every profile, as far as it got. With `asked` also where the
 * network cannot be reached, so that the old value cannot be proven.
 */
bool rotate_take_back(struct rotate *rotate, bool asked, struct error *err)
	MUST_CHECK;

/*
 * receipts.c: takes rotate->receipts and rotate->given_up for what they are
 * worth: whom a profile has not to wait for any more is in its member's
 * `vouched`. Each receipt that does not count is told in one line, with what to
 * do; of several by the same recipient the latest counts. STATUS_INVALID where
 * nothing waits for receipts, or a name that is given up is not waited for.
 */
bool receipts_take(struct rotate *rotate, struct error *err) MUST_CHECK;

#endif
