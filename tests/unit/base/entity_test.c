/* SPDX-License-Identifier: MIT */
#include "base/entity.h"

#include <criterion/criterion.h>

static void spells(const char *text, size_t size, char byte)
{
	char taken = '?';

	cr_expect_eq(entity_take(slice_of(text), &taken), size, "%s", text);
	cr_expect_eq(taken, byte, "%s: %c", text, taken);
}

Test(entity, names_and_numbers_spell_a_character)
{
	spells("&quot;sk-1", 6, '"');
	spells("&amp;", 5, '&');
	spells("&#39;", 5, '\'');
	spells("&#x27;x", 6, '\'');
	spells("&#X3c;", 6, '<');
}

Test(entity, what_spells_none_stays)
{
	spells("", 0, '?');
	spells("&", 0, '?');
	spells("quot;", 0, '?');
	spells("&quot", 0, '?');
	spells("&eacute;", 0, '?');
	spells("&#;", 0, '?');
	spells("&#0;", 0, '?');
	spells("&#8217;", 0, '?');
	spells("&#3a;", 0, '?');
	spells("&#39", 0, '?');
}
