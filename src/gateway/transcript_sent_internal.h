/* SPDX-License-Identifier: MIT */
/* What the request in a paste says of key and token. */
#ifndef GATEWAY_TRANSCRIPT_SENT_INTERNAL_H
#define GATEWAY_TRANSCRIPT_SENT_INTERNAL_H

#include "gateway/transcript_hearing_internal.h"
#include "gateway/transcript_internal.h"

void transcript_sent(const struct heard_request *request,
	const struct catalogue *catalogue, struct transcript *out);

#endif
