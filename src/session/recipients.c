/* SPDX-License-Identifier: MIT */
#include "session/recipients.h"

#include "base/buf.h"
#include "base/json_build.h"
#include "base/text.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_own(
	const struct session *session, const struct recipient_info *info)
{
	const struct age_identities *keys = &session->identity.keys;

	for (size_t i = 0; i < keys->count; i++)
		if (age_recipient_is(&keys->recipients[i], info->age))
			return true;
	return false;
}

bool session_find_own(const struct session *session, struct recipient_info *own)
{
	for (size_t i = 0; i < opened_recipient_count(session->opened); i++) {
		opened_recipient_info(session->opened, i, own);
		if (is_own(session, own))
			return true;
	}
	return false;
}

json_t *session_waited_for(const struct session *session)
{
	struct recipient_info own = { .writer = false };
	bool goes_on = session_find_own(session, &own) && own.writer;
	const char *sealer = opened_sealed_by(session->opened);
	json_t *list = json_new_list();

	for (size_t i = 0; i < opened_recipient_count(session->opened); i++) {
		struct recipient_info info;

		opened_recipient_info(session->opened, i, &info);
		if (goes_on ? !is_own(session, &info)
			    : !text_equal(info.name, sealer))
			json_push_text(list, info.name);
	}
	return list;
}

#define NAME_LIMIT 64

static const char *login_name(void)
{
	const struct passwd *entry = getpwuid(geteuid());
	const char *name = entry ? entry->pw_name : getenv("USER");

	return name && *name ? name : "me";
}

char *choose_writer_name(void)
{
	struct buf name = BUF(NAME_LIMIT);

	for (const char *at = login_name(); *at && name.size < NAME_LIMIT;
		at++) {
		bool allowed = text_is_alphanumeric(*at) ||
			(name.size && strchr("._@-", *at));
		if (allowed)
			buf_byte(&name, *at);
	}
	if (name.size == 0)
		buf_text(&name, "me");
	return buf_take(&name, NULL);
}
