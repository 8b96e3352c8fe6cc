/* SPDX-License-Identifier: MIT */
/*
 * What the three shapes of a chat have in common. For chat*.c alone.
 */
#ifndef EMULATOR_CHAT_INTERNAL_H
#define EMULATOR_CHAT_INTERNAL_H

#include "emulator/chat.h"
#include "emulator/dialect.h"
#include "emulator/settings.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#define ID_BYTES 12
#define ID_SIZE (ID_BYTES * 2 + 1)

/* What was asked, once it is known to be well formed. */
struct question {
	json_t *body; /* owned */
	const char *model;
	json_int_t budget; /* most tokens of the answer; -1: no limit */
	bool stream;
	bool thinks;      /* and so may spend the whole budget in silence */
	const char *text; /* the last message, "" where it is no plain text */
};

/* The answer of the model that is imitated, before it has a provider's form. */
struct reply {
	char id[ID_SIZE];
	char *text;
	bool cut; /* the budget was spent before anything was said */
	json_int_t prompt_tokens;
	json_int_t tokens;
};

void question_release(struct question *question);
void reply_release(struct reply *reply);

/* The provider's refusal in its own words. */
void chat_refuse(const struct upstream_call *call, enum refusal_kind kind,
	const char *model, const char *reason, struct answer *answer);

/* Whether the provider serves the model; else it was refused. */
bool chat_check_model(const struct upstream_call *call, const char *model,
	struct answer *answer);

/*
 * Reads and checks a body in OpenAI's or Anthropic's form. False: it was
 * refused, and the answer is made.
 */
bool question_read(const struct upstream_call *call, struct question *question,
	struct answer *answer);

void reply_make(const struct question *question, struct reply *reply);

/* The text of the last message, whose `member` it is: plain, or its first part.
 * "" where it has none. */
const char *chat_last_text(const json_t *messages, const char *member);

/* Makes the answer a stream of events, so far empty. */
void chat_begin_events(struct answer *answer);

/* Adds one; takes the reference. `name` is NULL where the form has none. */
void chat_event(struct answer *answer, const char *name, json_t *data);

/* A whole message in Anthropic's form. New reference. */
json_t *chat_anthropic_message(
	const struct question *question, const struct reply *reply);

/* Walks over a text word by word: the size of the next piece. */
size_t chat_next_piece(const char *text);

#endif
