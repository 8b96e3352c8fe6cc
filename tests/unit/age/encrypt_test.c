/* SPDX-License-Identifier: MIT */
#include "age/age.h"

#include "base/memory.h"

#include <criterion/criterion.h>
#include <sodium.h>
#include <string.h>

#define PEOPLE 3
#define CHUNK (64u << 10)

static struct age_identities people;
static struct age_recipient recipients[PEOPLE];

static void start(void)
{
	cr_assert_geq(sodium_init(), 0);
	for (size_t i = 0; i < PEOPLE; i++) {
		age_identities_generate(&people);
		age_identity_recipient(&people, i, &recipients[i]);
	}
}

static void end(void)
{
	age_identities_release(&people);
}

TestSuite(encrypt, .init = start, .fini = end);

/* Person `index` alone. */
static struct age_identities only(size_t index)
{
	struct age_identities one = { .count = 1,
		.recipients = { recipients[index] } };

	secret_copy(&one.keys,
		secret_bytes(&people.keys) + index * AGE_KEY_SIZE,
		AGE_KEY_SIZE);
	return one;
}

static void round_trip(size_t size, bool armor)
{
	SCOPED(buf) struct buf file = BUF(1u << 20);
	SCOPED(secret) struct secret plain = { 0 };
	struct age_encryption to = {
		.recipients = recipients, .count = PEOPLE, .armor = armor
	};
	struct error err = { 0 };
	size_t stanzas = 0;
	unsigned char *bytes = memory_new(size + 1);

	randombytes_buf(bytes, size);
	cr_assert(age_encrypt(&to, bytes, size, &file, &err), "%s", err.what);
	cr_assert(age_is_encrypted(file.data, file.size));
	cr_assert(age_count_stanzas(file.data, file.size, &stanzas, &err));
	cr_assert_eq(stanzas, PEOPLE);
	for (size_t i = 0; i < PEOPLE; i++) {
		struct age_identities one = only(i);

		cr_assert(age_decrypt(file.data, file.size, &one, NULL, &plain,
				  &err),
			"%s", err.what);
		cr_assert_eq(plain.size, size);
		cr_assert_arr_eq(secret_bytes(&plain), bytes, size);
		secret_release(&plain);
		age_identities_release(&one);
	}
	memory_free(bytes, size + 1);
}

Test(encrypt, every_recipient_opens_it_at_every_size)
{
	static const size_t sizes[] = { 0, 1, 32, CHUNK - 1, CHUNK, CHUNK + 1,
		2 * CHUNK, 2 * CHUNK + 5 };

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		round_trip(sizes[i], false);
		round_trip(sizes[i], true);
	}
}

Test(encrypt, nobody_else_opens_it)
{
	SCOPED(buf) struct buf file = BUF(1000);
	SCOPED(secret) struct secret plain = { 0 };
	struct age_identities other = only(2);
	struct age_encryption to = { .recipients = recipients, .count = 2 };
	struct error err = { 0 };

	cr_assert(age_encrypt(&to, "secret", 6, &file, &err));
	cr_assert(
		!age_decrypt(file.data, file.size, &other, NULL, &plain, &err));
	cr_assert_eq(err.status, STATUS_LOCKED_OUT);
	cr_assert_null(secret_bytes(&plain));
	age_identities_release(&other);
}

Test(encrypt, two_files_of_the_same_text_have_nothing_in_common)
{
	SCOPED(buf) struct buf one = BUF(1000);
	SCOPED(buf) struct buf two = BUF(1000);
	struct age_encryption to = { .recipients = recipients, .count = 1 };
	struct error err = { 0 };

	cr_assert(age_encrypt(&to, "secret", 6, &one, &err));
	cr_assert(age_encrypt(&to, "secret", 6, &two, &err));
	cr_assert_eq(one.size, two.size);
	cr_assert(memcmp(one.data + 40, two.data + 40, 40) != 0);
	cr_assert(memcmp(one.data + one.size - 22, two.data + two.size - 22,
			  22) != 0);
}

Test(encrypt, no_changed_byte_passes_and_no_cut_one)
{
	SCOPED(buf) struct buf file = BUF(1000);
	struct age_encryption to = { .recipients = recipients, .count = 1 };
	struct age_identities one = only(0);
	struct error err = { 0 };

	cr_assert(age_encrypt(&to, "secret", 6, &file, &err));
	for (size_t i = 0; i < file.size; i++) {
		SCOPED(secret) struct secret plain = { 0 };

		file.data[i] ^= 1;
		cr_assert(!age_decrypt(file.data, file.size, &one, NULL, &plain,
				  &err),
			"byte %zu", i);
		file.data[i] ^= 1;
		cr_assert(!age_decrypt(file.data, i, &one, NULL, &plain, &err),
			"cut at %zu", i);
		cr_assert_null(secret_bytes(&plain));
	}
	age_identities_release(&one);
}

Test(encrypt, a_passphrase_opens_what_it_locked)
{
	SCOPED(buf) struct buf file = BUF(1000);
	SCOPED(secret)
	struct secret right = { 0 }, wrong = { 0 }, plain = { 0 };
	struct error err = { 0 };

	secret_copy(&right, "correct horse", 13);
	secret_copy(&wrong, "correct house", 13);
	struct age_encryption to = { .passphrase = &right, .work_factor = 4 };
	cr_assert(age_encrypt(&to, "secret", 6, &file, &err));
	cr_assert(strstr(file.data, " 4\n"));
	cr_assert(
		age_decrypt(file.data, file.size, NULL, &right, &plain, &err));
	cr_assert_str_eq(secret_reveal(&plain), "secret");
	cr_assert(!age_decrypt(
		file.data, file.size, &people, &wrong, &plain, &err));
	cr_assert_eq(err.status, STATUS_LOCKED_OUT);
	cr_assert(!age_decrypt(
		file.data, file.size, &people, NULL, &plain, &err));
	cr_assert_eq(err.status, STATUS_LOCKED_OUT);
}

Test(encrypt, a_passphrase_costs_scrypt_factor_18)
{
	SCOPED(buf) struct buf file = BUF(1000);
	SCOPED(secret) struct secret passphrase = { 0 };
	struct error err = { 0 };

	secret_copy(&passphrase, "x", 1);
	struct age_encryption to = { .passphrase = &passphrase };
	cr_assert(age_encrypt(&to, "", 0, &file, &err), "%s", err.what);
	cr_assert(strstr(file.data, " 18\n"));
}

Test(encrypt, refuses_what_nobody_could_rely_on)
{
	static const struct age_recipient low_order = { .kind = AGE_X25519 };
	SCOPED(buf) struct buf file = BUF(1000);
	SCOPED(buf) struct buf small = BUF(100);
	SCOPED(secret) struct secret passphrase = { 0 };
	struct age_encryption to = { .recipients = &low_order, .count = 1 };
	struct error err = { 0 };

	secret_copy(&passphrase, "x", 1);
	cr_assert(!age_encrypt(&to, "x", 1, &file, &err));
	cr_assert_eq(err.status, STATUS_INVALID);
	to = (struct age_encryption){ 0 };
	cr_assert(!age_encrypt(&to, "x", 1, &file, &err));
	to = (struct age_encryption){
		.recipients = recipients, .count = 1, .passphrase = &passphrase
	};
	cr_assert(!age_encrypt(&to, "x", 1, &file, &err));
	cr_assert_eq(file.size, 0);
	to.passphrase = NULL;
	cr_assert(!age_encrypt(&to, "x", 1, &small, &err));
	cr_assert_eq(err.status, STATUS_INVALID);
}

Test(encrypt, an_age_file_is_told_from_others)
{
	static const char *const age[] = { "age-encryption.org/v1\n",
		"\n\r\n -----BEGIN AGE ENCRYPTED FILE-----\n" };
	static const char *const other[] = { "", "age-encryption",
		"-----BEGIN OPENSSH PRIVATE KEY-----\n",
		"AGE-SECRET-KEY-1QQQ\n" };

	for (size_t i = 0; i < ARRAY_SIZE(age); i++)
		cr_assert(age_is_encrypted(age[i], strlen(age[i])));
	for (size_t i = 0; i < ARRAY_SIZE(other); i++)
		cr_assert(!age_is_encrypted(other[i], strlen(other[i])));
}
