/* SPDX-License-Identifier: MIT */
#include "age/armor_internal.h"

#include <criterion/criterion.h>
#include <string.h>

#define BEGIN "-----BEGIN AGE ENCRYPTED FILE-----\n"
#define END "-----END AGE ENCRYPTED FILE-----\n"
#define FULL                                                                   \
	"YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBURWlGMHlwcXIrYnB2Y3FY\n"

static void expect(const char *text, const char *plain)
{
	SCOPED(buf) struct buf out = BUF(1000);
	struct error err = { 0 };

	cr_assert(armor_decode(text, strlen(text), &out, &err), "%s\n%s",
		err.what, text);
	cr_assert_str_eq(buf_cstring(&out), plain);
}

static void refuse(const char *text, const char *what)
{
	SCOPED(buf) struct buf out = BUF(1000);
	struct error err = { 0 };

	cr_assert(!armor_decode(text, strlen(text), &out, &err), "%s", text);
	cr_assert_eq(err.status, STATUS_INVALID);
	cr_assert(strstr(err.what, what), "%s: got %s", text, err.what);
}

Test(armor, line_ends_may_be_lf_or_crlf_and_mixed)
{
	expect(BEGIN "aGVsbG8=\n" END, "hello");
	expect("-----BEGIN AGE ENCRYPTED FILE-----\r\naGVsbG8=\r\n"
	       "-----END AGE ENCRYPTED FILE-----\r\n",
		"hello");
	expect("-----BEGIN AGE ENCRYPTED FILE-----\r\naGVsbG8=\n" END, "hello");
	expect(BEGIN "aGVsbG8=\r\n-----END AGE ENCRYPTED FILE-----", "hello");
}

Test(armor, white_space_stands_before_and_after_alone)
{
	expect("\n \t\r\n\v\f\n" BEGIN "aGVsbG8=\n" END "\r\n  \n\t", "hello");
	refuse("garbage\n" BEGIN "aGVsbG8=\n" END, "line 1");
	refuse(" " BEGIN "aGVsbG8=\n" END, "line 1");
	refuse(BEGIN "aGVsbG8=\n" END "garbage\n", "not blank");
	refuse(BEGIN "aGVsbG8=\n" END BEGIN "aGVsbG8=\n" END, "not blank");
	refuse("-----BEGIN AGE ENCRYPTED FILE----- \naGVsbG8=\n" END, "line 1");
	refuse(BEGIN " aGVsbG8=\n" END, "line 2");
	refuse(BEGIN "aGVsbG8= \n" END, "line 2");
	refuse(BEGIN "aGVs bG8=\n" END, "line 2");
	refuse(BEGIN "aGVsbG8=\r\r\n" END, "line 2");
	refuse(BEGIN "aGVsbG8=\n-----END AGE ENCRYPTED FILE-----x", "line 3");
}

Test(armor, lines_have_64_columns_but_the_last)
{
	expect(BEGIN FULL END,
		"age-encryption.org/v1\n-> X25519 TEiF0ypqr+bpvcqX");
	expect(BEGIN FULL "aGVsbG8=\n" END,
		"age-encryption.org/v1\n-> X25519 TEiF0ypqr+bpvcqXhello");
	refuse(BEGIN "aGVsbG8=\n" FULL END, "line 3");
	refuse(BEGIN "aGVs\nbG8=\n" END, "line 3");
	refuse(BEGIN "aGVs" FULL END, "line 2");
	refuse(BEGIN "\naGVsbG8=\n" END, "line 2");
	refuse(BEGIN FULL "\n" END, "line 3");
	refuse(BEGIN "aGVsbG8=\n\n" END, "line 3");
}

Test(armor, base64_is_canonical_and_padded)
{
	refuse(BEGIN "aGVsbG8\n" END, "line 2");
	refuse(BEGIN "aGVsbG9=\n" END, "line 2");
	refuse(BEGIN "aGVsbA=\n=\n" END, "line 2");
	refuse(BEGIN "aGVsbG8==\n" END, "line 2");
	refuse(BEGIN "aGVsbG8=AAAA\n" END, "line 2");
	refuse(BEGIN "aGVsbG8-\n" END, "line 2");
	refuse(BEGIN "aGVsbG8=\n=njUN\n" END, "line 3");
	refuse(BEGIN "Comment: x\n\naGVsbG8=\n" END, "line 2");
}

Test(armor, both_marks_are_exact)
{
	refuse("", "is empty");
	refuse("\n\n", "is empty");
	refuse(BEGIN, "missing");
	refuse(BEGIN "aGVsbG8=\n", "missing");
	refuse(BEGIN FULL, "missing");
	refuse("-----BEGIN AGE ENCRYPTED MESSAGE-----\naGVsbG8=\n" END,
		"line 1");
	refuse("-----begin age encrypted file-----\naGVsbG8=\n" END, "line 1");
	refuse(BEGIN "aGVsbG8=\n-----END AGE FILE-----\n", "line 3");
	refuse(BEGIN "aGVsbG8=\n----- END AGE ENCRYPTED FILE -----\n",
		"line 3");
}

Test(armor, writes_what_it_reads)
{
	char bytes[200];

	for (size_t size = 0; size <= sizeof(bytes); size++) {
		SCOPED(buf) struct buf text = BUF(1000);
		SCOPED(buf) struct buf back = BUF(1000);
		struct error err;

		for (size_t i = 0; i < size; i++)
			bytes[i] = (char)(i * 7 + size);
		armor_encode(bytes, size, &text);
		cr_assert(armor_decode(text.data, text.size, &back, &err));
		cr_assert_eq(back.size, size);
		cr_assert_arr_eq(buf_cstring(&back), bytes, size);
	}
}

Test(armor, what_is_too_large_is_refused)
{
	SCOPED(buf) struct buf out = BUF(40);
	struct error err = { 0 };

	cr_assert(!armor_decode(
		BEGIN FULL END, strlen(BEGIN FULL END), &out, &err));
	cr_assert_eq(err.status, STATUS_INVALID);
}
