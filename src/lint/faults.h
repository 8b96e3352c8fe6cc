/* SPDX-License-Identifier: MIT */
/*
 * Findings, as sources of them tell: where, which rule, in which words, and the
 * edit that mends it where there is one right answer. What is fixable is what
 * has an edit; nothing else is.
 *
 * A source is any function that looks at something and calls faults_add: rules
 * over the lines of a file (lint.h), over a repository, over a folder. It says
 * the line and column where it knows them, and the file's bytes where they are
 * to be shown; the report copies what it keeps.
 */
#ifndef LINT_FAULTS_H
#define LINT_FAULTS_H

#include "base/attributes.h"
#include "base/buf.h"
#include "lint/rules.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* Of one rule in one file; what is beyond is counted and not told one by one,
 * so that a file of a million faults does not need the memory of a million
 * texts. */
#define FINDINGS_PER_RULE 1000

/* Bytes of a file that are to be replaced. */
struct edit {
	size_t at;   /* offset */
	size_t size; /* bytes that go */
	char *text;  /* what comes; owned by who holds the edit */
	size_t text_size;
};

/* Where a finding is. */
struct place {
	size_t line, column; /* from 1; 0: none */
	size_t length;       /* characters that it is about, for the caret */
	/* The line as it is to be shown, secrets masked (excerpt.h); or NULL.
	 * Taken over by faults_add. */
	char *excerpt;
	size_t caret; /* column in it, from 1 */
};

struct fault {
	enum rule_id rule;
	const char *file; /* borrowed from the report */
	struct place place;
	char *message; /* one sentence without a full stop; owned */
	char *advice;  /* owned */
	char *hint;    /* short, for the caret: "add /v1"; NULL: the advice */
	bool fixable;
};

struct faults {
	struct fault *items; /* owned */
	size_t count;
	char **files; /* owned: names that findings borrow */
	size_t file_count;
	size_t told[RULE_COUNT]; /* in the present file */
	bool wants_edits;
	struct edit *edits; /* of the present file; owned */
	size_t edit_count;
	size_t errors, warnings, infos, fixable; /* of all, told or not */
};

/* From here on findings are of that file, as it is to be shown. */
void faults_begin(struct faults *report, const char *file);

/*
 * Adds a finding; the message is one whole sentence. Returns it, to be given
 * advice, a hint or an edit, or NULL where it is counted only. Takes over
 * place->excerpt.
 */
struct fault *faults_add(struct faults *report, enum rule_id rule,
	const struct place *place, const char *format, ...) PRINTF(4, 5);
struct fault *faults_vadd(struct faults *report, enum rule_id rule,
	const struct place *place, const char *format, va_list values)
	PRINTF(4, 0);

/* In place of the rule's own advice. `finding` may be NULL, here and below. */
void fault_advise(struct fault *finding, const char *format, ...) PRINTF(2, 3);
void fault_hint(struct fault *finding, const char *format, ...) PRINTF(2, 3);

/* The edit that mends the finding that was added last; of an edit that is there
 * already (two findings, one answer) nothing more is kept. */
void faults_edit(struct faults *report, struct fault *finding, size_t at,
	size_t size, const char *text, size_t text_size);

/* Says of each rule of the present file how many more there are. */
void faults_end(struct faults *report);

/* By file in the order they came, then by line and column. */
void faults_sort(struct faults *report);

void faults_release(struct faults *report);

#endif
