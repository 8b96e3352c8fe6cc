/* SPDX-License-Identifier: MIT */
/* The parts of a conversation (conversation.h), each in a file of its own. */
#ifndef COMMANDS_CONVERSATION_CONVERSATION_INTERNAL_H
#define COMMANDS_CONVERSATION_CONVERSATION_INTERNAL_H

#include "cloudflare/cloudflare.h"
#include "commands/conversation/conversation.h"
#include "deploy/exposure.h"
#include "wizard/wizard.h"

#include <jansson.h>
#include <stdbool.h>

/* conversation_look.c */
struct lookout {
	const struct invocation *call;
	struct prompt *prompt;     /* borrowed */
	struct secret token;       /* owned, as is the next */
	struct cloudflare *client; /* NULL: no API token is at hand */
	bool told;                 /* that the API is asked */
	bool failed;               /* once: it is not told again */
	bool gave_up;              /* no answer came */
};

/*
 * Where an API token is at hand (api_token.h), has the wizard's questions look
 * up what there is at Cloudflare. `source` is --api-token, or NULL: only who
 * names it is told where it cannot be read. The wizard borrows the lookout.
 */
bool lookout_open(struct lookout *lookout, const char *source,
	struct session *session, struct wizard *wizard, struct error *err)
	MUST_CHECK;
void lookout_close(struct lookout *lookout);

struct conversation {
	const struct invocation *call;
	const struct deploy_options *options;
	struct setup *setup;
	json_t *given; /* borrowed: what flags, --answers or a file gave */
	struct given_secrets *said; /* borrowed: secrets of all answers */
	struct prompt *prompt;
	struct wizard wizard;
	struct lookout lookout;
	/* What it points to; owned, as the vault changes below it. */
	struct wizard_secret *secrets;
	json_t *present;
	char *profile, *vault_path, *directory;
	char *last_words; /* of an interrupt during the call; owned */
	struct asking *asking;
	json_t *answers; /* owned: what setup.answers points to */
	struct deployment deployment;
	char **ignored;       /* owned: lines for .gitignore; or NULL */
	bool ignores;         /* and they are to be added */
	bool ignored_written; /* and they were */
	bool drivers;         /* git's are to be set up */
	bool drivers_written; /* and were */
	json_t *own_outputs; /* owned: in place of another profile's; or NULL */
	bool takes_over;     /* those, with a yes */
	bool goes_on;        /* the answer to the summary's question */
	bool agreed;         /* to the summary; new answers need it again */
	bool saved;          /* the vault has what was said */
	bool unproven;       /* the test call failed, or could not be made */
	bool stale;          /* the vault may be another one by now */
	bool vault_was_new, identity_was_made, vault_was_changed;
};

/* What is done next. */
enum next_step {
	NEXT_TRY,    /* settle, sum up, save, call, write */
	NEXT_WRITE,  /* write without proof */
	NEXT_BACK,   /* the last question again */
	NEXT_FAILED, /* err says why: somebody is asked what to do */
	NEXT_OVER,
};

/* Shows what would be written, and asks whether to go on: NEXT_WRITE, BACK, or
 * OVER with the status. */
enum next_step summary_ask(
	struct conversation *talk, enum status *status, struct error *err);

/* Shows the error, unless the call's results said it, and asks what to do. */
enum next_step failure_ask(
	struct conversation *talk, enum status *status, struct error *err);

enum {
	CHOOSE_KEY = 'k',
	CHOOSE_EDIT = 'e',
	CHOOSE_AGAIN = 'r',
	CHOOSE_WRITE = 'w',
	CHOOSE_STOP = 's'
};

/* In a result's advice: the choices in place of commands. Without `has_key` no
 * key is among them. */
void reword_advice(char *advice, size_t size, bool has_key);

/* Commands in what the failed call advises become the choices that failure_ask
 * will offer for them: nobody can type a command there. */
void conversation_reword_advice(struct conversation *talk);

/* git's drivers for the vault: whether they are offered here, the question, and
 * what the summary says of them. */
bool git_offers_drivers(struct conversation *talk);
bool git_ask_for_drivers(struct conversation *talk,
	enum prompt_outcome *outcome, struct error *err) MUST_CHECK;
void git_write_drivers(struct conversation *talk);

/* Ends with the error; what is saved and how to go on becomes its next step. */
enum next_step conversation_over(const struct conversation *talk,
	enum status *status, struct error *err);

/* What to commit, and what to keep a copy of. */
void farewell(const struct conversation *talk);

#endif
