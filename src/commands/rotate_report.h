/* SPDX-License-Identifier: MIT */
/*
 * How a rotation looks: a list that fills up, what is left to be done, and the
 * document of --json.
 */
#ifndef COMMANDS_ROTATE_REPORT_H
#define COMMANDS_ROTATE_REPORT_H

#include "cli/output.h"
#include "rotate/rotate.h"

struct rotate_report {
	struct output *output; /* borrowed, as the next */
	const struct rotate *rotate;
	json_t *steps; /* [{"profile", "step"}]; owned */
};

/* Has the rotation told to it: sets told, called and context. */
void rotate_report_begin(struct rotate_report *report, struct rotate *rotate,
	struct output *output);

/* What is left to be done, and the document. `failed` NULL: nothing did. */
void rotate_report_end(
	struct rotate_report *report, const struct error *failed);

/* --dry-run: what rotate_preview found. */
void rotate_report_preview(
	struct rotate_report *report, const json_t *profiles);

/* --if-older: there is nothing to be done. */
void rotate_report_not_due(struct rotate_report *report);

/*
 * Tells where else the value stands, and what else a gateway token opens.
 * Appends the profiles that hold it under the same name, "staging, demo"; false
 * where there is none.
 */
bool rotate_report_same(const struct rotate_report *report,
	struct rotate *rotate, struct buf *profiles);

void rotate_report_release(struct rotate_report *report);

#endif
