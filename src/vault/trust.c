/* SPDX-License-Identifier: MIT */
#include "vault/trust_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "vault/encoding_internal.h"
#include "vault/identity.h"
#include "vault/known_internal.h"

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

static bool refuse_signature(
	const char *profile, const char *by, struct error *err)
{
	error_set(err, STATUS_LOCKED_OUT,
		_("the recipients, key or secrets of profile %s were changed "
		  "outside aigenv: the signature is not that of %s, who is "
		  "said to have sealed it"),
		profile, by);
	return error_next(err,
		_("restore the file from git, and ask who changed it; after a "
		  "merge in git, `aigenv seal --merge` merges the two sides"));
}

static bool is_writer(json_t *recipient)
{
	return json_object_get(recipient, "sign") != NULL;
}

static bool check_signature(
	const struct seal_scope *scope, json_t *profile, struct error *err)
{
	const char *by = json_text(json_object_get(profile, "sealed"), "by");
	json_t *sealer = json_object_get(recipients_of(profile), by);
	unsigned char sign[SIGN_KEY_SIZE];

	if (!is_writer(sealer)) {
		error_set(err, STATUS_LOCKED_OUT,
			sealer ? _("profile %s was sealed by %s, who can read "
				   "it but is not one of its writers")
			       : _("profile %s was sealed by %s, who is not "
				   "one of its recipients"),
			scope->profile, by);
		return error_next(err,
			_("restore the file from git, and ask who changed it"));
	}
	return (base64_decode(json_text(sealer, "sign"), sign, sizeof(sign)) &&
		       seal_verify(sign, scope, profile)) ||
		refuse_signature(scope->profile, by, err);
}

/* (b) */

static bool check_proofs(
	const struct seal_scope *scope, json_t *profile, struct error *err)
{
	JSON_EACH_MEMBER(recipient, recipients_of(profile)) {
		if (!is_writer(recipient.value) ||
			proof_verify(scope, recipient.name, recipient.value))
			continue;
		error_set(err, STATUS_LOCKED_OUT,
			_("in profile %s the proof that made %s a writer is "
			  "false"),
			scope->profile, recipient.name);
		return error_next(err,
			_("restore the file from git, and ask who changed it"));
	}
	return true;
}

bool trust_check_signatures(
	const struct seal_scope *scope, json_t *profile, struct error *err)
{
	return check_signature(scope, profile, err) &&
		check_proofs(scope, profile, err);
}

/* (c) */

/* Hex digits of a fingerprint, in whatever groups it was typed. */
static bool take_digits(
	const char *text, char digits[FINGERPRINT_SIZE], struct error *err)
{
	size_t count = 0;

	for (; *text; text++) {
		if (text_is_space(*text) || *text == ':' || *text == '-')
			continue;
		if (count == 32 || text_hex_value(*text) < 0) {
			count = 0;
			break;
		}
		digits[count++] = text_lower(*text);
	}
	digits[count] = '\0';
	if (count == 32)
		return true;
	return error_tell(err, STATUS_USAGE,
		_("the value of --trust or AIGENV_TRUST is not a fingerprint"),
		_("a fingerprint is 32 hex digits, such as \"cace ad55 5c97 "
		  "e2ff bb1d 64ec df89 1f13\""));
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

	if (!take_digits(fingerprint, digits, err))
		return false;
	JSON_EACH_MEMBER(recipient, recipients_of(profile)) {
		for (size_t i = 0; i < ARRAY_SIZE(members); i++) {
			const char *key =
				json_text(recipient.value, members[i]);
			if (key && has_fingerprint(key, digits)) {
				known_add(known, key);
				return true;
			}
		}
	}
	return error_tell(err, STATUS_LOCKED_OUT,
		_("no writer of the profile has the fingerprint that --trust "
		  "or AIGENV_TRUST names"),
		_("ask a writer in person for the fingerprint that `aigenv key "
		  "show` prints there, and compare it with what you gave"));
}

/* Adds whom the known vouch for, until nobody is added. */
static void follow_chain(struct known *known, json_t *profile)
{
	size_t before = 0;

	do {
		before = json_object_size(known->keys);
		JSON_EACH_MEMBER(recipient, recipients_of(profile)) {
			if (!is_writer(recipient.value) ||
				known_has(known,
					json_text(recipient.value, "sign")) ||
				json_number(recipient.value, "gen") <=
					known->after ||
				!known_has(known,
					json_text(recipient.value, "by")))
				continue;
			known_add(known, json_text(recipient.value, "sign"));
		}
	} while (json_object_size(known->keys) != before);
}

/* A writer whom the known do not vouch for, or NULL. */
static const char *find_unknown(const struct known *known, json_t *profile)
{
	JSON_EACH_MEMBER(recipient, recipients_of(profile))
		if (is_writer(recipient.value) &&
			!known_has(known, json_text(recipient.value, "sign")))
			return recipient.name;
	return NULL;
}

/* Whether to believe that one alone is to believe all of the profile. */
static bool vouches_for_all(json_t *profile, const char *sign)
{
	SCOPED(known) struct known known = { 0 };

	known_init(&known);
	known_add(&known, sign);
	follow_chain(&known, profile);
	return !find_unknown(&known, profile);
}

/* The writer whom --trust would have to name, or NULL: a newcomer's own
 * fingerprint leaves those unknown who let him in. */
static const char *find_root(json_t *profile)
{
	JSON_EACH_MEMBER(recipient, recipients_of(profile))
		if (is_writer(recipient.value) &&
			vouches_for_all(
				profile, json_text(recipient.value, "sign")))
			return recipient.name;
	return NULL;
}

static bool advise_trust(json_t *profile, struct error *err)
{
	char fingerprint[FINGERPRINT_SIZE];
	const char *root = find_root(profile);

	if (!root)
		return error_next(err,
			_("restore the file from git, and ask who changed it: "
			  "no writer of the profile vouches for all others"));
	format_fingerprint(
		json_text(
			json_object_get(recipients_of(profile), root), "sign"),
		fingerprint);
	return error_next(err,
		_("ask %s, who vouches for all writers, in person for the "
		  "fingerprint that `aigenv key show` prints; if it is the "
		  "same: --trust \"%s\""),
		root, fingerprint);
}

static bool all_known(
	const struct known *known, json_t *profile, struct error *err)
{
	char fingerprint[FINGERPRINT_SIZE];
	const char *unknown = find_unknown(known, profile);

	if (!unknown)
		return true;
	format_fingerprint(
		json_text(json_object_get(recipients_of(profile), unknown),
			"sign"),
		fingerprint);
	error_set(err, STATUS_LOCKED_OUT,
		_("no writer that this machine knows vouches for %s "
		  "(fingerprint %s)"),
		unknown, fingerprint);
	return advise_trust(profile, err);
}

/* (d) */

bool trust_check_place(
	const struct place *place, const char *vault_id, struct error *err)
{
	if (!place_had_another(place, vault_id))
		return true;
	error_set(err, STATUS_LOCKED_OUT,
		_("the whole vault was replaced: this file was another one "
		  "when this machine last used it, and is now vault %.8s"),
		vault_id);
	return error_next(err,
		_("restore the file from git; if the change is meant, ask one "
		  "of its writers in person for the fingerprint that `aigenv "
		  "key show` prints there: --trust FINGERPRINT"));
}

static bool refuse_forgotten(
	const char *vault_id, const char *profile, struct error *err)
{
	error_set(err, STATUS_LOCKED_OUT,
		_("this machine has used vault %.8s here, but remembers none "
		  "of its writers, and so cannot tell whether profile %s is "
		  "theirs"),
		vault_id, profile);
	return error_next(err,
		_("ask a writer in person for the fingerprint that `aigenv key "
		  "show` prints there: --trust FINGERPRINT"));
}

/* T and G of this machine's memory, or of AIGENV_TRUST. */
static bool collect_remembered(const struct trust *trust, struct known *known,
	json_t *profile, struct error *err)
{
	if (trust->state->root) {
		known_add_writers(known, state_writers(trust->state));
		known->after = state_generation(trust->state);
		return true;
	}
	if (trust->first_fingerprint && !place_is_known(trust->place))
		return learn_fingerprint(
			known, profile, trust->first_fingerprint, err);
	return known_add_neighbours(
		       known, trust->vault_id, trust->profiles, err) &&
		(!known_is_empty(known) || !place_is_known(trust->place) ||
			refuse_forgotten(trust->vault_id, trust->profile, err));
}

/* T and G. None in T is a first contact. */
static bool collect(const struct trust *trust, struct known *known,
	json_t *profile, struct error *err)
{
	if (trust->fingerprint)
		return learn_fingerprint(
			known, profile, trust->fingerprint, err);
	return trust_check_place(trust->place, trust->vault_id, err) &&
		collect_remembered(trust, known, profile, err);
}

bool trust_check_writers(const struct trust *trust, json_t *profile,
	bool *first_contact, struct error *err)
{
	SCOPED(known) struct known known = { 0 };

	known_init(&known);
	bool ok = collect(trust, &known, profile, err);
	*first_contact = ok && known_is_empty(&known);
	if (ok && !*first_contact) {
		follow_chain(&known, profile);
		ok = all_known(&known, profile, err);
	}
	return ok;
}

/* Versions */

/* Whoever has the fingerprint is known, beside those who are remembered; in
 * this version there may be nobody who has it. */
static bool collect_for_merge(const struct trust *trust, struct known *known,
	json_t *profile, struct error *err)
{
	if (trust->fingerprint &&
		!learn_fingerprint(known, profile, trust->fingerprint, err) &&
		err->status != STATUS_LOCKED_OUT)
		return false;
	return collect_remembered(trust, known, profile, err);
}

bool trust_is_first_contact(const struct trust *trust, json_t *profile,
	bool *first_contact, struct error *err)
{
	SCOPED(known) struct known known = { 0 };

	known_init(&known);
	bool ok = collect_for_merge(trust, &known, profile, err);
	*first_contact = ok && known_is_empty(&known);
	return ok;
}

/* A reader, whom only the version speaks for. */
static enum acquaintance know_version(
	const struct known *known, json_t *profile)
{
	json_int_t generation =
		json_number(json_object_get(profile, "sealed"), "generation");

	return generation > known->after ? ACQUAINTANCE_KNOWN
					 : ACQUAINTANCE_VOUCHED;
}

static enum acquaintance know(
	struct known *known, json_t *profile, const char *recipient)
{
	const char *sign = json_text(
		json_object_get(recipients_of(profile), recipient), "sign");

	if (known_is_empty(known))
		return ACQUAINTANCE_KNOWN;
	if (!sign)
		return know_version(known, profile);
	follow_chain(known, profile);
	if (known_has(known, sign))
		return ACQUAINTANCE_KNOWN;
	known->after = 0;
	follow_chain(known, profile);
	return known_has(known, sign) ? ACQUAINTANCE_VOUCHED
				      : ACQUAINTANCE_NONE;
}

bool trust_acquaintance(const struct trust *trust, json_t *profile,
	const char *recipient, enum acquaintance *acquaintance,
	struct error *err)
{
	SCOPED(known) struct known known = { 0 };

	known_init(&known);
	bool ok = collect_for_merge(trust, &known, profile, err);
	if (ok)
		*acquaintance = know(&known, profile, recipient);
	return ok;
}

json_t *trust_writers(json_t *profile)
{
	json_t *writers = json_new_object();
	OWNED const char **names = json_sorted_names(recipients_of(profile));

	for (size_t i = 0; i < json_object_size(recipients_of(profile)); i++) {
		json_t *sign =
			json_inner(recipients_of(profile), names[i], "sign");
		if (sign)
			json_put(writers, names[i], json_incref(sign));
	}
	return writers;
}

void trust_format_writers(json_t *profile, struct buf *out)
{
	JSON_SCOPED json_t *writers = trust_writers(profile);
	char fingerprint[FINGERPRINT_SIZE];

	JSON_EACH_MEMBER(sign, writers) {
		format_fingerprint(json_string_value(sign.value), fingerprint);
		buf_printf(out, "%s%s (%s)", out->size ? ", " : "", sign.name,
			fingerprint);
	}
}
