/* SPDX-License-Identifier: MIT */
/* The specification's own cases: tests/vectors/mustache. */
#include "base/json.h"
#include "os/file.h"
#include "support.h"

#include <stdlib.h>

static json_t *load(const char *file)
{
	char path[1024];
	struct error err = { 0 };
	SCOPED(buf) struct buf text = BUF(1u << 20);

	(void)snprintf(path, sizeof(path), "%s/tests/vectors/mustache/%s.json",
		getenv("AIGENV_TEST_SOURCE"), file);
	cr_assert(file_read(path, &text, NULL, &err), "%s", err.what);
	return data_of(buf_cstring(&text));
}

static void run_case(json_t *row)
{
	const char *name = json_text(row, "name");
	const json_t *text = json_object_get(row, "template");
	const char *expected = json_text(row, "expected");
	struct template_options options = {
		.name = name,
		.escaping = ESCAPE_HTML,
		.partial = partial_of_object,
		.context = json_object_get(row, "partials"),
	};
	struct error err = { 0 };
	SCOPED(buf) struct buf out = BUF(TEMPLATE_OUTPUT_LIMIT);

	cr_assert(template_render(json_string_value(text),
			  json_string_length(text),
			  json_object_get(row, "data"), &options, &out, &err),
		"%s: %s %s", name, err.what, err.where);
	cr_expect_str_eq(buf_cstring(&out), expected, "%s: got\n%s", name,
		buf_cstring(&out));
}

static void run_file(const char *file, size_t least)
{
	JSON_SCOPED json_t *root = load(file);
	json_t *tests = json_object_get(root, "tests");

	cr_assert_geq(json_array_size(tests), least);
	for (size_t i = 0; i < json_array_size(tests); i++)
		run_case(json_array_get(tests, i));
}

Test(specification, comments)
{
	run_file("comments", 6);
}

Test(specification, delimiters)
{
	run_file("delimiters", 7);
}

Test(specification, interpolation)
{
	run_file("interpolation", 21);
}

Test(specification, inverted)
{
	run_file("inverted", 11);
}

Test(specification, partials)
{
	run_file("partials", 6);
}

Test(specification, sections)
{
	run_file("sections", 17);
}
