/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "base/json.h"
#include "commands/setup_command.h"

static run_command run;

const struct command command_init = {
	.name = "init",
	.summary = N_("set a profile up: the wizard"),
	.description = N_(
		"Gathers account, gateway, provider, model and both keys, "
		"makes identity and vault, then does what `apply` does. In a "
		"terminal it asks for what no flag and no --answers gave; with "
		"--no-input it names every missing answer instead. A refused "
		"call is not the end there: it goes on with that key again, "
		"another answer, or without proof, and what was typed is "
		"kept.\n\n"
		"With a Cloudflare API token (CLOUDFLARE_API_TOKEN or "
		"--api-token; it needs what `aigenv help discover` names) the "
		"questions offer the accounts, gateways and custom providers "
		"that there are.\n\n"
		"Two keys go out with every call: the gateway token opens the "
		"gateway, the provider key pays the provider. Neither replaces "
		"the other."),
	.options = init_options,
	.values_size = sizeof(struct init_values),
	.examples = EXAMPLES(
		{ "aigenv init",
			N_("asks for everything; run again, it edits") },
		{ "aigenv init --answers answers.json --no-input",
			N_("asks for nothing") },
		{ "aigenv init --account 0123456789abcdef0123456789abcdef "
		  "--gateway my-gateway --provider custom-xiaomi --model "
		  "mimo-v2.5 --pm2-app api --secret CF_AIG_TOKEN=env:TOKEN "
		  "--secret MIMO_API_KEY=@key.txt --no-input",
			N_("the same by flags") }),
	.statuses = deploy_statuses,
	.needs = NEEDS_VAULT | MAKES_PROFILE,
	.run = run,
};

static enum status run(struct invocation *call, struct error *err)
{
	const struct init_values *values = COMMAND_VALUES(init_values, call);
	const struct given given = init_given(values);
	JSON_SCOPED json_t *answers = json_new_object();

	SCOPED(given_secrets) struct given_secrets secrets = { 0 };

	if (!answers_add(answers, &secrets, &given, err))
		return err->status;
	const struct setup_start start = {
		.answers = answers, .secrets = &secrets, .values = values
	};

	return setup_carry_out(call, &start, err);
}
