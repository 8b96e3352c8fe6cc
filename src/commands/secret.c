/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/output.h"
#include "commands/confirm.h"
#include "commands/secret_value.h"
#include "commands/session_options.h"
#include "os/terminal.h"
#include "session/due.h"
#include "session/edited.h"
#include "session/secret_check.h"
#include "session/session.h"
#include "ui/layout.h"
#include "vault/rotation.h"

#include <jansson.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* `aigenv secret`: the profile's encrypted values. */

static const struct command set_command, list_command, remove_command,
	forget_command, reveal_command;
static run_command run_set, run_list, run_remove, run_forget, run_reveal;

const struct command command_secret = {
	.name = "secret",
	.summary =
		N_("the profile's encrypted values: set, list, remove, forget, "
		   "reveal"),
	.subcommands = SUBCOMMANDS(&set_command, &list_command, &remove_command,
		&forget_command, &reveal_command),
};

/* set */

struct set_values {
	const char *from;
};

static const struct command set_command = {
	.name = "set",
	.arguments = "NAME",
	.summary = N_("set a secret, from a hidden prompt, stdin or --from"),
	.description =
		N_("The value is never on the command line. Without "
		   "--from it is asked for on a terminal, else read from "
		   "stdin, of which one final newline is dropped. The value "
		   "before is kept as the previous one: `rollback NAME` "
		   "brings it back, `secret forget NAME` drops it."),
	OPTIONS(set_values, FROM_OPTION(set_values, from)),
	.examples = EXAMPLES({ "aigenv secret set OPENAI_API_KEY",
				     N_("asks for it, without echo") },
		{ "aigenv secret set CF_AIG_TOKEN --from @token.txt", NULL },
		{ "op read op://team/mimo/key | aigenv secret set MIMO_API_KEY",
			N_("from another program") }),
	.statuses = change_statuses,
	.needs = NEEDS_VAULT,
	.least = 1,
	.most = 1,
	.asks_secret = true,
	.run = run_set,
};

/* The ids that a secret's values have at Cloudflare; owned, or NULL. */
struct tokens {
	char *current, *previous;
};

static void tokens_release(struct tokens *tokens)
{
	free(tokens->current);
	free(tokens->previous);
}

static void tokens_of(
	const struct opened *opened, const char *name, struct tokens *tokens)
{
	struct secret_info info = { .name = NULL };

	while (opened_next_secret(opened, &info)) {
		if (!text_equal(info.name, name))
			continue;
		tokens->current = info.id ? memory_text(info.id) : NULL;
		tokens->previous =
			info.previous_id ? memory_text(info.previous_id) : NULL;
	}
}

static void warn_of_token(
	const struct session *session, const char *id, const struct tokens *now)
{
	if (id && !text_equal_or_null(id, now->current) &&
		!text_equal_or_null(id, now->previous))
		observer_warn(&session->options.observer,
			_("a token that the vault no longer has may still be "
			  "valid at Cloudflare: revoke the one with the ID %s "
			  "in the dashboard (My Profile or Manage Account, API "
			  "Tokens)"),
			id);
}

/* Only its place in the vault is gone. */
static void warn_of_tokens(const struct session *session, const char *name,
	const struct tokens *before)
{
	SCOPED(tokens) struct tokens now = { 0 };

	tokens_of(session->opened, name, &now);
	warn_of_token(session, before->current, &now);
	warn_of_token(session, before->previous, &now);
}

static void tell_set(struct output *output, const struct session *session,
	const char *name, bool was_there, bool changed)
{
	if (!changed)
		output_note(output, _("%s already has this value in %s\n"),
			name, session->profile);
	else
		output_note(output,
			was_there ? _("%s was changed in %s; `aigenv apply` "
				      "brings it to the app\n")
				  : _("%s was set in %s; `aigenv apply` brings "
				      "it to the app\n"),
			name, session->profile);
	output_json(output,
		json_build("{profile:%s, name:%s, changed:%b}",
			session->profile, name, changed));
}

static enum status run_set(struct invocation *call, struct error *err)
{
	SCOPED(session) struct session session = SESSION(session_options(call));
	SCOPED(secret) struct secret value = { 0 };
	SCOPED(tokens) struct tokens before = { 0 };
	const char *name = call->arguments[0];
	char prompt[192];
	bool changed = false;

	(void)snprintf(prompt, sizeof(prompt), _("Value of %.128s: "), name);
	if (!secret_check_name(name, err) ||
		!session_open(&session, SESSION_CHANGE, err) ||
		!secret_check_place(&session, name, err) ||
		!secret_value_read(call, COMMAND_VALUES(set_values, call)->from,
			name, prompt, &value, err) ||
		!session_begin_change_on_newest(&session, err) ||
		!secret_check_value(&session, name, &value, err))
		return err->status;
	bool was_there = opened_has_secret(session.opened, name);
	tokens_of(session.opened, name, &before);
	if (!opened_set_secret(session.opened, name, &value, &changed, err) ||
		!session_save(&session, err))
		return err->status;
	tell_set(call->output, &session, name, was_there, changed);
	warn_of_tokens(&session, name, &before);
	return STATUS_OK;
}

/* list */

static const struct command list_command = {
	.name = "list",
	.summary = N_("names and dates of the profile's secrets"),
	.examples = EXAMPLES({ "aigenv secret list", NULL },
		{ "aigenv secret list -p staging --json", N_("for a script") }),
	.statuses = read_statuses,
	.needs = NEEDS_VAULT,
	.run = run_list,
};

static void add_row(struct table *table, json_t *list,
	const struct secret_info *info, const char *rotated)
{
	TABLE_ROW(table, info->name, info->at,
		text_equal_or_null(rotated, info->name)
			? _("rotation under way")
			: (info->previous ? _("has a previous value") : ""));
	json_push(list,
		json_build(
			"{name:%s, at:%s, expires:%s, pending:%b, previous:%b}",
			info->name, info->at, info->expires, info->pending,
			info->previous));
}

static enum status run_list(struct invocation *call, struct error *err)
{
	SCOPED(session) struct session session = SESSION(session_options(call));
	SCOPED(table) struct table table = TABLE(3);

	if (!session_open(&session, SESSION_READ, err))
		return err->status;
	struct secret_info info = { .name = NULL };
	struct rotation rotation;
	bool under_way = opened_find_rotation(session.opened, &rotation);
	json_t *list = json_new_list();
	while (opened_next_secret(session.opened, &info))
		add_row(&table, list, &info, under_way ? rotation.name : NULL);
	output_table(call->output, &table, 0);
	due_warn(&session);
	output_json(call->output,
		json_build("{profile:%s, secrets:%o}", session.profile, list));
	return STATUS_OK;
}

/* remove */

struct remove_values {
	bool yes;
};

/* Whether what was in the vault was ever committed. */
static bool git_has_profile(const struct session *session)
{
	JSON_SCOPED json_t *settings =
		committed_settings(session->path, session->profile);

	return settings != NULL;
}

static const struct command remove_command = {
	.name = "remove",
	.arguments = "NAME",
	.summary = N_("remove a secret from the profile"),
	.description = N_("What was committed of it stays in git, encrypted: "
			  "revoke the key where it was made, too. One that the "
			  "profile needs is removed "
			  "only after a yes, or with --yes."),
	OPTIONS(remove_values,
		OPTION(remove_values, yes, "yes",
			.help = N_("even where the profile needs it"))),
	.examples = EXAMPLES({ "aigenv secret remove DATABASE_URL", NULL }),
	.statuses = change_statuses,
	.needs = NEEDS_VAULT,
	.least = 1,
	.most = 1,
	.run = run_remove,
};

/* Asks before a secret is removed that `apply` needs. */
static enum status confirm_needed(const struct invocation *call,
	const struct session *session, const char *name, struct error *err)
{
	char text[192];
	const struct prompt_question question = {
		.text = text,
		.help = _("Without it `apply` and `run` stop, until it is set "
			  "again. Git keeps the encrypted value."),
		.first = true,
	};
	char refusal[320];

	if (!secret_is_needed(session, name))
		return STATUS_OK;
	(void)snprintf(text, sizeof(text),
		_("The profile needs %.128s. Remove it?"), name);
	(void)snprintf(refusal, sizeof(refusal),
		_("profile %s needs the secret %.128s: without it nothing can "
		  "be applied"),
		session->profile, name);
	return confirm(call, COMMAND_VALUES(remove_values, call)->yes,
		&question, refusal, err);
}

static enum status run_remove(struct invocation *call, struct error *err)
{
	SCOPED(session) struct session session = SESSION(session_options(call));
	SCOPED(tokens) struct tokens before = { 0 };
	const char *name = call->arguments[0];

	/* What cannot be done is not asked about. */
	if (!session_open(&session, SESSION_CHANGE, err) ||
		!opened_can_remove_secret(session.opened, name, err))
		return err->status;
	enum status agreed = confirm_needed(call, &session, name, err);
	if (agreed != STATUS_OK)
		return agreed;
	if (!session_begin_change_on_newest(&session, err))
		return err->status;
	tokens_of(session.opened, name, &before);
	if (!opened_remove_secret(session.opened, name, err) ||
		!session_save(&session, err))
		return err->status;
	warn_of_tokens(&session, name, &before);
	output_note(call->output,
		git_has_profile(&session)
			? _("%s was removed from %s, and `aigenv apply` takes "
			    "it from the app; git keeps the encrypted old "
			    "value, so revoke the key where it was made\n")
			: _("%s was removed from %s, and `aigenv apply` takes "
			    "it from the app; if nothing needs it any more, "
			    "revoke the key where it was made\n"),
		name, session.profile);
	output_json(call->output,
		json_build("{profile:%s, name:%s}", session.profile, name));
	return STATUS_OK;
}

/* forget */

static const struct command forget_command = {
	.name = "forget",
	.arguments = "NAME",
	.summary = N_("drop a secret's previous value; the current one stays"),
	.examples = EXAMPLES({ "aigenv secret forget MIMO_API_KEY",
		N_("once the old key is revoked") }),
	.statuses = change_statuses,
	.needs = NEEDS_VAULT,
	.least = 1,
	.most = 1,
	.run = run_forget,
};

static enum status forget(
	struct session *session, const char *name, struct error *err)
{
	SCOPED(tokens) struct tokens before = { 0 };

	if (!session_open(session, SESSION_CHANGE, err) ||
		!session_begin_change_on_newest(session, err))
		return err->status;
	tokens_of(session->opened, name, &before);
	if (!opened_forget_secret(session->opened, name, err) ||
		!session_save(session, err))
		return err->status;
	warn_of_tokens(session, name, &before);
	return STATUS_OK;
}

static enum status run_forget(struct invocation *call, struct error *err)
{
	SCOPED(session) struct session session = SESSION(session_options(call));
	const char *name = call->arguments[0];
	enum status status = forget(&session, name, err);

	if (status != STATUS_OK)
		return status;
	output_note(call->output,
		git_has_profile(&session)
			? _("%s no longer has a previous value in %s; what was "
			    "committed of it stays in git, encrypted\n")
			: _("%s no longer has a previous value in %s\n"),
		name, session.profile);
	output_json(call->output,
		json_build("{profile:%s, name:%s}", session.profile, name));
	return STATUS_OK;
}

/* reveal */

static const struct command reveal_command = {
	.name = "reveal",
	.arguments = "NAME",
	.summary = N_("print a secret's value"),
	.description = N_("Prints the bytes of the value; on a terminal, and "
			  "only there, a newline follows."),
	.examples = EXAMPLES({ "aigenv secret reveal MIMO_API_KEY", NULL },
		{ "aigenv secret reveal TLS_KEY >key.pem",
			N_("byte for byte") }),
	.statuses = read_statuses,
	.needs = NEEDS_VAULT,
	.least = 1,
	.most = 1,
	.run = run_reveal,
};

static enum status run_reveal(struct invocation *call, struct error *err)
{
	SCOPED(session) struct session session = SESSION(session_options(call));
	SCOPED(secret_arena) struct secret_arena arena = { 0 };
	const char *name = call->arguments[0];

	if (!session_open(&session, SESSION_READ, err))
		return err->status;
	const struct secret *value = opened_get_secret(
		session.opened, name, SLOT_CURRENT, &arena, err);
	if (!value)
		return err->status;
	if (call->global->json) {
		output_json(call->output,
			json_build("{profile:%s, name:%s, value:%t}",
				session.profile, name, secret_reveal(value),
				value->size));
		return STATUS_OK;
	}
	output_bytes(call->output, secret_reveal(value), value->size);
	if (terminal_is(STDOUT_FILENO))
		output_bytes(call->output, "\n", 1);
	return STATUS_OK;
}
