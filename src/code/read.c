/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

/* Each is looked for in the whole file. */
#define CONSTANTS_MOST 64

void source_reads(const struct source *source, read_found *found, void *context)
{
	size_t constants = CONSTANTS_MOST;
	struct reader reader = { .source = source,
		.found = found,
		.context = context,
		.constants = &constants };

	if (source->language == LANGUAGE_JS)
		find_aliases(&reader);
	find_in_table(&reader);
	if (source->language & LANGUAGES_OF_PLACEHOLDERS)
		return;
	find_calls(&reader);
	if (source->language == LANGUAGE_JS) {
		find_imports(&reader);
		find_defines(&reader);
		find_givers(&reader);
		find_bindings(&reader);
		find_schemas(&reader);
	}
	if (source->language == LANGUAGE_GO) {
		find_viper(&reader);
		find_expansions(&reader);
		find_tags(&reader);
	}
	if (source->language == LANGUAGE_PYTHON)
		find_settings(&reader);
}
