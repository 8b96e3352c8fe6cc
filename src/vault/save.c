/* SPDX-License-Identifier: MIT */
#include "vault/open_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/atomic_file.h"
#include "os/clock.h"
#include "os/directory.h"
#include "os/file.h"
#include "vault/encoding_internal.h"
#include "vault/layout_internal.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE_MS 2000

bool vault_lock(
	const char *path, bool patient, struct lock *lock, struct error *err)
{
	/* Two names of one file have one lock: that of the folder it is in. */
	char *resolved = path_resolve(path);
	char *folder = path_directory(resolved ? resolved : path);
	bool ok = lock_take(lock, folder, patient ? PATIENCE_MS : 0, err);

	free(folder);
	free(resolved);
	return ok;
}

/* Sealing */

static bool next_generation(
	const struct opened *opened, json_int_t *next, struct error *err)
{
	*next = opened_next_generation(opened);
	return *next <= GENERATION_LIMIT ||
		error_set(err, STATUS_INVALID,
			_("profile %s has no generation left"), opened->name);
}

/* The profile with its new `sealed`; a new reference. */
static bool seal(
	const struct opened *opened, json_t **sealed_profile, struct error *err)
{
	SCOPED(signing_key) struct signing_key key = { 0 };
	struct seal_scope scope = opened_scope(opened);
	unsigned char tag[TAG_SIZE];
	unsigned char signature[SIGNATURE_SIZE];
	char now[CLOCK_TEXT_SIZE];
	json_int_t generation = 0;

	if (!opened_require_writer(opened, err) ||
		!next_generation(opened, &generation, err))
		return false;
	JSON_SCOPED json_t *profile = json_new_shallow(opened->profile);
	json_t *sealed = json_new_object();
	clock_now(now);
	json_put(profile, "sealed", sealed);
	json_put(sealed, "generation", json_new_number(generation));
	json_put_text(sealed, "at", now);
	json_put_text(sealed, "by", opened_own_name(opened));
	seal_tag_settings(&opened->keys, &scope, generation,
		json_object_get(profile, "settings"), tag);
	json_put(sealed, "settings", base64_json(tag, sizeof(tag)));
	seal_tag_core(&opened->keys, &scope, profile, tag);
	json_put(sealed, "core", base64_json(tag, sizeof(tag)));
	identity_signing_key(opened->identity, &key);
	seal_sign(&key.private, &scope, profile, signature);
	json_put(
		sealed, "signature", base64_json(signature, sizeof(signature)));
	/* Nothing is written that could not be read again. */
	if (!structure_check_profile(profile, opened->name, err) ||
		!structure_check_slots(profile, opened->name, err))
		return false;
	*sealed_profile = structure_in_order(profile);
	return true;
}

/* The text */

/* What is being written, beside the opened profile that it belongs to. */
struct draft {
	struct opened *opened;
	json_t *profile; /* owned */
	struct buf value;
	char *quoted;
};

struct drafts {
	struct draft *items;
	size_t count;
};

static void drafts_release(struct drafts *drafts)
{
	for (size_t i = 0; i < drafts->count; i++) {
		json_decref(drafts->items[i].profile);
		buf_release(&drafts->items[i].value);
		free(drafts->items[i].quoted);
	}
	memory_free(drafts->items, 0);
}

static bool is_to_write(const struct opened *opened)
{
	return opened->changed &&
		(opened->is_new ||
			vault_has_profile(opened->vault, opened->name));
}

static bool draft_all(
	struct vault *vault, struct drafts *drafts, struct error *err)
{
	for (struct opened *opened = vault->opened; opened;
		opened = opened->next) {
		if (!is_to_write(opened))
			continue;
		drafts->items = memory_grow(
			drafts->items, drafts->count, sizeof(*drafts->items));
		struct draft *draft = &drafts->items[drafts->count++];
		*draft = (struct draft){ .opened = opened,
			.value = BUF(VAULT_LIMIT),
			.quoted = memory_printf("\"%s\"", opened->name) };
		if (!seal(opened, &draft->profile, err))
			return false;
		layout_format_profile(draft->profile, &draft->value);
		if (buf_failed(&draft->value))
			return error_set(err, STATUS_INVALID,
				_("profile %s would be larger than a vault may "
				  "be"),
				opened->name);
	}
	return true;
}

static struct profile_text text_of_draft(const struct draft *draft)
{
	return (struct profile_text){ draft->opened->name, draft->quoted,
		strlen(draft->quoted), draft->value.data, draft->value.size };
}

static const struct draft *find_draft(
	const struct drafts *drafts, const char *name)
{
	for (size_t i = 0; i < drafts->count; i++) {
		if (text_equal(drafts->items[i].opened->name, name))
			return &drafts->items[i];
	}
	return NULL;
}

/* Profiles of the old text that stay, as they stand there or as drafted. */
static size_t take_old_texts(const struct vault *vault,
	const struct drafts *drafts, struct profile_text *texts)
{
	size_t count = 0;

	for (size_t i = 0; i < vault->placed_count; i++) {
		const char *name = vault->placed[i].name;
		const struct profile_span *at = &vault->placed[i].span;
		const struct draft *draft = find_draft(drafts, name);
		if (!vault_has_profile(vault, name))
			continue;
		texts[count++] = draft
			? text_of_draft(draft)
			: (struct profile_text){ name,
				  vault->text + at->name.start,
				  at->name.end - at->name.start,
				  vault->text + at->value.start,
				  at->value.end - at->value.start };
	}
	return count;
}

static bool format_text(const struct vault *vault, const struct drafts *drafts,
	struct buf *out, struct error *err)
{
	struct profile_text texts[2 * PROFILES_LIMIT];
	size_t count = take_old_texts(vault, drafts, texts);

	for (size_t i = 0; i < drafts->count; i++) {
		const struct draft *draft = &drafts->items[i];
		if (!vault_place_of(vault, draft->opened->name) &&
			count < ARRAY_SIZE(texts))
			texts[count++] = text_of_draft(draft);
	}
	if (count > PROFILES_LIMIT)
		return error_set(err, STATUS_INVALID,
			_("a vault has at most %d profiles"), PROFILES_LIMIT);
	layout_format_vault(vault->id, texts, count, out);
	return !buf_failed(out) ||
		error_set(err, STATUS_INVALID,
			_("the vault would be larger than 4 MiB"));
}

/* The file */

static bool refuse_changed(const struct vault *vault, struct error *err)
{
	error_set(err, STATUS_BUSY,
		_("the vault was changed by something else in the meantime, so "
		  "nothing was written"));
	error_at(err, "%s", vault->path);
	return error_next(err, _("run the command again"));
}

static bool replace_file(
	const struct vault *vault, const struct buf *text, struct error *err)
{
	struct atomic_file file = ATOMIC_FILE_NONE;

	bool ok = atomic_file_stage(
		&file, vault->path, ATOMIC_SHARED, text->data, text->size, err);
	if (ok && !vault_is_current(vault))
		ok = refuse_changed(vault, err);
	ok = ok && atomic_file_commit(&file, err);
	atomic_file_release(&file);
	return ok;
}

/* So that the next save of this vault compares with what was written. */
static void take_written(struct vault *vault, const struct buf *text)
{
	SCOPED(buf) struct buf now = BUF(VAULT_LIMIT);
	struct error ignored;

	if (!file_read_stat(
		    vault->path, &now, &vault->status, NULL, &ignored) ||
		!text_is(buf_cstring(&now), now.size, buf_cstring(text)))
		vault->status = (struct stat){ .st_size = -1 };
	if (!vault_take_text(vault, text->data, text->size, &ignored))
		vault->status = (struct stat){ .st_size = -1 };
}

static void take_drafts(struct drafts *drafts)
{
	for (size_t i = 0; i < drafts->count; i++) {
		struct draft *draft = &drafts->items[i];
		struct opened *opened = draft->opened;
		json_decref(opened->profile);
		opened->profile = draft->profile;
		draft->profile = NULL;
		opened->changed = false;
		opened->is_new = false;
		opened->settings_edited = false;
		opened_remember(opened);
		opened_save_state(opened);
	}
}

static bool nothing_to_write(
	const struct vault *vault, const struct drafts *drafts)
{
	return drafts->count == 0 && !vault->profile_removed;
}

bool vault_save(struct vault *vault, struct error *err)
{
	SCOPED(drafts) struct drafts drafts = { NULL, 0 };
	SCOPED(buf) struct buf text = BUF(VAULT_LIMIT);

	vault_sweep(vault);
	if (!draft_all(vault, &drafts, err))
		return err->where[0] ? false : vault_at(vault, err);
	if (nothing_to_write(vault, &drafts))
		return true;
	if (!format_text(vault, &drafts, &text, err))
		return vault_at(vault, err);
	if (!replace_file(vault, &text, err))
		return false;
	vault->profile_removed = false;
	take_written(vault, &text);
	take_drafts(&drafts);
	return true;
}

bool vault_remove_profile(
	struct vault *vault, const char *profile, struct error *err)
{
	if (!vault_require_profile(vault, profile, err))
		return false;
	(void)json_object_del(
		json_object_get(vault->root, "profiles"), profile);
	vault->profile_removed = true;
	return true;
}
