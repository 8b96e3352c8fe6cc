/* SPDX-License-Identifier: MIT */
/*
 * The wizard: asks a person for what `init` needs and does not have yet, one
 * question a line, each answer checked when it is given. It fills in the same
 * JSON that --answers takes (DESIGN), so that asked and given answers go the
 * same way afterwards. It writes no file and makes no call of its own.
 *
 *     wizard_open     what was given is checked; nothing is asked
 *     wizard_ask      the heading, and every question that is open
 *     wizard_answers  what was given and said
 *     (it is summed up, saved, tried: the caller's)
 *     wizard_back, wizard_revise, wizard_ask_secret
 *                     where that does not please; all answers are kept
 *     wizard_close
 *
 * The first question takes a paste: whatever people have at hand, and what it
 * holds is not asked again. Each question is a row of one table
 * (questions.c): its text, default, check, help, the field that it fills, and
 * when it is asked at all.
 */
#ifndef WIZARD_WIZARD_H
#define WIZARD_WIZARD_H

#include "base/error.h"
#include "os/secret.h"
#include "profile/given_secrets.h"
#include "settings/settings.h"
#include "ui/prompt.h"

#include <jansson.h>
#include <stdbool.h>

/* A secret that the profile has today. */
struct wizard_secret {
	char *name; /* NULL ends a list of them */
	char mask[SECRET_MASK_SIZE];
	bool refused; /* by the last test call: it is asked for again */
};

/*
 * What there is at Cloudflare, for choices and defaults: without `account` the
 * accounts, [{"id", "name"}]; else that one alone, with "gateways" [{"id",
 * "authentication"}] and "custom_providers" [{"provider", "base_url",
 * "enabled"}] too. Whatever it cannot find out it has said. New reference, or
 * NULL.
 */
typedef json_t *wizard_look(void *context, const char *account);

/* All borrowed until wizard_close. */
struct wizard {
	struct prompt *prompt;
	const char *profile;    /* its name */
	const char *vault_path; /* as to be shown */
	bool vault_is_new;
	json_t *present; /* today's settings, or NULL: a new profile */
	const struct wizard_secret *present_secrets; /* or NULL */
	struct given_secrets *secrets; /* given ones are there, said ones come
					* in */
	const char *directory; /* of the vault: package.json, ecosystem files */
	wizard_look *look;     /* or NULL: nobody can be asked */
	void *look_context;
};

struct asking;

/*
 * `given` holds what flags and --answers gave: not asked again, but shown. It
 * is borrowed and never changed. STATUS_INVALID where it cannot be right;
 * *asking is to be closed in either case.
 */
bool wizard_open(const struct wizard *wizard, json_t *given,
	struct asking **asking, struct error *err) MUST_CHECK;

/* STATUS_INTERRUPTED on ^C and STATUS_USAGE on ^D, as all that ask. */
bool wizard_ask(struct asking *asking, struct error *err) MUST_CHECK;

/*
 * The last question again, and on from there. Where all was given, the first
 * one: what was given can be changed then, as by wizard_revise.
 */
bool wizard_back(struct asking *asking, struct error *err) MUST_CHECK;

/*
 * Everything is asked with what was said as its default, from the question
 * about `setting` of the route on; NULL: from the first. What was said of
 * `setting` has been refused, and is not offered again.
 */
bool wizard_revise(struct asking *asking, const struct setting *setting,
	size_t route, struct error *err) MUST_CHECK;

/* For one secret alone, in place of one that was refused; *back where the
 * question was left by <. */
bool wizard_ask_secret(struct asking *asking, const char *name, size_t route,
	bool *back, struct error *err) MUST_CHECK;

/*
 * What was given and said, as --answers has it; a new reference. Numbers
 * of secrets are in its `secrets`; one that is to be taken away is null.
 */
json_t *wizard_answers(const struct asking *asking);

/* Frees it; NULL is none. */
void wizard_close(struct asking *asking);

#endif
