/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/text.h"

#include <string.h>

#define CALLEE_MOST 64

bool callee_names_environment(struct slice callee)
{
	for (size_t at = 0; at < callee.size; at++) {
		const struct slice rest = slice_from(callee, at);

		if (!slice_begins_ignoring_case(rest, "env") ||
			slice_begins_ignoring_case(rest, "envel"))
			continue;
		return !slice_begins_ignoring_case(rest, "environment") ||
			slice_begins_ignoring_case(rest, "environmentvar") ||
			slice_begins_ignoring_case(rest, "environment.");
	}
	return false;
}

static bool is_callee_byte(char byte)
{
	return text_is_name_byte(byte) || (byte && strchr(".:!?", byte));
}

struct slice source_callee(const struct source *source, size_t open)
{
	size_t end = source_skip_space_back(source, open);
	size_t start = end;

	if (end > 0 && source->text[end - 1] == '>')
		while (start > 0 && end - start < CALLEE_MOST &&
			source->text[--start] != '<')
			;
	end = start;
	while (start > 0 && end - start < CALLEE_MOST &&
		source_is_code(source, start - 1) &&
		is_callee_byte(source->text[start - 1]))
		start--;
	/* What stands in front of it is none of it: !getenv(, a ? env( */
	while (start < end && !text_is_name_byte(source->text[start]))
		start++;
	return (struct slice){ source->text + start, end - start };
}
