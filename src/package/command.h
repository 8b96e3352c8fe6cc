/* SPDX-License-Identifier: MIT */
/*
 * One command of package.json's scripts, taken apart. Pure: looks at no file.
 */
#ifndef PACKAGE_COMMAND_H
#define PACKAGE_COMMAND_H

#include "base/json.h"
#include "package/package.h"

enum command_kind {
	COMMAND_FILE,    /* launch is whole; its script may lack an ending */
	COMMAND_SCRIPT,  /* another script of package.json: `word` */
	COMMAND_PROGRAM, /* `word`, of node_modules; launch has its args */
	COMMAND_FAULT,
};

struct command {
	enum command_kind kind;
	enum start_fault fault;
	char *word; /* owned, or NULL */
	json_t *launch;
	json_t *assignments;
};

void command_parse(const char *text, struct command *command);
void command_release(struct command *command);

/*
 * The words of a command as a POSIX shell has them: a list of strings. NULL
 * where it is more than words; *sign is then what makes it so. New reference;
 * *sign is owned.
 */
json_t *command_words(const char *text, char **sign);

#endif
