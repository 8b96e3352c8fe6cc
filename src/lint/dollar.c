/* SPDX-License-Identifier: MIT */
/* What $ and backticks in a value stand for to some readers: another variable's
 * value, or what a command says. */
#include "lint/lint_internal.h"

#include "base/i18n.h"
#include "base/text.h"

#include <string.h>

/* Where $NAME or ${NAME} is, of the length *length; else the size. */
static size_t find_reference(struct slice text, size_t *length)
{
	for (size_t i = 0; i + 1 < text.size; i++) {
		size_t open = text.at[i + 1] == '{';
		size_t end = i + 1 + open;
		if (text.at[i] != '$' || (i > 0 && text.at[i - 1] == '\\'))
			continue;
		while (end < text.size && text_is_name_byte(text.at[end]))
			end++;
		if (end == i + 1 + open)
			continue;
		*length = end - i + open;
		return i;
	}
	return text.size;
}

static bool names_itself(const struct envfile_row *row, struct slice reference)
{
	struct slice name = envfile_row_name(row);
	struct slice inner =
		slice_from(reference, slice_begins(reference, "${") ? 2 : 1);

	return inner.size >= name.size &&
		memcmp(inner.at, name.at, name.size) == 0 &&
		(inner.size == name.size ||
			!text_is_name_byte(inner.at[name.size]));
}

size_t lint_find_command(struct slice value, bool single)
{
	for (size_t i = 0; i < value.size; i++)
		if (slice_has_at(value, i, "$(") ||
			(value.at[i] == '`' && !single && *value.at != '`'))
			return i;
	return value.size;
}

/* Measured with dotenv's config: ${A:-x} alone stays as it is. */
static void say_self_reference(
	struct lint *lint, const struct envfile_row *row, size_t at, bool alone)
{
	const reader_set expand = (reader_set)1 << READER_DOTENV_EXPAND;

	if (!alone && lint->subject->readers & expand)
		(void)lint_say(lint, RULE_SELF_REFERENCE, row, at, 1,
			_("the value refers to its own name, from which "
			  "dotenv-expand 1000 never returns"));
	else
		(void)lint_say_who(lint, RULE_SELF_REFERENCE, row, at, 1,
			_("the value refers to its own name, and what stands "
			  "for that differs: %s put in what each has"));
}

/* Single quotes keep $ from most who expand it. */
static void say_reference(struct lint *lint, enum rule_id rule,
	const struct envfile_row *row, size_t at, struct slice value)
{
	struct finding *finding = lint_say_who(lint, rule, row, at, 1,
		_("the variable's value is put here by %s; the others keep the "
		  "text"));

	if (rule == RULE_EXPANSION)
		lint_advise_reference(lint, finding, row, value);
}

void lint_dollar(
	struct lint *lint, const struct envfile_row *row, struct slice value)
{
	size_t length = 0;
	bool single = *value.at == '\'' && row->quoted;
	size_t offset = (size_t)(value.at - row->text.at);
	size_t command = lint_find_command(value, single);
	const struct slice within = row->quoted
		? slice_from(slice_first(value, value.size - 1), 1)
		: value;

	if (command < value.size) {
		lint->named |= lint->judgement.expands;
		(void)lint_say_who(lint, RULE_COMMAND, row, offset + command, 2,
			_("this is run as a command by %s"));
	}
	size_t at = find_reference(value, &length);
	if (at == value.size)
		return;
	enum rule_id rule = single ? RULE_EXPANSION_QUOTED : RULE_EXPANSION;
	if (!single && names_itself(row, slice_from(value, at)))
		say_self_reference(lint, row, offset + at,
			slice_begins(within, "${") &&
				slice_find(within, '}') + 1 == within.size);
	else
		say_reference(lint, rule, row, offset + at, within);
	lint->named |= lint->judgement.expands;
}
