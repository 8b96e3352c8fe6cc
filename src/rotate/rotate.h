/* SPDX-License-Identifier: MIT */
/*
 * Replaces a secret without an outage (vault-format, section 10): a table of
 * steps (steps.c), each of which is in the vault before it is taken, so that a
 * run which was killed is continued from there or taken back.
 *
 *     request    where an issuer makes it: the label that it gets there
 *     stage      the new value, beside the one that is live
 *     prove      a test call with it
 *     switch     it becomes the current value, the old one the previous
 *     render     the outputs are written
 *     restart    and the processes that run here hold the new value
 *     prove      again, with what was rendered
 *     confirm    others hold it too, or somebody vouches for that
 *     revoke     the old value, where aigenv can
 *     drop       the rotation, and the old value where it was revoked
 *
 * What fails before the switch changes nothing. What fails after it is taken
 * back, once a test call has proven the old value; else it stops there and says
 * how things stand. No lock is held during a call, a prompt or a restart.
 *
 * Nothing is printed here: steps and calls are told to the caller.
 */
#ifndef ROTATE_ROTATE_H
#define ROTATE_ROTATE_H

#include "deploy/deployment.h"
#include "rotate/source.h"
#include "vault/rotation.h"

#include <jansson.h>

/* One step that was taken. Texts are borrowed for the call. */
struct rotate_event {
	const char *profile;
	const char *step; /* a word for scripts: "staged", "proven", ... */
	const char *said; /* what it came to, for people */
};

/* One profile in which the secret is replaced. */
struct rotate_member {
	char *profile; /* as it was named; owned, NULL: it was chosen */
	struct workspace workspace;
	struct deployment deployment;
	bool prepared;    /* the deployment has what is to be written */
	bool written;     /* its outputs, by this run */
	bool runs_here;   /* processes of the app do, under PM2 */
	bool live;        /* and hold what was written */
	bool revoked;     /* the old value was */
	bool has_receipt; /* somebody's word for it counts */
	json_t *vouched;  /* who is not waited for any more; owned list */
	bool fresh;       /* its issuer has only just made the new value */
	char *command;    /* what is to be run for a restart; owned, or NULL */
	char *label; /* that this run asks its issuer with; owned, or NULL */
	bool unsure; /* a save failed, and may be in the file all the same */
	char *mark;  /* the rotation as this run opened or saved it; owned */
	bool left;   /* somebody else goes on with it */
};

enum rotate_end {
	ROTATE_DONE,
	ROTATE_WAITS, /* at "switched", for who else has to apply it */
	ROTATE_TAKEN_BACK,
};

struct rotate {
	/* What is wanted. All borrowed. */
	struct session_options options;
	const char *name;  /* NULL: whatever is being rotated */
	bool all_profiles; /* and others of the vault, too */
	bool no_restart;   /* stop at "switched", before the restart */
	bool confirmed;    /* somebody's word that it is live everywhere */
	/* To go on with, or NULL: [{"from", "document"}], "from" for messages
	 * (receipts.c). */
	const json_t *receipts;
	const json_t *given_up; /* names of recipients, or NULL */
	int64_t timeout_ms;     /* of a test call; 0 for 60 s */
	/* What a command that goes on with it has to repeat of this one, as a
	 * shell reads it: "--api-token @file"; or NULL. Owned. */
	char *repeated;
	int64_t days; /* until an issuer's new value ends; 0: it does not */
	/* Of a value that somebody brings along, and of one that is made on
	 * request: to begin with that one, or to go on with what it made. */
	const struct rotate_source *source, *issuer;
	bool by_issuer;
	void (*told)(void *context, const struct rotate_event *event);
	void (*called)(void *context, struct verify_results *results);
	void *context;

	/* What came of it; owned. */
	struct rotate_member **members;
	size_t count;
	char *secret; /* its name */
	char *old_id; /* by which the issuer knows the old value, or NULL */
	struct rotate_value new_value;
	bool has_value;
	bool goes_on; /* with what was in the vault when it was opened */
	enum rotate_end end;
	json_t *waits_for; /* names of recipients, a list; or NULL */
	json_t *same;      /* as rotate_find_same of the old value, which keeps
			      it from being revoked; or NULL */
};

/*
 * Opens the profile, as a writer: as workspace_open. With all_profiles also the
 * others of the vault that are part of it: those that hold the same value under
 * the name or, to go on, in which it is being rotated. STATUS_INVALID where
 * there is nothing to go on with.
 */
bool rotate_open(struct rotate *rotate, bool to_go_on, struct error *err)
	MUST_CHECK;

/* Adds the profiles that hold the same value under the name, where the first
 * alone was opened. */
bool rotate_open_same(struct rotate *rotate, struct error *err) MUST_CHECK;

/*
 * Where the value of that slot stands besides, compared in constant time:
 * [{"profile", "name"}]. Profiles that are not shared with this identity cannot
 * be looked into. New reference.
 */
json_t *rotate_find_same(struct rotate *rotate, struct rotate_member *member,
	enum secret_slot slot);

/* Whether the member has it under the rotation's name: as the current value,
 * the next or the previous one. Compared in constant time. */
bool rotate_has_value(const struct rotate *rotate,
	const struct rotate_member *member, const struct secret *value);

/*
 * Whether it can be begun: STATUS_INVALID where a rotation is under way, with
 * the two ways on, or there is no such secret.
 */
bool rotate_may_begin(struct rotate *rotate, struct error *err) MUST_CHECK;

/* Whether any new value would be refused: for the other secrets, or for files
 * that another profile rendered. For who asks before rotate_begin. */
bool rotate_can_take_a_value(struct rotate *rotate, struct error *err)
	MUST_CHECK;

/* Whether a test call of the profile carries that secret: what a rotation is
 * proven by. */
bool rotate_has_proof(const struct profile *profile, const char *secret);

/* Whether one of the values is as old as that, or at its issuer's end. */
bool rotate_is_due(const struct rotate *rotate, int64_t days);

/*
 * What would be done: [{"profile", "routes", "files", "processes": [{"app",
 * "pm_id"}], "runs_here", "command", "waits_for"}]; nothing is. New reference;
 * NULL as rotate_may_begin, or where it cannot be rendered.
 */
json_t *rotate_preview(struct rotate *rotate, struct error *err) MUST_CHECK;

/*
 * Begins one and goes as far as it goes. STATUS_INVALID where one is under way,
 * with the two ways on; else as the step that failed, what it did being taken
 * back (end is ROTATE_TAKEN_BACK) or err.next saying how to go on.
 */
bool rotate_begin(struct rotate *rotate, struct error *err) MUST_CHECK;

/* Goes on with what rotate_open found under way, and with the receipts. */
bool rotate_resume(struct rotate *rotate, struct error *err) MUST_CHECK;

/* Takes that back, at any step before the old value is revoked. STATUS_INVALID
 * where it is too late. */
bool rotate_abort(struct rotate *rotate, struct error *err) MUST_CHECK;

/* The options with which a command goes on with it, each with a blank in front;
 * "" where there are none. Owned. */
char *rotate_also(const struct rotate *rotate);

void rotate_release(struct rotate *rotate);

#endif
