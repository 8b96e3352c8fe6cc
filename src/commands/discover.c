/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "cli/output.h"
#include "cloudflare/cloudflare.h"
#include "commands/api_token.h"
#include "commands/session_options.h"
#include "ui/layout.h"

#include <stddef.h>

/* `aigenv discover`: what there is at Cloudflare. */

struct values {
	const char *account;
	const char *api_token; /* a SOURCE */
};

static run_command run;

const struct command command_discover = {
	.name = "discover",
	.summary = N_("list accounts, gateways and custom providers"),
	.description = N_(
		"Asks Cloudflare's API what an API token can see: the "
		"accounts, "
		"and of each its gateways and custom providers, by the names "
		"that a profile has. Nothing is changed. `aigenv init` offers "
		"the same in its questions, where such a token is at "
		"hand.\n\n"
		"The token comes from CLOUDFLARE_API_TOKEN or --api-token and "
		"needs the permissions AI Gateway: Read and, to list accounts, "
		"Account Settings: Read. With --account the second is not "
		"needed; an account's own token always needs --account."),
	OPTIONS(values,
		OPTION(values, account, "account", .value = "ID",
			.help = N_("only this account")),
		API_TOKEN_OPTION(values, api_token,
			N_("where the API token is: -, @FILE, env:VAR, fd:N, "
			   "vault:PROFILE/NAME (default: "
			   "CLOUDFLARE_API_TOKEN)"))),
	.examples = EXAMPLES(
		{ "aigenv discover",
			N_("with the token of CLOUDFLARE_API_TOKEN") },
		{ "aigenv discover --api-token @token.txt --json", NULL }),
	.statuses = (const enum status[]){ STATUS_FOUND, STATUS_USAGE,
		STATUS_INVALID, STATUS_LOCKED_OUT, STATUS_REFUSED,
		STATUS_UNREACHABLE, STATUS_IO, STATUS_INTERRUPTED, STATUS_OK },
	.run = run,
};

/* The token */

static bool read_token(
	struct invocation *call, struct secret *token, struct error *err)
{
	const char *source = COMMAND_VALUES(values, call)->api_token;
	SCOPED(session) struct session session = SESSION(session_options(call));

	if (api_token_is_of_vault(source) &&
		!session_open(&session, SESSION_READ, err))
		return false;
	if (!api_token_find(source, &session, token, err))
		return false;
	if (token->size > 0)
		return true;
	return error_tell(err, STATUS_USAGE,
		_("there is no Cloudflare API token to ask its API with"),
		_("set CLOUDFLARE_API_TOKEN, or give --api-token SOURCE: a "
		  "token with the permissions AI Gateway: Read and Account "
		  "Settings: Read (dashboard, My Profile, API Tokens)"));
}

/* What was found */

static void add_foreign(struct table *table, const char *text)
{
	OWNED char *shown = style_foreign(text);

	table_add(table, shown);
}

static void add_row(struct table *table, const char *kind, const char *name,
	const char *about)
{
	table_add(table, kind);
	add_foreign(table, name);
	add_foreign(table, about);
}

static void add_gateways(struct table *table, const json_t *account)
{
	JSON_EACH(one, json_object_get(account, "gateways")) {
		bool asks = json_flag(one.value, "authentication");

		add_row(table, _("gateway"),
			json_text_or_empty(one.value, "id"),
			asks ? "" : _("open: it asks for no token"));
	}
}

static void add_providers(struct table *table, const json_t *account)
{
	JSON_EACH(one, json_object_get(account, "custom_providers")) {
		const char *url = json_text_or_empty(one.value, "base_url");
		SCOPED(buf) struct buf off = BUF(65536);

		buf_printf(&off, _("%s (switched off)"), url);
		add_row(table, _("provider"),
			json_text_or_empty(one.value, "provider"),
			json_flag(one.value, "enabled") ? url
							: buf_cstring(&off));
	}
}

static void show_name(struct output *output, const json_t *account)
{
	const char *name = json_text(account, "name");
	OWNED char *id = style_foreign(json_text_or_empty(account, "id"));
	OWNED char *shown = style_foreign(name ? name : "");

	output_text(output, "%s%s%s\n", id, name ? "  " : "", shown);
}

/* False where it could not be looked into. */
static bool show_account(struct output *output, const json_t *account)
{
	SCOPED(table) struct table table = TABLE(3);
	const char *refused = json_text(account, "error");

	show_name(output, account);
	add_gateways(&table, account);
	add_providers(&table, account);
	output_table(output, &table, 2);
	if (refused)
		output_warning(output, "%s\n", refused);
	else if (json_array_size(json_object_get(account, "gateways")) == 0)
		output_note(output,
			_("Account %s has no gateway yet: dashboard, AI, AI "
			  "Gateway, Create Gateway\n"),
			json_text_or_empty(account, "id"));
	return !refused;
}

static enum status show(struct invocation *call, json_t *accounts)
{
	struct output *output = call->output;
	bool whole = true;

	output_json(output, json_build("{accounts:%O}", accounts));
	JSON_EACH(account, accounts)
		whole = show_account(output, account.value) && whole;
	return whole ? STATUS_OK : STATUS_FOUND;
}

static void tell_pause(void *context, int64_t seconds_left)
{
	output_progress((struct output *)context,
		_("Cloudflare's API wants a pause of %lld s"),
		(long long)seconds_left);
}

/* Where no account at all could be looked into, it failed. */
static bool is_refused(const json_t *accounts, struct error *err)
{
	JSON_EACH(account, accounts)
		if (!json_text(account.value, "error"))
			return false;
	return err->status == STATUS_REFUSED;
}

static enum status run(struct invocation *call, struct error *err)
{
	const struct values *wanted = COMMAND_VALUES(values, call);
	SCOPED(secret) struct secret token = { 0 };
	struct cloudflare *client = NULL;

	if (!read_token(call, &token, err) ||
		!cloudflare_open(&client, &token, err))
		return err->status;
	cloudflare_tell(client, tell_pause, call->output);
	JSON_SCOPED json_t *accounts =
		cloudflare_discover(client, wanted->account, err);
	cloudflare_close(client);
	if (!accounts || is_refused(accounts, err))
		return err->status;
	return show(call, accounts);
}
