/* SPDX-License-Identifier: MIT */
#include "lint/lint_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"

#define MARK "aigenv:"
/* Bytes of a name that is no rule's. */
#define NAME_SHOWN 64

/* Moves behind the word, and the blanks in front of it. */
static bool take(struct slice *text, const char *word)
{
	struct slice rest = slice_skip_blanks(*text);

	if (!slice_take(&rest, word))
		return false;
	*text = rest;
	return true;
}

/* What stands behind the =; blanks may be anywhere before it. */
static bool find_names(
	struct slice line, const char *comment, struct slice *names)
{
	bool in_comment = false;

	for (; line.size > 0; line = slice_from(line, 1)) {
		in_comment = in_comment || slice_begins(line, comment);
		*names = line;
		if (in_comment && take(names, MARK) && take(names, "disable") &&
			take(names, "="))
			return true;
	}
	return false;
}

/* Names with a blank between them: up to a word that is no rule's, with which
 * a remark begins, unless it is the first. */
static void take_names(struct slice words, bool silent[RULE_COUNT],
	struct slice *unknown, bool *found)
{
	for (size_t i = 0; words.size > 0; i++) {
		struct slice name = { words.at, slice_find(words, ' ') };
		enum rule_id rule = rule_by_id(name.at, name.size);
		if (rule == RULE_COUNT) {
			if (unknown && i == 0)
				*unknown = name;
			return;
		}
		silent[rule] = true;
		*found = true;
		words = slice_skip_blanks(slice_from(words, name.size));
	}
}

bool lint_directive(struct slice line, const char *comment,
	bool silent[RULE_COUNT], struct slice *unknown)
{
	struct slice names;
	struct slice item;
	bool found = false;

	if (!slice_contains(line, MARK) || !find_names(line, comment, &names))
		return false;
	while (slice_take_item(&names, &item))
		take_names(slice_trimmed(item), silent, unknown, &found);
	return found;
}

bool lint_may_silence(const struct subject *subject)
{
	return slice_contains(
		(struct slice){ subject->bytes, subject->size }, MARK);
}

void lint_silent_in_file(const struct subject *subject, const char *comment,
	bool silent[RULE_COUNT])
{
	struct slice rest = { subject->bytes, subject->size };
	struct slice line;

	if (!lint_may_silence(subject))
		return;
	while (slice_take_line(&rest, &line))
		(void)lint_directive(line, comment, silent, NULL);
}

void lint_unknown_rule(
	struct report *report, const struct place *place, struct slice name)
{
	const char *ids[RULE_COUNT + 1] = { NULL };
	struct finding *finding = report_add(report, RULE_UNKNOWN_RULE, place,
		_("no rule is called %.*s"),
		(int)slice_first(name, NAME_SHOWN).size, name.at);
	OWNED char *word = slice_text(name);

	for (size_t i = 0; i < RULE_COUNT; i++)
		ids[i] = rules_table[i].id;
	const char *nearest = text_nearest(word, ids);
	if (nearest)
		finding_advise(finding, _("did you mean %s?"), nearest);
}
