/* SPDX-License-Identifier: MIT */
#include "lint/faults.h"

#include "base/i18n.h"
#include "base/memory.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void faults_begin(struct faults *report, const char *file)
{
	report->files = memory_grow(
		report->files, report->file_count, sizeof(*report->files));
	report->files[report->file_count++] = memory_text(file);
	memset(report->told, 0, sizeof(report->told));
	for (size_t i = 0; i < report->edit_count; i++)
		memory_free(report->edits[i].text, report->edits[i].text_size);
	report->edit_count = 0;
}

static void count(struct faults *report, enum rule_id rule)
{
	switch (lint_rules[rule].rule.severity) {
	case SEVERITY_ERROR:
		report->errors++;
		break;
	case SEVERITY_WARNING:
		report->warnings++;
		break;
	case SEVERITY_INFO:
		report->infos++;
		break;
	}
}

struct fault *faults_vadd(struct faults *report, enum rule_id rule,
	const struct place *place, const char *format, va_list values)
{
	count(report, rule);
	if (++report->told[rule] > FINDINGS_PER_RULE) {
		free(place->excerpt);
		return NULL;
	}
	report->items = memory_grow(
		report->items, report->count, sizeof(*report->items));
	struct fault *finding = &report->items[report->count++];
	*finding = (struct fault){
		.rule = rule,
		.file = report->files[report->file_count - 1],
		.place = *place,
		.message = memory_vprintf(format, values),
		.advice = memory_text(_(lint_rules[rule].fix)),
	};
	return finding;
}

struct fault *faults_add(struct faults *report, enum rule_id rule,
	const struct place *place, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	struct fault *finding =
		faults_vadd(report, rule, place, format, values);
	va_end(values);
	return finding;
}

void fault_advise(struct fault *finding, const char *format, ...)
{
	va_list values;

	if (!finding)
		return;
	free(finding->advice);
	va_start(values, format);
	finding->advice = memory_vprintf(format, values);
	va_end(values);
}

void fault_hint(struct fault *finding, const char *format, ...)
{
	va_list values;

	if (!finding)
		return;
	free(finding->hint);
	va_start(values, format);
	finding->hint = memory_vprintf(format, values);
	va_end(values);
}

void faults_edit(struct faults *report, struct fault *finding, size_t at,
	size_t size, const char *text, size_t text_size)
{
	const struct edit *last = report->edit_count
		? &report->edits[report->edit_count - 1]
		: NULL;

	report->fixable++;
	if (finding)
		finding->fixable = true;
	if (!report->wants_edits ||
		(last && last->at == at && last->size == size &&
			last->text_size == text_size &&
			memcmp(last->text, text, text_size) == 0))
		return;
	report->edits = memory_grow(
		report->edits, report->edit_count, sizeof(*report->edits));
	report->edits[report->edit_count++] = (struct edit){ at, size,
		memory_copy(text, text_size), text_size };
}

void faults_end(struct faults *report)
{
	for (size_t i = 0; i < RULE_COUNT; i++) {
		size_t told = report->told[i];
		const struct place nowhere = { .line = 0 };
		if (told <= FINDINGS_PER_RULE)
			continue;
		/* Said once, and not counted again. */
		report->told[i] = 0;
		struct fault *finding = faults_add(report, (enum rule_id)i,
			&nowhere, _("and %zu more of this kind"),
			told - FINDINGS_PER_RULE);
		if (finding)
			finding->fixable = false;
	}
}

static int compare(const void *a, const void *b)
{
	const struct fault *left = a;
	const struct fault *right = b;

	if (left->file != right->file)
		return 0;
	if (left->place.line != right->place.line)
		return left->place.line < right->place.line ? -1 : 1;
	if (left->place.column != right->place.column)
		return left->place.column < right->place.column ? -1 : 1;
	return left->rule < right->rule ? -1 : left->rule > right->rule;
}

/* The findings of one file stand together. */
void faults_sort(struct faults *report)
{
	size_t end = 0;

	for (size_t start = 0; start < report->count; start = end) {
		for (end = start; end < report->count &&
			report->items[end].file == report->items[start].file;)
			end++;
		qsort(report->items + start, end - start,
			sizeof(*report->items), compare);
	}
}

void faults_release(struct faults *report)
{
	for (size_t i = 0; i < report->count; i++) {
		free(report->items[i].message);
		free(report->items[i].advice);
		free(report->items[i].hint);
		free(report->items[i].place.excerpt);
	}
	for (size_t i = 0; i < report->file_count; i++)
		free(report->files[i]);
	for (size_t i = 0; i < report->edit_count; i++)
		memory_free(report->edits[i].text, report->edits[i].text_size);
	free(report->items);
	free(report->files);
	free(report->edits);
	*report = (struct faults){ .count = 0 };
}
