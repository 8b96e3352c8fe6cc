/* SPDX-License-Identifier: MIT */
#include "profile/given_secrets.h"

#include "base/json.h"
#include "base/text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct error err;

static json_t *parsed(const char *text)
{
	json_t *json = json_loads(text, 0, NULL);

	cr_assert(json);
	return json;
}

Test(given_secrets, are_taken_out_of_the_json)
{
	SCOPED(given_secrets) struct given_secrets secrets = { 0 };
	JSON_SCOPED json_t *answers = parsed("{\"gateway\":\"g\",\"secrets\":"
					     "{\"A\":\"sk-one\",\"B\":\"\"}}");

	cr_assert(given_secrets_take(&secrets, answers, &err), "%s", err.what);
	char *text = json_dumps(answers, 0);
	cr_assert_null(strstr(text, "sk-one"), "%s", text);
	free(text);
	JSON_SCOPED json_t *copy = json_new_copy(answers);
	cr_assert_str_eq(secret_reveal(given_secret_find(&secrets, copy, "A")),
		"sk-one");
	cr_assert_eq(given_secret_find(&secrets, copy, "B")->size, 0);
	cr_assert_null(given_secret_find(&secrets, copy, "C"));
}

Test(given_secrets, a_number_in_the_file_stands_for_nothing)
{
	SCOPED(given_secrets) struct given_secrets secrets = { 0 };
	JSON_SCOPED json_t *first = parsed("{\"secrets\":{\"A\":\"sk-one\"}}");
	JSON_SCOPED json_t *answers = parsed("{\"secrets\":{\"B\":0}}");
	JSON_SCOPED json_t *list = parsed("{\"secrets\":[]}");

	cr_assert(given_secrets_take(&secrets, first, &err));
	cr_assert_not(given_secrets_take(&secrets, answers, &err));
	cr_assert_eq(err.status, STATUS_INVALID);
	cr_assert_str_eq(err.where, "secrets.B");
	cr_assert_not(given_secrets_take(&secrets, list, &err));
	cr_assert_str_eq(err.where, "secrets");
}
