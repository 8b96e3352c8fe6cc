/* SPDX-License-Identifier: MIT */
#include "envfile/envfile.h"

#include "base/memory.h"
#include "base/text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define READERS_LIMIT 512

/* The set of readers named in "node, dotenv". */
static reader_set readers(const char *names)
{
	char copy[READERS_LIMIT];
	char *rest = NULL;
	reader_set set = 0;

	(void)strncpy(copy, names, sizeof(copy) - 1);
	copy[sizeof(copy) - 1] = '\0';
	for (char *name = strtok_r(copy, ", ", &rest); name;
		name = strtok_r(NULL, ", ", &rest)) {
		enum reader reader = reader_find(name);
		cr_assert_neq(reader, READER_COUNT, "%s", name);
		set |= (reader_set)1 << reader;
	}
	return set;
}

static void assert_quoted(const char *value, const char *wanted,
	const char *spelling, const char *differ)
{
	SCOPED(buf) struct buf out = BUF(4096);
	SCOPED(buf) struct buf named = BUF(READERS_LIMIT);
	struct error err = { .status = STATUS_OK };
	reader_set set = 0;

	cr_assert(envfile_quote("A", value, readers(wanted), &out, &set, &err),
		"%s: %s", value, err.what);
	cr_assert_str_eq(buf_cstring(&out), spelling);
	if (!differ)
		return;
	readers_format(set, &named);
	cr_assert_str_eq(buf_cstring(&named), differ);
}

static void assert_refused(const char *name, const char *value,
	const char *wanted, const char *why)
{
	SCOPED(buf) struct buf out = BUF(4096);
	struct error err = { .status = STATUS_OK };
	reader_set set = 7;

	cr_assert(
		!envfile_quote(name, value, readers(wanted), &out, &set, &err));
	cr_assert_eq(err.status, STATUS_INVALID);
	cr_assert(strstr(err.what, why), "%s", err.what);
	cr_assert_str_eq(err.where, name);
	cr_assert(err.next[0]);
	cr_assert_eq(out.size, 0);
	cr_assert_eq(set, 7);
}

Test(quote, tokens_and_urls_are_bare_and_the_same_everywhere)
{
	static const char *const plain[] = { "", "sk-proj-AbC_123", "a+/==",
		"https://gateway.ai.cloudflare.com/v1/0a/gw/custom-x/v1?a=b,c",
		"eyJ.eyJ.x-_", "*", "?", "!", "{}", "[]", "^", "%", "@",
		"\xe5\xb0\x8f\xe7\xb1\xb3", "a~b" };

	for (size_t i = 0; i < ARRAY_SIZE(plain); i++) {
		assert_quoted(plain[i], "", plain[i], "");
		assert_quoted(plain[i], "bash, docker", plain[i], "");
	}
}

Test(quote, the_longest_line_of_docker_is_told_as_that)
{
	static char value[READERS_RAW_LINE + 1];
	struct error err = { .status = STATUS_OK };

	memset(value, 'x', sizeof(value) - 1);
	cr_assert(
		!envfile_refuse_reading("BIG", value, readers("docker"), &err));
	cr_assert(strstr(err.what, "65,535 bytes"), "%s", err.what);
	cr_assert(
		!envfile_refuse_reading("BIG", "a b", readers("docker"), &err));
	cr_assert(strstr(err.what, "another value"), "%s", err.what);
}

Test(quote, without_a_quote_in_it_single_quotes)
{
	assert_quoted("a b", "", "'a b'", "docker, podman");
	assert_quoted("a#b", "", "'a#b'", "docker, podman");
	assert_quoted("say \"hi\"", "", "'say \"hi\"'", "docker, podman");
	assert_quoted("~/x", "", "'~/x'", "docker, podman");
	assert_quoted("=ls", "", "'=ls'", "docker, podman");
	assert_quoted("\xc2\xa0", "", "'\xc2\xa0'", "docker, podman");
	assert_quoted("$A", "", "'$A'", "dotenv-expand, next, docker, podman");
	assert_quoted("${A}", "", "'${A}'",
		"dotenv-expand, next, python-dotenv, docker, podman, compose");
	assert_quoted("\\\\", "", "'\\\\'",
		"python-dotenv, godotenv, docker, podman, compose");
	assert_quoted("a\\nb", "", "'a\\nb'", "docker, podman, env-cmd");
	assert_quoted("$(id)", "", "'$(id)'", "dotenv-expand, docker, podman");
}

Test(quote, with_a_single_quote_alone_double_quotes)
{
	assert_quoted("it's", "", "\"it's\"", "docker, podman");
}

Test(quote, line_breaks_stay_real)
{
	assert_quoted("a\nb", "", "\"a\nb\"",
		"dotenv8, ruby-dotenv, rust-dotenv, docker, podman, direnv, "
		"env-cmd");
	assert_quoted("{\"a\"\n}", "", "'{\"a\"\n}'", NULL);
}

Test(quote, both_quotes_are_bare_where_that_is_possible)
{
	assert_quoted("it's\"x", "", "it's\"x",
		"symfony, rust-dotenv, bash, dash, zsh");
}

Test(quote, wanted_readers_choose_the_camp)
{
	assert_quoted("'\"x\"", "bash", "\"'\\\"x\\\"\"", NULL);
	assert_quoted("'\"x\"", "node", "`'\"x\"`", NULL);
	assert_quoted("$A", "dotenv-expand", "\"\\$A\"", NULL);
	assert_quoted("a\nb", "ruby-dotenv", "\"a\\nb\"", NULL);
	assert_quoted("a b", "docker, dotenv", "a b", NULL);
}

Test(quote, docker_alone_gets_it_raw)
{
	assert_quoted("a b", "docker", "a b", NULL);
	assert_quoted("'\"` #$x\\", "docker, podman", "'\"` #$x\\", NULL);
	assert_quoted("\"a\"", "podman", "\"a\"", NULL);
	assert_refused("A", "a\nb", "docker", "line break");
}

Test(quote, refuses_what_cannot_be_written)
{
	assert_refused("A", "a\rb", "", "CR");
	assert_refused("A", "a\r\nb", "", "CR");
	assert_refused("A", "\xff", "", "UTF-8");
	assert_refused("1A", "x", "", "name");
	assert_refused("A B", "x", "", "name");
	assert_refused("", "x", "", "name");
	assert_refused("A", "$(id)", "dotenv-expand", "run");
	assert_quoted("$(id)", "bash", "'$(id)'", NULL);
}

Test(quote, messages_never_have_the_value)
{
	SCOPED(buf) struct buf out = BUF(64);
	struct error err = { .status = STATUS_OK };
	reader_set set = 0;

	cr_assert(!envfile_quote("A", "hunter2\r", 0, &out, &set, &err));
	cr_assert_null(strstr(err.what, "hunter2"));
	cr_assert_null(strstr(err.next, "hunter2"));
}

Test(quote, long_values)
{
	SCOPED(buf) struct buf out = BUF(1U << 20);
	struct error err = { .status = STATUS_OK };
	reader_set set = 0;
	char *value = memory_array(200000, 1);

	memset(value, 'x', 131071 - 2);
	cr_assert(envfile_quote("A", value, 0, &out, &set, &err));
	cr_assert_eq(set, readers("docker, podman"));
	value[131071 - 2] = 'x';
	cr_assert(!envfile_quote("A", value, 0, &out, &set, &err));
	value[65535 - 2] = '\0';
	cr_assert(envfile_quote("A", value, 0, &out, &set, &err));
	cr_assert_eq(set, 0);
	free(value);
}

Test(reader, names_are_found)
{
	for (unsigned i = 0; i < READER_COUNT; i++)
		cr_assert_eq(
			(unsigned)reader_find(reader_name((enum reader)i)), i);
	cr_assert_eq(reader_find("docker-compose"), READER_COUNT);
	cr_assert_eq(reader_find(""), READER_COUNT);
	cr_assert(readers_are_raw(readers("docker, podman")));
	cr_assert(!readers_are_raw(readers("docker, node")));
	cr_assert(!readers_are_raw(0));
}
