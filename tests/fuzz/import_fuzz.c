/* SPDX-License-Identifier: MIT */
/*
 * Env files that become answers, and examples that become a schema: whatever
 * the file, what comes of it is what `init` takes, and values fit the schema
 * that was read beside them.
 */
#include "fuzz.h"

#include "base/json.h"
#include "import/import.h"
#include "profile/schema.h"
#include "settings/settings.h"

static void check_example(
	const char *bytes, size_t size, const struct envfile *document)
{
	SCOPED(imported) struct imported imported = { .answers = NULL };
	struct error err = { 0 };
	const char *name = NULL;
	json_t *value = NULL;

	import_example(bytes, size, document, &imported);
	FUZZ_CHECK(
		settings_accepts(imported.answers, SETTINGS_DRAFT, NULL, &err));
	FUZZ_CHECK(schema_accepts(imported.answers, &err));
	json_object_foreach(imported.defaults, name, value) {
		FUZZ_CHECK(schema_check_plain(imported.answers, name,
			json_string_value(value), &err));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	SCOPED(imported) struct imported imported = { .answers = NULL };
	struct envfile *document = NULL;
	struct error err = { 0 };

	if (!envfile_parse((const char *)bytes, size, &document, &err))
		return 0;
	check_example((const char *)bytes, size, document);
	import_env(document, &imported);
	envfile_free(document);
	return 0;
}
