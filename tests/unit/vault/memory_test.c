/* SPDX-License-Identifier: MIT */
/*
 * What a user's machine remembers of vaults, and what it refuses by that.
 */
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/file.h"
#include "support.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

TestSuite(memory, .init = enter_folder, .fini = leave_folder);

Test(memory, first_contact_is_said_once_and_trust_says_nothing)
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

Test(memory, an_older_copy_does_not_lock_out_the_newer_one)
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
Test(memory, another_known_vault_in_its_place_is_refused)
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

Test(memory, edited_settings_can_be_accepted_and_sealed)
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

Test(memory, what_was_rendered_and_proven_is_remembered)
{
	struct open_profile one;
	JSON_SCOPED json_t *names =
		json_pack("{s:n, s:s}", "CF_AIG_TOKEN", "LEVEL", "info");

	make("production");
	cr_assert(open_as(&one, "alice", "production", VAULT_READ, NULL));
	cr_assert_null(opened_get_rendered(one.opened, ".env"));
	cr_assert_null(opened_get_proven(one.opened, "openai"));
	opened_set_rendered(one.opened, ".env", names);
	opened_set_proven(
		one.opened, "openai", "values", "2026-11-10T09:30:00Z", "log");
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

Test(memory, the_memory_has_both_tags_and_no_proof)
{
	struct open_profile one;

	make("production");
	cr_assert(open_as(&one, "alice", "production", VAULT_READ, NULL));
	opened_set_proven(
		one.opened, "openai", "values", "2026-11-10T09:30:00Z", NULL);
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

Test(memory, two_processes_keep_what_the_other_one_remembers)
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

#define COPIES 64

/* Puts one copy after the other in the vault's place, until it is killed, or
 * whoever started it is. */
static _Noreturn void replace_for_ever(void)
{
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	for (unsigned i = 0;; i++) {
		char copy[32];

		(void)snprintf(copy, sizeof(copy), "copy-%u", i % COPIES);
		(void)unlink("next");
		if (link(copy, "next") == 0)
			(void)rename("next", FILE_NAME);
	}
}

/* An older copy that was asked for, and is overtaken at every try. What is
 * borrowed of its names stays. */
Test(memory, a_file_that_changes_all_the_time_is_opened_as_it_was_read)
{
	struct open_profile one;

	make("production");
	run_shell("for i in $(seq 0 63); do cp aigenv.json copy-$i; done");
	cr_assert(open_as(&one, "alice", "production", VAULT_WRITE, NULL));
	put(one.opened, "CF_AIG_TOKEN", "another");
	cr_assert(vault_save(one.vault, &one.err));
	vault_close(one.opened);
	one.opened = NULL;
	pid_t child = fork();
	cr_assert_geq(child, 0);
	if (child == 0)
		replace_for_ever();
	struct vault_access access = { .identity = &one.identity,
		.purpose = VAULT_READ,
		.allow_older = true,
		.warn = hear,
		.context = &one.heard };
	for (int i = 0; i < 10; i++) {
		vault_free(one.vault);
		one.vault = NULL;
		cr_assert(vault_load(FILE_NAME, &one.vault, &one.err));
		const char *name = vault_profile_name(one.vault, 0);
		cr_assert(vault_open(one.vault, name, &access, &one.opened,
				  &one.err),
			"%s", one.err.what);
		cr_assert_str_eq(name, "production");
		vault_close(one.opened);
		one.opened = NULL;
	}
	(void)kill(child, SIGKILL);
	(void)waitpid(child, NULL, 0);
	close_it(&one);
}
