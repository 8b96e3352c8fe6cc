/* SPDX-License-Identifier: MIT */
#include "report/report.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

void report_add(struct report *report, const struct finding *finding)
{
	report->items = memory_grow(
		report->items, report->count, sizeof(*report->items));
	report->items[report->count++] = *finding;
}

void report_release(struct report *report)
{
	for (size_t i = 0; i < report->count; i++) {
		free(report->items[i].file);
		free(report->items[i].message);
		free(report->items[i].advice);
	}
	free(report->items);
	*report = (struct report){ 0 };
}

static int compare(const void *a, const void *b)
{
	const struct finding *one = a;
	const struct finding *other = b;
	int order = strcmp(one->file, other->file);

	if (order == 0)
		order = (one->line > other->line) - (one->line < other->line);
	if (order == 0)
		order = (one->column > other->column) -
			(one->column < other->column);
	if (order == 0)
		order = strcmp(one->message, other->message);
	return order;
}

void report_sort(struct report *report)
{
	if (report->count > 0)
		qsort(report->items, report->count, sizeof(*report->items),
			compare);
}

bool report_matter(const struct report *report)
{
	for (size_t i = 0; i < report->count; i++)
		if (report->items[i].rule->severity != SEVERITY_INFO)
			return true;
	return false;
}

const char *severity_word(enum severity severity)
{
	static const char *const words[] = { "error", "warning", "info" };

	return words[severity];
}
