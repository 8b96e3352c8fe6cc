/* SPDX-License-Identifier: MIT */
/* Data and templates that multiply work end in an error, and soon. */
#include "base/memory.h"
#include "support.h"

#include <stdlib.h>

static const struct template_options plain = {
	.name = "t",
	.escaping = ESCAPE_NONE,
};

Test(limits, a_partial_that_calls_itself_for_ever_is_refused)
{
	JSON_SCOPED json_t *texts =
		data_of("{\"p\":\"x{{>p}}\",\"q\":\"{{>q}}{{>q}}\"}");
	struct template_options options = plain;

	options.partial = partial_of_object;
	options.context = texts;
	check_refused(&options, "{{>p}}", "{}", "p:1:1", "too deep");
	check_refused(&options, "{{>q}}", "{}", "q:1:1", "too deep");
}

Test(limits, sections_nest_a_hundred_deep_and_no_deeper)
{
	SCOPED(buf) struct buf text = BUF(TEMPLATE_LIMIT);

	for (int i = 0; i < 101; i++)
		buf_text(&text, "{{#a}}");
	for (int i = 0; i < 101; i++)
		buf_text(&text, "{{/a}}");
	check_refused(
		&plain, buf_cstring(&text), "{\"a\":1}", "t:1:601", "too deep");
}

Test(limits, lists_inside_lists_run_out_of_steps)
{
	SCOPED(buf) struct buf data = BUF(TEMPLATE_LIMIT);

	buf_text(&data, "{\"l\":[1");
	for (int i = 1; i < 1000; i++)
		buf_text(&data, ",1");
	buf_text(&data, "]}");
	check_refused(&plain,
		"{{#l}}{{#l}}{{#l}}{{#l}}{{!}}{{/l}}{{/l}}{{/l}}{{/l}}",
		buf_cstring(&data), "t:1:19", "too many steps");
}

Test(limits, what_is_rendered_has_a_largest_size)
{
	SCOPED(buf) struct buf text = BUF(2 * TEMPLATE_LIMIT);
	SCOPED(buf) struct buf data = BUF(TEMPLATE_LIMIT);
	SCOPED(buf) struct buf small = BUF(3);
	struct error err = { 0 };

	buf_text(&text, "{{#l}}");
	for (int i = 0; i < 1 << 16; i++)
		buf_text(&text, "sixteen bytes...");
	buf_truncate(&text, TEMPLATE_LIMIT - 8);
	buf_text(&text, "{{/l}}");
	buf_text(&data, "{\"l\":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}");
	check_refused(&plain, buf_cstring(&text), buf_cstring(&data), "t:1:1",
		"larger");
	cr_assert(!renders("four", "{}", &plain, &small, &err));
	cr_assert_eq(err.status, STATUS_INVALID);
	cr_assert_eq(small.size, 0);
}

Test(limits, a_template_has_a_largest_size)
{
	SCOPED(buf) struct buf text = BUF(2 * TEMPLATE_LIMIT);

	for (unsigned i = 0; i <= TEMPLATE_LIMIT; i++)
		buf_byte(&text, 'x');
	check_refused(&plain, buf_cstring(&text), "{}", "t", "bytes");
}

Test(limits, long_names_and_delimiters_are_refused)
{
	SCOPED(buf) struct buf name = BUF(1000);
	SCOPED(buf) struct buf text = BUF(1000);

	for (int i = 0; i < 256; i++)
		buf_byte(&name, 'n');
	buf_printf(&text, "{{%s}}", buf_cstring(&name));
	check_refused(&plain, buf_cstring(&text), "{}", "t:1:1", "too long");
	buf_clear(&text);
	buf_printf(&text, "{{=< %s=}}", buf_cstring(&name));
	check_refused(&plain, buf_cstring(&text), "{}", "t:1:1", "too long");
}
