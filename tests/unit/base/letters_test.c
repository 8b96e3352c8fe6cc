/* SPDX-License-Identifier: MIT */
#include "base/letters.h"

#include "base/attributes.h"

#include <criterion/criterion.h>
#include <stdio.h>

static const char *const words[] = { "your_", "change_me", "x", "ab", "<no",
	"sk-", "_end", "here" };

/* More than a byte has bits: groups have several words. */
static void add_all(struct letters *letters, bool endings)
{
	static const char others[] = "cdefghijk";

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		(endings ? letters_add_ending : letters_add_beginning)(
			letters, words[i]);
	for (const char *at = others; *at; at++) {
		const char word[] = { *at, 'q', *at, '\0' };
		(endings ? letters_add_ending : letters_add_beginning)(
			letters, word);
	}
}

Test(letters, each_word_is_seen_whatever_stands_beside_it)
{
	struct letters beginnings = { .count = 0 };
	struct letters endings = { .count = 0 };
	char text[64];

	add_all(&beginnings, false);
	add_all(&endings, true);
	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		for (int byte = 1; byte < 256; byte++) {
			(void)snprintf(
				text, sizeof(text), "%s%c", words[i], byte);
			cr_expect(
				letters_may_begin(&beginnings, slice_of(text)),
				"%s", text);
			(void)snprintf(
				text, sizeof(text), "%c%s", byte, words[i]);
			cr_expect(letters_may_end(&endings, slice_of(text)),
				"%s", text);
		}
		cr_expect(letters_may_begin(&beginnings, slice_of(words[i])));
		cr_expect(letters_may_end(&endings, slice_of(words[i])));
	}
}

Test(letters, case_and_separators_are_not_looked_at)
{
	static const char *const others[] = { "CHANGE", "_end", "-end", " END",
		".eND" };
	struct letters letters = { .count = 0 };

	letters_add_beginning(&letters, "change_me");
	letters_add_beginning(&letters, "_end");
	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		cr_expect(letters_may_begin(&letters, slice_of(others[i])),
			"%s", others[i]);
}

/* Of two groups no text is put together. */
Test(letters, others_are_told_apart)
{
	static const char *const others[] = { "", "c", "ch", "yha", "coa",
		"info", "cho" };
	struct letters letters = { .count = 0 };

	letters_add_beginning(&letters, "change_me");
	letters_add_beginning(&letters, "your_");
	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		cr_expect_not(letters_may_begin(&letters, slice_of(others[i])),
			"%s", others[i]);
}
