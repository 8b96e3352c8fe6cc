/* SPDX-License-Identifier: MIT */
#include "base/i18n.h"

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
