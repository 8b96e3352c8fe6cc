/* SPDX-License-Identifier: MIT */
#include "commands/check/check_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/name_table.h"
#include "base/text.h"
#include "code/code.h"
#include "git/files.h"
#include "os/directory.h"

#include <string.h>

static const struct {
	enum rule_id rule;
	const char *message; /* takes the name, where it has one */
} texts[] = {
	[CODE_NOT_GIVEN] = { RULE_NOT_GIVEN,
		N_("%s is read here, and no env file and no profile gives "
		   "it") },
	[CODE_NEVER_READ] = { RULE_NEVER_READ,
		N_("%s is given, and no source reads it") },
	[CODE_NO_HEADER] = { RULE_NO_HEADER,
		N_("this client gets the gateway's address and no "
		   "cf-aig-authorization header: the gateway refuses it") },
	[CODE_ADDRESS] = { RULE_ADDRESS_IN_CODE,
		N_("a gateway's address is written into the code") },
	[CODE_KEY] = { RULE_KEY_IN_CODE,
		N_("a text that begins with %s, as keys do, is written into "
		   "the code") },
};

struct looking {
	struct check *check;
	struct name_set staged; /* paths */
};

static void add_staged(void *context, const struct git_entry *entry)
{
	struct looking *looking = context;

	(void)name_set_add(&looking->staged, memory_text(entry->path));
}

/* Where the name is given; NULL: in the vault. */
static const struct check_given *given_at(
	const struct check *check, const struct code_finding *finding)
{
	for (size_t i = 0; !*finding->path && i < check->given_count; i++)
		if (text_equal(check->given[i].name, finding->name))
			return &check->given[i];
	return NULL;
}

/* Without a vault, advice is about files. */
static char *advice_for(
	const struct check *check, const struct code_finding *finding)
{
	if (finding->rule == CODE_NOT_GIVEN && !check->workspace.session.path)
		return i18n_filled(
			_("put %s into .env and, without its value, into "
			  ".env.example"),
			finding->name, finding->name);
	return rule_fix(texts[finding->rule].rule, finding->name);
}

static void take(void *context, const struct code_finding *finding)
{
	struct looking *looking = context;
	struct check *check = looking->check;

	if (check->staged && !name_set_has(&looking->staged, finding->path))
		return;
	const struct check_given *given = given_at(check, finding);
	char *file = given ? memory_text(given->file)
			   : check_path(check, finding->path);
	char *message = i18n_filled(
		_(texts[finding->rule].message), finding->name, finding->name);
	const struct place place = { .line = given ? given->line
						   : finding->line,
		.column = given ? given->column : finding->column };

	check_add(check, texts[finding->rule].rule, file, &place, message,
		advice_for(check, finding));
}

/* The vault's folder from the top: what lies beside it is another app's.
 * Without one it is the user's. */
static char *folder_in_tree(const struct check *check)
{
	const char *vault = check->workspace.session.path;
	OWNED char *folder = vault ? path_directory(vault) : memory_text(".");
	OWNED char *real = path_resolve(folder);
	size_t size = strlen(check->tree.top);
	bool inside = real && text_starts_with(real, check->tree.top) &&
		real[size] == '/';

	return memory_text(inside ? real + size + 1 : "");
}

bool check_code(struct check *check, struct error *err)
{
	struct looking looking = { .check = check };

	if (check->workspace.session.opened && !check->given &&
		!check_take_names(check, err))
		return false;
	OWNED const char **names =
		memory_array(check->given_count + 1, sizeof(*names));
	for (size_t i = 0; i < check->given_count; i++)
		names[i] = check->given[i].name;
	OWNED char *under = folder_in_tree(check);
	const struct code_check code = { .given = names,
		.given_count = check->given_count,
		.under = under,
		.tell = take,
		.context = &looking };
	bool ok = (!check->staged ||
			  git_each_staged(
				  check->tree.top, add_staged, &looking)) &&
		code_look(&code, &check->tree);

	name_set_release(&looking.staged);
	return ok ||
		check_git_failed(check,
			_("git could not list the project's files"), err);
}
