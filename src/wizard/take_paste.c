/* SPDX-License-Identifier: MIT */
/* What people have at hand, into the draft. */
#include "wizard/wizard_internal.h"

#include "base/attributes.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "profile/profile.h"
#include "ui/style.h"

#include <stdlib.h>
#include <string.h>

/* A part of a paste, and the setting that it becomes. */
struct part {
	const struct setting *setting;
	const char *value; /* NULL where the paste does not have it */
};

#define PARTS 9

static void list_parts(const struct paste *paste, struct part out[PARTS])
{
#define PART(id, value)                                                        \
	{                                                                      \
		&settings_table[SETTING_##id], paste->value                    \
	}
	const struct part parts[PARTS] = {
		PART(ORIGIN, origin),
		PART(CUSTOM_DOMAIN, custom_domain),
		PART(ACCOUNT_ID, account_id),
		PART(GATEWAY, gateway),
		PART(PROVIDER, provider),
		PART(PATH, path),
		PART(MODEL, model),
		PART(DIRECT_URL, direct_url),
		PART(KEY_ENV, key_env),
	};
#undef PART

	memcpy(out, parts, sizeof(parts));
}

/* A key alone says neither where it goes nor what it is for. */
static bool refuse_key(const char *text, size_t size, struct error *err)
{
	struct slice word = slice_trimmed((struct slice){ text, size });

	if (!paste_is_key(word.at, word.size))
		return false;
	error_set(err, STATUS_INVALID,
		_("that looks like a provider's key, and not like an address"));
	(void)error_next(err,
		_("press Enter to be asked: the key's turn comes after its "
		  "provider, and is not shown"));
	return true;
}

/* What a shell takes as it is. */
static bool is_simple(struct slice path)
{
	for (size_t i = 0; i < path.size; i++) {
		if (!text_is_alphanumeric(path.at[i]) &&
			!strchr("_./~-", path.at[i]))
			return false;
	}
	return path.size > 0;
}

/* ~/app/.env: its text is wanted, and there is a command that reads it. */
static bool refuse_path(const char *text, size_t size, struct error *err)
{
	static const char *const begins[] = { "~/", "./", "../", "/" };
	struct slice path = slice_trimmed((struct slice){ text, size });

	if (!is_simple(path) ||
		(!slice_fits_any(
			 path, slice_begins, begins, ARRAY_SIZE(begins)) &&
			!slice_ends(path, ".env") &&
			!slice_begins(path, ".env")))
		return false;
	error_set(err, STATUS_INVALID,
		_("that is the name of a file, and its text is wanted here"));
	(void)error_next(err,
		_("paste what is in the file; or stop with Ctrl-C, and `aigenv "
		  "import %.*s` takes an .env as it is"),
		(int)path.size, path.at);
	return true;
}

/* Nothing was taken: what was seen and refused, else that there was nothing. */
static void refuse_paste(const struct paste *paste, struct error *err)
{
	SCOPED(buf) struct buf refused = BUF(4096);

	for (size_t i = 0; i < paste->note_count; i++) {
		const struct paste_note *note = &paste->notes[i];
		if (note->kind == PASTE_MISSING &&
			!text_equal(note->text, PASTE_ABSENT)) {
			char *text = memory_printf(
				"%s: %s", _(note->label), note->text);

			buf_clause(&refused, text);
			free(text);
		}
	}
	if (refused.size)
		error_set(err, STATUS_INVALID, "%s", buf_cstring(&refused));
	else
		error_set(err, STATUS_INVALID,
			_("nothing in that was recognised"));
}

/* What the paste has of that part was refused: why; or NULL. Borrowed. */
static const char *why_not_taken(const struct paste *paste, const char *label)
{
	for (size_t i = 0; i < paste->note_count; i++) {
		const struct paste_note *note = &paste->notes[i];
		if (note->kind == PASTE_MISSING &&
			text_equal_or_null(note->label, label) &&
			!text_equal(note->text, PASTE_ABSENT))
			return note->text;
	}
	return NULL;
}

bool paste_find(const char *text, size_t size, const struct setting *part,
	struct paste *paste, struct error *err)
{
	struct part parts[PARTS];

	if (!paste_read(text, size, paste, err))
		return false;
	list_parts(paste, parts);
	for (size_t i = 0; i < PARTS && part; i++) {
		if (parts[i].setting == part && parts[i].value)
			return true;
	}
	if (!part && paste->form != PASTE_NOTHING)
		return true;
	const char *why = part ? why_not_taken(paste, part->label) : NULL;
	if (why)
		error_set(err, STATUS_INVALID, "%s: %s", _(part->label), why);
	else if (part)
		error_set(err, STATUS_INVALID,
			_("the paste does not say what is asked here"));
	else if (!refuse_key(text, size, err) && !refuse_path(text, size, err))
		refuse_paste(paste, err);
	paste_release(paste);
	return error_advise(err,
		part ? _("type only the value; ? tells where to find it")
		     : _("paste an address, a curl command, SDK code or an "
			 ".env; only Enter: then everything is asked"));
}

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
	char *own_name = draft_key_name(&asking->draft, asking->route);
	bool is_own = text_equal_or_null(own_name, paste->key_env);

	free(own_name);
	if (own && is_own)
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
	const struct field provider = { SETTINGS_ROUTE, "provider",
		asking->route };
	const char *name = draft_get(&asking->draft, provider);

	if (part->setting != &settings_table[SETTING_PATH] || *part->value ||
		!name)
		return false;
	char *usual = profile_default_path(name);
	bool lacks = *usual != '\0';
	free(usual);
	return lacks;
}

static void tell_missed_path(struct asking *asking)
{
	const struct field provider = { SETTINGS_ROUTE, "provider",
		asking->route };

	if (!draft_misses_path(&asking->draft, asking->route))
		return;
	const char *name = draft_get(&asking->draft, provider);
	char *usual = profile_default_path(name);
	char *text = memory_printf(
		_("the paste has nothing behind %s, where %s is usual"), name,
		usual);
	say_row(asking->prompt, N_("path"), STYLE_WARN, text);
	free(text);
	free(usual);
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
		char *text = memory_printf(
			_("%s of the paste takes the place of the one in the "
			  "vault."),
			name);
		say_paragraph(asking->prompt, 2, text);
		free(text);
	}
	draft_set_secret(&asking->draft, name, value);
	draft_mark_pasted(&asking->draft, field);
}

static void warn(struct asking *asking, const char *text)
{
	char *marked = memory_printf(STYLE_WARN "%s" STYLE_END, text);

	say_paragraph(asking->prompt, 2, marked);
	free(marked);
}

/* A key is taken where the paste says whose it is, and for that one alone. */
static void take_secrets(
	struct asking *asking, const struct paste *paste, bool key_fits)
{
	char *key =
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
	free(key);
}

/* What a note of that label is about: a setting, or NULL for a secret. */
static const struct setting *setting_of_label(
	const struct paste *paste, const char *label)
{
	struct part parts[PARTS];

	list_parts(paste, parts);
	for (size_t i = 0; i < PARTS; i++) {
		if (text_equal_or_null(parts[i].setting->label, label))
			return parts[i].setting;
	}
	return NULL;
}

/* Whether what a note misses is there already. */
static bool is_there(const struct asking *asking, const struct paste *paste,
	const char *label)
{
	const struct setting *setting = setting_of_label(paste, label);

	if (setting)
		return draft_get(&asking->draft,
			       field_of_setting(setting, asking->route)) !=
			NULL;
	if (text_equal(label, "token"))
		return draft_secret_state(&asking->draft, TOKEN_NAME) !=
			SECRET_MISSING;
	char *key = draft_key_name(&asking->draft, asking->route);
	const struct field provider = { SETTINGS_ROUTE, "provider",
		asking->route };
	/* Cloudflare may have the key, and then none is missing. */
	bool keyless = !key && draft_get(&asking->draft, provider);
	bool there = text_equal(label, "key") &&
		(keyless ||
			(key &&
				draft_secret_state(&asking->draft, key) !=
					SECRET_MISSING));
	free(key);
	return there;
}

/* Flags and --answers stay: what a paste says there is not taken. */
static bool is_given(const struct asking *asking, const struct paste *paste,
	const char *label)
{
	const struct setting *setting = setting_of_label(paste, label);

	return setting &&
		draft_is_given(&asking->draft,
			field_of_setting(setting, asking->route));
}

/* What of a paste is taken, and told. */
struct extent {
	bool all;   /* what it lacks is told too */
	bool route; /* its provider is the route's */
	bool key;   /* it says whose its key is */
};

static bool is_taken(const struct extent *extent, const char *label)
{
	static const char *const of_route[] = { "provider", "path", "model",
		"direct", "endpoint" };

	if (slice_fits_any(
		    slice_of(label), slice_is, of_route, ARRAY_SIZE(of_route)))
		return extent->route;
	return extent->key || !text_equal(label, "key");
}

/* Whether a note is worth its line: what is there or was given is not. */
static bool is_told(const struct asking *asking, const struct paste *paste,
	const struct paste_note *note, const struct extent *extent)
{
	/* tell_missed_path says more of it. */
	if (text_equal(note->label, "path") &&
		draft_misses_path(&asking->draft, asking->route))
		return false;
	if (note->kind == PASTE_MISSING)
		return extent->all && !is_there(asking, paste, note->label);
	return is_taken(extent, note->label) &&
		(note->kind != PASTE_TOOK ||
			!is_given(asking, paste, note->label));
}

static void tell(struct asking *asking, const struct paste *paste,
	const struct extent *extent)
{
	SCOPED(buf) struct buf absent = BUF(1024);

	for (size_t i = 0; i < paste->note_count; i++) {
		const struct paste_note *note = &paste->notes[i];
		bool missing = note->kind == PASTE_MISSING;
		if (!is_told(asking, paste, note, extent))
			continue;
		if (missing && text_equal(note->text, PASTE_ABSENT)) {
			buf_listed(&absent, _(note->label));
			continue;
		}
		say_row(asking->prompt, note->label, missing ? STYLE_WARN : "",
			note->text);
	}
	tell_missed_path(asking);
	if (absent.size)
		say_row(asking->prompt, N_("missing"), "",
			buf_cstring(&absent));
}

/* Whether the paste's provider is the route's: one that was given stays. */
static bool settle_provider(
	struct asking *asking, const char *provider, bool *fits)
{
	const struct field field = { SETTINGS_ROUTE, "provider",
		asking->route };
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
	*fits = text_equal_or_null(draft_get(&asking->draft, field), provider);
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

	list_parts(paste, parts);
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
	const struct field provider = { SETTINGS_ROUTE, "provider",
		asking->route };
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
				!draft_get(&asking->draft, provider)));
	take_parts(asking, paste, &extent);
	take_secrets(asking, paste, extent.key);
	tell(asking, paste, &extent);
}

static bool check_paste(
	const char *answer, size_t size, void *context, struct error *err)
{
	SCOPED(paste) struct paste paste = { 0 };

	(void)context;
	return paste_find(answer, size, NULL, &paste, err);
}

void paste_take_other(struct asking *asking, const char *provider)
{
	for (size_t i = 0; i < asking->other_count; i++) {
		if (text_equal(asking->others[i].provider, provider))
			paste_take(asking, &asking->others[i], false);
	}
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
	const struct prompt_question asked = {
		.text = _("Paste"),
		.help = _(question->help),
		.multiline = true,
		.first = true,
		.check = check_paste,
		.context = asking,
	};
	struct prompt_answer answer = { 0 };
	SCOPED(paste) struct paste paste = { 0 };

	say_paragraph(asking->prompt, 0, _(question->text));
	if (!prompt_ask(asking->prompt, &asked, &answer, err))
		return false;
	*outcome = answer.outcome;
	draft_drop_paste(&asking->draft);
	asking_drop_others(asking);
	bool ok = answer.value.size == 0 ||
		paste_find(secret_reveal(&answer.value), answer.value.size,
			NULL, &paste, err);
	if (ok && answer.value.size > 0) {
		paste_take(asking, &paste, true);
		asking->others = paste.others;
		asking->other_count = paste.other_count;
		paste.others = NULL;
		paste.other_count = 0;
	}
	prompt_answer_release(&answer);
	return ok;
}
