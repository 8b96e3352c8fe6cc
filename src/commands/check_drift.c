/* SPDX-License-Identifier: MIT */
/* An env file beside the vault that it is rendered from. */
#include "commands/check_sources.h"

#include "apply/readers.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "envfile/envfile.h"
#include "os/directory.h"
#include "os/secret.h"
#include "readers/readers.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

struct looking {
	struct invocation *call;
	struct report *report;
	const struct subject *subject;
	char *path; /* without links; owned */
	struct workspace workspace;
};

/* The vault's profile that rendered the file last; NULL: not known. Owned. */
static char *find_owner(const struct looking *looking, bool *has_vault)
{
	struct session session = SESSION(check_quiet_options(looking->call));
	struct error ignored;
	char *owner = NULL;

	*has_vault = session_load(&session, SESSION_READ, &ignored);
	if (*has_vault)
		owner = vault_output_owner(session.vault, looking->path);
	if (owner && !vault_has_profile(session.vault, owner)) {
		free(owner);
		owner = NULL;
	}
	session_release(&session);
	return owner;
}

static bool open_profile(struct looking *looking, struct error *err)
{
	bool has_vault = false;
	char *owner = find_owner(looking, &has_vault);
	bool ok = has_vault &&
		(owner ? workspace_open_named(
				 &looking->workspace, owner, SESSION_READ, err)
		       : workspace_open(
				 &looking->workspace, SESSION_READ, err));

	free(owner);
	return ok && workspace_collect(&looking->workspace, err);
}

static bool is_same(const struct variable *variable, const char *here)
{
	const char *wanted = variable_reveal(variable);
	size_t size = strlen(wanted);

	return strlen(here) == size && sodium_memcmp(here, wanted, size) == 0;
}

/* NULL where it is the same. */
static struct finding *tell(struct looking *looking,
	const struct variable *variable, const char *here)
{
	char masked[SECRET_MASK_SIZE];

	if (!here)
		return report_add(looking->report, RULE_VAULT_DRIFT, NULL,
			_("%s of profile %s is not in the file"),
			variable->name, looking->workspace.profile.name);
	if (is_same(variable, here))
		return NULL;
	char *wanted = variable_shown(variable);
	secret_mask_text(here, strlen(here), masked);
	struct finding *finding = report_add(looking->report, RULE_VAULT_DRIFT,
		NULL, _("%s is not what profile %s has: %s here, %s there"),
		variable->name, looking->workspace.profile.name, masked,
		wanted);
	free(wanted);
	return finding;
}

static void compare(struct looking *looking, const struct variable *variable,
	const char *here)
{
	struct finding *finding = tell(looking, variable, here);

	if (!finding)
		return;
	char *text = variable->secret && here
		? memory_printf(_("`aigenv apply` writes the vault's value; "
				  "where the one here is right, `aigenv secret "
				  "set %s` takes it"),
			  variable->name)
		: rule_fix(RULE_VAULT_DRIFT, variable->name);
	char *advice = output_advice(looking->call->output, text);
	finding_advise(finding, "%s", advice);
	free(advice);
	free(text);
}

static void compare_all(
	struct looking *looking, const struct profile_output *output)
{
	const struct variables *variables = &looking->workspace.variables;
	const struct subject *subject = looking->subject;
	struct envfile *document = NULL;
	struct error ignored;
	reader_set readers = 0;

	if (!declared_readers(
		    &looking->workspace.profile, output, &readers, &ignored) ||
		!envfile_parse_for(subject->bytes, subject->size, readers,
			&document, &ignored))
		return;
	report_begin(looking->report, subject->name);
	for (size_t i = 0; i < variables->count; i++)
		compare(looking, &variables->items[i],
			envfile_get(document, variables->items[i].name));
	envfile_free(document);
}

void check_drift(struct invocation *call, struct report *report,
	const struct subject *subject, const char *path)
{
	struct looking looking = { .call = call,
		.report = report,
		.subject = subject,
		.path = path_resolve(path),
		.workspace = WORKSPACE(check_quiet_options(call)) };
	struct error err;

	if (looking.path && open_profile(&looking, &err)) {
		const struct profile_output *output =
			check_find_output(&looking.workspace.profile,
				looking.workspace.session.vault, looking.path);
		if (output)
			compare_all(&looking, output);
	}
	workspace_release(&looking.workspace);
	free(looking.path);
}
