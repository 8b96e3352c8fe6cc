/* SPDX-License-Identifier: MIT */
/*
 * What the sources of an app read from their environment, beside what they are
 * given: names that nobody gives, names that nobody reads; and what of the
 * gateway is written into the code, or left out of it.
 *
 * Sources are not parsed, but their comments and strings are told from code
 * (lex.c); what a language reads variables with is a table (languages.c). In
 * doubt nothing is told: a name with a default, in a test or an example is not
 * missed, one that any file gives (an env file or its example, a compose file,
 * a Dockerfile, a workflow) is given.
 */
#ifndef CODE_CODE_H
#define CODE_CODE_H

#include "tree/tree.h"

enum code_rule {
	CODE_NOT_GIVEN,  /* a name is read that nobody gives */
	CODE_NEVER_READ, /* a name is given that nobody reads; no place */
	CODE_NO_HEADER,  /* a client with the gateway's address alone */
	CODE_ADDRESS,    /* a gateway's address as a text */
	CODE_KEY,        /* a text that begins as an issuer's keys do */
};

struct code_finding {
	enum code_rule rule;
	const char *path; /* from the tree's top; "" for none; borrowed */
	size_t line, column;
	const char *name; /* of the variable; of a key its prefix; or "" */
	size_t more;      /* other places that read it */
};

struct code_check {
	/* Names of the profile's variables; borrowed. */
	const char *const *given;
	size_t given_count;
	/* Only what is below this path counts as the app's, as seen from the
	 * tree's top; "": all. */
	const char *under;
	void (*tell)(void *context, const struct code_finding *finding);
	void *context;
};

/* False where git could not list all files. */
bool code_look(const struct code_check *check, struct tree *tree);

#endif
