/* SPDX-License-Identifier: MIT */
/* What `aigenv status` shows of a profile: a table, and what is to be done. */
#ifndef COMMANDS_STATUS_REPORT_H
#define COMMANDS_STATUS_REPORT_H

#include "cli/output.h"

#include <jansson.h>

/* Of a profile's record in the document (deploy/status.h): both say the same.
 */
void status_report(struct output *output, const json_t *profile);

#endif
