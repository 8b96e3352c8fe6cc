/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/slice.h"
#include "base/text.h"

#include <string.h>

/* How far in front of it the choice begins. */
#define NEAR 160
#define WRAPS_MOST 3

/* One of two: a = b ? at : at. Behind the "="; `at` where it is none. */
static size_t choice_start(const struct source *source, size_t at)
{
	size_t least = at > NEAR ? at - NEAR : 0;
	bool asks = false;
	int open = 0;

	if (at == 0 || !strchr("?:", source->text[at - 1]))
		return at;
	for (size_t i = at; i > least && open >= 0; i--) {
		const char byte = source->text[i - 1];

		if (!source_is_code(source, i - 1) || byte == '\0')
			continue;
		open += strchr(")]}", byte) != NULL;
		open -= strchr("([{", byte) != NULL;
		if (open > 0)
			continue;
		if (strchr(";,", byte))
			break;
		asks = asks || byte == '?';
		if (byte == '=' && asks && i > 1 &&
			!strchr("=!<>", source->text[i - 2]) &&
			!strchr("=>", source->text[i]))
			return i;
	}
	return at;
}

struct slice source_assigned(const struct source *source, size_t at)
{
	size_t end = source_skip_space_back(source, at);

	for (int wraps = 0; wraps < WRAPS_MOST; wraps++) {
		if (source_before(source, end) == '(') {
			end--;
			while (end > 0 &&
				(text_is_name_byte(source->text[end - 1]) ||
					source->text[end - 1] == '.'))
				end--;
		} else if (end > 5 && source_has_word(source, end - 5, "await"))
			end -= 5;
		end = source_skip_space_back(source, end);
	}
	end = choice_start(source, end);
	if (source_before(source, end) != '=')
		return (struct slice){ NULL, 0 };
	end = source_skip_space_back(source, end - 1);
	if (source_before(source, end) == ':')
		end = source_skip_space_back(source, end - 1);
	size_t start = source_word_start(source, end);
	/* self.name, this.name: the same as a whole later on. */
	while (start > 1 && source->text[start - 1] == '.' &&
		text_is_name_byte(source->text[start - 2]))
		start = source_word_start(source, start - 1);
	/* const name: string | undefined = ... */
	size_t colon = start;
	while (colon > 0 &&
		(text_is_name_byte(source->text[colon - 1]) ||
			strchr(" |<>[].", source->text[colon - 1])))
		colon--;
	if (source_before(source, colon) == ':') {
		end = source_skip_space_back(source, colon - 1);
		start = source_word_start(source, end);
	}
	return (struct slice){ source->text + start, end - start };
}
