/* SPDX-License-Identifier: MIT */
/*
 * Every case of tests/vectors/vault/manifest.json, made by another
 * implementation of the format.
 */
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/directory.h"
#include "support.h"

#include <criterion/criterion.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

TestSuite(vectors, .init = enter_folder, .fini = leave_folder, .timeout = 200);

static const char *text_of(json_t *object, const char *name)
{
	return json_text(object, name);
}

static enum secret_slot slot_of(const char *name)
{
	if (text_equal(name, "pending"))
		return SLOT_PENDING;
	return text_equal(name, "previous") ? SLOT_PREVIOUS : SLOT_CURRENT;
}

static void check_values(struct opened *opened, json_t *expected)
{
	const char *name = NULL;
	const char *slot = NULL;
	json_t *slots = NULL;
	json_t *text = NULL;
	struct error err;

	cr_assert_eq(opened_secret_count(opened), json_object_size(expected));
	json_object_foreach(expected, name, slots) {
		json_object_foreach(slots, slot, text) {
			SCOPED(secret_arena) struct secret_arena arena = { 0 };
			const struct secret *value = opened_get_secret(
				opened, name, slot_of(slot), &arena, &err);
			cr_assert(value, "%s: %s", name, err.what);
			cr_assert(text_is(secret_reveal(value), value->size,
				json_string_value(text)));
		}
	}
}

/* The status that opening ends with; reads all values on success. */
static enum status open_case(
	json_t *test, const char *file, struct heard *heard, struct error *err)
{
	SCOPED(identity) struct identity identity = { 0 };
	struct vault *vault = NULL;
	struct opened *opened = NULL;
	json_t *settings = NULL;
	struct vault_access access = { .identity = &identity,
		.trust = text_of(test, "trust_option"),
		.first_trust = text_of(test, "trust"),
		.warn = hear,
		.context = heard };

	*err = (struct error){ .status = STATUS_OK };
	bool ok = vault_load(file, &vault, err) &&
		vault_peek_settings(
			vault, text_of(test, "profile"), &settings, err) &&
		identity_load("identity.txt", NULL, &identity, err) &&
		vault_open(
			vault, text_of(test, "profile"), &access, &opened, err);
	if (ok)
		check_values(opened, json_object_get(test, "values"));
	vault_close(opened);
	vault_free(vault);
	return ok ? STATUS_OK : err->status;
}

static void take_state(json_t *test)
{
	char command[1024];

	(void)snprintf(command, sizeof(command), "rm -rf state && mkdir state");
	if (text_of(test, "state"))
		(void)snprintf(command, sizeof(command),
			"rm -rf state && cp -r '%s' state",
			vector_path(text_of(test, "state")));
	cr_assert_eq(system(command), 0); /* NOLINT(cert-env33-c) */
}

/* The memory knows which vault was in ./aigenv.json. */
static void take_place(const char *vault_id)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char hex[2 * sizeof(hash) + 1];
	char name[128];
	char *path = path_resolve("aigenv.json");
	JSON_SCOPED json_t *root = json_pack("{s:i, s:s, s:s}", "aigenv_place",
		1, "path", path, "vault", vault_id);

	crypto_hash_sha256(hash, (unsigned char *)path, strlen(path));
	sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
	cr_assert_eq(system("mkdir -p state/aigenv/places"), 0); /* NOLINT */
	(void)snprintf(name, sizeof(name), "state/aigenv/places/%s.json", hex);
	cr_assert_eq(json_dump_file(root, name, 0), 0);
	free(path);
}

static void run_case(json_t *test)
{
	struct heard heard = { BUF(65536) };
	struct error err;
	const char *said = text_of(test, "stderr_has");
	enum status expected =
		(enum status)json_integer_value(json_object_get(test, "exit"));

	take_state(test);
	copy_file(vector_path(text_of(test, "file")), "aigenv.json");
	if (text_of(test, "place"))
		take_place(text_of(test, "place"));
	copy_file(vector_path(text_of(test, "identity")), "identity.txt");
	(void)unsetenv("AIGENV_PASSPHRASE_FILE");
	if (text_of(test, "passphrase_file")) {
		copy_file(vector_path(text_of(test, "passphrase_file")),
			"passphrase");
		(void)setenv("AIGENV_PASSPHRASE_FILE", "passphrase", 1);
	}
	enum status status = open_case(test, "aigenv.json", &heard, &err);
	if (getenv("AIGENV_TEST_TALK"))
		(void)fprintf(stderr, "%d %s\n   %s\n   %s | %s | %s\n",
			(int)status, text_of(test, "what"),
			buf_cstring(&heard.text), err.what, err.where,
			err.next);
	cr_assert_eq(status, expected, "%s (%s): %d, %s %s",
		text_of(test, "what"), text_of(test, "file"), (int)status,
		err.what, err.where);
	buf_text(&heard.text, err.what);
	buf_text(&heard.text, err.next);
	cr_assert(!said || strstr(buf_cstring(&heard.text), said),
		"%s: no \"%s\" in %s", text_of(test, "what"), said,
		buf_cstring(&heard.text));
	cr_assert(status == STATUS_OK || (err.what[0] && err.where[0]),
		"%s: %s | %s", text_of(test, "what"), err.what, err.where);
	buf_release(&heard.text);
}

Test(vectors, open_or_are_refused_as_the_other_implementation_says)
{
	JSON_SCOPED json_t *cases = read_json(vector_path("manifest.json"));
	json_t *test = NULL;
	size_t index = 0;

	cr_assert_eq(json_array_size(cases), 118);
	json_array_foreach(cases, index, test) {
		run_case(test);
	}
}
