/* SPDX-License-Identifier: MIT */
#include "deploy/other_profile.h"

#include "base/text.h"

bool other_profile_read(
	const struct session *session, size_t index, struct profile *other)
{
	const char *name = vault_profile_name(session->vault, index);
	json_t *settings = NULL;
	struct error ignored;

	return !text_equal_or_null(name, session->profile) &&
		vault_peek_settings(
			session->vault, name, &settings, &ignored) &&
		profile_from_settings(other, name, settings, &ignored);
}
