/* SPDX-License-Identifier: MIT */
#include "apply/plan.h"

#include "../os/folder.h"

static struct error err;

/* A profile of two env files and one variable. */
static char name[] = "production";
static struct profile profile = {
	.name = name,
	.outputs = { { .template = "env", .path = ".env" },
		{ .template = "env", .path = "conf/.env" } },
	.output_count = 2,
};
static struct variables variables;

static void make_plan(struct plan *plan)
{
	struct vault *vault = vault_create("aigenv.json");

	(void)variables_add_secret(&variables, "CF_AIG_TOKEN",
		secret_arena_add(&variables.arena, "cfut_0123", 9));
	cr_assert(plan_make(plan, &profile, &variables, vault, NULL, &err),
		"%s", err.what);
	vault_free(vault);
}

Test(plan, touches_nothing_before_it_is_written, .init = enter_new_folder,
	.fini = leave_folder)
{
	struct plan plan;

	make_plan(&plan);
	cr_assert(plan_has_changes(&plan));
	cr_assert_eq(count_entries(), 0);
	plan_release(&plan);
}

Test(plan, writes_what_changed_alone, .init = enter_new_folder,
	.fini = leave_folder)
{
	struct plan plan;
	struct stat before;
	struct stat after;

	put(".env", "A=1\nCF_AIG_TOKEN=cfut_0123\n");
	cr_assert_eq(stat(".env", &before), 0);
	make_plan(&plan);
	cr_assert(!plan.outputs[0].changed);
	cr_assert(plan.outputs[1].changed);
	cr_assert(plan_write(&plan, &err), "%s", err.what);
	cr_assert_eq(stat(".env", &after), 0);
	cr_assert_eq(before.st_ino, after.st_ino);
	cr_assert_eq(after.st_mode & 0777, 0600);
	cr_assert_eq(count_entries(), 2);
	plan_release(&plan);
}

Test(plan, does_not_overwrite_a_file_that_was_saved_meanwhile,
	.init = enter_new_folder, .fini = leave_folder)
{
	struct plan plan;

	put(".env", "A=1\n");
	make_plan(&plan);
	put(".env", "A=2\n");
	cr_assert(!plan_write(&plan, &err));
	cr_assert_eq(err.status, STATUS_BUSY);
	assert_content(".env", "A=2\n");
	cr_assert_neq(access("conf/.env", F_OK), 0);
	plan_release(&plan);
}

Test(plan, does_not_bring_back_a_file_that_was_removed_meanwhile,
	.init = enter_new_folder, .fini = leave_folder)
{
	struct plan plan;

	put(".env", "A=1\n");
	make_plan(&plan);
	cr_assert_eq(unlink(".env"), 0);
	cr_assert(!plan_write(&plan, &err));
	cr_assert_eq(err.status, STATUS_BUSY);
	cr_assert_eq(count_entries(), 0);
	plan_release(&plan);
}
