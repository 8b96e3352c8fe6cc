/* SPDX-License-Identifier: MIT */
/*
 * What there is at Cloudflare, where the wizard's caller can find that out: the
 * accounts, and of the account that was chosen its gateways and custom
 * providers, as choices and defaults for the questions. It is asked for when
 * the first question wants it, and once.
 */
#include "wizard/wizard_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "profile/profile.h"

#include <stdlib.h>
#include <string.h>

static json_t *look(const struct asking *asking, const char *account)
{
	const struct wizard *wizard = asking->draft.wizard;
	json_t *found = NULL;

	if (wizard->look)
		found = wizard->look(wizard->look_context, account);
	return found ? found : json_new_list();
}

/* A name that the setting would refuse is no choice. */
static void offer(struct choices *choices, const struct setting *setting,
	const char *value, const char *title)
{
	struct error ignored;

	if (value && setting_check_text(setting, value, &ignored))
		choices_add(choices, value, title);
}

void known_accounts(struct asking *asking, struct choices *choices)
{
	if (asking_said(asking, SETTING_ACCOUNT_ID))
		return;
	if (!asking->accounts)
		asking->accounts = look(asking, NULL);
	JSON_EACH(one, asking->accounts) {
		offer(choices, &settings_table[SETTING_ACCOUNT_ID],
			json_text(one.value, "id"),
			json_text_or_empty(one.value, "name"));
	}
}

/* The one that was chosen, as far as it is known. Borrowed, or NULL. */
static const json_t *account_of(const struct asking *asking)
{
	const char *account = asking_said(asking, SETTING_ACCOUNT_ID);

	return account && text_equal_or_null(asking->account_id, account)
		? json_array_get(asking->account, 0)
		: NULL;
}

static const json_t *look_into(struct asking *asking)
{
	const char *account = asking_said(asking, SETTING_ACCOUNT_ID);

	if (!account)
		return NULL;
	if (!text_equal_or_null(asking->account_id, account)) {
		free(asking->account_id);
		json_decref(asking->account);
		asking->account_id = memory_text(account);
		asking->account = look(asking, account);
	}
	return account_of(asking);
}

void known_gateways(struct asking *asking, struct choices *choices)
{
	const json_t *list = json_object_get(look_into(asking), "gateways");

	JSON_EACH(one, list) {
		bool open = json_is_false(
			json_object_get(one.value, "authentication"));
		offer(choices, &settings_table[SETTING_GATEWAY],
			json_text(one.value, "id"),
			open ? _("open: it asks for no token") : "");
	}
	if (json_is_array(list) && choices->count == 0)
		say_paragraph(asking->prompt, 2,
			_("The account has no gateway yet: dashboard, AI, AI "
			  "Gateway, Create Gateway."));
}

/* Those that are switched off come last, since they are rarely meant. */
static void offer_providers(
	const json_t *list, bool enabled, struct choices *choices)
{
	JSON_EACH(one, list) {
		const char *url = json_text_or_empty(one.value, "base_url");
		OWNED char *off = memory_printf(_("%s (switched off)"), url);
		if (json_flag(one.value, "enabled") == enabled)
			offer(choices, &settings_table[SETTING_PROVIDER],
				json_text(one.value, "provider"),
				enabled ? url : off);
	}
}

void known_providers(struct asking *asking, struct choices *choices)
{
	const json_t *list =
		json_object_get(look_into(asking), "custom_providers");

	offer_providers(list, true, choices);
	offer_providers(list, false, choices);
}

static const json_t *provider_of(const struct asking *asking)
{
	const char *provider = asking_said(asking, SETTING_PROVIDER);

	return json_find(
		json_object_get(account_of(asking), "custom_providers"),
		"provider", provider);
}

const char *known_base_with_path(const struct asking *asking)
{
	const json_t *provider = provider_of(asking);
	const char *base = json_text(provider, "base_url");

	if (!base)
		return NULL;
	OWNED char *path =
		profile_default_path(json_text(provider, "provider"));
	size_t size = strlen(base);
	size_t end = strlen(path);

	while (size > 0 && base[size - 1] == '/')
		size--;
	return end > 0 && size > end &&
			strncmp(base + size - end, path, end) == 0
		? base
		: NULL;
}
