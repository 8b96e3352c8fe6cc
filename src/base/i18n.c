/* SPDX-License-Identifier: MIT */
#include "base/i18n.h"

#include "base/buf.h"

#include <locale.h>

#define DOMAIN_NAME "aigenv"

void i18n_begin(const char *folder)
{
	setlocale(LC_CTYPE, "");
	setlocale(LC_MESSAGES, "");
	bindtextdomain(DOMAIN_NAME, folder);
	bind_textdomain_codeset(DOMAIN_NAME, "UTF-8");
	textdomain(DOMAIN_NAME);
}

char *i18n_filled(const char *text, const char *first, const char *second)
{
	SCOPED(buf) struct buf out = BUF(65536);

	for (const char *at = text; *at; at++) {
		if (at[0] != '%' || at[1] != 's') {
			buf_byte(&out, *at);
			continue;
		}
		buf_text(&out, first);
		first = second;
		at++;
	}
	return buf_take(&out, NULL);
}
