/* SPDX-License-Identifier: MIT */
#include "emulator/options.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "emulator/fault.h"
#include "emulator/options_internal.h"

#include <string.h>

static const struct option_row *find(
	const char *name, size_t size, struct error *err)
{
	const char *names[OPTIONS_MOST + 1] = { NULL };

	for (size_t i = 0; i < OPTIONS_MOST && option_rows[i].name; i++) {
		if (text_is(name, size, option_rows[i].name))
			return &option_rows[i];
		names[i] = option_rows[i].name;
	}
	OWNED char *given = memory_copy(name, size);
	const char *nearest = text_nearest(given, names);
	error_set(err, STATUS_USAGE, _("there is no option --%s"), given);
	if (nearest)
		error_next(err, _("did you mean --%s?"), nearest);
	else
		error_next(err, _("`aig-emulator --help` lists them"));
	return NULL;
}

/* One option at *argv, "--name=value" or "--name" "value"; steps over it. */
static bool parse_one(char ***argv, struct parsing *parsing, struct error *err)
{
	const char *word = *(*argv)++;
	const char *name = text_equal(word, "-h") ? "--help" : word;
	const char *equals = strchr(name, '=');
	const char *value = equals ? equals + 1 : NULL;
	const struct option_row *row;

	if (!text_starts_with(name, "--") || !name[2]) {
		error_set(err, STATUS_USAGE, _("%s is not an option"), word);
		return error_next(err, _("`aig-emulator --help` lists them"));
	}
	name += 2;
	row = find(name, equals ? (size_t)(equals - name) : strlen(name), err);
	if (!row)
		return false;
	if (!row->value && value)
		return error_set(
			err, STATUS_USAGE, _("--%s takes no value"), row->name);
	if (row->value && !value)
		value = **argv ? *(*argv)++ : NULL;
	if (row->value && !value)
		return error_set(err, STATUS_USAGE, _("--%s needs %s"),
			row->name, row->value);
	parsing->row = row;
	return row->take(parsing, value, err);
}

bool options_parse(char **argv, struct settings *settings,
	enum options_wish *wish, struct error *err)
{
	struct parsing parsing = { settings, wish, NULL };

	*wish = WISH_SERVE;
	if (*argv)
		argv++;
	while (*argv)
		if (!parse_one(&argv, &parsing, err))
			return error_advise(err,
				_("`aig-emulator --help` lists the options "
				  "and their values"));
	if (!settings->certificate == !settings->private_key)
		return true;
	return error_tell(err, STATUS_USAGE,
		_("--tls-cert and --tls-key go together"),
		_("give both, or none of them"));
}

bool options_describe(size_t number, struct option_text *option)
{
	const struct option_row *row = &option_rows[number];

	*option = (struct option_text){ row->name, row->value, row->help };
	return row->name != NULL;
}

void options_help(struct buf *out)
{
	struct option_text option;

	buf_text(out,
		"usage: aig-emulator [OPTION]...\n"
		"\n"
		"An AI Gateway on this machine that behaves towards a client "
		"as Cloudflare's does.\n"
		"The first line on stdout is its origin; SIGINT or SIGTERM "
		"ends it. Without options\n"
		"it has a demo account, gateway, token and keys, which it "
		"shows on stderr.\n"
		"\n");
	for (size_t i = 0; options_describe(i, &option); i++) {
		OWNED char *head = memory_printf("--%s%s%s", option.name,
			option.value ? " " : "",
			option.value ? option.value : "");

		buf_printf(out, "  %-28s %s\n", head, _(option.help));
	}
	buf_text(out,
		"\n"
		"While it runs, PUT /emulator/settings takes JSON as --config "
		"and --state do: tokens,\n"
		"keys, models, latency, faults, canned answers. GET shows "
		"them, /emulator/requests\n"
		"what arrived, /emulator/faults the faults.\n");
}

void options_faults(struct buf *out)
{
	buf_text(out,
		"Faults for --fault NAME[:COUNT]. With a count, the next so "
		"many requests; without, all\n"
		"(the two \"under load\": one).\n\n");
	for (const struct fault *fault = faults; fault->name; fault++)
		buf_printf(out, "  %-20s %s\n", fault->name, fault->help);
}
