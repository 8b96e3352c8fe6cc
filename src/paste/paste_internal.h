/* SPDX-License-Identifier: MIT */
/*
 * Reading a paste has two steps: the readers (curl.c, code.c, env.c) collect
 * facts, each a value with its role and where it stood; paste.c settles which
 * of them become parts of a profile.
 */
#ifndef PASTE_PASTE_INTERNAL_H
#define PASTE_PASTE_INTERNAL_H

#include "base/buf.h"
#include "catalogue/catalogue.h"

#include <stdbool.h>
#include <stddef.h>

#define FACTS_LIMIT 256
#define VALUE_LIMIT 8192
#define PASTE_WORD_LIMIT 65536

enum role {
	ROLE_NONE,
	ROLE_URL,           /* the address that the call goes to */
	ROLE_MENTION,       /* an address that merely stands in the text */
	ROLE_TOKEN,         /* cf-aig-authorization, CF_AIG_TOKEN */
	ROLE_AUTHORIZATION, /* may be either key */
	ROLE_KEY,
	ROLE_MODEL,
	ROLE_ACCOUNT,
	ROLE_GATEWAY,
	ROLE_PROVIDER,
};

struct fact {
	enum role role;
	char *value; /* owned, wiped; may hold a secret */
	size_t size;
	char *from; /* owned: the name it stood under */
};

/* NAME=VALUE in the paste itself, to resolve $NAME by. */
struct binding {
	char *name;
	char *value;
	size_t size;
};

struct facts {
	const struct catalogue *catalogue;
	struct fact *items;
	size_t count;
	struct binding *bindings;
	size_t binding_count;
	/* Where a curl command's words go instead, or NULL; there is no
	 * catalogue then. */
	struct curl_command *command;
};

void facts_release(struct facts *facts);

/* Empty values, and what is beyond the limits, are left out. */
void facts_add(struct facts *facts, enum role role, const struct buf *value,
	const char *from);
void facts_bind(struct facts *facts, const char *name, const struct buf *value);
const struct binding *facts_find(
	const struct facts *facts, const char *name, size_t size);

/* "Name: value"; false where the name is no header that counts. */
bool facts_header(struct facts *facts, const char *text, size_t size);

/* The role that a name gives its value: baseURL, CF_AIG_TOKEN, x-api-key. */
enum role role_of(
	const struct catalogue *catalogue, const char *name, size_t size);

/* Appends the value bound to a name, else "${name}". */
void facts_resolve(const struct facts *facts, const char *name, size_t size,
	struct buf *out);

/*
 * Appends the value of the reference in an interpolation:
 * process.env.NAME, os.environ["NAME"], name.
 */
void facts_resolve_expression(const struct facts *facts, const char *text,
	size_t size, struct buf *out);

/* Where the first curl command begins, or NULL. */
const char *curl_find(const char *text, size_t size);
void curl_read(struct facts *facts, const char *text, size_t size);

void code_read(struct facts *facts, const char *text, size_t size);

/* Whether most lines are NAME=VALUE. */
bool env_is(const char *text, size_t size);
void env_read(struct facts *facts, const char *text, size_t size);

#endif
