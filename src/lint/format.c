/* SPDX-License-Identifier: MIT */
#include "lint/format.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "ui/style.h"

#include <stdio.h>

static void append_place(const struct fault *finding, struct buf *out)
{
	buf_text(out, finding->file);
	if (finding->place.line)
		buf_printf(out, ":%zu", finding->place.line);
	if (finding->place.line && finding->place.column)
		buf_printf(out, ":%zu", finding->place.column);
}

static void append_blanks(struct buf *out, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_byte(out, ' ');
}

static void append_line(const struct fault *finding, struct buf *out)
{
	char number[24];
	const char *hint = finding->hint ? finding->hint : finding->advice;
	int size = snprintf(number, sizeof(number), "%zu", finding->place.line);

	buf_printf(out, STYLE_DIM "  %s |" STYLE_END " %s\n", number,
		finding->place.excerpt);
	append_blanks(out, (size_t)size + 2);
	buf_text(out, STYLE_DIM " |" STYLE_END " ");
	append_blanks(out, finding->place.caret ? finding->place.caret - 1 : 0);
	buf_printf(out, STYLE_BOLD "^" STYLE_END " %s\n", hint);
}

static void append_sum(const struct faults *report, struct buf *out)
{
	size_t all = report->errors + report->warnings;

	if (all == 0) {
		buf_printf(out,
			ngettext(
				"%zu remark\n", "%zu remarks\n", report->infos),
			report->infos);
		return;
	}
	buf_printf(out,
		ngettext("%zu problem (errors: %zu, warnings: %zu); --fix "
			 "mends %zu\n",
			"%zu problems (errors: %zu, warnings: %zu); --fix "
			"mends %zu\n",
			all),
		all, report->errors, report->warnings, report->fixable);
}

void format_human(const struct faults *faults, struct buf *out)
{
	static const char *const marks[] = { STYLE_BAD, STYLE_WARN, STYLE_DIM };

	for (size_t i = 0; i < faults->count; i++) {
		const struct fault *finding = &faults->items[i];
		const struct lint_rule *rule = &lint_rules[finding->rule];
		append_place(finding, out);
		buf_printf(out, "  %s%-7s" STYLE_END "  %s  %s\n",
			marks[rule->rule.severity],
			severity_word(rule->rule.severity), rule->rule.id,
			finding->message);
		if (finding->place.excerpt)
			append_line(finding, out);
		else
			buf_printf(out, "  %s\n", finding->advice);
	}
	if (faults->errors + faults->warnings + faults->infos)
		append_sum(faults, out);
}

void format_report(const struct faults *faults, struct report *report)
{
	for (size_t i = 0; i < faults->count; i++) {
		const struct fault *fault = &faults->items[i];
		const struct finding finding = {
			.rule = &lint_rules[fault->rule].rule,
			.file = memory_text(fault->file),
			.line = fault->place.line,
			.column = fault->place.column,
			.message = memory_text(fault->message),
			.advice = memory_text(fault->advice),
			.fixable = fault->fixable,
		};
		report_add(report, &finding);
	}
}
