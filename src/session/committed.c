/* SPDX-License-Identifier: MIT */
#include "session/committed.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/directory.h"
#include "os/process.h"
#include "vault/vault.h"

#include <stdlib.h>

#define GIT_TIMEOUT_MS 5000

bool committed_file(const char *directory, const char *name, struct buf *text)
{
	SCOPED(buf) struct buf errors = BUF(65536);
	struct process_result result;
	struct error ignored;
	const char *plain = text_starts_with(name, "./") ? name + 2 : name;
	char *object = memory_printf("HEAD:./%s", plain);
	const char *const argv[] = { "git", "show", object, NULL };
	struct process process = { .argv = argv,
		.directory = directory,
		.timeout_ms = GIT_TIMEOUT_MS,
		.output = text,
		.errors = &errors };
	bool ok = process_run(&process, &result, &ignored) && result.exited &&
		result.exit_code == 0 && !buf_failed(text);

	free(object);
	return ok;
}

json_t *committed_settings(const char *vault_path, const char *profile)
{
	static const struct json_limits limits = { .depth = 8 };
	SCOPED(buf) struct buf text = BUF(VAULT_LIMIT);
	struct error ignored;
	char *directory = path_directory(vault_path);
	bool found = committed_file(directory, path_name(vault_path), &text);

	free(directory);
	if (!found)
		return NULL;
	JSON_SCOPED json_t *vault = json_parse(
		buf_cstring(&text), text.size, "HEAD", &limits, &ignored);
	json_t *profiles = json_object_get(vault, "profiles");
	return json_incref(json_object_get(
		json_object_get(profiles, profile), "settings"));
}
