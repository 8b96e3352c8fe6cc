/* SPDX-License-Identifier: MIT */
#include "base/plain_json.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What it takes whole, jansson takes; and makes the same of it, down to the
 * order of members. */
static bool takes(const char *text)
{
	const size_t flags = JSON_ENCODE_ANY;
	json_t *read = NULL;
	size_t end = plain_json_read(text, 0, 3, &read);

	/* Of many names in no order only what it made tells it. */
	size_t skipped = plain_json_skip(text, 0, 3);
	cr_assert(skipped == end || skipped == 0);
	cr_assert_eq(end != 0, read != NULL);
	if (end != strlen(text)) {
		json_decref(read);
		return false;
	}
	json_t *json = json_loadb(text, strlen(text),
		JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
	cr_assert(json, "%s", text);
	cr_assert(json_equal(read, json), "%s", text);
	char *ours = json_dumps(read, flags);
	char *theirs = json_dumps(json, flags);
	cr_assert_str_eq(ours, theirs);
	free(ours);
	free(theirs);
	json_decref(read);
	json_decref(json);
	return true;
}

Test(plain_json, takes_what_aigenv_writes)
{
	cr_assert(takes("{\"b\": \"x\",\n \"a\": [1, true, {}], \"c\": []}"));
	cr_assert(takes("0"));
	cr_assert(takes("999999999999999"));
	cr_assert(takes("[null, false, true, 10, \" \"]"));
	cr_assert(takes("\"\""));
}

Test(plain_json, leaves_all_else_to_jansson)
{
	static const char *const texts[] = { "{", "{\"a\"", "{\"a\":1,}",
		"[1 2]", "[1,]", "01", "-1", "1.0", "1e5", "nul", "tru",
		"\"\\ud800\"", "\"a\\n\"", "\"\xe4\xbd\xa0\"", "\"\x7f\"",
		"\"a\nb\"", "{\"a\":1,\"b\":2,\"a\":3}", "{1:2}",
		"9999999999999999", "[[[[]]]]", "{\"a\":{\"a\":1,\"a\":2}}",
		"[1]]", "\"a" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		cr_assert_not(takes(texts[i]), "%s", texts[i]);
}

Test(plain_json, a_whole_text_has_nothing_behind_it)
{
	static const char good[] = " {\"a\": null}\n";
	static const char *const texts[] = { "{} {}", "{}x", "", " ", "[[]]" };
	json_t *whole = plain_json_whole(good, sizeof(good) - 1, 1);

	cr_assert(json_is_null(json_object_get(whole, "a")));
	json_decref(whole);
	/* A NUL ends no text. */
	cr_assert_null(plain_json_whole("{}\0", 3, 1));
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		cr_assert_null(plain_json_whole(texts[i], strlen(texts[i]), 1));
}

/* Of many members that are skipped, sorted ones alone are known to differ. */
Test(plain_json, many_members_are_sorted_or_unknown)
{
	char text[4000] = "{";
	size_t used = 1;

	for (int i = 0; i < 100; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used,
			"%s\"N%03d\":1", i ? "," : "", i);
	(void)snprintf(text + used, sizeof(text) - used, "}");
	cr_assert(takes(text));
	(void)snprintf(text + used, sizeof(text) - used, ",\"N050\":1}");
	cr_assert_not(takes(text));
	(void)snprintf(text + used, sizeof(text) - used, ",\"A\":1}");
	cr_assert(takes(text));
	cr_assert_eq(plain_json_skip(text, 0, 3), 0);
}
