/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/slice.h"

#include <string.h>

void find_membership(const struct reader *reader, size_t at)
{
	const struct source *source = reader->source;
	struct read read = { .asked = true };
	size_t end = at;
	size_t word;

	while (source_before(source, end) == '.')
		end = source_word_start(source, end - 1);
	end = source_skip_space_back(source, end);
	word = source_word_start(source, end);
	if (end - word != 2 || memcmp(source->text + word, "in", 2) != 0)
		return;
	end = source_skip_space_back(source, word);
	/* "NAME" not in ...: what follows is where it is not there. */
	if (end < 3 || !strchr("\"'", source->text[end - 1]))
		return;
	word = source_word_start(source, end - 1);
	if (word == 0 ||
		!source_take_quoted(source, &(size_t){ word - 1 }, read.name))
		return;
	read.at = word - 1;
	reader->found(reader->context, &read);
}
