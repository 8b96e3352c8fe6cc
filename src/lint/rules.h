/* SPDX-License-Identifier: MIT */
/*
 * What `check` can find: the one table, rules.def. `aigenv help rules`, SARIF
 * and the advice of a finding come from it.
 *
 * To add a rule: a row in rules.def, where `help rules` is to have it, and the
 * code that finds it (faults.h), which alone knows the words for the place at
 * hand. Readers are those that read something else, as they were measured
 * (reference/env-file-grammars.md); a rule with readers is silent where none of
 * them reads the file.
 */
#ifndef LINT_RULES_H
#define LINT_RULES_H

#include "envfile/envfile.h"
#include "report/report.h"

#include <stddef.h>

enum rule_id {
#define RULE(constant, id, severity, readers, what, why, fix, example)         \
	RULE_##constant,
#include "lint/rules.def"
#undef RULE
	RULE_COUNT
};

struct lint_rule {
	struct rule rule;
	reader_set readers; /* 0: whoever reads the file */
	const char *why;    /* whole sentences, to be translated; so the next */
	const char *fix; /* what to do: a finding's advice unless it says more
			  */
	const char *example; /* a line of a file that has it; or NULL */
};

extern const struct lint_rule lint_rules[RULE_COUNT];

/* RULE_COUNT where there is none of that id. */
enum rule_id rule_by_id(const char *id, size_t size);

#endif
