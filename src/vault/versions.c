/* SPDX-License-Identifier: MIT */
/* What a profile takes in from another version of it. */
#include "vault/versions.h"

#include "base/json.h"
#include "base/text.h"
#include "vault/vault_internal.h"

static json_t *member_of(const struct opened *opened, const char *member)
{
	return opened ? json_object_get(opened->profile, member) : NULL;
}

static json_t *secret_of(const struct opened *opened, const char *name)
{
	return json_object_get(member_of(opened, "secrets"), name);
}

static json_t *recipient_of(const struct opened *opened, const char *name)
{
	return json_object_get(member_of(opened, "recipients"), name);
}

int64_t opened_recipient_generation(
	const struct opened *opened, const char *recipient)
{
	json_t *generation =
		json_object_get(recipient_of(opened, recipient), "gen");

	return generation ? json_integer_value(generation)
			  : opened_generation(opened);
}

json_t *opened_secret_names(const struct opened *opened)
{
	return json_incref(member_of(opened, "secrets"));
}

json_t *opened_recipient_names(const struct opened *opened)
{
	return json_incref(member_of(opened, "recipients"));
}

/* Secrets */

/* Of one slot, or of a rotation, which has no value. */
struct slots {
	const struct opened *openeds[2];
	json_t *records[2];
};

static bool has_same_value(const struct slots *slots, const char *name)
{
	SCOPED(secret_arena) struct secret_arena arena = { 0 };
	const struct secret *values[2];

	for (size_t i = 0; i < 2; i++)
		values[i] = opened_decrypt(
			slots->openeds[i], name, slots->records[i], &arena);
	return values[0] && values[1] && secret_equal(values[0], values[1]);
}

/* What says nothing of the value: when and with which key it was written. */
static json_t *without_writing(json_t *slot)
{
	static const char *const members[] = { "gen", "at", "data" };
	json_t *copy = json_new_shallow(slot);

	for (size_t i = 0; i < ARRAY_SIZE(members); i++)
		(void)json_object_del(copy, members[i]);
	return copy;
}

static bool is_same_slot(const struct slots *slots, const char *name)
{
	if (json_equal_or_null(slots->records[0], slots->records[1]))
		return true;
	if (!json_object_get(slots->records[0], "data") ||
		!json_object_get(slots->records[1], "data"))
		return false;
	JSON_SCOPED json_t *a = without_writing(slots->records[0]);
	JSON_SCOPED json_t *b = without_writing(slots->records[1]);
	return json_equal(a, b) && has_same_value(slots, name);
}

bool opened_has_same_secret(
	const struct opened *a, const struct opened *b, const char *name)
{
	json_t *one = secret_of(a, name);
	json_t *other = secret_of(b, name);

	if (!one || !other)
		return one == other;
	if (json_object_size(one) != json_object_size(other))
		return false;
	JSON_EACH_MEMBER(record, one) {
		const struct slots slots = { { a, b },
			{ record.value, json_object_get(other, record.name) } };
		if (!is_same_slot(&slots, name))
			return false;
	}
	return true;
}

bool opened_is_rotating(const struct opened *opened, const char *name)
{
	return json_object_get(secret_of(opened, name), "rotation") != NULL;
}

bool opened_take_secret(struct opened *to, const struct opened *from,
	const char *name, struct error *err)
{
	json_t *secrets = member_of(to, "secrets");
	json_t *secret = secret_of(from, name);

	to->changed = true;
	if (!secret) {
		(void)json_object_del(secrets, name);
		return true;
	}
	json_t *copy = text_equal(to->keys.id, from->keys.id)
		? json_incref(secret)
		: share_encrypt_again(from, &to->keys, name, secret);
	if (!copy)
		return share_refuse_value(from, name, err);
	json_put(secrets, name, copy);
	return true;
}

/* Recipients */

static bool has_same_member(json_t *a, json_t *b, const char *member)
{
	return json_equal_or_null(
		json_object_get(a, member), json_object_get(b, member));
}

bool opened_has_same_recipient(
	const struct opened *a, const struct opened *b, const char *name)
{
	json_t *one = recipient_of(a, name);
	json_t *other = recipient_of(b, name);

	return !one == !other && has_same_member(one, other, "age") &&
		has_same_member(one, other, "sign");
}

bool opened_has_equal_recipient(
	const struct opened *a, const struct opened *b, const char *name)
{
	return json_equal_or_null(recipient_of(a, name), recipient_of(b, name));
}

void opened_take_recipient(
	struct opened *to, const struct opened *from, const char *name)
{
	json_t *recipients = member_of(to, "recipients");
	json_t *recipient = recipient_of(from, name);

	to->changed = true;
	if (recipient)
		json_put(recipients, name, json_new_copy(recipient));
	else
		(void)json_object_del(recipients, name);
}

void opened_vouch(struct opened *opened, const char *name)
{
	if (json_object_get(recipient_of(opened, name), "sign"))
		share_vouch(opened, name);
}

static bool has_key(const struct opened *opened, json_t *recipient)
{
	JSON_EACH_MEMBER(other, member_of(opened, "recipients"))
		if (has_same_member(recipient, other.value, "age"))
			return true;
	return false;
}

bool opened_has_sealer_of(
	const struct opened *opened, const struct opened *other)
{
	json_t *sealer = recipient_of(other, opened_sealed_by(other));

	JSON_EACH_MEMBER(recipient, member_of(opened, "recipients"))
		if (has_same_member(sealer, recipient.value, "sign"))
			return true;
	return false;
}

/* Whether somebody can open `other` who is not to open the profile. */
static bool has_lost_one(
	const struct opened *opened, const struct opened *other)
{
	JSON_EACH_MEMBER(recipient, member_of(other, "recipients"))
		if (!has_key(opened, recipient.value))
			return true;
	return false;
}

bool opened_finish_recipients(struct opened *opened,
	const struct opened *const *others, size_t count, struct error *err)
{
	bool renew = false;

	for (size_t i = 0; i < count && !renew; i++)
		renew = others[i] &&
			(!text_equal(opened->keys.id, others[i]->keys.id) ||
				has_lost_one(opened, others[i]));
	opened_sort(opened);
	bool ok =
		renew ? opened_renew_key(opened, err) : share_wrap(opened, err);
	if (ok)
		opened_sort(opened);
	return ok;
}

/* Whole profiles */

bool vault_has_same_profile(
	const struct vault *a, const struct vault *b, const char *name)
{
	json_t *one = vault_has_profile(a, name) ? vault_parsed(a, name) : NULL;
	json_t *other =
		vault_has_profile(b, name) ? vault_parsed(b, name) : NULL;

	return json_equal_or_null(one, other);
}
