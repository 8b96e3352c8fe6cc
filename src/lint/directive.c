/* SPDX-License-Identifier: MIT */
#include "lint/lint_internal.h"

#include <string.h>

#define DIRECTIVE "aigenv: disable="

bool lint_directive(
	struct slice line, const char *comment, bool silent[RULE_COUNT])
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
			if (rule == RULE_COUNT)
				continue;
			silent[rule] = true;
			found = true;
		}
		break;
	}
	return found;
}

void lint_silent_in_file(const struct subject *subject, const char *comment,
	bool silent[RULE_COUNT])
{
	struct slice rest = { subject->bytes, subject->size };
	struct slice line;

	if (!slice_contains(rest, DIRECTIVE))
		return;
	while (slice_take_line(&rest, &line))
		(void)lint_directive(line, comment, silent);
}
