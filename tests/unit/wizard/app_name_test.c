/* SPDX-License-Identifier: MIT */
#include "wizard/app_name.h"

#include "base/text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static void expect(const char *text, const char *expected)
{
	char *name = app_name_in_ecosystem(
		"ecosystem.config.js", text, strlen(text));

	cr_expect(text_equal_or_null(name, expected), "%s: %s", text,
		name ? name : "none");
	free(name);
}

Test(app_name, is_the_first_name_in_an_ecosystem_file)
{
	expect("module.exports = { apps: [{ name: 'api' }, { name: 'b' }] }",
		"api");
	expect("{\"apps\": [{\"name\" : \"api\"}]}", "api");
	expect("apps: [{\n\tscript: 'x.js',\n\tname: `web-1`,\n}]", "web-1");
	expect("{ 'name': 'api' }", "api");
}

Test(app_name, is_not_in_comments_other_members_or_strings)
{
	expect("// name: 'no'\n/* name: 'no' */ { name: 'yes' }", "yes");
	expect("{ hostname: 'no', name_: 'no', filename: 'no' }", NULL);
	expect("{ text: \"name: 'no'\" }", NULL);
	expect("{ name: process.env.NAME }", NULL);
	expect("{ name: 'not a name' }", NULL);
	expect("{ name: 'all' }", NULL);
}

Test(app_name, is_found_in_yaml_and_not_where_code_makes_it)
{
	const char *yaml = "apps:\n  - script: x.js\n    name: api\n";
	char *name = app_name_in_ecosystem("ecosystem.yml", yaml, strlen(yaml));

	cr_expect_str_eq(name, "api");
	free(name);
	expect("{ name: `api-${stage}` }", NULL);
	expect("{ name: 'api-' + stage }", NULL);
}

Test(app_name, of_broken_text_is_none)
{
	expect("", NULL);
	expect("name", NULL);
	expect("name:", NULL);
	expect("name: '", NULL);
	expect("/* name: 'x'", NULL);
	expect("'name", NULL);
	expect("\"\\", NULL);
}
