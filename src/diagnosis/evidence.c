/* SPDX-License-Identifier: MIT */
#include "diagnosis/sentence_internal.h"

#include "base/i18n.h"

#include <stdio.h>

static void append(
	json_t *list, const struct inquiry *inquiry, const char *clause)
{
	char text[256];

	if (sentence_fill(inquiry, clause, text, sizeof(text)))
		json_push_text(list, text);
}

/* Who answered, with which status and code. */
static void add_answer(const struct inquiry *inquiry, json_t *list)
{
	const struct reading *reading = inquiry->reading;
	char origin[96];
	char text[128];

	reading_origin(reading, origin, sizeof(origin));

	if (reading->status == 0)
		return;
	if (facts_have(inquiry->known, FACT_SAID_ONLY))
		snprintf(text, sizeof(text),
			_("status %d; only words of the answer's body are in "
			  "the paste"),
			reading->status);
	else if (reading->speaker == SPEAKER_UNSEEN)
		snprintf(text, sizeof(text),
			_("status %d; the answer's body is not in the paste"),
			reading->status);
	else if (inquiry->rule->cause != DIAGNOSIS_OK && *origin)
		snprintf(text, sizeof(text), "%s", origin);
	else
		snprintf(text, sizeof(text), _("status %d"), reading->status);
	append(list, inquiry, text);
	if (reading->code <= 0)
		return;
	snprintf(
		text, sizeof(text), _("the error's code is %d"), reading->code);
	append(list, inquiry, text);
}

json_t *evidence_list(const struct inquiry *inquiry)
{
	/* These facts hold of every paste, so they explain nothing. */
	const facts of_paste =
		FACT(FACT_PASTED) | FACT(FACT_NO_BASE) | FACT(FACT_SAID_ONLY);
	const struct rule *rule = inquiry->rule;
	json_t *list = json_new_list();
	char text[128];

	add_answer(inquiry, list);
	if (rule->says) {
		snprintf(text, sizeof(text), _("it says \"%s\""), rule->says);
		append(list, inquiry, text);
	}
	for (int i = 0; i < FACT_COUNT; i++)
		if (facts_have(rule->needs & ~of_paste, (enum fact)i))
			append(list, inquiry, fact_words((enum fact)i));
	/* What further calls found is told even where it only ruled out. */
	for (int i = FACT_AGAIN; i < FACT_COUNT; i++)
		if (facts_have(inquiry->known & ~rule->needs, (enum fact)i))
			append(list, inquiry, fact_words((enum fact)i));
	if (inquiry->reading->fault != HTTP_FAULT_NONE)
		append(list, inquiry,
			http_fault_words(inquiry->reading->fault));
	return list;
}
