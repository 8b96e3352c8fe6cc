/* SPDX-License-Identifier: MIT */
#include "emulator/fault.h"

#include "base/text.h"
#include "emulator/trace.h"

#include <stdio.h>
#include <string.h>

const struct fault *fault_find(const char *name, size_t size)
{
	for (const struct fault *row = faults; row->name; row++)
		if (text_is(name, size, row->name))
			return row;
	return NULL;
}

const struct fault *fault_take(
	struct settings *settings, enum fault_stage stage)
{
	for (size_t i = 0; i < settings->fault_count; i++) {
		struct fault_state *state = &settings->faults[i];

		if (state->fault->stage != stage || state->left == 0)
			continue;
		if (state->left > 0)
			state->left--;
		return state->fault;
	}
	return NULL;
}

void fault_answer(const struct fault *fault, const struct dialect *dialect,
	struct answer *answer)
{
	const struct refusal_values values = { .key = "the key in use" };
	const size_t size = fault->body_size ? fault->body_size
		: fault->body                ? strlen(fault->body)
					     : 0;

	if (fault->ray)
		trace_ray(answer);
	if (fault->header_name)
		answer_header(answer, fault->header_name, fault->header_value);
	if (fault->effect != EFFECT_STREAM)
		answer->delivery = fault->delivery;
	switch (fault->effect) {
	case EFFECT_PAGE:
		answer_text(
			answer, fault->status, fault->type, fault->body, size);
		for (unsigned i = 1; i < fault->repeat; i++)
			buf_append(&answer->body, fault->body, size);
		if (fault->tail)
			buf_text(&answer->body, fault->tail);
		break;
	case EFFECT_ERROR:
		gateway_error(answer, fault->error, NULL);
		break;
	case EFFECT_REFUSAL:
		dialect_refuse(dialect ? dialect : &dialect_openai,
			fault->refusal, &values, answer);
		break;
	case EFFECT_BOMB:
		answer_text(answer, fault->status, fault->type, "", 0);
		fault_bomb(&answer->body);
		break;
	case EFFECT_STREAM:
		fault_edit(fault->edit, &answer->body);
		break;
	case EFFECT_DELIVER:
	case EFFECT_CACHE:
		break;
	}
	snprintf(answer->outcome, sizeof(answer->outcome), "fault %s",
		fault->name);
}
