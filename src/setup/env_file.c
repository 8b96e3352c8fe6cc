/* SPDX-License-Identifier: MIT */
#include "setup/env_file.h"

#include "base/i18n.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"
#include "envfile/envfile.h"
#include "os/directory.h"
#include "os/file.h"
#include "profile/profile.h"
#include "setup/own_file.h"

#include <stdlib.h>
#include <string.h>

static bool read_document(const char *path, struct buf *text,
	struct envfile **document, struct error *err)
{
	if (!file_read_given(path, text, NULL, NULL, err))
		return false;
	if (envfile_parse(buf_cstring(text), text->size, document, err))
		return true;
	/* "line 2" of a file is file:2. */
	static const char line[] = "line ";
	return text_starts_with(err->where, line)
		? error_at(err, "%s:%s", path, err->where + strlen(line))
		: error_at(err, "%s", path);
}

bool env_file_import(
	const char *path, struct imported *imported, struct error *err)
{
	SCOPED(buf) struct buf text = BUF(ENVFILE_LIMIT);
	struct envfile *document = NULL;

	if (!read_document(path, &text, &document, err))
		return false;
	if (import_is_example(path))
		import_example(
			buf_cstring(&text), text.size, document, imported);
	else
		import_env(document, imported);
	envfile_free(document);
	return true;
}

/* Where the vault is, or will be: an absolute path, owned; or NULL. */
static char *vault_folder(const struct session_options *options)
{
	struct error ignored; /* told by the session that comes next */
	char *vault = NULL;

	if (!session_find_vault(options, &vault, &ignored))
		vault = NULL;
	char *folder = vault ? path_directory(vault) : memory_text(".");
	char *whole = path_resolve(folder);
	free(vault);
	free(folder);
	return whole;
}

/* The path as an output of the vault has it; NULL where it is outside. */
static char *output_path(const char *path, const char *folder)
{
	char *to = path_resolve(path);
	char *relative = folder && to ? path_relative(folder, to) : NULL;

	free(to);
	if (relative &&
		(relative[0] == '/' || text_starts_with(relative, ".."))) {
		free(relative);
		return NULL;
	}
	return relative;
}

void env_file_keep(const char *path, const struct session_options *options,
	json_t *answers)
{
	if (json_object_get(answers, "outputs"))
		return;
	char *folder = vault_folder(options);
	char *relative = output_path(path, folder);

	if (!relative)
		observer_warn(&options->observer,
			_("%s is outside the vault's folder: the profile "
			  "renders a .env there instead"),
			path);
	/* `.env` it is anyway, and the ecosystem file with PM2 as well. */
	if (relative && !text_equal(relative, ".env")) {
		json_t *outputs = profile_default_outputs(relative);
		if (json_object_get(answers, "pm2"))
			json_push(outputs, own_file_default_output(folder));
		json_put(answers, "outputs", outputs);
	}
	free(folder);
	free(relative);
}
