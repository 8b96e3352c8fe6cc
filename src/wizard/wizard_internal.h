/* SPDX-License-Identifier: MIT */
/*
 * The table of questions, and the kinds of questions that its rows are of: each
 * has a file of its own.
 */
#ifndef WIZARD_WIZARD_INTERNAL_H
#define WIZARD_WIZARD_INTERNAL_H

#include "paste/paste.h"
#include "wizard/asking_internal.h"

/* Ended by one without `ask`. */
extern const struct question questions[];

/* Asks from asking->next on until there is no further question. */
bool order_ask(struct asking *asking, struct error *err) MUST_CHECK;

/* Takes the last question out of the history; false where there is none. */
bool order_back(struct asking *asking);

/* Everything is open again, and next is the question about `setting` of the
 * route, or with NULL the first. */
void order_revise(
	struct asking *asking, const struct setting *setting, size_t route);

/* The row of the token (name is CF_AIG_TOKEN) or of a key. */
const struct question *order_find_secret(const char *name);

/* The first and last row that is asked for each route. */
extern const size_t first_route_question, last_route_question;

/* The row that is asked for each variable that the schema wants. */
extern const size_t variable_question;

question_ask ask_paste, ask_text, ask_provider, ask_token, ask_key, ask_more,
	ask_variable, ask_script;

/*
 * Reads a paste for one setting, or with NULL for any: refuses where it
 * has none. What was read is to be taken or released.
 */
bool paste_find(const char *text, size_t size, const struct setting *part,
	struct paste *paste, struct error *err) MUST_CHECK;

/* Tells what a paste had, or `all`: what it lacks too; and takes it. */
void paste_take(struct asking *asking, const struct paste *paste, bool all);

/* What a paste had of that provider, for the present route. */
void paste_take_other(struct asking *asking, const char *provider);

/* Forgets what a paste had of further providers. */
void asking_drop_others(struct asking *asking);

/* What code and JSON have around a value: quotes, and a comma behind. Each says
 * what it dropped, or NULL; `context` is not looked at. */
const char *tidy_marks(struct secret *value, void *context);
/* The same for an account ID, its name in front and its letters' case. */
const char *tidy_account(struct secret *value, void *context);
/* The same for a model, its name and Google's "models/" in front. */
const char *tidy_model(struct secret *value, void *context);

bool more_applies(const struct asking *asking);
bool token_applies(const struct asking *asking);
bool key_applies(const struct asking *asking);
bool variable_applies(const struct asking *asking);
bool script_applies(const struct asking *asking);

/* STATUS_INVALID for what answers another question: an account ID or a model as
 * the gateway's name, a URL as a model. */
bool answer_is_in_place(const struct asking *asking,
	const struct question *question, const char *answer, struct error *err)
	MUST_CHECK;
/* The provider that has a model of this name, as far as examples tell; NULL. */
const struct provider *answer_find_model(const char *answer);

/* What stored and unified keys mean for the app's code. */
void say_keyless(struct asking *asking, const char *credential);

/* A paste in the wizard: what is in it, what of it is taken, what is told. */

/* A part of a paste, and the setting that it becomes. */
struct part {
	const struct setting *setting;
	const char *value; /* NULL where the paste does not have it */
};

#define PARTS 9

/* Every part that a paste can have, in the order of the questions. Borrowed. */
void paste_parts(const struct paste *paste, struct part out[PARTS]);

/* What of a paste is taken, and told. */
struct extent {
	bool all;   /* what it lacks is told too */
	bool route; /* its provider is the route's */
	bool key;   /* it says whose its key is */
};

/* What was found, dropped and missed, as far as it is taken. */
void paste_tell(struct asking *asking, const struct paste *paste,
	const struct extent *extent);

/* What there is at Cloudflare, for the questions (known.c). */

/* Appends what the question can be answered with; nothing where that is not
 * known. The first may ask for it, which takes a while. */
void known_accounts(struct asking *asking, struct choices *choices);
void known_gateways(struct asking *asking, struct choices *choices);
void known_providers(struct asking *asking, struct choices *choices);

/*
 * The custom provider's own base URL, where it ends in the path that the route
 * would have by default: the path would stand there twice. Else NULL. Borrowed.
 */
const char *known_base_with_path(const struct asking *asking);

#endif
