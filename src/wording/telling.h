/* SPDX-License-Identifier: MIT */
/*
 * How a line tells what it tells: as something that happened, or as guides,
 * descriptions of an interface and wishes do, which name errors that nobody
 * got. In English and Chinese. Pure.
 */
#ifndef WORDING_TELLING_H
#define WORDING_TELLING_H

#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>

/* What follows is a sample: "You get a response with this structure:". */
bool telling_leads_to_sample(struct slice line);

/* What follows is what somebody got: "What I get:". */
bool telling_leads_to_own(struct slice line);

/* It tells when the answer named above it comes: "Returned when ...". */
bool telling_describes(struct slice line);

/* It has "me" in Chinese: 我, and not 我们. */
bool telling_has_me(struct slice words);

/* What begins at line[start] stands in a sentence, behind several words. */
bool telling_is_spoken(struct slice line, size_t start);

/* Several sentences of somebody's who does not tell their own. */
bool telling_is_prose(struct slice line);

/* What begins at line[start] is shown as one of several that nobody got. */
bool telling_is_example(struct slice line, size_t start);

/*
 * What stands in line[start, end) is told in general: under a condition ("if
 * the key is wrong, ..."), as an example, or as a word whose meaning is told
 * ("429 means ...").
 */
bool telling_is_general(struct slice line, size_t start, size_t end);

/* A clause of the words tells when it happens: "when a key is wrong". */
bool telling_has_condition(struct slice words);

#endif
