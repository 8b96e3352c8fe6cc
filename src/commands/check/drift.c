/* SPDX-License-Identifier: MIT */
/* An env file beside the vault that it is rendered from. */
#include "commands/check/check_internal.h"

#include "apply/readers.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "envfile/envfile.h"
#include "os/directory.h"
#include "os/secret.h"
#include "readers/readers.h"
#include "ui/style.h"

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
static char *find_owner(const struct looking *looking, struct vault *vault)
{
	char *owner = vault_output_owner(vault, looking->path);

	if (owner && vault_has_profile(vault, owner))
		return owner;
	free(owner);
	return NULL;
}

/* One that would render it; NULL: none. Borrowed from the vault. */
static const char *find_renderer(
	const struct looking *looking, struct vault *vault)
{
	struct check_peeked peeked;

	for (size_t i = 0; i < vault_profile_count(vault); i++) {
		const char *name = vault_profile_name(vault, i);
		if (!check_peek(&peeked, vault, name, looking->path))
			continue;
		bool renders = peeked.output != NULL;
		profile_release(&peeked.profile);
		if (renders)
			return name;
	}
	return NULL;
}

/* What was not looked at is said. */
static void tell_unopened(const struct looking *looking, const char *profile,
	const struct error *err)
{
	OWNED char *shown = style_foreign(looking->subject->name);

	if (profile)
		output_note(looking->call->output,
			_("%s was not compared with profile %s of the vault: "
			  "%s\n"),
			shown, profile, err->what);
	else
		output_note(looking->call->output,
			_("%s was not compared with the vault: %s\n"), shown,
			err->what);
}

/* Of a file that is no output nothing is missed. */
static bool open_in(
	struct looking *looking, struct vault *vault, struct error *err)
{
	struct workspace *workspace = &looking->workspace;
	OWNED char *owner = find_owner(looking, vault);
	bool ok = workspace_read(workspace, owner, err) &&
		workspace_collect(workspace, err);

	/* Without a choice there is no profile to name. */
	if (!ok && (owner || find_renderer(looking, vault)))
		tell_unopened(looking, workspace->session.profile, err);
	return ok;
}

/* Where there is no vault, nothing is missed either. */
static bool open_profile(struct looking *looking)
{
	SCOPED(session)
	struct session session = SESSION(check_quiet_options(looking->call));
	struct error err;
	bool ok = session_load(&session, SESSION_READ, &err);

	if (ok)
		ok = open_in(looking, session.vault, &err);
	else if (session.path || err.status != STATUS_INVALID)
		tell_unopened(looking, NULL, &err);
	return ok;
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
	if (variable_is(variable, here))
		return NULL;
	OWNED char *wanted = variable_shown(variable);
	secret_mask_text(here, strlen(here), masked);
	return report_add(looking->report, RULE_VAULT_DRIFT, NULL,
		_("%s is not what profile %s has: %s here, %s there"),
		variable->name, looking->workspace.profile.name, masked,
		wanted);
}

static void compare(struct looking *looking, const struct variable *variable,
	const char *here)
{
	struct finding *finding = tell(looking, variable, here);

	if (!finding)
		return;
	OWNED char *text = variable->secret && here
		? memory_printf(_("`aigenv apply` writes the vault's value; "
				  "where the one here is right, `aigenv secret "
				  "set %s` takes it"),
			  variable->name)
		: rule_fix(RULE_VAULT_DRIFT, variable->name);
	OWNED char *advice = output_advice(looking->call->output, text);
	finding_advise(finding, "%s", advice);
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

	if (looking.path && open_profile(&looking)) {
		const struct profile_output *output =
			check_find_output(&looking.workspace.profile,
				looking.workspace.session.vault, looking.path);
		if (output)
			compare_all(&looking, output);
	}
	workspace_release(&looking.workspace);
	free(looking.path);
}
