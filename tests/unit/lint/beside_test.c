/* SPDX-License-Identifier: MIT */
#include "lint/lint.h"

#include "base/memory.h"
#include "os/directory.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DOCKER ((reader_set)1 << READER_DOCKER)
#define PODMAN ((reader_set)1 << READER_PODMAN)
#define COMPOSE ((reader_set)1 << READER_COMPOSE)

/* A file beside .env, what it says, and who reads .env by it. */
static const struct {
	const char *name, *text;
	reader_set readers;
} rows[] = {
	{ "README", "docker run --env-file .env x\n", 0 },
	{ "Dockerfile", "FROM node\n", DOCKER },
	{ "Makefile", "up:\n\tdocker run --env-file .env x\n", DOCKER },
	{ "Makefile", "up:\n\tdocker run --env-file=./.env x\n", DOCKER },
	{ "run.sh",
		"docker run \\\n  -p 80:80 \\\n  --env-file \"$PWD/.env\" x\n",
		DOCKER },
	{ "run.sh", "docker run --env-file .env.local x\n", 0 },
	{ "run.sh", "docker run --env-file a.env x\n", 0 },
	{ "run.sh", "docker run x\nnode --env-file .env x\n", 0 },
	{ "run.sh", "podman run --env-file .env x\n", PODMAN },
	{ "run.sh", "docker compose --env-file .env up\n", COMPOSE },
	{ "run.sh", "docker run --env-file a --env-file .env x\n", DOCKER },
	{ "run.sh", "docker run --env-file", 0 },
	{ "run.sh", "docker run --env-file \\", 0 },
	{ "package.json",
		"{\"scripts\":{\"up\":\"docker run --env-file .env x\"}}",
		DOCKER },
	{ "compose.yaml", "services:\n  a:\n    env_file: .env\n", COMPOSE },
	{ "compose.yaml", "services:\n  a:\n    env_file: [x, \".env\"]\n",
		COMPOSE },
	{ "docker-compose.prod.yml",
		"services:\n  a:\n    env_file:\n    - x\n    - ./.env\n",
		COMPOSE },
	{ "compose.yaml",
		"services:\n  a:\n    env_file:\n      - path: .env\n"
		"        format: raw\n    image: x\n",
		DOCKER },
	{ "compose.yaml",
		"services:\n  a:\n    env_file: x\n    volumes:\n      - "
		".env\n",
		0 },
	{ "compose.yaml", "env_file:", 0 },
	{ "compose.yaml", "", 0 },
};

static reader_set readers_with(
	const char *const *names, const char *const *texts, size_t count)
{
	char folder[] = "/tmp/aigenv-beside-XXXXXX";

	cr_assert(mkdtemp(folder));
	for (size_t i = 0; i < count; i++) {
		char *path = path_join(folder, names[i]);
		FILE *file = fopen(path, "w");
		cr_assert(file);
		cr_assert_eq(fputs(texts[i], file) < 0, 0);
		cr_assert_eq(fclose(file), 0);
		free(path);
	}
	char *env = path_join(folder, ".env");
	reader_set readers = lint_readers_beside(env, false);
	for (size_t i = 0; i < count; i++) {
		char *path = path_join(folder, names[i]);
		(void)unlink(path);
		free(path);
	}
	free(env);
	(void)rmdir(folder);
	return readers;
}

Test(beside, a_file_tells_who_reads_the_env_file)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_eq(readers_with(&rows[i].name, &rows[i].text, 1),
			rows[i].readers, "%s: %s", rows[i].name, rows[i].text);
}

/* A Dockerfile says that there is an image, and the compose file how it gets
 * its variables. */
Test(beside, compose_knows_more_than_a_dockerfile)
{
	static const char *const names[] = { "Dockerfile", "compose.yml" };
	static const char *const texts[] = { "FROM node\n",
		"services:\n  a:\n    env_file: .env\n" };

	cr_assert_eq(readers_with(names, texts, 2), COMPOSE);
}
