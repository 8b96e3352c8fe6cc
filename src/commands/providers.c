/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "base/json_build.h"
#include "catalogue/catalogue.h"
#include "cli/output.h"
#include "ui/layout.h"

#include <stddef.h>

/* `aigenv providers`: the catalogue. */

static const struct command list_command, show_command;
static run_command run_list, run_show;

const struct command command_providers = {
	.name = "providers",
	.summary = N_("the catalogue of providers"),
	.description = N_(
		"Where each provider is behind the gateway, which variable "
		"holds its key and which header carries it. A provider that is "
		"not in the catalogue works too: add it in Cloudflare's "
		"dashboard as a custom provider and write custom-SLUG."),
	.examples = EXAMPLES({ "aigenv providers", NULL },
		{ "aigenv providers list kimi", N_("by any part of any name") },
		{ "aigenv providers show xiaomi",
			N_("where it is and what its key is") }),
	.statuses =
		(const enum status[]){ STATUS_INVALID, STATUS_IO, STATUS_OK },
	.subcommands = SUBCOMMANDS(&list_command, &show_command),
	.run = run_list,
};

#define TEXT_LIMIT 65536

static json_t *text_list(const char *const *texts)
{
	json_t *list = json_new_list();

	for (; *texts; texts++)
		json_push_text(list, *texts);
	return list;
}

static json_t *describe(const struct provider *entry)
{
	const struct {
		const char *member;
		const char *text;
	} texts[] = {
		{ "slug", entry->slug },
		{ "title", entry->title },
		{ "kind", entry->custom ? "custom" : "builtin" },
		{ "provider", entry->segment },
		{ "path", entry->path },
		{ "key_env", entry->key_env },
		{ "auth_header", entry->auth_header },
		{ "api", provider_api_word(entry->api) },
		{ "chat_path", entry->chat_path },
		{ "models_path", entry->models_path },
		{ "compat_prefix", entry->compat_prefix },
		{ "direct_base_url", entry->direct_base_url },
		{ "custom_base_url", entry->custom_base_url },
		{ "notes", entry->notes },
		{ "source", entry->source },
	};
	json_t *object = json_new_object();

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		json_put_text(object, texts[i].member, texts[i].text);
	json_put(object, "names", text_list(entry->names));
	json_put(object, "key_prefixes", text_list(entry->key_prefixes));
	json_put(object, "example_models", text_list(entry->example_models));
	json_put(
		object, "withdrawn_models", text_list(entry->withdrawn_models));
	json_put(object, "direct_base_urls",
		text_list(entry->direct_alternatives));
	json_put(object, "key_envs", text_list(entry->key_env_alternatives));
	json_put(object, "gateway_paths", text_list(entry->path_alternatives));
	return object;
}

static const struct command list_command = {
	.name = "list",
	.arguments = "[PART]",
	.summary = N_("all providers, or those with PART in a name"),
	.examples = EXAMPLES({ "aigenv providers list", NULL },
		{ "aigenv providers list kimi",
			N_("by any part of any name") }),
	.statuses =
		(const enum status[]){ STATUS_INVALID, STATUS_IO, STATUS_OK },
	.most = 1,
	.run = run_list,
};

static void list_entry(
	const struct provider *entry, struct table *table, json_t *list)
{
	TABLE_ROW(table, entry->segment, entry->key_env ? entry->key_env : "-",
		entry->title);
	json_push(list, describe(entry));
}

static enum status run_list(struct invocation *call, struct error *err)
{
	const char *part = call->argument_count > 0 ? call->arguments[0] : "";
	SCOPED(table) struct table table = TABLE(3);
	const struct provider *found[128];
	json_t *list = json_new_list();
	size_t count = catalogue_search(part, found, ARRAY_SIZE(found));

	for (size_t i = 0; i < count; i++)
		list_entry(found[i], &table, list);
	output_json(call->output, json_build("{providers:%o}", list));
	if (count == 0) {
		error_set(err, STATUS_INVALID,
			_("no provider's name has %.80s in it"), part);
		error_next(err,
			_("write any other provider as a custom one: "
			  "custom-SLUG, with the slug from the dashboard"));
		return err->status;
	}
	output_table(call->output, &table, 0);
	return STATUS_OK;
}

static const struct command show_command = {
	.name = "show",
	.arguments = "SLUG",
	.summary = N_("all that is known of one provider"),
	.examples = EXAMPLES({ "aigenv providers show xiaomi",
		N_("where it is and what its key is") }),
	.statuses =
		(const enum status[]){ STATUS_INVALID, STATUS_IO, STATUS_OK },
	.least = 1,
	.most = 1,
	.run = run_show,
};

static void add_row(struct table *table, const char *label, const char *text)
{
	if (!text || !*text)
		return;
	TABLE_ROW(table, label, text);
}

static void add_list(
	struct table *table, const char *label, const char *const *texts)
{
	SCOPED(buf) struct buf joined = BUF(TEXT_LIMIT);

	for (size_t i = 0; texts[i]; i++)
		buf_listed(&joined, texts[i]);
	add_row(table, label, buf_cstring(&joined));
}

static void show_entry(struct output *output, const struct provider *entry)
{
	SCOPED(table) struct table table = TABLE(2);
	SCOPED(buf) struct buf url = BUF(1024);

	buf_printf(&url,
		"https://gateway.ai.cloudflare.com/v1/<account ID>/<gateway>/"
		"%s",
		entry->gateway_path);
	output_text(output, STYLE_BOLD "%s" STYLE_END "\n", entry->title);
	add_list(&table, _("also"), entry->names);
	add_row(&table, _("provider"), entry->segment);
	add_row(&table, _("path"), *entry->path ? entry->path : _("(none)"));
	add_row(&table, _("base URL"), buf_cstring(&url));
	add_list(&table, _("or"), entry->path_alternatives);
	add_row(&table, _("key"), entry->key_env);
	add_list(&table, _("or"), entry->key_env_alternatives);
	add_list(&table, _("begins"), entry->key_prefixes);
	add_row(&table, _("header"), entry->auth_header);
	add_list(&table, _("models"), entry->example_models);
	add_list(&table, _("withdrawn"), entry->withdrawn_models);
	add_row(&table, _("direct"), entry->direct_base_url);
	add_list(&table, _("or"), entry->direct_alternatives);
	add_row(&table, _("base_url at Cloudflare"), entry->custom_base_url);
	add_row(&table, _("in compat"), entry->compat_prefix);
	add_row(&table, _("note"), entry->notes);
	add_row(&table, _("source"), entry->source);
	output_table(output, &table, 2);
	output_json(output, describe(entry));
}

static enum status run_show(struct invocation *call, struct error *err)
{
	const char *name = call->arguments[0];
	const struct provider *entry = catalogue_find(name);

	if (entry) {
		show_entry(call->output, entry);
		return STATUS_OK;
	}
	error_set(err, STATUS_INVALID, _("the catalogue has no provider %.80s"),
		name);
	const char *nearest = catalogue_nearest(name);
	if (nearest)
		error_next(err, _("did you mean %s?"), nearest);
	else
		error_next(err,
			_("`aigenv providers` lists them; write any other one "
			  "as a custom provider: custom-SLUG"));
	return err->status;
}
