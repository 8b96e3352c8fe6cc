/* SPDX-License-Identifier: MIT */
#include "envfile/envfile.h"

#include "base/attributes.h"

#include <criterion/criterion.h>
#include <string.h>

/* What npm's dotenv 16 to 18 read from these; NULL: no such variable. */
static const struct {
	const char *text;
	const char *value;
} readings[] = {
	{ "A=1", "1" },
	{ "A=", "" },
	{ "A= \nB=2", "" },
	{ "A = 1 ", "1" },
	{ "\t export  A=1", "1" },
	{ "A: 1", "1" },
	{ "A:1", NULL },
	{ "A:", NULL },
	{ "A", NULL },
	{ "AB=1", NULL },
	{ "X A=1", NULL },
	{ "# A=1", NULL },
	{ "A=1#2", "1" },
	{ "A=1 # 2", "1" },
	{ "A=#2", "" },
	{ "A='1' # 2", "1" },
	{ "A='1#2'", "1#2" },
	{ "A='1' 2", "'1' 2" },
	{ "A=it's", "it's" },
	{ "A='it's'", "it's" },
	{ "A='it's' # it's", "it's" },
	{ "A=\"a\\nb\\rc\\td\"", "a\nb\rc\\td" },
	{ "A='a\\nb'", "a\\nb" },
	{ "A=a\\nb", "a\\nb" },
	{ "A=\"a\\nb", "\"a\nb" },
	{ "A=\"a\\\"b\"", "a\\\"b" },
	{ "A='a\\'", "a\\" },
	{ "A='a\\'\nB='c'", "a\\" },
	{ "A='1\n2'", "1\n2" },
	{ "A='1\r\n2'", "1\n2" },
	{ "A='1\r2'", "1\n2" },
	{ "A=`a'\"b`", "a'\"b" },
	{ "A='1\nB=2", "'1" },
	{ "A=1\nA=2", "2" },
	{ "A=1\rB=2", "1" },
	{ "\xef\xbb\xbf"
	  "A=1",
		"1" },
	{ "A=\xc2\xa0x\xe3\x80\x80", "x" },
	{ "A='", "'" },
	{ "A=''", "" },
	{ "A=\"\"", "" },
	{ "A= 'x' ", "x" },
	{ "export=1\nA=2", "2" },
	{ "exportA=1", NULL },
	{ "export export A=1", NULL },
	{ "A=$B", "$B" },
	{ "A==", "=" },
};

Test(parse, values_are_what_dotenv_reads)
{
	for (size_t i = 0; i < ARRAY_SIZE(readings); i++) {
		struct envfile *document = NULL;
		struct error err = { .status = STATUS_OK };
		const char *text = readings[i].text;

		cr_assert(envfile_parse(text, strlen(text), &document, &err));
		const char *value = envfile_get(document, "A");
		if (readings[i].value)
			cr_assert(
				value && strcmp(value, readings[i].value) == 0,
				"%s is %s", text, value ? value : "missing");
		else
			cr_assert_null(value, "%s is %s", text, value);
		envfile_free(document);
	}
}

/* A key without quotes, of whose base64 the last line looks like a name. */
Test(parse, no_line_of_a_key_is_a_name)
{
	static const char text[] = "A=-----BEGIN X KEY-----\r\n"
				   "Proc-Type: 4,ENCRYPTED\n\n"
				   "q5dz+/AbCd\nq5dzAbCd0g=\n"
				   "-----END X KEY-----\nB=2\n";
	static const char open[] = "A=-----BEGIN X KEY-----\nq5dz=\nB=2\n";
	struct envfile *document = NULL;
	struct error err = { .status = STATUS_OK };

	cr_assert(envfile_parse(text, strlen(text), &document, &err));
	cr_expect_eq(envfile_count(document), 2);
	cr_expect_str_eq(envfile_get(document, "A"), "-----BEGIN X KEY-----");
	cr_expect_str_eq(envfile_get(document, "B"), "2");
	envfile_free(document);
	cr_assert(envfile_parse(open, strlen(open), &document, &err));
	cr_expect_eq(envfile_count(document), 3);
	envfile_free(document);
}

Test(parse, names_may_have_dots_and_dashes)
{
	static const char text[] = "export=0\nA.B=1\nA-B=2\n1A=3\n";
	struct envfile *document = NULL;
	struct error err = { .status = STATUS_OK };

	cr_assert(envfile_parse(text, strlen(text), &document, &err));
	cr_assert_str_eq(envfile_get(document, "export"), "0");
	cr_assert_str_eq(envfile_get(document, "A.B"), "1");
	cr_assert_str_eq(envfile_get(document, "A-B"), "2");
	cr_assert_str_eq(envfile_get(document, "1A"), "3");
	envfile_free(document);
}
