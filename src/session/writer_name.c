/* SPDX-License-Identifier: MIT */
#include "session/writer_name.h"

#include "base/buf.h"
#include "base/text.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
