/* SPDX-License-Identifier: MIT */
/* What a paste's notes tell, but for what is there already. */
#include "wizard/wizard_internal.h"

#include "base/attributes.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "profile/profile.h"
#include "ui/style.h"

static void tell_missed_path(struct asking *asking)
{
	if (!draft_misses_path(&asking->draft, asking->route))
		return;
	const char *name = asking_said(asking, SETTING_PROVIDER);
	OWNED char *usual = profile_default_path(name);
	OWNED char *text = memory_printf(
		_("the paste has nothing behind %s, where %s is usual"), name,
		usual);
	say_row(asking->prompt, N_("path"), STYLE_WARN, text);
}

/* What a note of that label is about: a setting, or NULL for a secret. */
static const struct setting *setting_of_label(
	const struct paste *paste, const char *label)
{
	struct part parts[PARTS];

	paste_parts(paste, parts);
	for (size_t i = 0; i < PARTS; i++)
		if (text_equal_or_null(parts[i].setting->label, label))
			return parts[i].setting;
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
	OWNED char *key = draft_key_name(&asking->draft, asking->route);
	/* Cloudflare may have the key, and then none is missing. */
	bool keyless = !key && asking_said(asking, SETTING_PROVIDER);
	return text_equal(label, "key") &&
		(keyless ||
			(key &&
				draft_secret_state(&asking->draft, key) !=
					SECRET_MISSING));
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

static bool is_taken(const struct extent *extent, const char *label)
{
	if (slice_fits_any(slice_of(label), slice_is,
		    WORDS("provider", "path", "model", "direct", "endpoint")))
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

void paste_tell(struct asking *asking, const struct paste *paste,
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
