/* SPDX-License-Identifier: MIT */
/* A stand-in is a number, known by being this very one: no data can forge it.
 */
#include "template/template.h"

#include "base/json_build.h"
#include "base/memory.h"
#include "template/template_internal.h"

json_t *template_stand_in(
	struct template_secrets *secrets, const struct secret *value)
{
	json_t *stand_in = json_new_number((json_int_t)secrets->count);

	MEMORY_PUSH(secrets->items, secrets->count,
		(struct template_secret){ stand_in, value });
	return json_incref(stand_in);
}

const struct secret *template_secret_of(
	const struct template_secrets *secrets, const json_t *value)
{
	json_int_t index =
		json_is_integer(value) ? json_integer_value(value) : -1;

	if (!secrets || index < 0 || (size_t)index >= secrets->count ||
		secrets->items[index].stand_in != value)
		return NULL;
	return secrets->items[index].value;
}

void template_secrets_release(struct template_secrets *secrets)
{
	for (size_t i = 0; i < secrets->count; i++)
		json_decref(secrets->items[i].stand_in);
	memory_free(secrets->items, 0);
	*secrets = (struct template_secrets){ 0 };
}
