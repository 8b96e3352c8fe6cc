/* SPDX-License-Identifier: MIT */
/* Findings as people and programs read them. */
#ifndef LINT_FORMAT_H
#define LINT_FORMAT_H

#include "lint/faults.h"

/* Marked text (ui/style.h), each with its line and a caret, and a last line
 * that counts them. Nothing where nothing was found. */
void format_human(const struct faults *faults, struct buf *out);

/* As those of all other sources: for JSON, SARIF and GitHub's annotations. */
void format_report(const struct faults *faults, struct report *report);

#endif
