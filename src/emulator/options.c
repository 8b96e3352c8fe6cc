/* SPDX-License-Identifier: MIT */
#include "emulator/options.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "emulator/fault.h"
#include "os/file.h"

#include <stddef.h>
#include <string.h>

#define CONFIG_LIMIT ((size_t)1 << 20)
#define TOKEN_LIMIT 4096
#define PEM_LIMIT 65536

struct option_row;

struct parsing {
	struct settings *settings;
	enum options_wish *wish;
	const struct option_row *row; /* the option's that is taken */
};

typedef bool option_take(
	struct parsing *parsing, const char *value, struct error *err);

struct option_row {
	const char *name;
	const char *value; /* NULL: takes none */
	option_take *take;
	const char *help;
	/* Of those alone that set a member of the settings, or a wish: */
	size_t at; /* where in struct settings */
	bool flag; /* what it becomes */
	enum options_wish wish;
};

static bool take_port(
	struct parsing *parsing, const char *value, struct error *err)
{
	uint64_t port;

	if (!number_parse(value, strlen(value), 0, 65535, &port))
		return error_set(err, STATUS_USAGE,
			_("--port: %s is not a port"), value);
	parsing->settings->port = (uint16_t)port;
	return true;
}

/* The member of the settings that the option is for. */
static void *member(const struct parsing *parsing)
{
	return (char *)parsing->settings + parsing->row->at;
}

static bool set_text(
	struct parsing *parsing, const char *value, struct error *err)
{
	(void)err;
	settings_put_text(member(parsing), value);
	return true;
}

static bool add_text(
	struct parsing *parsing, const char *value, struct error *err)
{
	(void)err;
	json_push_text(*(json_t **)member(parsing), value);
	return true;
}

static bool set_flag(
	struct parsing *parsing, const char *value, struct error *err)
{
	(void)value;
	(void)err;
	*(bool *)member(parsing) = parsing->row->flag;
	return true;
}

static bool wish(struct parsing *parsing, const char *value, struct error *err)
{
	(void)value;
	(void)err;
	*parsing->wish = parsing->row->wish;
	return true;
}

static bool take_token_file(
	struct parsing *parsing, const char *value, struct error *err)
{
	SCOPED(buf) struct buf token = BUF(TOKEN_LIMIT);

	if (!file_read_given(value, &token, NULL, NULL, err))
		return false;
	while (token.size > 0 && text_is_space(token.data[token.size - 1]))
		buf_truncate(&token, token.size - 1);
	json_push_text(parsing->settings->tokens, buf_cstring(&token));
	return true;
}

/* Splits "SEGMENT=VALUE"; the provider is added where it is new. */
static struct provider_state *split(struct parsing *parsing, const char *text,
	const char **value, struct error *err)
{
	const char *equals = strchr(text, '=');

	if (!equals || equals == text) {
		error_set(err, STATUS_USAGE,
			_("--%s wants SEGMENT=VALUE, as in custom-xiaomi=..."),
			parsing->row->name);
		return NULL;
	}
	OWNED char *segment = memory_copy(text, (size_t)(equals - text));
	*value = equals + 1;
	return settings_provider(parsing->settings, segment, err);
}

static bool take_provider(
	struct parsing *parsing, const char *value, struct error *err)
{
	const char *key;
	struct provider_state *provider = split(parsing, value, &key, err);

	if (!provider)
		return false;
	parsing->settings->providers_given = true;
	json_push_text(provider->keys, key);
	return true;
}

static bool take_stored(
	struct parsing *parsing, const char *value, struct error *err)
{
	const char *equals = strchr(value, '=');
	const char *colon = strchr(value, ':');

	if (!equals)
		return error_set(err, STATUS_USAGE,
			_("--stored wants SEGMENT[:ALIAS]=KEY"));
	if (!colon || colon > equals)
		colon = equals;
	OWNED char *segment = memory_copy(value, (size_t)(colon - value));
	OWNED char *alias = colon == equals
		? memory_text("default")
		: memory_copy(colon + 1, (size_t)(equals - colon - 1));
	struct provider_state *provider =
		settings_provider(parsing->settings, segment, err);
	if (!provider)
		return false;
	parsing->settings->providers_given = true;
	provider_store(provider, alias, equals + 1);
	return true;
}

static bool take_base_url(
	struct parsing *parsing, const char *value, struct error *err)
{
	const char *path;
	struct provider_state *provider = split(parsing, value, &path, err);

	if (!provider)
		return false;
	if (*path && (*path != '/' || text_ends_with(path, "/")))
		return error_set(err, STATUS_USAGE,
			_("--base-url wants the path of the base_url: /v1, or "
			  "nothing"));
	settings_put_text(&provider->base_path, path);
	return true;
}

static bool take_upstream(
	struct parsing *parsing, const char *value, struct error *err)
{
	const char *text;
	struct provider_state *provider = split(parsing, value, &text, err);

	if (!provider || !provider_check_url(text, err))
		return false;
	parsing->settings->providers_given = true;
	settings_put_text(&provider->url, text);
	return true;
}

static bool take_model(
	struct parsing *parsing, const char *value, struct error *err)
{
	const char *model;
	struct provider_state *provider = split(parsing, value, &model, err);

	if (provider)
		json_push_text(provider->models, model);
	return provider != NULL;
}

static bool take_latency(
	struct parsing *parsing, const char *value, struct error *err)
{
	uint64_t latency;

	if (!number_parse(value, strlen(value), 0, 3600000, &latency))
		return error_set(err, STATUS_USAGE,
			_("--latency: %s is not a number of milliseconds"),
			value);
	parsing->settings->latency_ms = (int64_t)latency;
	return true;
}

static bool take_fault(
	struct parsing *parsing, const char *value, struct error *err)
{
	if (text_equal(value, "help")) {
		*parsing->wish = WISH_FAULTS;
		return true;
	}
	return settings_add_fault(parsing->settings, value, err);
}

static bool take_config(
	struct parsing *parsing, const char *value, struct error *err)
{
	SCOPED(buf) struct buf text = BUF(CONFIG_LIMIT);

	if (!file_read_given(value, &text, NULL, NULL, err))
		return false;
	return settings_from_json(parsing->settings, buf_cstring(&text),
		       text.size, value, err) ||
		error_advise(err, _("correct that file"));
}

static bool take_pem(
	struct parsing *parsing, const char *value, struct error *err)
{
	SCOPED(buf) struct buf pem = BUF(PEM_LIMIT);

	if (!file_read_given(value, &pem, NULL, NULL, err))
		return false;
	settings_put_text(member(parsing), buf_cstring(&pem));
	return true;
}

#define AT(field) offsetof(struct settings, field)

static const struct option_row option_rows[] = {
	/* clang-format off */
	{ "port", "N", take_port, .help = N_("listen on 127.0.0.1:N; 0 picks a free one (default 8787)") },
	{ "account", "ID", set_text, .help = "the account's ID (default " DEMO_ACCOUNT ")", .at = AT(account) },
	{ "gateway", "NAME", add_text, .help = "a gateway's name (default " DEMO_GATEWAY "); may be repeated", .at = AT(gateways) },
	{ "token", "TOKEN", add_text, .help = N_("a gateway token that is accepted; may be repeated"), .at = AT(tokens) },
	{ "token-file", "FILE", take_token_file, .help = N_("the same, read from a file") },
	{ "api-token", "TOKEN", add_text, .help = N_("a Cloudflare API token, which may do everything at /client/v4"), .at = AT(api_tokens) },
	{ "open", NULL, set_flag, .help = N_("an unauthenticated gateway: no token is asked for"), .at = AT(authentication), .flag = false },
	{ "provider", "SEGMENT=KEY", take_provider, .help = N_("a provider and a key that it accepts; may be repeated") },
	{ "stored", "SEGMENT[:ALIAS]=KEY", take_stored, .help = N_("a key that the gateway keeps itself") },
	{ "base-url", "SEGMENT=PATH", take_base_url, .help = N_("path of the provider's base_url as set at Cloudflare, as /v1") },
	{ "upstream", "SEGMENT=URL", take_upstream, .help = N_("ask a real provider at this host instead of imitating it") },
	{ "model", "SEGMENT=MODEL", take_model, .help = N_("one more model that the provider serves") },
	{ "latency", "MS", take_latency, .help = N_("wait before each answer") },
	{ "fault", "NAME[:COUNT]", take_fault, .help = N_("let something go wrong; `--fault help` lists what") },
	{ "config", "FILE", take_config, .help = N_("settings as JSON; options behind this one count for more") },
	{ "state", "FILE", set_text, .help = N_("the same, read again whenever the file changes; it counts most"), .at = AT(state_path) },
	{ "tls-cert", "FILE", take_pem, .help = N_("serve TLS with this certificate (PEM) and --tls-key"), .at = AT(certificate) },
	{ "tls-key", "FILE", take_pem, .help = N_("its private key (PEM)"), .at = AT(private_key) },
	{ "quiet", NULL, set_flag, .help = N_("no line for each request on stderr"), .at = AT(quiet), .flag = true },
	{ "help", NULL, wish, .help = N_("show this"), .wish = WISH_HELP },
	{ "version", NULL, wish, .help = N_("show the version"), .wish = WISH_VERSION },
	{ .name = NULL },
	/* clang-format on */
};

static const struct option_row *find(
	const char *name, size_t size, struct error *err)
{
	const char *names[ARRAY_SIZE(option_rows)] = { NULL };

	for (size_t i = 0; option_rows[i].name; i++) {
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
