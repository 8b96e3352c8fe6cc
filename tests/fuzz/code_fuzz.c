/* SPDX-License-Identifier: MIT */
/*
 * Sources of any language: the first byte chooses it, the rest is the file.
 * Every byte has a sign, every name that is found stands in the file or is a
 * field's, and every place is in it.
 */
#include "fuzz.h"

#include "base/attributes.h"
#include "base/memory.h"
#include "code/source_internal.h"

#include <string.h>

static const char *const paths[] = { "env.ts", "a.py", "a.rb", "a.php", "a.go",
	"a.rs", "a.java", "a.ex", "a.sh", "compose.yml", "a.prisma", "a.erb",
	".env", "config.js", "Dockerfile", "application.yml",
	"bootstrap.properties", "a.kt" };

static void check_name(const char *name)
{
	size_t size = strlen(name);

	FUZZ_CHECK(size > 0 && size < NAME_MOST);
}

static void take_read(void *context, const struct read *read)
{
	struct source *source = context;
	struct place place = source_place(source, read->at);

	check_name(read->name);
	FUZZ_CHECK(read->at < source->size);
	FUZZ_CHECK(place.line > 0 && place.column > 0 && place.at == read->at);
}

static void take_given(void *context, const char *name)
{
	(void)context;
	check_name(name);
}

static void take_key(void *context, size_t at, const char *prefix)
{
	const struct source *source = context;

	FUZZ_CHECK(at + strlen(prefix) < source->size);
	FUZZ_CHECK(memcmp(source->text + at + 1, prefix, strlen(prefix)) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	if (size == 0)
		return 0;
	/* Not one byte behind it, but the NUL that files have. */
	char *text = memory_new(size);
	memcpy(text, bytes + 1, size - 1);
	const char *path = paths[bytes[0] % ARRAY_SIZE(paths)];
	struct source source = { .path = path,
		.text = text,
		.size = size - 1,
		.language = language_of(path, text, size - 1) };
	size_t at;

	source.has_words = true;
	(void)source_may_read(&source);
	for (size_t i = 0; i < source.env_count; i++)
		FUZZ_CHECK(source.envs[i] + strlen("env") <= source.size &&
			(i == 0 || source.envs[i] > source.envs[i - 1]));
	source_lex(&source);
	for (size_t i = 0; i < source.size; i++)
		FUZZ_CHECK(source.signs[i] <= SIGN_COMMENT);
	source_reads(&source, take_read, &source);
	text_gives(&source, take_given, NULL);
	text_keys(text, source.size, take_key, &source);
	if (source_bare_client(&source, &at))
		FUZZ_CHECK(at < source.size);
	if (source_address(&source, &at))
		FUZZ_CHECK(at < source.size);
	source_release(&source);
	memory_free(text, size);
	return 0;
}
