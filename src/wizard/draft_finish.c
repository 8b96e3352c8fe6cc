/* SPDX-License-Identifier: MIT */
/* What of the draft becomes answers, once all is said. */
#include "wizard/draft.h"

#include "base/json.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"

static bool is_needed(const struct draft *draft, const char *name)
{
	bool needed = text_equal(name, TOKEN_NAME) ||
		json_inner(draft->first, "secrets", name);

	for (size_t i = 0; i < draft_route_count(draft) && !needed; i++) {
		OWNED char *key = draft_key_name(draft, i);
		needed = text_equal_or_null(key, name);
	}
	return needed || draft_wants(draft, name);
}

/* Without PM2 nothing is to be rendered for it. */
static void leave_ecosystem(const struct draft *draft, json_t *answers)
{
	json_t *said = json_object_get(answers, "outputs");
	json_t *outputs = said
		? said
		: json_object_get(draft->wizard->present, "outputs");
	JSON_SCOPED json_t *kept = json_new_list();

	JSON_EACH(output, outputs) {
		const char *template = json_text(output.value, "template");
		if (!template || !text_starts_with(template, "ecosystem"))
			json_push_shared(kept, output.value);
	}
	bool fewer = json_array_size(kept) < json_array_size(outputs);
	if (fewer && json_array_size(kept) > 0)
		json_put_shared(answers, "outputs", kept);
	else if (fewer)
		json_put(answers, "outputs", json_null());
}

json_t *draft_finish(const struct draft *draft)
{
	json_t *answers = json_new_copy(draft->said);
	json_t *secrets = json_object_get(answers, "secrets");
	const char *name = NULL;
	json_t *value = NULL;
	void *next = NULL;

	json_object_foreach_safe(secrets, next, name, value) {
		if (!is_needed(draft, name))
			(void)json_object_del(secrets, name);
	}
	if (json_is_null(json_object_get(answers, "pm2")) &&
		!json_object_get(draft->given, "outputs"))
		leave_ecosystem(draft, answers);
	return answers;
}
