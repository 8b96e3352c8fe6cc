/* SPDX-License-Identifier: MIT */
#include "vault/identity.h"

#include "age/hkdf.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/atomic_file.h"
#include "os/clock.h"
#include "os/directory.h"
#include "os/home.h"
#include "vault/identity_internal.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *identity_path(struct error *err)
{
	const char *path = getenv("AIGENV_IDENTITY");

	if (!path || !*path)
		return path_config("aigenv/identity.txt", err);
	if (!text_starts_with(path, "AGE-SECRET-KEY-"))
		return memory_text(path);
	error_set(err, STATUS_LOCKED_OUT,
		_("AIGENV_IDENTITY holds a key, and is to name a file"));
	error_at(err, "$AIGENV_IDENTITY");
	error_next(err,
		_("put the key into a file that only you can read, and name "
		  "that"));
	return NULL;
}

bool identity_can_sign(const struct identity *identity)
{
	return identity->recipient.kind != AGE_SSH_ED25519;
}

bool identity_require_signing(
	const struct identity *identity, struct error *err)
{
	if (identity_can_sign(identity))
		return true;
	error_set(err, STATUS_LOCKED_OUT,
		_("an SSH key can open what is shared with it, but may not "
		  "change a vault"));
	error_at(err, "%s", identity->path);
	return error_next(err,
		_("make the change on a writer's machine, or with AIGENV_"
		  "IDENTITY unset: `aigenv key new` makes an identity"));
}

/* Ed25519 from the first age key: nothing more to keep or to back up. */
void identity_signing_key(
	const struct identity *identity, struct signing_key *key)
{
	static const char info[] = "aigenv/1 signing key";
	SCOPED(secret) struct secret seed = { 0 };
	struct hkdf from = { .key = secret_bytes(&identity->keys.keys),
		.key_size = AGE_KEY_SIZE,
		.info = info,
		.info_size = strlen(info) };

	secret_init(&seed, crypto_sign_SEEDBYTES);
	hkdf_sha256(&from, secret_room(&seed));
	secret_init(&key->private, crypto_sign_SECRETKEYBYTES);
	crypto_sign_seed_keypair(
		key->public, secret_room(&key->private), secret_bytes(&seed));
}

void signing_key_release(struct signing_key *key)
{
	secret_release(&key->private);
}

bool identity_load(const char *path, const struct identity_prompt *prompt,
	struct identity *identity, struct error *err)
{
	SCOPED(identity) struct identity loaded = { 0 };
	SCOPED(secret) struct secret text = { 0 };

	if (!identity_file_read(path, prompt, &text, &loaded.warning, err))
		return false;
	if (!age_identities_parse(
		    secret_reveal(&text), text.size, path, &loaded.keys, err)) {
		err->status = STATUS_LOCKED_OUT;
		return false;
	}
	if (loaded.keys.count == 0) {
		error_set(
			err, STATUS_LOCKED_OUT, _("no key is in the identity"));
		error_at(err, "%s", path);
		return error_next(err,
			_("it needs a line that begins with AGE-SECRET-KEY-1"));
	}
	loaded.path = memory_text(path);
	age_identity_recipient(&loaded.keys, 0, &loaded.recipient);
	*identity = loaded;
	memory_wipe(&loaded, sizeof(loaded)); /* it owns nothing any more */
	return true;
}

static void format_file(const struct identity *identity, struct buf *out)
{
	char now[CLOCK_TEXT_SIZE];
	char token[TOKEN_SIZE];

	clock_now(now);
	identity_token(identity, token);
	buf_printf(out, "# created: %s\n# token: %s\n", now, token);
	age_identity_format(&identity->keys, 0, out);
	if (out->size && out->data[out->size - 1] != '\n')
		buf_byte(out, '\n');
}

/* The file's bytes: the text, or that behind the passphrase. */
static bool format_bytes(const struct identity *identity,
	const struct secret *passphrase, struct buf *out, struct error *err)
{
	SCOPED(buf) struct buf text = BUF(4096);
	const struct age_encryption to = { .passphrase = passphrase,
		.armor = true };

	if (!passphrase) {
		format_file(identity, out);
		return true;
	}
	format_file(identity, &text);
	return age_encrypt(&to, text.data, text.size, out, err);
}

bool identity_create(const char *path, const struct secret *passphrase,
	struct identity *identity, struct error *err)
{
	SCOPED(identity) struct identity made = { 0 };
	SCOPED(buf) struct buf text = BUF(16384);

	age_identities_generate(&made.keys);
	age_identity_recipient(&made.keys, 0, &made.recipient);
	made.path = memory_text(path);
	if (!format_bytes(&made, passphrase, &text, err))
		return false;
	OWNED char *folder = path_directory(path);
	bool ok = directory_make(folder, err) &&
		atomic_file_create(path, text.data, text.size, err);
	if (!ok)
		return false;
	*identity = made;
	made = (struct identity){ 0 };
	return true;
}

void identity_token(const struct identity *identity, char out[TOKEN_SIZE])
{
	SCOPED(signing_key) struct signing_key key = { 0 };
	char age[AGE_RECIPIENT_SIZE];
	char sign[TOKEN_SIZE];

	age_recipient_format(&identity->recipient, age);
	if (!identity_can_sign(identity)) {
		(void)snprintf(out, TOKEN_SIZE, "%s", age);
		return;
	}
	identity_signing_key(identity, &key);
	sodium_bin2base64(sign, sizeof(sign), key.public, SIGN_KEY_SIZE,
		sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	(void)snprintf(out, TOKEN_SIZE, "%.62s+%.43s", age, sign);
}

static bool parse_sign(const char *text, unsigned char sign[SIGN_KEY_SIZE])
{
	size_t size = 0;

	return sodium_base642bin(sign, SIGN_KEY_SIZE, text, strlen(text), NULL,
		       &size, NULL,
		       sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
		size == SIGN_KEY_SIZE;
}

/* What examples have in a token's place, taken as it is written there. */
static bool is_stand_in(const char *token)
{
	return text_fits_any(token, text_equal,
		WORDS("TOKEN", "age1...", "ssh-ed25519 AAAA..."));
}

static bool refuse_stand_in(const char *token, struct error *err)
{
	error_set(err, STATUS_USAGE,
		_("\"%s\" only stands for a token in the examples"), token);
	return error_next(err,
		_("put what `aigenv key show` prints on the other machine in "
		  "its place"));
}

static bool refuse_half(struct error *err, const char *what)
{
	return error_tell(err, STATUS_USAGE, what,
		_("copy all that `aigenv key show` printed there, in one "
		  "piece: age1..., a + and what follows it"));
}

bool identity_token_parse(const char *token, struct age_recipient *recipient,
	unsigned char sign[SIGN_KEY_SIZE], bool *writer, struct error *err)
{
	/* An SSH key has a blank, and may have a "+" in its Base64. */
	size_t size = strcspn(token, strchr(token, ' ') ? "" : "+");
	unsigned char key[SIGN_KEY_SIZE] = { 0 };
	struct age_recipient parsed;
	OWNED char *age = memory_copy(token, size);
	bool ok = age_recipient_parse(age, &parsed, err);

	if (!ok) {
		err->status = STATUS_USAGE;
		if (is_stand_in(token))
			return refuse_stand_in(token, err);
		return token[size] == '+' &&
			refuse_half(err,
				_("the first half of the token is cut off or "
				  "misspelt"));
	}
	*writer = token[size] == '+';
	if (*writer && !parse_sign(token + size + 1, key))
		return refuse_half(err,
			_("the second half of the token is cut off or "
			  "misspelt"));
	memcpy(sign, key, sizeof(key));
	*recipient = parsed;
	return true;
}

void identity_fingerprint(
	const unsigned char sign[SIGN_KEY_SIZE], char out[FINGERPRINT_SIZE])
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char digits[33];
	size_t at = 0;

	crypto_hash_sha256(hash, sign, SIGN_KEY_SIZE);
	sodium_bin2hex(digits, sizeof(digits), hash, 16);
	for (size_t i = 0; i < 32; i++) {
		if (i && i % 4 == 0)
			out[at++] = ' ';
		out[at++] = digits[i];
	}
	out[at] = '\0';
}

void identity_own_fingerprint(
	const struct identity *identity, char out[FINGERPRINT_SIZE])
{
	SCOPED(signing_key) struct signing_key key = { 0 };

	identity_signing_key(identity, &key);
	identity_fingerprint(key.public, out);
}

void identity_release(struct identity *identity)
{
	free(identity->path);
	free(identity->warning);
	age_identities_release(&identity->keys);
	*identity = (struct identity){ 0 };
}
