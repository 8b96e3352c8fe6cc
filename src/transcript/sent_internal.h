/* SPDX-License-Identifier: MIT */
/* What the request in a paste says of key and token. */
#ifndef TRANSCRIPT_SENT_INTERNAL_H
#define TRANSCRIPT_SENT_INTERNAL_H

#include "transcript/collector_internal.h"
#include "transcript/transcript.h"

void transcript_sent(
	const struct told_request *request, struct transcript *out);

#endif
