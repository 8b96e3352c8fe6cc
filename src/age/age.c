/* SPDX-License-Identifier: MIT */
#include "age/age.h"

#include "age/armor_internal.h"
#include "age/header_internal.h"
#include "age/stream_internal.h"
#include "age/wrap_internal.h"
#include "base/i18n.h"
#include "os/system.h"

#include <string.h>

static bool too_large(struct error *err)
{
	error_set(err, STATUS_INVALID, _("an age file takes at most %u MiB"),
		AGE_INPUT_LIMIT >> 20);
	return error_next(err,
		_("split it, or encrypt it with `age`, which has no limit"));
}

bool age_is_encrypted(const char *bytes, size_t size)
{
	static const char version[] = "age-encryption.org/";

	return (size >= strlen(version) &&
		       memcmp(bytes, version, strlen(version)) == 0) ||
		armor_is_age(bytes, size);
}

/* The stanzas, in the order of the recipients. */
static bool write_stanzas(const struct age_encryption *to,
	const struct file_key *key, struct buf *out, struct error *err)
{
	struct stanza stanza;

	for (size_t i = 0; i < to->count; i++) {
		if (!wrap_public(&to->recipients[i], key, &stanza, err))
			return false;
		header_write_stanza(&stanza, out);
	}
	if (to->count)
		return true;
	if (!wrap_scrypt(to->passphrase,
		    to->work_factor ? to->work_factor
				    : system_work_factor(AGE_WORK_FACTOR),
		    key, &stanza, err))
		return false;
	header_write_stanza(&stanza, out);
	return true;
}

bool age_encrypt(const struct age_encryption *to, const void *bytes,
	size_t size, struct buf *out, struct error *err)
{
	SCOPED(buf) struct buf file = BUF(AGE_FILE_LIMIT);
	SCOPED(file_key) struct file_key key;

	if (size > AGE_INPUT_LIMIT)
		return too_large(err);
	if (to->count > HEADER_STANZAS_LIMIT) {
		error_set(err, STATUS_INVALID,
			_("an age file takes at most %d recipients"),
			HEADER_STANZAS_LIMIT);
		return error_next(err, _("give fewer recipients"));
	}
	if ((to->count == 0) == (to->passphrase == NULL))
		return error_tell(err, STATUS_USAGE,
			_("an age file is for recipients or for a passphrase, "
			  "not for both"),
			_("give one of them"));

	randombytes_buf(key.bytes, sizeof(key.bytes));
	buf_text(&file, HEADER_VERSION "\n");
	if (!write_stanzas(to, &key, &file, err))
		return false;
	header_write_mac(&key, &file);
	stream_encrypt(&key, bytes, size, &file);
	if (to->armor)
		armor_encode(file.data, file.size, out);
	else
		buf_append(out, file.data, file.size);
	return !buf_failed(&file) && !buf_failed(out) ? true : too_large(err);
}

/* An age file's bytes without armor, and its header. */
struct opened {
	struct buf binary; /* what was armored */
	const char *bytes; /* borrowed, or binary's */
	size_t size;
	struct header header;
};

static void opened_release(struct opened *opened)
{
	header_release(&opened->header);
	buf_release(&opened->binary);
}

/* What other programs have made may be larger than what is made here. */
static bool advise_age(struct error *err)
{
	return error_advise(
		err, _("decrypt it with `age`, which has no limit"));
}

/* Of a file in which something is not as it was made. */
static bool advise_restoring(struct error *err)
{
	return error_advise(
		err, _("get the file again from where it came from"));
}

static bool open_file(const void *bytes, size_t size, struct opened *opened,
	struct error *err)
{
	opened->binary = BUF(AGE_FILE_LIMIT);
	opened->bytes = bytes;
	opened->size = size;
	if (size > AGE_FILE_LIMIT) {
		error_set(err, STATUS_INVALID,
			_("the age file is larger than %u MiB"),
			AGE_FILE_LIMIT >> 20);
		return advise_age(err);
	}
	if (armor_is_used(bytes, size)) {
		if (!armor_decode(bytes, size, &opened->binary, err))
			return advise_restoring(err);
		opened->bytes = buf_cstring(&opened->binary);
		opened->size = opened->binary.size;
	}
	return header_parse(
		       opened->bytes, opened->size, &opened->header, err) ||
		advise_restoring(err);
}

static bool refuse_locked(struct error *err, const char *what, const char *next)
{
	return error_tell(err, STATUS_LOCKED_OUT, what, next);
}

static bool unwrap_with_passphrase(const struct stanza *stanza,
	const struct secret *passphrase, struct file_key *key,
	struct error *err)
{
	if (!passphrase)
		return refuse_locked(err,
			_("the age file is locked with a passphrase, and none "
			  "was given"),
			_("give the passphrase (--passphrase-file FILE)"));
	return unwrap_scrypt(passphrase, stanza, key, err);
}

static bool unwrap_with_identities(const struct header *header,
	const struct age_decryption *with, struct file_key *key,
	struct error *err)
{
	const struct age_identities *identities = with->identities;

	for (size_t i = 0; identities && i < identities->count; i++) {
		const unsigned char *identity =
			secret_bytes(&identities->keys) + i * AGE_KEY_SIZE;

		for (size_t j = 0; j < header->count; j++)
			if (unwrap_private(identity, &identities->recipients[i],
				    &header->stanzas[(with->first + j) %
					    header->count],
				    key))
				return true;
	}
	if (!identities || identities->count == 0)
		return refuse_locked(err,
			_("the age file is for recipients, and no identity was "
			  "given"),
			_("give the identity of one of them (--identity "
			  "FILE)"));
	return refuse_locked(err,
		_("the age file is for none of the identities given"),
		_("ask one of its recipients to encrypt it for you too"));
}

static bool unwrap(const struct header *header,
	const struct age_decryption *with, struct file_key *key,
	struct error *err)
{
	const struct stanza *locked = header_scrypt(header);
	bool good = locked
		? unwrap_with_passphrase(locked, with->passphrase, key, err)
		: unwrap_with_identities(header, with, key, err);

	if (!good)
		return false;
	if (!header_is_authentic(header, key))
		return refuse_locked(err,
			_("the age file's header was changed: its MAC is "
			  "wrong"),
			_("get the file again from where it came from"));
	return true;
}

bool age_decrypt_with(const struct age_decryption *with, const void *bytes,
	size_t size, struct secret *plain, struct error *err)
{
	SCOPED(opened) struct opened file = { 0 };
	SCOPED(file_key) struct file_key key;

	if (!open_file(bytes, size, &file, err) ||
		!unwrap(&file.header, with, &key, err))
		return false;
	const unsigned char *payload =
		(const unsigned char *)file.bytes + file.header.size;

	return stream_decrypt(
		&key, payload, file.size - file.header.size, plain, err);
}

bool age_decrypt(const void *bytes, size_t size,
	const struct age_identities *identities,
	const struct secret *passphrase, struct secret *plain,
	struct error *err)
{
	const struct age_decryption with = { .identities = identities,
		.passphrase = passphrase };

	return age_decrypt_with(&with, bytes, size, plain, err);
}

bool age_count_stanzas(
	const void *bytes, size_t size, size_t *count, struct error *err)
{
	SCOPED(opened) struct opened file = { 0 };

	if (!open_file(bytes, size, &file, err))
		return false;
	*count = file.header.count;
	return true;
}
