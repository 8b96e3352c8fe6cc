/* SPDX-License-Identifier: MIT */
/*
 * How each provider words its refusals. The gateway passes these on unchanged,
 * and aigenv tells causes apart by them.
 */
#ifndef EMULATOR_DIALECT_H
#define EMULATOR_DIALECT_H

#include "emulator/answer.h"

enum refusal_kind {
	REFUSE_NO_KEY,
	REFUSE_WRONG_KEY,
	REFUSE_MODEL,   /* the model is unknown */
	REFUSE_PATH,    /* nothing is at that path */
	REFUSE_METHOD,  /* something is, but not for this method */
	REFUSE_BODY,    /* the body is no JSON object, or lacks a member */
	REFUSE_QUOTA,   /* the account has no money left */
	REFUSE_RATE,    /* too many requests */
	REFUSE_CONTENT, /* a content filter */
	REFUSE_DOWN,    /* the provider itself is in trouble */
	REFUSE_COUNT
};

struct refusal {
	unsigned status;
	/*
	 * The body, or NULL for OpenAI's way. {key}, {model}, {path}, {method}
	 * and {reason} stand for what the request had, escaped for JSON; {key}
	 * is masked as the provider masks it.
	 */
	const char *body;
	const char *type; /* content type; NULL for JSON */
};

struct dialect {
	const char *name;
	struct refusal refusals[REFUSE_COUNT];
	const char *header; /* that names the kind of each refusal; or NULL */
	const char *header_values[REFUSE_COUNT];
};

extern const struct dialect dialect_openai, dialect_anthropic, dialect_google,
	dialect_deepseek, dialect_mimo, dialect_cloudflare, dialect_siliconflow,
	dialect_zhipu, dialect_minimax, dialect_dashscope, dialect_azure,
	dialect_bedrock, dialect_cohere, dialect_vertex, dialect_deepgram,
	dialect_elevenlabs, dialect_fal, dialect_huggingface, dialect_replicate;

/* All of them, ended by NULL. */
extern const struct dialect *const dialects[];

/* The one of that name, or NULL. */
const struct dialect *dialect_find(const char *name);

/* What the placeholders stand for; NULL is "". */
struct refusal_values {
	const char *key;
	const char *model;
	const char *path;
	const char *method;
	const char *reason;
};

void dialect_refuse(const struct dialect *dialect, enum refusal_kind kind,
	const struct refusal_values *values, struct answer *answer);

#endif
