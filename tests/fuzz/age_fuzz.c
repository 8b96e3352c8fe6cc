/* SPDX-License-Identifier: MIT */
/*
 * age files, armored or not, identity files and recipients. Published vectors
 * are the corpus: their head, up to the empty line, is skipped.
 */
#include "fuzz.h"

#include "age/age.h"
#include "base/memory.h"

#include <sodium.h>
#include <string.h>

/* The identity that most vectors are for. */
static const char key[] = "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDK"
			  "WYKLMGR48UAWX40Q2P2LM0";

/* And one of a host; corpus/age/ssh-file is for it. */
static const char ssh_key[] = "-----BEGIN OPENSSH PRIVATE KEY-----\n"
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

static void skip_head(const char **bytes, size_t *size)
{
	static const char head[] = "expect: ";

	if (*size < strlen(head) || memcmp(*bytes, head, strlen(head)) != 0)
		return;
	for (size_t i = 0; i + 1 < *size; i++) {
		if ((*bytes)[i] != '\n' || (*bytes)[i + 1] != '\n')
			continue;
		*bytes += i + 2;
		*size -= i + 2;
		return;
	}
}

static void check_file(const char *bytes, size_t size)
{
	static struct age_identities identities;
	SCOPED(secret) struct secret plain = { 0 };
	struct error err = { 0 };
	size_t count = 0;

	if (!identities.count)
		FUZZ_CHECK(age_identities_parse(key, strlen(key), "key",
				   &identities, &err) &&
			age_identities_parse(ssh_key, strlen(ssh_key), "ssh",
				&identities, &err));
	bool well_formed = age_count_stanzas(bytes, size, &count, &err);
	bool opened = age_decrypt(bytes, size, &identities, NULL, &plain, &err);

	FUZZ_CHECK(!well_formed || count > 0);
	FUZZ_CHECK(!opened || (well_formed && age_is_encrypted(bytes, size)));
	FUZZ_CHECK(opened == (secret_bytes(&plain) != NULL));
	FUZZ_CHECK(opened || err.status == STATUS_INVALID ||
		err.status == STATUS_LOCKED_OUT);
	FUZZ_CHECK(well_formed || err.status == STATUS_INVALID);
}

static void check_identities(const char *bytes, size_t size)
{
	struct age_identities parsed = { 0 }, again = { 0 };
	SCOPED(buf) struct buf text = BUF(1u << 20);
	struct error err = { 0 };

	if (!age_identities_parse(bytes, size, "fuzz", &parsed, &err)) {
		FUZZ_CHECK(err.status == STATUS_LOCKED_OUT && !parsed.count);
		return;
	}
	if (parsed.recipients[0].kind == AGE_SSH_ED25519) {
		age_identities_release(&parsed);
		return;
	}
	for (size_t i = 0; i < parsed.count; i++) {
		age_identity_format(&parsed, i, &text);
		buf_byte(&text, '\n');
	}
	FUZZ_CHECK(age_identities_parse(
		text.data, text.size, "again", &again, &err));
	FUZZ_CHECK(secret_equal(&parsed.keys, &again.keys));
	age_identities_release(&parsed);
	age_identities_release(&again);
}

static void check_recipient(const char *bytes, size_t size)
{
	char *text = memory_copy(bytes, size);
	char formatted[AGE_RECIPIENT_SIZE];
	struct age_recipient recipient, again;
	struct error err = { 0 };

	if (age_recipient_parse(text, &recipient, &err)) {
		age_recipient_format(&recipient, formatted);
		FUZZ_CHECK(age_recipient_parse(formatted, &again, &err));
		FUZZ_CHECK(memcmp(recipient.key, again.key, AGE_KEY_SIZE) == 0);
		FUZZ_CHECK(recipient.kind == again.kind);
	}
	memory_free(text, size);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
	const char *bytes = (const char *)input;

	FUZZ_CHECK(sodium_init() >= 0);
	skip_head(&bytes, &size);
	check_file(bytes, size);
	check_identities(bytes, size);
	check_recipient(bytes, size);
	return 0;
}
