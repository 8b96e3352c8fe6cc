/* SPDX-License-Identifier: MIT */
#include "age/header_internal.h"

#include "age/hkdf.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/slice.h"
#include "base/text.h"

#include <sodium.h>
#include <string.h>

#define MAC_COLUMNS 43
#define ARGUMENTS_KEPT 3 /* no native stanza has more */

/* Where parsing stands. */
struct reader {
	const char *bytes;
	size_t size;
	size_t at;
	size_t line; /* number of the line read last, from 1 */
};

/* A stanza before its type is looked at. */
struct raw_stanza {
	struct slice arguments[ARGUMENTS_KEPT];
	size_t argument_count;
	unsigned char body[BASE64_LINE_SIZE]; /* its first line */
	size_t body_size;                     /* of all lines */
};

/* `text` has a place for the line's number. */
#define REFUSE(reader, text, err)                                              \
	error_set((err), STATUS_INVALID, (text), (reader)->line)

static bool read_line(
	struct reader *reader, struct slice *line, struct error *err)
{
	const char *start = reader->bytes + reader->at;
	const char *end = reader->at < reader->size
		? memchr(start, '\n', reader->size - reader->at)
		: NULL;

	reader->line++;
	if (!end)
		return REFUSE(reader,
			reader->size < HEADER_LIMIT
				? _("the age header is cut off in line %zu")
				: _("the age header is larger than 1 MiB: it "
				    "does not end with line %zu"),
			err);
	*line = (struct slice){ start, (size_t)(end - start) };
	reader->at += line->size + 1;
	return true;
}

static bool read_version(struct reader *reader, struct error *err)
{
	struct slice line = { "", 0 };
	bool cut = !read_line(reader, &line, err);

	if (!cut && slice_is(line, HEADER_VERSION))
		return true;
	if (!cut && slice_begins(line, "age-encryption.org/") &&
		memchr(line.at, '\r', line.size) == NULL)
		return error_tell(err, STATUS_INVALID,
			_("the age file's version is not the supported v1"),
			_("a newer aigenv may read it"));
	error_set(err, STATUS_INVALID,
		_("not an age file: it does not begin with the line %s"),
		HEADER_VERSION);
	return error_next(err, _("check that it is the right file"));
}

/* "TYPE ARGUMENT ARGUMENT": visible ASCII, single spaces. */
static bool split_arguments(struct slice rest, struct raw_stanza *raw)
{
	size_t start = 0;

	for (size_t i = 0; i <= rest.size; i++) {
		if (i < rest.size && rest.at[i] != ' ') {
			if (rest.at[i] < 33 || rest.at[i] > 126)
				return false;
			continue;
		}
		if (i == start)
			return false;
		if (raw->argument_count < ARGUMENTS_KEPT)
			raw->arguments[raw->argument_count] =
				(struct slice){ rest.at + start, i - start };
		raw->argument_count++;
		start = i + 1;
	}
	return true;
}

/* Full lines up to the first shorter one, which may be empty. */
static bool read_body(
	struct reader *reader, struct raw_stanza *raw, struct error *err)
{
	struct slice line = { "", 0 };

	do {
		unsigned char bytes[BASE64_LINE_SIZE];
		size_t size;

		if (!read_line(reader, &line, err))
			return false;
		if (line.size > BASE64_COLUMNS)
			return REFUSE(reader,
				_("line %zu of the age header is too long for "
				  "a line of a stanza"),
				err);
		if (!base64_decode_line(
			    BASE64_BARE, line.at, line.size, bytes, &size))
			return REFUSE(reader,
				_("line %zu of the age header is not canonical "
				  "Base64"),
				err);
		if (raw->body_size == 0)
			memcpy(raw->body, bytes, size);
		raw->body_size += size;
	} while (line.size == BASE64_COLUMNS);
	return true;
}

/*
 * Of low order: all of them give the same shared secret, which is no secret.
 * These are all that there are (0, 1, two of order 8, p - 1, p, p + 1), but for
 * the highest bit, which counts nowhere. Compared, since a multiplication for
 * each recipient would be most of what it takes to open a file for many.
 */
static bool is_low_order(const unsigned char share[SHARE_SIZE])
{
	static const unsigned char points[][SHARE_SIZE] = {
		{ 0 },
		{ 1 },
		{ 0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56,
			0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a, 0xda, 0x09, 0x8d,
			0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16,
			0x5f, 0x49, 0xb8, 0x00 },
		{ 0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0,
			0xb1, 0x55, 0x9c, 0x83, 0xef, 0x5b, 0x04, 0x44, 0x5c,
			0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd,
			0xd0, 0x9f, 0x11, 0x57 },
	};
	static const unsigned char field[] = { 0xec, 0xed, 0xee };
	unsigned char plain[SHARE_SIZE];
	unsigned char between = 0xff;

	memcpy(plain, share, sizeof(plain));
	plain[SHARE_SIZE - 1] &= 0x7f;
	for (size_t i = 0; i < ARRAY_SIZE(points); i++)
		if (memcmp(plain, points[i], sizeof(plain)) == 0)
			return true;
	/* p - 1, p and p + 1 differ in their first byte alone. */
	for (size_t i = 1; i + 1 < SHARE_SIZE; i++)
		between &= plain[i];
	return between == 0xff && plain[SHARE_SIZE - 1] == 0x7f &&
		memchr(field, plain[0], sizeof(field));
}

/* Each reads a stanza of its type, which ended in the reader's line. */
static bool fill_x25519(const struct reader *reader,
	const struct raw_stanza *raw, struct stanza *stanza, struct error *err)
{
	if (raw->argument_count != 2)
		return REFUSE(reader,
			_("the X25519 stanza that ends in line %zu of the age "
			  "header must have one share"),
			err);
	if (!base64_decode_exactly(raw->arguments[1].at, raw->arguments[1].size,
		    stanza->share, SHARE_SIZE))
		return REFUSE(reader,
			_("the share of the X25519 stanza that ends in line "
			  "%zu of the age header is not 32 bytes in canonical "
			  "Base64"),
			err);
	return !is_low_order(stanza->share) ||
		REFUSE(reader,
			_("the share of the X25519 stanza that ends in line "
			  "%zu of the age header is of low order"),
			err);
}

static bool fill_ssh(const struct reader *reader, const struct raw_stanza *raw,
	struct stanza *stanza, struct error *err)
{
	if (raw->argument_count != 3 ||
		!base64_decode_exactly(raw->arguments[1].at,
			raw->arguments[1].size, stanza->tag, TAG_SIZE))
		return REFUSE(reader,
			_("the ssh-ed25519 stanza that ends in line %zu of the "
			  "age header must have a tag of 4 bytes and one "
			  "share"),
			err);
	if (!base64_decode_exactly(raw->arguments[2].at, raw->arguments[2].size,
		    stanza->share, SHARE_SIZE) ||
		is_low_order(stanza->share))
		return REFUSE(reader,
			_("the share of the ssh-ed25519 stanza that ends in "
			  "line %zu of the age header is not a public key in "
			  "canonical Base64"),
			err);
	return true;
}

static bool fill_scrypt(const struct reader *reader,
	const struct raw_stanza *raw, struct stanza *stanza, struct error *err)
{
	uint64_t factor;

	if (raw->argument_count != 3)
		return REFUSE(reader,
			_("the scrypt stanza that ends in line %zu of the age "
			  "header must have one salt and one work factor"),
			err);
	if (!base64_decode_exactly(raw->arguments[1].at, raw->arguments[1].size,
		    stanza->salt, SALT_SIZE))
		return REFUSE(reader,
			_("the salt of the scrypt stanza that ends in line %zu "
			  "of the age header is not 16 bytes in canonical "
			  "Base64"),
			err);
	if (!number_parse(raw->arguments[2].at, raw->arguments[2].size, 1,
		    WORK_FACTOR_LIMIT, &factor))
		return REFUSE(reader,
			_("the work factor of the scrypt stanza that ends in "
			  "line %zu of the age header is not a number from 1 "
			  "to 22"),
			err);
	stanza->work_factor = (unsigned)factor;
	return true;
}

static const struct {
	const char *name;
	enum stanza_kind kind;
	bool (*fill)(const struct reader *reader, const struct raw_stanza *raw,
		struct stanza *stanza, struct error *err);
} types[] = {
	{ "X25519", STANZA_X25519, fill_x25519 },
	{ "ssh-ed25519", STANZA_SSH_ED25519, fill_ssh },
	{ "scrypt", STANZA_SCRYPT, fill_scrypt },
};

static bool fill_stanza(const struct reader *reader,
	const struct raw_stanza *raw, struct stanza *stanza, struct error *err)
{
	const struct slice *name = &raw->arguments[0];

	for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
		if (!text_is(name->at, name->size, types[i].name))
			continue;
		if (!types[i].fill(reader, raw, stanza, err))
			return false;
		/* Also against partitioning oracles: age.md asks for it. */
		if (raw->body_size != WRAPPED_SIZE)
			return REFUSE(reader,
				_("the file key in the stanza that ends in "
				  "line %zu of the age header is not 16 bytes"),
				err);
		stanza->kind = types[i].kind;
		memcpy(stanza->wrapped, raw->body, WRAPPED_SIZE);
	}
	return true;
}

static bool read_stanza(struct reader *reader, struct slice line,
	struct header *header, struct error *err)
{
	struct raw_stanza raw = { 0 };
	struct stanza stanza = { .kind = STANZA_OTHER };
	struct slice rest = { line.at + 3, line.size - 3 };

	if (header->count == HEADER_STANZAS_LIMIT)
		return REFUSE(reader,
			_("line %zu of the age header begins a stanza too "
			  "many"),
			err);
	if (!split_arguments(rest, &raw))
		return REFUSE(reader,
			_("line %zu of the age header has malformed arguments"),
			err);
	if (!read_body(reader, &raw, err) ||
		!fill_stanza(reader, &raw, &stanza, err))
		return false;
	MEMORY_PUSH(header->stanzas, header->count, stanza);
	return true;
}

static bool read_mac(struct reader *reader, struct slice line,
	struct header *header, struct error *err)
{
	if (line.size != 4 + MAC_COLUMNS ||
		!base64_decode_exactly(
			line.at + 4, MAC_COLUMNS, header->mac, HEADER_MAC_SIZE))
		return REFUSE(reader,
			_("the MAC in line %zu of the age header is malformed"),
			err);
	header->size = reader->at;
	header->covered = (size_t)(line.at - header->bytes) + 3;
	return true;
}

/* A passphrase that shares its file with others proves nothing to its owner. */
static bool scrypt_is_alone(const struct header *header, struct error *err)
{
	if (header_scrypt(header) && header->count > 1)
		return error_set(err, STATUS_INVALID,
			_("the age header has an scrypt stanza beside others"));
	return true;
}

static bool read_header(
	struct reader *reader, struct header *header, struct error *err)
{
	struct slice line = { "", 0 };

	if (!read_version(reader, err) || !read_line(reader, &line, err))
		return false;
	while (slice_begins(line, "-> "))
		if (!read_stanza(reader, line, header, err) ||
			!read_line(reader, &line, err))
			return false;
	if (header->count == 0)
		return REFUSE(reader,
			_("line %zu of the age header is not a stanza"), err);
	if (!slice_begins(line, "--- "))
		return REFUSE(reader,
			_("line %zu of the age header is neither a stanza nor "
			  "the MAC"),
			err);
	return read_mac(reader, line, header, err) &&
		scrypt_is_alone(header, err);
}

bool header_parse(const char *bytes, size_t size, struct header *header,
	struct error *err)
{
	SCOPED(header) struct header parsed = { .bytes = bytes };
	struct reader reader = { .bytes = bytes,
		.size = size < HEADER_LIMIT ? size : HEADER_LIMIT };

	if (!read_header(&reader, &parsed, err))
		return false;
	*header = parsed;
	parsed = (struct header){ 0 };
	return true;
}

void header_release(struct header *header)
{
	memory_free(header->stanzas, header->count * sizeof(*header->stanzas));
	*header = (struct header){ 0 };
}

const struct stanza *header_scrypt(const struct header *header)
{
	for (size_t i = 0; i < header->count; i++)
		if (header->stanzas[i].kind == STANZA_SCRYPT)
			return &header->stanzas[i];
	return NULL;
}

static void compute_mac(const struct file_key *key, const char *bytes,
	size_t size, unsigned char mac[HEADER_MAC_SIZE])
{
	SCOPED(key) struct key mac_key;

	hkdf_sha256(&(struct hkdf){ .key = key->bytes,
			    .key_size = FILE_KEY_SIZE,
			    .info = "header",
			    .info_size = strlen("header") },
		mac_key.bytes);
	crypto_auth_hmacsha256(
		mac, (const unsigned char *)bytes, size, mac_key.bytes);
}

bool header_is_authentic(
	const struct header *header, const struct file_key *key)
{
	unsigned char mac[HEADER_MAC_SIZE];

	compute_mac(key, header->bytes, header->covered, mac);
	return crypto_verify_32(mac, header->mac) == 0;
}

static void write_argument(
	const unsigned char *bytes, size_t size, struct buf *out)
{
	buf_byte(out, ' ');
	base64_encode_line(BASE64_BARE, bytes, size, out);
}

void header_write_stanza(const struct stanza *stanza, struct buf *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(types); i++)
		if (types[i].kind == stanza->kind)
			buf_printf(out, "-> %s", types[i].name);
	if (stanza->kind == STANZA_SSH_ED25519)
		write_argument(stanza->tag, TAG_SIZE, out);
	if (stanza->kind == STANZA_SCRYPT) {
		write_argument(stanza->salt, SALT_SIZE, out);
		buf_printf(out, " %u", stanza->work_factor);
	} else {
		write_argument(stanza->share, SHARE_SIZE, out);
	}
	buf_byte(out, '\n');
	base64_encode_line(BASE64_BARE, stanza->wrapped, WRAPPED_SIZE, out);
	buf_byte(out, '\n');
}

void header_write_mac(const struct file_key *key, struct buf *out)
{
	unsigned char mac[HEADER_MAC_SIZE];

	buf_text(out, "---");
	compute_mac(key, out->data, out->size, mac);
	buf_byte(out, ' ');
	base64_encode_line(BASE64_BARE, mac, sizeof(mac), out);
	buf_byte(out, '\n');
}
