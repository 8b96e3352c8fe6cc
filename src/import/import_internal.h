/* SPDX-License-Identifier: MIT */
/* What the files of this room share: the variables, and who took them. */
#ifndef IMPORT_IMPORT_INTERNAL_H
#define IMPORT_IMPORT_INTERNAL_H

#include "import/import.h"

#include "base/attributes.h"

#define BASE_URL "CF_AIG_BASE_URL"
#define TOKEN "CF_AIG_TOKEN"

/* A variable of the file: the last line of its name. */
struct found {
	const char *name;
	const char *value;
	size_t line;
	bool taken; /* has its place in the answers */
};

struct import {
	const struct catalogue *catalogue;
	struct found *variables;
	size_t count;
	struct imported *out;
	json_t *secrets; /* borrowed from the answers */
	json_t *vars;    /* likewise */
	char *gateway;   /* "origin/account/gateway" of the first base URL */
};

void import_tell(struct imported *imported, enum import_note_kind kind,
	const char *name, const char *format, ...) PRINTF(4, 5);

/* The variable of that name which nobody took, with a value; or NULL. */
struct found *import_find(struct import *import, const char *name);

/* Members of the answers, unless NULL. */
void import_set(json_t *object, const char *member, const char *text);

/* Account, gateway, routes with their keys and models. */
void import_routes(struct import *import);

#endif
