/* SPDX-License-Identifier: MIT */
/* A secret of the gateway's variables: whether it can be one, and whose. */
#include "lint/gateway_internal.h"

#include "base/i18n.h"
#include "base/text.h"
#include "catalogue/placeholder.h"
#include "profile/profile.h"

#include <string.h>

/* OPENAI_BASE_URL=https://openrouter.ai/api/v1 beside OPENAI_API_KEY: the key
 * is that of whoever the address leads to. */
static bool goes_elsewhere(const struct lint *lint,
	const struct lint_value *key, const struct provider *entry)
{
	const size_t prefix = strcspn(key->name, "_") + 1;
	bool found = false;

	for (size_t i = 0; i < lint->value_count && !found; i++) {
		const struct lint_value *value = &lint->values[i];
		struct address address = { .kind = ADDRESS_OTHER };
		struct error ignored;
		if (strncmp(value->name, key->name, prefix) != 0 ||
			!strstr(value->value, "://"))
			continue;
		found = !address_parse(value->value, &address, &ignored) ||
			!text_equal_or_null(address.provider, entry->segment);
		address_release(&address);
	}
	return found;
}

/* A key goes to no other provider than its own. */
static void check_owner(struct lint *lint, const struct lint_value *value,
	const struct provider *entry, const struct secret *key)
{
	struct error err;

	if (profile_check_key_owner(value->name, entry, key, &err) ||
		goes_elsewhere(lint, value, entry))
		return;
	struct finding *finding =
		SAY(lint, RULE_SWAPPED, value, "%s", err.what);
	finding_advise(finding, "%s", err.next);
	if (finding)
		lint_advise_value(lint, &value->row, err.next, false);
}

static void say_bearer(struct lint *lint, const struct lint_value *value)
{
	struct finding *finding = SAY(lint, RULE_BEARER, value,
		_("%s begins with \"Bearer \", which the SDK adds"),
		value->name);

	lint_mend_spelt(lint, finding, value, value->value + strlen("bearer "));
	if (finding)
		lint_advise_value(lint, &value->row,
			_(rules_table[RULE_BEARER].fix), true);
}

static void say_placeholder(struct lint *lint, const struct lint_value *value)
{
	if (SAY(lint, RULE_PLACEHOLDER, value,
		    _("%s is a placeholder, not a value"), value->name))
		lint_advise_value(lint, &value->row,
			_(rules_table[RULE_PLACEHOLDER].fix), false);
}

/* What is meant to be one: its form, and whose it is. */
static void check_given(struct lint *lint, const struct lint_value *value,
	const struct provider *entry)
{
	const bool token = text_equal(value->name, TOKEN);
	SCOPED(secret) struct secret secret = { 0 };
	struct error err;

	secret_copy(&secret, value->value, value->size);
	if (!profile_check_secret(
		    token ? SECRET_GATEWAY_TOKEN : SECRET_PROVIDER_KEY,
		    value->name, entry, &secret, &err)) {
		struct error ignored;
		bool swapped =
			profile_check_form(value->name, &secret, &ignored);
		struct finding *finding =
			SAY(lint, swapped ? RULE_SWAPPED : RULE_SECRET_FORM,
				value, "%s", err.what);
		finding_advise(finding, "%s", err.next);
		if (finding)
			lint_advise_value(lint, &value->row, err.next, false);
	} else if (!token && lint_find_value(lint, BASE_URL)) {
		check_owner(lint, value, entry, &secret);
	}
}

/* LibreChat's word for what each
 * user gives is a value to it. */
void gateway_check_secret(struct lint *lint, const struct lint_value *value)
{
	const struct provider *entry =
		catalogue_find_by_key(value->name, value->value, value->size);
	const struct slice text = { value->value, value->size };

	if ((!text_equal(value->name, TOKEN) && !entry) || value->size == 0 ||
		lint->subject->is_example || slice_is(text, "user_provided"))
		return;
	if (slice_begins_ignoring_case(text, "bearer "))
		say_bearer(lint, value);
	else if (placeholder_is(text.at, text.size))
		say_placeholder(lint, value);
	else if (!strchr(value->value, '$'))
		check_given(lint, value, entry);
}
