/* SPDX-License-Identifier: MIT */
#include "wizard/wizard_internal.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "profile/profile.h"
#include "settings/settings.h"
#include "ui/style.h"
#include "wizard/app_name.h"

#include <stdlib.h>
#include <string.h>

/* With all of it given there is nothing left to paste. */
static bool paste_applies(const struct asking *asking)
{
	const json_t *given = asking->draft.given;

	return !json_object_get(given, "account_id") ||
		!json_object_get(given, "gateway") ||
		!json_object_get(given, "routes");
}

/* The catalogue's own path is not asked for, but where it has a gap. */
static bool path_applies(const struct asking *asking)
{
	const struct provider *entry =
		draft_entry(&asking->draft, asking->route);

	return !draft_is_settled(
		       &asking->draft, asking_field(asking, SETTING_PATH)) &&
		(!entry || strchr(entry->path, '{') ||
			known_base_with_path(asking) ||
			draft_misses_path(&asking->draft, asking->route));
}

static char *preset_path(const struct asking *asking)
{
	if (known_base_with_path(asking))
		return memory_text("");
	char *path =
		profile_default_path(asking_said(asking, SETTING_PROVIDER));

	if (!strchr(path, '{'))
		return path;
	free(path);
	return NULL;
}

static char *word_path(const struct asking *asking)
{
	const struct provider *entry =
		draft_entry(&asking->draft, asking->route);

	const char *known = known_base_with_path(asking);
	OWNED char *base = known ? style_foreign(known) : NULL;

	if (base)
		return memory_printf(_("Path after the provider, - for "
				       "none: its own base URL, %s, has one"),
			base);
	return entry && strchr(entry->path, '{')
		? memory_printf(
			  _("Path after the provider like %s"), entry->path)
		: memory_text(_("Path after the provider, - for none"));
}

/* What the catalogue knows of whose it is; behind a server of one's own it may
 * be there all the same. */
static char *doubt_model(const struct asking *asking, const char *answer)
{
	const struct provider *entry =
		draft_entry(&asking->draft, asking->route);
	const struct provider *owner =
		entry ? catalogue_other_model_owner(entry, answer) : NULL;

	return owner ? memory_printf(_("%s is a model of %s, and this route "
				       "leads to %s."),
			       answer, owner->title, entry->title)
		     : NULL;
}

static bool alias_applies(const struct asking *asking)
{
	const char *kind = asking_said(asking, SETTING_CREDENTIAL);

	return kind && text_equal(kind, "stored") &&
		(asking->revises ||
			draft_is_settled(&asking->draft,
				asking_field(asking, SETTING_CREDENTIAL))) &&
		!draft_is_settled(
			&asking->draft, asking_field(asking, SETTING_ALIAS));
}

static const char *const *example_models(const struct asking *asking)
{
	const struct provider *entry =
		draft_entry(&asking->draft, asking->route);

	return entry ? entry->example_models : NULL;
}

/* What stands in brackets: what was said, else the first example; neither where
 * a call has refused it. */
static const char *offered_model(const struct asking *asking)
{
	const struct setting *setting = &settings_table[SETTING_MODEL];
	const char *said = draft_get(
		&asking->draft, field_of_setting(setting, asking->route));
	const char *const *models = example_models(asking);

	if (said && !question_was_refused(asking, setting, said))
		return said;
	while (models && *models &&
		question_was_refused(asking, setting, *models))
		models++;
	return models ? *models : NULL;
}

static char *preset_model(const struct asking *asking)
{
	const char *model = offered_model(asking);

	return model ? memory_text(model) : NULL;
}

/* The other examples: Tab completes them, any other name works too. */
static char *word_model(const struct asking *asking)
{
	const char *const *models = example_models(asking);
	const char *shown = offered_model(asking);
	SCOPED(buf) struct buf text = BUF(4096);

	for (size_t i = 0; models && models[i]; i++)
		if (!text_equal(models[i], shown) &&
			!question_was_refused(asking,
				&settings_table[SETTING_MODEL], models[i]))
			buf_listed(&text, models[i]);
	return text.size
		? memory_printf(_("Model (also %s)"), buf_cstring(&text))
		: NULL;
}

static bool app_applies(const struct asking *asking)
{
	return !json_object_get(asking->draft.given, "pm2");
}

/* An edited profile keeps what it has, also where that is nothing. */
static char *preset_app(const struct asking *asking)
{
	if (asking->draft.wizard->present)
		return memory_text("-");
	struct app_name found = app_name_find(asking->draft.wizard->directory);

	free(found.others);
	return found.name ? found.name : memory_text("-");
}

static char *word_app(const struct asking *asking)
{
	const struct field app = { SETTINGS_PM2, "app", 0 };

	if (asking->draft.wizard->present || draft_get(&asking->draft, app))
		return memory_text(_("PM2 app name, - for none"));
	SCOPED(app_name)
	struct app_name found = app_name_find(asking->draft.wizard->directory);
	if (found.others && *found.others)
		return memory_printf(
			_("PM2 app name (%s has %s, %s), - for none"),
			found.from, found.name, found.others);
	return found.name
		? memory_printf(
			  _("PM2 app name (from %s), - for none"), found.from)
		: memory_text(_("PM2 app name, - for none"));
}

const struct question questions[] = {
	{ .ask = ask_paste,
		.text = N_(
			"Paste what you have (a dashboard or gateway address, "
			"a curl command, SDK code, an .env), or press Enter to "
			"be asked."),
		.help = N_(
			"Any text that has parts of the setup in it: the "
			"address of your gateway's page in Cloudflare's "
			"dashboard, the API address that page shows, a curl "
			"command from there or from a colleague, the code that "
			"makes your client, an .env. Keys in it are taken "
			"too; nothing of it is kept otherwise.\n"
			"On every question ? shows its help, < goes back one "
			"question, Ctrl-C stops, and nothing is written then."),
		.applies = paste_applies },
	{ .ask = ask_text,
		.setting = &settings_table[SETTING_ACCOUNT_ID],
		.help = N_(
			"32 characters, 0-9 and a-f. It is in the address of "
			"every dashboard page: dash.cloudflare.com/<account "
			"ID>/... You can paste that address here. Also: "
			"dashboard, Account home, the menu beside the "
			"account's name, Copy account ID."),
		.tidy = tidy_account,
		.takes_paste = true,
		.choices = known_accounts,
		.text_of_list = N_("Cloudflare account, by number or ID") },
	{ .ask = ask_text,
		.setting = &settings_table[SETTING_GATEWAY],
		.help = N_(
			"The gateway's name: dashboard, AI, AI Gateway lists "
			"them. It is the part after the account ID in the API "
			"address that the gateway's page shows, which you can "
			"paste here."),
		.tidy = tidy_marks,
		.takes_paste = true,
		.choices = known_gateways,
		.text_of_list = N_("Gateway, by number or name") },
	{ .ask = ask_provider,
		.setting = &settings_table[SETTING_PROVIDER],
		.help = N_("A part of its name is enough: xiao, 小米, open. A "
			   "custom provider is custom- and the slug that "
			   "dashboard, AI, AI Gateway, Custom Providers shows: "
			   "custom-foo. Any other name works too."),
		.text_of_list =
			N_("Provider, by number or a part of its name") },
	{ .ask = ask_text,
		.setting = &settings_table[SETTING_PATH],
		.help = N_(
			"What is between the provider and the endpoint "
			"that the SDK adds (chat/completions) in the base "
			"URL. For a custom provider: /v1, unless its Base URL "
			"in the dashboard (AI, AI Gateway, Custom Providers) "
			"ends in /v1 already; then - for none. Parts in "
			"braces are yours to fill in."),
		.none = NONE_IS_EMPTY,
		.preset = preset_path,
		.word = word_path,
		.applies = path_applies },
	{ .ask = ask_token,
		.text = "Gateway token [" TOKEN_NAME "]",
		.help = N_(
			"A Cloudflare API token with the permission AI "
			"Gateway: Run: dashboard, AI, AI Gateway, your "
			"gateway, "
			"Settings, Create authentication token. New ones begin "
			"with cfut_ or cfat_. It is shown once, when it is "
			"made. What you type is not shown."),
		.applies = token_applies },
	{ .ask = ask_key,
		.text = N_("Provider key"),
		.help = N_(
			"The key from the provider's own console, not from "
			"Cloudflare. What you type is not shown. Three words "
			"are taken instead: `stored`, where the key is kept at "
			"Cloudflare (AI Gateway, your gateway, Provider Keys) "
			"and the app sends none; `unified`, where Cloudflare "
			"bills you for the provider; or the name of another "
			"variable than the one in brackets, if your app reads "
			"the key from there (MY_API_KEY)."),
		.applies = key_applies },
	{ .ask = ask_text,
		.setting = &settings_table[SETTING_ALIAS],
		.help = N_(
			"The alias that the key has where it is stored: "
			"dashboard, AI, AI Gateway, your gateway, Provider "
			"Keys. One provider can have several keys; the first "
			"is `default`."),
		.none = NONE_IS_ABSENT,
		.applies = alias_applies },
	{ .ask = ask_text,
		.setting = &settings_table[SETTING_MODEL],
		.help = N_("The model's name as the provider writes it, in its "
			   "documentation or console. Tab completes the names "
			   "that are known; any other works too. The test call "
			   "uses it."),
		.tidy = tidy_model,
		.preset = preset_model,
		.word = word_model,
		.examples = example_models,
		.doubt = doubt_model },
	{ .ask = ask_more,
		.text = N_("Another provider?"),
		.help = N_("One profile can have several providers behind the "
			   "same gateway, with the same gateway token. Each "
			   "further one gets a variable of its own: "
			   "CF_AIG_BASE_URL_<NAME>."),
		.applies = more_applies },
	{ .ask = ask_variable, .applies = variable_applies },
	{ .ask = ask_text,
		.setting = &settings_table[SETTING_PM2_APP],
		.help = N_(
			"The app's name as `pm2 ls` shows it; several of one "
			"ecosystem file with commas between. An ecosystem "
			"file that reads .env at every start is made for it, "
			"and the restart command that brings the new values "
			"in is printed. - if PM2 does not run the app."),
		.none = NONE_IS_ABSENT,
		.preset = preset_app,
		.word = word_app,
		.applies = app_applies },
	{ .ask = ask_script,
		.text = N_("What PM2 starts"),
		.help = N_(
			"The file that PM2 runs, as seen from the vault's "
			"folder: server.js, dist/main.js. Enter takes what is "
			"in brackets, even where it is not there yet: a "
			"build may bring it. `aigenv help layouts` has more."),
		.applies = script_applies },
	{ .ask = NULL },
};

const size_t first_route_question = 3;
const size_t last_route_question = 9;
const size_t variable_question = 10;
