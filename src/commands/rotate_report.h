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
	struct output *output; /* borrowed */
	json_t *steps;         /* [{"profile", "step"}]; owned */
	bool several;          /* profiles: each line names its own */
};

/* Has the rotation told to it: sets told, called and context. */
void rotate_report_begin(struct rotate_report *report, struct rotate *rotate,
	struct output *output);

/* What is left to be done, and the document. `failed` NULL: nothing did. */
void rotate_report_end(struct rotate_report *report,
	const struct rotate *rotate, const struct error *failed);

void rotate_report_release(struct rotate_report *report);

#endif
