/* SPDX-License-Identifier: MIT */
/* Lines of servers' logs of who called them. */
#ifndef TRANSCRIPT_ACCESS_LOG_INTERNAL_H
#define TRANSCRIPT_ACCESS_LOG_INTERNAL_H

#include "base/slice.h"

#include <stdbool.h>

/* `"POST /api/chat HTTP/1.1" 400`, `[GIN] 2025/03/22 - 13:50:48 | 400 | 13ms |
 * POST "/api/chat"`: the path; of size 0 where the line is none of these. */
struct slice access_log_path(struct slice line);

/* Of an API for models, OpenAI's or another's. */
bool access_log_is_endpoint(struct slice path);

#endif
