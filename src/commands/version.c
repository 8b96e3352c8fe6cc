/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "base/json_build.h"
#include "cli/output.h"

#include <sodium.h>

static run_command run;

const struct command command_version = {
	.name = "version",
	.summary = N_("show the version"),
	.examples = EXAMPLES({ "aigenv version", NULL },
		{ "aigenv version -v",
			N_("with the libraries, for a report") }),
	.run = run,
};

/* `aigenv version`: also what a report about a fault should hold. */
static enum status run(struct invocation *call, struct error *err)
{
	(void)err;
	output_text(call->output, "aigenv %s\n", AIGENV_VERSION);
	output_detail(call->output, "libsodium %s\njansson %s\n",
		sodium_version_string(), jansson_version_str());
	output_json(call->output,
		json_build("{version:%s, libsodium:%s, jansson:%s}",
			AIGENV_VERSION, sodium_version_string(),
			jansson_version_str()));
	return STATUS_OK;
}
