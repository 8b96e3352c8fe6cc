/* SPDX-License-Identifier: MIT */
/* What people have at hand, into the draft. */
#include "wizard/wizard_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "profile/profile.h"
#include "ui/style.h"

#include <stdlib.h>

/* A paste from Cloudflare's own host ends a profile's local emulator. */
static void leave_other_origin(struct asking *asking, const struct paste *paste)
{
	const struct field origin = { SETTINGS_TOP, "origin", 0 };
	const struct field domain = { SETTINGS_TOP, "custom_domain", 0 };
	struct error ignored;
	bool whole = paste->account_id && paste->gateway && paste->provider &&
		!paste->custom_domain;

	if (!whole)
		return;
	if (!paste->origin && draft_get(&asking->draft, origin) &&
		!draft_is_given(&asking->draft, origin) &&
		!draft_set(&asking->draft, origin, NULL, &ignored))
		return;
	if (draft_get(&asking->draft, domain) &&
		!draft_is_given(&asking->draft, domain) &&
		!draft_set(&asking->draft, domain, NULL, &ignored))
		return;
}

/*
 * Whose key the paste has, where only its variable says so: OPENAI_API_KEY. The
 * route's own provider comes first: several share a variable.
 */
static const char *provider_by_key(
	const struct asking *asking, const struct paste *paste)
{
	const struct provider *own = draft_entry(&asking->draft, asking->route);
	OWNED char *own_name = draft_key_name(&asking->draft, asking->route);

	if (own && text_equal_or_null(own_name, paste->key_env))
		return own->segment;
	const struct provider *entry = catalogue_find_by_key(
		paste->key_env, secret_reveal(&paste->key), paste->key.size);
	return entry ? entry->segment : NULL;
}

/*
 * An address that ends with the provider, where there is more in the provider's
 * base URL: a slip, or a custom provider that is set up so at Cloudflare.
 */
static bool lacks_path(struct asking *asking, const struct part *part)
{
	const char *name = asking_said(asking, SETTING_PROVIDER);

	if (part->setting != &settings_table[SETTING_PATH] || *part->value ||
		!name)
		return false;
	OWNED char *usual = profile_default_path(name);
	return *usual != '\0';
}

static bool take_part(
	struct asking *asking, const struct part *part, struct error *err)
{
	struct draft *draft = &asking->draft;
	const struct field field =
		field_of_setting(part->setting, asking->route);
	bool provider = part->setting == &settings_table[SETTING_PROVIDER];

	if (draft_is_given(draft, field))
		return true;
	if (lacks_path(asking, part)) {
		draft_miss_path(draft, asking->route);
		return true;
	}
	bool ok = provider
		? draft_set_provider(draft, asking->route, part->value, err)
		: draft_set(draft, field, part->value, err);
	if (ok)
		draft_mark_pasted(draft, field);
	return ok;
}

static void take_secret(
	struct asking *asking, const char *name, const struct secret *value)
{
	const struct field field = { SETTINGS_TOP, name, 0 };

	if (!name || value->size == 0 ||
		draft_secret_is_given(&asking->draft, name))
		return;
	if (draft_present_secret(&asking->draft, name)) {
		OWNED char *text = memory_printf(
			_("%s of the paste takes the place of the one in the "
			  "vault."),
			name);
		say_paragraph(asking->prompt, 2, text);
	}
	draft_set_secret(&asking->draft, name, value);
	draft_mark_pasted(&asking->draft, field);
}

static void warn(struct asking *asking, const char *text)
{
	OWNED char *marked = memory_printf(STYLE_WARN "%s" STYLE_END, text);

	say_paragraph(asking->prompt, 2, marked);
}

/* A key is taken where the paste says whose it is, and for that one alone. */
static void take_secrets(
	struct asking *asking, const struct paste *paste, bool key_fits)
{
	OWNED char *key =
		key_fits ? draft_key_name(&asking->draft, asking->route) : NULL;
	struct error err = { 0 };

	if (!profile_check_secret_pair(&paste->token, key ? key : "",
		    draft_entry(&asking->draft, asking->route), &paste->key,
		    &err)) {
		warn(asking, err.what);
		warn(asking, _("neither is taken"));
	} else {
		take_secret(asking, TOKEN_NAME, &paste->token);
		take_secret(asking, key, &paste->key);
	}
	if (paste->key.size > 0 && !key)
		warn(asking,
			_("the key is not taken: the paste does not say whose "
			  "it is, or it is another provider's"));
}

/* Whether the paste's provider is the route's: one that was given stays. */
static bool settle_provider(
	struct asking *asking, const char *provider, bool *fits)
{
	const struct part part = { &settings_table[SETTING_PROVIDER],
		provider };
	struct error err = { 0 };

	*fits = true;
	if (!provider)
		return true;
	if (!take_part(asking, &part, &err)) {
		warn(asking, err.what);
		*fits = false;
		return false;
	}
	*fits = text_equal_or_null(
		asking_said(asking, SETTING_PROVIDER), provider);
	if (!*fits)
		warn(asking,
			_("the paste is about another provider than the one "
			  "given: only account and gateway are taken from it"));
	return *fits;
}

static void take_parts(struct asking *asking, const struct paste *paste,
	const struct extent *extent)
{
	struct part parts[PARTS];

	paste_parts(paste, parts);
	for (size_t i = 0; i < PARTS; i++) {
		struct error err = { 0 };
		const struct setting *setting = parts[i].setting;
		bool fits = setting == &settings_table[SETTING_KEY_ENV]
			? extent->key
			: setting->group != SETTINGS_ROUTE || extent->route;
		if (!parts[i].value || !fits ||
			setting == &settings_table[SETTING_PROVIDER])
			continue;
		if (!take_part(asking, &parts[i], &err))
			warn(asking, err.what);
	}
}

void paste_take(struct asking *asking, const struct paste *paste, bool all)
{
	const char *by_key = !paste->provider && paste->key_env
		? provider_by_key(asking, paste)
		: NULL;
	struct extent extent = { .all = all };

	leave_other_origin(asking, paste);
	if (settle_provider(
		    asking, by_key ? by_key : paste->provider, &extent.route) &&
		by_key)
		say_row(asking->prompt, N_("provider"), "", by_key);
	/* A variable that nobody knows belongs to no route that is there. */
	extent.key = extent.route &&
		(paste->provider || by_key ||
			(paste->key_env &&
				!asking_said(asking, SETTING_PROVIDER)));
	take_parts(asking, paste, &extent);
	take_secrets(asking, paste, extent.key);
	paste_tell(asking, paste, &extent);
}

/* What passes is kept: it is what is taken then. */
static bool check_paste(
	const char *answer, size_t size, void *context, struct error *err)
{
	struct paste *paste = context;

	paste_release(paste);
	return paste_find(answer, size, NULL, paste, err);
}

void paste_take_other(struct asking *asking, const char *provider)
{
	for (size_t i = 0; i < asking->other_count; i++)
		if (text_equal(asking->others[i].provider, provider))
			paste_take(asking, &asking->others[i], false);
}

void asking_drop_others(struct asking *asking)
{
	for (size_t i = 0; i < asking->other_count; i++)
		paste_release(&asking->others[i]);
	free(asking->others);
	asking->others = NULL;
	asking->other_count = 0;
}

bool ask_paste(struct asking *asking, const struct question *question,
	enum prompt_outcome *outcome, struct error *err)
{
	SCOPED(paste) struct paste paste = { 0 };
	const struct prompt_question asked = {
		.text = _("Paste"),
		.help = _(question->help),
		.multiline = true,
		.first = true,
		.check = check_paste,
		.context = &paste,
	};
	SCOPED(prompt_answer) struct prompt_answer answer = { 0 };

	say_paragraph(asking->prompt, 0, _(question->text));
	if (!prompt_ask(asking->prompt, &asked, &answer, err))
		return false;
	*outcome = answer.outcome;
	draft_drop_paste(&asking->draft);
	asking_drop_others(asking);
	if (answer.value.size == 0)
		return true;
	paste_take(asking, &paste, true);
	asking->others = paste.others;
	asking->other_count = paste.other_count;
	paste.others = NULL;
	paste.other_count = 0;
	return true;
}
