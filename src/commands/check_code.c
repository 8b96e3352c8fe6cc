/* SPDX-License-Identifier: MIT */
#include "commands/check_sources.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/name_table.h"
#include "base/text.h"
#include "cli/output.h"
#include "code/code.h"
#include "git/files.h"
#include "os/directory.h"

#include <stdlib.h>
#include <string.h>

static const struct rule rules[] = {
	[CODE_NOT_GIVEN] = { "name-not-given", SEVERITY_WARNING,
		N_("A variable is read that nothing gives") },
	[CODE_NEVER_READ] = { "name-never-read", SEVERITY_INFO,
		N_("A variable is given that no source reads") },
	[CODE_NO_HEADER] = { "client-without-gateway-token", SEVERITY_WARNING,
		N_("A client gets the gateway's address without the second "
		   "header") },
	[CODE_ADDRESS] = { "gateway-address-in-code", SEVERITY_WARNING,
		N_("A gateway's address is written into the code") },
	[CODE_KEY] = { "key-in-code", SEVERITY_ERROR,
		N_("A key is written into the code") },
};

static const struct {
	const char *message; /* takes the name, where it has one */
	const char *advice;
} texts[] = {
	[CODE_NOT_GIVEN] = { N_("%s is read here, and no env file and no "
				"profile gives it"),
		N_("`aigenv secret set %s` gives it a value; what is no secret "
		   "belongs under vars in the settings") },
	[CODE_NEVER_READ] = { N_("%s is given, and no source reads it"),
		N_("see whether the name is spelt as the code has it") },
	[CODE_NO_HEADER] = { N_("this client gets the gateway's address and "
				"no cf-aig-authorization header: the gateway "
				"refuses it"),
		N_("give it the header cf-aig-authorization with Bearer and "
		   "the value of CF_AIG_TOKEN as a default header") },
	[CODE_ADDRESS] = { N_("a gateway's address is written into the code"),
		N_("read CF_AIG_BASE_URL from the environment, so that each "
		   "profile has its own") },
	[CODE_KEY] = { N_("a text that begins with %s, as keys do, is written "
			  "into the code"),
		N_("read it from the environment, and replace it where it was "
		   "issued: git keeps it") },
};

struct looking {
	struct check *check;
	struct name_table staged; /* paths */
	char **paths;             /* owned; for the table */
	size_t count;
};

static void add_staged(void *context, const struct git_entry *entry)
{
	struct looking *looking = context;

	looking->paths = memory_grow(
		looking->paths, looking->count, sizeof(*looking->paths));
	looking->paths[looking->count] = memory_text(entry->path);
	(void)name_table_put(
		&looking->staged, looking->paths[looking->count++], 0);
}

/* Owned. */
static char *advice_of(
	const struct check *check, const struct code_finding *finding)
{
	char *text = check_sentence(
		_(texts[finding->rule].advice), finding->name, finding->name);
	char *advice = output_advice(check->call->output, text);

	free(text);
	return advice;
}

static void take(void *context, const struct code_finding *finding)
{
	struct looking *looking = context;
	struct check *check = looking->check;

	if (check->staged &&
		name_table_find(&looking->staged, finding->path) == NAME_NONE)
		return;
	report_add(&check->report,
		&(struct finding){ .rule = &rules[finding->rule],
			.file = *finding->path
				? check_path(check, finding->path)
				: path_relative(check->call->started_in,
					  check->workspace.session.path),
			.line = finding->line,
			.column = finding->column,
			.message =
				check_sentence(_(texts[finding->rule].message),
					finding->name, finding->name),
			.advice = advice_of(check, finding) });
}

/* The vault's folder from the top: what lies beside it is another app's. */
static char *folder_in_tree(const struct check *check)
{
	char *folder = path_directory(check->workspace.session.path);
	char *real = path_resolve(folder);
	size_t size = strlen(check->tree.top);
	bool inside = real && text_starts_with(real, check->tree.top) &&
		real[size] == '/';
	char *under = memory_text(inside ? real + size + 1 : "");

	free(real);
	free(folder);
	return under;
}

bool check_code(struct check *check, struct error *err)
{
	struct looking looking = { .check = check };
	const struct variables *variables = &check->workspace.variables;

	if (!workspace_collect(&check->workspace, err))
		return false;
	const char **names = memory_array(variables->count + 1, sizeof(*names));
	for (size_t i = 0; i < variables->count; i++)
		names[i] = variables->items[i].name;
	char *under = folder_in_tree(check);
	const struct code_check code = { .given = names,
		.given_count = variables->count,
		.under = under,
		.tell = take,
		.context = &looking };
	bool ok = (!check->staged ||
			  git_each_staged(
				  check->tree.top, add_staged, &looking)) &&
		code_look(&code, &check->tree);

	name_table_release(&looking.staged);
	for (size_t i = 0; i < looking.count; i++)
		free(looking.paths[i]);
	free(looking.paths);
	free(names);
	free(under);
	if (ok)
		return true;
	error_set(err, STATUS_IO, _("git could not list the project's files"));
	return error_next(err, _("see what `git status` says"));
}
