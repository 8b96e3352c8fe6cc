/* SPDX-License-Identifier: MIT */
/* What import makes of a text, for its tests. */
#ifndef TESTS_IMPORT_SUPPORT_H
#define TESTS_IMPORT_SUPPORT_H

#include "import/import.h"

#define ACCOUNT "0123456789abcdef0123456789abcdef"
#define ROOT "https://gateway.ai.cloudflare.com/v1/" ACCOUNT "/gw"

/* To be released. */
struct imported imported_from(const char *text);

/* As compact JSON with sorted members, secrets in clear. */
void assert_answers(const char *text, const char *expected);

/* "took NAME", "left NAME", "missing NAME", in order. */
void assert_notes(const char *text, const char *expected);

#endif
