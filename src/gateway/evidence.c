/* SPDX-License-Identifier: MIT */
#include "gateway/attempt_internal.h"

#include "base/json.h"

#include <stdio.h>
#include <string.h>

static void append(
	json_t *list, const struct attempt *attempt, const char *clause)
{
	char text[256];

	sentence_expand(attempt, clause, text, sizeof(text));
	json_push_text(list, text);
}

/* Who spoke, in numbers. */
static void add_answer(const struct attempt *attempt, json_t *list)
{
	const struct reading *reading = &attempt->test.reading;
	const char *speaker = reading_speaker(reading);
	char text[128];

	if (reading->status == 0)
		return;
	if (facts_have(attempt->known, FACT_SAID_ONLY))
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
	else if (*speaker && attempt->sign->cause != DIAGNOSIS_OK)
		snprintf(text, sizeof(text), "status %d, in the form of %s",
			reading->status, speaker);
	else
		snprintf(text, sizeof(text), "status %d", reading->status);
	append(list, attempt, text);
}

json_t *evidence_list(const struct attempt *attempt)
{
	/* What is known of any paste is no reason. */
	const facts of_paste =
		FACT(FACT_PASTED) | FACT(FACT_NO_BASE) | FACT(FACT_SAID_ONLY);
	const struct sign *sign = attempt->sign;
	json_t *list = json_new_list();
	char text[128];

	add_answer(attempt, list);
	if (sign->says) {
		snprintf(text, sizeof(text), "it says \"%s\"", sign->says);
		append(list, attempt, text);
	}
	for (int i = 0; i < FACT_COUNT; i++)
		if (facts_have(sign->needs & ~of_paste, (enum fact)i))
			append(list, attempt, fact_words((enum fact)i));
	/* What further calls found is told even where it only ruled out. */
	for (int i = FACT_AGAIN; i < FACT_COUNT; i++)
		if (facts_have(attempt->known & ~sign->needs, (enum fact)i))
			append(list, attempt, fact_words((enum fact)i));
	if (attempt->test.reading.fault != HTTP_FAULT_NONE)
		append(list, attempt,
			http_fault_words(attempt->test.reading.fault));
	return list;
}

json_t *evidence_rows(const struct attempt *attempt)
{
	json_t *rows = json_new_list();

	for (size_t i = 0; i < attempt->read_count; i++)
		json_push(rows,
			json_new_number(
				(json_int_t)sign_number(attempt->read[i])));
	return rows;
}
