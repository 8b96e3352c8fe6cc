/* SPDX-License-Identifier: MIT */
/*
 * What a completion is, in each chat API: the one place that says so. An answer
 * that only resembles one (a list with nothing in it, an error where a choice
 * stands) proves nothing of a route. A model that thinks may say nothing at
 * all: an empty text is a completion where the rest of its form is there.
 *
 * Sources: the providers' API references for chat completions and Responses
 * (OpenAI), Messages (Anthropic), generateContent (Google), Chat v1 (Cohere),
 * Converse (Amazon Bedrock); the reasons that stand for a failure are
 * OpenRouter's ("error"), Zhipu's ("network_error"), DeepSeek's
 * ("insufficient_system_resource") and Cohere's ("ERROR").
 */
#ifndef DIAGNOSIS_COMPLETION_INTERNAL_H
#define DIAGNOSIS_COMPLETION_INTERNAL_H

#include <jansson.h>
#include <stdbool.h>

enum completion_kind {
	COMPLETION_NONE,   /* of no chat API's form */
	COMPLETION_WHOLE,  /* or, of a stream, a part of one */
	COMPLETION_FAILED, /* the form is right, and says that it failed */
};

/* Everything is borrowed from the JSON it was read of. */
struct completion {
	enum completion_kind kind;
	const char *text;   /* of the model; "" where it said nothing */
	const char *reason; /* why it ended; "" where that is not told */
	const json_t
		*error; /* COMPLETION_FAILED: what has the words, or NULL */
	bool last;      /* of a stream: nothing of the answer follows */
};

/* An answer as a whole. */
struct completion completion_read(const json_t *root);

/* One event of a stream. */
struct completion completion_read_event(const json_t *event);

#endif
