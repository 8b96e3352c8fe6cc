/* SPDX-License-Identifier: MIT */
#include "support.h"

struct rendered {
	const char *text, *data, *expected;
};

static void check_all(const struct rendered *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		check_rendered(ESCAPE_HTML, rows[i].text, rows[i].data,
			rows[i].expected);
}

Test(render, numbers_print_as_they_were_written)
{
	static const struct rendered rows[] = {
		{ "{{.}}", "1.21", "1.21" },
		{ "{{.}}", "0.1", "0.1" },
		{ "{{.}}", "-3.14159265358979", "-3.14159265358979" },
		{ "{{.}}", "0.30000000000000004", "0.30000000000000004" },
		{ "{{.}}", "1e-7", "1.0e-07" },
		{ "{{.}}", "1e3", "1000.0" },
		{ "{{.}}", "1.5e300", "1.5e+300" },
		{ "{{.}}", "1e300", "1.0e+300" },
		{ "{{.}}", "9223372036854775807", "9223372036854775807" },
		{ "{{.}}", "-85", "-85" },
		{ "{{#.}}({{.}}){{/.}}", "[1.1, 2.2, 3.3]", "(1.1)(2.2)(3.3)" },
	};

	check_all(rows, ARRAY_SIZE(rows));
}

Test(render, null_and_a_missing_name_print_nothing)
{
	static const struct rendered rows[] = {
		{ "({{a}}{{{a}}}{{&a}})", "{\"a\":null}", "()" },
		{ "({{a}}{{{a}}}{{&a}})", "{}", "()" },
		{ "({{.}})", "null", "()" },
		{ "({{a}})", "[{\"a\":1}]", "()" },
	};

	check_all(rows, ARRAY_SIZE(rows));
}

Test(render, a_dotted_name_is_resolved_from_its_first_part)
{
	static const struct rendered rows[] = {
		{ "{{a.b.c}}", "{\"a\":{\"b\":{\"c\":1}}}", "1" },
		{ "({{a.b.c}})", "{\"a\":{\"b\":1}}", "()" },
		{ "({{a.b}})", "{\"a.b\":1}", "()" },
		{ "{{a.b}}", "{\"a.b\":1,\"a\":{\"b\":2}}", "2" },
		{ "({{#a}}{{b.c}}{{/a}})",
			"{\"a\":{\"b\":{}},\"b\":{\"c\":\"ERROR\"}}", "()" },
		{ "({{#a}}{{#b.c}}x{{/b.c}}{{/a}})",
			"{\"a\":{\"b\":{}},\"b\":{\"c\":\"ERROR\"}}", "()" },
		{ "({{a.name}})", "{\"a\":{},\"name\":\"outer\"}", "()" },
		{ "({{#a}}{{b}}{{/a}})", "{\"a\":{\"b\":null},\"b\":1}", "()" },
	};

	check_all(rows, ARRAY_SIZE(rows));
}

Test(render, false_null_zero_and_empty_are_falsey)
{
	static const char *const falsey[] = { "false", "null", "0", "0.0",
		"\"\"", "[]" };
	static const char *const truthy[] = { "true", "1", "-1", "0.5", "\"0\"",
		"{}", "[[]]", "[false]", "\" \"" };
	char data[64];

	for (size_t i = 0; i < ARRAY_SIZE(falsey); i++) {
		(void)snprintf(data, sizeof(data), "{\"a\":%s}", falsey[i]);
		check_rendered(ESCAPE_HTML, "{{#a}}yes{{/a}}{{^a}}no{{/a}}",
			data, "no");
	}
	for (size_t i = 0; i < ARRAY_SIZE(truthy); i++) {
		(void)snprintf(data, sizeof(data), "{\"a\":%s}", truthy[i]);
		check_rendered(ESCAPE_HTML, "{{#a}}yes{{/a}}{{^a}}no{{/a}}",
			data, "yes");
	}
}

Test(render, sections_repeat_and_see_their_outer_scopes)
{
	static const struct rendered rows[] = {
		{ "{{#l}}{{n}}{{o}};{{/l}}",
			"{\"o\":\"!\",\"l\":[{\"n\":1},{\"n\":2}]}", "1!;2!;" },
		{ "{{#l}}{{#.}}[{{#.}}{{.}}{{/.}}]{{/.}}{{/l}}",
			"{\"l\":[[[1,2],[3]],[]]}", "[12][3]" },
		{ "{{#a}}{{#a}}{{#a}}{{.}}{{/a}}{{/a}}{{/a}}", "{\"a\":true}",
			"true" },
		{ "{{^a}}{{#b}}x{{/b}}{{/a}}", "{\"b\":[1,2]}", "xx" },
		{ "{{#l}}{{.}}{{/l}}", "{\"l\":[\"<\",true,null,2]}",
			"&lt;true2" },
	};

	check_all(rows, ARRAY_SIZE(rows));
}

Test(render, a_standalone_tag_takes_its_whole_line)
{
	static const struct rendered rows[] = {
		{ "|\r\n{{#a}}\r\n|\r\n{{/a}}\r\n|", "{\"a\":1}",
			"|\r\n|\r\n|" },
		{ "{{#a}}\r\nx\r\n{{/a}}", "{\"a\":1}", "x\r\n" },
		{ " {{^a}} \nx\n\t{{/a}}\t", "{}", "x\n" },
		{ "a\n {{! x\n y }} \nb", "{}", "a\nb" },
		{ "a\n{{! x }}{{! y }}\nb", "{}", "a\n\nb" },
		{ "{{! x\n}} {{#a}}\nb{{/a}}", "{\"a\":1}", " \nb" },
		{ "  {{=<% %>=}}\r\n<%={{ }}=%>\r\nx", "{}", "x" },
		{ " {{a}} \n", "{\"a\":1}", " 1 \n" },
		{ "{{#a}}\n{{/a}}\n", "{\"a\":1}", "" },
		{ "\r{{! only LF ends a line }}\n", "{}", "\r\n" },
	};

	check_all(rows, ARRAY_SIZE(rows));
}

Test(render, delimiters_can_be_any_words)
{
	static const struct rendered rows[] = {
		{ "{{=| |=}}|a||{a}||&a|{{a}}", "{\"a\":\"<\"}",
			"&lt;<<{{a}}" },
		{ "{{=<%  %>=}}<%#a%><%.%><%/a%><%={{ }}=%>{{a}}", "{\"a\":1}",
			"11" },
		{ "{{= # / =}}#a/#!x/", "{\"a\":1}", "1" },
		{ "{{=é ü=}}éaü", "{\"a\":1}", "1" },
	};

	check_all(rows, ARRAY_SIZE(rows));
}

static void check_partial(const char *partials, const char *text,
	const char *data, const char *expected)
{
	JSON_SCOPED json_t *texts = data_of(partials);
	struct template_options options = {
		.name = "t",
		.escaping = ESCAPE_HTML,
		.partial = partial_of_object,
		.context = texts,
	};
	struct error err = { 0 };
	SCOPED(buf) struct buf out = BUF(TEMPLATE_OUTPUT_LIMIT);

	cr_assert(renders(text, data, &options, &out, &err), "%s: %s %s", text,
		err.what, err.where);
	cr_assert_str_eq(buf_cstring(&out), expected, "%s: got\n%s", text,
		buf_cstring(&out));
}

Test(render, a_partial_calls_itself_as_long_as_data_lasts)
{
	check_partial("{\"node\":\"{{v}}<{{#kids}}{{>node}}{{/kids}}>\"}",
		"{{>node}}",
		"{\"v\":1,\"kids\":[{\"v\":2,\"kids\":[]},"
		"{\"v\":3,\"kids\":[]}]}",
		"1<2<>3<>>");
}

Test(render, a_missing_partial_is_nothing_and_its_line_goes_too)
{
	check_partial("{}", "a\n  {{>x}}\nb {{>x}} c", "{}", "a\nb  c");
}

Test(render, a_standalone_partial_indents_lines_but_not_values)
{
	check_partial("{\"p\":\"1\\n\\n2\\r\\n\\r\\n3\"}", "  {{>p}}\n", "{}",
		"  1\n\n  2\r\n\r\n  3");
	check_partial("{\"p\":\"{{v}}\\n{{#v}}{{v}}{{/v}}\\n\"}", "  {{>p}}\nx",
		"{\"v\":\"a\\nb\"}", "  a\nb\n  a\nb\nx");
	check_partial("{\"p\":\"a\\n {{>q}}\\nb\",\"q\":\"c\\nd\\n\"}",
		"\t{{>p}}\n", "{}", "\ta\n\t c\n\t d\n\tb");
	check_partial("{\"p\":\"{{>q}}\\nb\",\"q\":\"c\\nd\\n\"}", "\t{{>p}}\n",
		"{}", "\tc\n\td\n\tb");
	check_partial("{\"p\":\"{{#l}}\\n{{.}}\\n{{/l}}\\nz\\n\"}",
		"  {{>p}}\n", "{\"l\":[1,2]}", "  1\n  2\n  z\n");
	check_partial("{\"p\":\"a {{>q}}\\nb\",\"q\":\"1\\n2\"}", "  {{>p}}\n",
		"{}", "  a 1\n2\n  b");
	check_partial("{\"p\":\"x\\ny\\n\"}", "|\r\n {{>p}}\r\n|", "{}",
		"|\r\n x\n y\n|");
	check_partial(
		"{\"p\":\"{{! c }} x\\n\"}", "  {{>p}}\n", "{}", "   x\n");
}

Test(render, delimiters_neither_enter_nor_leave_a_partial)
{
	check_partial("{\"p\":\"{{a}}|a|\"}", "{{=| |=}}|>p||a|", "{\"a\":1}",
		"1|a|1");
	check_partial("{\"p\":\"{{=| |=}}|a|\"}", "{{>p}}{{a}}|a|", "{\"a\":1}",
		"11|a|");
}

Test(render, values_are_not_rendered_again)
{
	check_rendered(ESCAPE_NONE, "{{a}}", "{\"a\":\"{{b}}{{>p}}\",\"b\":1}",
		"{{b}}{{>p}}");
}

Test(render, lists_and_objects_are_values_where_the_format_has_them)
{
	static const char data[] =
		"{\"v\":[1,true,null,\"a\\\"b\",{\"k\":0.5,\"__proto__\":[]}]}";

	check_rendered(ESCAPE_JSON, "{{v}}", data,
		"[1, true, null, \"a\\\"b\", "
		"{\"k\": 0.5, \"__proto__\": []}]");
	check_rendered(ESCAPE_JS, "{{v}}", data,
		"[1, true, null, \"a\\\"b\", "
		"{\"k\": 0.5, [\"__proto__\"]: []}]");
	check_rendered(
		ESCAPE_HTML, "{{v}}", "{\"v\":[\"<\"]}", "[&quot;&lt;&quot;]");
	check_rendered(ESCAPE_SH, "{{v}} {{n}} {{m}}.",
		"{\"v\":[1],\"n\":null}", "'[1]' '' .");
}

Test(render, errors_name_line_and_column)
{
	static const struct {
		const char *text, *where, *what;
	} rows[] = {
		{ "a\n  {{b", "t:2:3", "not closed" },
		{ "\xc3\xa9{{b", "t:1:2", "not closed" },
		{ "{{{b}}", "t:1:1", "not closed" },
		{ "{{}}", "t:1:1", "no name" },
		{ "{{# }}", "t:1:1", "no name" },
		{ "x\r\ny\n{{#a}}\n", "t:3:1", "not closed" },
		{ "{{/a}}", "t:1:1", "closes no section" },
		{ "{{#a}}\n{{/b}}{{/a}}", "t:2:1", "closes \"b\"" },
		{ "{{#a}}{{^b}}\n{{/a}}{{/b}}", "t:2:1", "closes \"a\"" },
		{ "{{a b}}", "t:1:1", "blanks" },
		{ "{{a..b}}", "t:1:1", "empty" },
		{ "{{.a}}", "t:1:1", "empty" },
		{ "{{a.}}", "t:1:1", "empty" },
		{ "{{=x=}}", "t:1:1", "two words" },
		{ "{{=a b c=}}", "t:1:1", "two words" },
		{ "{{==a b=}}", "t:1:1", "two words" },
		{ "{{<a}}{{/a}}", "t:1:1", "inheritance" },
		{ "{{$a}}{{/a}}", "t:1:1", "inheritance" },
		{ "{{>*a}}", "t:1:1", "dynamic" },
		{ "\xff", "t", "UTF-8" },
	};
	struct template_options options = {
		.name = "t",
		.escaping = ESCAPE_HTML,
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		check_refused(&options, rows[i].text, "{}", rows[i].where,
			rows[i].what);
}

Test(render, an_error_in_a_partial_names_the_partial)
{
	JSON_SCOPED json_t *texts = data_of("{\"p\":\"x\\n {{a}}{{#b}}\"}");
	struct template_options options = {
		.name = "t",
		.escaping = ESCAPE_HTML,
		.partial = partial_of_object,
		.context = texts,
	};

	check_refused(&options, "{{>p}}", "{}", "p:2:7", "not closed");
}

Test(render, strict_refuses_every_name_that_is_not_in_scope)
{
	static const char data[] = "{\"a\":{\"n\":null}}";
	struct template_options options = {
		.name = "t",
		.escaping = ESCAPE_NONE,
		.strict = true,
	};
	struct error err = { 0 };
	SCOPED(buf) struct buf out = BUF(100);

	check_refused(&options, "\n {{b}}", data, "t:2:2", "\"b\"");
	check_refused(&options, "{{a.b}}", data, "t:1:1", "\"a.b\"");
	check_refused(&options, "{{#b}}{{/b}}", data, "t:1:1", "\"b\"");
	check_refused(&options, "{{^b}}{{/b}}", data, "t:1:1", "\"b\"");
	check_refused(&options, "{{>b}}", data, "t:1:1", "\"b\"");
	cr_assert(renders(
		"({{a.n}}{{#a.n}}{{b}}{{/a.n}})", data, &options, &out, &err));
	cr_assert_str_eq(buf_cstring(&out), "()");
}
