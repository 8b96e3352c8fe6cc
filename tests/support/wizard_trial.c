/* SPDX-License-Identifier: MIT */
/*
 * Runs the wizard alone and says what came of it: what the sessions about the
 * wizard drive. Nothing is written.
 *
 *     wizard-trial [ANSWERS [PRESENT [SECRET ...]]]
 *
 * as JSON; "-" for none. SECRETs are names that the vault has, with "!" in
 * front of those that were refused. With REVISE=<setting> in the environment it
 * goes on as after a call that was refused for that ("back": as by < at the
 * summary, a secret's name: that key).
 */
#include "base/json.h"
#include "base/text.h"
#include "os/terminal.h"
#include "paste/paste.h"
#include "wizard/wizard.h"

#include "shown_secrets.h"

#include <stdio.h>
#include <stdlib.h>

static json_t *read_argument(int count, char **arguments, int index)
{
	return count > index && !text_equal(arguments[index], "-")
		? json_loads(arguments[index], 0, NULL)
		: NULL;
}

/* As commands do, which open their terminal so. */
static bool guard(const struct wizard *wizard, json_t *answers,
	struct asking **asking, struct error *err)
{
	prompt_guard_keys(wizard->prompt, paste_has_secret, paste_is_named_key);
	return wizard_open(wizard, answers, asking, err);
}

/* As REVISE says. */
static bool go_on(struct asking *asking, struct error *err)
{
	const char *revised = getenv("REVISE");
	bool back = false;

	if (!revised)
		return true;
	if (text_equal(revised, "back"))
		return wizard_back(asking, err);
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		if (text_equal(settings_table[i].member, revised))
			return wizard_revise(
				asking, &settings_table[i], 0, err);
	}
	return wizard_ask_secret(asking, revised, 0, &back, err);
}

int main(int count, char **arguments)
{
	JSON_SCOPED json_t *given = read_argument(count, arguments, 1);
	JSON_SCOPED json_t *present = read_argument(count, arguments, 2);
	JSON_SCOPED json_t *answers =
		given ? json_incref(given) : json_object();
	struct error err = { 0 };
	struct wizard_secret secrets[8] = { { .name = NULL } };
	SCOPED(given_secrets) struct given_secrets said = { 0 };
	struct wizard wizard = {
		.profile = "production",
		.vault_path = "aigenv.json",
		.present = present,
		.present_secrets = secrets,
		.secrets = &said,
		.directory = ".",
	};
	struct asking *asking = NULL;

	for (int i = 3; i < count && i < 10; i++) {
		bool refused = arguments[i][0] == '!';
		secrets[i - 3] = (struct wizard_secret){
			.name = arguments[i] + refused,
			.mask = "••••••••1234",
			.refused = refused,
		};
	}
	terminal_guard();
	bool ok = given_secrets_take(&said, answers, &err) &&
		prompt_open(&wizard.prompt, false, &err) &&
		guard(&wizard, answers, &asking, &err) &&
		wizard_ask(asking, &err) && go_on(asking, &err);
	if (ok) {
		JSON_SCOPED json_t *all = wizard_answers(asking);
		show_secrets(all, &said);
		char *text = json_dumps(all, JSON_COMPACT | JSON_SORT_KEYS);
		(void)printf("%s\n", text);
		free(text);
	} else {
		(void)printf("%s\n%s\n%s\n", err.what, err.where, err.next);
	}
	wizard_close(asking);
	prompt_close(wizard.prompt);
	return ok ? 0 : (int)err.status;
}
