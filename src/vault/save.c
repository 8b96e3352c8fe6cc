/* SPDX-License-Identifier: MIT */
#include "vault/vault_internal.h"

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
#include "vault/versions.h"

#include <stdlib.h>
#include <string.h>

bool vault_lock(
	const char *path, int patience_ms, struct lock *lock, struct error *err)
{
	/* Two names of one file have one lock: that of the folder it is in. */
	OWNED char *resolved = path_resolve(path);
	OWNED char *folder = path_directory(resolved ? resolved : path);

	return lock_take(lock, folder, patience_ms, err);
}

/* Sealing */

static bool next_generation(
	const struct opened *opened, json_int_t *next, struct error *err)
{
	*next = opened_next_generation(opened);
	if (*next <= GENERATION_LIMIT)
		return true;
	error_set(err, STATUS_INVALID, _("profile %s has no generation left"),
		opened->name);
	return error_next(err,
		_("copy it to a new profile (`aigenv help profile copy`)"));
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
	clock_now(now);
	json_t *sealed = json_build("{generation:%I, at:%s, by:%s}", generation,
		now, opened_own_name(opened));
	json_put(profile, "sealed", sealed);
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
struct pending {
	struct opened *opened;
	json_t *profile; /* owned */
	struct buf value;
	char *quoted;
};

struct pending_list {
	struct pending *items;
	size_t count;
};

static void pending_list_release(struct pending_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		json_decref(list->items[i].profile);
		buf_release(&list->items[i].value);
		free(list->items[i].quoted);
	}
	memory_free(list->items, 0);
}

static bool is_to_write(const struct opened *opened)
{
	return opened->changed &&
		(opened->is_new ||
			vault_has_profile(opened->vault, opened->name));
}

static bool advise_smaller(struct error *err)
{
	return error_next(err,
		_("nothing was saved; make values shorter, or remove what no "
		  "app uses any more"));
}

static bool seal_all(
	struct vault *vault, struct pending_list *list, struct error *err)
{
	for (struct opened *opened = vault->opened; opened;
		opened = opened->next) {
		if (!is_to_write(opened))
			continue;
		MEMORY_PUSH(list->items, list->count,
			(struct pending){ .opened = opened,
				.value = BUF(VAULT_LIMIT),
				.quoted = memory_printf(
					"\"%s\"", opened->name) });
		struct pending *pending = &list->items[list->count - 1];
		if (!seal(opened, &pending->profile, err))
			return false;
		layout_format_profile(pending->profile, &pending->value);
		if (!buf_failed(&pending->value))
			continue;
		error_set(err, STATUS_INVALID,
			_("profile %s would be larger than a vault may be"),
			opened->name);
		return advise_smaller(err);
	}
	return true;
}

static struct profile_text text_of_placed(
	const struct vault *vault, const struct placed_profile *placed)
{
	const struct profile_span *at = &placed->span;

	return (struct profile_text){ placed->name,
		vault->text + at->name.start, at->name.end - at->name.start,
		vault->text + at->value.start,
		at->value.end - at->value.start };
}

static struct profile_text text_of_pending(const struct pending *pending)
{
	return (struct profile_text){ pending->opened->name, pending->quoted,
		strlen(pending->quoted), pending->value.data,
		pending->value.size };
}

static const struct pending *find_pending(
	const struct pending_list *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++)
		if (text_equal(list->items[i].opened->name, name))
			return &list->items[i];
	return NULL;
}

/* Profiles of the old text that stay, as they stand there or as drafted. */
static size_t take_old_texts(const struct vault *vault,
	const struct pending_list *list, struct profile_text *texts)
{
	size_t count = 0;

	for (size_t i = 0; i < vault->placed_count; i++) {
		const char *name = vault->placed[i].name;
		const struct pending *pending = find_pending(list, name);
		if (!vault_has_profile(vault, name))
			continue;
		texts[count++] = pending
			? text_of_pending(pending)
			: text_of_placed(vault, &vault->placed[i]);
	}
	return count;
}

static bool format_profiles(const struct vault *vault,
	struct profile_text *texts, size_t count, struct buf *out,
	struct error *err)
{
	if (count > PROFILES_LIMIT) {
		error_set(err, STATUS_INVALID,
			_("a vault has at most %d profiles"), PROFILES_LIMIT);
		return error_next(err,
			_("remove one that is not used any more (`aigenv "
			  "profile list`), or make a second vault"));
	}
	layout_format_vault(vault->id, texts, count, out);
	if (!buf_failed(out))
		return true;
	error_set(
		err, STATUS_INVALID, _("the vault would be larger than 4 MiB"));
	return advise_smaller(err);
}

static bool format_text(const struct vault *vault,
	const struct pending_list *list, struct buf *out, struct error *err)
{
	struct profile_text texts[2 * PROFILES_LIMIT];
	size_t count = take_old_texts(vault, list, texts);

	for (size_t i = 0; i < list->count; i++) {
		const struct pending *pending = &list->items[i];
		if (!vault_place_of(vault, pending->opened->name) &&
			count < ARRAY_SIZE(texts))
			texts[count++] = text_of_pending(pending);
	}
	return format_profiles(vault, texts, count, out, err);
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
	SCOPED(atomic_file) struct atomic_file file = ATOMIC_FILE_NONE;

	bool ok = atomic_file_stage(
		&file, vault->path, ATOMIC_SHARED, text->data, text->size, err);
	if (ok && !vault_is_current(vault))
		ok = refuse_changed(vault, err);
	return ok && atomic_file_commit(&file, err);
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

static void take_pending(struct pending_list *list, bool remember)
{
	for (size_t i = 0; i < list->count; i++) {
		struct pending *pending = &list->items[i];
		struct opened *opened = pending->opened;
		json_decref(opened->profile);
		opened->profile = pending->profile;
		pending->profile = NULL;
		opened->changed = false;
		opened->is_new = false;
		opened->settings_edited = false;
		if (!remember)
			continue;
		opened_remember(opened);
		opened_save_state(opened);
	}
}

bool vault_take_profile(struct vault *to, const struct vault *from,
	const char *name, struct error *err)
{
	SCOPED(buf) struct buf text = BUF(VAULT_LIMIT);
	struct profile_text texts[2 * PROFILES_LIMIT];
	const struct vault *vaults[] = { to, from };
	size_t count = 0;

	for (size_t i = 0; i < ARRAY_SIZE(vaults); i++) {
		for (size_t j = 0; j < vaults[i]->placed_count; j++) {
			const struct placed_profile *placed =
				&vaults[i]->placed[j];
			if (text_equal(placed->name, name) == (i == 1))
				texts[count++] =
					text_of_placed(vaults[i], placed);
		}
	}
	return format_profiles(to, texts, count, &text, err) &&
		vault_take_text(to, text.data, text.size, err);
}

bool vault_write(struct vault *vault, const char *path, struct error *err)
{
	SCOPED(pending_list) struct pending_list list = { NULL, 0 };
	SCOPED(buf) struct buf text = BUF(VAULT_LIMIT);

	if (!seal_all(vault, &list, err) ||
		!format_text(vault, &list, &text, err))
		return err->where[0] ? false : vault_at(vault, err);
	if (!atomic_file_write(path, ATOMIC_SHARED, text.data, text.size, err))
		return false;
	take_pending(&list, false);
	return true;
}

bool vault_save(struct vault *vault, struct error *err)
{
	SCOPED(pending_list) struct pending_list list = { NULL, 0 };
	SCOPED(buf) struct buf text = BUF(VAULT_LIMIT);

	vault_sweep(vault);
	if (!seal_all(vault, &list, err))
		return err->where[0] ? false : vault_at(vault, err);
	if (list.count == 0 && !vault->differs)
		return true;
	if (!format_text(vault, &list, &text, err))
		return vault_at(vault, err);
	if (!replace_file(vault, &text, err))
		return false;
	vault->differs = false;
	take_written(vault, &text);
	take_pending(&list, true);
	return true;
}

bool vault_remove_profile(
	struct vault *vault, const char *profile, struct error *err)
{
	if (!vault_require_profile(vault, profile, err))
		return false;
	(void)json_object_del(
		json_object_get(vault->root, "profiles"), profile);
	vault->differs = true;
	return true;
}
