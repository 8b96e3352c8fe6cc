/* SPDX-License-Identifier: MIT */
#include "commands/shown_word.h"

#include "base/i18n.h"
#include "base/text.h"

const char *shown_word(
	const struct shown_word *words, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++)
		if (text_equal(words[i].word, word))
			return _(words[i].shown);
	return word;
}
