/* SPDX-License-Identifier: MIT */
/* What the files of this room share: the variables, and who took them. */
#ifndef IMPORT_IMPORT_INTERNAL_H
#define IMPORT_IMPORT_INTERNAL_H

#include "import/import.h"

#include "base/attributes.h"
#include "paste/recognise.h"

#define BASE_URL "CF_AIG_BASE_URL"
#define TOKEN "CF_AIG_TOKEN"

/* A variable of the file: the last line of its name. */
struct found {
	const char *name;
	const char *value;
	size_t line;
	bool cut;   /* as struct envfile_entry has it */
	bool open;  /* so is this */
	bool taken; /* has its place in the answers */
};

struct import {
	struct found *variables; /* a finding's source is an index into them */
	size_t count;
	struct recognised recognised;
	struct imported *out;
	json_t *secrets; /* borrowed from the answers */
	json_t *vars;    /* likewise */
	size_t gateway; /* the endpoint that all goes through, or NO_ENDPOINT */
};

void import_tell(struct imported *imported, enum import_note_kind kind,
	const char *name, const char *format, ...) PRINTF(4, 5);

/* Takes back what was told of a name: its last line counts. */
void import_untell(struct imported *imported, const char *name);

/* The variable that a finding is of. */
struct found *import_found(
	struct import *import, const struct finding *finding);

/* NULL where a profile can have a variable of that name; else why not. */
const char *import_why_no_name(const char *name);

/* Whether a reader with expansion would put another variable's value in. */
bool import_refers_to_others(const char *value);

/* A secret of the answers. */
void import_set_secret(
	struct import *import, const char *name, const char *value);

/* Members of the answers, unless NULL. */
void import_set(json_t *object, const char *member, const char *text);

/* Account, gateway and origin, and what is missing of them. */
void import_gateway(struct import *import);

/* Account and gateway stand in the address, and no placeholders in their place.
 */
bool import_has_ids(const struct address *address);

/* The gateway's name as notes may have it: what is none is not repeated. */
const char *import_gateway_name(const struct import *import);

/* Routes with their keys and models. */
void import_routes(struct import *import);

#endif
