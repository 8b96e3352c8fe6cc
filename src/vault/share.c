/* SPDX-License-Identifier: MIT */
/* Who can open a profile: recipients and the data key that is wrapped to them.
 */
#include "vault/vault_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "vault/encoding_internal.h"
#include "vault/trust_internal.h"

#include <sodium.h>

#define ARMOR_LIMIT 65536

/* Wrapping */

/* Public keys in the order of their names, as the stanzas stand. */
static bool collect_keys(const struct opened *opened,
	struct age_recipient *keys, struct error *err)
{
	json_t *all = opened_recipients(opened);
	OWNED const char **names = json_sorted_names(all);
	size_t count = json_object_size(all);
	bool ok = true;

	for (size_t i = 0; i < count && ok; i++) {
		const char *text =
			json_text(json_object_get(all, names[i]), "age");
		ok = age_recipient_parse(text, &keys[i], err);
		if (!ok)
			error_prefix(err, _("recipient %s"), names[i]);
	}
	return ok;
}

bool share_wrap(struct opened *opened, struct error *err)
{
	SCOPED(buf) struct buf armor = BUF(ARMOR_LIMIT);
	struct age_recipient keys[RECIPIENTS_LIMIT];
	struct age_encryption to = { .recipients = keys,
		.count = json_object_size(opened_recipients(opened)),
		.armor = true };

	if (!collect_keys(opened, keys, err) ||
		!age_encrypt(&to, profile_keys_data_key(&opened->keys),
			DATA_KEY_SIZE, &armor, err))
		return false;
	json_put(opened->profile, "key",
		json_build("{id:%s, age:%o}", opened->keys.id,
			json_new_lines(buf_cstring(&armor))));
	opened->changed = true;
	return true;
}

/* A new data key */

/* The same value under other keys; its place stays. */
static json_t *encrypt_again(const struct opened *opened,
	const struct profile_keys *keys, const char *name, json_t *slot)
{
	SCOPED(secret_arena) struct secret_arena arena = { 0 };
	const struct value_place place = { opened_scope(opened), name,
		json_number(slot, "gen") };
	const struct secret *value = opened_decrypt(opened, name, slot, &arena);

	if (!value)
		return NULL;
	json_t *copy = json_new_shallow(slot);
	json_put(copy, "data", value_encrypt(keys, &place, value));
	return copy;
}

json_t *share_encrypt_again(const struct opened *opened,
	const struct profile_keys *keys, const char *name, json_t *secret)
{
	json_t *copy = json_new_object();

	JSON_EACH_MEMBER(slot, secret) {
		json_t *made = json_object_get(slot.value, "data")
			? encrypt_again(opened, keys, name, slot.value)
			: json_incref(slot.value);
		if (!made) {
			json_decref(copy);
			return NULL;
		}
		json_put(copy, slot.name, made);
	}
	return copy;
}

bool share_refuse_value(
	const struct opened *opened, const char *name, struct error *err)
{
	error_set(err, STATUS_LOCKED_OUT,
		_("a value of %s in profile %s was tampered with"), name,
		opened->name);
	return error_next(err, _("restore the file from git"));
}

/* All secrets under other keys; NULL where one is not genuine. */
static json_t *encrypt_all(const struct opened *opened,
	const struct profile_keys *keys, struct error *err)
{
	json_t *all = json_new_object();

	JSON_EACH_MEMBER(secret, opened_secrets(opened)) {
		json_t *copy = share_encrypt_again(
			opened, keys, secret.name, secret.value);
		if (!copy) {
			json_decref(all);
			(void)share_refuse_value(opened, secret.name, err);
			return NULL;
		}
		json_put(all, secret.name, copy);
	}
	return all;
}

bool opened_renew_key(struct opened *opened, struct error *err)
{
	SCOPED(secret) struct secret data_key = { 0 };
	struct profile_keys keys = { 0 };

	secret_init(&data_key, DATA_KEY_SIZE);
	randombytes_buf(secret_room(&data_key), data_key.size);
	profile_keys_derive(&keys, &data_key, opened->vault->id);
	json_t *secrets = encrypt_all(opened, &keys, err);
	if (!secrets) {
		profile_keys_release(&keys);
		return false;
	}
	profile_keys_release(&opened->keys);
	opened->keys = keys;
	json_put(opened->profile, "secrets", secrets);
	return share_wrap(opened, err);
}

/* Recipients */

void share_vouch(const struct opened *opened, const char *name)
{
	json_t *all = opened_recipients(opened);
	/* The vault may have the same. */
	json_t *recipient = json_new_shallow(json_object_get(all, name));
	struct seal_scope scope = opened_scope(opened);
	SCOPED(signing_key) struct signing_key key = { 0 };
	unsigned char proof[SIGNATURE_SIZE];

	identity_signing_key(opened->identity, &key);
	json_put(recipient, "by", base64_json(key.public, SIGN_KEY_SIZE));
	json_put(recipient, "gen",
		json_new_number(opened_next_generation(opened)));
	proof_sign(&key.private, &scope, name, recipient, proof);
	json_put(recipient, "proof", base64_json(proof, sizeof(proof)));
	json_put(all, name, recipient);
}

static bool check_new(const struct opened *opened, const char *name,
	const struct age_recipient *age, struct error *err)
{
	if (!structure_is_recipient_name(name)) {
		error_set(err, STATUS_INVALID,
			_("a recipient cannot be named \"%.64s\""), name);
		return error_next(err,
			_("give a name of 1 to 64 letters, digits, ., _, @ and "
			  "-, a letter or digit first: ana, web-1"));
	}
	if (json_object_size(opened_recipients(opened)) >= RECIPIENTS_LIMIT) {
		error_set(err, STATUS_INVALID,
			_("profile %s already has %d recipients, and cannot "
			  "have more"),
			opened->name, RECIPIENTS_LIMIT);
		return error_next(err,
			_("remove one first: `aigenv profile show %s` lists "
			  "them"),
			opened->name);
	}
	JSON_EACH_MEMBER(recipient, opened_recipients(opened)) {
		bool same_key = age_recipient_is(
			age, json_text(recipient.value, "age"));
		if (!same_key && !text_equal(name, recipient.name))
			continue;
		error_set(err, STATUS_INVALID,
			same_key ? _("profile %s is already shared with that "
				     "key, under the name %s")
				 : _("profile %s already has a recipient %s"),
			opened->name, recipient.name);
		return error_next(err,
			same_key ? _("`aigenv profile show %s` lists its "
				     "recipients")
				 : _("give the new one another name; `aigenv "
				     "profile show %s` lists those that are "
				     "taken"),
			opened->name);
	}
	return true;
}

bool opened_add_recipient(struct opened *opened, const char *name,
	const struct age_recipient *age,
	const unsigned char sign[SIGN_KEY_SIZE], struct error *err)
{
	char text[AGE_RECIPIENT_SIZE];
	json_t *all = opened_recipients(opened);

	if (!check_new(opened, name, age, err))
		return false;
	age_recipient_format(age, text);
	json_put(all, name,
		json_build("{age:%s, sign:%o*}", text,
			sign ? base64_json(sign, SIGN_KEY_SIZE) : NULL));
	if (sign)
		share_vouch(opened, name);
	if (!share_wrap(opened, err)) {
		(void)json_object_del(all, name);
		return false;
	}
	opened_sort(opened);
	return true;
}

/* The writers whom a removed one had vouched for; not the remover himself. */
static void vouch_anew(struct opened *opened, const char *removed_sign)
{
	json_t *all = opened_recipients(opened);
	const char *own = opened_own_name(opened);
	OWNED const char **names = json_sorted_names(all);

	for (size_t i = 0; i < json_object_size(all); i++) {
		json_t *recipient = json_object_get(all, names[i]);
		const char *by = json_text(recipient, "by");
		if (by && text_equal(by, removed_sign) &&
			!text_equal_or_null(names[i], own))
			share_vouch(opened, names[i]);
	}
}

bool opened_remove_recipient(
	struct opened *opened, const char *name, struct error *err)
{
	json_t *all = opened_recipients(opened);
	json_t *removed = json_object_get(all, name);

	if (!removed) {
		error_set(err, STATUS_INVALID,
			_("profile %s has no recipient \"%.64s\""),
			opened->name, name);
		return error_next(err,
			_("`aigenv profile show %s` lists its recipients"),
			opened->name);
	}
	if (text_equal_or_null(name, opened_own_name(opened))) {
		error_set(err, STATUS_INVALID,
			_("%s is this machine's own identity"), name);
		return error_next(err, _("another writer can remove it"));
	}
	JSON_SCOPED json_t *kept = json_incref(removed);
	const char *sign = json_text(kept, "sign");
	(void)json_object_del(all, name);
	if (!opened_renew_key(opened, err)) {
		json_put(all, name, json_incref(kept));
		opened_sort(opened);
		return false;
	}
	if (sign)
		vouch_anew(opened, sign);
	return true;
}

/* For `check` */

static bool check_stanzas(json_t *profile, const char *name, struct error *err)
{
	SCOPED(buf) struct buf armor = BUF(ARMOR_LIMIT);
	json_t *lines = json_inner(profile, "key", "age");
	size_t expected =
		json_object_size(json_object_get(profile, "recipients"));
	size_t count = 0;

	JSON_EACH(line, lines)
		buf_printf(&armor, "%s\n", json_string_value(line.value));
	if (!age_count_stanzas(buf_cstring(&armor), armor.size, &count, err))
		return error_at(err, "profiles.%s.key.age", name);
	if (count == expected)
		return true;
	error_set(err, STATUS_LOCKED_OUT,
		_("the key of profile %s is wrapped %zu times for %zu "
		  "recipients"),
		name, count, expected);
	return error_next(err, _("restore the file from git"));
}

bool vault_check_profile(
	struct vault *vault, const char *profile, struct error *err)
{
	struct seal_scope scope = { vault->id, profile };
	json_t *settings = NULL;

	if (!vault_peek_settings(vault, profile, &settings, err))
		return false;
	json_t *found = vault_parsed(vault, profile);
	return (check_stanzas(found, profile, err) &&
		       trust_check_signatures(&scope, found, err)) ||
		vault_at(vault, err);
}
