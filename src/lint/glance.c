/* SPDX-License-Identifier: MIT */
#include "lint/glance.h"

void glance_begin(struct glance *glance, bool is_example)
{
	*glance = (struct glance){ .sees_everything = is_example };
	lint_collect_letters(glance);
	lint_secrets_letters(glance);
}

unsigned glance_at(const struct glance *glance, const struct envfile_row *row)
{
	const struct slice name = envfile_row_name(row);
	const struct slice value = envfile_row_within(row);
	unsigned seen = 0;

	if (glance->sees_everything)
		return GLANCE_EVERYTHING;
	if (letters_may_begin(&glance->gateway_beginnings, name) ||
		letters_may_end(&glance->gateway_endings, name))
		seen |= GLANCE_GATEWAY;
	if (letters_may_begin(&glance->public_beginnings, name))
		seen |= GLANCE_PUBLIC;
	if (letters_may_begin(&glance->placeholder_beginnings, value) ||
		letters_may_end(&glance->placeholder_endings, value))
		seen |= GLANCE_PLACEHOLDER;
	if (letters_may_begin(&glance->address_beginnings, value))
		seen |= GLANCE_ADDRESS;
	return seen;
}
