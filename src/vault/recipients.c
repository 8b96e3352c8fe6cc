/* SPDX-License-Identifier: MIT */
#include "vault/vault_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "vault/encoding_internal.h"

#include <string.h>

bool vault_names_recipient(
	const struct vault *vault, const char *profile, const char *recipient)
{
	json_t *found = vault_parsed(vault, profile);

	return json_inner(found, "recipients", recipient) != NULL;
}

bool vault_is_shared_with(const struct vault *vault, const char *profile,
	const struct identity *identity)
{
	json_t *recipients =
		json_object_get(vault_parsed(vault, profile), "recipients");

	for (size_t i = 0; i < identity->keys.count; i++)
		JSON_EACH_MEMBER(recipient, recipients) {
			const char *age = json_text(recipient.value, "age");

			if (age &&
				age_recipient_is(
					&identity->keys.recipients[i], age))
				return true;
		}
	return false;
}

size_t opened_recipient_count(const struct opened *opened)
{
	return json_object_size(opened_recipients(opened));
}

/* Who signs with that key (in Base64), or NULL. */
static const char *find_signer(const struct opened *opened, const char *sign)
{
	JSON_EACH_MEMBER(recipient, opened_recipients(opened)) {
		const char *own = json_text(recipient.value, "sign");
		if (own && sign && text_equal(own, sign))
			return recipient.name;
	}
	return NULL;
}

void opened_recipient_info(
	const struct opened *opened, size_t index, struct recipient_info *info)
{
	const char *name = object_name_at(opened_recipients(opened), index);
	json_t *recipient = json_object_get(opened_recipients(opened), name);
	const char *sign = json_text(recipient, "sign");
	unsigned char key[SIGN_KEY_SIZE];

	*info = (struct recipient_info){
		.name = name,
		.age = json_text(recipient, "age"),
		.writer = sign != NULL,
		.vouched_by = find_signer(opened, json_text(recipient, "by")),
	};
	if (sign && base64_decode(sign, key, sizeof(key)))
		identity_fingerprint(key, info->fingerprint);
}

const char *opened_own_name(const struct opened *opened)
{
	SCOPED(signing_key) struct signing_key key = { 0 };

	if (!identity_can_sign(opened->identity))
		return NULL;
	identity_signing_key(opened->identity, &key);
	char *sign = base64_encode(key.public, SIGN_KEY_SIZE);
	const char *name = find_signer(opened, sign);

	memory_free(sign, strlen(sign));
	return name;
}

bool opened_require_writer(const struct opened *opened, struct error *err)
{
	if (opened_own_name(opened))
		return true;
	error_set(err, STATUS_LOCKED_OUT,
		_("this machine's identity can read profile %s, but may not "
		  "change it: it is not one of its writers"),
		opened->name);
	error_at(err, "%s", opened->identity->path);
	return error_next(err,
		_("make the change on the machine of a writer: `aigenv profile "
		  "show %s` lists them"),
		opened->name);
}
