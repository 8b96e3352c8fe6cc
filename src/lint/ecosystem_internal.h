/* SPDX-License-Identifier: MIT */
/* What the files of this room share: an ecosystem file that is being looked at.
 */
#ifndef LINT_ECOSYSTEM_INTERNAL_H
#define LINT_ECOSYSTEM_INTERNAL_H

#include "ecosystem/properties.h"
#include "lint/lint_internal.h"

struct looking {
	struct report *report;
	const struct subject *subject;
	struct properties found;
	const char *comment; /* how one begins */
	/* Findings come mostly in order: lines are counted once. */
	struct place seen;
	size_t seen_at;
};

/* A variable that PM2 gives an app. */
bool looking_is_variable(const struct property *property);

/* By a comment behind that place, or on the line above. */
bool looking_is_silent(
	const struct looking *looking, size_t at, enum rule_id rule);

/* Line and column of a place. */
struct place looking_place(struct looking *looking, size_t at);

/* A finding at a property's name, whose value is hidden where it may be a
 * secret; NULL where it is silenced. */
struct finding *looking_say(struct looking *looking, enum rule_id rule,
	const struct property *property, const char *format, ...) PRINTF(4, 5);

/* How many bytes of a name or value a sentence shows, for %.*s. */
#define SHOWN_LIMIT 120
#define SHOWN(slice) (int)slice_first((slice), SHOWN_LIMIT).size, (slice).at

/* Stands for what is hidden. */
#define BULLETS "••••"

/* Whether the name is a secret's, or the value looks like one. */
bool looking_is_hidden(const struct property *property);

/* A secret that is written out as a property's value. */
void looking_check_secret(
	struct looking *looking, const struct property *property);
/* Keys that no property has for its value: in a list, a template, an expression
 * or a comment. */
void looking_check_keys(struct looking *looking);

#endif
