/* SPDX-License-Identifier: MIT */
#include "age/age.h"

#include <criterion/criterion.h>
#include <sodium.h>
#include <string.h>

/* Made by ssh-keygen, for these tests alone. */
#define PUBLIC                                                                 \
	"ssh-ed25519 "                                                         \
	"AAAAC3NzaC1lZDI1NTE5AAAAIDkUOs8iNF"                                   \
	"lOwRwIp4I+toKj1RZnyAmsJbo3TdubwliH"
static const char private[] = "-----BEGIN OPENSSH PRIVATE KEY-----\n"
			      "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAA"
			      "AAABAAAAMwAAAAtzc2gtZW\n"
			      "QyNTUxOQAAACA5FDrPIjRZTsEcCKeCPraCo9UWZ8gJrCW6N0"
			      "3bm8JYhwAAAJDuGvZn7hr2\n"
			      "ZwAAAAtzc2gtZWQyNTUxOQAAACA5FDrPIjRZTsEcCKeCPraC"
			      "o9UWZ8gJrCW6N03bm8JYhw\n"
			      "AAAEAWdR2Fp6HnDxJZxx6RKs0guQJqXw1yFZDylOMlPk5BmT"
			      "kUOs8iNFlOwRwIp4I+toKj\n"
			      "1RZnyAmsJbo3TdubwliHAAAACnJvb3RAd2ViIDEBAgM=\n"
			      "-----END OPENSSH PRIVATE KEY-----\n";
static const char locked[] =
	"-----BEGIN OPENSSH PRIVATE KEY-----\n"
	"b3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIAAAAGYmNyeXB0AAAAGAAAABDGNblE7S"
	"\n"
	"A1Ehs+ZMuL++"
	"icAAAAEAAAAAEAAAAzAAAAC3NzaC1lZDI1NTE5AAAAIMAjrC351gzSDebJ\n"
	"9vGqP4o+"
	"OdDiRWovqiNoW7D7eGyqAAAAkENCFQjaDTHfAI8PLbow0112IeLlFGyEJH5UCC\n"
	"3nx/c7lW4cEvQ57dzskx4Ont9FINfJBDRgFdUzeQ/"
	"2Ax9YSugTAn0XKv4ymJZdMr4TYFB5\n"
	"XoBQ+M7aZcVx/y/tYMwCRdy2UOi286AEHiE1eRuxyiELeW3cIBr6FX6FfS80/"
	"0+77+Uy14\n"
	"Wv+YxoMuH2vIfh9g==\n"
	"-----END OPENSSH PRIVATE KEY-----\n";
static const char ecdsa[] =
	"-----BEGIN OPENSSH PRIVATE KEY-----\n"
	"b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAaAAAABNlY2RzYS"
	"\n"
	"1zaGEyLW5pc3RwMjU2AAAACG5pc3RwMjU2AAAAQQSFABSKkAJ2Y1hsyAxUKA0n2I1r6ngW"
	"\n"
	"Qmj/vqdpCABYgJ1NqQoAckWabhLiY9JSTTgn9pKA3lj0uiwkfnh9ZcybAAAAoIz9mn2M/"
	"Z\n"
	"p9AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBIUAFIqQAnZjWGzI"
	"\n"
	"DFQoDSfYjWvqeBZCaP++p2kIAFiAnU2pCgByRZpuEuJj0lJNOCf2koDeWPS6LCR+"
	"eH1lzJ\n"
	"sAAAAgcBbC6KIIzu6Y3Vzana/tVETk3eFgXjipQEKvXXoYTRgAAAAHcm9vdEB2bQE=\n"
	"-----END OPENSSH PRIVATE KEY-----\n";

static void start(void)
{
	cr_assert_geq(sodium_init(), 0);
}

TestSuite(ssh, .init = start);

static bool parse(
	const char *text, struct age_identities *identities, struct error *err)
{
	return age_identities_parse(
		text, strlen(text), "host_key", identities, err);
}

static void refuse(const char *text, const char *word)
{
	struct age_identities identities = { 0 };
	struct error err = { 0 };

	cr_assert(!parse(text, &identities, &err));
	cr_assert_eq(err.status, STATUS_LOCKED_OUT);
	cr_assert_str_eq(err.where, "host_key");
	cr_assert(strstr(err.what, word), "got: %s", err.what);
	cr_assert_eq(identities.count, 0);
}

Test(ssh, private_file_gives_its_public_line)
{
	struct age_identities identities = { 0 };
	char text[AGE_RECIPIENT_SIZE];
	struct error err;

	cr_assert(parse(private, &identities, &err), "%s", err.what);
	cr_assert_eq(identities.count, 1);
	age_recipient_format(&identities.recipients[0], text);
	cr_assert_str_eq(text, PUBLIC);
	age_identities_release(&identities);
}

Test(ssh, public_line_may_have_a_comment)
{
	struct age_recipient bare, commented;
	struct error err;

	cr_assert(age_recipient_parse(PUBLIC, &bare, &err));
	cr_assert(age_recipient_parse(PUBLIC " me@host\n", &commented, &err));
	cr_assert_eq(bare.kind, AGE_SSH_ED25519);
	cr_assert_arr_eq(bare.key, commented.key, AGE_KEY_SIZE);
	cr_assert(age_recipient_is(&bare, PUBLIC));
}

Test(ssh, what_is_wrapped_to_the_line_opens_with_the_file)
{
	struct age_identities identities = { 0 };
	struct age_recipient recipient;
	struct age_encryption to = { .recipients = &recipient, .count = 1 };
	SCOPED(buf) struct buf file = BUF(10000);
	SCOPED(secret) struct secret plain = { 0 };
	struct error err;

	cr_assert(parse(private, &identities, &err));
	cr_assert(age_recipient_parse(PUBLIC, &recipient, &err));
	cr_assert(age_encrypt(&to, "hello", 5, &file, &err), "%s", err.what);
	cr_assert(strstr(buf_cstring(&file), "-> ssh-ed25519 "));
	cr_assert(age_decrypt(file.data, file.size, &identities, NULL, &plain,
			  &err),
		"%s", err.what);
	cr_assert_arr_eq(secret_bytes(&plain), "hello", 5);
	age_identities_release(&identities);
}

Test(ssh, a_key_that_is_no_point_is_refused)
{
	struct age_recipient recipient = { .kind = AGE_SSH_ED25519,
		.key = { 1 } }; /* the neutral element: of low order */
	struct age_encryption to = { .recipients = &recipient, .count = 1 };
	SCOPED(buf) struct buf file = BUF(10000);
	struct error err = { 0 };

	cr_assert(!age_encrypt(&to, "hello", 5, &file, &err));
	cr_assert_eq(err.status, STATUS_INVALID);
}

Test(ssh, says_which_key_cannot_be_an_identity)
{
	refuse(locked, "passphrase");
	refuse(ecdsa, "not an ssh-ed25519 key");
	refuse("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n", "not OpenSSH's own");
	refuse("-----BEGIN OPENSSH PRIVATE KEY-----\n", "damaged");
}

/* Whatever is hit, it is refused or still the same key: the comment and the
 * two check numbers alone may differ. */
Test(ssh, a_damaged_file_is_never_another_key)
{
	char text[sizeof(private)];

	for (size_t i = 0; i + 1 < sizeof(private); i++) {
		struct age_identities identities = { 0 };
		struct error err = { 0 };

		memcpy(text, private, sizeof(private));
		text[i] = text[i] == 'A' ? 'B' : 'A';
		if (parse(text, &identities, &err))
			cr_assert(age_recipient_is(
				&identities.recipients[0], PUBLIC));
		else
			cr_assert_eq(err.status, STATUS_LOCKED_OUT);
		age_identities_release(&identities);
		memcpy(text, private, sizeof(private));
		text[i] = '\0';
		cr_assert(i + 2 == sizeof(private) ||
				!parse(text, &identities, &err),
			"cut at %zu", i);
	}
}
