/* SPDX-License-Identifier: MIT */
/*
 * How results of the test call look, for `verify`, `apply` and `init`: a line
 * for each route that works; for one that does not, what was sent, what was
 * said, what it means and what to do. Secrets in a result are masked already.
 */
#ifndef COMMANDS_VERIFY_REPORT_H
#define COMMANDS_VERIFY_REPORT_H

#include "cli/output.h"
#include "diagnosis/result.h"

#include <stdbool.h>

/* Prints one result: to stdout where it is what was asked for, else to stderr,
 * where a failure is also shown with -q. */
void report_verify_result(struct output *output,
	const struct verify_result *result, bool to_stdout);

/* Completes the commands in what the results mean and advise (cli/advice.h),
 * each for its own profile: before they are printed or become JSON. */
void report_complete_advice(
	const struct output *output, struct verify_results *results);

#endif
