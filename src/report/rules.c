/* SPDX-License-Identifier: MIT */
#include "report/rules.h"

#include "base/i18n.h"
#include "base/text.h"

#define R(reader) ((reader_set)1 << READER_##reader)
#define NODES (R(NODE) | R(PM2))
#define SHELLS READERS_SHELLS
#define EXPANDS (R(DOTENV_EXPAND) | R(NEXT))
#define DOTENVS (R(DOTENV) | EXPANDS | R(DOTENVX))
#define RAW READERS_RAW

const struct rule rules_table[RULE_COUNT] = {
#define RULE(constant, id, severity, readers, what, why, fix, example)         \
	[RULE_##constant] = { (id), SEVERITY_##severity, (readers), (what),    \
		(why), (fix), (example) },
#include "report/rules.def"
#undef RULE
};

enum rule_id rule_by_id(const char *id, size_t size)
{
	for (size_t i = 0; i < RULE_COUNT; i++)
		if (text_is(id, size, rules_table[i].id))
			return (enum rule_id)i;
	return RULE_COUNT;
}

char *rule_fix(enum rule_id rule, const char *name)
{
	return i18n_filled(_(rules_table[rule].fix), name, name);
}

const char *severity_word(enum severity severity)
{
	static const char *const words[] = { "error", "warning", "info" };

	return words[severity];
}
