/* SPDX-License-Identifier: MIT */
/*
 * Recipients of a profile: who is taken in, and who is removed.
 */
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/file.h"
#include "support.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

TestSuite(team, .init = enter_folder, .fini = leave_folder);

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

Test(team, is_shared_with_a_writer_and_a_reader)
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

Test(team, who_was_removed_cannot_open_what_is_written_afterwards)
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
	cr_assert(strstr(one.err.what, "but with bob (only to read: web-1)"),
		"%s", one.err.what);
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

/* bob vouches for carol anew, in what he has opened alone. */
Test(team, the_vault_stays_as_it_is_until_it_is_saved)
{
	struct open_profile one;
	json_t *settings = NULL;

	make("production");
	share("bob", true);
	share("carol", true);
	cr_assert(open_as(&one, "bob", "production", VAULT_WRITE, NULL));
	const struct vault_access access = { .identity = &one.identity,
		.purpose = VAULT_READ,
		.warn = hear,
		.context = &one.heard };
	cr_assert(opened_remove_recipient(one.opened, "alice", &one.err), "%s",
		one.err.what);
	cr_expect(vault_view_settings(one.vault, "production", &access,
			  &settings, &one.err),
		"%s", one.err.what);
	close_it(&one);
}

Test(team, a_token_is_taken_apart)
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
