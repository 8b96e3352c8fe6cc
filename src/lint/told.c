/* SPDX-License-Identifier: MIT */
#include "lint/told.h"

#include "base/memory.h"

#include <string.h>

#define SLOTS 1024
/* A row of which more rules speak is looked at each time. */
#define RULES_MOST 8

struct slot {
	uint64_t shape;
	bool used;
	size_t count;
	struct {
		enum rule_id rule;
		size_t times;
	} rules[RULES_MOST];
};

struct told {
	/* As the report was when the present row began. */
	size_t before[RULE_COUNT];
	struct slot slots[SLOTS];
};

struct told *told_new(void)
{
	return memory_new(sizeof(struct told));
}

void told_free(struct told *told)
{
	memory_free(told, sizeof(*told));
}

bool told_again(struct told *told, struct report *report, uint64_t shape)
{
	const struct slot *slot = &told->slots[shape % SLOTS];

	if (!slot->used || slot->shape != shape)
		return false;
	for (size_t i = 0; i < slot->count; i++)
		if (report->told[slot->rules[i].rule] < FINDINGS_PER_RULE)
			return false;
	for (size_t i = 0; i < slot->count; i++)
		report_count(report, slot->rules[i].rule, slot->rules[i].times);
	return true;
}

void told_begin(struct told *told, const struct report *report)
{
	memcpy(told->before, report->told, sizeof(told->before));
}

void told_keep(struct told *told, const struct report *report, uint64_t shape)
{
	struct slot slot = { .shape = shape, .used = true };

	for (size_t i = 0; i < RULE_COUNT; i++) {
		size_t times = report->told[i] - told->before[i];
		if (times == 0)
			continue;
		if (slot.count == RULES_MOST)
			return;
		slot.rules[slot.count].rule = (enum rule_id)i;
		slot.rules[slot.count++].times = times;
	}
	told->slots[shape % SLOTS] = slot;
}
