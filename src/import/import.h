/* SPDX-License-Identifier: MIT */
/*
 * From an .env that a team has to the answers that `init` takes (DESIGN
 * "--answers"): the base URL is taken apart, keys and models find their routes,
 * and what is left becomes a plain variable or a secret of the profile.
 *
 * Pure: reads a parsed file and the catalogue, opens nothing, asks nothing. It
 * does not judge either: whether an account ID or a key can be right is checked
 * where all answers are (src/profile). When in doubt a variable is a secret:
 * encrypting what is public costs nothing, the other way round does.
 *
 * What it cannot take over without changing its meaning stays a line of the
 * file that aigenv does not manage: names that are no variable's, values with
 * references to other variables, carriage returns, placeholders.
 */
#ifndef IMPORT_IMPORT_H
#define IMPORT_IMPORT_H

#include "base/letters.h"
#include "base/slice.h"
#include "envfile/envfile.h"
#include "profile/given_secrets.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

enum import_note_kind {
	IMPORT_TOOK,    /* what a variable has become */
	IMPORT_LEFT,    /* stays a line of the file's own, and why */
	IMPORT_MISSING, /* what the file does not say */
};

struct import_note {
	enum import_note_kind kind;
	char *name; /* of the variable; of a missing answer its place in them:
		     * account_id, routes[0].model, secrets.NAME */
	char *text; /* of values it has ids, providers and models at most */
};

struct imported {
	json_t *answers;              /* owned */
	struct given_secrets secrets; /* those among them */
	/* Of an example: plain variables for a profile that has none of that
	 * name; owned; or NULL. */
	json_t *defaults;
	/* Names of an example whose comments say that they are optional: its
	 * members; owned; or NULL. */
	json_t *optional;
	struct import_note *notes;
	size_t note_count;
};

/*
 * Fills *imported, also from a file without a word about a gateway: then the
 * answers have its variables alone, and the notes say what is missing.
 */
void import_env(const struct envfile *document, struct imported *imported);

/*
 * The same of a file that says what each variable has to be, and whose values
 * are examples: the answers have a schema alone (example.c says how it is
 * read). `bytes` are the document's.
 */
void import_example(const char *bytes, size_t size,
	const struct envfile *document, struct imported *imported);

/* What an example's name has: ".example", ".sample", ...; ended by NULL. */
extern const char *const import_example_endings[];

/* Whether a file of that name is one: .env.example, env.sample, .env.dist. */
bool import_is_example(const char *path);

void imported_release(struct imported *imported);

/* False of an answer that was missing, where it is known by now: flags or a
 * person gave it, or the profile has it. */
bool import_note_holds(const struct import_note *note, const json_t *known);

/* Whether a variable is to be encrypted, by its name or its value. */
bool import_is_secret(const char *name, const char *value);

/* Whether frameworks compile the variable into pages, which everybody reads:
 * NEXT_PUBLIC_..., VITE_..., REACT_APP_... */
bool import_is_public(struct slice name);
/* Adds what the names of those begin with. */
void import_add_public_letters(struct letters *beginnings);
/* A secret under such a name. */
bool import_is_given_away(const char *name, const char *value);

/* Whether one is to be that is still to be given: as the schema of the settings
 * says, else by its name. */
bool import_will_be_secret(const json_t *settings, const char *name);

#endif
