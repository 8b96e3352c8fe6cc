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
	cr_assert(strstr(one.err.next, "--abort"));
	close_it(&one);
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
