/* SPDX-License-Identifier: MIT */
#include "template/template.h"

#include "base/json_build.h"

#include <criterion/criterion.h>
#include <string.h>

static char result[2000];

/* With {"KEY": a secret, "EMPTY": another, "number": 0, "list": [the first]} */
static const char *rendered(enum escaping escaping, const char *text)
{
	SCOPED(template_secrets) struct template_secrets secrets = { 0 };
	SCOPED(secret) struct secret key = { 0 };
	const struct secret none = { 0 };
	struct template_options options = { .name = "template",
		.escaping = escaping,
		.strict = true,
		.secrets = &secrets };
	SCOPED(buf) struct buf out = BUF(sizeof(result) - 1);
	struct error err = { 0 };

	secret_copy(&key, "a\"b", 3);
	json_t *list = json_new_list();
	json_t *value = template_stand_in(&secrets, &key);
	json_push_shared(list, value);
	json_t *data = json_build("{KEY:%o, EMPTY:%o, number:%I, list:%o}",
		value, template_stand_in(&secrets, &none), (json_int_t)0, list);
	bool done =
		template_render(text, strlen(text), data, &options, &out, &err);
	json_decref(data);
	(void)snprintf(result, sizeof(result), "%s",
		done ? buf_cstring(&out) : err.what);
	return result;
}

Test(template_secrets, are_written_as_the_format_has_texts)
{
	cr_assert_str_eq(rendered(ESCAPE_NONE, "{{KEY}}"), "a\"b");
	cr_assert_str_eq(rendered(ESCAPE_JSON, "{{KEY}}"), "\"a\\\"b\"");
	cr_assert_str_eq(rendered(ESCAPE_HTML, "{{KEY}}"), "a&quot;b");
	cr_assert_str_eq(rendered(ESCAPE_ENV, "KEY={{KEY}}"), "KEY='a\"b'");
	cr_assert_str_eq(rendered(ESCAPE_JSON, "{{list}}"), "[\"a\\\"b\"]");
	cr_assert_str_eq(rendered(ESCAPE_NONE, "{{list}}"), "[\"a\\\"b\"]");
	cr_assert_str_eq(
		rendered(ESCAPE_NONE, "{{#list}}{{.}}{{/list}}"), "a\"b");
}

Test(template_secrets, are_falsey_where_they_are_empty)
{
	cr_assert_str_eq(rendered(ESCAPE_NONE, "{{#KEY}}yes{{/KEY}}"), "yes");
	cr_assert_str_eq(rendered(ESCAPE_NONE, "{{^EMPTY}}no{{/EMPTY}}"), "no");
}

Test(template_secrets, a_number_of_the_data_is_no_stand_in)
{
	cr_assert_str_eq(rendered(ESCAPE_NONE, "{{number}}"), "0");
	cr_assert_str_eq(
		rendered(ESCAPE_NONE, "{{^number}}none{{/number}}"), "none");
}
