/* SPDX-License-Identifier: MIT */
#include "vault/structure_internal.h"

#include "age/age.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/variable_name.h"
#include "os/clock.h"
#include "settings/settings.h"
#include "vault/encoding_internal.h"
#include "vault/form_internal.h"

#include <sodium.h>
#include <string.h>

bool structure_is_profile_name(const char *name)
{
	return (text_is_lower(name[0]) || text_is_digit(name[0])) &&
		form_is_word(name, 63, "._-") &&
		text_only(name, "abcdefghijklmnopqrstuvwxyz0123456789._-") &&
		!text_ends_with(name, ".proven");
}

bool structure_is_recipient_name(const char *name)
{
	return text_is_alphanumeric(name[0]) && form_is_word(name, 64, "._@-");
}

/* Leaves */

static bool check_base64(json_t *value, size_t size,
	const struct json_path *path, struct error *err)
{
	unsigned char bytes[SIGNATURE_SIZE];

	return form_check_text(value, path, err) &&
		(base64_decode(json_string_value(value), bytes, size) ||
			json_refuse(err, path,
				_("must be %zu bytes in canonical Base64"),
				size));
}

static bool check_tag(
	json_t *value, const struct json_path *path, struct error *err)
{
	return check_base64(value, TAG_SIZE, path, err);
}

static bool check_signature(
	json_t *value, const struct json_path *path, struct error *err)
{
	return check_base64(value, SIGNATURE_SIZE, path, err);
}

static bool check_generation(
	json_t *value, const struct json_path *path, struct error *err)
{
	if (!json_is_integer(value))
		return json_refuse_type(err, path, JSON_INTEGER);
	json_int_t number = json_integer_value(value);
	return (number >= 1 && number <= GENERATION_LIMIT) ||
		json_refuse(err, path, _("must be from 1 to 2^53-1"));
}

static bool check_time(
	json_t *value, const struct json_path *path, struct error *err)
{
	int64_t seconds = 0;

	return form_check_text(value, path, err) &&
		(clock_parse(json_string_value(value), &seconds) ||
			json_refuse(err, path,
				_("must be a time such as "
				  "2026-11-10T09:30:00Z")));
}

static bool check_key_id(
	json_t *value, const struct json_path *path, struct error *err)
{
	return form_check_text(value, path, err) &&
		(hex_is_valid(json_string_value(value), KEY_ID_SIZE) ||
			json_refuse(err, path,
				_("must be 16 digits of lower-case hex")));
}

static bool check_armor_line(
	json_t *value, const struct json_path *path, struct error *err)
{
	if (!form_check_text(value, path, err))
		return false;
	const char *line = json_string_value(value);
	size_t size = strlen(line);
	if (size < 1 || size > 64)
		return json_refuse(err, path, _("must be 1 to 64 bytes"));
	return !strpbrk(line, "\n\t") ||
		json_refuse(err, path,
			_("this line has a line break or a tab in it"));
}

static bool check_armor(
	json_t *value, const struct json_path *path, struct error *err)
{
	return json_array_size(value) >= 3 ||
		json_refuse(err, path, _("this has fewer than 3 lines"));
}

#define DATA_OVERHEAD                                                          \
	(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES +                        \
		crypto_aead_xchacha20poly1305_ietf_ABYTES)

static bool check_data(
	json_t *value, const struct json_path *path, struct error *err)
{
	if (!form_check_text(value, path, err))
		return false;
	size_t size = base64_decoded_size(json_string_value(value));
	if (size == 0)
		return json_refuse(err, path, _("must be canonical Base64"));
	if (size <= DATA_OVERHEAD ||
		(size - DATA_OVERHEAD) % VALUE_BLOCK != 0 ||
		size - DATA_OVERHEAD > VALUE_LIMIT + 1)
		return json_refuse(err, path,
			_("it has a length that no encrypted value can have: "
			  "was it cut off?"));
	return true;
}

static bool check_by(
	json_t *value, const struct json_path *path, struct error *err)
{
	return form_check_text(value, path, err) &&
		(structure_is_recipient_name(json_string_value(value)) ||
			json_refuse(err, path,
				_("this cannot be the name of a recipient")));
}

/* "ssh-ed25519 BASE64", whose bytes name the type again before the key. */
static bool is_ssh_recipient(const char *text)
{
	static const unsigned char head[] = "\0\0\0\x0bssh-ed25519\0\0\0 ";
	static const char type[] = "ssh-ed25519 ";
	unsigned char bytes[sizeof(head) - 1 + 32];

	return text_starts_with(text, type) &&
		base64_decode(text + strlen(type), bytes, sizeof(bytes)) &&
		memcmp(bytes, head, sizeof(head) - 1) == 0;
}

static bool check_age(
	json_t *value, const struct json_path *path, struct error *err)
{
	struct age_recipient recipient;

	if (!form_check_text(value, path, err))
		return false;
	if (is_ssh_recipient(json_string_value(value)))
		return true;
	if (age_recipient_parse(json_string_value(value), &recipient, err))
		return true;
	err->status = STATUS_INVALID;
	return json_error_at(err, path);
}

static bool check_recipient(
	json_t *value, const struct json_path *path, struct error *err)
{
	static const char *const writer[] = { "sign", "by", "gen", "proof" };
	size_t found = 0;

	for (size_t i = 0; i < ARRAY_SIZE(writer); i++)
		found += json_object_get(value, writer[i]) != NULL;
	if (found != 0 && found != ARRAY_SIZE(writer))
		return json_refuse(err, path,
			_("\"sign\", \"by\", \"gen\" and \"proof\" come "
			  "together "
			  "(a writer) or not at all (a reader)"));
	return found == 0 ||
		!is_ssh_recipient(
			json_string_value(json_object_get(value, "age"))) ||
		json_refuse(err, path, _("an SSH key can only be a reader"));
}

/* Rotation (section 10): which slots each step has. */

enum presence {
	ABSENT,
	PRESENT,
	EITHER
};

static const struct step {
	const char *name;
	enum presence pending, previous;
} steps[] = {
	{ "requested", ABSENT, EITHER },
	{ "staged", PRESENT, EITHER },
	{ "verified", PRESENT, EITHER },
	{ "switched", ABSENT, PRESENT },
	{ "confirmed", ABSENT, PRESENT },
};

static const struct step *find_step(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
		if (text_equal(steps[i].name, name))
			return &steps[i];
	}
	return NULL;
}

static bool check_step(
	json_t *value, const struct json_path *path, struct error *err)
{
	return form_check_text(value, path, err) &&
		(find_step(json_string_value(value)) ||
			json_refuse(err, path,
				_("must be requested, staged, verified, "
				  "switched "
				  "or confirmed")));
}

static bool check_presence(json_t *secret, const char *slot,
	enum presence expected, const struct json_path *path, struct error *err)
{
	bool present = json_object_get(secret, slot) != NULL;
	struct json_path at = { path, slot, 0 };

	if (expected == PRESENT && !present)
		return json_refuse(err, &at,
			_("\"%s\" is missing at this step of the rotation"),
			slot);
	if (expected == ABSENT && present)
		return json_refuse(err, &at,
			_("\"%s\" has no place outside the steps staged and "
			  "verified of a rotation"),
			slot);
	return true;
}

static bool check_distinct_gens(
	json_t *secret, const struct json_path *path, struct error *err)
{
	static const char *const slots[] = { "current", "pending", "previous" };
	json_int_t gens[ARRAY_SIZE(slots)] = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(slots); i++) {
		json_t *slot = json_object_get(secret, slots[i]);
		struct json_path at = { path, slots[i], 0 };
		gens[i] = slot
			? json_integer_value(json_object_get(slot, "gen"))
			: -(json_int_t)i;
		for (size_t j = 0; j < i; j++) {
			if (gens[j] == gens[i])
				return json_refuse(err, &at,
					_("the \"gen\" is the same as in "
					  "\"%s\""),
					slots[j]);
		}
	}
	return true;
}

static bool check_secret(
	json_t *value, const struct json_path *path, struct error *err)
{
	json_t *rotation = json_object_get(value, "rotation");
	enum presence pending = ABSENT;
	enum presence previous = EITHER;

	if (rotation) {
		const struct step *step = find_step(
			json_string_value(json_object_get(rotation, "step")));
		pending = step->pending;
		previous = step->previous;
	}
	return check_presence(value, "pending", pending, path, err) &&
		check_presence(value, "previous", previous, path, err);
}

/* The settings have a table of their own (settings/settings.h). */
static bool check_settings(
	json_t *value, const struct json_path *path, struct error *err)
{
	return settings_accepts(value, SETTINGS_FORM, path, err);
}

/* Forms */

static const struct form text = { .kind = FORM_VALUE,
	.check = form_check_text };
static const struct form tag = { .kind = FORM_VALUE, .check = check_tag };
static const struct form signature = { .kind = FORM_VALUE,
	.check = check_signature };
static const struct form number = { .kind = FORM_VALUE,
	.check = check_generation };
static const struct form moment = { .kind = FORM_VALUE, .check = check_time };
static const struct form age = { .kind = FORM_VALUE, .check = check_age };
static const struct form by = { .kind = FORM_VALUE, .check = check_by };
static const struct form key_id = { .kind = FORM_VALUE, .check = check_key_id };
static const struct form data = { .kind = FORM_VALUE, .check = check_data };
static const struct form step_name = { .kind = FORM_VALUE,
	.check = check_step };
static const struct form armor_line = { .kind = FORM_VALUE,
	.check = check_armor_line };
static const struct form armor = { .kind = FORM_LIST,
	.item = &armor_line,
	.limit = 400,
	.check = check_armor };

static const struct form settings = {
	.kind = FORM_VALUE, .check = check_settings, .order = settings_in_order
};

static const struct member recipient_members[] = {
	/* clang-format off */
	{ "age",   JSON_REQUIRED, &age },
	{ "sign",  JSON_OPTIONAL, &tag },
	{ "by",    JSON_OPTIONAL, &tag },
	{ "gen",   JSON_OPTIONAL, &number },
	{ "proof", JSON_OPTIONAL, &signature },
	{ NULL, JSON_OPTIONAL, NULL },
	/* clang-format on */
};
static const struct form recipient = { .kind = FORM_RECORD,
	.members = recipient_members,
	.check = check_recipient };
static const struct form recipients = { .kind = FORM_MAP,
	.is_name = structure_is_recipient_name,
	.item = &recipient,
	.limit = RECIPIENTS_LIMIT };

static const struct member key_members[] = {
	{ "id", JSON_REQUIRED, &key_id },
	{ "age", JSON_REQUIRED, &armor },
	{ NULL, JSON_OPTIONAL, NULL },
};
static const struct form key = { .kind = FORM_RECORD, .members = key_members };

static const struct member slot_members[] = {
	/* clang-format off */
	{ "gen",     JSON_REQUIRED, &number },
	{ "at",      JSON_REQUIRED, &moment },
	{ "expires", JSON_OPTIONAL, &moment },
	{ "data",    JSON_REQUIRED, &data },
	{ NULL, JSON_OPTIONAL, NULL },
	/* clang-format on */
};
static const struct form slot = { .kind = FORM_RECORD,
	.members = slot_members };

static const struct member rotation_members[] = {
	/* clang-format off */
	{ "step",   JSON_REQUIRED, &step_name },
	{ "since",  JSON_OPTIONAL, &moment },
	{ "label",  JSON_OPTIONAL, &text },
	{ "old_id", JSON_OPTIONAL, &text },
	{ "new_id", JSON_OPTIONAL, &text },
	{ NULL, JSON_OPTIONAL, NULL },
	/* clang-format on */
};
static const struct form rotation = { .kind = FORM_RECORD,
	.members = rotation_members };

static const struct member secret_members[] = {
	/* clang-format off */
	{ "current",  JSON_REQUIRED, &slot },
	{ "pending",  JSON_OPTIONAL, &slot },
	{ "previous", JSON_OPTIONAL, &slot },
	{ "rotation", JSON_OPTIONAL, &rotation },
	{ NULL, JSON_OPTIONAL, NULL },
	/* clang-format on */
};
static const struct form secret = {
	.kind = FORM_RECORD, .members = secret_members, .check = check_secret
};
static const struct form secrets = { .kind = FORM_MAP,
	.is_name = variable_name_is_allowed,
	.item = &secret,
	.limit = SECRETS_LIMIT };

static const struct member sealed_members[] = {
	/* clang-format off */
	{ "generation", JSON_REQUIRED, &number },
	{ "at",         JSON_REQUIRED, &moment },
	{ "by",         JSON_REQUIRED, &by },
	{ "settings",   JSON_REQUIRED, &tag },
	{ "core",       JSON_REQUIRED, &tag },
	{ "signature",  JSON_REQUIRED, &signature },
	{ NULL, JSON_OPTIONAL, NULL },
	/* clang-format on */
};
static const struct form sealed = { .kind = FORM_RECORD,
	.members = sealed_members };

/* What spans records: no gen above the generation, one rotation. */

static bool check_gen(json_t *record, json_int_t generation,
	const struct json_path *path, struct error *err)
{
	struct json_path at = { path, "gen", 0 };
	json_t *gen = json_object_get(record, "gen");

	return !gen || json_integer_value(gen) <= generation ||
		json_refuse(err, &at,
			_("it is above the profile's generation, %lld"),
			(long long)generation);
}

static bool check_recipient_gens(json_t *all, json_int_t generation,
	const struct json_path *path, struct error *err)
{
	const char *name = NULL;
	json_t *one = NULL;

	json_object_foreach(all, name, one) {
		struct json_path at = { path, name, 0 };
		if (!check_gen(one, generation, &at, err))
			return false;
	}
	return true;
}

static bool check_secret_gens(json_t *all, json_int_t generation,
	const struct json_path *path, struct error *err)
{
	const char *name = NULL;
	const char *rotated = NULL;
	json_t *one = NULL;

	json_object_foreach(all, name, one) {
		struct json_path at = { path, name, 0 };
		const char *member = NULL;
		json_t *record = NULL;
		json_object_foreach(one, member, record) {
			struct json_path inner = { &at, member, 0 };
			if (!check_gen(record, generation, &inner, err))
				return false;
		}
		if (!json_object_get(one, "rotation"))
			continue;
		if (rotated)
			return json_refuse(err, &at,
				_("%s is being rotated already, and a profile "
				  "has one rotation at a time"),
				rotated);
		rotated = name;
	}
	return true;
}

static bool check_whole(
	json_t *profile, const struct json_path *path, struct error *err)
{
	json_int_t generation = json_integer_value(json_object_get(
		json_object_get(profile, "sealed"), "generation"));
	struct json_path at_recipients = { path, "recipients", 0 };
	struct json_path at_secrets = { path, "secrets", 0 };

	return check_recipient_gens(json_object_get(profile, "recipients"),
		       generation, &at_recipients, err) &&
		check_secret_gens(json_object_get(profile, "secrets"),
			generation, &at_secrets, err);
}

static const struct member profile_members[] = {
	/* clang-format off */
	{ "settings",   JSON_REQUIRED, &settings },
	{ "recipients", JSON_REQUIRED, &recipients },
	{ "key",        JSON_REQUIRED, &key },
	{ "secrets",    JSON_REQUIRED, &secrets },
	{ "sealed",     JSON_REQUIRED, &sealed },
	{ NULL, JSON_OPTIONAL, NULL },
	/* clang-format on */
};
static const struct form profile_form = {
	.kind = FORM_RECORD, .members = profile_members, .check = check_whole
};

static bool has_controls(const char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		unsigned char byte = (unsigned char)bytes[i];
		if ((byte < 0x20 && byte != '\n' && byte != '\t') ||
			byte == 0x7f)
			return true;
	}
	return false;
}

/*
 * What no value may be: its canonical bytes would not be the same everywhere,
 * or it would drive the terminal of whoever reads a message.
 */
static bool check_plain(
	json_t *value, const struct json_path *path, struct error *err)
{
	const char *bytes = json_string_value(value);
	const char *name = NULL;
	json_t *child = NULL;
	size_t index = 0;

	if (json_is_real(value))
		return json_refuse(err, path,
			_("this number has a fraction or an exponent"));
	if (json_is_null(value))
		return json_refuse(err, path, _("null is not allowed"));
	if (has_controls(bytes, json_string_length(value)))
		return json_refuse(err, path,
			_("this string has a control character in it"));
	json_array_foreach(value, index, child) {
		struct json_path at = { path, NULL, index };
		if (!check_plain(child, &at, err))
			return false;
	}
	json_object_foreach(value, name, child) {
		struct json_path at = { path, name, 0 };
		if (has_controls(name, strlen(name)))
			return json_refuse(err, path,
				_("the name of this member has a control "
				  "character in it"));
		if (!check_plain(child, &at, err))
			return false;
	}
	return true;
}

bool structure_check_profile(
	json_t *profile, const char *name, struct error *err)
{
	struct json_path profiles = { NULL, "profiles", 0 };
	struct json_path path = { &profiles, name, 0 };

	if (!structure_is_profile_name(name))
		return json_refuse(err, &path,
			_("\"%.64s\" cannot be the name of a profile"), name);
	return check_plain(profile, &path, err) &&
		form_accepts(&profile_form, profile, &path, err);
}

bool structure_check_slots(json_t *profile, const char *name, struct error *err)
{
	struct json_path profiles = { NULL, "profiles", 0 };
	struct json_path path = { &profiles, name, 0 };
	struct json_path secrets_path = { &path, "secrets", 0 };
	const char *secret_name = NULL;
	json_t *one = NULL;

	json_object_foreach(
		json_object_get(profile, "secrets"), secret_name, one) {
		struct json_path at = { &secrets_path, secret_name, 0 };
		if (!check_distinct_gens(one, &at, err))
			return false;
	}
	return true;
}

bool structure_check_settings(json_t *value, struct error *err)
{
	struct json_path path = { NULL, "settings", 0 };

	return check_plain(value, &path, err) &&
		check_settings(value, &path, err);
}

json_t *structure_in_order(json_t *profile)
{
	return form_in_order(&profile_form, profile);
}
