/* SPDX-License-Identifier: MIT */
#include "age/ssh_internal.h"

#include "base/i18n.h"
#include "base/slice.h"
#include "base/text.h"

#include <sodium.h>
#include <string.h>

#define TYPE "ssh-ed25519"
#define BASE64_SIZE 68 /* of the wire form, which needs no padding */
#define PRIVATE_SIZE                                                           \
	crypto_sign_SECRETKEYBYTES /* the seed and the public key */

/* Lengths stand in front as 32 bits, most significant byte first. */
static const unsigned char wire_head[SSH_WIRE_SIZE - AGE_KEY_SIZE] =
	"\0\0\0\x0b" TYPE "\0\0\0\x20";

void ssh_wire(const struct age_recipient *recipient,
	unsigned char wire[SSH_WIRE_SIZE])
{
	memcpy(wire, wire_head, sizeof(wire_head));
	memcpy(wire + sizeof(wire_head), recipient->key, AGE_KEY_SIZE);
}

static bool read_wire(struct slice wire, struct age_recipient *recipient)
{
	if (wire.size != SSH_WIRE_SIZE ||
		memcmp(wire.at, wire_head, sizeof(wire_head)) != 0)
		return false;
	memcpy(recipient->key, wire.at + sizeof(wire_head), AGE_KEY_SIZE);
	recipient->kind = AGE_SSH_ED25519;
	return true;
}

bool ssh_recipient_parse(const char *text, struct age_recipient *recipient)
{
	static const char head[] = TYPE " ";
	char wire[SSH_WIRE_SIZE];
	size_t size = 0;

	if (!text_starts_with(text, head))
		return false;
	text += strlen(head);
	return strcspn(text, " \t\r\n") == BASE64_SIZE &&
		sodium_base642bin((unsigned char *)wire, sizeof(wire), text,
			BASE64_SIZE, NULL, &size, NULL,
			sodium_base64_VARIANT_ORIGINAL) == 0 &&
		read_wire((struct slice){ wire, size }, recipient);
}

void ssh_recipient_format(
	const struct age_recipient *recipient, struct buf *out)
{
	unsigned char wire[SSH_WIRE_SIZE];
	char text[BASE64_SIZE + 1];

	ssh_wire(recipient, wire);
	sodium_bin2base64(text, sizeof(text), wire, sizeof(wire),
		sodium_base64_VARIANT_ORIGINAL);
	buf_printf(out, TYPE " %s", text);
}

/* The private file */

static const char first_line[] = "-----BEGIN OPENSSH PRIVATE KEY-----";
static const char last_line[] = "-----END OPENSSH PRIVATE KEY-----";

bool ssh_identity_begins(const char *bytes, size_t size)
{
	return slice_begins((struct slice){ bytes, size }, "-----BEGIN ");
}

static bool refuse(struct error *err, const char *what)
{
	return error_tell(err, STATUS_LOCKED_OUT, what,
		_("use a host's own ssh_host_ed25519_key, or an identity of "
		  "aigenv's: `env -u AIGENV_IDENTITY aigenv key new`"));
}

static bool refuse_damaged(struct error *err)
{
	return refuse(err, _("the SSH key is damaged or cut off"));
}

/* The bytes between the two lines; Base64 in lines of any length. */
static bool decode_file(
	struct slice text, struct secret *bytes, struct error *err)
{
	const char *end = NULL;
	size_t size = 0;

	if (!slice_begins(text, first_line))
		return refuse(err,
			_("the identity file is a private key in a form that "
			  "is not OpenSSH's own"));
	text = slice_from(text, strlen(first_line));
	secret_init(bytes, text.size / 4 * 3 + 3);
	if (sodium_base642bin(secret_room(bytes), bytes->size, text.at,
		    text.size, "\r\n", &size, &end,
		    sodium_base64_VARIANT_ORIGINAL) != 0)
		return refuse_damaged(err);
	secret_truncate(bytes, size);
	return slice_has_at(text, (size_t)(end - text.at), last_line) ||
		refuse_damaged(err);
}

static bool take_number(struct slice *rest, size_t *number)
{
	if (rest->size < 4)
		return false;
	*number = 0;
	for (size_t i = 0; i < 4; i++)
		*number = *number << 8 | (unsigned char)rest->at[i];
	*rest = slice_from(*rest, 4);
	return true;
}

static bool take_string(struct slice *rest, struct slice *string)
{
	size_t size = 0;

	if (!take_number(rest, &size) || size > rest->size)
		return false;
	*string = slice_first(*rest, size);
	*rest = slice_from(*rest, size);
	return true;
}

/* What stands in the file, all of it in `bytes`. */
struct envelope {
	struct slice cipher, kdf, kdf_options;
	struct slice public;  /* the wire form */
	struct slice private; /* locked where there is a cipher */
};

static bool open_envelope(struct slice bytes, struct envelope *envelope)
{
	static const char magic[] = "openssh-key-v1";
	size_t keys = 0;

	if (bytes.size < sizeof(magic) ||
		memcmp(bytes.at, magic, sizeof(magic)) != 0)
		return false;
	bytes = slice_from(bytes, sizeof(magic));
	return take_string(&bytes, &envelope->cipher) &&
		take_string(&bytes, &envelope->kdf) &&
		take_string(&bytes, &envelope->kdf_options) &&
		take_number(&bytes, &keys) && keys == 1 &&
		take_string(&bytes, &envelope->public) &&
		take_string(&bytes, &envelope->private) && bytes.size == 0;
}

/* False where the seed is not that of the public key: damaged. */
static bool convert(const unsigned char *private,
	const struct age_recipient *recipient, struct key *key)
{
	SCOPED(secret) struct secret pair = { 0 };
	unsigned char public[AGE_KEY_SIZE];

	secret_init(&pair, PRIVATE_SIZE);
	crypto_sign_seed_keypair(public, secret_room(&pair), private);
	return memcmp(public, recipient->key, AGE_KEY_SIZE) == 0 &&
		crypto_sign_ed25519_sk_to_curve25519(
			key->bytes, secret_bytes(&pair)) == 0;
}

/* Two equal numbers tell a wrong passphrase; then type, public key, private
 * key, and a comment, which is nothing to us. */
static bool read_private(struct slice bytes,
	const struct age_recipient *recipient, struct key *key)
{
	size_t one = 0, other = 0;
	struct slice type, public, private;

	if (!take_number(&bytes, &one) || !take_number(&bytes, &other) ||
		one != other || !take_string(&bytes, &type) ||
		!slice_is(type, TYPE) || !take_string(&bytes, &public) ||
		!take_string(&bytes, &private) || public.size != AGE_KEY_SIZE ||
		private.size != PRIVATE_SIZE)
		return false;
	return memcmp(public.at, recipient->key, AGE_KEY_SIZE) == 0 &&
		convert((const unsigned char *)private.at, recipient, key);
}

/* The key's type, in the wire form, is known even of a locked file. */
static bool check_kind(const struct envelope *envelope,
	struct age_recipient *recipient, struct error *err)
{
	struct slice rest = envelope->public;
	struct slice type = { "", 0 };

	if (!take_string(&rest, &type))
		return refuse_damaged(err);
	if (!slice_is(type, TYPE))
		return refuse(err,
			_("the SSH key is not an ssh-ed25519 key: no other "
			  "type can be an identity"));
	if (!slice_is(envelope->cipher, "none"))
		return refuse(err,
			_("the SSH key is locked with a passphrase: only one "
			  "without can be an identity"));
	return read_wire(envelope->public, recipient) || refuse_damaged(err);
}

bool ssh_identity_parse(const char *bytes, size_t size, struct key *key,
	struct age_recipient *recipient, struct error *err)
{
	SCOPED(secret) struct secret file = { 0 };
	struct envelope envelope;

	if (!decode_file((struct slice){ bytes, size }, &file, err))
		return false;
	struct slice all = { secret_reveal(&file), file.size };

	if (!open_envelope(all, &envelope))
		return refuse_damaged(err);
	return check_kind(&envelope, recipient, err) &&
		(read_private(envelope.private, recipient, key) ||
			refuse_damaged(err));
}
