/* SPDX-License-Identifier: MIT */
/*
 * A completion as server-sent events (WHATWG HTML, section 9.2: "data:" lines,
 * an empty line ends an event). OpenAI's ends with "[DONE]" or a finish_reason,
 * Anthropic's with message_stop, Google's with a finishReason.
 */
#ifndef DIAGNOSIS_STREAM_INTERNAL_H
#define DIAGNOSIS_STREAM_INTERNAL_H

#include "diagnosis/reading.h"

/* Sets the speaker: STREAM, BROKEN_STREAM, or whose error came in an event;
 * message is the text that was streamed. */
void stream_take(const struct buf *body, struct reading *reading);

#endif
