/* SPDX-License-Identifier: MIT */
#include "vault/trust_internal.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "vault/encoding_internal.h"
#include "vault/form_internal.h"
#include "vault/identity.h"

#include <string.h>

static const char *text_of(json_t *record, const char *member)
{
	return json_string_value(json_object_get(record, member));
}

static bool is_writer(json_t *recipient)
{
	return json_object_get(recipient, "sign") != NULL;
}

static json_t *recipients_of(json_t *profile)
{
	return json_object_get(profile, "recipients");
}

/* Fingerprint of a key in Base64. */
static void format_fingerprint(const char *sign, char out[FINGERPRINT_SIZE])
{
	unsigned char bytes[SIGN_KEY_SIZE];

	out[0] = '\0';
	if (base64_decode(sign, bytes, sizeof(bytes)))
		identity_fingerprint(bytes, out);
}

/* (a) */

static bool refuse_sealer(
	const char *profile, const char *by, const char *why, struct error *err)
{
	error_set(err, STATUS_LOCKED_OUT,
		"profile %s was sealed by someone unknown: %s %s", profile, by,
		why);
	return error_next(
		err, "restore the file from git, and ask who changed it");
}

bool trust_check_signature(
	const struct seal_scope *scope, json_t *profile, struct error *err)
{
	const char *by = text_of(json_object_get(profile, "sealed"), "by");
	json_t *sealer = json_object_get(recipients_of(profile), by);
	unsigned char sign[SIGN_KEY_SIZE];

	if (!sealer)
		return refuse_sealer(
			scope->profile, by, "is none of its recipients", err);
	if (!is_writer(sealer))
		return refuse_sealer(scope->profile, by,
			"can read it, and is none of its writers", err);
	if (!base64_decode(text_of(sealer, "sign"), sign, sizeof(sign)) ||
		!seal_verify(sign, scope, profile))
		return refuse_sealer(scope->profile, by,
			"is named, but the signature is not that writer's",
			err);
	return true;
}

/* (b) */

bool trust_check_proofs(
	const struct seal_scope *scope, json_t *profile, struct error *err)
{
	const char *name = NULL;
	json_t *recipient = NULL;

	json_object_foreach(recipients_of(profile), name, recipient) {
		if (!is_writer(recipient) ||
			proof_verify(scope, name, recipient))
			continue;
		error_set(err, STATUS_LOCKED_OUT,
			"profile %s: the proof that made %s a writer is false",
			scope->profile, name);
		return error_next(err,
			"restore the file from git, and ask who changed it");
	}
	return true;
}

/* (c) */

/* T of the format: signing keys in Base64, which has one spelling each. */
struct known {
	const char **keys; /* owned array, borrowed texts */
	size_t count;
};

static bool knows(const struct known *known, const char *key)
{
	for (size_t i = 0; i < known->count; i++) {
		if (text_equal(known->keys[i], key))
			return true;
	}
	return false;
}

static void learn(struct known *known, const char *key)
{
	known->keys =
		memory_grow(known->keys, known->count, sizeof(*known->keys));
	known->keys[known->count++] = key;
}

/* Hex digits of a fingerprint, in whatever groups it was typed. */
static bool take_digits(
	const char *text, char digits[FINGERPRINT_SIZE], struct error *err)
{
	size_t count = 0;

	for (; *text; text++) {
		if (text_is_space(*text) || *text == ':' || *text == '-')
			continue;
		char digit = text_lower(*text);
		if (count == 32 || !strchr("0123456789abcdef", digit)) {
			count = 0;
			break;
		}
		digits[count++] = digit;
	}
	digits[count] = '\0';
	if (count == 32)
		return true;
	error_set(err, STATUS_USAGE, "--trust: not a fingerprint");
	return error_next(err,
		"it is 32 hex digits, such as \"cace ad55 5c97 e2ff bb1d 64ec "
		"df89 1f13\"; AIGENV_TRUST may hold it too");
}

static bool has_fingerprint(const char *sign, const char *digits)
{
	char formatted[FINGERPRINT_SIZE];
	char compact[FINGERPRINT_SIZE];
	struct error ignored;

	format_fingerprint(sign, formatted);
	return take_digits(formatted, compact, &ignored) &&
		text_equal(compact, digits);
}

/* T is the one key with that fingerprint, among all `sign` and `by`. */
static bool learn_fingerprint(struct known *known, json_t *profile,
	const char *fingerprint, struct error *err)
{
	static const char *const members[] = { "sign", "by" };
	char digits[FINGERPRINT_SIZE];
	const char *name = NULL;
	json_t *recipient = NULL;

	if (!take_digits(fingerprint, digits, err))
		return false;
	json_object_foreach(recipients_of(profile), name, recipient) {
		for (size_t i = 0; i < ARRAY_SIZE(members); i++) {
			const char *key = text_of(recipient, members[i]);
			if (key && has_fingerprint(key, digits)) {
				learn(known, key);
				return true;
			}
		}
	}
	error_set(err, STATUS_LOCKED_OUT,
		"no writer of the profile has the fingerprint of --trust or "
		"AIGENV_TRUST, and none vouches for one");
	return error_next(err,
		"compare fingerprints with a writer in person; `aigenv key "
		"show` prints his");
}

static void learn_remembered(struct known *known, json_t *writers)
{
	const char *name = NULL;
	json_t *sign = NULL;

	json_object_foreach(writers, name, sign) {
		learn(known, json_string_value(sign));
	}
}

/* Adds whom the known vouch for, until nobody is added. */
static void follow_chain(struct known *known, json_t *profile, json_int_t after)
{
	const char *name = NULL;
	json_t *recipient = NULL;
	size_t before = 0;

	do {
		before = known->count;
		json_object_foreach(recipients_of(profile), name, recipient) {
			if (!is_writer(recipient) ||
				knows(known, text_of(recipient, "sign")) ||
				json_integer_value(json_object_get(
					recipient, "gen")) <= after ||
				!knows(known, text_of(recipient, "by")))
				continue;
			learn(known, text_of(recipient, "sign"));
		}
	} while (known->count != before);
}

static bool all_known(
	const struct known *known, json_t *profile, struct error *err)
{
	char fingerprint[FINGERPRINT_SIZE];
	const char *name = NULL;
	json_t *recipient = NULL;

	json_object_foreach(recipients_of(profile), name, recipient) {
		if (!is_writer(recipient) ||
			knows(known, text_of(recipient, "sign")))
			continue;
		format_fingerprint(text_of(recipient, "sign"), fingerprint);
		error_set(err, STATUS_LOCKED_OUT,
			"no writer that this machine knows vouches for %s "
			"(fingerprint %s)",
			name, fingerprint);
		return error_next(err,
			"ask %s in person for the fingerprint that `aigenv key "
			"show` prints; if it is the same: --trust \"%s\"",
			name, fingerprint);
	}
	return true;
}

bool trust_check_writers(const struct state *state, json_t *profile,
	const char *fingerprint, struct error *err)
{
	struct known known = { NULL, 0 };
	bool ok = true;

	if (fingerprint) {
		ok = learn_fingerprint(&known, profile, fingerprint, err);
		if (ok)
			follow_chain(&known, profile, 0);
	} else if (state->root) {
		learn_remembered(&known, state_writers(state));
		follow_chain(&known, profile, state_generation(state));
	} else {
		return true;
	}
	ok = ok && all_known(&known, profile, err);
	memory_free(known.keys, 0);
	return ok;
}

json_t *trust_writers(json_t *profile)
{
	json_t *writers = json_object();
	const char **names = object_names_sorted(recipients_of(profile));

	for (size_t i = 0; i < json_object_size(recipients_of(profile)); i++) {
		json_t *sign = json_object_get(
			json_object_get(recipients_of(profile), names[i]),
			"sign");
		if (sign)
			json_put(writers, names[i], json_incref(sign));
	}
	memory_free(names, 0);
	return writers;
}

void trust_format_writers(json_t *profile, struct buf *out)
{
	JSON_SCOPED json_t *writers = trust_writers(profile);
	char fingerprint[FINGERPRINT_SIZE];
	const char *name = NULL;
	json_t *sign = NULL;

	json_object_foreach(writers, name, sign) {
		format_fingerprint(json_string_value(sign), fingerprint);
		buf_printf(out, "%s%s (%s)", out->size ? ", " : "", name,
			fingerprint);
	}
}
