/* SPDX-License-Identifier: MIT */
/* What the files of this step share: the findings, and the paste that they
 * fill.
 */
#ifndef PASTE_SETTLE_INTERNAL_H
#define PASTE_SETTLE_INTERNAL_H

#include "base/attributes.h"
#include "paste/paste.h"
#include "paste/recognise.h"

struct settling {
	struct paste *paste;
	const struct recognised *recognised;
	size_t endpoint; /* the one that the paste is about */
	/* Whose provider, key and model it is: the same, but for a gateway's
	 * root the one provider's own address. */
	size_t source;
	/* Where the provider was found, but for in an address; or NULL. */
	const struct finding *named;
	const struct address *address; /* its own; empty where there is none */
	bool apart; /* a further provider: only what is its own counts */
};

/* Fills the paste's parts and notes; false where no address is in the findings.
 */
bool paste_settle(const struct findings *findings, struct paste *paste);

/* Provider, path, model, the provider's own API and both secrets. */
void settle_route(struct settling *settling);

void settle_secrets(struct settling *settling);

/* The others behind the same gateway, and a note of those without a route. */
void settle_others(const struct settling *settling);

/* The best finding of a role for the source; or NULL. */
const struct finding *settle_find(
	const struct settling *settling, enum role role);

/* The best model that is no other provider's; or NULL. */
const struct finding *settle_find_model(const struct settling *settling);

/* `label` is static. */
void settle_note(struct paste *paste, enum paste_note_kind kind,
	const char *label, const char *format, ...) PRINTF(4, 5);

/* Takes a part where its check passes; says why, where it does not. */
typedef bool part_check(const char *text, struct error *err);
bool settle_part(struct paste *paste, const char *label, const char *text,
	part_check *check, char **part);

/* That a part is missing, since `text` stands for it and is no value. */
void settle_placeholder(
	struct paste *paste, const char *label, const char *text, size_t size);

#endif
