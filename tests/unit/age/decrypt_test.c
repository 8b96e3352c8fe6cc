/* SPDX-License-Identifier: MIT */
/*
 * The published vectors, and what they leave out.
 */
#include "age/age.h"
#include "base/text.h"
#include "os/directory.h"
#include "os/file.h"
#include "os/process.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VECTORS "tests/vectors/age/testdata"
#define VECTORS_COUNT 62
#define VECTOR_LIMIT (20u << 20)

static void start(void)
{
	cr_assert_geq(sodium_init(), 0);
}

TestSuite(decrypt, .init = start);

static const struct {
	const char *word;
	enum status status;
} expectations[] = {
	{ "success", STATUS_OK },
	{ "no match", STATUS_LOCKED_OUT },
	{ "HMAC failure", STATUS_LOCKED_OUT },
	{ "payload failure", STATUS_LOCKED_OUT },
	{ "header failure", STATUS_INVALID },
	{ "armor failure", STATUS_INVALID },
};

struct vector {
	enum status expected;
	char payload[65]; /* SHA-256 in hex, or "" */
	struct age_identities identities;
	struct secret passphrase;
	bool compressed;
	const char *file; /* in the buf that was read */
	size_t file_size;
};

static bool value_of(const char *line, const char *key, const char **value)
{
	size_t length = strlen(key);

	*value = line + length + 2;
	return strncmp(line, key, length) == 0 &&
		strncmp(line + length, ": ", 2) == 0;
}

static enum status expected_status(const char *word)
{
	for (size_t i = 0; i < ARRAY_SIZE(expectations); i++)
		if (text_equal(word, expectations[i].word))
			return expectations[i].status;
	cr_assert_fail("the vector expects \"%s\"", word);
	return STATUS_OK;
}

static void take_line(const char *line, struct vector *vector)
{
	struct error err;
	const char *value;

	if (value_of(line, "expect", &value))
		vector->expected = expected_status(value);
	else if (value_of(line, "payload", &value))
		strncpy(vector->payload, value, 64);
	else if (value_of(line, "identity", &value))
		cr_assert(age_identities_parse(value, strlen(value), "vector",
			&vector->identities, &err));
	else if (value_of(line, "passphrase", &value) &&
		!vector->passphrase.size)
		secret_copy(&vector->passphrase, value, strlen(value));
	else if (value_of(line, "compressed", &value))
		vector->compressed = true;
}

/* Splits the vector's head off, cutting its lines in place. */
static void take_head(struct buf *text, struct vector *vector)
{
	char *at = text->data;

	while (*at != '\n') {
		char *end = strchr(at, '\n');
		cr_assert_not_null(end);
		*end = '\0';
		take_line(at, vector);
		at = end + 1;
	}
	vector->file = at + 1;
	vector->file_size = text->size - (size_t)(vector->file - text->data);
}

static void inflate(const char *path, struct buf *out)
{
	static const char script[] = "import sys,zlib;"
				     "d=open(sys.argv[1],'rb').read();"
				     "sys.stdout.buffer.write(zlib.decompress("
				     "d[d.index(b'\\n\\n')+2:]))";
	const char *argv[] = { "python3", "-c", script, path, NULL };
	struct process process = {
		.argv = argv, .timeout_ms = 30000, .output = out
	};
	struct process_result result;
	struct error err;

	cr_assert(process_run(&process, &result, &err), "%s", err.what);
	cr_assert(result.exited && result.exit_code == 0);
}

static void check_plain(const char *name, const struct vector *vector,
	const struct secret *plain)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char hex[2 * sizeof(hash) + 1];

	crypto_hash_sha256(hash, secret_bytes(plain), plain->size);
	sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
	cr_expect_str_eq(hex, vector->payload, "%s: another plaintext", name);
}

static void run_vector(const char *path, const char *name)
{
	SCOPED(buf) struct buf text = BUF(VECTOR_LIMIT);
	SCOPED(buf) struct buf inflated = BUF(VECTOR_LIMIT);
	SCOPED(secret) struct secret plain = { 0 };
	struct vector vector = { 0 };
	struct error err = { 0 };

	cr_assert(file_read(path, &text, NULL, &err), "%s", err.what);
	take_head(&text, &vector);
	if (vector.compressed) {
		inflate(path, &inflated);
		vector.file = buf_cstring(&inflated);
		vector.file_size = inflated.size;
	}
	bool opened = age_decrypt(vector.file, vector.file_size,
		vector.identities.count ? &vector.identities : NULL,
		vector.passphrase.size ? &vector.passphrase : NULL, &plain,
		&err);
	enum status got = opened ? STATUS_OK : err.status;

	cr_expect_eq(got, vector.expected, "%s: expected %d, got %d: %s", name,
		(int)vector.expected, (int)got, err.what);
	if (opened)
		check_plain(name, &vector, &plain);
	else
		cr_expect(
			secret_bytes(&plain) == NULL && *err.what, "%s", name);
	age_identities_release(&vector.identities);
	secret_release(&vector.passphrase);
}

/* More than 256 chunks, and 16 MiB. */
#define LARGE_VECTOR "stream_257_chunks"

static int run_vectors(bool large)
{
	char *folder = path_join(getenv("AIGENV_TEST_SOURCE"), VECTORS);
	DIR *directory = opendir(folder);
	int count = 0;

	cr_assert_not_null(directory, "%s", folder);
	for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
		if (entry->d_name[0] == '.' ||
			(strcmp(entry->d_name, LARGE_VECTOR) == 0) != large)
			continue;
		char *path = path_join(folder, entry->d_name);
		run_vector(path, entry->d_name);
		free(path);
		count++;
	}
	closedir(directory);
	free(folder);
	return count;
}

Test(decrypt, gives_the_published_answer_to_every_vector, .timeout = 120)
{
	cr_assert_eq(run_vectors(false), VECTORS_COUNT - 1);
}

Test(decrypt, gives_the_published_answer_to_megabytes, .timeout = 120)
{
	cr_assert_eq(run_vectors(true), 1);
}

/* The header of `x25519` with one thing changed each; the MAC never matters. */
#define VERSION "age-encryption.org/v1\n"
#define SHARE "TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCc"
#define BODY "hjabGXwSLQ9c3S6Lw2i+S2Tu2fiwQHHslbBN6B41FLE\n"
#define STANZA "-> X25519 " SHARE "\n" BODY
#define MAC_TEXT "WyJp9F/9FOZh7gJdheq2WIJcwHgYc8NIVh3ddwhrcNg"
#define MAC "--- " MAC_TEXT "\n"
#define SALT "rF0/NwblUHHTpgQgRpe5CQ"
#define COLUMNS_64                                                             \
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define IDENTITY                                                               \
	"AGE-SECRET-KEY-"                                                      \
	"1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2"               \
	"P2LM0"

static enum status outcome(const char *file, struct error *err)
{
	struct age_identities identities = { 0 };
	SCOPED(secret) struct secret passphrase = { 0 };
	SCOPED(secret) struct secret plain = { 0 };

	cr_assert(age_identities_parse(
		IDENTITY, strlen(IDENTITY), "test", &identities, err));
	secret_copy(&passphrase, "password", strlen("password"));
	bool opened = age_decrypt(
		file, strlen(file), &identities, &passphrase, &plain, err);
	age_identities_release(&identities);
	return opened ? STATUS_OK : err->status;
}

static void expect(enum status status, const char *file)
{
	struct error err = { 0 };
	enum status got = outcome(file, &err);

	cr_expect_eq(
		got, status, "got %d, %s for\n%s", (int)got, err.what, file);
}

Test(decrypt, a_header_has_the_form_of_the_specification)
{
	/* Good, but with no payload: what comes after the header fails. */
	expect(STATUS_INVALID, VERSION STANZA MAC);
	expect(STATUS_LOCKED_OUT, VERSION STANZA MAC "0123456789abcdef");
	expect(STATUS_INVALID, "");
	expect(STATUS_INVALID, VERSION);
	expect(STATUS_INVALID, "age-encryption.org/v2\n" STANZA MAC);
	expect(STATUS_INVALID, "age-encryption.org/v1");
	expect(STATUS_INVALID, " " VERSION STANZA MAC);
	expect(STATUS_INVALID, "age-encryption.org/v1 \n" STANZA MAC);
	expect(STATUS_INVALID, VERSION MAC);
	expect(STATUS_INVALID, VERSION STANZA);
	expect(STATUS_INVALID, VERSION "\n" STANZA MAC);
	expect(STATUS_INVALID, VERSION STANZA "\n" MAC);
	expect(STATUS_INVALID, VERSION "--> X25519 " SHARE "\n" BODY MAC);
	expect(STATUS_INVALID, VERSION "->X25519 " SHARE "\n" BODY MAC);
}

/* Whatever else is in it, a file with a good stanza but our MAC changed. */
#define SKIPPED(stanza) VERSION stanza STANZA MAC "0123456789abcdef"

Test(decrypt, stanzas_of_other_types_are_skipped_if_well_formed)
{
	expect(STATUS_LOCKED_OUT, SKIPPED("-> grease\n\n"));
	expect(STATUS_LOCKED_OUT,
		SKIPPED("-> !\"#~ arguments of a kind\nAA\n"));
	expect(STATUS_LOCKED_OUT, SKIPPED("-> full\n" COLUMNS_64 "\n\n"));
	expect(STATUS_LOCKED_OUT,
		SKIPPED("-> full\n" COLUMNS_64 "\n" COLUMNS_64 "\nAA\n"));
	expect(STATUS_LOCKED_OUT, SKIPPED("-> x25519 " SHARE "\n" BODY));
	expect(STATUS_LOCKED_OUT, SKIPPED("-> Scrypt " SALT " 10\n" BODY));
	expect(STATUS_LOCKED_OUT, SKIPPED("-> X25519-like\n\n"));

	expect(STATUS_INVALID, SKIPPED("-> \n\n"));
	expect(STATUS_INVALID, SKIPPED("->\n\n"));
	expect(STATUS_INVALID, SKIPPED("->  grease\n\n"));
	expect(STATUS_INVALID, SKIPPED("-> grease \n\n"));
	expect(STATUS_INVALID, SKIPPED("-> grease  two\n\n"));
	expect(STATUS_INVALID, SKIPPED("-> grease\ttab\n\n"));
	expect(STATUS_INVALID, SKIPPED("-> grease\x7f\n\n"));
	expect(STATUS_INVALID,
		SKIPPED("-> gr\xc3\xa9"
			"ase\n\n"));
	expect(STATUS_INVALID, SKIPPED("-> grease\r\n\n"));
	expect(STATUS_INVALID, SKIPPED("-> grease\n"));
	expect(STATUS_INVALID, SKIPPED("-> grease\nAA\nAA\n"));
	expect(STATUS_INVALID, SKIPPED("-> grease\nAA==\n"));
	expect(STATUS_INVALID, SKIPPED("-> grease\nAB\n"));
	expect(STATUS_INVALID, SKIPPED("-> grease\nA\n"));
	expect(STATUS_INVALID, SKIPPED("-> grease\nAA\r\n"));
	expect(STATUS_INVALID, SKIPPED("-> grease\n" COLUMNS_64 "\n"));
	expect(STATUS_INVALID, SKIPPED("-> grease\n" COLUMNS_64 "AAAA\n\n"));
}

Test(decrypt, an_x25519_stanza_is_checked_whoever_it_is_for)
{
	static const char zeros[] =
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
	char file[1000];

	expect(STATUS_INVALID, SKIPPED("-> X25519\n" BODY));
	expect(STATUS_INVALID, SKIPPED("-> X25519 " SHARE " x\n" BODY));
	expect(STATUS_INVALID, SKIPPED("-> X25519 " SHARE "AAAA\n" BODY));
	expect(STATUS_INVALID, SKIPPED("-> X25519 " SHARE "=\n" BODY));
	expect(STATUS_INVALID, SKIPPED("-> X25519 TEiF\n" BODY));
	expect(STATUS_INVALID,
		SKIPPED("-> X25519 "
			"TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCd\n" BODY));
	expect(STATUS_INVALID, SKIPPED("-> X25519 " SHARE "\n\n"));
	expect(STATUS_INVALID,
		SKIPPED("-> X25519 " SHARE "\n" COLUMNS_64 "\n" BODY));
	(void)snprintf(
		file, sizeof(file), SKIPPED("-> X25519 %s\n" BODY), zeros);
	expect(STATUS_INVALID, file);
}

#define SCRYPT(arguments)                                                      \
	VERSION "-> scrypt" arguments "\n" BODY MAC "0123456789abcdef"

Test(decrypt, an_scrypt_stanza_is_exact_and_alone)
{
	expect(STATUS_LOCKED_OUT, SCRYPT(" " SALT " 1"));
	expect(STATUS_LOCKED_OUT, SCRYPT(" " SALT " 10"));
	expect(STATUS_INVALID, SCRYPT(" " SALT " 23"));
	expect(STATUS_INVALID, SCRYPT(" " SALT " 64"));
	expect(STATUS_INVALID, SCRYPT(" " SALT " 0"));
	expect(STATUS_INVALID, SCRYPT(" " SALT " 010"));
	expect(STATUS_INVALID, SCRYPT(" " SALT " +10"));
	expect(STATUS_INVALID, SCRYPT(" " SALT " -10"));
	expect(STATUS_INVALID, SCRYPT(" " SALT " 0xa"));
	expect(STATUS_INVALID, SCRYPT(" " SALT " 10a"));
	expect(STATUS_INVALID, SCRYPT(" " SALT " 10.0"));
	expect(STATUS_INVALID, SCRYPT(" " SALT " 18446744073709551626"));
	expect(STATUS_INVALID, SCRYPT(" " SALT));
	expect(STATUS_INVALID, SCRYPT(""));
	expect(STATUS_INVALID, SCRYPT(" 10"));
	expect(STATUS_INVALID, SCRYPT(" " SALT " 10 10"));
	expect(STATUS_INVALID, SCRYPT(" " SALT "AAAA 10"));
	expect(STATUS_INVALID, SCRYPT(" rF0/NwblUHHTpgQgRpe5CR 10"));
	expect(STATUS_INVALID, SKIPPED("-> scrypt " SALT " 10\n" BODY));
	expect(STATUS_INVALID,
		VERSION "-> scrypt " SALT " 10\n" BODY "-> scrypt " SALT
			" 10\n" BODY MAC "0123456789abcdef");
	expect(STATUS_INVALID,
		VERSION "-> scrypt " SALT " 10\n" BODY "-> grease\n\n" MAC
			"0123456789abcdef");
}

Test(decrypt, the_mac_line_is_exact)
{
	expect(STATUS_INVALID, VERSION STANZA "---\n");
	expect(STATUS_INVALID, VERSION STANZA "--- \n");
	expect(STATUS_INVALID, VERSION STANZA "---" MAC_TEXT "\n");
	expect(STATUS_INVALID, VERSION STANZA "---  " MAC_TEXT "\n");
	expect(STATUS_INVALID, VERSION STANZA "--- " MAC_TEXT " \n");
	expect(STATUS_INVALID, VERSION STANZA "--- " MAC_TEXT "=\n");
	expect(STATUS_INVALID, VERSION STANZA "--- " MAC_TEXT "\r\n");
	expect(STATUS_INVALID, VERSION STANZA "--- " MAC_TEXT);
	expect(STATUS_INVALID, VERSION STANZA "--- " MAC_TEXT "AAAA\n");
	expect(STATUS_INVALID,
		VERSION STANZA
		"--- WyJp9F/9FOZh7gJdheq2WIJcwHgYc8NIVh3ddwhrcNh\n");
	expect(STATUS_INVALID, VERSION STANZA "--- WyJp9F/9FOZh7gJdheq2\n");
}

Test(decrypt, says_what_was_needed_and_not_given)
{
	SCOPED(secret) struct secret plain = { 0 };
	struct error err = { 0 };
	const char *file = VERSION STANZA MAC "0123456789abcdef";
	const char *locked = SCRYPT(" " SALT " 10");

	cr_assert(!age_decrypt(file, strlen(file), NULL, NULL, &plain, &err));
	cr_assert_eq(err.status, STATUS_LOCKED_OUT);
	cr_assert(strstr(err.what, "no identity"));
	cr_assert(
		!age_decrypt(locked, strlen(locked), NULL, NULL, &plain, &err));
	cr_assert_eq(err.status, STATUS_LOCKED_OUT);
	cr_assert(strstr(err.what, "passphrase"));
}

Test(decrypt, a_huge_header_is_refused_soon)
{
	SCOPED(buf) struct buf file = BUF(3u << 20);
	SCOPED(secret) struct secret plain = { 0 };
	struct error err = { 0 };

	buf_text(&file, VERSION);
	for (int i = 0; i < 1025; i++)
		buf_text(&file, "-> grease\n\n");
	cr_assert(!age_decrypt(file.data, file.size, NULL, NULL, &plain, &err));
	cr_assert_eq(err.status, STATUS_INVALID);
	buf_clear(&file);
	buf_text(&file, VERSION "-> ");
	while (file.size < (2u << 20))
		buf_byte(&file, 'a');
	cr_assert(!age_decrypt(file.data, file.size, NULL, NULL, &plain, &err));
	cr_assert_eq(err.status, STATUS_INVALID);
}

/* The table of the header's reader against libsodium's own. */
Test(decrypt, a_share_is_refused_where_libsodium_refuses_it)
{
	static const char *const points[] = {
		"0000000000000000000000000000000000000000000000000000000000000"
		"000",
		"0100000000000000000000000000000000000000000000000000000000000"
		"000",
		"e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b"
		"800",
		"5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1"
		"157",
		"ecfffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		"f7f",
		"edfffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		"f7f",
		"eefffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		"f7f",
		"effffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		"f7f",
		"0200000000000000000000000000000000000000000000000000000000000"
		"000",
		"0900000000000000000000000000000000000000000000000000000000000"
		"000",
	};

	for (size_t i = 0; i < 2 * ARRAY_SIZE(points); i++) {
		static const unsigned char any[32] = { 8 };
		unsigned char share[32], shared[32];
		char text[44], file[512];
		size_t count = 0;
		struct error err;

		cr_assert_eq(sodium_hex2bin(share, 32, points[i / 2], 64, NULL,
				     NULL, NULL),
			0);
		share[31] = (unsigned char)(share[31] | (i % 2 ? 0x80 : 0));
		sodium_bin2base64(text, sizeof(text), share, 32,
			sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
		(void)snprintf(file, sizeof(file),
			"age-encryption.org/v1\n-> X25519 %s\n%.43s\n"
			"--- %.43s\n",
			text, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
			"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
		cr_expect_eq(
			age_count_stanzas(file, strlen(file), &count, &err),
			crypto_scalarmult(shared, any, share) == 0, "%s",
			points[i / 2]);
	}
}
