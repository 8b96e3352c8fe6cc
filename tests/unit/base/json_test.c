/* SPDX-License-Identifier: MIT */
#include "base/json.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const struct json_limits strict = { .depth = 3 };

static bool parses(const char *text, struct error *err)
{
	JSON_SCOPED json_t *root =
		json_parse(text, strlen(text), "f.json", &strict, err);

	return root != NULL;
}

Test(json, refuses_what_the_format_does_not_have)
{
	static const char *const bad[] = { "", "[", "{\"a\":1,\"a\":2}", "{} x",
		"\xef\xbb\xbf{}", "{\"a\":\"\xff\"}", "{\"a\":1.5}",
		"{\"a\":null}", "{\"a\":\"\\u0000\"}", "{\"a\":\"\\u001b\"}",
		"[[[[1]]]]", "{\"a\":\"\\ud800\"}" };
	struct error err;

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		cr_assert(!parses(bad[i], &err), "%s", bad[i]);
		cr_assert_eq(err.status, STATUS_INVALID);
		cr_assert(strstr(err.where, "f.json"), "%s", err.where);
	}
	cr_assert(parses("{\"a\":[[\"\\t\\n\"]]}", &err));
}

Test(json, says_line_and_column_but_not_the_text)
{
	struct error err;

	cr_assert(!parses("{\n  \"key\": sk-secret\n}", &err));
	cr_assert_str_eq(err.where, "f.json:2:11");
	cr_assert_null(strstr(err.what, "sk-"), "%s", err.what);
}

Test(json, names_an_unknown_member_and_the_nearest_one)
{
	static const char *const known[] = { "gateway", "account_id", NULL };
	struct json_path path = { NULL, "settings", 0 };
	struct error err;
	JSON_SCOPED json_t *object = json_pack(
		"{s:s,s:s}", "x-note", "fine", "gatway", "my-gateway");

	cr_assert(!json_check_members(object, &path, known, true, &err));
	cr_assert_str_eq(err.where, "settings.gatway");
	cr_assert(strstr(err.next, "gateway"));
}

Test(json, canonical_form_is_what_jansson_writes)
{
	static const char *const texts[] = { "{}", "[]", "\"\"", "[[],{}]",
		"{\"b\":1,\"a\":{\"d\":[true,false,null],\"c\":-1.5e300}}",
		"[\"a\\\"b\\\\c\\nd\\te\\u0001f/\\u007f\"]",
		"{\"\u5c0f\":\"\u7c73\",\"\\\"\":0,\"a\":9007199254740993}",
		("{\"i\":1,\"h\":2,\"g\":3,\"f\":4,\"e\":5,\"d\":6,\"c\":7,"
		 "\"b\":8,\"a\":9,\"ab\":10,\"A\":11}") };

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		SCOPED(buf) struct buf out = BUF(1000);
		JSON_SCOPED json_t *value =
			json_loads(texts[i], JSON_DECODE_ANY, NULL);

		cr_assert(value, "%s", texts[i]);
		json_format_canonical(value, &out);
		char *expected = json_dumps(
			value, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
		cr_assert_str_eq(buf_cstring(&out), expected);
		free(expected);
	}
}

Test(json, canonical_form_is_sorted_and_compact)
{
	SCOPED(buf) struct buf out = BUF(1000);
	JSON_SCOPED json_t *value =
		json_pack("{s:[i,b],s:s}", "b", 1, 1, "a", "\xc3\xa9\"\n");

	json_format_canonical(value, &out);
	cr_assert_str_eq(buf_cstring(&out),
		"{\"a\":\"\xc3\xa9\\\"\\n\",\"b\":[1,true]}");
}

/* `count` times the item, in brackets. */
static bool foreign_parses(const char *item, size_t count)
{
	struct buf text = BUF((size_t)4 * 1024 * 1024);

	buf_byte(&text, '[');
	for (size_t i = 0; i < count; i++)
		buf_printf(&text, "%s%s", i > 0 ? "," : "", item);
	buf_byte(&text, ']');

	JSON_SCOPED json_t *root = json_parse_foreign(text.data, text.size);

	cr_assert(!root || json_array_size(root) == count);
	buf_release(&text);
	return root != NULL;
}

Test(json, a_list_of_texts_is_looked_through_and_shown)
{
	JSON_SCOPED json_t *list = json_build("['one', 'two', 3]");
	JSON_SCOPED json_t *names = json_build("['one', 'two']");
	char *shown = json_listed(names);

	cr_assert(json_lists(list, "two"));
	cr_assert_not(json_lists(list, "3"));
	cr_assert_not(json_lists(list, ""));
	cr_assert_not(json_lists(NULL, "one"));
	cr_assert_str_eq(shown, "one, two");
	free(shown);
}

Test(json, a_stranger_cannot_send_more_values_than_memory_is_meant_for)
{
	cr_assert(foreign_parses("0", JSON_FOREIGN_VALUES - 1));
	cr_assert_not(foreign_parses("0", JSON_FOREIGN_VALUES));
	cr_assert_not(foreign_parses("[]", JSON_FOREIGN_VALUES / 2));
	cr_assert_not(foreign_parses("{\"a\":1}", JSON_FOREIGN_VALUES / 2));
	/* Text is not counted, whatever is in it. */
	cr_assert(foreign_parses("\",[{\\\"[,[,\\\\\"", 20000));
	cr_assert_not(foreign_parses("x", 2));
}
