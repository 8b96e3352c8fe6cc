/* SPDX-License-Identifier: MIT */
/* How rules tell of what they find. */
#include "lint/lint_internal.h"

#include <stdarg.h>

bool lint_wants(const struct lint *lint, enum rule_id rule)
{
	return rules_table[rule].readers == 0 ||
		(rules_table[rule].readers & lint->subject->readers) != 0;
}

char *lint_who(const struct lint *lint, enum rule_id rule)
{
	struct buf out = BUF(1024);

	readers_format(
		rules_table[rule].readers & lint->subject->readers, &out);
	return buf_take(&out, NULL);
}

struct finding *lint_say(struct lint *lint, enum rule_id rule,
	const struct envfile_row *row, size_t at, size_t length,
	const char *format, ...)
{
	va_list values;
	struct place place = { .line = row->number, .length = length };

	if (!lint_wants(lint, rule) || lint->silent_next[rule])
		return NULL;
	for (size_t i = 0; i < at; i++)
		place.line += row->text.at[i] == '\n';
	size_t start = at;
	while (start > 0 && row->text.at[start - 1] != '\n')
		start--;
	place.column = 1;
	/* In characters, as editors count. */
	for (size_t i = start; i < at; i++)
		place.column += ((unsigned char)row->text.at[i] & 0xc0) != 0x80;
	if (lint->report->told[rule] < FINDINGS_PER_RULE)
		place.excerpt = lint_excerpt(row, at, length, &place.caret);
	va_start(values, format);
	struct finding *finding =
		report_vadd(lint->report, rule, &place, format, values);
	va_end(values);
	return finding;
}

struct finding *lint_say_file(
	struct lint *lint, enum rule_id rule, const char *format, ...)
{
	va_list values;
	const struct place nowhere = { .line = 0 };

	if (!lint_wants(lint, rule) || lint->silent_file[rule])
		return NULL;
	va_start(values, format);
	struct finding *finding =
		report_vadd(lint->report, rule, &nowhere, format, values);
	va_end(values);
	return finding;
}

void lint_mend(struct lint *lint, struct finding *finding,
	const struct envfile_row *row, size_t at, size_t size,
	struct slice text)
{
	/* Beyond what is told one by one an edit is an edit all the same. */
	report_edit(
		lint->report, finding, row->at + at, size, text.at, text.size);
}
