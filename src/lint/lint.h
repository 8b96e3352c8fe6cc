/* SPDX-License-Identifier: MIT */
/*
 * Looks at one file for faults: no network, no vault, nothing but its bytes and
 * what lies beside it.
 */
#ifndef LINT_LINT_H
#define LINT_LINT_H

#include "envfile/envfile.h"
#include "report/report.h"
#include "vault/vault.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct profile;

/* A file of this size is read whole. */
#define LINT_LIMIT ((size_t)64 << 20)

enum subject_kind {
	SUBJECT_ENV,       /* .env and its kind; whatever is nothing else */
	SUBJECT_ECOSYSTEM, /* PM2's, or what is called as if it were */
	SUBJECT_VAULT,
};

/* By the file's name; a vault may have another one than aigenv.json, and is
 * known by how it begins. */
enum subject_kind subject_kind(
	const char *path, const char *bytes, size_t size);

/* Whether `check` without FILE looks at a file of that name in the folder. */
bool subject_is_found(const char *name);
/* The same of env files alone. */
bool subject_is_env_file(const char *name);

struct subject {
	const char *name; /* as it is to be shown */
	const char *bytes;
	size_t size;
	/* Who reads it. A rule about others alone is silent. */
	reader_set readers;
	/* .env.example and its kind: its values are meant to be none. */
	bool is_example;
	/* It is being mended: all of it, where otherwise it is enough to know
	 * of the first findings in a large file whether they would be. */
	bool is_mended;
	/* What it is rendered from, as the vault says: the routes, and which
	 * key goes out with each. NULL: nobody knows. */
	const struct profile *profile;
};

/* All but docker and podman, which only those tell who use them. */
reader_set lint_default_readers(void);

/*
 * Who reads the env file at `path`, as other files of its folder tell: a
 * compose file's env_file, a script's --env-file, a Dockerfile that nobody
 * tells more of. Where `has_other`, docker has a file of its own, and an image
 * tells nothing of this one.
 */
reader_set lint_readers_beside(const char *path, bool has_other);

/* What lies beside an ecosystem file. */
struct ecosystem_beside {
	const struct envfile *env; /* the .env in its folder, or NULL */
	bool is_module;            /* package.json says "type": "module" */
};

/* An ecosystem file's findings, as far as its text tells; nothing is run. */
void lint_ecosystem(struct report *report, const struct subject *subject,
	const struct ecosystem_beside *beside);

/*
 * A vault's findings: its form, who sealed each profile, and the settings. With
 * `access` those profiles that its identity is among the recipients of are
 * verified as whoever opens them does, and nothing is remembered of it; with
 * NULL as anybody can without a key, who cannot see that settings were edited.
 */
void lint_vault(struct report *report, const char *path,
	const struct vault_access *access);

/*
 * Who else gets the secrets of an env file that is there at `path`: other users
 * of the machine, git, a second name of the file. Nothing where it has none.
 */
void lint_safety(
	struct report *report, const struct subject *subject, const char *path);

/* A profile's settings, of which the schema is looked at. */
struct lint_schema {
	const char *profile; /* its name */
	const json_t *settings;
	bool is_whole; /* the file is to have every variable of the profile */
	reader_set readers; /* of the file, whose grammar it has; may be 0 */
};

/*
 * The names of an env file at `path` beside those of its example, where there
 * is one: .env and .env.example. A name may stand in .env.local and its kind,
 * and the schema (may be NULL) knows better whether it has to.
 */
void lint_names(struct report *report, const struct subject *subject,
	const char *path, const struct lint_schema *schema);

/* An env file's values beside the schema. */
void lint_schema(struct report *report, const struct subject *subject,
	const struct lint_schema *schema);

struct made_safe {
	bool closed;  /* only its owner can read it now */
	bool ignored; /* a line was added to the .gitignore beside it */
};

/* Mends what of it has one right answer. STATUS_INVALID, STATUS_IO: of the
 * .gitignore. */
bool lint_make_safe(const struct subject *subject, const char *path,
	struct made_safe *made, struct error *err) MUST_CHECK;

/* An env file's findings. */
void lint_env(struct report *report, const struct subject *subject);

/*
 * The file as it is when all that is fixable was mended, again and again until
 * nothing is: twice is the same as once. False where there was nothing. No
 * reader of the subject gets another value by it than it had, unless a finding
 * said so: it then has the value of those who read the row right.
 *
 * *left is the line, from 1, from which on a large file was left as it is,
 * since some reader is lost above it for more than 128 KiB; 0: all was looked
 * at.
 */
bool lint_fix(const struct subject *subject, struct buf *fixed, size_t *left);

#endif
