/* SPDX-License-Identifier: MIT */
#include "age/age.h"

#include "age/bech32_internal.h"
#include "age/key_internal.h"
#include "age/ssh_internal.h"
#include "base/i18n.h"
#include "base/slice.h"

#include <assert.h>
#include <string.h>

#define IDENTITY_PREFIX "AGE-SECRET-KEY-"
#define IDENTITY_PREFIX_LOWER "age-secret-key-"
#define KEYS_SIZE ((size_t)AGE_IDENTITIES_LIMIT * AGE_KEY_SIZE)

static void append(struct age_identities *identities, const unsigned char *key,
	const struct age_recipient *recipient)
{
	/* Room for all that there may be takes no more pages than for one. */
	if (!identities->keys.size)
		secret_init(&identities->keys, KEYS_SIZE);
	memcpy(secret_room(&identities->keys) +
			identities->count * AGE_KEY_SIZE,
		key, AGE_KEY_SIZE);
	identities->recipients[identities->count++] = *recipient;
}

static void append_private(
	struct age_identities *identities, const unsigned char *key)
{
	struct age_recipient recipient = { .kind = AGE_X25519 };

	crypto_scalarmult_base(recipient.key, key);
	append(identities, key, &recipient);
}

void age_identities_generate(struct age_identities *identities)
{
	SCOPED(key) struct key key;

	randombytes_buf(key.bytes, sizeof(key.bytes));
	append_private(identities, key.bytes);
}

/* Lines that are no identity of ours, told apart without quoting them. */
static const struct {
	const char *prefix;
	const char *what;
} foreign[] = {
	{ "age-secret-key-pq-",
		N_("a line of the identity file is a post-quantum identity, "
		   "which is not supported") },
	{ "age-plugin-",
		N_("a line of the identity file is an identity of an age "
		   "plugin, which is not supported") },
	{ "age1",
		N_("a line of the identity file is a recipient, a public key: "
		   "an identity belongs there") },
	{ "age-secret-key-1",
		N_("a line of the identity file is a damaged identity: its "
		   "checksum is wrong") },
	{ "-----begin ",
		N_("a line of the identity file begins an SSH key, which has "
		   "to be a file of its own") },
};

static bool check_room(
	const struct age_identities *identities, struct error *err)
{
	if (identities->count < AGE_IDENTITIES_LIMIT)
		return true;
	error_set(err, STATUS_LOCKED_OUT,
		_("more than %d identities are given"), AGE_IDENTITIES_LIMIT);
	return error_next(err, _("take out those that open nothing any more"));
}

static bool parse_line(const char *line, size_t size,
	struct age_identities *identities, struct error *err)
{
	SCOPED(key) struct key key;
	const char *what = N_("a line of the identity file is neither an "
			      "identity nor a comment");

	if (!bech32_decode(line, size, IDENTITY_PREFIX_LOWER, key.bytes,
		    sizeof(key.bytes))) {
		for (size_t i = ARRAY_SIZE(foreign); i-- > 0;)
			if (slice_begins_ignoring_case(
				    (struct slice){ line, size },
				    foreign[i].prefix))
				what = foreign[i].what;
		return error_tell(err, STATUS_LOCKED_OUT, _(what),
			_("an identity file has lines like "
			  "AGE-SECRET-KEY-1..., comments (#) and empty lines"));
	}
	if (!check_room(identities, err))
		return false;
	append_private(identities, key.bytes);
	return true;
}

static bool parse_lines(const char *bytes, size_t size, const char *name,
	struct age_identities *identities, struct error *err)
{
	const char *end = bytes + size;
	size_t number = 0;

	while (size && bytes < end) {
		const char *newline =
			memchr(bytes, '\n', (size_t)(end - bytes));
		const char *line = bytes;
		size_t length = (size_t)((newline ? newline : end) - bytes);

		bytes += length + (newline != NULL);
		number++;
		if (length && line[length - 1] == '\r')
			length--;
		if (length == 0 || line[0] == '#')
			continue;
		if (!parse_line(line, length, identities, err))
			return error_at(err, "%s:%zu", name, number);
	}
	return true;
}

/* An SSH key's file holds that key alone. */
static bool parse_ssh(const char *bytes, size_t size, const char *name,
	struct age_identities *identities, struct error *err)
{
	SCOPED(key) struct key key;
	struct age_recipient recipient;

	if (!check_room(identities, err) ||
		!ssh_identity_parse(bytes, size, &key, &recipient, err))
		return error_at(err, "%s", name);
	append(identities, key.bytes, &recipient);
	return true;
}

bool age_identities_parse(const char *bytes, size_t size, const char *name,
	struct age_identities *identities, struct error *err)
{
	size_t before = identities->count;
	bool good = ssh_identity_begins(bytes, size)
		? parse_ssh(bytes, size, name, identities, err)
		: parse_lines(bytes, size, name, identities, err);

	if (good && identities->count == before) {
		error_set(err, STATUS_LOCKED_OUT,
			_("the identity file holds no identity"));
		error_at(err, "%s", name);
		good = error_next(
			err, _("it needs a line like AGE-SECRET-KEY-1..."));
	}
	if (good)
		return true;
	identities->count = before;
	if (!before)
		age_identities_release(identities);
	return false;
}

void age_identity_format(
	const struct age_identities *identities, size_t index, struct buf *out)
{
	assert(index < identities->count);
	assert(identities->recipients[index].kind == AGE_X25519);
	bech32_encode(IDENTITY_PREFIX,
		secret_bytes(&identities->keys) + index * AGE_KEY_SIZE,
		AGE_KEY_SIZE, out);
}

void age_identity_recipient(const struct age_identities *identities,
	size_t index, struct age_recipient *recipient)
{
	assert(index < identities->count);
	*recipient = identities->recipients[index];
}

void age_identities_release(struct age_identities *identities)
{
	secret_release(&identities->keys);
	*identities = (struct age_identities){ 0 };
}
