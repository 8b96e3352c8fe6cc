/* SPDX-License-Identifier: MIT */
#include "lint/lint_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define DIRECTIVE "aigenv: disable="

bool lint_directive(struct slice line, const char *comment,
	bool silent[RULE_COUNT], struct slice *unknown)
{
	struct slice item;
	bool found = false;
	bool in_comment = false;

	if (!slice_contains(line, DIRECTIVE))
		return false;
	for (struct slice rest = line; rest.size > 0;
		rest = slice_from(rest, 1)) {
		in_comment = in_comment || slice_begins(rest, comment);
		if (!in_comment || !slice_begins(rest, DIRECTIVE))
			continue;
		rest = slice_from(rest, strlen(DIRECTIVE));
		while (slice_take_item(&rest, &item)) {
			struct slice name = slice_trimmed(item);
			name.size = slice_find(name, ' ');
			enum rule_id rule = rule_by_id(name.at, name.size);
			if (rule == RULE_COUNT) {
				if (unknown)
					*unknown = name;
				continue;
			}
			silent[rule] = true;
			found = true;
		}
		break;
	}
	return found;
}

bool lint_may_silence(const struct subject *subject)
{
	return slice_contains(
		(struct slice){ subject->bytes, subject->size }, DIRECTIVE);
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

char *lint_nearest_rule(struct slice name)
{
	const char *ids[RULE_COUNT + 1] = { NULL };
	char *word = slice_text(name);

	for (size_t i = 0; i < RULE_COUNT; i++)
		ids[i] = rules_table[i].id;
	const char *nearest = text_nearest(word, ids);
	free(word);
	return nearest ? memory_printf(_("did you mean %s?"), nearest)
		       : memory_text(_(rules_table[RULE_UNKNOWN_RULE].fix));
}
