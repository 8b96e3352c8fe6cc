/* SPDX-License-Identifier: MIT */
#include "base/json_build.h"

#include "base/json.h"

#include <criterion/criterion.h>

static void assert_is(json_t *made, const char *expected)
{
	SCOPED(buf) struct buf text = BUF(1000);

	json_format_canonical(made, &text);
	cr_assert_str_eq(buf_cstring(&text), expected);
	json_decref(made);
}

#define ODD                                                                    \
	"a\xff"                                                                \
	"b"
#define SHOWN                                                                  \
	"a\xef\xbf\xbd"                                                        \
	"b"

Test(json_build, bytes_that_are_no_text_are_shown_as_such)
{
	json_t *object = json_new_object();

	json_put_text(object, ODD, ODD);
	assert_is(object, "{\"" SHOWN "\":\"" SHOWN "\"}");
	/* Not left out: ".env" would be another file's name. */
	assert_is(json_new_text("\xc3.env"), "\"\xef\xbf\xbd.env\"");
	assert_is(json_new_bytes("\xe5\xb0\x8f\xe7", 4),
		"\"\xe5\xb0\x8f\xef\xbf\xbd\"");
}

Test(json_build, shared_values_stay_their_owners)
{
	JSON_SCOPED json_t *value = json_new_text("v");
	JSON_SCOPED json_t *from = json_new_object();
	JSON_SCOPED json_t *object = json_new_object();

	json_put_shared(from, "m", value);
	json_put_text(object, "m", "old");
	json_put_all(object, from);
	cr_assert_str_eq(json_string_value(value), "v");
	cr_assert(json_object_get(object, "m") == value);
}

Test(json_build, a_shape_is_what_its_text_says)
{
	JSON_SCOPED json_t *own = json_new_text("own");

	assert_is(json_build("{a:'user', b:'', c:[1,-2 %s, {}], "
			     "d: {e:[%I], f:true,g:false, h:null}}",
			  "text", (json_int_t)5000000000),
		"{\"a\":\"user\",\"b\":\"\",\"c\":[1,-2,\"text\",{}],"
		"\"d\":{\"e\":[5000000000],\"f\":true,\"g\":false,"
		"\"h\":null}}");
	assert_is(json_build("{%s:%i, b:%t, c:%b, d:%O, e:%o}", "a", 7,
			  "cut off", (size_t)3, 1, own, json_new_list()),
		"{\"a\":7,\"b\":\"cut\",\"c\":true,\"d\":\"own\",\"e\":[]}");
}

Test(json_build, what_is_absent_is_null_or_left_out)
{
	assert_is(json_build("{a:%s, b:%s*, c:%o, d:%o*, e:%O, f:%O*, g:%s, "
			     "h:%s*}",
			  NULL, NULL, NULL, NULL, NULL, NULL, "g", "h"),
		"{\"a\":null,\"c\":null,\"e\":null,\"g\":\"g\","
		"\"h\":\"h\"}");
}
