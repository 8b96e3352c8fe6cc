/* SPDX-License-Identifier: MIT */
/*
 * Making, opening, changing and saving vaults of our own.
 */
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/file.h"
#include "support.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

TestSuite(vault, .init = enter_folder, .fini = leave_folder);

#define FILE_NAME "aigenv.json"

struct open_profile {
	struct identity identity;
	struct heard heard;
	struct vault *vault;
	struct opened *opened;
	struct error err;
};

static bool open_as(struct open_profile *one, const char *who,
	const char *profile, enum vault_purpose purpose, const char *trust)
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

static void close_it(struct open_profile *one)
{
	vault_close(one->opened);
	vault_free(one->vault);
	identity_release(&one->identity);
	buf_release(&one->heard.text);
}

static void make(const char *profile)
{
	SCOPED(identity) struct identity alice = { 0 };

	load_vector_identity("alice", &alice);
	make_vault(FILE_NAME, profile, &alice);
}

static void put(struct opened *opened, const char *name, const char *text)
{
	SCOPED(secret) struct secret value = secret_of(text);
	struct error err;
	bool changed = false;

	cr_assert(opened_set_secret(opened, name, &value, &changed, &err));
}

Test(vault, what_was_made_opens_again)
{
	struct open_profile one;
	SCOPED(secret_arena) struct secret_arena arena = { 0 };

	make("production");
	cr_assert(open_as(&one, "alice", "production", VAULT_WRITE, NULL), "%s",
		one.err.what);
	cr_assert_eq(opened_generation(one.opened), 1);
	cr_assert_eq(opened_secret_count(one.opened), 2);
	const struct secret *value = opened_get_secret(
		one.opened, "OPENAI_API_KEY", SLOT_CURRENT, &arena, &one.err);
	cr_assert(value);
	cr_assert_str_eq(secret_reveal(value), "sk-one");
	cr_assert_str_eq(one.heard.text.data ? one.heard.text.data : "", "",
		"the maker knows himself");
	struct recipient_info info;
	opened_recipient_info(one.opened, 0, &info);
	cr_assert(info.writer && text_equal(info.vouched_by, "alice"));
	cr_assert_str_eq(
		info.fingerprint, "df2e 85ec ab65 348f fe02 65ee 132c f09f");
	close_it(&one);
}

Test(vault, is_written_in_the_format_s_own_layout)
{
	SCOPED(buf) struct buf expected = BUF(1u << 20);
	size_t size = 0;

	make("staging");
	make("production");
	char *text = slurp(FILE_NAME, &size);
	JSON_SCOPED json_t *root = read_json(FILE_NAME);
	json_format(root, &expected);
	cr_assert_str_eq(text, buf_cstring(&expected));
	cr_assert_lt(
		strstr(text, "\"production\""), strstr(text, "\"staging\""));
	cr_assert_lt(strstr(text, "\"ALPHA\""), strstr(text, "\"ZED\""));
	cr_assert_lt(strstr(text, "\"CF_AIG_TOKEN\""),
		strstr(text, "\"OPENAI_API_KEY\": {"));
	cr_assert_lt(strstr(text, "\"gateway\""), strstr(text, "\"routes\""));
	cr_assert_lt(strstr(text, "\"vars\""), strstr(text, "\"x-note\""));
	memory_free(text, size);
}

Test(vault, a_change_of_settings_keeps_every_ciphertext)
{
	struct open_profile one;

	make("production");
	JSON_SCOPED json_t *before = read_json(FILE_NAME);
	cr_assert(open_as(&one, "alice", "production", VAULT_WRITE, NULL));
	JSON_SCOPED json_t *settings =
		json_deep_copy(opened_settings(one.opened));
	(void)json_object_set_new(settings, "gateway", json_string("other"));
	cr_assert(opened_set_settings(one.opened, settings, &one.err));
	cr_assert(vault_save(one.vault, &one.err), "%s", one.err.what);
	cr_assert_eq(opened_generation(one.opened), 2);
	close_it(&one);
	JSON_SCOPED json_t *after = read_json(FILE_NAME);
	json_t *old = json_object_get(
		json_object_get(before, "profiles"), "production");
	json_t *new = json_object_get(
		json_object_get(after, "profiles"), "production");
	cr_assert(json_equal(json_object_get(old, "secrets"),
		json_object_get(new, "secrets")));
	cr_assert(json_equal(
		json_object_get(old, "key"), json_object_get(new, "key")));
	cr_assert(open_as(&one, "alice", "production", VAULT_READ, NULL));
	close_it(&one);
}

Test(vault, several_saves_of_one_opening_follow_each_other)
{
	struct open_profile one;

	make("production");
	cr_assert(open_as(&one, "alice", "production", VAULT_WRITE, NULL));
	for (int i = 0; i < 3; i++) {
		put(one.opened, "CF_AIG_TOKEN", i % 2 ? "one" : "two");
		cr_assert(vault_save(one.vault, &one.err), "%s", one.err.what);
		cr_assert_eq(opened_generation(one.opened), i + 2);
	}
	close_it(&one);
	cr_assert(open_as(&one, "alice", "production", VAULT_READ, NULL));
	close_it(&one);
}

Test(vault, a_file_that_changed_meanwhile_is_not_overwritten)
{
	struct open_profile one;
	size_t size = 0;

	make("production");
	cr_assert(open_as(&one, "alice", "production", VAULT_WRITE, NULL));
	put(one.opened, "CF_AIG_TOKEN", "other");
	spit(FILE_NAME, "{}\n", 3);
	cr_assert(!vault_save(one.vault, &one.err));
	cr_assert_eq(one.err.status, STATUS_BUSY);
	char *text = slurp(FILE_NAME, &size);
	cr_assert_str_eq(text, "{}\n");
	memory_free(text, size);
	close_it(&one);
}

/* The rule of session/session.h, from below: what it stands on. */
Test(vault, read_again_both_handles_stay)
{
	struct open_profile one;
	struct open_profile two;
	SCOPED(secret_arena) struct secret_arena arena = { 0 };

	make("production");
	cr_assert(open_as(&one, "alice", "production", VAULT_WRITE, NULL));
	struct vault *vault = one.vault;
	struct opened *opened = one.opened;
	const char *folder = vault_directory(vault);
	int64_t generation = opened_generation(opened);
	cr_assert(open_as(&two, "alice", "production", VAULT_WRITE, NULL));
	put(two.opened, "LATER", "value");
	cr_assert(vault_save(two.vault, &two.err), "%s", two.err.what);
	cr_assert_not(vault_is_current(vault));

	cr_assert(vault_reload(vault, &one.err), "%s", one.err.what);
	cr_assert(vault_is_current(vault));
	cr_assert_not(opened_has_secret(opened, "LATER"));
	cr_assert(opened_renew(opened, &one.err), "%s", one.err.what);
	cr_assert_eq(vault_directory(vault), folder);
	cr_assert_eq(opened_generation(opened), generation + 1);
	cr_assert(opened_get_secret(
		opened, "LATER", SLOT_CURRENT, &arena, &one.err));
	put(opened, "MORE", "value");
	cr_assert(vault_save(vault, &one.err), "%s", one.err.what);
	close_it(&two);
	close_it(&one);
}

Test(vault, what_cannot_be_read_again_leaves_all_as_it_was)
{
	struct open_profile one;
	size_t size = 0;

	make("production");
	cr_assert(open_as(&one, "alice", "production", VAULT_WRITE, NULL));
	char *before = slurp(FILE_NAME, &size);
	spit(FILE_NAME, "{", 1);
	cr_assert_not(vault_reload(one.vault, &one.err));
	cr_assert(vault_has_profile(one.vault, "production"));
	cr_assert_not(vault_is_current(one.vault));
	spit(FILE_NAME, before, size);
	/* Another id: no tag holds then. */
	char *id = strstr(before, "\"vault\": \"") + strlen("\"vault\": \"");
	*id = *id == '0' ? '1' : '0';
	spit(FILE_NAME, before, size);
	cr_assert(vault_reload(one.vault, &one.err), "%s", one.err.what);
	cr_assert_not(opened_renew(one.opened, &one.err));
	cr_assert_eq(one.err.status, STATUS_LOCKED_OUT);
	cr_assert_eq(opened_secret_count(one.opened), 2);
	free(before);
	close_it(&one);
}

Test(vault, a_reader_cannot_save)
{
	struct open_profile one;

	copy_file(vector_path("team.json"), FILE_NAME);
	cr_assert(open_as(&one, "web-1", "production", VAULT_WRITE, NULL));
	put(one.opened, "EMPTY", "other");
	cr_assert(!vault_save(one.vault, &one.err));
	cr_assert_eq(one.err.status, STATUS_LOCKED_OUT);
	close_it(&one);
}

Test(vault, a_secret_under_rotation_is_not_set_or_removed)
{
	struct open_profile one;
	SCOPED(secret) struct secret value = secret_of("x");
	bool changed = false;

	copy_file(vector_path("team.json"), FILE_NAME);
	cr_assert(open_as(&one, "alice", "production", VAULT_WRITE, NULL));
	cr_assert(!opened_set_secret(
		one.opened, "CF_AIG_TOKEN", &value, &changed, &one.err));
	cr_assert(!opened_remove_secret(one.opened, "CF_AIG_TOKEN", &one.err));
	cr_assert(strstr(one.err.next, "newer aigenv"));
	close_it(&one);
}

Test(vault, first_contact_is_said_once_and_trust_says_nothing)
{
	struct open_profile one;

	copy_file(vector_path("team.json"), FILE_NAME);
	cr_assert(open_as(&one, "web-1", "production", VAULT_READ, NULL));
	cr_assert(strstr(one.heard.text.data, "sealed by carol"));
	cr_assert(strstr(one.heard.text.data,
		"alice (df2e 85ec ab65 348f fe02 65ee 132c f09f), bob"));
	close_it(&one);
	cr_assert(open_as(&one, "web-1", "production", VAULT_READ, NULL));
	cr_assert_null(one.heard.text.data);
	close_it(&one);
	cr_assert_eq(system("rm -r state"), 0); /* NOLINT(cert-env33-c) */
	cr_assert(open_as(&one, "web-1", "production", VAULT_READ,
		"DF2E85ECAB65348FFE0265EE132CF09F"));
	cr_assert_null(one.heard.text.data);
	close_it(&one);
	cr_assert(
		!open_as(&one, "web-1", "production", VAULT_READ, "df2e 85ec"));
	cr_assert_eq(one.err.status, STATUS_USAGE);
	close_it(&one);
}

Test(vault, an_older_copy_does_not_lock_out_the_newer_one)
{
	struct open_profile one;

	/* generation 8 has carol; 9 has not: going back is refused by trust */
	copy_file(vector_path("team-after-removal.json"), FILE_NAME);
	cr_assert(open_as(&one, "alice", "production", VAULT_READ, NULL));
	close_it(&one);
	copy_file(vector_path("team.json"), FILE_NAME);
	cr_assert(!open_as(&one, "alice", "production", VAULT_READ, NULL));
	cr_assert_eq(one.err.status, STATUS_LOCKED_OUT);
	close_it(&one);
	copy_file(vector_path("team-after-removal.json"), FILE_NAME);
	cr_assert(open_as(&one, "alice", "production", VAULT_WRITE, NULL));
	close_it(&one);
}

static void run_shell(const char *command)
{
	cr_assert_eq(system(command), 0); /* NOLINT(cert-env33-c) */
}

/* Each is well known, and neither belongs where the other one was. */
Test(vault, another_known_vault_in_its_place_is_refused)
{
	struct open_profile one;

	make("production");
	run_shell("mv aigenv.json first.json");
	make("production");
	cr_assert(open_as(&one, "alice", "production", VAULT_READ, NULL), "%s",
		one.err.what);
	close_it(&one);
	run_shell("cp first.json aigenv.json");
	cr_assert(!open_as(&one, "alice", "production", VAULT_READ, NULL));
	cr_assert_eq(one.err.status, STATUS_LOCKED_OUT);
	cr_assert(strstr(one.err.what, "the whole vault was replaced"));
	cr_assert_str_eq(one.err.where, FILE_NAME);
	close_it(&one);
}

static void edit_gateway(void)
{
	JSON_SCOPED json_t *root = read_json(FILE_NAME);
	SCOPED(buf) struct buf text = BUF(1u << 20);
	json_t *settings = json_object_get(
		json_object_get(
			json_object_get(root, "profiles"), "production"),
		"settings");

	(void)json_object_set_new(settings, "gateway", json_string("mine"));
	json_format(root, &text);
	spit(FILE_NAME, text.data, text.size);
}

Test(vault, edited_settings_can_be_accepted_and_sealed)
{
	struct open_profile one;

	make("production");
	edit_gateway();
	cr_assert(!open_as(&one, "alice", "production", VAULT_WRITE, NULL));
	cr_assert(strstr(one.err.next, "aigenv seal"));
	struct vault_access access = { .identity = &one.identity,
		.purpose = VAULT_WRITE,
		.accept_edited_settings = true,
		.warn = hear,
		.context = &one.heard };
	cr_assert(vault_open(one.vault, "production", &access, &one.opened,
			  &one.err),
		"%s", one.err.what);
	cr_assert(opened_settings_edited(one.opened));
	cr_assert_null(one.heard.text.data, "the sealed settings are known");
	json_t *sealed = opened_sealed_settings(one.opened);
	cr_assert_str_eq(json_text(sealed, "gateway"), "g");
	cr_assert(opened_set_settings(
		one.opened, opened_settings(one.opened), &one.err));
	cr_assert(vault_save(one.vault, &one.err));
	close_it(&one);
	cr_assert(open_as(&one, "alice", "production", VAULT_WRITE, NULL));
	close_it(&one);
}

Test(vault, what_was_rendered_and_proven_is_remembered)
{
	struct open_profile one;
	JSON_SCOPED json_t *names =
		json_pack("{s:n, s:s}", "CF_AIG_TOKEN", "LEVEL", "info");

	make("production");
	cr_assert(open_as(&one, "alice", "production", VAULT_READ, NULL));
	cr_assert_null(opened_get_rendered(one.opened, ".env"));
	cr_assert_null(opened_get_proven(one.opened, "openai"));
	opened_set_rendered(one.opened, ".env", names);
	opened_set_proven(one.opened, "openai", "2026-11-10T09:30:00Z", "log");
	opened_save_state(one.opened);
	close_it(&one);
	cr_assert(open_as(&one, "alice", "production", VAULT_READ, NULL));
	cr_assert(json_equal(opened_get_rendered(one.opened, ".env"), names));
	cr_assert_str_eq(
		json_text(opened_get_proven(one.opened, "openai"), "log_id"),
		"log");
	close_it(&one);
}

/* The only file of that name below `state`, parsed. */
static json_t *read_memory(const char *name)
{
	char command[128];

	(void)snprintf(command, sizeof(command),
		"cat state/aigenv/vaults/*/%s >memory.json", name);
	cr_assert_eq(system(command), 0); /* NOLINT(cert-env33-c) */
	return read_json("memory.json");
}

Test(vault, the_memory_has_both_tags_and_no_proof)
{
	struct open_profile one;

	make("production");
	cr_assert(open_as(&one, "alice", "production", VAULT_READ, NULL));
	opened_set_proven(one.opened, "openai", "2026-11-10T09:30:00Z", NULL);
	opened_save_state(one.opened);
	close_it(&one);
	JSON_SCOPED json_t *vault = read_json(FILE_NAME);
	json_t *sealed = json_object_get(
		json_object_get(
			json_object_get(vault, "profiles"), "production"),
		"sealed");
	JSON_SCOPED json_t *memory = read_memory("production.json");
	JSON_SCOPED json_t *proven = read_memory("production.proven.json");
	cr_assert(json_equal(json_object_get(memory, "core"),
		json_object_get(sealed, "core")));
	cr_assert(json_equal(json_object_get(memory, "settings_tag"),
		json_object_get(sealed, "settings")));
	cr_assert_null(json_object_get(memory, "proven"));
	cr_assert(json_object_get(json_object_get(proven, "proven"), "openai"));
}

Test(vault, two_processes_keep_what_the_other_one_remembers)
{
	struct open_profile first;
	struct open_profile second;
	JSON_SCOPED json_t *names = json_pack("{s:n}", "CF_AIG_TOKEN");

	make("production");
	cr_assert(open_as(&first, "alice", "production", VAULT_WRITE, NULL));
	cr_assert(open_as(&second, "alice", "production", VAULT_READ, NULL));
	opened_set_rendered(second.opened, ".env", names);
	opened_save_state(second.opened);
	put(first.opened, "CF_AIG_TOKEN", "another");
	cr_assert(vault_save(first.vault, &first.err), "%s", first.err.what);
	close_it(&first);
	opened_set_rendered(second.opened, "other.env", names);
	opened_save_state(second.opened);
	close_it(&second);
	cr_assert(open_as(&first, "alice", "production", VAULT_READ, NULL));
	cr_assert(opened_get_rendered(first.opened, ".env"));
	cr_assert(opened_get_rendered(first.opened, "other.env"));
	close_it(&first);
	JSON_SCOPED json_t *memory = read_memory("production.json");
	cr_assert_eq(
		json_integer_value(json_object_get(memory, "generation")), 2);
}

Test(vault, a_profile_is_removed_and_its_name_counts_on)
{
	struct open_profile one;
	size_t size = 0;

	make("production");
	make("staging");
	struct vault *vault = NULL;
	struct error err;
	cr_assert(vault_load(FILE_NAME, &vault, &err));
	cr_assert(vault_remove_profile(vault, "staging", &err));
	cr_assert(vault_save(vault, &err), "%s", err.what);
	vault_free(vault);
	char *text = slurp(FILE_NAME, &size);
	cr_assert_null(strstr(text, "staging"));
	memory_free(text, size);
	make("staging");
	cr_assert(open_as(&one, "alice", "staging", VAULT_WRITE, NULL), "%s",
		one.err.what);
	cr_assert_eq(opened_generation(one.opened), 2);
	close_it(&one);
}

/* Alice takes `who` in. */
static void share(const char *who, bool as_writer)
{
	SCOPED(identity) struct identity other = { 0 };
	struct open_profile one;

	load_vector_identity(who, &other);
	SCOPED(signing_key) struct signing_key key = { 0 };
	identity_signing_key(&other, &key);
	cr_assert(open_as(&one, "alice", "production", VAULT_WRITE, NULL), "%s",
		one.err.what);
	cr_assert(opened_add_recipient(one.opened, who, &other.recipient,
			  as_writer ? key.public : NULL, &one.err),
		"%s", one.err.what);
	cr_assert(!opened_add_recipient(
		one.opened, "again", &other.recipient, NULL, &one.err));
	cr_assert(vault_save(one.vault, &one.err), "%s", one.err.what);
	cr_assert(vault_check_profile(one.vault, "production", &one.err));
	close_it(&one);
}

Test(vault, is_shared_with_a_writer_and_a_reader)
{
	struct open_profile one;

	make("production");
	share("web-1", false);
	share("bob", true);
	cr_assert(open_as(&one, "web-1", "production", VAULT_READ, NULL), "%s",
		one.err.what);
	cr_assert(!opened_require_writer(one.opened, &one.err));
	close_it(&one);
	cr_assert(open_as(&one, "bob", "production", VAULT_WRITE, NULL));
	put(one.opened, "CF_AIG_TOKEN", "bob's");
	cr_assert(vault_save(one.vault, &one.err), "%s", one.err.what);
	close_it(&one);
	cr_assert(open_as(&one, "alice", "production", VAULT_READ, NULL));
	close_it(&one);
}

Test(vault, who_was_removed_cannot_open_what_is_written_afterwards)
{
	struct open_profile one;
	SCOPED(secret_arena) struct secret_arena arena = { 0 };

	make("production");
	share("bob", true);
	share("web-1", false);
	JSON_SCOPED json_t *before = read_json(FILE_NAME);
	cr_assert(open_as(&one, "bob", "production", VAULT_WRITE, NULL));
	cr_assert(!opened_remove_recipient(one.opened, "bob", &one.err));
	cr_assert(!opened_remove_recipient(one.opened, "dave", &one.err));
	cr_assert(opened_remove_recipient(one.opened, "alice", &one.err), "%s",
		one.err.what);
	cr_assert(vault_save(one.vault, &one.err), "%s", one.err.what);
	close_it(&one);
	cr_assert(!open_as(&one, "alice", "production", VAULT_READ, NULL));
	cr_assert(strstr(one.err.what, "but with bob, web-1"), "%s",
		one.err.what);
	close_it(&one);
	cr_assert(open_as(&one, "web-1", "production", VAULT_READ, NULL));
	const struct secret *value = opened_get_secret(
		one.opened, "OPENAI_API_KEY", SLOT_CURRENT, &arena, &one.err);
	cr_assert(value);
	cr_assert_str_eq(secret_reveal(value), "sk-one");
	cr_assert(vault_check_profile(one.vault, "production", &one.err));
	close_it(&one);
	JSON_SCOPED json_t *after = read_json(FILE_NAME);
	cr_assert(!json_equal(before, after));
}

Test(vault, a_token_is_taken_apart)
{
	SCOPED(identity) struct identity alice = { 0 };
	struct age_recipient recipient;
	unsigned char sign[SIGN_KEY_SIZE];
	char token[TOKEN_SIZE];
	struct error err;
	bool writer = false;

	load_vector_identity("alice", &alice);
	SCOPED(signing_key) struct signing_key key = { 0 };
	identity_signing_key(&alice, &key);
	identity_token(&alice, token);
	cr_assert(identity_token_parse(token, &recipient, sign, &writer, &err));
	cr_assert(writer);
	cr_assert_arr_eq(sign, key.public, sizeof(sign));
	cr_assert_arr_eq(
		recipient.key, alice.recipient.key, sizeof(recipient.key));
	token[strlen(token) - 1] = '\0';
	cr_assert(
		!identity_token_parse(token, &recipient, sign, &writer, &err));
	*strchr(token, '+') = '\0';
	cr_assert(identity_token_parse(token, &recipient, sign, &writer, &err));
	cr_assert(!writer);
}

static char *find(const char *file, const char *directory)
{
	struct error err;
	char *path = NULL;

	cr_assert(vault_find(file, directory, &path, &err), "%s", err.what);
	return path;
}

Test(vault, is_found_upwards)
{
	cr_assert_eq(system("mkdir -p a/b"), 0); /* NOLINT(cert-env33-c) */
	make("production");
	char *path = find(NULL, "a/b");
	cr_assert_str_eq(path, FILE_NAME);
	free(path);
	path = find("x.json", "/a");
	cr_assert_str_eq(path, "/a/x.json");
	free(path);
	cr_assert_null(find(NULL, "/proc"));
}

Test(vault, a_broken_profile_does_not_stop_another)
{
	struct open_profile one;

	make("production");
	JSON_SCOPED json_t *root = read_json(FILE_NAME);
	SCOPED(buf) struct buf text = BUF(1u << 20);
	(void)json_object_set_new(json_object_get(root, "profiles"), "Broken!",
		json_pack("{s:n, s:f}", "a", "b", 1.5));
	json_format(root, &text);
	spit(FILE_NAME, text.data, text.size);
	cr_assert(open_as(&one, "alice", "production", VAULT_WRITE, NULL), "%s",
		one.err.what);
	put(one.opened, "CF_AIG_TOKEN", "other");
	cr_assert(vault_save(one.vault, &one.err));
	close_it(&one);
	char *after = slurp(FILE_NAME, NULL);
	cr_assert(strstr(after, "\"Broken!\": {\n      \"a\": null"));
	free(after);
}
