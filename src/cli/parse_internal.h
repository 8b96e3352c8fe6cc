/* SPDX-License-Identifier: MIT */
#ifndef CLI_PARSE_INTERNAL_H
#define CLI_PARSE_INTERNAL_H

#include "cli/parse.h"

/* The walk over argv. */
struct parser {
	const struct command *const *all;
	char **next;           /* the word to look at */
	struct parsed *parsed; /* what has come of it so far */
	const char **seen;     /* names of options, owned */
	size_t seen_count;
	const struct option *vault_option; /* one was given, or NULL */
	bool options_ended;
};

/* The word is "-x..." or "--name..." and options have not ended. */
bool parser_at_option(const struct parser *parser);

/* Takes the option word, and its value's where that stands apart. */
bool parser_take_option(struct parser *parser, struct error *err) MUST_CHECK;

/*
 * Whether a word that is refused may be repeated in the message: it looks like
 * a name. Anything else may be a secret that slipped out of its place.
 */
bool parser_is_harmless(const char *word);

/* "aigenv render" or "aigenv secret set": how the command is called. */
void parser_name(const struct parsed *parsed, char *out, size_t size);

#endif
