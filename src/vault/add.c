/* SPDX-License-Identifier: MIT */
#include "vault/vault_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "vault/form_internal.h"

#include <sodium.h>

static bool fill_profile(
	struct opened *opened, const char *writer, struct error *err)
{
	struct seal_scope scope = opened_scope(opened);
	SCOPED(secret) struct secret data_key = { 0 };

	if (!vault_check_place(opened->vault, &opened->access, err) ||
		!state_load(&opened->state, scope.vault_id, scope.profile, err))
		return false;
	secret_init(&data_key, DATA_KEY_SIZE);
	randombytes_buf(secret_room(&data_key), data_key.size);
	profile_keys_derive(&opened->keys, &data_key, scope.vault_id);
	/*
	 * A name that this machine has used before goes on counting from there:
	 * a copy of the profile that was removed stays an older one.
	 */
	int64_t generation = state_generation(&opened->state);
	opened->profile = json_build("{settings:{}, recipients:{}, secrets:{}, "
				     "sealed:{generation:%I}}",
		(json_int_t)generation);
	opened->is_new = true;
	/* Who makes a profile vouches for himself: `by` is his own key. */
	SCOPED(signing_key) struct signing_key key = { 0 };
	identity_signing_key(opened->identity, &key);
	return opened_add_recipient(
		opened, writer, &opened->identity->recipient, key.public, err);
}

bool vault_add_profile(struct vault *vault, const char *profile,
	const struct vault_access *access, const char *writer,
	struct opened **opened, struct error *err)
{
	if (!structure_is_profile_name(profile)) {
		error_set(err, STATUS_INVALID,
			_("a profile cannot be named \"%.64s\""), profile);
		return error_next(err,
			_("give a name of 1 to 63 characters: a-z, 0-9, ., _ "
			  "and -"));
	}
	if (vault_has_profile(vault, profile)) {
		error_set(err, STATUS_INVALID,
			_("there is already a profile \"%s\""), profile);
		error_next(err, _("give the new one another name"));
		return vault_at(vault, err);
	}
	if (!identity_require_signing(access->identity, err))
		return false;
	struct opened *made = opened_new(vault, profile, access);
	if (!fill_profile(made, writer, err)) {
		vault_close(made);
		return false;
	}
	*opened = made;
	return true;
}
