/* SPDX-License-Identifier: MIT */
/*
 * The ecosystem file that a user has written for PM2: where it is, what it says
 * to PM2, and which file of aigenv's stands beside it and adds the variables
 * (template ecosystem-wrap). It is never changed.
 *
 * PM2 knows such a file by its name alone, and takes in more than its manual
 * says; measured on PM2 7.0.4 (reference/pm2.md, "Ecosystem files").
 */
#ifndef ECOSYSTEM_ECOSYSTEM_H
#define ECOSYSTEM_ECOSYSTEM_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>

#define ECOSYSTEM_WRAPPER "ecosystem.aigenv.config.cjs"

enum ecosystem_kind {
	ECOSYSTEM_NONE,   /* PM2 would start it as an app */
	ECOSYSTEM_SCRIPT, /* *.config.js, *.config.cjs: by require */
	ECOSYSTEM_JSON,   /* *.json: evaluated as JavaScript */
	ECOSYSTEM_MODULE, /* *.config.mjs: PM2 cannot load it */
	ECOSYSTEM_YAML,   /* PM2 can, a file of JavaScript cannot */
};

/* The names that people use, those first that can be wrapped; ends with NULL.
 */
extern const char *const ecosystem_usual[];

/* By the file's name, as PM2 has it. */
enum ecosystem_kind ecosystem_kind(const char *name);

/* STATUS_INVALID for a file that cannot be wrapped, with the way that is. */
bool ecosystem_check_kind(const char *name, struct error *err) MUST_CHECK;

/*
 * The name of the ecosystem file that is in a folder and that aigenv did not
 * render: one that can be wrapped before one that cannot. NULL: none. Static.
 */
const char *ecosystem_find(const char *folder);

/*
 * The name of the file that the wrapper of that name stands for, in its folder:
 * x.aigenv.config.cjs is for x.config.cjs, x.config.js or x.json, else for what
 * ecosystem_find finds. NULL: none. Owned.
 */
char *ecosystem_find_wrapped(const char *folder, const char *wrapper);

/* The wrapper's name for a file in a folder. Owned. */
char *ecosystem_wrapper_name(const char *folder, const char *name);

/*
 * Has node load the file at `path` as PM2 would, with PATH and HOME alone and
 * within ten seconds, and returns its apps: a list of objects, each as PM2 has
 * it, with "name" and "script". A new reference; it may hold secrets. NULL:
 * STATUS_IO where there is no node or it cannot load the file here,
 * STATUS_INVALID for what is no ecosystem file. No text of the file stands in
 * an error.
 */
json_t *ecosystem_ask(const char *path, struct error *err) MUST_CHECK;

/* The apps of what a file says. The same; a new reference. */
json_t *ecosystem_apps(json_t *said, struct error *err) MUST_CHECK;

/* The app of that name, or NULL. Borrowed. */
const json_t *ecosystem_app(const json_t *apps, const char *name);

/* "api, worker", owned. */
char *ecosystem_names(const json_t *apps);

#endif
