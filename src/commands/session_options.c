/* SPDX-License-Identifier: MIT */
#include "commands/session_options.h"

#include "base/i18n.h"
#include "cli/output.h"
#include "os/terminal.h"

#define PASSPHRASE_LIMIT 4096

static void warn(void *context, const char *message)
{
	output_warning(context, "%s\n", message);
}

static void note(void *context, const char *message)
{
	output_note(context, "%s\n", message);
}

static void progress(void *context, const char *message)
{
	output_progress(context, "%s", message);
}

static void chose(void *context, const char *profile, const char *made)
{
	output_advise_profiles(context, profile, made);
}

static void older(void *context, bool is_older)
{
	output_advise_older(context, is_older);
}

static bool ask_passphrase(
	void *context, struct secret *passphrase, struct error *err)
{
	output_flush(context);
	return terminal_read_hidden(_("Passphrase of the identity: "),
		PASSPHRASE_LIMIT, passphrase, err);
}

#define PATIENCE_SECONDS 2
#define PATIENCE_LIMIT_SECONDS 604800 /* a week */

/* Who is not there to be asked is not kept waiting, unless that is wanted. */
static int patience_ms(const struct global_options *global)
{
	int64_t seconds = global->no_input ? 0 : PATIENCE_SECONDS;

	if (global->wait >= 0)
		seconds = global->wait;
	if (seconds > PATIENCE_LIMIT_SECONDS)
		seconds = PATIENCE_LIMIT_SECONDS;
	return (int)(seconds * 1000);
}

struct session_options session_options(const struct invocation *call)
{
	const struct global_options *global = call->global;

	return (struct session_options){
		.file = global->file,
		.profile = global->profile,
		.directory = global->directory,
		.trust = global->trust,
		.allow_older = global->allow_older,
		.no_input = global->no_input,
		.patience_ms = patience_ms(global),
		.started_in = call->started_in,
		.observer = {
			.warn = warn,
			.note = note,
			.progress = progress,
			.chose = chose,
			.older = older,
			.ask_passphrase =
				global->no_input ? NULL : ask_passphrase,
			.context = call->output,
		},
	};
}
