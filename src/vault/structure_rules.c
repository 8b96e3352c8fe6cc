/* SPDX-License-Identifier: MIT */
#include "vault/structure_checks_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"

bool rule_recipient(
	json_t *value, const struct json_path *path, struct error *err)
{
	static const char *const writer[] = { "sign", "by", "gen", "proof" };
	size_t found = 0;

	for (size_t i = 0; i < ARRAY_SIZE(writer); i++)
		found += json_object_get(value, writer[i]) != NULL;
	if (found != 0 && found != ARRAY_SIZE(writer))
		return json_refuse(err, path,
			_("\"sign\", \"by\", \"gen\" and \"proof\" come "
			  "together (a writer) or not at all (a reader)"));
	return found == 0 ||
		!text_starts_with(json_text(value, "age"), "ssh-") ||
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
	[ROTATION_REQUESTED] = { "requested", ABSENT, EITHER },
	[ROTATION_STAGED] = { "staged", PRESENT, EITHER },
	[ROTATION_VERIFIED] = { "verified", PRESENT, EITHER },
	[ROTATION_SWITCHED] = { "switched", ABSENT, PRESENT },
	[ROTATION_CONFIRMED] = { "confirmed", ABSENT, PRESENT },
};

const char *rule_step_word(enum rotation_step step)
{
	return steps[step].name;
}

static const struct step *find_step(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(steps); i++)
		if (text_equal(steps[i].name, name))
			return &steps[i];
	return NULL;
}

enum rotation_step rule_step_of(const char *word)
{
	const struct step *step = find_step(word);

	return step ? (enum rotation_step)(step - steps) : ROTATION_REQUESTED;
}

bool rule_step(json_t *value, const struct json_path *path, struct error *err)
{
	return form_check_text(value, path, err) &&
		(find_step(json_string_value(value)) ||
			json_refuse(err, path,
				_("this must be requested, staged, verified, "
				  "switched or confirmed")));
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

/* Nothing but what it is now: most are so, and are asked often. */
static bool has_one_slot(json_t *secret)
{
	return json_object_size(secret) == 1;
}

bool rule_distinct_gens(
	json_t *secret, const struct json_path *path, struct error *err)
{
	static const char *const slots[] = { "current", "pending", "previous" };
	json_int_t gens[ARRAY_SIZE(slots)] = { 0 };

	if (has_one_slot(secret))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(slots); i++) {
		json_t *slot = json_object_get(secret, slots[i]);
		struct json_path at = { path, slots[i], 0 };
		gens[i] = slot ? json_number(slot, "gen") : -(json_int_t)i;
		for (size_t j = 0; j < i; j++)
			if (gens[j] == gens[i])
				return json_refuse(err, &at,
					_("the \"gen\" is the same as in "
					  "\"%s\""),
					slots[j]);
	}
	return true;
}

bool rule_secret(json_t *value, const struct json_path *path, struct error *err)
{
	enum presence pending = ABSENT;
	enum presence previous = EITHER;

	if (has_one_slot(value))
		return true;
	json_t *rotation = json_object_get(value, "rotation");
	if (rotation) {
		const struct step *step =
			find_step(json_text(rotation, "step"));
		pending = step->pending;
		previous = step->previous;
	}
	return check_presence(value, "pending", pending, path, err) &&
		check_presence(value, "previous", previous, path, err);
}

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
	JSON_EACH_MEMBER(one, all) {
		struct json_path at = { path, one.name, 0 };
		if (!check_gen(one.value, generation, &at, err))
			return false;
	}
	return true;
}

static bool check_secret_gens(json_t *all, json_int_t generation,
	const struct json_path *path, struct error *err)
{
	const char *rotated = NULL;

	JSON_EACH_MEMBER(one, all) {
		struct json_path at = { path, one.name, 0 };
		JSON_EACH_MEMBER(record, one.value) {
			struct json_path inner = { &at, record.name, 0 };
			if (!check_gen(record.value, generation, &inner, err))
				return false;
		}
		if (!json_object_get(one.value, "rotation"))
			continue;
		if (rotated)
			return json_refuse(err, &at,
				_("%s is being rotated already, and a profile "
				  "has one rotation at a time"),
				rotated);
		rotated = one.name;
	}
	return true;
}

bool rule_profile(
	json_t *profile, const struct json_path *path, struct error *err)
{
	json_int_t generation =
		json_number(json_object_get(profile, "sealed"), "generation");
	struct json_path at_recipients = { path, "recipients", 0 };
	struct json_path at_secrets = { path, "secrets", 0 };

	return check_recipient_gens(json_object_get(profile, "recipients"),
		       generation, &at_recipients, err) &&
		check_secret_gens(json_object_get(profile, "secrets"),
			generation, &at_secrets, err);
}
