/* SPDX-License-Identifier: MIT */
#include "diagnosis/rules_internal.h"

#include "base/attributes.h"

/* The first rule that fits counts: the order is the table's. */
static const struct rule_group *const groups[] = { &rules_answered,
	&rules_gateway, &rules_key, &rules_unseen, &rules_model,
	&rules_elsewhere };

static bool fits(
	const struct rule *rule, const struct reading *reading, facts known)
{
	if (rule->speakers && !(rule->speakers & reading->speaker))
		return false;
	if (rule->most &&
		(reading->status < rule->least || reading->status > rule->most))
		return false;
	if (rule->code && rule->code != reading->code)
		return false;
	if (rule->no && rule->no != reading->outcome)
		return false;
	if (rule->fault && rule->fault != reading->fault)
		return false;
	if ((known & rule->needs) != rule->needs || (known & rule->lacks))
		return false;
	return !rule->says || reading_has(reading, rule->says);
}

const struct rule *rule_at(size_t index)
{
	for (size_t i = 0; i < ARRAY_SIZE(groups); i++) {
		if (index < groups[i]->count)
			return &groups[i]->rules[index];
		index -= groups[i]->count;
	}
	return NULL;
}

const struct rule *rule_find(const struct reading *reading, facts known)
{
	const struct rule *rule;
	size_t index = 0;

	/* The last rule fits all. */
	while ((rule = rule_at(index)) && !fits(rule, reading, known))
		index++;
	return rule;
}

size_t rule_number(const struct rule *rule)
{
	size_t index = 0;

	while (rule_at(index) != rule)
		index++;
	return index + 1;
}
