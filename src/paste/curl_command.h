/* SPDX-License-Identifier: MIT */
/*
 * A pasted curl command as the request it makes, for who has to know what was
 * sent: all headers and the body, with nothing judged, dropped or masked. A
 * $NAME that a shell would fill in stands as ${NAME}; one in single quotes,
 * which would be sent as it is, stays $NAME.
 */
#ifndef PASTE_CURL_COMMAND_H
#define PASTE_CURL_COMMAND_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

struct curl_command {
	char method[8];     /* "" where -X is not given */
	struct buf url;     /* the first */
	struct buf headers; /* "Name: value\n" each; secret */
	struct buf body;    /* of all -d, joined by & as curl does */
	size_t start, end;  /* where the command stands in the text */
};

/*
 * The first curl command in the text; false where there is none, or it has no
 * address. Release in either case.
 */
bool curl_command_read(
	const char *text, size_t size, struct curl_command *command);
void curl_command_release(struct curl_command *command);

#endif
