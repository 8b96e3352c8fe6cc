/* SPDX-License-Identifier: MIT */
#include "readers/readers.h"

#include "base/text.h"
#include "readers/readers_internal.h"

static const char *const names[] = {
#define X(constant, name) [constant] = (name),
	READERS(X)
#undef X
};

const char *reader_name(enum reader reader)
{
	return (unsigned)reader < READER_COUNT ? names[reader] : "";
}

enum reader reader_find(const char *name)
{
	for (size_t i = 0; i < READER_COUNT; i++)
		if (text_equal(names[i], name))
			return (enum reader)i;
	return READER_COUNT;
}

bool readers_are_raw(reader_set readers)
{
	return readers != 0 && (readers & ~READERS_RAW) == 0;
}

size_t readers_count(reader_set readers)
{
	size_t count = 0;

	for (; readers; readers &= readers - 1)
		count++;
	return count;
}

void readers_format(reader_set readers, struct buf *out)
{
	const char *separator = "";

	for (size_t i = 0; i < READER_COUNT; i++) {
		if (!(readers >> i & 1U))
			continue;
		buf_text(out, separator);
		buf_text(out, names[i]);
		separator = ", ";
	}
}

/* clang-format off */
const struct reader_model reader_models[READER_MODELS] = {
	{ READER_NODE, "20", read_node, NODE_20, BYTES_REPLACED, MARK_IN_NAME, false, 0 },
	{ READER_NODE, "22 and later", read_node, NODE_22, BYTES_REPLACED, MARK_IN_NAME, false, 0 },
	{ READER_DOTENV, NULL, read_pairs, PAIRS_DOTENV, BYTES_REPLACED, MARK_SKIPPED, false, 0 },
	{ READER_DOTENV8, NULL, read_dotenv8, 0, BYTES_REPLACED, MARK_SKIPPED, false, 0 },
	{ READER_DOTENV_EXPAND, "11", read_pairs, PAIRS_EXPAND_11, BYTES_REPLACED, MARK_SKIPPED, false, 0 },
	{ READER_DOTENV_EXPAND, "1000", read_pairs, PAIRS_EXPAND_1000, BYTES_REPLACED, MARK_SKIPPED, false, 0 },
	{ READER_NEXT, NULL, read_pairs, PAIRS_NEXT, BYTES_REPLACED, MARK_SKIPPED, false, 0 },
	{ READER_DOTENVX, NULL, read_pairs, PAIRS_DOTENVX, BYTES_REPLACED, MARK_SKIPPED, false, 0 },
	{ READER_PYTHON_DOTENV, NULL, read_python, PYTHON_DOTENV, BYTES_REFUSED, MARK_IN_NAME, false, 0 },
	{ READER_RUBY_DOTENV, NULL, read_ruby, RUBY_DOTENV, BYTES_REFUSED, MARK_SKIPPED, false, 0 },
	{ READER_PHPDOTENV, NULL, read_php, 0, BYTES_KEPT, MARK_SKIPPED, false, 0 },
	{ READER_SYMFONY, NULL, read_symfony, 0, BYTES_KEPT, MARK_REFUSED, false, 0 },
	{ READER_GODOTENV, NULL, read_go, 0, BYTES_KEPT, MARK_REFUSED, false, 0 },
	{ READER_RUST_DOTENV, NULL, read_rust, 0, BYTES_REFUSED, MARK_REFUSED, true, 0 },
	{ READER_BASH, NULL, read_shell, 0, BYTES_KEPT, MARK_IN_NAME, false, 0 },
	{ READER_DASH, NULL, read_shell, 0, BYTES_KEPT, MARK_IN_NAME, false, 0 },
	{ READER_ZSH, NULL, read_shell, 0, BYTES_KEPT, MARK_IN_NAME, false, 0 },
	{ READER_SYSTEMD, NULL, read_systemd, 0, BYTES_REFUSED_IN_USE, MARK_IN_NAME, false, 0 },
	{ READER_DOCKER, NULL, read_docker, 0, BYTES_REFUSED, MARK_SKIPPED, false, READERS_RAW_LINE },
	{ READER_PODMAN, NULL, read_docker, 0, BYTES_KEPT, MARK_IN_NAME, false, READERS_RAW_LINE },
	{ READER_COMPOSE, "1", read_python, PYTHON_COMPOSE, BYTES_REFUSED, MARK_SKIPPED, false, 0 },
	{ READER_COMPOSE, "2", read_go, 0, BYTES_KEPT, MARK_SKIPPED, false, 0 },
	{ READER_DIRENV, NULL, read_ruby, RUBY_DIRENV, BYTES_KEPT, MARK_REFUSED, false, 0 },
	{ READER_ENV_CMD, NULL, read_env_cmd, 0, BYTES_REPLACED, MARK_SKIPPED, false, 0 },
	{ READER_PM2, "Node 20", read_node, NODE_20, BYTES_REPLACED, MARK_IN_NAME, false, 0 },
	{ READER_PM2, "Node 22 and later", read_node, NODE_22, BYTES_REPLACED, MARK_IN_NAME, false, 0 },
};
/* clang-format on */
