/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "base/json.h"
#include "base/memory.h"
#include "os/file.h"

#include <sys/stat.h>

#include <criterion/criterion.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[sizeof("/tmp/aigenv-vault-XXXXXX")];

void enter_folder(void)
{
	char state[64];

	cr_assert(sodium_init() >= 0);
	(void)snprintf(folder, sizeof(folder), "/tmp/aigenv-vault-XXXXXX");
	cr_assert_not_null(mkdtemp(folder));
	cr_assert_eq(chdir(folder), 0);
	(void)snprintf(state, sizeof(state), "%s/state", folder);
	(void)setenv("XDG_STATE_HOME", state, 1);
	(void)setenv("XDG_CONFIG_HOME", folder, 1);
	(void)unsetenv("AIGENV_IDENTITY");
	(void)unsetenv("AIGENV_PASSPHRASE_FILE");
}

void leave_folder(void)
{
	char command[96];

	cr_assert_eq(chdir("/"), 0);
	(void)snprintf(command, sizeof(command), "rm -rf %s", folder);
	cr_assert_eq(system(command), 0); /* NOLINT(cert-env33-c) */
}

const char *vector_path(const char *name)
{
	static char path[512];

	(void)snprintf(path, sizeof(path), "%s/tests/vectors/vault/%s",
		getenv("AIGENV_TEST_SOURCE"), name);
	return path;
}

char *slurp(const char *path, size_t *size)
{
	struct buf text = BUF(8u << 20);
	struct error err;

	cr_assert(file_read(path, &text, NULL, &err), "%s: %s", path, err.what);
	return buf_take(&text, size);
}

void spit(const char *path, const void *bytes, size_t size)
{
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	struct error err;

	cr_assert_geq(file, 0, "%s", path);
	cr_assert(file_write_all(file, path, bytes, size, &err));
	cr_assert_eq(close(file), 0);
}

void copy_file(const char *from, const char *to)
{
	size_t size = 0;
	char *bytes = slurp(from, &size);

	spit(to, bytes, size);
	memory_free(bytes, size);
}

json_t *read_json(const char *path)
{
	json_error_t detail;
	json_t *root = json_load_file(path, 0, &detail);

	cr_assert_not_null(root, "%s: %s", path, detail.text);
	return root;
}

void load_vector_identity(const char *name, struct identity *identity)
{
	char inside[64];
	char copy[64];
	struct error err;

	(void)snprintf(inside, sizeof(inside), "identities/%s.txt", name);
	(void)snprintf(copy, sizeof(copy), "%s.txt", name);
	copy_file(vector_path(inside), copy);
	cr_assert(identity_load(copy, NULL, identity, &err), "%s", err.what);
}

void hear(void *context, const char *message)
{
	struct heard *heard = context;

	buf_text(&heard->text, message);
	buf_byte(&heard->text, '\n');
}

struct secret secret_of(const char *text)
{
	struct secret secret = { 0 };

	secret_copy(&secret, text, strlen(text));
	return secret;
}

static void set(struct opened *opened, const char *name, const char *text)
{
	SCOPED(secret) struct secret value = secret_of(text);
	struct error err;
	bool changed = false;

	cr_assert(opened_set_secret(opened, name, &value, &changed, &err), "%s",
		err.what);
	cr_assert(changed);
}

void make_vault(
	const char *path, const char *profile, const struct identity *identity)
{
	struct vault_access access = { .identity = identity,
		.purpose = VAULT_WRITE };
	struct opened *opened = NULL;
	struct vault *vault = NULL;
	struct error err;
	JSON_SCOPED json_t *settings = json_pack(
		"{s:s, s:s, s:[{s:s, s:s, s:s}], s:{s:s, s:s}, s:s}",
		"account_id", "21e21b83d0520483bc4b64cdb53be9df", "gateway",
		"g", "routes", "provider", "openai", "model", "gpt-5-nano",
		"key_env", "OPENAI_API_KEY", "vars", "ZED", "1", "ALPHA",
		"z\xc3\xbcrich \"x\" \\ /", "x-note", "mine");

	if (file_exists(path))
		cr_assert(vault_load(path, &vault, &err), "%s", err.what);
	else
		vault = vault_create(path);
	cr_assert(vault_add_profile(
			  vault, profile, &access, "alice", &opened, &err),
		"%s", err.what);
	cr_assert(opened_set_settings(opened, settings, &err), "%s %s",
		err.what, err.where);
	set(opened, "OPENAI_API_KEY", "sk-one");
	set(opened, "CF_AIG_TOKEN", "token-two");
	cr_assert(vault_save(vault, &err), "%s %s", err.what, err.where);
	vault_close(opened);
	vault_free(vault);
}

bool open_as(struct open_profile *one, const char *who, const char *profile,
	enum vault_purpose purpose, const char *trust)
{
	*one = (struct open_profile){ .heard = { BUF(65536) } };
	load_vector_identity(who, &one->identity);
	struct vault_access access = { .identity = &one->identity,
		.trust = trust,
		.purpose = purpose,
		.warn = hear,
		.context = &one->heard };
	return vault_load(FILE_NAME, &one->vault, &one->err) &&
		vault_open(
			one->vault, profile, &access, &one->opened, &one->err);
}

void close_it(struct open_profile *one)
{
	vault_close(one->opened);
	vault_free(one->vault);
	identity_release(&one->identity);
	buf_release(&one->heard.text);
}

void make(const char *profile)
{
	SCOPED(identity) struct identity alice = { 0 };

	load_vector_identity("alice", &alice);
	make_vault(FILE_NAME, profile, &alice);
}

void put(struct opened *opened, const char *name, const char *text)
{
	SCOPED(secret) struct secret value = secret_of(text);
	struct error err;
	bool changed = false;

	cr_assert(opened_set_secret(opened, name, &value, &changed, &err));
}
