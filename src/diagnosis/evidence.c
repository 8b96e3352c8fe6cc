/* SPDX-License-Identifier: MIT */
#include "diagnosis/sentence_internal.h"

#include "base/json.h"

#include <stdio.h>
#include <string.h>

static void append(
	json_t *list, const struct inquiry *inquiry, const char *clause)
{
	char text[256];

	sentence_expand(inquiry, clause, text, sizeof(text));
	json_push_text(list, text);
}

/* Who spoke, in numbers. */
static void add_answer(const struct inquiry *inquiry, json_t *list)
{
	const struct reading *reading = inquiry->reading;
	const char *speaker = reading_speaker(reading);
	char text[128];

	if (reading->status == 0)
		return;
	if (facts_have(inquiry->known, FACT_SAID_ONLY))
		snprintf(text, sizeof(text),
			"status %d; of the answer's body only words are in the "
			"paste",
			reading->status);
	else if (reading->speaker == SPEAKER_UNSEEN)
		snprintf(text, sizeof(text),
			"status %d; the answer's body is not in the paste",
			reading->status);
	else if (reading->code > 0)
		snprintf(text, sizeof(text),
			"status %d with error %d, in the form of %s",
			reading->status, reading->code, speaker);
	else if (*speaker && inquiry->rule->cause != DIAGNOSIS_OK)
		snprintf(text, sizeof(text), "status %d, in the form of %s",
			reading->status, speaker);
	else
		snprintf(text, sizeof(text), "status %d", reading->status);
	append(list, inquiry, text);
}

json_t *evidence_list(const struct inquiry *inquiry)
{
	/* What is known of any paste is no reason. */
	const facts of_paste =
		FACT(FACT_PASTED) | FACT(FACT_NO_BASE) | FACT(FACT_SAID_ONLY);
	const struct rule *rule = inquiry->rule;
	json_t *list = json_new_list();
	char text[128];

	add_answer(inquiry, list);
	if (rule->says) {
		snprintf(text, sizeof(text), "it says \"%s\"", rule->says);
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
