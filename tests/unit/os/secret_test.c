/* SPDX-License-Identifier: MIT */
#include "os/secret.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static void assert_masked(const char *value, const char *expected)
{
	char masked[SECRET_MASK_SIZE];
	SCOPED(secret) struct secret secret = { 0 };

	secret_copy(&secret, value, strlen(value));
	secret_mask(&secret, masked);
	cr_assert_str_eq(masked, expected);
}

Test(secret, shows_four_characters_of_twelve_and_none_of_eleven)
{
	assert_masked("sk-12345678", "••••••••");
	assert_masked("sk-123456789", "••••••••6789");
	assert_masked("", "••••••••");
	assert_masked("aaaaaaaaaaaé漢😀b", "••••••••é漢😀b");
}

Test(secret, arena_keeps_what_it_gave)
{
	SCOPED(secret_arena) struct secret_arena arena = { 0 };
	const struct secret *kept[300];
	char text[32];

	for (int i = 0; i < 300; i++) {
		snprintf(text, sizeof(text), "value %d", i);
		kept[i] = secret_arena_add(&arena, text, strlen(text));
		if (i % 50 == 0)
			secret_arena_new(&arena, 20000);
	}
	for (int i = 0; i < 300; i++) {
		snprintf(text, sizeof(text), "value %d", i);
		cr_assert_str_eq(secret_reveal(kept[i]), text);
		cr_assert_eq(kept[i]->size, strlen(text));
	}
}

Test(secret, compares_size_and_bytes)
{
	SCOPED(secret) struct secret a = { 0 };
	SCOPED(secret) struct secret b = { 0 };

	secret_copy(&a, "abc", 3);
	secret_copy(&b, "abd", 3);
	cr_assert(!secret_equal(&a, &b));
	secret_truncate(&a, 2);
	cr_assert_str_eq(secret_reveal(&a), "ab");
	secret_truncate(&b, 2);
	cr_assert(secret_equal(&a, &b));
}
