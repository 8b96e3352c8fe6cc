/* SPDX-License-Identifier: MIT */
/* What people copy along with an answer: dropped, and said. */
#include "wizard/wizard_internal.h"

#include "base/attributes.h"
#include "base/i18n.h"
#include "base/slice.h"
#include "base/text.h"
#include "settings/checks.h"

#include <string.h>

static bool drop_comma(struct secret *value)
{
	const char *text = secret_reveal(value);
	bool comma = value->size > 1 && strchr(",;", text[value->size - 1]);

	if (comma)
		secret_truncate(value, value->size - 1);
	return comma;
}

static bool drop_quotes(struct secret *value)
{
	const char *text = secret_reveal(value);
	size_t size = value->size;
	bool quoted =
		size > 2 && text_is_quote(text[0]) && text[size - 1] == text[0];

	if (quoted) {
		secret_truncate(value, size - 1);
		secret_drop_front(value, 1);
	}
	return quoted;
}

const char *tidy_marks(struct secret *value, void *context)
{
	bool comma = drop_comma(value);

	(void)context;
	if (drop_quotes(value))
		return _("the quotes around it were dropped");
	return comma ? _("the comma behind it was dropped") : NULL;
}

/* "account: 0123...", "model=mimo-v2.5": what the question asks for, and its
 * value. Longer names first. */
static bool drop_name(
	struct secret *value, const char *const *names, size_t count)
{
	struct slice text = { secret_reveal(value), value->size };
	struct slice rest = text;

	for (size_t i = 0; i < count && rest.size == text.size; i++)
		if (slice_begins_ignoring_case(text, names[i]))
			rest = slice_from(text, strlen(names[i]));
	struct slice answer = slice_skip_blanks(rest);
	if (rest.size == text.size ||
		(!slice_take(&answer, ":") && !slice_take(&answer, "=")))
		return false;
	answer = slice_skip_blanks(answer);
	if (answer.size == 0)
		return false;
	secret_drop_front(value, text.size - answer.size);
	return true;
}

static const char *tidy_named(struct secret *value, void *context,
	const char *const *names, size_t count)
{
	bool named = drop_name(value, names, count);
	const char *dropped = tidy_marks(value, context);

	return named ? _("the name in front was dropped") : dropped;
}

const char *tidy_account(struct secret *value, void *context)
{
	const char *dropped = tidy_named(value, context,
		WORDS("account id", "account_id", "accountid", "account"));

	return setting_lower_account((char *)secret_room(value))
		? _("taken in lower case, as Cloudflare writes it")
		: dropped;
}

const char *tidy_model(struct secret *value, void *context)
{
	static const char models[] = "models/";
	const char *dropped = tidy_named(value, context, WORDS("model"));
	const struct slice text = { secret_reveal(value), value->size };

	if (!slice_begins(text, models) || text.size == strlen(models))
		return dropped;
	secret_drop_front(value, strlen(models));
	return _("\"models/\" in front was dropped: it is a part of the "
		 "address");
}
