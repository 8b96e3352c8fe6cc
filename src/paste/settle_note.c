/* SPDX-License-Identifier: MIT */
/* What people are told of a paste, and what all its parts are found and taken
 * by. */
#include "paste/settle_internal.h"

#include "base/clean.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "profile/profile.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void settle_note(struct paste *paste, enum paste_note_kind kind,
	const char *label, const char *format, ...)
{
	char made[512];
	char text[sizeof(made)];
	va_list values;

	va_start(values, format);
	(void)vsnprintf(made, sizeof(made), format, values);
	va_end(values);
	/* Names of the paste stand in it, cut or with whatever is in them. */
	clean_end(made);
	clean_line(made, strlen(made), text, sizeof(text));
	MEMORY_PUSH(paste->notes, paste->note_count,
		(struct paste_note){ .kind = kind,
			.label = label,
			.text = memory_text(text) });
}

void settle_placeholder(
	struct paste *paste, const char *label, const char *text, size_t size)
{
	bool reference =
		size > 3 && memcmp(text, "${", 2) == 0 && text[size - 1] == '}';
	size_t start = reference ? 2 : 0;
	char shown[48];

	(void)snprintf(shown, sizeof(shown), "%.*s",
		(int)(reference ? size - 3 : size), text + start);
	clean_end(shown);
	settle_note(paste, PASTE_MISSING, label,
		reference ? _("missing: the paste reads it from %s, which is "
			      "not in it")
			  : _("missing: %s in the paste is a placeholder"),
		shown);
}

bool settle_part(struct paste *paste, const char *label, const char *text,
	part_check *check, char **part)
{
	struct error err;

	if (*part)
		return true;
	if (is_no_name(slice_of(text))) {
		settle_placeholder(paste, label, text, strlen(text));
		return false;
	}
	if (!check(text, &err)) {
		settle_note(paste, PASTE_MISSING, label, _("not taken: %s"),
			err.what);
		return false;
	}
	*part = memory_text(text);
	return true;
}

/* Of a further provider only what stands with its own address counts. */
static const struct finding *own(
	const struct settling *settling, const struct finding *finding)
{
	const struct recognised *recognised = settling->recognised;

	if (!finding || !settling->apart)
		return finding;
	size_t index = (size_t)(finding - recognised->findings->items);
	return recognised->belongs[index].endpoint == settling->source ? finding
								       : NULL;
}

const struct finding *settle_find(
	const struct settling *settling, enum role role)
{
	return own(settling,
		recognised_find_of(settling->recognised, settling->source, role,
			settling->named, NULL));
}

const struct finding *settle_find_model(const struct settling *settling)
{
	const char *provider = settling->paste->provider;
	const struct finding *model = own(settling,
		recognised_find_of(settling->recognised, settling->source,
			ROLE_MODEL, settling->named, provider));

	if (model || !settling->apart || !provider)
		return model;
	/* GROQ_MODEL beside CF_AIG_BASE_URL_GROQ. */
	OWNED char *key = profile_default_key_env(provider);
	model = recognised_model_by_name(
		settling->recognised, settling->source, provider, key);
	return model && recognised_is_foreign_model(model, provider) ? NULL
								     : model;
}
