/* SPDX-License-Identifier: MIT */
/* What there is at Cloudflare, looked up for the wizard's questions. */
#include "commands/conversation/conversation_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "cli/output.h"
#include "commands/api_token.h"
#include "os/terminal.h"

/* The first failure is told, on one line: the questions go on without it. */
static json_t *fail(struct lookout *lookout, const struct error *err)
{
	if (!lookout->failed)
		output_warning(lookout->call->output,
			_("You are asked for it, since it was not looked up: "
			  "%s\n"),
			err->what);
	output_flush(lookout->call->output);
	lookout->failed = true;
	lookout->gave_up = err->status != STATUS_REFUSED;
	return NULL;
}

static json_t *list_accounts(struct lookout *lookout)
{
	struct error err = { 0 };
	bool unsupported = false;
	json_t *list = cloudflare_list(
		lookout->client, CLOUDFLARE_ACCOUNTS, NULL, &unsupported, &err);

	return list || unsupported ? list : fail(lookout, &err);
}

static json_t *list_account(struct lookout *lookout, const char *account)
{
	struct error err = { 0 };
	json_t *list = cloudflare_discover(lookout->client, account, &err);

	if (list && !json_text(json_array_get(list, 0), "error"))
		return list;
	json_decref(list);
	return fail(lookout, &err);
}

static void tell(const struct lookout *lookout)
{
	if (!lookout->told)
		output_note(lookout->call->output,
			_("With the Cloudflare API token that is at hand, "
			  "accounts, gateways and custom providers are looked "
			  "up at %s.\n"),
			cloudflare_origin());
	output_progress(lookout->call->output,
		_("Asking Cloudflare's API · Ctrl-C stops"));
}

static json_t *look(void *context, const char *account)
{
	struct lookout *lookout = context;

	if (lookout->gave_up)
		return NULL;
	tell(lookout);
	lookout->told = true;
	prompt_hush(lookout->prompt, true);
	terminal_last_words(_("aigenv: interrupted"));
	json_t *list = account ? list_account(lookout, account)
			       : list_accounts(lookout);
	terminal_last_words(NULL);
	prompt_hush(lookout->prompt, false);
	output_flush(lookout->call->output);
	return list;
}

/* An odd CLOUDFLARE_API_TOKEN may be meant for another program; who names the
 * source means it. */
static bool find_token(struct lookout *lookout, const char *source,
	struct session *session, struct error *err)
{
	struct error odd = { 0 };

	if (source)
		return api_token_find(source, session, &lookout->token, err);
	if (!api_token_find(NULL, session, &lookout->token, &odd)) {
		output_warning(lookout->call->output, "%s\n", odd.what);
		secret_release(&lookout->token);
	}
	return true;
}

bool lookout_open(struct lookout *lookout, const char *source,
	struct session *session, struct wizard *wizard, struct error *err)
{
	struct error ignored;

	lookout->prompt = wizard->prompt;
	if (!find_token(lookout, source, session, err))
		return false;
	if (lookout->token.size == 0 ||
		!cloudflare_open(&lookout->client, &lookout->token, &ignored))
		return true;
	cloudflare_hurry(lookout->client);
	wizard->look = look;
	wizard->look_context = lookout;
	return true;
}

void lookout_close(struct lookout *lookout)
{
	cloudflare_close(lookout->client);
	lookout->client = NULL;
	secret_release(&lookout->token);
}
