/* SPDX-License-Identifier: MIT */
#include "setup/env_file.h"

#include "base/attributes.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/slice.h"
#include "base/text.h"
#include "ecosystem/ecosystem.h"
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

/* Settings and programs by their names. Some of their lines look like
 * NAME=VALUE, and what aigenv would write into them does not. */
static bool has_other_name(const char *path)
{
	const char *name = path_name(path);

	return text_equal(name, "Makefile") ||
		slice_fits_any(slice_of(name), slice_ends_ignoring_case,
			WORDS(".yml", ".yaml", ".toml", ".json", ".jsonc",
				".json5", ".js", ".cjs", ".mjs", ".ts", ".cts",
				".mts", ".jsx", ".tsx", ".py", ".rb", ".php",
				".go", ".rs", ".java", ".kt", ".cs", ".swift",
				".ex", ".exs", ".tf", ".tfvars", ".hcl", ".xml",
				".plist", ".properties", ".ps1", ".bat", ".cmd",
				".md", ".html"));
}

/* "[vars]" on a line of its own, as TOML, .ini and systemd's units have it. */
static bool has_section(struct slice text)
{
	struct slice line;

	while (slice_take_line(&text, &line)) {
		line = slice_trimmed(line);
		if (line.size > 2 && *line.at == '[' && slice_ends(line, "]") &&
			slice_find(line, ' ') == line.size)
			return true;
	}
	return false;
}

/* An ecosystem file that has a usual name, or *.config.js. */
static bool is_for_pm2(const char *name)
{
	struct error ignored;
	bool usual = ecosystem_kind(name) == ECOSYSTEM_SCRIPT;

	for (const char *const *own = ecosystem_usual; *own; own++)
		usual = usual || text_equal(name, *own);
	return usual && ecosystem_check_kind(name, &ignored);
}

/* What has another form must not become an output and take the profile's
 * variables. */
static bool require_lines(const char *path, const struct buf *text,
	const struct envfile *document, struct error *err)
{
	const bool lines = envfile_count(document) > 0;
	const bool other = has_other_name(path) ||
		has_section((struct slice){ text->data, text->size });
	size_t at = 0;

	if (!other && (lines || envfile_next_stray(document, &at) == 0))
		return true;
	error_set(err, STATUS_INVALID, "%s",
		lines ? _("it is not an env file: what aigenv writes into one "
			  "has no place in it")
		      : _("it has no line of the form NAME=VALUE, so it is "
			  "not an env file"));
	OWNED char *quoted = shell_quoted(path);
	if (is_for_pm2(path_name(path)))
		(void)error_next(
			err, _("`aigenv import --ecosystem %s`"), quoted);
	else
		(void)error_next(err,
			_("`aigenv init` asks for what you have: paste its "
			  "text there"));
	return error_at(err, "%s", path);
}

bool env_file_import(
	const char *path, struct imported *imported, struct error *err)
{
	SCOPED(buf) struct buf text = BUF(ENVFILE_LIMIT);
	struct envfile *document = NULL;

	if (!read_document(path, &text, &document, err))
		return false;
	bool good = require_lines(path, &text, document, err);
	if (good && import_is_example(path))
		import_example(
			buf_cstring(&text), text.size, document, imported);
	else if (good)
		import_env(document, imported);
	envfile_free(document);
	return good;
}

/* The path as an output of the vault has it; NULL where it is outside. */
static char *output_path(const char *path, const char *folder)
{
	OWNED char *to = path_resolve(path);
	char *relative = folder && to ? path_relative(folder, to) : NULL;

	if (relative &&
		(relative[0] == '/' || text_starts_with(relative, ".."))) {
		free(relative);
		return NULL;
	}
	return relative;
}

/* The first env file that the profile renders, as its settings have it. */
static const char *present_output(const json_t *settings)
{
	const json_t *output = json_find(
		json_object_get(settings, "outputs"), "template", "env");

	return output ? json_text(output, "path") : ".env";
}

static bool is_output(const json_t *settings, const char *path)
{
	const json_t *outputs = json_object_get(settings, "outputs");

	return outputs ? json_find(outputs, "path", path) != NULL
		       : text_equal(path, ".env");
}

/* Two files with all variables of both are nobody's wish. */
static void tell_kept(const struct setup *setup, const json_t *present,
	const char *path, const char *relative)
{
	const struct session *session = &setup->workspace.session;

	if (!relative || !is_output(present, relative))
		observer_warn(&session->options.observer,
			_("%s stays as it is: what it says goes into %s, the "
			  "file of profile %s; -p with a new name makes a "
			  "profile of its own for it"),
			path, present_output(present), session->profile);
}

void env_file_keep(const char *path, struct setup *setup)
{
	const struct session *session = &setup->workspace.session;
	const json_t *present = setup_present_settings(setup);
	json_t *answers = setup->answers;

	if (json_object_get(answers, "outputs"))
		return;
	OWNED char *named = path_directory(session->path);
	OWNED char *folder = path_resolve(named);
	OWNED char *relative = output_path(path, folder);
	if (present)
		tell_kept(setup, present, path, relative);
	else if (!relative)
		observer_warn(&session->options.observer,
			_("%s is outside the vault's folder: the profile "
			  "renders a .env there instead"),
			path);
	/* `.env` it is anyway, and the ecosystem file with PM2 as well. */
	else if (!text_equal(relative, ".env")) {
		json_t *outputs = profile_default_outputs(relative);
		if (json_object_get(answers, "pm2"))
			json_push(outputs, own_file_default_output(folder));
		json_put(answers, "outputs", outputs);
	}
}
