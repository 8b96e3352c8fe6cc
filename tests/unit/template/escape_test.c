/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "template/template_internal.h"

#define U_2028 "\xe2\x80\xa8"

static bool escape(enum escaping escaping, const char *name, const char *value,
	size_t size, struct buf *out, struct error *err)
{
	return style_escape((struct style){ escaping, 0, NULL }, name, value,
		size, out, err);
}

static void check_escaped(
	enum escaping escaping, const char *value, const char *expected)
{
	struct error err = { 0 };
	SCOPED(buf) struct buf out = BUF(1000);

	cr_assert(escape(escaping, "A", value, strlen(value), &out, &err), "%s",
		err.what);
	cr_assert_str_eq(buf_cstring(&out), expected);
}

Test(escape, html_has_four_entities)
{
	check_escaped(ESCAPE_HTML, "<a href=\"x\">'&'",
		"&lt;a href=&quot;x&quot;&gt;'&amp;'");
}

Test(escape, json_is_a_string_with_its_quotes)
{
	check_escaped(ESCAPE_JSON, "a\"\\\n\r\t\b\f\x01\x7f/" U_2028,
		"\"a\\\"\\\\\\n\\r\\t\\b\\f\\u0001\\u007f/" U_2028 "\"");
	check_escaped(ESCAPE_JSON, "", "\"\"");
}

Test(escape, js_cannot_end_what_is_round_it)
{
	check_escaped(ESCAPE_JS, "</script><!-- */ // ${x} `' " U_2028,
		"\"\\x3c/script>\\x3c!-- *\\/ // $\\x7bx} \\x60\\x27 "
		"\\u2028\"");
}

Test(escape, sh_is_always_one_quoted_word)
{
	check_escaped(ESCAPE_SH, "it's $HOME `id` \\\n",
		"'it'\\''s $HOME `id` \\\n'");
	check_escaped(ESCAPE_SH, "", "''");
	check_escaped(ESCAPE_SH, "if", "'if'");
}

Test(escape, yaml_escapes_what_is_not_printable_in_either_version)
{
	check_escaped(ESCAPE_YAML, "no", "\"no\"");
	check_escaped(ESCAPE_YAML,
		"\t\"\\\n\xc2\x85\xc2\xa0" U_2028
		"\xef\xbb\xbf\xf0\x9f\x98\x80",
		"\"\\t\\\"\\\\\\n\\x85\\xa0\\u2028\\ufeff"
		"\xf0\x9f\x98\x80\"");
}

Test(escape, what_a_format_cannot_hold_is_refused_without_the_value)
{
	struct error err = { 0 };
	SCOPED(buf) struct buf out = BUF(1000);

	for (int i = ESCAPE_ENV; i < ESCAPE_COUNT; i++) {
		cr_assert(!escape(
			(enum escaping)i, "KEY", "sec\0ret", 7, &out, &err));
		cr_assert_eq(err.status, STATUS_INVALID);
		cr_assert(strstr(err.what, "KEY"));
		cr_assert_null(strstr(err.what, "sec"));
		cr_assert(!escape(
			(enum escaping)i, "KEY", "sec\xff", 4, &out, &err));
		cr_assert_null(strstr(err.what, "sec"));
	}
	cr_assert_eq(out.size, 0);
}

Test(escape, unescaped_tags_are_for_html_and_none)
{
	struct template_options options = { .name = "t" };

	check_rendered(ESCAPE_NONE, "{{{a}}}{{&a}}", "{\"a\":\"<\"}", "<<");
	for (int i = ESCAPE_ENV; i < ESCAPE_COUNT; i++) {
		options.escaping = (enum escaping)i;
		check_refused(&options, "x {{{a}}}", "{\"a\":1}", "t:1:3",
			"not escaped");
		check_refused(&options, "x {{&a}}", "{\"a\":1}", "t:1:3",
			"not escaped");
	}
}

Test(escape, quotes_round_a_tag_are_refused_where_the_escaper_brings_them)
{
	struct template_options options = {
		.name = "t",
		.escaping = ESCAPE_JS,
	};

	check_refused(
		&options, "f(\"{{a}}\")", "{\"a\":1}", "t:1:4", "whole value");
	check_refused(&options, "`{{a}}`", "{\"a\":1}", "t:1:2", "whole value");
	options.escaping = ESCAPE_ENV;
	check_refused(
		&options, "A='{{a}}'", "{\"a\":1}", "t:1:4", "whole value");
	check_rendered(ESCAPE_HTML, "\"{{a}}\"", "{\"a\":1}", "\"1\"");
	check_rendered(
		ESCAPE_SH, "\"x\"{{a}}\"y\"", "{\"a\":1}", "\"x\"'1'\"y\"");
}

Test(escape, scalars_that_are_no_strings_stand_without_quotes)
{
	static const char data[] = "{\"n\":1.5,\"t\":true,\"z\":null}";

	check_rendered(ESCAPE_JSON, "{{n}},{{t}},{{z}}", data, "1.5,true,null");
	check_rendered(ESCAPE_JS, "{{n}},{{t}},{{z}}", data, "1.5,true,null");
	check_rendered(ESCAPE_YAML, "{{n}},{{t}},{{z}}", data, "1.5,true,null");
	check_rendered(ESCAPE_ENV, "A={{n}}\nB={{t}}\nC={{z}}", data,
		"A=1.5\nB=true\nC=");
}

Test(escape, a_file_name_tells_the_format)
{
	static const struct {
		const char *name;
		enum escaping escaping;
	} rows[] = {
		{ "ecosystem.config.cjs.mustache", ESCAPE_JS },
		{ "./a/b.config.js", ESCAPE_JS },
		{ "x.json.mustache", ESCAPE_JSON },
		{ "x.YML", ESCAPE_YAML },
		{ "deploy.sh.mustache", ESCAPE_SH },
		{ "env.mustache", ESCAPE_ENV },
		{ ".env", ESCAPE_ENV },
		{ "a/.env.production.mustache", ESCAPE_ENV },
		{ "docker.env", ESCAPE_ENV },
		{ "page.mustache", ESCAPE_HTML },
		{ "page.html.mustache", ESCAPE_HTML },
		{ "notes.txt", ESCAPE_NONE },
		{ "nginx.conf.mustache", ESCAPE_COUNT },
		{ "Dockerfile", ESCAPE_COUNT },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		cr_assert_eq(escaping_of_file(rows[i].name), rows[i].escaping,
			"%s", rows[i].name);
}

Test(escape, names_and_formats_are_one_table)
{
	for (int i = 0; i < ESCAPE_COUNT; i++)
		cr_assert_eq(
			(int)escaping_find(escaping_name((enum escaping)i)), i);
	cr_assert_eq(escaping_find("latex"), ESCAPE_COUNT);
	cr_assert_str_eq(escaping_name(ESCAPE_YAML), "yaml");
}

Test(escape, a_declared_reader_that_would_differ_is_an_error)
{
	struct template_options options = {
		.name = "t",
		.escaping = ESCAPE_ENV,
		.readers = (reader_set)1 << READER_DOCKER |
			(reader_set)1 << READER_BASH,
	};

	check_refused(
		&options, "A={{a}}", "{\"a\":\"b c\"}", "t:1:3", "docker");
	options.readers = (reader_set)1 << READER_BASH;
	struct error err = { 0 };
	SCOPED(buf) struct buf out = BUF(100);
	cr_assert(renders("A={{a}}", "{\"a\":\"b c\"}", &options, &out, &err));
	cr_assert_str_eq(buf_cstring(&out), "A='b c'");
}
