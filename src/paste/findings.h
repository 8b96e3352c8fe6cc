/* SPDX-License-Identifier: MIT */
/*
 * What a text says, piece by piece: values under the names of their roles, with
 * the place where each stood. For src/import, whose variables are findings as
 * well as a paste's are.
 *
 * A place is a scope: the brackets, the command, the item of a list, in an .env
 * the prefix that names have in common. What stands in one scope belongs
 * together.
 */
#ifndef PASTE_FINDINGS_H
#define PASTE_FINDINGS_H

#include "base/buf.h"
#include "base/slice.h"
#include "catalogue/catalogue.h"

#include <stdbool.h>
#include <stddef.h>

/* What is beyond is left out. */
#define FINDINGS_LIMIT 1024
#define SCOPES_LIMIT 4096
#define DEPTH_LIMIT 64
#define VALUE_LIMIT 8192
/* A body in a text in a notebook's line; more of hostile quotes is none. */
#define NESTING_LIMIT 4

enum role {
	ROLE_NONE,
	ROLE_URL,       /* the address that the call goes to */
	ROLE_MENTION,   /* an address that merely stands in the text */
	ROLE_TOKEN,     /* cf-aig-authorization, CF_AIG_TOKEN */
	ROLE_API_TOKEN, /* of Cloudflare's API: some tools use it as token */
	ROLE_CLOUDFLARE_VALUE, /* a token by its prefix alone, of anything */
	ROLE_EITHER, /* Authorization, AI_GATEWAY_API_KEY: may be both */
	ROLE_KEY,
	ROLE_MODEL,
	ROLE_MODEL_NAME, /* in a list of models: where nothing else is one */
	ROLE_ACCOUNT,
	ROLE_GATEWAY,
	ROLE_PROVIDER,
	ROLE_RESOURCE,   /* of Azure */
	ROLE_DEPLOYMENT, /* of Azure */
	ROLE_KEY_NAME,   /* the name of the variable that holds the key */
};

struct finding {
	enum role role;
	char *value; /* owned, wiped; may hold a secret */
	size_t size;
	char *from;    /* owned: the name it stood under */
	char *client;  /* owned, or NULL: the object that the call is made on */
	size_t scope;  /* index into scopes */
	size_t source; /* the caller's: which variable it is */
	bool variable; /* of a list of variables, whose order says nothing */
};

struct scope {
	size_t parent; /* of the first, which is the whole text: itself */
	size_t depth;
	char *name;     /* owned, or NULL: what it is the value or call of */
	char *client;   /* owned, or NULL: the variable that takes its value */
	char *receiver; /* owned, or NULL: the object that is called */
	bool call;      /* and not an object's or a section's */
};

/* NAME=VALUE in the text itself, to resolve $NAME by. */
struct binding {
	char *name;
	char *value;
	size_t size;
};

struct curl_command;

struct findings {
	struct finding *items;
	size_t count;
	struct scope *scopes;
	size_t scope_count;
	size_t scope;   /* the present one */
	size_t skipped; /* scopes opened beyond the limit */
	size_t nesting; /* texts within texts that are read as code */
	struct binding *bindings;
	size_t binding_count;
	/* Where a curl command's words go instead, or NULL. */
	struct curl_command *command;
};

void findings_init(struct findings *findings);
void findings_release(struct findings *findings);

/* Into a new scope, and out of it. Each name may be empty. */
struct opening {
	struct slice name, client, receiver;
	bool call;
};
void findings_open(struct findings *findings, const struct opening *opening);
void findings_close(struct findings *findings);

/* Whether the scope, or one around it, has this name. */
bool findings_is_within(
	const struct findings *findings, size_t scope, const char *name);

/* How many scopes two have in common, the whole text not counted. */
size_t findings_shared(const struct findings *findings, size_t a, size_t b);

/* Empty values are left out. `from` is a name; it is copied. */
void findings_add(struct findings *findings, enum role role,
	const struct buf *value, struct slice from);
/* Drops the variables of that name from the finding `since` on. */
void findings_forget(
	struct findings *findings, struct slice name, size_t since);
void findings_bind(
	struct findings *findings, struct slice name, const struct buf *value);
const struct binding *findings_find(
	const struct findings *findings, struct slice name);

/*
 * A variable of an .env: the role of its name, an address whatever its name is,
 * a header in its value. Its scope is the part of the name that others share.
 */
void findings_variable(struct findings *findings, struct slice name,
	const struct buf *value, size_t source);

/*
 * $NAME or ${NAME} at `at`: appends what it stands for, else "${NAME}"; a "$"
 * that is none stands for itself. Returns where reading goes on.
 */
const char *findings_reference(const struct findings *findings, const char *at,
	const char *end, struct buf *value);

/* The role that a name gives its value: baseURL, CF_AIG_TOKEN, x-api-key. */
enum role role_of(struct slice name);

/* The same in an object or section of that name (or NULL), which says what a
 * word stands for: {"cloudflareAiGateway": {"token": "..."}}. */
enum role role_within(const char *scope, struct slice name);

/* The role of a value under a name that has none: LLM_KEY_MAIN=sk-proj-... */
enum role role_by_value(struct slice name, struct slice value);

/* model: {id: "..."}, of which the name may be another. */
bool findings_is_model_member(struct slice name);

/* "OPENAI" of OPENAI_API_KEY and OPENAI_BASE_URL; all of another name. */
struct slice role_prefix(struct slice name);

/* OPENAI_API_KEY of VITE_OPENAI_API_KEY: without what says where the name is
 * used, and not whose it is. */
struct slice role_without_lead(struct slice name);

/* An account ID, or one that lost a letter in copying: why it is none is told.
 */
bool is_like_account(struct slice word);

/* Whether a value begins as an address does; the gateway's host needs no
 * scheme. */
bool is_address(struct slice value);

/* ${OPENAI_API_KEY}, whatever it stands under; a type's name in it, as
 * ApiKeyCredential, is none. */
bool is_reference_to_key(struct slice value);

/* The first https address in a text: "an address such as `https://...`"; empty
 * where there is none. */
struct slice address_in(struct slice text);

/* Without ' and " at both ends. */
struct slice without_quotes(struct slice text);

/* "Bearer x" as x. */
struct slice without_scheme(struct slice value);

/* Documentation's words, references and other scripts than Latin: never the
 * value of a key, an id or a model. */
bool is_no_value(struct slice value);

/* The same for a gateway's name and the like, which may be "sk". */
bool is_no_name(struct slice value);

/* /etc/acme/service.json: where a secret lies, and none. */
bool is_path_of_key(struct slice value);

/* "AIza...;AIza...", of which a tool takes one after the other. */
bool is_list_of_keys(struct slice value);

/* The same for a key or token, which are no words alone: "dummy",
 * cloudflare-custom-provider, the name CF_AIG_AUTH. */
bool is_no_secret(struct slice value);

#endif
