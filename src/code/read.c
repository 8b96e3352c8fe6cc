/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

void source_reads(const struct source *source, read_found *found, void *context)
{
	const struct reader reader = { source, found, context };

	find_in_table(&reader);
	if (source->language & LANGUAGES_OF_PLACEHOLDERS)
		return;
	find_calls(&reader);
	if (source->language == LANGUAGE_JS) {
		find_imports(&reader);
		find_defines(&reader);
		find_givers(&reader);
		find_aliases(&reader);
		find_bindings(&reader);
	}
	if (source->language == LANGUAGE_GO) {
		find_viper(&reader);
		find_expansions(&reader);
	}
	find_schemas(&reader);
	find_settings(&reader);
}
