/* SPDX-License-Identifier: MIT */
#include "lint/rules.h"

#include "base/i18n.h"
#include "base/text.h"

#define R(reader) ((reader_set)1 << READER_##reader)
#define SHELLS (R(BASH) | R(DASH) | R(ZSH))
#define EXPANDS (R(DOTENV_EXPAND) | R(NEXT))
#define DOTENVS (R(DOTENV) | EXPANDS | R(DOTENVX))
#define RAW (R(DOCKER) | R(PODMAN))

const struct lint_rule lint_rules[RULE_COUNT] = {
#define RULE(constant, id_, severity_, readers_, what_, why_, fix_, example_)  \
	[RULE_##constant] = { .rule = { (id_), SEVERITY_##severity_,           \
				      (what_) },                               \
		.readers = (readers_),                                         \
		.why = (why_),                                                 \
		.fix = (fix_),                                                 \
		.example = (example_) },
#include "lint/rules.def"
#undef RULE
};

enum rule_id rule_by_id(const char *id, size_t size)
{
	for (size_t i = 0; i < RULE_COUNT; i++) {
		if (text_is(id, size, lint_rules[i].rule.id))
			return (enum rule_id)i;
	}
	return RULE_COUNT;
}
