/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/slice.h"

/* Fields of a struct: `env:"NAME,required"`, `envconfig:"NAME" required:"true"`
 */
static void take_tag(const struct reader *reader, size_t key, size_t at)
{
	const struct source *source = reader->source;
	const struct slice rest = source_from(source, key);
	const struct slice tag = slice_first(rest, slice_find(rest, '`'));
	struct read read = { .at = key };

	if (!source_take_name(source, &at, read.name))
		return;
	read.asked =
		!slice_fits_any(tag, slice_contains,
			WORDS(",required", ",notEmpty", " required:\"true\"",
				"env-required:\"true\"")) ||
		slice_fits_any(tag, slice_contains,
			WORDS("efault:\"", "env-default:"));
	reader->found(reader->context, &read);
}

void find_tags(const struct reader *reader)
{
	static const char *const keys[] = { "env:\"", "envconfig:\"" };

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		const struct slice key = slice_of(keys[i]);

		for (size_t at = 0;
			source_find(reader->source, key, SIGN_STRING, &at);
			at++)
			take_tag(reader, at, at + key.size);
	}
}
