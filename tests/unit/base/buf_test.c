/* SPDX-License-Identifier: MIT */
#include "base/buf.h"

#include "base/memory.h"

#include <criterion/criterion.h>
#include <string.h>

Test(buf, grows_and_stays_terminated)
{
	SCOPED(buf) struct buf text = BUF(100000);

	for (int i = 0; i < 10000; i++)
		buf_printf(&text, "%d,", i % 10);
	cr_assert(!buf_failed(&text));
	cr_assert_eq(text.size, 20000);
	cr_assert_eq(strlen(text.data), text.size);
}

Test(buf, remembers_that_something_did_not_fit)
{
	SCOPED(buf) struct buf text = BUF(4);

	buf_text(&text, "abcd");
	cr_assert(!buf_failed(&text));
	buf_byte(&text, 'e');
	cr_assert(buf_failed(&text));
	buf_clear(&text);
	buf_text(&text, "fits");
	cr_assert(!buf_failed(&text));
	cr_assert_str_eq(buf_cstring(&text), "fits");
}

Test(buf, reserves_within_its_limit_and_keeps_what_is_there)
{
	SCOPED(buf) struct buf text = BUF(100);

	buf_text(&text, "kept");
	buf_reserve(&text, 50);
	size_t capacity = text.capacity;
	const char *data = text.data;
	for (int i = 0; i < 50; i++)
		buf_byte(&text, 'x');
	cr_assert_eq(text.capacity, capacity);
	cr_assert_eq(text.data, data);
	cr_assert_eq(memcmp(text.data, "keptx", 5), 0);
	buf_reserve(&text, 1000);
	cr_assert_eq(text.capacity, capacity);
	cr_assert(!buf_failed(&text));
}

Test(buf, gives_its_content_away_once)
{
	SCOPED(buf) struct buf text = BUF(16);
	size_t size = 0;

	buf_text(&text, "mine");
	char *taken = buf_take(&text, &size);
	cr_assert_str_eq(taken, "mine");
	cr_assert_eq(size, 4);
	cr_assert_eq(text.size, 0);
	memory_free(taken, size);
}
