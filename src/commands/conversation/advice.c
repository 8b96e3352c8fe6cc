/* SPDX-License-Identifier: MIT */
/*
 * Advice in the wizard: nobody can type a command while it asks, and its own
 * choices do the same.
 *
 *     `aigenv secret set MIMO_API_KEY`, then `aigenv apply`   choose k below
 *     `aigenv config set gateway=my-gateway`      choose e below (gateway=...)
 *     set gateway to it (`aigenv help config set`)   ... (choose e below)
 *     `aigenv config set routes.x.credential=header` and `aigenv secret set X`
 *                          choose e below (routes.x...) and give X there
 */
#include "commands/conversation/conversation_internal.h"

#include "base/i18n.h"
#include "base/text.h"

#include <stddef.h>
#include <string.h>

#define CONFIG_SET " config set "
#define SECRET_SET " secret set "

/* What stands in the command's place, or nothing where no choice is like it.
 * `edits`: the text has named the choice that asks everything again. */
static bool name_choice(
	const char *command, bool has_key, bool *edits, struct buf *out)
{
	const char *set = strstr(command, CONFIG_SET);
	const char *secret = strstr(command, SECRET_SET);

	if (has_key && secret)
		buf_printf(out, _("choose %c below"), CHOOSE_KEY);
	else if (secret && *edits)
		buf_printf(
			out, _("give %s there"), secret + strlen(SECRET_SET));
	else if (strstr(command, " help config set"))
		buf_printf(out, _("choose %c below"), CHOOSE_EDIT);
	else if (set || secret)
		buf_printf(out, _("choose %c below (%s)"), CHOOSE_EDIT,
			set ? set + strlen(CONFIG_SET)
			    : secret + strlen(SECRET_SET));
	else
		return false;
	*edits = *edits || set;
	return true;
}

/*
 * Past the `aigenv apply` that would follow, and the word between the two in
 * whatever language: the wizard does that by itself.
 */
static const char *skip_apply(const char *rest)
{
	static const char apply[] = " apply`";
	const char *start = rest + strcspn(rest, "`;.(");
	const char *end = *start == '`' ? strchr(start + 1, '`') : NULL;
	ptrdiff_t length = end ? end + 1 - start : 0;

	return length > (ptrdiff_t)strlen(apply) &&
			text_starts_with(end + 1 - strlen(apply), apply)
		? end + 1
		: rest;
}

void reword_advice(char *advice, size_t size, bool has_key)
{
	SCOPED(buf) struct buf text = BUF(65536);
	const char *rest = advice;
	bool edits = false;

	while (*rest) {
		const char *start = strchr(rest, '`');
		const char *end = start ? strchr(start + 1, '`') : NULL;
		if (!end)
			break;
		SCOPED(buf) struct buf command = BUF(65536);
		buf_append(&command, start + 1, (size_t)(end - start) - 1);
		buf_append(&text, rest, (size_t)(start - rest));
		rest = end + 1;
		if (name_choice(buf_cstring(&command), has_key, &edits, &text))
			rest = skip_apply(rest);
		else
			buf_append(&text, start, (size_t)(rest - start));
	}
	buf_text(&text, rest);
	if (text.size < size)
		memcpy(advice, buf_cstring(&text), text.size + 1);
}
