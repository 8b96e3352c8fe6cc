/* SPDX-License-Identifier: MIT */
/*
 * Runs the wizard alone and says what came of it: what the sessions about the
 * wizard drive. Nothing is written.
 *
 *     wizard-trial [ANSWERS [PRESENT [SECRET ...]]]
 *
 * as JSON; "-" for none. SECRETs are names that the vault has.
 */
#include "base/json.h"
#include "base/text.h"
#include "os/terminal.h"
#include "wizard/wizard.h"

#include <stdio.h>
#include <stdlib.h>

static json_t *read_argument(int count, char **arguments, int index)
{
	return count > index && !text_equal(arguments[index], "-")
		? json_loads(arguments[index], 0, NULL)
		: NULL;
}

int main(int count, char **arguments)
{
	JSON_SCOPED json_t *given = read_argument(count, arguments, 1);
	JSON_SCOPED json_t *present = read_argument(count, arguments, 2);
	JSON_SCOPED json_t *answers =
		given ? json_incref(given) : json_object();
	struct error err = { 0 };
	const struct wizard wizard = {
		.profile = "production",
		.vault_path = "aigenv.json",
		.present = present,
		.present_secrets =
			count > 3 ? (const char *const *)(arguments + 3) : NULL,
		.directory = ".",
	};

	terminal_guard();
	bool ok = wizard_ask(&wizard, answers, &err);
	if (ok) {
		char *text = json_dumps(answers, JSON_COMPACT | JSON_SORT_KEYS);
		(void)printf("%s\n", text);
		free(text);
	} else {
		(void)printf("%s\n%s\n%s\n", err.what, err.where, err.next);
	}
	return ok ? 0 : (int)err.status;
}
