/* SPDX-License-Identifier: MIT */
/* Whether there is another provider: those that a paste had, too, are offered.
 */
#include "wizard/wizard_internal.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "profile/profile.h"

bool more_applies(const struct asking *asking)
{
	return !json_object_get(asking->draft.given, "routes") &&
		asking->route + 1 == draft_route_count(&asking->draft) &&
		asking->route + 1 < ROUTES_LIMIT;
}

static bool has_route(const struct asking *asking, const char *provider)
{
	for (size_t i = 0; i <= asking->route; i++) {
		const struct field field = { SETTINGS_ROUTE, "provider", i };
		if (text_equal_or_null(
			    draft_get(&asking->draft, field), provider))
			return true;
	}
	return false;
}

/* "Anthropic, Groq": what a paste had and no route has. */
static void list_others(const struct asking *asking, struct buf *titles)
{
	for (size_t i = 0; i < asking->other_count; i++) {
		const char *provider = asking->others[i].provider;
		const struct provider *entry = catalogue_find(provider);
		if (!has_route(asking, provider))
			buf_listed(titles, entry ? entry->title : provider);
	}
}

static void take_others(struct asking *asking)
{
	const size_t first = asking->route;

	for (size_t i = 0; i < asking->other_count; i++) {
		const struct paste *other = &asking->others[i];
		if (asking->route + 1 == ROUTES_LIMIT ||
			has_route(asking, other->provider))
			continue;
		draft_add_route(&asking->draft);
		asking->route++;
		paste_take(asking, other, false);
	}
	asking->route = first;
}

bool ask_more(struct asking *asking, const struct question *question,
	enum prompt_outcome *outcome, struct error *err)
{
	SCOPED(buf) struct buf titles = BUF(4096);
	bool yes = false;

	list_others(asking, &titles);
	OWNED char *offer = titles.size > 0
		? memory_printf(_("Also take %s from the paste?"),
			  buf_cstring(&titles))
		: NULL;
	const struct prompt_question asked = {
		.text = offer ? offer : _(question->text),
		.help = _(question->help),
		.first = asking->is_first,
	};
	bool ok = prompt_confirm(
		asking->prompt, &asked, offer != NULL, outcome, &yes, err);
	if (ok && *outcome != PROMPT_BACK) {
		draft_keep_routes(&asking->draft, asking->route + 1);
		if (yes && offer)
			take_others(asking);
		else if (yes)
			draft_add_route(&asking->draft);
	}
	return ok;
}
