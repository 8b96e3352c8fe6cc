/* SPDX-License-Identifier: MIT */
#include "template/builtin.h"

#include "base/i18n.h"
#include "base/text.h"
#include "template_assets.h"

static const struct builtin_template templates[] = {
	{ "env", ".env", "env.mustache", ESCAPE_ENV, true,
		N_("NAME=value lines; an existing file keeps its own") },
	{ "env-example", ".env.example", "env.example.mustache", ESCAPE_NONE,
		false, N_("what each variable has to be, without secrets") },
	{ "ecosystem", "ecosystem.config.cjs", "ecosystem.config.cjs.mustache",
		ESCAPE_JS, false,
		N_("a PM2 app that reads the rendered .env at every start") },
	{ "ecosystem-wrap", "ecosystem.aigenv.config.cjs",
		"ecosystem.aigenv.config.cjs.mustache", ESCAPE_JS, false,
		N_("an ecosystem file of your own, with the variables "
		   "added") },
	{ "ecosystem-sealed", "ecosystem.config.cjs",
		"ecosystem.sealed.config.cjs.mustache", ESCAPE_JS, false,
		N_("a PM2 app that `aigenv run` starts: no value on disk") },
	{ "systemd-unit", "app.service", "app.service.mustache", ESCAPE_NONE,
		false, N_("a service that `aigenv run` starts") },
	{ "systemd-verify", "aigenv-verify.service",
		"aigenv-verify.service.mustache", ESCAPE_NONE, false,
		N_("a service that makes the test call of every profile") },
	{ "systemd-verify-timer", "aigenv-verify.timer",
		"aigenv-verify.timer.mustache", ESCAPE_NONE, false,
		N_("a timer for it, once an hour") },
	{ "systemd-rotate", "aigenv-rotate.service",
		"aigenv-rotate.service.mustache", ESCAPE_NONE, false,
		N_("a service that rotates the gateway token where it is "
		   "due") },
	{ "systemd-rotate-timer", "aigenv-rotate.timer",
		"aigenv-rotate.timer.mustache", ESCAPE_NONE, false,
		N_("a timer for it, once a day") },
	{ "cron-rotate", "aigenv-rotate.cron", "aigenv-rotate.cron.mustache",
		ESCAPE_NONE, false,
		N_("a line for cron that rotates the gateway token where it "
		   "is due") },
	{ "container-entrypoint", "aigenv-entrypoint.sh",
		"aigenv-entrypoint.sh.mustache", ESCAPE_SH, false,
		N_("the entry point of a container, around its command") },
	{ "compose", "compose.yaml", "compose.yaml.mustache", ESCAPE_YAML,
		false, N_("a compose file with that entry point") },
	{ 0 },
};

const struct builtin_template *builtin_templates(void)
{
	return templates;
}

const struct builtin_template *builtin_find(const char *name)
{
	for (const struct builtin_template *row = templates; row->name; row++)
		if (text_equal(row->name, name))
			return row;
	return NULL;
}

const struct asset *builtin_asset(const struct builtin_template *builtin)
{
	return asset_find(template_assets, builtin->file);
}
