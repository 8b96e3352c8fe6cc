/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "base/json_build.h"
#include "cli/output.h"
#include "commands/session_options.h"
#include "vault/identity.h"

#include <stddef.h>
#include <stdlib.h>

/* `aigenv key`: this machine's identity. */

static const struct command new_command, show_command;

const struct command command_key = {
	.name = "key",
	.summary = N_("this machine's identity: make it, show its public half"),
	.subcommands = (const struct command *const[]){ &new_command,
		&show_command, NULL },
};

static json_t *describe(const struct identity *identity)
{
	char token[TOKEN_SIZE];
	char fingerprint[FINGERPRINT_SIZE];
	char age[AGE_RECIPIENT_SIZE];

	identity_token(identity, token);
	identity_own_fingerprint(identity, fingerprint);
	age_recipient_format(&identity->recipient, age);
	return JSON_RECORD(JSON_TEXT("path", identity->path),
		JSON_TEXT("token", token), JSON_TEXT("age", age),
		JSON_TEXT("fingerprint", fingerprint));
}

static void say_token(struct output *output, const struct identity *identity)
{
	char token[TOKEN_SIZE];
	char fingerprint[FINGERPRINT_SIZE];

	identity_token(identity, token);
	identity_own_fingerprint(identity, fingerprint);
	output_text(output, "%s\n", token);
	output_note(output, _("fingerprint %s\n"), fingerprint);
	output_json(output, describe(identity));
}

static enum status run_new(struct invocation *call, struct error *err);

static const struct command new_command = {
	.name = "new",
	.summary = N_("make this machine's identity"),
	.description =
		N_("Makes an age identity file, readable by you alone, "
		   "where there is none yet; one that is there is never "
		   "overwritten. AIGENV_IDENTITY names another place than "
		   "$XDG_CONFIG_HOME/aigenv/identity.txt."),
	.examples =
		(const struct example[]){
			{ "aigenv key new", NULL },
			{ NULL, NULL },
		},
	.statuses =
		(const enum status[]){ STATUS_INVALID, STATUS_IO, STATUS_OK },
	.run = run_new,
};

static enum status run_new(struct invocation *call, struct error *err)
{
	SCOPED(identity) struct identity identity = { 0 };
	char *path = identity_path(err);
	bool made = path && identity_create(path, &identity, err);

	free(path);
	if (!made)
		return err->status;
	output_note(call->output, _("made the identity %s\n"), identity.path);
	say_token(call->output, &identity);
	output_note(call->output,
		_("keep a copy of this file: without it nobody opens what only "
		  "this identity can open\n"));
	return STATUS_OK;
}

struct show_values {
	bool age;
};

static enum status run_show(struct invocation *call, struct error *err);

static const struct command show_command = {
	.name = "show",
	.summary = N_("print the token to share a profile with this machine"),
	.options =
		(const struct option[]){
			{ .name = "age",
				.type = OPTION_FLAG,
				.offset = offsetof(struct show_values, age),
				.help = N_(
					"the bare age recipient, for a reader "
					"or for age") },
			{ .name = NULL },
		},
	.values_size = sizeof(struct show_values),
	.examples =
		(const struct example[]){
			{ "aigenv key show", N_("and its fingerprint") },
			{ "aigenv key show --age", N_("what `age -r` takes") },
			{ NULL, NULL },
		},
	.statuses = (const enum status[]){ STATUS_LOCKED_OUT, STATUS_IO,
		STATUS_OK },
	.run = run_show,
};

static enum status run_show(struct invocation *call, struct error *err)
{
	SCOPED(session) struct session session = SESSION(session_options(call));
	const struct identity *identity = &session.identity;
	char age[AGE_RECIPIENT_SIZE];

	if (!session_identify(&session, err))
		return err->status;
	if (!COMMAND_VALUES(show_values, call)->age) {
		say_token(call->output, identity);
		return STATUS_OK;
	}
	age_recipient_format(&identity->recipient, age);
	output_text(call->output, "%s\n", age);
	output_json(call->output, describe(identity));
	return STATUS_OK;
}
