/* SPDX-License-Identifier: MIT */
#include "emulator/gateway_error.h"

#include "base/json_build.h"

#include <stdio.h>

/* How much of the sentence the envelope repeats; older ones stop early. */
enum extent {
	EXTENT_CODE,        /* name, httpCode, internalCode */
	EXTENT_MESSAGE,     /* and message */
	EXTENT_DESCRIPTION, /* and description */
};

struct row {
	int code;
	unsigned status;
	enum extent extent;
	const char *message;
};

static const struct row rows[] = {
#define GATEWAY_ERROR(name, code, status, extent, message)                     \
	{ code, status, EXTENT_##extent, message },
#include "emulator/gateway_error.def"
#undef GATEWAY_ERROR
};

void gateway_error(
	struct answer *answer, enum gateway_error error, const char *message)
{
	const struct row *row = &rows[error];
	const char *text = message ? message : row->message;
	json_t *body = json_build(
		"{success:false, result:[], messages:[], error:[{code:%i, "
		"message:%s}], name:'AiGatewayError', httpCode:%i, "
		"internalCode:%i}",
		row->code, text, (int)row->status, row->code);

	if (row->extent >= EXTENT_MESSAGE)
		json_put_text(body, "message", text);
	if (row->extent >= EXTENT_DESCRIPTION)
		json_put_text(body, "description", text);
	snprintf(answer->outcome, sizeof(answer->outcome), "gateway %d",
		row->code);
	answer_json(answer, row->status, body);
}
