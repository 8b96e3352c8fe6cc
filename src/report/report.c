/* SPDX-License-Identifier: MIT */
#include "report/report.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void report_begin(struct report *report, const char *file)
{
	if (report->file && text_equal(report->file, file))
		return;
	report_end(report);
	free(report->file);
	report->file = memory_text(file);
	memset(report->told, 0, sizeof(report->told));
}

void report_count(struct report *report, enum rule_id rule, size_t times)
{
	report->told[rule] += times;
	switch (rules_table[rule].severity) {
	case SEVERITY_ERROR:
		report->errors += times;
		break;
	case SEVERITY_WARNING:
		report->warnings += times;
		break;
	case SEVERITY_INFO:
		report->infos += times;
		break;
	}
}

static struct finding *append(
	struct report *report, enum rule_id rule, const struct place *place)
{
	MEMORY_PUSH(report->items, report->count,
		(struct finding){
			.rule = rule,
			.file = memory_text(report->file),
			.place = place ? *place : (struct place){ .line = 0 },
			.advice = memory_text(_(rules_table[rule].fix)),
		});
	return &report->items[report->count - 1];
}

struct finding *report_vadd(struct report *report, enum rule_id rule,
	const struct place *place, const char *format, va_list values)
{
	report_count(report, rule, 1);
	if (report->told[rule] > FINDINGS_PER_RULE) {
		free(place ? place->excerpt : NULL);
		return NULL;
	}
	struct finding *finding = append(report, rule, place);
	finding->message = memory_vprintf(format, values);
	return finding;
}

struct finding *report_add(struct report *report, enum rule_id rule,
	const struct place *place, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	struct finding *finding =
		report_vadd(report, rule, place, format, values);
	va_end(values);
	return finding;
}

void finding_advise(struct finding *finding, const char *format, ...)
{
	va_list values;

	if (!finding)
		return;
	free(finding->advice);
	va_start(values, format);
	finding->advice = memory_vprintf(format, values);
	va_end(values);
}

void report_concerns(struct report *report, size_t first, const char *profile)
{
	for (size_t i = first; i < report->count; i++) {
		free(report->items[i].profile);
		report->items[i].profile = memory_text(profile);
	}
}

void report_mends(struct report *report, struct finding *finding)
{
	report->fixable++;
	if (finding)
		finding->fixable = true;
}

void report_end(struct report *report)
{
	for (size_t i = 0; i < RULE_COUNT; i++) {
		if (report->told[i] <= FINDINGS_PER_RULE)
			continue;
		struct finding *finding = append(report, (enum rule_id)i, NULL);
		finding->message = memory_printf(_("and %zu more of this kind"),
			report->told[i] - FINDINGS_PER_RULE);
		/* Said once. */
		report->told[i] = 0;
	}
}

static int compare_number(size_t one, size_t other)
{
	return (one > other) - (one < other);
}

static int compare(const void *a, const void *b)
{
	const struct finding *one = a;
	const struct finding *other = b;
	int order = strcmp(one->file, other->file);

	if (order == 0)
		order = compare_number(one->place.line, other->place.line);
	if (order == 0)
		order = compare_number(one->place.column, other->place.column);
	if (order == 0)
		order = compare_number(one->rule, other->rule);
	return order ? order : strcmp(one->message, other->message);
}

void report_sort(struct report *report)
{
	if (report->count > 0)
		qsort(report->items, report->count, sizeof(*report->items),
			compare);
}

bool report_matters(const struct report *report)
{
	return report->errors + report->warnings > 0;
}

void report_release(struct report *report)
{
	for (size_t i = 0; i < report->count; i++) {
		free(report->items[i].file);
		free(report->items[i].message);
		free(report->items[i].advice);
		free(report->items[i].profile);
		free(report->items[i].place.excerpt);
	}
	free(report->items);
	free(report->file);
	*report = (struct report){ .count = 0 };
}
