/* SPDX-License-Identifier: MIT */
/*
 * What `check` finds: places in files, each under a rule of a table. Whoever
 * looks for something (an engine's room) has a table of its own and adds; who
 * prints (formats.c) knows no rule.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/buf.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

enum severity {
	SEVERITY_ERROR,
	SEVERITY_WARNING,
	SEVERITY_INFO,
};

struct rule {
	const char *id; /* "secret-committed": stable, for scripts */
	enum severity severity;
	const char *about; /* what it finds; marked by N_ */
};

struct finding {
	const struct rule *rule; /* borrowed, from a constant table */
	char *file;              /* as seen from the user; owned, as all here */
	size_t line, column;     /* from 1 on; 0: it has none */
	char *message;
	char *advice;
	bool fixable;
};

struct report {
	struct finding *items; /* owned */
	size_t count;
};

/* Takes over the texts of `finding`. */
void report_add(struct report *report, const struct finding *finding);
void report_release(struct report *report);

/* By file, line, column and message. */
void report_sort(struct report *report);

/* Whether one is more than information: exit 1. */
bool report_matter(const struct report *report);

const char *severity_word(enum severity severity);

/* {"findings": [{"file", "line", "column", "rule", "severity", "message",
 * "advice", "fixable"}]}. New references. */
json_t *report_json(const struct report *report);

/* SARIF 2.1.0 (docs.oasis-open.org/sarif). */
json_t *report_sarif(const struct report *report);

/* "FILE:LINE:COLUMN: severity: message [rule]", the advice indented below. */
void report_human(const struct report *report, struct buf *out);

/* Workflow commands of GitHub Actions: "::error file=...,line=...::...". */
void report_github(const struct report *report, struct buf *out);

#endif
