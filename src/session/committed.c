/* SPDX-License-Identifier: MIT */
#include "session/committed.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "git/history.h"
#include "os/directory.h"
#include "vault/vault.h"

bool committed_file(const char *directory, const char *name, struct buf *text)
{
	return git_file(directory, "HEAD",
		text_starts_with(name, "./") ? name + 2 : name, text);
}

json_t *committed_settings(const char *vault_path, const char *profile)
{
	static const struct json_limits limits = { .depth = 8 };
	SCOPED(buf) struct buf text = BUF(VAULT_LIMIT);
	struct error ignored;
	OWNED char *directory = path_directory(vault_path);
	bool found = committed_file(directory, path_name(vault_path), &text);

	if (!found)
		return NULL;
	JSON_SCOPED json_t *vault = json_parse(
		buf_cstring(&text), text.size, "HEAD", &limits, &ignored);
	json_t *profiles = json_object_get(vault, "profiles");
	return json_incref(json_inner(profiles, profile, "settings"));
}
