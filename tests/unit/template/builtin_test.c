/* SPDX-License-Identifier: MIT */
#include "template/builtin.h"

#include "support.h"

static const char full[] =
	"{\"profile\":\"production\",\"env_file\":\".env\",\"variables\":["
	"{\"name\":\"CF_AIG_TOKEN\",\"value\":\"t0k'en\",\"secret\":true}],"
	"\"pm2\":{\"apps\":[\"web\",\"@acme/worker\"],\"script\":\"./"
	"server.js\","
	"\"cwd\":\"./packages/api\",\"options\":[{\"name\":\"args\","
	"\"value\":[\"--port\",\"3000\"]},{\"name\":\"instances\","
	"\"value\":\"max\"}],\"env\":\"production\",\"assignments\":[{\"name\":"
	"\"PORT\",\"value\":\"1\"}],\"interpreter_file\":\"../bin/tsx\"}}";
static const char bare[] =
	"{\"profile\":\"p\",\"env_file\":null,\"variables\":["
	"{\"name\":\"CF_AIG_TOKEN\",\"value\":\"t0k'en\",\"secret\":true}],"
	"\"pm2\":{\"apps\":[\"web\"],\"script\":\"./server.js\","
	"\"cwd\":null,\"options\":[],\"env\":null,\"assignments\":[],"
	"\"interpreter_file\":null}}";

static void check_builtin(const char *name, const char *data, struct buf *out)
{
	const struct builtin_template *builtin = builtin_find(name);
	const struct asset *asset = builtin_asset(builtin);
	JSON_SCOPED json_t *root = data_of(data);
	struct error err = { 0 };
	struct template_options options = {
		.name = builtin->file,
		.escaping = builtin->escaping,
		.strict = true,
	};

	cr_assert(template_render(
			  asset->bytes, asset->size, root, &options, out, &err),
		"%s %s", err.what, err.where);
}

Test(builtin, every_row_has_its_file_and_format)
{
	const struct builtin_template *row = builtin_templates();

	for (; row->name; row++) {
		cr_assert(builtin_asset(row), "%s", row->file);
		if (row->escaping != ESCAPE_NONE)
			cr_assert_eq(
				escaping_of_file(row->file), row->escaping);
		cr_assert_eq(builtin_find(row->name), row);
	}
	cr_assert_geq(row - builtin_templates(), 4);
	cr_assert_null(builtin_find("nope"));
}

Test(builtin, env_has_a_line_for_each_variable)
{
	SCOPED(buf) struct buf out = BUF(10000);

	check_builtin("env",
		"{\"variables\":[{\"name\":\"A\",\"value\":\"1\"},"
		"{\"name\":\"B\",\"value\":\"x y\"}]}",
		&out);
	cr_assert(strstr(buf_cstring(&out), "\nA=1\nB='x y'\n"));
}

Test(builtin, env_names_the_variable_that_cannot_be_written)
{
	const struct builtin_template *builtin = builtin_find("env");
	const struct asset *asset = builtin_asset(builtin);
	struct template_options options = {
		.name = "t",
		.escaping = builtin->escaping,
	};
	struct error err = { 0 };
	SCOPED(buf) struct buf out = BUF(1000);

	cr_assert(!renders(asset->bytes,
		"{\"variables\":[{\"name\":\"MY_KEY\",\"value\":\"a\\rb\"}]}",
		&options, &out, &err));
	cr_assert(strstr(err.what, "MY_KEY"), "%s", err.what);
	cr_assert_str_eq(err.where, "t:3:10");
}

Test(builtin, ecosystem_reads_the_env_file_and_holds_no_value)
{
	SCOPED(buf) struct buf out = BUF(10000);

	check_builtin("ecosystem", full, &out);
	const char *text = buf_cstring(&out);
	cr_assert_eq(strncmp(text, BUILTIN_MARK, strlen(BUILTIN_MARK)), 0);
	cr_assert(strstr(text, "join(__dirname, \".env\")"));
	cr_assert(strstr(text, "\n      name: \"web\",\n"));
	cr_assert(strstr(text, "\n      name: \"@acme/worker\",\n"));
	cr_assert(strstr(text, "\n      \"instances\": \"max\",\n"));
	cr_assert(strstr(text, "join(__dirname, \"./packages/api\")"));
	cr_assert(strstr(text, "\n      \"args\": [\"--port\", \"3000\"],\n"));
	cr_assert(strstr(text, "['env_' + \"production\"]: env"));
	cr_assert(strstr(text, "\nenv[\"PORT\"] = \"1\";"));
	cr_assert(strstr(text, "interpreter: join(__dirname, \"../bin/tsx\")"));
	cr_assert_null(strstr(text, "t0k"));
}

Test(builtin, ecosystem_without_an_env_output_holds_the_values)
{
	SCOPED(buf) struct buf out = BUF(10000);

	check_builtin("ecosystem", bare, &out);
	const char *text = buf_cstring(&out);
	cr_assert(strstr(text, "[\"CF_AIG_TOKEN\"]: \"t0k\\x27en\","));
	cr_assert_null(strstr(text, "instances"));
	cr_assert_null(strstr(text, "env_"));
	cr_assert_null(strstr(text, "readFileSync"));
}
