/* SPDX-License-Identifier: MIT */
/*
 * How package.json says that an app is started, told without running any of it:
 * its script `start:prod`, else `start`, taken apart; then its `main`, and the
 * files that apps are usually called by.
 *
 * Only what a plain list of words says is understood, with variables set in
 * front. Whatever needs a shell (&&, $NAME, >) is named and left.
 */
#ifndef PACKAGE_PACKAGE_H
#define PACKAGE_PACKAGE_H

#include <jansson.h>
#include <stdbool.h>

enum start_fault {
	START_UNDERSTOOD,
	START_NOT_SAID,       /* package.json has no such script */
	START_NEEDS_SHELL,    /* `word` means something to a shell alone */
	START_RUNS_ANOTHER,   /* `word`, which starts the app itself, or PM2 */
	START_IS_NO_FILE,     /* `word`, which PM2 cannot be told as a file */
	START_IS_NOT_PRESENT, /* `word`, a file or program that is not there */
};

struct package_start {
	/* As pm2's settings have it: "script", always, and "args",
	 * "interpreter", "node_args" where they are needed. Owned. */
	json_t *launch;
	json_t *assignments;     /* names and values set in front; owned */
	bool guessed;            /* nothing is there: launch is ./server.js */
	enum start_fault fault;  /* of the script below */
	const char *script_name; /* "start:prod", "start"; or NULL. Static */
	char *word;              /* that the fault is about, or NULL; owned */
};

/* Of the app in that folder, an absolute path. Scripts and programs are named
 * as seen from it. */
void package_find_start(const char *folder, struct package_start *start);
void package_start_release(struct package_start *start);

/* Whether the package.json next to the file, or further up, says "type":
 * "module". */
bool package_is_module(const char *path);

/* The file of a program of node_modules/.bin, here or further up, as seen from
 * the folder: "./node_modules/.bin/tsx". NULL where it is not there. Owned. */
char *package_find_program(const char *folder, const char *program);

#endif
