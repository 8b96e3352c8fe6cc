/* SPDX-License-Identifier: MIT */
/* Whether a paste has what is asked, and what people are told where it has not.
 */
#include "wizard/wizard_internal.h"

#include "base/attributes.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"

#include <string.h>

void paste_parts(const struct paste *paste, struct part out[PARTS])
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
	for (size_t i = 0; i < path.size; i++)
		if (!text_is_alphanumeric(path.at[i]) &&
			!strchr("_./~-", path.at[i]))
			return false;
	return path.size > 0;
}

/* ~/app/.env: its text is wanted, and there is a command that reads it. */
static bool refuse_path(const char *text, size_t size, struct error *err)
{
	struct slice path = slice_trimmed((struct slice){ text, size });

	if (!is_simple(path) ||
		(!slice_fits_any(
			 path, slice_begins, WORDS("~/", "./", "../", "/")) &&
			!slice_ends(path, ".env") &&
			!slice_begins(path, ".env")))
		return false;
	error_set(err, STATUS_INVALID,
		_("that is the name of a file, and its text is wanted here"));
	(void)error_next(err,
		_("paste what is in the file; `aigenv import %.*s` takes an "
		  ".env as it is"),
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
			OWNED char *text = memory_printf(
				"%s: %s", _(note->label), note->text);

			buf_clause(&refused, text);
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
	paste_parts(paste, parts);
	for (size_t i = 0; i < PARTS && part; i++)
		if (parts[i].setting == part && parts[i].value)
			return true;
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
