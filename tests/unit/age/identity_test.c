/* SPDX-License-Identifier: MIT */
#include "age/age.h"

#include <criterion/criterion.h>
#include <sodium.h>
#include <string.h>

/* age.md's pair. */
#define IDENTITY                                                               \
	"AGE-SECRET-KEY-"                                                      \
	"1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4"               \
	"EGAEX"
#define RECIPIENT                                                              \
	"age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"

static void start(void)
{
	cr_assert_geq(sodium_init(), 0);
}

TestSuite(identity, .init = start);
TestSuite(recipient, .init = start);

static bool parse(
	const char *text, struct age_identities *identities, struct error *err)
{
	return age_identities_parse(
		text, strlen(text), "id.txt", identities, err);
}

static void refuse(const char *text, const char *where, const char *word)
{
	struct age_identities identities = { 0 };
	struct error err = { 0 };

	cr_assert(!parse(text, &identities, &err), "%s", text);
	cr_assert_eq(err.status, STATUS_LOCKED_OUT);
	cr_assert_str_eq(err.where, where);
	cr_assert(strstr(err.what, word), "got: %s", err.what);
	cr_assert_eq(identities.count, 0);
	cr_assert_null(secret_bytes(&identities.keys));
}

Test(identity, gives_its_recipient_and_its_text)
{
	struct age_identities identities = { 0 };
	struct age_recipient recipient;
	char text[AGE_RECIPIENT_SIZE];
	struct error err;
	SCOPED(buf) struct buf again = BUF(100);

	cr_assert(parse(IDENTITY "\n", &identities, &err));
	cr_assert_eq(identities.count, 1);
	age_identity_recipient(&identities, 0, &recipient);
	age_recipient_format(&recipient, text);
	cr_assert_str_eq(text, RECIPIENT);
	age_identity_format(&identities, 0, &again);
	cr_assert_str_eq(again.data, IDENTITY);
	age_identities_release(&identities);
}

Test(identity, file_may_have_comments_empty_lines_and_any_line_ends)
{
	struct age_identities identities = { 0 };
	struct error err;

	cr_assert(
		parse("# created: today\r\n\r\n" IDENTITY "\r\n\n#\n" IDENTITY,
			&identities, &err));
	cr_assert_eq(identities.count, 2);
	cr_assert(parse(IDENTITY, &identities, &err));
	cr_assert_eq(identities.count, 3);
	cr_assert_arr_eq(secret_bytes(&identities.keys),
		secret_bytes(&identities.keys) + 2 * AGE_KEY_SIZE,
		AGE_KEY_SIZE);
	age_identities_release(&identities);
}

Test(identity, a_bad_line_is_named_and_never_quoted)
{
	struct age_identities identities = { 0 };
	struct error err;
	char text[] = "# mine\n" IDENTITY "\n";

	text[sizeof(text) - 3] = 'Q';
	cr_assert(!parse(text, &identities, &err));
	cr_assert_eq(err.status, STATUS_LOCKED_OUT);
	cr_assert_str_eq(err.where, "id.txt:2");
	cr_assert_null(strstr(err.what, "GFPYYS"));
	cr_assert_null(strstr(err.next, "GFPYYS"));
}

Test(identity, says_what_a_foreign_line_is)
{
	refuse("", "id.txt", "no identity");
	refuse("# nothing\n", "id.txt", "no identity");
	refuse("hello\n", "id.txt:1", "neither");
	refuse(" " IDENTITY "\n", "id.txt:1", "neither");
	refuse("\n" RECIPIENT "\n", "id.txt:2", "a recipient");
	refuse("AGE-PLUGIN-YUBIKEY-1QQQ\n", "id.txt:1", "plugin");
	refuse("AGE-SECRET-KEY-PQ-1QQQ\n", "id.txt:1", "post-quantum");
	refuse("AGE-SECRET-KEY-1QQQ\n", "id.txt:1", "damaged");
	refuse("#\n-----BEGIN OPENSSH PRIVATE KEY-----\n", "id.txt:2", "SSH");
}

Test(identity, refuses_a_byte_after_it)
{
	refuse(IDENTITY " \n", "id.txt:1", "damaged");
	refuse(IDENTITY "Q\n", "id.txt:1", "damaged");
}

Test(identity, too_many_are_refused_and_change_nothing)
{
	struct age_identities identities = { 0 };
	struct error err;
	SCOPED(buf) struct buf text = BUF(100000);

	for (int i = 0; i < AGE_IDENTITIES_LIMIT; i++)
		buf_text(&text, IDENTITY "\n");
	cr_assert(parse(text.data, &identities, &err));
	cr_assert_eq(identities.count, AGE_IDENTITIES_LIMIT);
	cr_assert(!parse(IDENTITY "\n", &identities, &err));
	cr_assert_eq(identities.count, AGE_IDENTITIES_LIMIT);
	buf_text(&text, IDENTITY "\n");
	age_identities_release(&identities);
	cr_assert(!parse(text.data, &identities, &err));
	cr_assert_eq(identities.count, 0);
}

Test(identity, fresh_ones_differ_and_read_back)
{
	struct age_identities fresh = { 0 }, back = { 0 };
	struct error err;
	SCOPED(buf) struct buf text = BUF(1000);

	age_identities_generate(&fresh);
	age_identities_generate(&fresh);
	cr_assert_eq(fresh.count, 2);
	cr_assert_arr_neq(secret_bytes(&fresh.keys),
		secret_bytes(&fresh.keys) + AGE_KEY_SIZE, AGE_KEY_SIZE);
	for (size_t i = 0; i < 2; i++) {
		age_identity_format(&fresh, i, &text);
		buf_byte(&text, '\n');
	}
	cr_assert(parse(text.data, &back, &err));
	cr_assert(secret_equal(&fresh.keys, &back.keys));
	age_identities_release(&fresh);
	age_identities_release(&back);
}

static void refuse_recipient(const char *text, const char *word)
{
	struct age_recipient recipient;
	struct error err = { 0 };

	cr_assert(!age_recipient_parse(text, &recipient, &err), "%s", text);
	cr_assert_eq(err.status, STATUS_INVALID);
	cr_assert(strstr(err.what, word), "got: %s", err.what);
	cr_assert_null(strstr(err.what, "GFPYYS"));
}

Test(recipient, reads_back)
{
	struct age_recipient recipient;
	struct error err;
	char text[AGE_RECIPIENT_SIZE];

	cr_assert(age_recipient_parse(RECIPIENT, &recipient, &err));
	age_recipient_format(&recipient, text);
	cr_assert_str_eq(text, RECIPIENT);
}

Test(recipient, says_what_a_foreign_one_is)
{
	refuse_recipient("", "malformed");
	refuse_recipient("alice", "malformed");
	refuse_recipient(RECIPIENT " ", "malformed");
	refuse_recipient("age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn7"
			 "3equnujwq",
		"malformed");
	refuse_recipient(IDENTITY, "private key");
	refuse_recipient("ssh-ed25519 AAAA alice@example", "malformed");
	refuse_recipient("ssh-rsa AAAA", "only ssh-ed25519");
	refuse_recipient("ecdsa-sha2-nistp256 AAAA", "only ssh-ed25519");
	refuse_recipient("sk-ssh-ed25519@openssh.com AAAA", "hardware");
	refuse_recipient("age1pq1x34nzsvr0rxjsgdn8z", "post-quantum");
	refuse_recipient("age1tag1qt8lw0ual6avlwmwatk888", "hardware");
	refuse_recipient("age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0s"
			 "nvdd3yysf5yw3rhl3t",
		"plugin");
}
