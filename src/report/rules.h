/* SPDX-License-Identifier: MIT */
/*
 * What `check` can find: the one table, rules.def. `aigenv help rules`, SARIF
 * and the advice of a finding come from it.
 *
 * To add a rule: a row in rules.def, where `help rules` is to have it, and the
 * code that finds it (report.h), which alone knows the words for the place at
 * hand. Readers are those whom it is about, as they were measured
 * (reference/env-file-grammars.md): with them it is silent where none of them
 * reads the file. Of a line of an env file their models say which of them
 * suffer from it (lint/judge.h); the table says whom to name for what.
 */
#ifndef REPORT_RULES_H
#define REPORT_RULES_H

#include "envfile/envfile.h"

#include <stddef.h>

enum rule_id {
#define RULE(constant, id, severity, readers, what, why, fix, example)         \
	RULE_##constant,
#include "report/rules.def"
#undef RULE
	RULE_COUNT
};

enum severity {
	SEVERITY_ERROR,
	SEVERITY_WARNING,
	SEVERITY_INFO,
};

struct rule {
	const char *id; /* "unquoted-hash": stable, for scripts */
	enum severity severity;
	reader_set readers; /* 0: whoever reads the file */
	const char *about;  /* what it finds; marked by N_, as the next two */
	const char *why;    /* whole sentences */
	/* What to do: a finding's advice unless it says more. %s stands for the
	 * variable's name (rule_fix). */
	const char *fix;
	const char *example; /* a line of a file that has it; or NULL */
};

extern const struct rule rules_table[RULE_COUNT];

/* RULE_COUNT where there is none of that id. */
enum rule_id rule_by_id(const char *id, size_t size);

/* What to do about that variable. Owned. */
char *rule_fix(enum rule_id rule, const char *name);

const char *severity_word(enum severity severity);

#endif
