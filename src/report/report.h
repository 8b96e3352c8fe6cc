/* SPDX-License-Identifier: MIT */
/*
 * Findings, as sources of them tell: where, which rule, in which words, and
 * whether --fix mends it, since there is one right answer.
 *
 * A source is any function that looks at something and adds: rules over the
 * lines of a file (lint/lint.h), over a repository, over a folder. It says the
 * line and column where it knows them. Who prints (formats.h) knows no rule.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/attributes.h"
#include "base/buf.h"
#include "report/rules.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* Of one rule in one file; what is beyond is counted and not told one by one,
 * so that a file of a million faults does not need the memory of a million
 * texts. */
#define FINDINGS_PER_RULE 1000

/* Where a finding is. */
struct place {
	size_t line, column; /* from 1; 0: none */
	/* The line as it is to be shown, secrets masked; or NULL. Taken over by
	 * report_add. */
	char *excerpt;
	size_t caret; /* column in it, from 1 */
};

struct finding {
	enum rule_id rule;
	char *file; /* as seen from the user; ""; owned, as all texts here */
	struct place place;
	char *message; /* one sentence without a full stop */
	char *advice;
	char *profile; /* of the vault, that it is about; owned, or NULL */
	bool fixable;
};

struct report {
	struct finding *items; /* owned */
	size_t count;
	char *file;                              /* owned: the present one */
	size_t told[RULE_COUNT];                 /* in the present file */
	size_t errors, warnings, infos, fixable; /* of all, told or not */
	bool more_fixable; /* there may be more than were looked for */
};

/* From here on findings are of that file, as it is to be shown. */
void report_begin(struct report *report, const char *file);

/*
 * Adds a finding; the message is one whole sentence. Returns it, to be given
 * advice, or NULL where it is counted only. Takes over
 * place->excerpt; `place` may be NULL for the file as a whole.
 */
struct finding *report_add(struct report *report, enum rule_id rule,
	const struct place *place, const char *format, ...) PRINTF(4, 5);
struct finding *report_vadd(struct report *report, enum rule_id rule,
	const struct place *place, const char *format, va_list values)
	PRINTF(4, 0);

/* So many more of a rule that has told FINDINGS_PER_RULE: only counted. */
void report_count(struct report *report, enum rule_id rule, size_t times);

/* In place of the rule's own advice. `finding` may be NULL, here and below. */
void finding_advise(struct finding *finding, const char *format, ...)
	PRINTF(2, 3);

/* The findings from `first` on are about that profile of the vault, which what
 * they advise is for. */
void report_concerns(struct report *report, size_t first, const char *profile);

/* Says that --fix mends the finding; NULL: one that is counted only. Once for
 * each. */
void report_mends(struct report *report, struct finding *finding);

/* Says of each rule of the present file how many more there are. */
void report_end(struct report *report);

/* By file, line, column, rule and message. */
void report_sort(struct report *report);

/* Whether one is more than information: exit 1. */
bool report_matters(const struct report *report);

void report_release(struct report *report);

#endif
