/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "cli/output.h"
#include "commands/session_options.h"
#include "os/atomic_file.h"
#include "os/directory.h"
#include "os/terminal.h"
#include "session/recipients.h"
#include "team/recovery.h"
#include "vault/identity.h"

#include <stddef.h>
#include <unistd.h>

#define PASSPHRASE_LIMIT 4096
/* A file that is kept for years can be tried for years. */
#define PASSPHRASE_LEAST 10

/* `aigenv key`: this machine's identity. */

static const struct command new_command, show_command;
static run_command run_new, run_show;

const struct command command_key = {
	.name = "key",
	.summary = N_("this machine's identity: make it, show its public half"),
	.subcommands = SUBCOMMANDS(&new_command, &show_command),
};

static json_t *describe(const struct identity *identity)
{
	bool signs = identity_can_sign(identity);
	char token[TOKEN_SIZE];
	char fingerprint[FINGERPRINT_SIZE];
	char age[AGE_RECIPIENT_SIZE];

	identity_token(identity, token);
	age_recipient_format(&identity->recipient, age);
	if (signs)
		identity_own_fingerprint(identity, fingerprint);
	return json_build("{path:%s, token:%s, age:%s, fingerprint:%s}",
		identity->path, token, age, signs ? fingerprint : NULL);
}

static void say_token(struct output *output, const struct identity *identity)
{
	char token[TOKEN_SIZE];
	char fingerprint[FINGERPRINT_SIZE];

	identity_token(identity, token);
	output_text(output, "%s\n", token);
	if (identity_can_sign(identity)) {
		identity_own_fingerprint(identity, fingerprint);
		output_note(output, _("fingerprint %s\n"), fingerprint);
	} else {
		output_note(output,
			_("an SSH key: it can only be a reader, and the line "
			  "is given to `aigenv share add`\n"));
	}
	output_json(output, describe(identity));
}

/* For who comes to a vault that others have. */
static void say_whom_to_ask(
	struct output *output, const struct identity *identity)
{
	char token[TOKEN_SIZE];
	OWNED char *name = choose_writer_name();

	identity_token(identity, token);
	output_note(output,
		_("to be let into a vault, send one of its writers this line, "
		  "which is not secret: `there: aigenv share add %s %s` (a "
		  "server "
		  "needs only to read: with --reader behind it)\n"),
		name, token);
}

struct new_values {
	bool passphrase;
	const char *recovery;
};

static const struct command new_command = {
	.name = "new",
	.summary = N_("make this machine's identity, or one to recover with"),
	.description = N_(
		"Makes an age identity file, readable by you alone, where "
		"there is none yet; one that is there is never overwritten. "
		"AIGENV_IDENTITY names another place than "
		"$XDG_CONFIG_HOME/aigenv/identity.txt.\n\n--recovery makes a "
		"second one, always behind a passphrase (of 10 characters or "
		"more, as every new one), and shares every profile with it "
		"that this identity can change: the way back where a laptop is "
		"lost. Keep FILE offline, and the passphrase elsewhere. "
		"AIGENV_PASSPHRASE_FILE gives the passphrase where there is no "
		"terminal."),
	OPTIONS(new_values,
		OPTION(new_values, passphrase, "passphrase",
			.help = N_("lock the file with a passphrase, which "
				   "every use then asks for")),
		OPTION(new_values, recovery, "recovery", .value = "FILE",
			.is_file = true,
			.help = N_("a second identity, to be kept offline"))),
	.examples = EXAMPLES({ "aigenv key new", NULL },
		{ "aigenv key new --recovery /media/usb/recovery.txt",
			N_("asks for a passphrase") }),
	.statuses = found_change_statuses,
	.needs = NEEDS_VAULT,
	.run = run_new,
};

/* Asked for twice, since it is not shown. */
static bool ask_new_passphrase(const struct invocation *call,
	struct secret *passphrase, struct error *err)
{
	SCOPED(secret) struct secret again = { 0 };

	if (call->global->no_input || !terminal_is(STDIN_FILENO))
		return error_tell(err, STATUS_USAGE,
			_("the passphrase is missing"),
			_("name a file that holds it in "
			  "AIGENV_PASSPHRASE_FILE"));
	output_flush(call->output);
	if (!terminal_read_hidden(
		    _("New passphrase: "), PASSPHRASE_LIMIT, passphrase, err) ||
		!terminal_read_hidden(_("The same passphrase again: "),
			PASSPHRASE_LIMIT, &again, err))
		return false;
	if (secret_equal(passphrase, &again))
		return true;
	return error_tell(err, STATUS_USAGE, _("the two passphrases differ"),
		_("run it again; nothing was made"));
}

static bool get_new_passphrase(const struct invocation *call,
	struct secret *passphrase, struct error *err)
{
	bool given = false;

	if (!identity_given_passphrase(passphrase, &given, err))
		return false;
	if (!given && !ask_new_passphrase(call, passphrase, err))
		return false;
	if (passphrase->size >= PASSPHRASE_LEAST)
		return true;
	error_set(err, STATUS_USAGE,
		passphrase->size ? _("the passphrase is too short")
				 : _("the passphrase is empty"));
	return error_next(err,
		_("give one of %d characters or more; several random words are "
		  "good and can be remembered"),
		PASSPHRASE_LEAST);
}

static enum status make_recovery(
	struct invocation *call, const char *path, struct error *err)
{
	SCOPED(sharing) struct sharing sharing = SHARING(session_options(call));
	SCOPED(identity) struct identity identity = { 0 };
	SCOPED(secret) struct secret passphrase = { 0 };
	struct output *output = call->output;

	if (!sharing_load(&sharing, SESSION_CHANGE, err) ||
		!recovery_check_new(&sharing, err) ||
		!atomic_file_check_new(path, err) ||
		!get_new_passphrase(call, &passphrase, err) ||
		!identity_create(path, &passphrase, &identity, err) ||
		!recovery_share(&sharing, &identity, err))
		return err->status;
	for (size_t i = 0; i < sharing.count; i++)
		output_note(output, _("%s can be opened with it\n"),
			opened_profile(sharing.profiles[i]));
	for (size_t i = 0; i < sharing.left_count; i++)
		output_warning(output, _("%s cannot: %s\n"),
			sharing.left[i].profile, sharing.left[i].why.what);
	output_note(output,
		_("move %s to a place that is offline, keep the passphrase "
		  "elsewhere, and commit %s\n"),
		identity.path, path_name(sharing.session.path));
	output_note(output,
		_("to use it: AIGENV_IDENTITY=FILE in front of a command\n"));
	output_json(output, describe(&identity));
	return sharing.left_count ? STATUS_FOUND : STATUS_OK;
}

static bool check_no_identity(const char *path, struct error *err)
{
	return atomic_file_check_new(path, err) ||
		error_next(err,
			_("it is this machine's identity, and is never "
			  "replaced: `aigenv key show` prints its token"));
}

static enum status run_new(struct invocation *call, struct error *err)
{
	const struct new_values *values = COMMAND_VALUES(new_values, call);
	SCOPED(identity) struct identity identity = { 0 };
	SCOPED(secret) struct secret passphrase = { 0 };

	if (values->recovery)
		return make_recovery(call, values->recovery, err);
	OWNED char *path = identity_path(err);
	bool made = path && check_no_identity(path, err) &&
		(!values->passphrase ||
			get_new_passphrase(call, &passphrase, err)) &&
		identity_create(path, values->passphrase ? &passphrase : NULL,
			&identity, err);

	if (!made)
		return err->status;
	output_note(
		call->output, _("the identity %s was made\n"), identity.path);
	say_token(call->output, &identity);
	say_whom_to_ask(call->output, &identity);
	output_note(call->output,
		_("keep a copy of this file: what only this identity can open "
		  "is lost without it\n"));
	return STATUS_OK;
}

struct show_values {
	bool age;
};

static const struct command show_command = {
	.name = "show",
	.summary = N_("print the token to share a profile with this machine"),
	OPTIONS(show_values,
		OPTION(show_values, age, "age",
			.help = N_("the bare age recipient, for a reader or "
				   "for age"))),
	.examples = EXAMPLES({ "aigenv key show", N_("and its fingerprint") },
		{ "aigenv key show --age", N_("what `age -r` takes") }),
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
