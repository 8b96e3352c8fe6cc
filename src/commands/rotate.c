/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/output.h"
#include "commands/api_token.h"
#include "commands/confirm.h"
#include "commands/receipts.h"
#include "commands/rotate_report.h"
#include "commands/secret_value.h"
#include "commands/session_options.h"
#include "os/terminal.h"
#include "rotate/token_source.h"
#include "session/secret_check.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* `aigenv rotate`: a secret replaced, and the old value gone last of all. */

#define LONGEST_LIFE 3650 /* days, of a token */

struct values {
	const char *from, *via;
	const char *api_token; /* a SOURCE */
	int64_t expires_in;    /* days; 0: it was not given */
	bool resume, abort;
	bool no_restart, confirmed, dry_run, all_profiles;
	struct text_list confirmed_by, except;
	int64_t if_older; /* days; -1: it was not given */
	int64_t timeout;
};

static run_command run;

static const struct option options[] = {
	FROM_OPTION(values, from),
	OPTION(values, via, "via", .value = "ISSUER", .choices = "cloudflare",
		.help = N_("whose API makes the new gateway token and revokes "
			   "the old one")),
	OPTION(values, expires_in, "expires-in", .value = "DAYS", .least = 1,
		.most = LONGEST_LIFE,
		.help = N_(
			"with --via: the new token ends after so many days")),
	API_TOKEN_OPTION(values, api_token,
		N_("Cloudflare API token for --via (default: "
		   "CLOUDFLARE_API_TOKEN, of the environment, else of the "
		   "profile): `aigenv help rotation`")),
	OPTION(values, resume, "resume",
		.help = N_("go on with the rotation that is under way")),
	OPTION(values, abort, "abort",
		.help = N_("take it back, proven by a test call")),
	OPTION(values, confirmed, "confirmed",
		.help = N_("with --resume: your word that the new value is "
			   "live everywhere")),
	OPTION(values, confirmed_by, "confirmed-by", .value = "FILE...",
		.help = N_("with --resume: what `aigenv status --json` printed "
			   "on each machine; - is stdin"),
		.is_file = true),
	OPTION(values, except, "except", .value = "NAME",
		.help = N_("with --resume: a recipient that is gone or runs "
			   "nothing, and is not waited for")),
	OPTION(values, dry_run, "dry-run",
		.help = N_("say which steps, files, processes and profiles; do "
			   "nothing")),
	OPTION(values, all_profiles, "all-profiles",
		.help = N_("in every profile that holds the same value under "
			   "this name")),
	OPTION(values, if_older, "if-older", .value = "DAYS",
		.help = N_(
			"do nothing where the value is younger: for a timer")),
	OPTION(values, no_restart, "no-restart",
		.help = N_("stop before the restart, and print its command")),
	OPTION(values, timeout, "timeout", .value = "SECONDS", .least = 1,
		.most = OPTION_SECONDS_MOST,
		.help = N_("limit for a whole test call (60)")),
	{ .name = NULL },
};

static const struct example examples[] = {
	{ "aigenv rotate MIMO_API_KEY",
		N_("asks for the new value, without echo") },
	{ "aigenv rotate CF_AIG_TOKEN --from @token.txt", NULL },
	{ "aigenv rotate CF_AIG_TOKEN --via cloudflare",
		N_("with CLOUDFLARE_API_TOKEN: made and revoked by its API") },
	{ "aigenv rotate CF_AIG_TOKEN --dry-run", NULL },
	{ "aigenv rotate CF_AIG_TOKEN --resume --confirmed",
		N_("once everybody has applied it") },
	{ "aigenv rotate CF_AIG_TOKEN --resume --confirmed-by web-1.json "
	  "web-2.json",
		N_("by each machine's own word") },
	{ NULL, NULL },
};

const struct command command_rotate = {
	.name = "rotate",
	.arguments = "NAME",
	.summary = N_("replace a secret without an outage"),
	.description = N_(
		"Stages the new value beside the old one, makes the test call "
		"with it, switches, writes the files, restarts what runs here, "
		"sees that it is live and makes the call again. What fails "
		"before the switch changes nothing; what fails after it is "
		"taken back. Each step is in the vault before it is taken: "
		"after a crash --resume goes on and --abort takes it back.\n\n"
		"Where the app does not run here, or others open the profile "
		"too, it stops once the vault is switched (exit 1), until they "
		"have it: `aigenv help rotation`, `aigenv help machines`."),
	.options = options,
	.values_size = sizeof(struct values),
	.defaults = &(const struct values){ .if_older = -1 },
	.examples = examples,
	.statuses = (const enum status[]){ STATUS_FOUND, STATUS_USAGE,
		STATUS_INVALID, STATUS_LOCKED_OUT, STATUS_REFUSED,
		STATUS_UNREACHABLE, STATUS_IO, STATUS_BUSY, STATUS_OK },
	.needs = NEEDS_VAULT,
	.least = 0,
	.most = 1,
	.asks_secret = true,
	.run = run,
};

/* The new value, as somebody brings it along */

static bool obtain(void *context, const char *label, struct rotate_value *value,
	struct error *err)
{
	const struct invocation *call = context;
	const char *name = call->arguments[0];
	char prompt[192];

	(void)label;
	(void)snprintf(
		prompt, sizeof(prompt), _("New value of %.128s: "), name);
	return secret_value_read(call, COMMAND_VALUES(values, call)->from, name,
		prompt, &value->value, err);
}

/* The new value, as Cloudflare makes it */

/* Before anything is asked or written. */
static bool check_issuer(const struct rotate *rotate,
	const struct secret *api_token, struct error *err)
{
	const struct provider *entry = NULL;

	if (profile_secret_kind(&rotate->members[0]->workspace.profile,
		    rotate->secret, &entry) != SECRET_GATEWAY_TOKEN) {
		error_set(err, STATUS_USAGE,
			_("Cloudflare makes only gateway tokens, and %s is "
			  "not one"),
			rotate->secret);
		return error_next(err,
			_("leave --via out and bring the new value along"));
	}
	return token_source_check(api_token, err);
}

/* Until when the new token is to hold is in what this machine remembers, and
 * not in the vault. */
static int64_t days_asked_for(const struct rotate *rotate)
{
	const struct opened *opened =
		rotate->members[0]->workspace.session.opened;
	struct rotation rotation;

	if (!opened_find_rotation(opened, &rotation) ||
		rotation.step != ROTATION_REQUESTED)
		return 0;
	int64_t days = opened_get_asked_days(opened, rotation.label);
	if (days >= 0)
		return days;
	observer_warn(&rotate->options.observer,
		_("the new token will not expire, since it was asked for on "
		  "another machine, and --expires-in was not given again with "
		  "--resume"));
	return 0;
}

/* A token that revokes itself can do no more, and nobody meant that. */
static bool check_api_token(const struct rotate *rotate,
	const struct secret *api_token, struct error *err)
{
	bool same = false;

	for (size_t i = 0; api_token->size > 0 && i < rotate->count; i++)
		same = same ||
			rotate_has_value(rotate, rotate->members[i], api_token);
	if (!same)
		return true;
	error_set(err, STATUS_INVALID,
		_("the Cloudflare API token is %s itself, which this rotation "
		  "would revoke"),
		rotate->secret);
	return error_next(err,
		_("make an API token for rotations alone in the dashboard, "
		  "with the permission Account API Tokens: Write or API "
		  "Tokens: Write, and give it with CLOUDFLARE_API_TOKEN or "
		  "--api-token"));
}

/* The issuer makes the new value, or has made it, and will revoke the old one.
 */
static bool issues(const struct rotate *rotate)
{
	struct rotation rotation;

	return rotate->by_issuer ||
		(opened_find_rotation(
			 rotate->members[0]->workspace.session.opened,
			 &rotation) &&
			rotation.label);
}

/* What the issuer is asked with, once the vault is open. */
static bool fill_issuer(const struct invocation *call, struct rotate *rotate,
	struct token_source *issuer, struct secret *api_token,
	struct error *err)
{
	const struct values *wanted = COMMAND_VALUES(values, call);
	struct workspace *first = &rotate->members[0]->workspace;

	if (wanted->resume && !wanted->expires_in)
		rotate->days = days_asked_for(rotate);
	issuer->api_token = api_token;
	issuer->account = first->profile.account_id;
	issuer->days = rotate->days;
	issuer->observer = &rotate->options.observer;
	return api_token_find(
		       wanted->api_token, &first->session, api_token, err) &&
		(!rotate->by_issuer || check_issuer(rotate, api_token, err)) &&
		(wanted->abort || !issues(rotate) ||
			check_api_token(rotate, api_token, err));
}

/* The command */

struct usage_rule {
	bool broken;
	const char *what;
	const char *next;
};

static bool keep_rules(
	const struct usage_rule *rules, size_t count, struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		if (!rules[i].broken)
			continue;
		return error_tell(
			err, STATUS_USAGE, rules[i].what, rules[i].next);
	}
	return true;
}

static bool check_usage(const struct invocation *call, struct error *err)
{
	const struct values *wanted = COMMAND_VALUES(values, call);
	const bool continues = wanted->resume || wanted->abort;
	const bool receipts =
		wanted->confirmed_by.count || wanted->except.count;
	const struct usage_rule rules[] = {
		{ wanted->resume && wanted->abort,
			_("--resume and --abort cannot go together"),
			_("--resume goes on, --abort takes it back") },
		{ wanted->confirmed && !wanted->resume,
			_("--confirmed is for a rotation that waits"),
			_("add --resume") },
		{ receipts && !wanted->resume,
			_("--confirmed-by and --except are for a rotation that "
			  "waits"),
			_("add --resume") },
		{ wanted->confirmed && receipts,
			_("--confirmed is your word for all, so nobody is "
			  "asked for a receipt"),
			_("leave out either --confirmed, or --confirmed-by and "
			  "--except") },
		{ continues && (wanted->dry_run || wanted->if_older >= 0),
			_("--dry-run and --if-older are for a rotation that "
			  "would begin"),
			_("leave them out") },
		{ continues && wanted->from,
			_("the new value of a rotation that is under way is "
			  "in the vault already"),
			_("leave --from out") },
		{ wanted->from && wanted->via,
			_("with --via the new value is made for this rotation"),
			_("leave --from or --via out") },
		{ (wanted->expires_in || wanted->api_token) && !wanted->via &&
				!continues,
			_("--expires-in and --api-token are for a token that "
			  "Cloudflare makes"),
			_("add --via cloudflare") },
		{ call->argument_count == 0 && !continues,
			_("rotate needs the name of a secret"),
			_("name the secret, or go on with --resume or "
			  "--abort") },
	};

	return keep_rules(rules, ARRAY_SIZE(rules), err) &&
		(call->argument_count == 0 ||
			secret_check_name(call->arguments[0], err));
}

/* A failure that is no error of the program's own is told as a warning, since
 * exit 1 says no more. */
static enum status conclude(struct invocation *call,
	const struct rotate *rotate, bool ok, const struct error *err)
{
	if (ok)
		return rotate->end == ROTATE_WAITS ? STATUS_FOUND : STATUS_OK;
	if (err->status == STATUS_FOUND)
		output_error(call->output, err);
	return err->status;
}

static enum status carry_out(struct invocation *call, struct rotate *rotate,
	struct rotate_report *report, struct error *err)
{
	const struct values *wanted = COMMAND_VALUES(values, call);

	bool ok = wanted->resume ? rotate_resume(rotate, err)
		: wanted->abort  ? rotate_abort(rotate, err)
				 : rotate_begin(rotate, err);

	rotate_report_end(report, ok ? NULL : err);
	return conclude(call, rotate, ok, err);
}

static enum status preview(
	struct rotate *rotate, struct rotate_report *report, struct error *err)
{
	JSON_SCOPED json_t *profiles = rotate_preview(rotate, err);

	if (!profiles)
		return err->status;
	rotate_report_preview(report, profiles);
	return STATUS_OK;
}

/* Asks whether the profiles with the same value are to be part of it. Who
 * cannot be asked is told. */
static enum status offer_others(const struct invocation *call,
	struct rotate *rotate, const struct rotate_report *report,
	struct error *err)
{
	SCOPED(buf) struct buf names = BUF(4096);
	char *text = NULL;

	if (!rotate_report_same(report, rotate, &names) ||
		rotate->all_profiles || call->global->no_input ||
		COMMAND_VALUES(values, call)->dry_run)
		return STATUS_OK;
	text = memory_printf(_("Replace it in these profiles, too: %s?"),
		buf_cstring(&names));
	const struct prompt_question question = {
		.text = text,
		.help = _("They hold the same value under this name. Yes takes "
			  "every step in all of them. No leaves the old value "
			  "there, and it must not be revoked then."),
		.first = true,
	};
	enum status status = confirm_ask(call, &question, err);
	free(text);
	if (status == STATUS_OK && !rotate_open_same(rotate, err))
		return err->status;
	return status == STATUS_FOUND ? STATUS_OK : status;
}

static enum status begin(struct invocation *call, struct rotate *rotate,
	struct rotate_report *report, struct error *err)
{
	const struct values *wanted = COMMAND_VALUES(values, call);

	if (!rotate_may_begin(rotate, err))
		return err->status;
	if (wanted->if_older >= 0 && !rotate_is_due(rotate, wanted->if_older)) {
		rotate_report_not_due(report);
		return STATUS_OK;
	}
	if (!wanted->dry_run && !rotate_can_take_a_value(rotate, err))
		return err->status;
	enum status status = offer_others(call, rotate, report, err);
	if (status != STATUS_OK)
		return status;
	return wanted->dry_run ? preview(rotate, report, err)
			       : carry_out(call, rotate, report, err);
}

/* Before the vault is opened: no lock is held while stdin is waited for. */
static bool read_receipts(
	const struct invocation *call, json_t *receipts, struct error *err)
{
	const struct text_list *files =
		&COMMAND_VALUES(values, call)->confirmed_by;

	for (size_t i = 0; i < files->count; i++) {
		if (text_equal(files->items[i], "-") &&
			terminal_is(STDIN_FILENO))
			output_note(call->output,
				_("paste the receipts, then press Ctrl-D\n"));
		output_flush(call->output);
		if (!receipts_read(files->items[i], receipts, err))
			return false;
	}
	return true;
}

static json_t *names_given_up(const struct invocation *call)
{
	const struct text_list *names = &COMMAND_VALUES(values, call)->except;
	json_t *list = json_new_list();

	for (size_t i = 0; i < names->count; i++)
		json_push_once(list, names->items[i]);
	return list;
}

static enum status run(struct invocation *call, struct error *err)
{
	const struct values *wanted = COMMAND_VALUES(values, call);
	const struct rotate_source source = { .obtain = obtain,
		.context = call };
	SCOPED(token_source) struct token_source tokens = { .account = NULL };
	const struct rotate_source issuer = token_source(&tokens);
	SCOPED(secret) struct secret api_token = { 0 };
	const bool continues = wanted->resume || wanted->abort;
	JSON_SCOPED json_t *receipts = json_new_list();
	JSON_SCOPED json_t *given_up = names_given_up(call);
	SCOPED(rotate)
	struct rotate rotate = {
		.options = session_options(call),
		.name = call->argument_count ? call->arguments[0] : NULL,
		.all_profiles = wanted->all_profiles,
		.no_restart = wanted->no_restart,
		.confirmed = wanted->confirmed,
		.receipts = receipts,
		.given_up = given_up,
		.timeout_ms = wanted->timeout * 1000,
		.repeated = api_token_repeated(wanted->api_token),
		.days = wanted->expires_in,
		.source = &source,
		.issuer = &issuer,
		.by_issuer = wanted->via != NULL,
	};
	SCOPED(rotate_report) struct rotate_report report = { 0 };

	if (!check_usage(call, err) || !read_receipts(call, receipts, err))
		return err->status;
	rotate_report_begin(&report, &rotate, call->output);
	if (!rotate_open(&rotate, continues, err) ||
		!fill_issuer(call, &rotate, &tokens, &api_token, err))
		return err->status;
	return continues ? carry_out(call, &rotate, &report, err)
			 : begin(call, &rotate, &report, err);
}
