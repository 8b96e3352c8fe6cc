/* SPDX-License-Identifier: MIT */
/* Findings as people and programs read them. */
#ifndef REPORT_FORMATS_H
#define REPORT_FORMATS_H

#include "report/report.h"

#include <jansson.h>

/* Marked text (ui/style.h), each with its line and a caret where it has one,
 * and a last line that counts them, in lines of at most `width` columns where
 * words allow it. Nothing where nothing was found. */
void report_human(const struct report *report, size_t width, struct buf *out);

/* {"findings": [{"file", "line", "column", "rule", "severity", "message",
 * "advice", "fixable"}]}. New references. */
json_t *report_json(const struct report *report);

/* SARIF 2.1.0 (docs.oasis-open.org/sarif). */
json_t *report_sarif(const struct report *report);

/* Workflow commands of GitHub Actions: "::error file=...,line=...::...". */
void report_github(const struct report *report, struct buf *out);

#endif
