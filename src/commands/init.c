/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "commands/init_answers.h"
#include "commands/setup_command.h"

struct values {
	struct deploy_options deploy;
	struct init_flags flags;
};

#define FLAG(flag, name, value, help)                                          \
	INIT_FLAG(OPTION_TEXT, flag, name, value, help, "Answers")
#define FLAGS(flag, name, value, help)                                         \
	INIT_FLAG(OPTION_LIST, flag, name, value, help, "Answers")

static enum status run(struct invocation *call, struct error *err);

const struct command command_init = {
	.name = "init",
	.summary = "set a profile up: the wizard",
	.description =
		"Gathers account, gateway, provider, model and both keys, "
		"makes identity and vault, then does what `apply` does. In a "
		"terminal it asks for what no flag and no --answers gave; with "
		"--no-input it names every missing answer instead.\n\n"
		"Two keys go out with every call: the gateway token opens the "
		"gateway, the provider key pays the provider. Neither replaces "
		"the other.",
	.options =
		(const struct option[]){
			FLAG(answers, "answers", "FILE",
				"all answers as JSON; - for stdin"),
			FLAG(account, "account", "ID",
				"account ID, 32 hex digits"),
			FLAG(gateway, "gateway", "NAME", "the gateway's name"),
			FLAG(origin, "origin", "URL",
				"not Cloudflare's: an emulator's"),
			FLAG(custom_domain, "custom-domain", "URL",
				"your own hostname of the gateway"),
			FLAG(route_name, "route-name", "NAME",
				"default: the provider's slug"),
			FLAG(provider, "provider", "SLUG",
				"openai, custom-xiaomi, ..."),
			FLAG(path, "path", "PATH",
				"after the provider, like /v1"),
			FLAG(model, "model", "NAME", "the model's name"),
			FLAG(key_env, "key-env", "NAME",
				"variable of the provider key"),
			FLAG(model_env, "model-env", "NAME",
				"variable of the model, if any"),
			FLAG(direct_url, "direct-url", "URL",
				"the provider's own base URL"),
			FLAG(credential, "credential", "KIND",
				"header, stored or unified"),
			FLAG(alias, "alias", "NAME", "alias of a stored key"),
			FLAG(pm2_app, "pm2-app", "NAME",
				"the app's name in PM2"),
			FLAG(pm2_script, "pm2-script", "FILE",
				"what PM2 starts"),
			FLAG(pm2_instances, "pm2-instances", "N",
				"how many processes of it"),
			FLAG(pm2_env, "pm2-env", "NAME", "PM2's --env"),
			FLAG(pm2_ecosystem, "pm2-ecosystem", "FILE",
				"the file to restart by"),
			FLAGS(vars, "var", "NAME=VALUE", "a plain variable"),
			FLAGS(outputs, "output", "TEMPLATE=PATH",
				"a file to render"),
			FLAGS(secrets, "secret", "NAME=SOURCE",
				"SOURCE: -, @FILE, env:VAR or fd:N"),
			DEPLOY_OPTIONS,
			{ .name = NULL },
		},
	.values_size = sizeof(struct values),
	.examples =
		(const struct example[]){
			{ "aigenv init",
				"asks for everything; run again, it edits" },
			{ "aigenv init --answers answers.json --no-input",
				"asks for nothing" },
			{ "aigenv init --account "
			  "0123456789abcdef0123456789abcdef --gateway "
			  "my-gateway --provider custom-xiaomi --model "
			  "mimo-v2.5 --pm2-app api --secret "
			  "CF_AIG_TOKEN=env:TOKEN --secret "
			  "MIMO_API_KEY=@key.txt --no-input",
				"the same by flags" },
			{ NULL, NULL },
		},
	.statuses = (const enum status[]){ STATUS_FOUND, STATUS_USAGE,
		STATUS_INVALID, STATUS_LOCKED_OUT, STATUS_REFUSED,
		STATUS_UNREACHABLE, STATUS_IO, STATUS_BUSY, STATUS_INTERRUPTED,
		STATUS_OK },
	.needs = NEEDS_VAULT,
	.run = run,
};

static enum status run(struct invocation *call, struct error *err)
{
	const struct values *values = COMMAND_VALUES(values, call);
	JSON_SCOPED json_t *answers = init_gather_answers(&values->flags, err);

	if (!answers)
		return err->status;
	return setup_carry_out(call, answers, &values->deploy, err);
}
