/* SPDX-License-Identifier: MIT */
/* How rules tell of what they find. */
#include "lint/lint_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdarg.h>

/* Whom of a judged row a rule is about. */
enum sufferers {
	AS_MEASURED, /* it is about more than the row */
	WHO_ERRS,    /* those of the rule who are wrong */
	ALL_WHO_ERR,
	WHO_EXPANDS,
	WHO_RUNS,
	NOT_NAMED, /* who errs, and whom no rule before has named */
};

static const enum sufferers kinds[RULE_COUNT] = {
	[RULE_NO_ASSIGNMENT] = ALL_WHO_ERR,
	[RULE_KEY_CHARACTERS] = ALL_WHO_ERR,
	[RULE_SPACE_AROUND_EQUALS] = WHO_ERRS,
	[RULE_UNQUOTED_BLANK] = WHO_ERRS,
	[RULE_UNQUOTED_HASH] = WHO_ERRS,
	[RULE_SHELL_SIGN] = WHO_ERRS,
	[RULE_COMMAND] = WHO_RUNS,
	[RULE_UNCLOSED_QUOTE] = ALL_WHO_ERR,
	[RULE_STRAY_QUOTE] = WHO_ERRS,
	[RULE_TEXT_AFTER_QUOTE] = ALL_WHO_ERR,
	[RULE_EMPTY_BLANK] = WHO_ERRS,
	[RULE_SELF_REFERENCE] = WHO_EXPANDS,
	[RULE_COMMENT_BACKSLASH] = ALL_WHO_ERR,
	[RULE_COMMENT_QUOTE] = WHO_ERRS,
	[RULE_EXPANSION] = WHO_EXPANDS,
	[RULE_EXPANSION_QUOTED] = WHO_EXPANDS,
	[RULE_INLINE_COMMENT] = WHO_ERRS,
	[RULE_EXPORT] = WHO_ERRS,
	[RULE_SEVERAL_LINES] = WHO_ERRS,
	[RULE_ESCAPE] = WHO_ERRS,
	[RULE_BARE_BACKSLASH] = WHO_ERRS,
	[RULE_CONTINUATION] = WHO_ERRS,
	[RULE_BACKTICK] = ALL_WHO_ERR,
	[RULE_BLANK_LINE] = ALL_WHO_ERR,
	[RULE_TAB] = WHO_ERRS,
	[RULE_TRAILING_BLANK] = WHO_ERRS,
	[RULE_TILDE] = WHO_ERRS,
	[RULE_RAW_QUOTES] = WHO_ERRS,
	[RULE_READERS_DIFFER] = NOT_NAMED,
};

reader_set lint_sufferers(const struct lint *lint, enum rule_id rule)
{
	const struct judgement *judgement = &lint->judgement;
	reader_set here = lint->subject->readers;
	reader_set measured =
		rules_table[rule].readers ? rules_table[rule].readers : here;

	switch (lint->judged ? kinds[rule] : AS_MEASURED) {
	case WHO_ERRS:
		return measured & judgement->wrong & here;
	case ALL_WHO_ERR:
		return judgement->wrong & here;
	case WHO_EXPANDS:
		/* Where all do, they agree. */
		return (judgement->expands & here) == here
			? 0
			: judgement->expands & here;
	case WHO_RUNS:
		return judgement->runs & here;
	case NOT_NAMED:
		return judgement->wrong & here & ~lint->named;
	case AS_MEASURED:
		break;
	}
	return measured & here;
}

char *readers_in_words(reader_set readers)
{
	enum reader last = READER_COUNT;
	struct buf out = BUF(1024);

	for (size_t i = 0; i < READER_COUNT; i++)
		if (readers >> i & 1U)
			last = (enum reader)i;
	if (readers & (readers - 1)) {
		SCOPED(buf) struct buf others = BUF(1024);
		readers_format(readers & ~((reader_set)1 << last), &others);
		buf_printf(&out, _("%s and %s"), buf_cstring(&others),
			reader_name(last));
	} else {
		readers_format(readers, &out);
	}
	return buf_take(&out, NULL);
}

char *lint_who(const struct lint *lint, enum rule_id rule)
{
	return readers_in_words(lint_sufferers(lint, rule));
}

static struct finding *PRINTF(4, 0) add(struct lint *lint, enum rule_id rule,
	const struct place *place, const char *format, va_list values)
{
	struct finding *finding =
		report_vadd(lint->report, rule, place, format, values);

	lint->said++;
	lint->counted.rule = rule;
	return finding ? finding : &lint->counted;
}

struct finding *lint_say(struct lint *lint, enum rule_id rule,
	const struct envfile_row *row, size_t at, size_t length,
	const char *format, ...)
{
	va_list values;
	struct place place = { .line = row->number };

	reader_set who = lint_sufferers(lint, rule);
	if (lint->judged && kinds[rule] != AS_MEASURED)
		lint->named |= who;
	if (!who || lint->silent_next[rule])
		return NULL;
	place.line += slice_count(slice_first(row->text, at), '\n');
	size_t start = text_line_start(row->text.at, at);
	place.column = 1 + text_count(row->text.at + start, at - start);
	if (lint->report->told[rule] < FINDINGS_PER_RULE)
		place.excerpt = lint_excerpt(row, at, length, &place.caret);
	va_start(values, format);
	struct finding *finding = add(lint, rule, &place, format, values);
	va_end(values);
	return finding;
}

struct finding *lint_say_who(struct lint *lint, enum rule_id rule,
	const struct envfile_row *row, size_t at, size_t length,
	const char *sentence)
{
	if (!lint_sufferers(lint, rule))
		return NULL;
	/* Only counted. */
	if (lint->report->told[rule] >= FINDINGS_PER_RULE)
		return lint_say(lint, rule, row, at, length, "%s", "");
	OWNED char *who = lint_who(lint, rule);
	OWNED char *text = i18n_filled(sentence, who, who);
	return lint_say(lint, rule, row, at, length, "%s", text);
}

struct finding *lint_say_file(
	struct lint *lint, enum rule_id rule, const char *format, ...)
{
	va_list values;
	const struct place nowhere = { .line = 0 };

	if (!lint_sufferers(lint, rule) || lint->silent_file[rule])
		return NULL;
	va_start(values, format);
	struct finding *finding = add(lint, rule, &nowhere, format, values);
	va_end(values);
	return finding;
}

/* Whom the finding names, or another of the same row: together they name all to
 * whom it is wrong. Else as it was measured; a rule without readers is about no
 * difference between them. */
static reader_set named_by(const struct lint *lint, enum rule_id rule)
{
	if (!lint->judged || kinds[rule] == AS_MEASURED)
		return rules_table[rule].readers & lint->subject->readers;
	return lint->silent_next[RULE_READERS_DIFFER]
		? lint_sufferers(lint, rule)
		: lint->judgement.wrong & lint->subject->readers;
}

static void mend(struct lint *lint, const struct finding *finding, size_t at,
	size_t size, struct slice text, bool new_value)
{
	if (!finding || lint->unclear || at + size > lint->mendable)
		return;
	reader_set named = named_by(lint, finding->rule);
	const struct edit edit = {
		.at = at,
		.size = size,
		.number = lint->said,
		.item = finding == &lint->counted ? ITEM_NONE
						  : lint->report->count - 1,
		.named = named,
		.wrong = lint->judged ? lint->judgement.wrong : named,
		.new_value = new_value,
		.twin = lint->twin,
	};
	edits_add(lint->edits, &edit, text);
}

void lint_mend(struct lint *lint, const struct finding *finding,
	const struct envfile_row *row, size_t at, size_t size,
	struct slice text)
{
	mend(lint, finding, row->at + at, size, text, false);
}

void lint_mend_value(struct lint *lint, const struct finding *finding,
	const struct envfile_row *row, size_t at, size_t size,
	struct slice text)
{
	mend(lint, finding, row->at + at, size, text, true);
}
