/* SPDX-License-Identifier: MIT */
/*
 * All outputs of a profile, rendered in memory, then written together.
 *
 *     plan_make      renders and checks all of them; nothing is touched
 *     (the test call is the caller's: it comes between the two)
 *     plan_write     stages all changed files, then renames one by one
 *     plan_remember  has this machine know what went into which file
 *
 * A failure before the first rename changes nothing; a crash between two is
 * finished by the next apply, which finds the rest changed still.
 */
#ifndef APPLY_PLAN_H
#define APPLY_PLAN_H

#include "apply/render.h"
#include "vault/vault.h"

struct plan {
	struct rendered outputs[OUTPUTS_LIMIT];
	size_t count;
	json_t *left_over; /* left_over_paths; owned; NULL for a new profile */
	bool begun; /* a file, perhaps the first of several, is written */
};

/* `opened` tells what was rendered before; NULL for a profile that is new. */
bool plan_make(struct plan *plan, const struct profile *profile,
	const struct variables *variables, const struct vault *vault,
	const struct opened *opened, struct error *err) MUST_CHECK;

/* Is told which output cannot be rendered, or compared with its file. */
struct plan_refusal {
	void (*tell)(void *context, const struct profile_output *output,
		const struct error *err);
	void *context;
};

/* The same without those, for who only looks: each is told. */
void plan_look(struct plan *plan, const struct profile *profile,
	const struct variables *variables, const struct vault *vault,
	const struct opened *opened, const struct plan_refusal *refusal);

/* One output as the plan has it, with what was rendered there before. As
 * render_output. */
bool plan_render(const struct render_input *input,
	const struct profile_output *output, const struct vault *vault,
	const struct opened *opened, struct rendered *rendered,
	struct error *err) MUST_CHECK;

bool plan_has_changes(const struct plan *plan);

/* Whether it is another profile's file. Also where both have the same in it: it
 * would be this one's from then on, and its next change go over the other. */
bool plan_takes(const struct rendered *output);

/*
 * The next output that would take another profile's file over, as `owner` in it
 * says; NULL for none. *at is 0 at first, and moved on.
 */
const struct rendered *plan_next_taken(const struct plan *plan, size_t *at);

/* Writes what changed, 0600; and narrows the mode of what did not, or notes in
 * `stays_open` that it could not. */
bool plan_write(struct plan *plan, struct error *err) MUST_CHECK;

/* The files are this profile's alone then. To be followed by
 * opened_save_state. */
void plan_remember(const struct plan *plan, const struct variables *variables,
	struct opened *opened);

void plan_release(struct plan *plan);

#endif
