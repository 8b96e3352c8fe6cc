/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/slice.h"

#include <string.h>

/* Of the text in quotes whose first quote is at `quote`. */
static void take_expansions(const struct reader *reader, size_t quote)
{
	const struct source *source = reader->source;

	for (size_t at = quote + 1;
		at < source->size && source->signs[at] == SIGN_STRING &&
		source->text[at] != source->text[quote];
		at++) {
		struct read read = { .at = at };
		size_t end = at + 1 + (source_byte(source, at + 1) == '{');

		if (source->text[at] == '$' &&
			source_take_name(source, &end, read.name))
			reader->found(reader->context, &read);
	}
}

void find_expansions(const struct reader *reader)
{
	const struct source *source = reader->source;
	const struct slice call = slice_of("os.ExpandEnv(");

	for (size_t at = 0; source_find(source, call, SIGN_CODE, &at); at++) {
		size_t quote = source_skip_space(source, at + call.size);

		if (strchr("\"`", source_byte(source, quote)) &&
			source_byte(source, quote))
			take_expansions(reader, quote);
	}
}
