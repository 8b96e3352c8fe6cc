/* SPDX-License-Identifier: MIT */
#include "profile/given_secrets.h"

#include "base/json.h"
#include "base/memory.h"

json_t *given_secret_add_text(
	struct given_secrets *secrets, const char *value, size_t size)
{
	json_t *number = json_new_number((json_int_t)secrets->count);

	MEMORY_PUSH(secrets->items, secrets->count,
		secret_arena_add(&secrets->arena, value, size));
	return number;
}

json_t *given_secret_add(
	struct given_secrets *secrets, const struct secret *value)
{
	return given_secret_add_text(
		secrets, secret_reveal(value), value->size);
}

const struct secret *given_secret_find(const struct given_secrets *secrets,
	const json_t *answers, const char *name)
{
	const json_t *number = json_inner(answers, "secrets", name);
	json_int_t at =
		json_is_integer(number) ? json_integer_value(number) : -1;

	return at >= 0 && (size_t)at < secrets->count ? secrets->items[at]
						      : NULL;
}

bool given_secrets_take(
	struct given_secrets *secrets, json_t *answers, struct error *err)
{
	const struct json_path path = { NULL, "secrets", 0 };
	json_t *given = NULL;

	if (!json_get_object(
		    answers, NULL, "secrets", JSON_OPTIONAL, &given, err))
		return false;
	JSON_SCOPED json_t *numbers = json_new_object();
	JSON_EACH_MEMBER(member, given) {
		const struct json_path at = { &path, member.name, 0 };
		if (!json_is_string(member.value))
			return json_refuse_type(err, &at, JSON_STRING);
		json_put(numbers, member.name,
			given_secret_add_text(secrets,
				json_string_value(member.value),
				json_string_length(member.value)));
	}
	/* jansson wipes what it frees (memory_wipe_json). */
	if (given)
		json_put_shared(answers, "secrets", numbers);
	return true;
}

void given_secrets_release(struct given_secrets *secrets)
{
	memory_free(secrets->items, 0);
	secret_arena_release(&secrets->arena);
	*secrets = (struct given_secrets){ 0 };
}
