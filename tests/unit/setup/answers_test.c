/* SPDX-License-Identifier: MIT */
#include "setup/answers.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct given given;
static struct given_secrets secrets;
static json_t *answers;
static struct error err;
static char path[] = "/tmp/answers-XXXXXX";

static void begin(void)
{
	given = (struct given){ .file = NULL };
	answers = json_new_object();
}

static void end(void)
{
	json_decref(answers);
	given_secrets_release(&secrets);
	if (given.file)
		(void)unlink(path);
}

TestSuite(setup_answers, .init = begin, .fini = end);

static void give_file(const char *text)
{
	int file = mkstemp(path);

	cr_assert(file >= 0);
	cr_assert_eq(write(file, text, strlen(text)), (ssize_t)strlen(text));
	(void)close(file);
	given.file = path;
}

static void give(enum setting_id id, const char *const *texts, size_t count)
{
	given.settings[id] = (struct given_texts){ texts, count };
}

/* As one line, to be compared. */
static const char *added(void)
{
	static char line[2000];

	cr_assert(answers_add(answers, &secrets, &given, &err), "%s", err.what);
	char *text = json_dumps(answers, JSON_COMPACT | JSON_SORT_KEYS);
	(void)snprintf(line, sizeof(line), "%s", text);
	free(text);
	return line;
}

Test(setup_answers, a_flag_wins_over_the_file)
{
	const char *gateway = "by-flag";

	give_file("{\"gateway\":\"by-file\",\"account_id\":\"x\"}");
	give(SETTING_GATEWAY, &gateway, 1);
	cr_assert_str_eq(
		added(), "{\"account_id\":\"x\",\"gateway\":\"by-flag\"}");
}

Test(setup_answers, flags_describe_the_only_route)
{
	const char *model = "b";

	give_file("{\"routes\":[{\"provider\":\"openai\",\"model\":\"a\"}]}");
	give(SETTING_MODEL, &model, 1);
	cr_assert_str_eq(added(),
		"{\"routes\":[{\"model\":\"b\",\"provider\":\"openai\"}]}");
}

Test(setup_answers, flags_cannot_mean_one_of_several_routes)
{
	const char *model = "b";

	give_file("{\"routes\":[{},{}]}");
	give(SETTING_MODEL, &model, 1);
	cr_assert_not(answers_add(answers, &secrets, &given, &err));
	cr_assert_eq(err.status, STATUS_USAGE);
	cr_assert(*err.next);
}

Test(setup_answers, variables_are_added_by_name_and_outputs_as_a_whole)
{
	const char *const vars[] = { "B=2", "C=a=b" };
	const char *outputs = "env=app.env";

	give_file("{\"vars\":{\"A\":\"1\",\"B\":\"1\"},\"outputs\":"
		  "[{\"template\":\"env\",\"path\":\".env\"}]}");
	give(SETTING_VARS, vars, 2);
	give(SETTING_OUTPUTS, &outputs, 1);
	cr_assert_str_eq(added(),
		"{\"outputs\":[{\"path\":\"app.env\",\"template\":\"env\"}],"
		"\"vars\":{\"A\":\"1\",\"B\":\"2\",\"C\":\"a=b\"}}");
}

Test(setup_answers, a_literal_secret_is_refused_and_not_repeated)
{
	const char *literal = "CF_AIG_TOKEN=cfut_plainlyTyped";

	given.secrets = (struct given_texts){ &literal, 1 };
	cr_assert_not(answers_add(answers, &secrets, &given, &err));
	cr_assert_eq(err.status, STATUS_USAGE);
	cr_assert(!strstr(err.what, "plainlyTyped") &&
		!strstr(err.where, "plainlyTyped") &&
		!strstr(err.next, "plainlyTyped"));
}

Test(setup_answers, a_file_that_is_no_object_is_refused_by_its_name)
{
	give_file("[]");
	cr_assert_not(answers_add(answers, &secrets, &given, &err));
	cr_assert_eq(err.status, STATUS_INVALID);
	cr_assert_str_eq(err.where, path);
}
