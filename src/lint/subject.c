/* SPDX-License-Identifier: MIT */
/* What a file is, by its name. */
#include "lint/lint.h"

#include "base/slice.h"
#include "base/text.h"
#include "ecosystem/ecosystem.h"
#include "os/directory.h"
#include "vault/vault.h"

#include <string.h>

/* Bytes in which a vault shows what it is. */
#define BEGINNING_LIMIT 256

/* What teams call PM2's file, and what PM2 would start as an app by one of the
 * endings. */
static const char *const ecosystem_beginnings[] = { "ecosystem.", "pm2.",
	"process." };
static bool is_left_over(const char *name)
{
	return strstr(name, ".aigenv-") || text_ends_with(name, "~");
}

static bool is_env_name(const char *name)
{
	return text_equal(name, ".env") || text_starts_with(name, ".env.");
}

/* Whether it is meant to be one, by how it is called. */
static bool is_ecosystem_name(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(ecosystem_beginnings); i++) {
		if (!text_starts_with(name, ecosystem_beginnings[i]))
			continue;
		return ecosystem_kind(name) != ECOSYSTEM_NONE ||
			(i == 0 &&
				text_fits_any(name, text_ends_with,
					WORDS(".js", ".cjs", ".mjs", ".ts")));
	}
	return false;
}

/* {"aigenv": 1, ... */
static bool begins_as_vault(const char *bytes, size_t size)
{
	struct slice rest = slice_trimmed(
		slice_first((struct slice){ bytes, size }, BEGINNING_LIMIT));

	if (!slice_begins(rest, "{"))
		return false;
	rest = slice_trimmed(slice_from(rest, 1));
	return slice_begins(rest, "\"aigenv\"");
}

enum subject_kind subject_kind(const char *path, const char *bytes, size_t size)
{
	const char *name = path_name(path);

	if (is_env_name(name))
		return SUBJECT_ENV;
	if (text_equal(name, VAULT_FILE) ||
		(text_ends_with(name, ".json") && begins_as_vault(bytes, size)))
		return SUBJECT_VAULT;
	return is_ecosystem_name(name) || ecosystem_kind(name) != ECOSYSTEM_NONE
		? SUBJECT_ECOSYSTEM
		: SUBJECT_ENV;
}

bool subject_is_env_file(const char *name)
{
	return is_env_name(name) && !is_left_over(name);
}

bool subject_is_found(const char *name)
{
	return subject_is_env_file(name) || text_equal(name, VAULT_FILE) ||
		(is_ecosystem_name(name) && !is_left_over(name));
}

reader_set lint_default_readers(void)
{
	return READERS_ALL & ~READERS_RAW;
}
