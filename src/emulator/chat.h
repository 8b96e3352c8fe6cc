/* SPDX-License-Identifier: MIT */
/*
 * A provider's calls, once path, key and method are right: chat completions
 * (plain and streamed) and the list of models, each in its own shape.
 *
 * What the models say is always the same for the same question, so that tests
 * can expect it; and it names the model, so that people see who answered.
 */
#ifndef EMULATOR_CHAT_H
#define EMULATOR_CHAT_H

#include "emulator/upstream.h"

/* `rest` is what follows the endpoint's path: "/gemini-2.5-flash:gen...". */
typedef void endpoint_handler(const struct upstream_call *call,
	const char *rest, struct answer *answer);

endpoint_handler chat_openai;
endpoint_handler chat_anthropic;
endpoint_handler chat_google;
endpoint_handler models_openai;
endpoint_handler models_anthropic;
endpoint_handler models_google;
endpoint_handler model_openai;
endpoint_handler chat_azure;
endpoint_handler chat_bedrock;
endpoint_handler chat_cohere_v1;
endpoint_handler chat_cohere_v2;
endpoint_handler models_cohere;

/* Of what is no chat, only the refusal of a body is played. */
endpoint_handler chat_none;

#endif
