/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/memory.h"
#include "base/text.h"
#include "cli/output.h"
#include "commands/init_answers.h"
#include "commands/session_options.h"
#include "commands/setup_command.h"
#include "envfile/envfile.h"
#include "import/import.h"
#include "os/directory.h"
#include "os/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * `aigenv import`: an .env that a team has becomes a profile. The file stays
 * where it is and becomes the profile's output; from there on it is `init`.
 */

struct values {
	struct deploy_options deploy;
	struct init_flags flags;
};

#define TOPIC "What the file does not say"
#define FLAG(flag, name, value, help)                                          \
	INIT_FLAG(OPTION_TEXT, flag, name, value, help, TOPIC)

static enum status run(struct invocation *call, struct error *err);

const struct command command_import = {
	.name = "import",
	.arguments = "FILE",
	.summary = "take an existing .env into a profile",
	.description =
		"Takes account, gateway, provider, keys and model out of the "
		"file, and every other variable with it: what looks secret is "
		"encrypted, the rest is plain. Then it does what `init` does. "
		"The file stays in place and becomes an output of the profile: "
		"its comments, order and line ends stay, and so do the lines "
		"that could not be taken over.",
	.options =
		(const struct option[]){
			FLAG(answers, "answers", "FILE",
				"answers as JSON, as init takes them"),
			FLAG(account, "account", "ID",
				"account ID, 32 hex digits"),
			FLAG(gateway, "gateway", "NAME", "the gateway's name"),
			FLAG(provider, "provider", "SLUG",
				"openai, custom-xiaomi, ..."),
			FLAG(path, "path", "PATH",
				"after the provider, like /v1"),
			FLAG(model, "model", "NAME", "the model's name"),
			FLAG(key_env, "key-env", "NAME",
				"variable of the provider key"),
			FLAG(credential, "credential", "KIND",
				"header, stored or unified"),
			FLAG(pm2_app, "pm2-app", "NAME",
				"the app's name in PM2"),
			FLAG(pm2_script, "pm2-script", "FILE",
				"what PM2 starts"),
			INIT_FLAG(OPTION_LIST, secrets, "secret", "NAME=SOURCE",
				"SOURCE: -, @FILE, env:VAR or fd:N", TOPIC),
			DEPLOY_OPTIONS,
			{ .name = NULL },
		},
	.values_size = sizeof(struct values),
	.examples =
		(const struct example[]){
			{ "aigenv import .env",
				"asks for what the file does not say" },
			{ "aigenv import .env --model mimo-v2.5 --pm2-app api "
			  "--no-input",
				"asks for nothing" },
			{ "aigenv import .env --dry-run",
				"shows what would change" },
			{ NULL, NULL },
		},
	.statuses = (const enum status[]){ STATUS_FOUND, STATUS_USAGE,
		STATUS_INVALID, STATUS_LOCKED_OUT, STATUS_REFUSED,
		STATUS_UNREACHABLE, STATUS_IO, STATUS_BUSY, STATUS_INTERRUPTED,
		STATUS_OK },
	.needs = NEEDS_VAULT,
	.least = 1,
	.most = 1,
	.run = run,
};

static bool read_document(
	const char *path, struct envfile **document, struct error *err)
{
	SCOPED(buf) struct buf text = BUF(ENVFILE_LIMIT);

	if (!file_read_given(path, &text, NULL, NULL, err))
		return false;
	if (envfile_parse(buf_cstring(&text), text.size, document, err))
		return true;
	/* "line 2" of a file is file:2. */
	static const char line[] = "line ";
	return text_starts_with(err->where, line)
		? error_at(err, "%s:%s", path, err->where + strlen(line))
		: error_at(err, "%s", path);
}

/* Whether flags or --answers gave what the file did not say. */
static bool is_answered(const json_t *answers, const char *member)
{
	static const char secrets[] = "secrets.";
	const json_t *routes = json_object_get(answers, "routes");
	char model[64];

	if (text_starts_with(member, secrets))
		return json_object_get(json_object_get(answers, "secrets"),
			member + strlen(secrets));
	for (size_t i = 0; i < json_array_size(routes); i++) {
		(void)snprintf(model, sizeof(model), "routes[%zu].model", i);
		if (text_equal(model, member))
			return json_object_get(
				json_array_get(routes, i), "model");
	}
	return json_object_get(answers, member);
}

static void tell(struct output *output, const struct imported *imported)
{
	static const char *const signs[] = {
		[IMPORT_TOOK] = STYLE_GOOD "took   " STYLE_END,
		[IMPORT_LEFT] = STYLE_WARN "left   " STYLE_END,
		[IMPORT_MISSING] = STYLE_BAD "missing" STYLE_END,
	};

	for (size_t i = 0; i < imported->note_count; i++) {
		const struct import_note *note = &imported->notes[i];
		if (note->kind == IMPORT_MISSING &&
			is_answered(imported->answers, note->name))
			continue;
		output_note(output, "%s  %s: %s\n", signs[note->kind],
			note->name, note->text);
	}
}

/* The file's path as an output of the vault has it; NULL where it is outside.
 */
static char *output_path(const struct invocation *call, const char *path)
{
	const struct session_options session = session_options(call);
	struct error ignored; /* told by the session that comes next */
	char *vault = NULL;
	if (!session_find_vault(&session, &vault, &ignored))
		vault = NULL;
	char *folder = vault ? path_directory(vault) : memory_text(".");
	char *from = path_resolve(folder);
	char *to = path_resolve(path);
	char *relative = from && to ? path_relative(from, to) : NULL;

	free(vault);
	free(folder);
	free(from);
	free(to);
	if (relative &&
		(relative[0] == '/' || text_starts_with(relative, ".."))) {
		free(relative);
		return NULL;
	}
	return relative;
}

/*
 * The file becomes the profile's first output. `.env` is that anyway, and the
 * ecosystem file of a profile with PM2 as well.
 */
static void set_outputs(
	const struct invocation *call, const char *path, json_t *answers)
{
	if (json_object_get(answers, "outputs"))
		return;
	char *relative = output_path(call, path);

	if (!relative) {
		output_warning(call->output,
			"%s is outside the vault's folder: the profile renders "
			"a .env there instead\n",
			path);
		return;
	}
	if (!text_equal(relative, ".env")) {
		json_t *outputs = json_pack(
			"[{s:s, s:s}]", "template", "env", "path", relative);
		if (json_object_get(answers, "pm2"))
			(void)json_array_append_new(outputs,
				json_pack("{s:s, s:s}", "template", "ecosystem",
					"path", "ecosystem.config.cjs"));
		(void)json_object_set_new(answers, "outputs", outputs);
	}
	free(relative);
}

static enum status run(struct invocation *call, struct error *err)
{
	const struct values *values = COMMAND_VALUES(values, call);
	const char *path = call->arguments[0];
	struct envfile *document = NULL;
	struct imported imported = { .answers = NULL };

	if (!read_document(path, &document, err))
		return err->status;
	struct catalogue *catalogue = catalogue_load();
	import_env(document, catalogue, &imported);
	catalogue_free(catalogue);
	envfile_free(document);
	enum status status = STATUS_OK;
	if (init_add_answers(imported.answers, &values->flags, err)) {
		tell(call->output, &imported);
		set_outputs(call, path, imported.answers);
		status = setup_carry_out(
			call, imported.answers, &values->deploy, err);
	} else {
		status = err->status;
	}
	imported_release(&imported);
	return status;
}
