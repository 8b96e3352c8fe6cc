/* SPDX-License-Identifier: MIT */
/*
 * The two keys. What belongs in the other's place is refused here, before
 * anything is sent anywhere. In the provider key's place three words are not
 * keys: `stored` and `unified`, for keys that Cloudflare has, and the name of
 * another variable (XIAOMI_API_KEY).
 */
#include "wizard/wizard_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "base/variable_name.h"
#include "catalogue/key_prefix.h"
#include "catalogue/placeholder.h"
#include "paste/findings.h"
#include "profile/profile.h"

#include <string.h>

static const char two_keys[] = N_(
	"Two keys go out with every call. The gateway token opens the gateway; "
	"the provider key pays the provider. Neither replaces the other.");

/* "stored" or "unified", for which no provider key is sent; else NULL. */
static const char *keyless_kind(const struct asking *asking)
{
	const char *kind = asking_said(asking, SETTING_CREDENTIAL);

	return kind && !text_equal(kind, "header") ? kind : NULL;
}

static void tell_two_keys(struct asking *asking)
{
	if (asking->told_keys || keyless_kind(asking))
		return;
	asking->told_keys = true;
	prompt_say(asking->prompt, "\n");
	say_paragraph(asking->prompt, 0, _(two_keys));
}

void say_keyless(struct asking *asking, const char *credential)
{
	const char *text = text_equal(credential, "stored")
		? _("The provider key stays at Cloudflare (AI Gateway, your "
		    "gateway, Provider Keys). This works only where the app "
		    "sends no provider key at all: remove the Authorization "
		    "(or x-api-key) header that its SDK adds by itself. Any "
		    "value in it, even a made-up one, is passed on and "
		    "refused.")
		: _("Cloudflare pays the provider from your credits (Unified "
		    "Billing). This works only where the app sends no provider "
		    "key at all: remove the Authorization (or x-api-key) "
		    "header that its SDK adds by itself. Any value in it, even "
		    "a made-up one, is passed on and refused.");

	say_paragraph(asking->prompt, 2, text);
}

/* Another route asks for the same variable before this one. */
static bool is_asked_before(const struct asking *asking, const char *name)
{
	for (size_t i = 0; i < asking->route; i++) {
		OWNED char *other = draft_key_name(&asking->draft, i);
		if (text_equal_or_null(other, name))
			return true;
	}
	return false;
}

static bool is_pasted(const struct asking *asking, const char *name)
{
	const struct field field = { SETTINGS_TOP, name, 0 };

	return draft_is_settled(&asking->draft, field);
}

static bool applies(const struct asking *asking, const char *name)
{
	const struct draft *draft = &asking->draft;
	const struct wizard_secret *present = draft_present_secret(draft, name);
	bool kept = draft_secret_state(draft, name) == SECRET_PRESENT &&
		!present->refused;

	return !draft_secret_is_given(draft, name) &&
		!is_pasted(asking, name) && (!kept || asking->revises);
}

bool token_applies(const struct asking *asking)
{
	return asking->route == 0 && applies(asking, TOKEN_NAME);
}

/* The variable of the key, also where Cloudflare has it for now. */
static char *key_name(const struct asking *asking)
{
	const char *named = asking_said(asking, SETTING_KEY_ENV);

	return named ? memory_text(named)
		     : profile_default_key_env(
			       asking_said(asking, SETTING_PROVIDER));
}

bool key_applies(const struct asking *asking)
{
	const struct field credential =
		asking_field(asking, SETTING_CREDENTIAL);
	bool is_given = draft_is_given(&asking->draft, credential);

	/* It was given so, or is so today. */
	if (keyless_kind(asking) &&
		(is_given ||
			(!asking->revises &&
				!draft_is_settled(&asking->draft, credential))))
		return false;
	OWNED char *name = key_name(asking);
	return applies(asking, name) && !is_asked_before(asking, name);
}

struct wanted_secret {
	struct asking *asking;
	const char *name;
	const struct provider *entry;
	enum secret_kind kind;
};

/* XIAOMI_API_KEY: a name that somebody wants instead, never a key. */
static bool is_variable(const struct wanted_secret *wanted, const char *text)
{
	return wanted->kind == SECRET_PROVIDER_KEY &&
		variable_name_is_allowed(text) &&
		text_only(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") &&
		!text_equal(text, TOKEN_NAME) &&
		text_fits_any(text, text_ends_with,
			WORDS("_KEY", "_TOKEN", "_SECRET"));
}

static bool is_keyless_word(
	const struct wanted_secret *wanted, const char *text)
{
	return wanted->kind == SECRET_PROVIDER_KEY &&
		(text_equal(text, "stored") || text_equal(text, "unified"));
}

/* One value in both places, whichever was typed first. */
static bool check_pairs(const struct wanted_secret *wanted,
	const struct secret *value, struct error *err)
{
	const struct draft *draft = &wanted->asking->draft;

	if (wanted->kind == SECRET_PROVIDER_KEY)
		return profile_check_secret_pair(
			draft_get_secret(draft, TOKEN_NAME), wanted->name,
			wanted->entry, value, err);
	for (size_t i = 0; i < draft_route_count(draft); i++) {
		OWNED char *name = draft_key_name(draft, i);
		if (name &&
			!profile_check_secret_pair(value, name,
				draft_entry(draft, i),
				draft_get_secret(draft, name), err))
			return false;
	}
	return true;
}

/* A token or key that is shorter is no such thing. Of a custom provider's, a
 * server of one's own may ask for anything. */
static size_t least_size(const struct wanted_secret *wanted)
{
	return wanted->kind == SECRET_GATEWAY_TOKEN || wanted->entry ? 8 : 3;
}

/* The plain answer that stands in the secret's place, or NULL. */
static const struct setting *find_plain(
	const struct wanted_secret *wanted, const char *answer)
{
	static const enum setting_id ids[] = { SETTING_ACCOUNT_ID,
		SETTING_GATEWAY, SETTING_PROVIDER, SETTING_MODEL };

	for (size_t i = 0; i < ARRAY_SIZE(ids); i++) {
		const struct setting *setting = &settings_table[ids[i]];
		const char *value = draft_get(&wanted->asking->draft,
			field_of_setting(setting, wanted->asking->route));
		if (value && text_equal_ignoring_case(value, answer))
			return setting;
	}
	return NULL;
}

/* No random text of letters alone is as short. */
#define WORD_LIMIT 20

/* What nobody can mean, though flags and --answers may have it. */
static bool check_likely(const struct wanted_secret *wanted, const char *answer,
	size_t size, struct error *err)
{
	const struct setting *plain = find_plain(wanted, answer);

	if (plain)
		error_set(err, STATUS_INVALID,
			_("that is the answer to \"%s\", not %s"),
			_(plain->question), wanted->name);
	else if (strstr(answer, "://"))
		error_set(err, STATUS_INVALID, _("that is an address, not %s"),
			wanted->name);
	else if (answer_find_model(answer))
		error_set(err, STATUS_INVALID, _("that is a model, not %s"),
			wanted->name);
	else if (variable_assignment(answer, size) > 0)
		error_set(err, STATUS_INVALID,
			_("that is the line of another variable, not of %s"),
			wanted->name);
	else if (wanted->kind == SECRET_GATEWAY_TOKEN && size < WORD_LIMIT &&
		text_only(answer, "abcdefghijklmnopqrstuvwxyz"))
		error_set(err, STATUS_INVALID,
			_("that is a word, and %s is a random text"),
			wanted->name);
	else if (size < least_size(wanted) && text_is_ascii(answer, size))
		error_set(err, STATUS_INVALID,
			ngettext("%zu character is too short for %s",
				"%zu characters are too short for %s", size),
			size, wanted->name);
	else
		return true;
	return error_next(err,
		wanted->kind == SECRET_GATEWAY_TOKEN
			? _("give the gateway token; ? says where it is found")
			: _("give the provider's key; ? says where it is "
			    "found"));
}

/* The SDK adds it by itself. */
static bool drop_bearer(struct secret *value)
{
	static const char bearer[] = "bearer ";
	const struct slice text = { secret_reveal(value), value->size };
	size_t size = sizeof(bearer) - 1;

	if (!slice_begins_ignoring_case(text, bearer))
		return false;
	while (size < value->size && text.at[size] == ' ')
		size++;
	secret_drop_front(value, size);
	return true;
}

/* Whether a line's name says that its value is the other secret, or another
 * provider's key. A custom provider's app may have its key under any name. */
static bool is_anothers(
	const struct wanted_secret *wanted, const char *variable)
{
	enum role role = role_of(slice_of(variable));

	if (text_equal(variable, wanted->name))
		return false;
	if (wanted->kind == SECRET_GATEWAY_TOKEN)
		return role == ROLE_KEY;
	return role == ROLE_TOKEN ||
		(wanted->entry && catalogue_find_by_key(variable, "", 0) &&
			!catalogue_has_variable(wanted->entry, variable));
}

/* `size`: what variable_assignment found at the value's front. */
static bool is_anothers_line(const struct wanted_secret *wanted,
	const struct secret *value, size_t size)
{
	struct slice name = { secret_reveal(value), size - strlen("=") };

	(void)slice_take(&name, "export ");
	OWNED char *variable = slice_text(name);
	return is_anothers(wanted, variable);
}

/* What people copy along with a key. */
static const char *tidy_secret(struct secret *value, void *context)
{
	const struct wanted_secret *wanted = context;
	size_t name = variable_assignment(secret_reveal(value), value->size);

	if (name > 0 && is_anothers_line(wanted, value, name))
		return NULL;
	if (name == 0)
		name = key_name_in_front(secret_reveal(value), value->size);
	if (name > 0)
		secret_drop_front(value, name);
	const char *dropped = tidy_marks(value, context);
	if (drop_bearer(value))
		return _("\"Bearer \" in front was dropped: the SDK adds it");
	return name > 0 ? _("the name in front was dropped") : dropped;
}

/* YOUR_API_KEY has the form of a variable's name, and is none. */
static bool check_name(
	const struct wanted_secret *wanted, const char *name, struct error *err)
{
	if (text_equal(name, wanted->name)) {
		error_set(err, STATUS_INVALID,
			_("%s is the variable's name, and the key has that "
			  "name already"),
			name);
		return error_next(err,
			_("give the key itself; ? says where it is found"));
	}
	if (!placeholder_is_word(name, strlen(name)))
		return draft_would_take(&wanted->asking->draft,
			asking_field(wanted->asking, SETTING_KEY_ENV), name,
			err);
	error_set(err, STATUS_INVALID,
		_("%s is a placeholder, and neither a key nor a variable's "
		  "name"),
		name);
	return error_next(
		err, _("give the key itself; ? says where it is found"));
}

static bool check_secret(
	const char *answer, size_t size, void *context, struct error *err)
{
	const struct wanted_secret *wanted = context;
	SCOPED(secret) struct secret value = { 0 };

	if (is_variable(wanted, answer))
		return check_name(wanted, answer, err);
	if (is_keyless_word(wanted, answer))
		return draft_would_take(&wanted->asking->draft,
			asking_field(wanted->asking, SETTING_CREDENTIAL),
			answer, err);
	secret_copy(&value, answer, size);
	return check_likely(wanted, answer, size, err) &&
		profile_check_secret(wanted->kind, wanted->name, wanted->entry,
			&value, err) &&
		(wanted->kind != SECRET_PROVIDER_KEY ||
			profile_check_key_owner(
				wanted->name, wanted->entry, &value, err)) &&
		draft_would_take_secret(
			&wanted->asking->draft, wanted->name, &value, err) &&
		check_pairs(wanted, &value, err);
}

/*
 * Shown in the place of what was typed when the question comes again: the value
 * that was said, else the vault's, masked; of a key that Cloudflare has, how.
 * NULL where there is none.
 */
static const char *initial_of(
	const struct wanted_secret *wanted, char mask[SECRET_MASK_SIZE])
{
	const struct draft *draft = &wanted->asking->draft;
	const char *kind = keyless_kind(wanted->asking);
	const struct wizard_secret *present =
		draft_present_secret(draft, wanted->name);
	const struct secret *said = draft_get_secret(draft, wanted->name);

	/* Enter does not take again what a call has refused. */
	if (wanted->asking->replaces)
		return NULL;
	if (wanted->kind == SECRET_PROVIDER_KEY && kind)
		return kind;
	if (said->size == 0)
		return present ? present->mask : NULL;
	secret_mask(said, mask);
	return mask;
}

static bool ask_one(struct wanted_secret *wanted, const char *text,
	const char *help, struct prompt_answer *answer, struct error *err)
{
	char mask[SECRET_MASK_SIZE];
	const struct prompt_question asked = {
		.text = text,
		.initial = initial_of(wanted, mask),
		.help = help,
		.hidden = true,
		.required = true,
		.first = wanted->asking->is_first,
		.tidy = tidy_secret,
		.check = check_secret,
		.context = wanted,
	};
	return prompt_ask(wanted->asking->prompt, &asked, answer, err);
}

bool ask_token(struct asking *asking, const struct question *question,
	enum prompt_outcome *outcome, struct error *err)
{
	struct wanted_secret wanted = { asking, TOKEN_NAME, NULL,
		SECRET_GATEWAY_TOKEN };
	SCOPED(prompt_answer) struct prompt_answer answer = { 0 };

	tell_two_keys(asking);
	if (!ask_one(&wanted, _(question->text), _(question->help), &answer,
		    err))
		return false;
	*outcome = answer.outcome;
	if (answer.outcome == PROMPT_ANSWER)
		draft_set_secret(&asking->draft, TOKEN_NAME, &answer.value);
	return true;
}

static bool take_keyless(
	struct asking *asking, const char *credential, struct error *err)
{
	const struct field field = asking_field(asking, SETTING_CREDENTIAL);

	if (!draft_set(&asking->draft, field, credential, err))
		return false;
	/* A way back may bring a key instead. */
	draft_mark_pasted(&asking->draft, field);
	say_keyless(asking, credential);
	return true;
}

static bool take_key(struct asking *asking, const char *name,
	const struct secret *value, struct error *err)
{
	const struct field credential =
		asking_field(asking, SETTING_CREDENTIAL);

	if (!draft_is_given(&asking->draft, credential) &&
		(!draft_set(&asking->draft, asking_field(asking, SETTING_ALIAS),
			 NULL, err) ||
			!draft_set(&asking->draft, credential, NULL, err)))
		return false;
	draft_set_secret(&asking->draft, name, value);
	return true;
}

/* *done is false where a variable's name was typed: the key is to come. */
static bool take(struct wanted_secret *wanted,
	const struct prompt_answer *answer, bool *done, struct error *err)
{
	const char *text = secret_reveal(&answer->value);

	*done = true;
	if (answer->outcome != PROMPT_ANSWER)
		return true;
	if (is_keyless_word(wanted, text))
		return take_keyless(wanted->asking, text, err);
	*done = !is_variable(wanted, text);
	if (!*done)
		return draft_set(&wanted->asking->draft,
			asking_field(wanted->asking, SETTING_KEY_ENV), text,
			err);
	return take_key(wanted->asking, wanted->name, &answer->value, err);
}

/* The label, with the variable that the app reads in brackets. */
static char *key_text(const struct asking *asking, const char *name)
{
	const struct provider *entry =
		draft_entry(&asking->draft, asking->route);

	return memory_printf(_("Provider key for %s [%s]"),
		entry ? entry->title : asking_said(asking, SETTING_PROVIDER),
		name);
}

bool ask_key(struct asking *asking, const struct question *question,
	enum prompt_outcome *outcome, struct error *err)
{
	bool done = false;
	bool ok = true;

	tell_two_keys(asking);
	while (ok && !done) {
		SCOPED(prompt_answer) struct prompt_answer answer = { 0 };
		OWNED char *name = key_name(asking);
		OWNED char *text = key_text(asking, name);
		struct wanted_secret wanted = { asking, name,
			draft_entry(&asking->draft, asking->route),
			SECRET_PROVIDER_KEY };
		ok = ask_one(&wanted, text, _(question->help), &answer, err);
		*outcome = answer.outcome;
		ok = ok && take(&wanted, &answer, &done, err);
	}
	return ok;
}
