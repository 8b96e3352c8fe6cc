/* SPDX-License-Identifier: MIT */
/*
 * The answers as they stand while the wizard asks: what was given, over what
 * the profile has today, with what was said since. Every answer is tried
 * against all others before it is taken, so that what the profile would refuse
 * is refused where it was typed.
 */
#ifndef WIZARD_DRAFT_H
#define WIZARD_DRAFT_H

#include "base/error.h"
#include "os/secret.h"
#include "settings/settings.h"
#include "wizard/wizard.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#define TOKEN_NAME "CF_AIG_TOKEN"

/* A field of the form that the questions fill: a member of the answers, or of
 * one of their routes or pm2. */
struct field {
	enum settings_group group; /* SETTINGS_TOP, ROUTE or PM2 */
	const char *name;
	size_t route; /* of SETTINGS_ROUTE */
};

/* That of a setting; of the route where it is a route's. */
struct field field_of_setting(const struct setting *setting, size_t route);

struct draft {
	const struct wizard *wizard;
	json_t *given;  /* owned: what is not asked; never changed here */
	json_t *first;  /* owned: what was given, also after draft_reopen */
	json_t *begun;  /* owned: what draft_drop_paste goes back to */
	json_t *said;   /* owned: answers with all routes as they stand */
	json_t *pasted; /* owned: names of fields that a paste settled */
	json_t *schema; /* owned: { "schema": what it will be } */
};

void draft_init(
	struct draft *draft, const struct wizard *wizard, json_t *given);
void draft_release(struct draft *draft);

/* Where a paste was taken, forgets it, and all that was said since: parts of it
 * are no answer to any question. What was only typed stays. */
void draft_drop_paste(struct draft *draft);

/* All that was given or said may be said anew: it is where the draft begins. */
void draft_reopen(struct draft *draft);

/* What was said, given, or stands there today; or NULL. Borrowed. */
const char *draft_get(const struct draft *draft, struct field field);

/* Whether it is there in whatever form: several apps are a list. */
bool draft_has(const struct draft *draft, struct field field);

/* Whether flags or --answers have it, or a paste had. */
bool draft_is_given(const struct draft *draft, struct field field);
bool draft_is_settled(const struct draft *draft, struct field field);

/* What draft_get has, or a list with commas between; NULL for none. Owned. */
char *draft_text(const struct draft *draft, struct field field);

/*
 * Takes a value that has passed its own check; STATUS_INVALID where the rest of
 * the answers speaks against it. NULL takes the answer away.
 */
bool draft_would_take(struct draft *draft, struct field field,
	const char *value, struct error *err) MUST_CHECK;
bool draft_set(struct draft *draft, struct field field, const char *value,
	struct error *err) MUST_CHECK;
void draft_mark_pasted(struct draft *draft, struct field field);

/* A paste had an address without the path that its provider usually has: it is
 * asked for. */
void draft_miss_path(struct draft *draft, size_t route);
bool draft_misses_path(const struct draft *draft, size_t route);

/* A route with another provider is another route: its members go. */
bool draft_would_take_provider(struct draft *draft, size_t route,
	const char *provider, struct error *err) MUST_CHECK;
bool draft_set_provider(struct draft *draft, size_t route, const char *provider,
	struct error *err) MUST_CHECK;

size_t draft_route_count(const struct draft *draft);
void draft_add_route(struct draft *draft);
void draft_keep_routes(struct draft *draft, size_t count);

/* The variable of a route's key; owned. NULL where Cloudflare has the key. */
char *draft_key_name(const struct draft *draft, size_t route);

/* The catalogue's entry of a route's provider, or NULL. */
const struct provider *draft_entry(const struct draft *draft, size_t route);

enum secret_state {
	SECRET_MISSING,
	SECRET_PRESENT, /* in the vault */
	SECRET_SAID,    /* given, pasted or typed */
};
enum secret_state draft_secret_state(
	const struct draft *draft, const char *name);
/* The one that the vault has; NULL where it has none. */
const struct wizard_secret *draft_present_secret(
	const struct draft *draft, const char *name);
bool draft_secret_is_given(const struct draft *draft, const char *name);
/* A secret that was said; an empty one otherwise. Borrowed. */
const struct secret *draft_get_secret(
	const struct draft *draft, const char *name);
void draft_set_secret(
	struct draft *draft, const char *name, const struct secret *value);

/*
 * The variables that the schema requires and that no route makes, by their
 * place; NULL after the last. Borrowed.
 */
const char *draft_wanted(const struct draft *draft, size_t index);
/* Whether that is one of them. */
bool draft_wants(const struct draft *draft, const char *name);
/* A plain variable that was said, given, or stands there today; or NULL.
 * Borrowed. */
const char *draft_variable(const struct draft *draft, const char *name);
bool draft_variable_is_given(const struct draft *draft, const char *name);
/* STATUS_INVALID where the schema or another answer speaks against it. */
bool draft_would_take_variable(struct draft *draft, const char *name,
	const char *value, struct error *err) MUST_CHECK;
bool draft_set_variable(struct draft *draft, const char *name,
	const char *value, struct error *err) MUST_CHECK;

/* The same of what is to become a secret. */
bool draft_would_take_secret(const struct draft *draft, const char *name,
	const struct secret *value, struct error *err) MUST_CHECK;

/* All of it as answers; secrets that no route needs any more are left out. A
 * new reference. */
json_t *draft_finish(const struct draft *draft);

#endif
