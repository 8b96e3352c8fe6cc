/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "base/attributes.h"
#include "base/json.h"

#include "../../support/shown_secrets.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

struct imported imported_from(const char *text)
{
	struct envfile *document = NULL;
	struct imported imported = { .answers = NULL };
	struct error err = { .status = STATUS_OK };

	cr_assert(envfile_parse(text, strlen(text), &document, &err));
	import_env(document, &imported);
	envfile_free(document);
	return imported;
}

void assert_answers(const char *text, const char *expected)
{
	struct imported imported = imported_from(text);
	show_secrets(imported.answers, &imported.secrets);
	char *got = json_dumps(imported.answers, JSON_COMPACT | JSON_SORT_KEYS);

	cr_assert_str_eq(got, expected);
	free(got);
	imported_release(&imported);
}

void assert_notes(const char *text, const char *expected)
{
	static const char *const kinds[] = { [IMPORT_TOOK] = "took",
		[IMPORT_LEFT] = "left",
		[IMPORT_MISSING] = "missing" };
	struct imported imported = imported_from(text);
	SCOPED(buf) struct buf list = BUF(4096);

	for (size_t i = 0; i < imported.note_count; i++)
		buf_printf(&list, "%s %s\n", kinds[imported.notes[i].kind],
			imported.notes[i].name);
	cr_assert_str_eq(buf_cstring(&list), expected);
	imported_release(&imported);
}
