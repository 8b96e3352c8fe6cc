/* SPDX-License-Identifier: MIT */
#include "vault/structure_checks_internal.h"

#include "age/age.h"
#include "base/i18n.h"
#include "base/text.h"
#include "os/clock.h"
#include "vault/encoding_internal.h"
#include "vault/structure_internal.h"

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

static bool check_base64(json_t *value, size_t size,
	const struct json_path *path, struct error *err)
{
	unsigned char bytes[SIGNATURE_SIZE];

	return form_check_text(value, path, err) &&
		(base64_decode(json_string_value(value), bytes, size) ||
			json_refuse(err, path,
				_("this must be %zu bytes in canonical Base64"),
				size));
}

bool leaf_tag(json_t *value, const struct json_path *path, struct error *err)
{
	return check_base64(value, TAG_SIZE, path, err);
}

bool leaf_signature(
	json_t *value, const struct json_path *path, struct error *err)
{
	return check_base64(value, SIGNATURE_SIZE, path, err);
}

bool leaf_generation(
	json_t *value, const struct json_path *path, struct error *err)
{
	if (!json_is_integer(value))
		return json_refuse_type(err, path, JSON_INTEGER);
	json_int_t number = json_integer_value(value);
	return (number >= 1 && number <= GENERATION_LIMIT) ||
		json_refuse(err, path, _("this must be from 1 to 2^53-1"));
}

bool leaf_time(json_t *value, const struct json_path *path, struct error *err)
{
	int64_t seconds = 0;

	return form_check_text(value, path, err) &&
		(clock_parse(json_string_value(value), &seconds) ||
			json_refuse(err, path,
				_("this must be a time such as "
				  "2026-11-10T09:30:00Z")));
}

bool leaf_key_id(json_t *value, const struct json_path *path, struct error *err)
{
	return form_check_text(value, path, err) &&
		(hex_is_valid(json_string_value(value), KEY_ID_SIZE) ||
			json_refuse(err, path,
				_("this must be 16 digits of lower-case hex")));
}

bool leaf_armor_line(
	json_t *value, const struct json_path *path, struct error *err)
{
	if (!form_check_text(value, path, err))
		return false;
	const char *line = json_string_value(value);
	size_t size = strlen(line);
	if (size < 1 || size > 64)
		return json_refuse(err, path, _("this must be 1 to 64 bytes"));
	return !strpbrk(line, "\n\t") ||
		json_refuse(err, path,
			_("this line has a line break or a tab in it"));
}

bool leaf_armor(json_t *value, const struct json_path *path, struct error *err)
{
	return json_array_size(value) >= 3 ||
		json_refuse(err, path, _("this has fewer than 3 lines"));
}

#define DATA_OVERHEAD                                                          \
	(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES +                        \
		crypto_aead_xchacha20poly1305_ietf_ABYTES)

bool leaf_data(json_t *value, const struct json_path *path, struct error *err)
{
	if (!form_check_text(value, path, err))
		return false;
	size_t size = base64_decoded_size(json_string_value(value));
	if (size == 0)
		return json_refuse(
			err, path, _("this must be canonical Base64"));
	if (size <= DATA_OVERHEAD ||
		(size - DATA_OVERHEAD) % VALUE_BLOCK != 0 ||
		size - DATA_OVERHEAD > VALUE_LIMIT + 1)
		return json_refuse(err, path,
			_("it has a length that no encrypted value can have: "
			  "was it cut off?"));
	return true;
}

bool leaf_by(json_t *value, const struct json_path *path, struct error *err)
{
	return form_check_text(value, path, err) &&
		(structure_is_recipient_name(json_string_value(value)) ||
			json_refuse(err, path,
				_("this cannot be the name of a recipient")));
}

bool leaf_age(json_t *value, const struct json_path *path, struct error *err)
{
	struct age_recipient recipient;
	char text[AGE_RECIPIENT_SIZE];

	if (!form_check_text(value, path, err))
		return false;
	if (!age_recipient_parse(json_string_value(value), &recipient, err)) {
		err->status = STATUS_INVALID;
		return json_error_at(err, path);
	}
	age_recipient_format(&recipient, text);
	/* age1... may be in upper case; an SSH key has no comment here. */
	return text_equal_ignoring_case(text, json_string_value(value)) ||
		json_refuse(err, path,
			_("this must be \"ssh-ed25519 \", the key, and nothing "
			  "behind it"));
}
