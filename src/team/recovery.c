/* SPDX-License-Identifier: MIT */
#include "team/recovery.h"

#include "base/i18n.h"
#include "vault/identity.h"

bool recovery_check_new(const struct sharing *sharing, struct error *err)
{
	const struct vault *vault = sharing->session.vault;

	for (size_t i = 0; i < vault_profile_count(vault); i++) {
		const char *profile = vault_profile_name(vault, i);

		if (!vault_names_recipient(vault, profile, RECOVERY_NAME))
			continue;
		error_set(err, STATUS_INVALID,
			_("profile %s already has a recipient %s"), profile,
			RECOVERY_NAME);
		error_at(err, "%s", sharing->session.path);
		return error_next(err,
			_("if that file is lost: `aigenv share remove %s`, "
			  "then run this again"),
			RECOVERY_NAME);
	}
	return true;
}

bool recovery_share(struct sharing *sharing, const struct identity *identity,
	struct error *err)
{
	struct new_recipient recipient;
	char token[TOKEN_SIZE];

	identity_token(identity, token);
	if (new_recipient_parse(&recipient, RECOVERY_NAME, token, false, err) &&
		sharing_add_to_all(sharing, &recipient, err))
		return true;
	return error_next(err,
		_("%s was made anyway; share with it yourself: `aigenv share "
		  "add %s %s`"),
		identity->path, RECOVERY_NAME, token);
}
