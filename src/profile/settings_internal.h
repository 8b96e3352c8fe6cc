/* SPDX-License-Identifier: MIT */
/* What settings.c, routes.c and answers.c share. */
#ifndef PROFILE_SETTINGS_INTERNAL_H
#define PROFILE_SETTINGS_INTERNAL_H

#include "profile/profile.h"

/* Every member that settings may have, ended by NULL; and so for records. */
extern const char *const settings_members[];
extern const char *const route_members[];
extern const char *const pm2_members[];
extern const char *const output_members[];

/* A check that says nothing of where: adds the path of the member. */
typedef bool text_check(const char *text, struct error *err);

struct text_member {
	const char *name;
	enum json_need need;
	text_check *check;  /* or NULL */
	const char **value; /* left alone where it is optional and absent */
};

/* Text members in a row: type, length and check of each. */
bool settings_texts(const json_t *object, const struct json_path *path,
	const struct text_member *members, size_t count, struct error *err)
	MUST_CHECK;

/* Fills in err.where from the path. Returns false. */
bool settings_at(struct error *err, const struct json_path *path);

/* One item of "routes" into routes[index], with defaults; base_url is set. */
bool settings_route(struct profile *profile, json_t *object,
	const struct json_path *path, struct error *err) MUST_CHECK;

/* Names twice, or that make one variable: STATUS_INVALID. */
bool settings_route_names(const struct profile *profile, struct error *err)
	MUST_CHECK;

enum settings_use {
	SETTINGS_WHOLE, /* as the vault keeps them */
	SETTINGS_DRAFT, /* a ./template has no hash yet (answers) */
};

bool settings_read(struct profile *profile, enum settings_use use,
	struct error *err) MUST_CHECK;

#endif
