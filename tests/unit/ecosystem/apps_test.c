/* SPDX-License-Identifier: MIT */
#include "ecosystem/ecosystem.h"

#include "base/json.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* What a file says, and the names that its apps have in PM2; "" for what is no
 * ecosystem file. */
static const struct {
	const char *said;
	const char *names;
} rows[] = {
	{ "{\"apps\":[{\"name\":\"a\",\"script\":\"x.js\"},"
	  "{\"name\":\"b\",\"script\":\"y.js\"}]}",
		"a, b" },
	{ "{\"apps\":{\"name\":\"a\",\"script\":\"x.js\"}}", "a" },
	{ "{\"pm2\":[{\"name\":\"a\",\"script\":\"x.js\"}]}", "a" },
	{ "[{\"name\":\"a\",\"script\":\"x.js\"}]", "a" },
	{ "{\"name\":\"a\",\"script\":\"x.js\"}", "a" },
	{ "{\"script\":\"./dist/x.y.js\"}", "x.y" },
	{ "{\"script\":\"bin/.hidden\"}", ".hidden" },
	{ "{\"cmd\":\"x.js\"}", "x" },
	{ "{\"command\":\"run\",\"name\":\"\"}", "run" },
	{ "{\"script\":\"python app.py --ok\"}", "python app" },
	{ "{\"name\":\"a\"}", "" },
	{ "{\"default\":{\"apps\":[{\"script\":\"x.js\"}]}}", "" },
	{ "{\"apps\":[]}", "" },
	{ "{\"apps\":[7,\"x\",null]}", "" },
	{ "null", "" },
	{ "7", "" },
};

Test(apps, have_the_shapes_and_names_that_pm2_takes)
{
	const struct json_limits limits = {
		.depth = 8, .any_value = true, .nulls = true
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct error err = { 0 };
		JSON_SCOPED json_t *said = json_parse(rows[i].said,
			strlen(rows[i].said), "test", &limits, &err);
		JSON_SCOPED json_t *apps = ecosystem_apps(said, &err);
		char *names = ecosystem_names(apps);
		cr_expect_str_eq(names, rows[i].names, "%s", rows[i].said);
		cr_expect(apps || err.next[0]);
		free(names);
	}
}

Test(apps, are_found_by_their_names)
{
	JSON_SCOPED json_t *said =
		json_build("[{name:'@acme/api', script:'x.js'}]");
	struct error err;
	JSON_SCOPED json_t *apps = ecosystem_apps(said, &err);

	cr_assert(ecosystem_app(apps, "@acme/api"));
	cr_assert_null(ecosystem_app(apps, "api"));
}
