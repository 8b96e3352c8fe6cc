/* SPDX-License-Identifier: MIT */
#include "vault/rotation.h"

#include "support.h"

#include <criterion/criterion.h>
#include <string.h>

#define FILE_NAME "aigenv.json"
#define NAME "TOKEN"

struct one {
	struct identity identity;
	struct heard heard;
	struct vault *vault;
	struct opened *opened;
	struct error err;
};

static void read_it(struct one *one)
{
	const struct vault_access access = { .identity = &one->identity,
		.purpose = VAULT_WRITE,
		.warn = hear,
		.context = &one->heard };

	vault_close(one->opened);
	vault_free(one->vault);
	cr_assert(vault_load(FILE_NAME, &one->vault, &one->err));
	cr_assert(vault_open(one->vault, "production", &access, &one->opened,
			  &one->err),
		"%s", one->err.what);
}

/* A vault of ours, with that secret. */
static void begin(struct one *one)
{
	bool changed = false;
	SCOPED(secret) struct secret value = secret_of("old");

	*one = (struct one){ .heard = { BUF(4096) } };
	load_vector_identity("alice", &one->identity);
	make_vault(FILE_NAME, "production", &one->identity);
	read_it(one);
	cr_assert(opened_set_secret(
		one->opened, NAME, &value, &changed, &one->err));
	cr_assert(vault_save(one->vault, &one->err));
}

static void end(struct one *one)
{
	vault_close(one->opened);
	vault_free(one->vault);
	identity_release(&one->identity);
	buf_release(&one->heard.text);
}

static void stage(struct one *one, const char *text)
{
	SCOPED(secret) struct secret value = secret_of(text);
	const struct rotation_value staged = { &value, "id-of-new",
		"2027-01-01T00:00:00Z" };

	cr_assert(opened_stage_rotation(one->opened, NAME, &staged, &one->err),
		"%s", one->err.what);
}

/* Saved and read again: what is not right in the file would be refused. */
static void save(struct one *one)
{
	cr_assert(vault_save(one->vault, &one->err), "%s", one->err.what);
	read_it(one);
}

static void expect_value(
	struct one *one, enum secret_slot slot, const char *expected)
{
	SCOPED(secret_arena) struct secret_arena arena = { 0 };
	const struct secret *value =
		opened_get_secret(one->opened, NAME, slot, &arena, &one->err);

	cr_assert_eq(value != NULL, expected != NULL);
	if (value)
		cr_assert_str_eq(secret_reveal(value), expected);
}

static void expect_step(struct one *one, const char *word)
{
	struct rotation rotation;
	bool found = opened_find_rotation(one->opened, &rotation);

	cr_assert_eq(found, word != NULL);
	if (found)
		cr_assert_str_eq(rotation_step_word(rotation.step), word);
}

TestSuite(rotation, .init = enter_folder, .fini = leave_folder);

Test(rotation, goes_from_step_to_step)
{
	struct one one;

	begin(&one);
	expect_step(&one, NULL);
	stage(&one, "new");
	save(&one);
	expect_step(&one, "staged");
	expect_value(&one, SLOT_CURRENT, "old");
	expect_value(&one, SLOT_PENDING, "new");
	opened_advance_rotation(one.opened);
	save(&one);
	expect_step(&one, "verified");
	opened_advance_rotation(one.opened);
	save(&one);
	expect_step(&one, "switched");
	expect_value(&one, SLOT_CURRENT, "new");
	expect_value(&one, SLOT_PREVIOUS, "old");
	expect_value(&one, SLOT_PENDING, NULL);
	opened_advance_rotation(one.opened);
	save(&one);
	expect_step(&one, "confirmed");
	opened_end_rotation(one.opened, false);
	save(&one);
	expect_step(&one, NULL);
	expect_value(&one, SLOT_PREVIOUS, "old");
	end(&one);
}

Test(rotation, drops_the_old_value_where_it_was_revoked)
{
	struct one one;

	begin(&one);
	stage(&one, "new");
	for (int i = 0; i < 3; i++)
		opened_advance_rotation(one.opened);
	opened_end_rotation(one.opened, true);
	save(&one);
	expect_value(&one, SLOT_CURRENT, "new");
	expect_value(&one, SLOT_PREVIOUS, NULL);
	end(&one);
}

Test(rotation, is_given_up_at_each_step)
{
	for (int steps = 0; steps < 4; steps++) {
		struct one one;

		begin(&one);
		stage(&one, "new");
		for (int i = 0; i < steps; i++)
			opened_advance_rotation(one.opened);
		save(&one);
		opened_give_up_rotation(one.opened);
		save(&one);
		expect_step(&one, NULL);
		expect_value(&one, SLOT_CURRENT, "old");
		expect_value(&one, SLOT_PENDING, NULL);
		expect_value(&one, SLOT_PREVIOUS, steps < 2 ? NULL : "new");
		end(&one);
		cr_assert_eq(remove(FILE_NAME), 0);
	}
}

Test(rotation, keeps_what_is_known_of_a_requested_value)
{
	struct one one;
	struct rotation rotation;

	begin(&one);
	cr_assert(opened_request_rotation(
		one.opened, NAME, "aigenv-label", "id-of-old", &one.err));
	save(&one);
	expect_step(&one, "requested");
	stage(&one, "new");
	save(&one);
	cr_assert(opened_find_rotation(one.opened, &rotation));
	cr_assert_str_eq(rotation.label, "aigenv-label");
	cr_assert_str_eq(rotation.old_id, "id-of-old");
	cr_assert_str_eq(rotation.new_id, "id-of-new");
	end(&one);
}

Test(rotation, is_one_at_a_time_and_never_to_the_same_value)
{
	struct one one;
	SCOPED(secret) struct secret same = secret_of("old");
	const struct rotation_value staged = { &same, NULL, NULL };

	begin(&one);
	cr_assert(!opened_stage_rotation(one.opened, NAME, &staged, &one.err));
	cr_assert_eq(one.err.status, STATUS_INVALID);
	stage(&one, "new");
	cr_assert(!opened_request_rotation(
		one.opened, "EMPTY", "label", NULL, &one.err));
	cr_assert(strstr(one.err.next, "--resume"));
	cr_assert(strstr(one.err.next, "--abort"));
	end(&one);
}
