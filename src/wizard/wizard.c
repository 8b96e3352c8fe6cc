/* SPDX-License-Identifier: MIT */
#include "wizard/wizard.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "profile/profile.h"
#include "profile/schema.h"
#include "ui/style.h"
#include "wizard/wizard_internal.h"

#include <stdlib.h>
#include <string.h>

/* Below the app's version: which profile, and where. */
static void say_heading(const struct asking *asking)
{
	const struct wizard *wizard = asking->draft.wizard;
	const char *folder = strchr(wizard->vault_path, '/') ? "" : "./";
	OWNED char *which = wizard->present
		? memory_printf(_("edit profile \"%s\" in %s%s"),
			  wizard->profile, folder, wizard->vault_path)
		: memory_printf(_("new profile \"%s\" in %s%s"),
			  wizard->profile, folder, wizard->vault_path);
	OWNED char *text = memory_printf(
		STYLE_BOLD "aigenv " AIGENV_VERSION STYLE_END " · %s", which);

	say_paragraph(asking->prompt, 0, text);
}

/* Those of a route, or with SIZE_MAX all others. */
static void say_given_fields(struct asking *asking, size_t route)
{
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		const struct setting *setting = &settings_table[i];
		const struct field field = field_of_setting(setting, route);
		if (!setting->label ||
			(setting->group == SETTINGS_ROUTE) !=
				(route != SIZE_MAX))
			continue;
		const char *value = draft_get(&asking->draft, field);
		if (value && draft_is_given(&asking->draft, field))
			say_row(asking->prompt, setting->label, "", value);
	}
}

static void say_given_secrets(struct asking *asking)
{
	JSON_EACH_MEMBER(
		member, json_object_get(asking->draft.given, "secrets")) {
		char mask[SECRET_MASK_SIZE];
		secret_mask(
			draft_get_secret(&asking->draft, member.name), mask);
		OWNED char *text =
			memory_printf("%s (%.128s)", mask, member.name);
		say_row(asking->prompt, N_("secret"), "", text);
	}
}

/* What flags and --answers gave is not asked, but seen. */
static void say_given(struct asking *asking)
{
	const json_t *routes = json_object_get(asking->draft.given, "routes");

	say_given_fields(asking, SIZE_MAX);
	for (size_t i = 0; i < json_array_size(routes); i++)
		say_given_fields(asking, i);
	say_given_secrets(asking);
	for (size_t i = 0; i < draft_route_count(&asking->draft); i++) {
		const struct field field = { SETTINGS_ROUTE, "credential", i };
		const char *kind = draft_get(&asking->draft, field);
		if (kind && !text_equal(kind, "header"))
			say_keyless(asking, kind);
	}
}

/* "a, b", of those that the last call refused, or of the others; without what
 * was given anew, and is shown as that. */
static void list_secrets(
	const struct draft *draft, bool refused, struct buf *names)
{
	const struct wizard_secret *secret = draft->wizard->present_secrets;

	for (; secret && secret->name; secret++)
		if (secret->refused == refused &&
			!draft_secret_is_given(draft, secret->name))
			buf_listed(names, secret->name);
}

static void say_present_secrets(const struct asking *asking)
{
	SCOPED(buf) struct buf kept = BUF(65536);
	SCOPED(buf) struct buf refused = BUF(65536);
	SCOPED(buf) struct buf text = BUF(131072);

	list_secrets(&asking->draft, false, &kept);
	list_secrets(&asking->draft, true, &refused);
	if (kept.size)
		buf_printf(&text,
			_("In the vault already, and not asked for: %s.\n"),
			buf_cstring(&kept));
	if (refused.size)
		buf_printf(&text,
			_("Refused by the last test call, and asked for "
			  "again: %s.\n"),
			buf_cstring(&refused));
	if (text.size) {
		buf_truncate(&text, text.size - 1);
		say_paragraph(asking->prompt, 0, buf_cstring(&text));
	}
}

/* What cannot be asked about later is refused before the first question. */
static bool check_given(
	const struct wizard *wizard, json_t *answers, struct error *err)
{
	SCOPED(buf) struct buf missing = BUF(65536);
	JSON_SCOPED json_t *settings = profile_settings_from_answers(
		answers, wizard->present, &missing, err);

	return settings != NULL;
}

/* One given secret: its form, and its place. */
static bool check_given_secret(const struct draft *draft, const char *name,
	enum secret_kind kind, const struct provider *entry, struct error *err)
{
	return !draft_secret_is_given(draft, name) ||
		profile_check_secret(
			kind, name, entry, draft_get_secret(draft, name), err);
}

static bool check_given_secrets(const struct draft *draft, struct error *err)
{
	bool good = check_given_secret(
		draft, TOKEN_NAME, SECRET_GATEWAY_TOKEN, NULL, err);

	for (size_t i = 0; i < draft_route_count(draft) && good; i++) {
		OWNED char *name = draft_key_name(draft, i);
		good = !name ||
			check_given_secret(draft, name, SECRET_PROVIDER_KEY,
				draft_entry(draft, i), err);
	}
	return good;
}

/* What flags and --answers gave for names of the schema. */
static bool check_given_variables(const struct draft *draft, struct error *err)
{
	JSON_EACH_MEMBER(given, json_object_get(draft->given, "vars")) {
		const char *value = json_string_value(given.value);
		if (value &&
			!schema_check_plain(
				draft->schema, given.name, value, err))
			return false;
	}
	JSON_EACH_MEMBER(given, json_object_get(draft->given, "secrets"))
		if (!schema_check_secret(draft->schema, given.name,
			    draft_get_secret(draft, given.name), err))
			return false;
	return true;
}

static void say_dim(struct prompt *prompt, const char *text)
{
	OWNED char *dim = memory_printf(STYLE_DIM "%s" STYLE_END, text);

	say_paragraph(prompt, 0, dim);
}

bool wizard_open(const struct wizard *wizard, json_t *given,
	struct asking **asking, struct error *err)
{
	struct asking *opened = memory_new(sizeof(*opened));

	opened->prompt = wizard->prompt;
	draft_init(&opened->draft, wizard, given);
	*asking = opened;
	return check_given(wizard, given, err) &&
		schema_accepts(opened->draft.schema, err) &&
		check_given_secrets(&opened->draft, err) &&
		check_given_variables(&opened->draft, err);
}

void wizard_close(struct asking *asking)
{
	if (!asking)
		return;
	draft_release(&asking->draft);
	asking_drop_others(asking);
	free(asking->history);
	json_decref(asking->accounts);
	json_decref(asking->account);
	free(asking->account_id);
	free(asking->refused);
	free(asking);
}

bool wizard_ask(struct asking *asking, struct error *err)
{
	say_heading(asking);
	say_given(asking);
	say_present_secrets(asking);
	say_dim(asking->prompt,
		_("? explains a question, < goes back to the one before, "
		  "Ctrl-C stops."));
	return order_ask(asking, err);
}

bool wizard_back(struct asking *asking, struct error *err)
{
	return order_back(asking) ? order_ask(asking, err)
				  : wizard_revise(asking, NULL, 0, err);
}

bool wizard_revise(struct asking *asking, const struct setting *setting,
	size_t route, struct error *err)
{
	order_revise(asking, setting, route);
	return order_ask(asking, err);
}

bool wizard_ask_secret(struct asking *asking, const char *name, size_t route,
	bool *back, struct error *err)
{
	const struct question *question = order_find_secret(name);
	enum prompt_outcome outcome = PROMPT_ANSWER;

	asking->route = route;
	asking->is_first = false;
	asking->replaces = true;
	bool ok = question->ask(asking, question, &outcome, err);
	asking->replaces = false;
	*back = outcome == PROMPT_BACK;
	return ok;
}

json_t *wizard_answers(const struct asking *asking)
{
	return draft_finish(&asking->draft);
}
