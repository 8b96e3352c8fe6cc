/* SPDX-License-Identifier: MIT */
#include "drift/plan.h"

#include "drift/path_internal.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static void assert_seen(const char *from, const char *base, const char *path,
	const char *expected)
{
	char *seen = path_seen_from(from, base, path);

	cr_assert_str_eq(seen, expected);
	free(seen);
}

Test(path, file_is_named_as_seen_from_the_current_folder)
{
	assert_seen("/srv/app", "/srv/app", "e.cjs", "e.cjs");
	assert_seen("/srv/app", "/srv/app", "./deploy/e.cjs", "deploy/e.cjs");
	assert_seen("/srv/app/src", "/srv/app", "e.cjs", "../e.cjs");
	assert_seen("/srv", "/srv/app", "e.cjs", "app/e.cjs");
	assert_seen("/srv/apple", "/srv/app", "e.cjs", "../app/e.cjs");
	assert_seen("/", "/srv", "e.cjs", "srv/e.cjs");
	assert_seen("/a/b", "/c", "e.cjs", "../../c/e.cjs");
	assert_seen("/srv/app", "/srv/app", "/etc/e.cjs", "../../etc/e.cjs");
	assert_seen("/srv/app", "/srv/app", "../e.cjs", "../e.cjs");
	assert_seen("/srv/app", "/srv/app", "-e.cjs", "./-e.cjs");
}

static char production[] = "production";
static char staging[] = "staging";

static const struct restart_place here = {
	.vault_directory = "/srv/app",
	.current_directory = "/srv/app",
};

static void assert_command(const struct profile *profile,
	const struct restart_place *place, const char *expected)
{
	SCOPED(restart_plan) struct restart_plan restart = { 0 };
	const struct drift drift = { 0 };

	cr_assert(restart_plan_make(&restart, profile, &drift, place));
	cr_assert_str_eq(restart.command, expected);
}

Test(restart, rendered_ecosystem_file_is_read_again)
{
	struct profile profile = {
		.name = production,
		.pm2 = { .app = "my app" },
		.outputs = { { .template = "env", .path = ".env" },
			{ .template = "ecosystem",
				.path = "ecosystem.config.cjs" } },
		.output_count = 2,
	};

	assert_command(&profile, &here,
		"pm2 restart ecosystem.config.cjs --only 'my app' "
		"--update-env");
	profile.pm2.env = "staging";
	assert_command(&profile, &here,
		"pm2 restart ecosystem.config.cjs --only 'my app' "
		"--env staging --update-env");
}

Test(restart, profile_may_name_another_file)
{
	struct profile profile = {
		.name = production,
		.pm2 = { .app = "api", .ecosystem = "deploy/own.config.cjs" },
	};
	struct restart_place place = here;

	place.current_directory = "/srv/app/deploy";
	place.name_profile = true;
	assert_command(&profile, &place,
		"pm2 restart own.config.cjs --only api --update-env");
}

Test(restart, without_a_file_the_shell_is_the_source)
{
	struct profile profile = {
		.name = staging,
		.pm2 = { .app = "api" },
	};
	struct restart_place place = here;

	assert_command(&profile, &place,
		"aigenv run --clean -- pm2 restart api --update-env");
	place.name_profile = true;
	assert_command(&profile, &place,
		"aigenv -p staging run --clean -- pm2 restart api "
		"--update-env");
	place.vault_option = "/x y/aigenv.json";
	assert_command(&profile, &place,
		"aigenv -f '/x y/aigenv.json' -p staging run --clean -- "
		"pm2 restart api --update-env");
}

Test(restart, no_app_means_no_command)
{
	struct profile profile = { .name = production };
	SCOPED(restart_plan) struct restart_plan restart = { 0 };
	const struct drift drift = { 0 };

	cr_assert_not(restart_plan_make(&restart, &profile, &drift, &here));
}

Test(restart, several_apps_are_one_word_behind_only_and_else_a_word_each)
{
	struct profile profile = {
		.name = production,
		.pm2 = { .app = "@acme/api,api:prod", .ecosystem = "e.cjs" },
	};

	assert_command(&profile, &here,
		"pm2 restart e.cjs --only @acme/api,api:prod --update-env");
	profile.pm2.ecosystem = NULL;
	assert_command(&profile, &here,
		"aigenv run --clean -- pm2 restart @acme/api api:prod "
		"--update-env");
}
