/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "cli/output.h"
#include "commands/session_options.h"
#include "os/directory.h"
#include "rotate/rotate.h"
#include "team/sharing.h"
#include "ui/layout.h"

#include <stddef.h>
#include <stdlib.h>

/* `aigenv share`: who can open a profile. */

#define KEY_WORDS 16 /* of an SSH key's line, and a name */

static const struct command add_command, remove_command, list_command;
static run_command run_add, run_remove, run_list;

const struct command command_share = {
	.name = "share",
	.summary = N_("who can open a profile: add, remove, list"),
	.subcommands =
		SUBCOMMANDS(&add_command, &remove_command, &list_command),
};

/* add */

struct add_values {
	bool reader, new_key;
};

static const struct command add_command = {
	.name = "add",
	.arguments = "NAME TOKEN",
	.summary = N_("let somebody, or a server, open profiles"),
	.description =
		N_("TOKEN is what `aigenv key show` prints on the machine that "
		   "is to open them; it is public. It makes a writer, whose "
		   "changes the others accept. A bare age1..., a host's own "
		   "\"ssh-ed25519 AAAA...\" (in quotes) or --reader makes a "
		   "reader, right for servers and CI. -p takes several "
		   "profiles, with commas between; without it the chosen "
		   "profile is meant. What is printed is for the new one: it "
		   "has the fingerprint of who shared."),
	OPTIONS(add_values,
		OPTION(add_values, reader, "reader",
			.help = N_("a reader, even where TOKEN could write")),
		OPTION(add_values, new_key, "new-key",
			.help = N_("a new data key first, so that older "
				   "versions in git stay closed to it"))),
	.examples = EXAMPLES(
		{ "aigenv share add ana TOKEN -p staging",
			N_("TOKEN is what ana's `key show` printed") },
		{ "aigenv share add web-1 age1... --reader", N_("a server") },
		{ "aigenv share add web-2 \"ssh-ed25519 AAAA...\" --reader",
			N_("its /etc/ssh/ssh_host_ed25519_key.pub; there: "
			   "AIGENV_IDENTITY=/etc/ssh/ssh_host_ed25519_key") }),
	.statuses = found_change_statuses,
	.needs = NEEDS_VAULT,
	.least = 2,
	.most = KEY_WORDS,
	.run = run_add,
};

/* An SSH key that was given without quotes is several words, its comment too;
 * anything else is one. Owned. */
static char *key_of(const struct invocation *call, struct error *err)
{
	SCOPED(buf) struct buf key = BUF(4096);
	const char *first = call->arguments[1];

	if (call->argument_count > 2 && !text_starts_with(first, "ssh-") &&
		!text_starts_with(first, "ecdsa-")) {
		error_set(err, STATUS_USAGE, _("there are too many arguments"));
		error_next(err, _("write it as: %s %s"), "aigenv share add",
			add_command.arguments);
		return NULL;
	}
	for (size_t i = 1; i < call->argument_count; i++)
		buf_printf(&key, "%s%s", i > 1 ? " " : "", call->arguments[i]);
	return memory_text(buf_cstring(&key));
}

/* "production, staging", or as -p takes them. */
static char *names_of(const struct sharing *sharing, const char *between)
{
	SCOPED(buf) struct buf names = BUF(8192);

	for (size_t i = 0; i < sharing->count; i++)
		buf_printf(&names, "%s%s", i ? between : "",
			opened_profile(sharing->profiles[i]));
	return memory_text(buf_cstring(&names));
}

/* One word, as --trust takes it: nothing to be quoted. */
static char *own_fingerprint(const struct sharing *sharing)
{
	char fingerprint[FINGERPRINT_SIZE];
	SCOPED(buf) struct buf digits = BUF(FINGERPRINT_SIZE);

	identity_own_fingerprint(&sharing->session.identity, fingerprint);
	for (const char *at = fingerprint; *at; at++)
		if (*at != ' ')
			buf_byte(&digits, *at);
	return memory_text(buf_cstring(&digits));
}

/* What has to be said to find a vault of another name. Owned. */
static char *name_vault(const char *file)
{
	OWNED char *word = shell_quoted(file);

	return text_equal(file, VAULT_FILE) ? memory_text("")
					    : memory_printf(" -f %s", word);
}

/* For the new one, to be sent as it is. */
static void print_invitation(struct output *output,
	const struct sharing *sharing, const struct new_recipient *recipient)
{
	OWNED char *fingerprint = own_fingerprint(sharing);
	const char *file = path_name(vault_path(sharing->session.vault));
	OWNED char *named = name_vault(file);

	for (size_t i = 0; i < sharing->count; i++) {
		const char *profile = opened_profile(sharing->profiles[i]);

		if (recipient->writer)
			output_text(output, "aigenv%s apply -p %s --trust %s\n",
				named, profile, fingerprint);
		else
			output_text(output,
				"AIGENV_TRUST=%s aigenv%s apply -p %s%s\n",
				fingerprint, named, profile,
				json_object_get(
					opened_settings(sharing->profiles[i]),
					"pm2")
					? " --restart"
					: "");
	}
	output_note(output,
		_("commit and push %s; then send %s the command above, to be "
		  "run after `git pull`\n"),
		file, recipient->name);
	if (recipient->age.kind == AGE_SSH_ED25519)
		output_note(output,
			_("there AIGENV_IDENTITY has to name the private file "
			  "of that SSH key, /etc/ssh/ssh_host_ed25519_key "
			  "where it is the host's own\n"));
	output_note(output,
		_("%s compares the fingerprint in it with you, in person or by "
		  "phone: `aigenv key show` prints yours\n"),
		recipient->name);
}

/* The first half of a token is a whole recipient: who pasted no more meant a
 * writer. */
static void tell_half(struct output *output, const struct sharing *sharing,
	const struct new_recipient *recipient)
{
	OWNED char *profiles = names_of(sharing, ",");

	output_note(output,
		_("age1... alone makes a reader, who can change nothing; for a "
		  "writer `aigenv share remove %s -p %s`, then add %s again "
		  "with all that `aigenv key show` prints there, a + and what "
		  "follows it too\n"),
		recipient->name, profiles, recipient->name);
}

static void tell_added(struct output *output, const struct sharing *sharing,
	const struct new_recipient *recipient)
{
	OWNED char *names = names_of(sharing, ", ");
	json_t *profiles = json_new_list();
	OWNED char *fingerprint = own_fingerprint(sharing);

	output_note(output,
		recipient->writer ? _("%s is a writer of %s now\n")
				  : _("%s is a reader of %s now\n"),
		recipient->name, names);
	print_invitation(output, sharing, recipient);
	for (size_t i = 0; i < sharing->count; i++)
		json_push_text(profiles, opened_profile(sharing->profiles[i]));
	output_json(output,
		json_build("{name:%s, writer:%b, profiles:%o, fingerprint:%s}",
			recipient->name, recipient->writer, profiles,
			fingerprint));
}

static enum status run_add(struct invocation *call, struct error *err)
{
	SCOPED(sharing) struct sharing sharing = SHARING(session_options(call));
	const struct add_values *values = COMMAND_VALUES(add_values, call);
	struct new_recipient recipient;

	OWNED char *key = key_of(call, err);
	bool good = key &&
		new_recipient_parse(&recipient, call->arguments[0], key,
			values->reader, err);

	if (!good)
		return err->status;
	recipient.new_key = values->new_key;
	if (!sharing_load(&sharing, SESSION_CHANGE, err) ||
		!sharing_add(&sharing, call->global->profile, &recipient, err))
		return err->status;
	tell_added(call->output, &sharing, &recipient);
	if (!recipient.writer && !values->reader &&
		recipient.age.kind == AGE_X25519)
		tell_half(call->output, &sharing, &recipient);
	return STATUS_OK;
}

/* What could not be done where; true where there is such a profile. */
static bool tell_left(
	struct output *output, const struct sharing *sharing, json_t *document)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < sharing->left_count; i++) {
		const struct sharing_left *left = &sharing->left[i];

		output_warning(
			output, "%s: %s\n", left->profile, left->why.what);
		json_push(list,
			json_build("{profile:%s, reason:%s}", left->profile,
				left->why.what));
	}
	json_put(document, "left", list);
	return sharing->left_count > 0;
}

/* With a single identity, losing it means losing the profile. */
static void warn_of_single(struct output *output, const struct sharing *sharing)
{
	for (size_t i = 0; i < sharing->count; i++)
		if (opened_recipient_count(sharing->profiles[i]) == 1)
			output_warning(output,
				_("only one identity can open %s: `aigenv key "
				  "new --recovery ~/recovery.txt` makes a "
				  "second one, to be kept offline\n"),
				opened_profile(sharing->profiles[i]));
}

/* remove */

static const struct command remove_command = {
	.name = "remove",
	.arguments = "NAME",
	.summary = N_("take somebody out, and list which secrets to rotate"),
	.description =
		N_("Makes a new data key: what is written from now on stays "
		   "closed to NAME. Whatever NAME could read before stays "
		   "known, from git too; these secrets are listed, oldest "
		   "first, and are to be replaced. Without -p every profile "
		   "that has the name is meant; one that this identity cannot "
		   "change is named (exit 1)."),
	.examples = EXAMPLES({ "aigenv share remove ana", NULL },
		{ "aigenv share remove web-1 -p staging", NULL }),
	.statuses = found_change_statuses,
	.needs = NEEDS_VAULT,
	.least = 1,
	.most = 1,
	.run = run_remove,
};

/* What replaces it: by a rotation, where a test call can prove the new value.
 */
static char *command_to_replace(const struct opened *opened,
	const struct profile *profile, const char *secret)
{
	return memory_printf("aigenv %s %s -p %s",
		rotate_has_proof(profile, secret) ? "rotate" : "secret set",
		secret, opened_profile(opened));
}

static json_t *add_known(const struct output *output, struct table *table,
	const struct opened *opened)
{
	SCOPED(profile) struct profile profile = { .route_count = 0 };
	struct error ignored;
	size_t count = 0;
	OWNED struct secret_info *secrets =
		sharing_secrets_by_age(opened, &count);
	json_t *list = json_new_list();

	/* Settings that mean nothing to this aigenv have no routes for it. */
	(void)!profile_from_settings(&profile, opened_profile(opened),
		opened_settings(opened), &ignored);
	for (size_t i = 0; i < count; i++) {
		OWNED char *plain =
			command_to_replace(opened, &profile, secrets[i].name);
		OWNED char *command = output_advice(output, plain);

		TABLE_ROW(table, secrets[i].at, command);
		json_push(list,
			json_build("{name:%s, at:%s, command:%s}",
				secrets[i].name, secrets[i].at, command));
	}
	return json_build(
		"{profile:%s, secrets:%o}", opened_profile(opened), list);
}

static json_t *tell_known(struct output *output, const struct sharing *sharing)
{
	SCOPED(table) struct table table = TABLE(2);
	SCOPED(buf) struct buf text = BUF(1u << 20);
	json_t *profiles = json_new_list();

	for (size_t i = 0; i < sharing->count; i++)
		json_push(profiles,
			add_known(output, &table, sharing->profiles[i]));
	/* A command is one line, however long. */
	table_render(&table, 0, SIZE_MAX, &text);
	output_marked(output, &text);
	return profiles;
}

static enum status run_remove(struct invocation *call, struct error *err)
{
	SCOPED(sharing) struct sharing sharing = SHARING(session_options(call));
	struct output *output = call->output;
	const char *name = call->arguments[0];

	if (!sharing_load(&sharing, SESSION_CHANGE, err) ||
		!sharing_remove(&sharing, call->global->profile, name, err))
		return err->status;
	OWNED char *names = names_of(&sharing, ", ");
	output_note(output,
		_("%s can no longer open what is written to %s from now on; "
		  "commit and push %s\n"),
		name, names, path_name(vault_path(sharing.session.vault)));
	output_note(output,
		_("%s knows these values, oldest first: make new ones where "
		  "they came from, and replace them\n"),
		name);
	json_t *document = json_build(
		"{name:%s, profiles:%o}", name, tell_known(output, &sharing));
	bool left = tell_left(output, &sharing, document);
	warn_of_single(output, &sharing);
	output_json(output, document);
	return left ? STATUS_FOUND : STATUS_OK;
}

/* list */

static const struct command list_command = {
	.name = "list",
	.summary = N_("who can open which profile, and who vouches for whom"),
	.description =
		N_("Of the profiles that this identity can open; -p takes "
		   "several, with commas between. One that only one identity "
		   "can open gets a warning."),
	.examples = EXAMPLES({ "aigenv share list", NULL },
		{ "aigenv share list -p production,staging --json", NULL }),
	.statuses = found_read_statuses,
	.needs = NEEDS_VAULT,
	.run = run_list,
};

static json_t *add_recipients(struct table *table, const struct opened *opened)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < opened_recipient_count(opened); i++) {
		struct recipient_info info;

		opened_recipient_info(opened, i, &info);
		TABLE_ROW(table, i ? "" : opened_profile(opened), info.name,
			info.writer ? _("writer") : _("reader"),
			info.fingerprint);
		json_push(list,
			json_build("{name:%s, writer:%b, age:%s, "
				   "fingerprint:%s, vouched_by:%s}",
				info.name, info.writer, info.age,
				info.writer ? info.fingerprint : NULL,
				info.vouched_by));
	}
	return json_build(
		"{profile:%s, recipients:%o}", opened_profile(opened), list);
}

static enum status run_list(struct invocation *call, struct error *err)
{
	SCOPED(sharing) struct sharing sharing = SHARING(session_options(call));
	SCOPED(table) struct table table = TABLE(4);
	struct output *output = call->output;

	if (!sharing_load(&sharing, SESSION_READ, err))
		return err->status;
	if (!call->global->profile)
		sharing_open_all(&sharing);
	else if (!sharing_open(&sharing, call->global->profile, err))
		return err->status;
	json_t *profiles = json_new_list();
	for (size_t i = 0; i < sharing.count; i++)
		json_push(
			profiles, add_recipients(&table, sharing.profiles[i]));
	output_table(output, &table, 0);
	json_t *document = json_build("{profiles:%o}", profiles);
	bool left = tell_left(output, &sharing, document);
	warn_of_single(output, &sharing);
	output_json(output, document);
	return left ? STATUS_FOUND : STATUS_OK;
}
