/* SPDX-License-Identifier: MIT */
/* The names that a project is given, without a value of them: check --code
 * works with a vault that opens, one that does not, and none. */
#include "commands/check/check_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/output.h"
#include "commands/session_options.h"
#include "envfile/envfile.h"
#include "import/import.h"
#include "lint/lint.h"
#include "os/directory.h"
#include "os/file.h"
#include "session/workspace.h"

#include <stdlib.h>

static bool is_known(const struct check *check, const char *name)
{
	for (size_t i = 0; i < check->given_count; i++)
		if (text_equal(check->given[i].name, name))
			return true;
	return false;
}

/* Takes over what it owns. */
static void add(struct check *check, struct check_given given)
{
	MEMORY_PUSH(check->given, check->given_count, given);
}

static void add_all(struct check *check)
{
	const struct variables *variables = &check->workspace.variables;

	for (size_t i = 0; i < variables->count; i++)
		add(check,
			(struct check_given){
				.name = memory_text(variables->items[i].name),
				.file = path_relative(check->call->started_in,
					check->workspace.session.path) });
}

bool check_take_names(struct check *check, struct error *err)
{
	if (!workspace_collect(&check->workspace, err))
		return false;
	add_all(check);
	return true;
}

static const struct secret *no_value(void *context, const char *name,
	struct secret_arena *arena, struct error *err)
{
	(void)context;
	(void)name;
	(void)err;
	return secret_arena_add(arena, "", 0);
}

/* As the file says; nobody vouches for it. */
static bool add_peeked(struct check *check, struct error *err)
{
	struct workspace *workspace = &check->workspace;
	struct session *session = &workspace->session;
	SCOPED(secret_names) struct secret_names names = SECRET_NAMES_NONE;
	const char *name = NULL;
	json_t *settings = NULL;

	profile_release(&workspace->profile);
	if (!vault_peek_settings(
		    session->vault, session->profile, &settings, err) ||
		!profile_from_settings(
			&workspace->profile, session->profile, settings, err))
		return false;
	while (vault_peek_secret(session->vault, session->profile, &name))
		secret_names_add(&names, name);
	return variables_collect(&workspace->variables, &workspace->profile,
		names.items, names.count, no_value, NULL, err);
}

static bool add_profile(struct check *check, struct error *err)
{
	struct workspace *workspace = &check->workspace;
	struct error peeking;

	if (workspace_open(workspace, SESSION_READ, err))
		return check_take_names(check, err) &&
			check_mask_begin(check, err);
	if (!workspace->session.vault || !workspace->session.profile ||
		!add_peeked(check, &peeking))
		return false;
	output_note(check->call->output,
		_("profile %s cannot be opened, so only the names that are in "
		  "the vault in plain text are known: %s\n"),
		workspace->session.profile, err->what);
	add_all(check);
	return true;
}

/* What is there for others to fill in gives nothing. */
static bool gives(const char *name)
{
	return subject_is_env_file(name) && !import_is_example(name);
}

/* One that cannot be read is told by `aigenv check`. */
static void add_file(struct check *check, const char *path)
{
	SCOPED(buf) struct buf text = BUF(ENVFILE_LIMIT);
	struct envfile *document = NULL;
	struct error ignored;

	if (!file_read(path, &text, NULL, &ignored) ||
		!envfile_parse_for(
			buf_cstring(&text), text.size, 0, &document, &ignored))
		return;
	for (size_t i = 0; i < envfile_count(document); i++) {
		struct envfile_entry entry;

		envfile_entry(document, i, &entry);
		if (!is_known(check, entry.name))
			add(check,
				(struct check_given){ memory_text(entry.name),
					memory_text(path), entry.line, 1 });
	}
	envfile_free(document);
}

static bool add_files(struct check *check, struct error *err)
{
	char **found = NULL;
	size_t count = 0;

	if (!check_find_files(gives, &found, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		add_file(check, found[i]);
	memory_free_texts(found, count);
	return true;
}

bool check_open_names(struct check *check, struct error *err)
{
	const struct session_options options = session_options(check->call);
	char *vault = NULL;

	check->workspace = WORKSPACE(options);
	if (!session_find_vault(&options, &vault, err))
		return false;
	OWNED char *folder = vault ? path_directory(vault) : memory_text(".");
	bool ok = (vault ? add_profile(check, err) : add_files(check, err)) &&
		tree_open(&check->tree, folder, err);

	free(vault);
	return ok;
}
