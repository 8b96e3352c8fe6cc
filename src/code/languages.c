/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"
#include "os/directory.h"

#include <string.h>

static const struct {
	const char *end;
	enum language language;
} endings[] = {
	{ ".js", LANGUAGE_JS },
	{ ".mjs", LANGUAGE_JS },
	{ ".cjs", LANGUAGE_JS },
	{ ".jsx", LANGUAGE_JS },
	{ ".ts", LANGUAGE_JS },
	{ ".mts", LANGUAGE_JS },
	{ ".cts", LANGUAGE_JS },
	{ ".tsx", LANGUAGE_JS },
	{ ".vue", LANGUAGE_JS },
	{ ".svelte", LANGUAGE_JS },
	{ ".astro", LANGUAGE_JS },
	{ ".py", LANGUAGE_PYTHON },
	{ ".rb", LANGUAGE_RUBY },
	{ ".rake", LANGUAGE_RUBY },
	{ ".ru", LANGUAGE_RUBY },
	{ "Gemfile", LANGUAGE_RUBY },
	{ "Rakefile", LANGUAGE_RUBY },
	{ ".blade.php", LANGUAGE_TEMPLATE },
	{ ".erb", LANGUAGE_TEMPLATE },
	{ ".php", LANGUAGE_PHP },
	{ ".go", LANGUAGE_GO },
	{ ".rs", LANGUAGE_RUST },
	{ ".java", LANGUAGE_JAVA },
	{ ".kt", LANGUAGE_JAVA },
	{ ".cs", LANGUAGE_JAVA },
	{ ".ex", LANGUAGE_ELIXIR },
	{ ".exs", LANGUAGE_ELIXIR },
	{ ".sh", LANGUAGE_SHELL },
	{ ".bash", LANGUAGE_SHELL },
	{ ".prisma", LANGUAGE_PRISMA },
};

enum language language_of(const char *path, const char *text, size_t size)
{
	const char *name = path_name(path);
	const struct slice whole = { text, size };

	if ((text_ends_with(name, ".yml") || text_ends_with(name, ".yaml")) &&
		(text_starts_with(name, "docker-compose") ||
			text_starts_with(name, "compose")))
		return LANGUAGE_COMPOSE;
	/* Rails reads its own through ERB. */
	if (text_ends_with(name, ".yml") && slice_contains(whole, "<%="))
		return LANGUAGE_RUBY;
	for (size_t i = 0; i < ARRAY_SIZE(endings); i++)
		if (text_ends_with(name, endings[i].end))
			return endings[i].language;
	if (strchr(name, '.') || !slice_begins(whole, "#!"))
		return LANGUAGE_NONE;
	const struct slice first = slice_first(whole, slice_find(whole, '\n'));
	return slice_contains(first, "node") || slice_contains(first, "bun")
		? LANGUAGE_JS
		: slice_contains(first, "python") ? LANGUAGE_PYTHON
		: slice_contains(first, "ruby")   ? LANGUAGE_RUBY
		: slice_contains(first, "sh")     ? LANGUAGE_SHELL
						  : LANGUAGE_NONE;
}

static const struct {
	enum language language;
	struct lexicon lexicon;
} lexicons[] = {
	{ LANGUAGE_JS,
		{ .slashes = true,
			.quotes = "\"'`",
			.spans = "`",
			.inner = "${",
			.inner_quotes = "`" } },
	{ LANGUAGE_PYTHON,
		{ .hash = true,
			.triple = true,
			.quotes = "\"'",
			.spans = "",
			.inner = "{",
			.inner_quotes = "\"'" } },
	{ LANGUAGE_RUBY,
		{ .hash = true,
			.quotes = "\"'",
			.spans = "",
			.inner = "#{",
			.inner_quotes = "\"" } },
	{ LANGUAGE_PHP,
		{ .slashes = true,
			.hash = true,
			.quotes = "\"'",
			.spans = "",
			.inner = "{$",
			.inner_quotes = "\"" } },
	{ LANGUAGE_GO, { .slashes = true, .quotes = "\"`", .spans = "`" } },
	{ LANGUAGE_RUST, { .slashes = true, .quotes = "\"", .spans = "" } },
	{ LANGUAGE_JAVA, { .slashes = true, .quotes = "\"", .spans = "" } },
	{ LANGUAGE_ELIXIR,
		{ .hash = true,
			.triple = true,
			.quotes = "\"",
			.spans = "",
			.inner = "#{",
			.inner_quotes = "\"" } },
	{ LANGUAGE_SHELL,
		{ .hash = true,
			.quotes = "'\"",
			.spans = "",
			.as_code = "\"" } },
	{ LANGUAGE_COMPOSE, { .hash = true, .quotes = "" } },
	{ LANGUAGE_TEMPLATE, { .quotes = "" } },
	{ LANGUAGE_PRISMA, { .slashes = true, .quotes = "\"", .spans = "" } },
};

const struct lexicon *lexicon_of(enum language language)
{
	for (size_t i = 0; i < ARRAY_SIZE(lexicons); i++)
		if (lexicons[i].language == language)
			return &lexicons[i].lexicon;
	return NULL;
}

#define JS LANGUAGE_JS
#define VITE_GIVES "MODE DEV PROD SSR BASE_URL"

/* Rows of: languages, text, where, asks, is_member, given. */
#define READS(languages, text)                                                 \
	{                                                                      \
		languages, text, NULL, false, false, NULL                      \
	}
#define ASKS(languages, text)                                                  \
	{                                                                      \
		languages, text, NULL, true, false, NULL                       \
	}
#define MEMBER(languages, text)                                                \
	{                                                                      \
		languages, text, NULL, false, true, NULL                       \
	}

const struct reading readings[] = {
	MEMBER(JS, "process.env .%n"),
	MEMBER(JS, "process.env ?.%n"),
	MEMBER(JS, "process.env [ %s ]"),
	MEMBER(JS, "process.env ?.[ %s ]"),
	{ JS, "import.meta.env .%n", NULL, false, false, VITE_GIVES },
	{ JS, "import.meta.env ?.%n", NULL, false, false, VITE_GIVES },
	{ JS, "import.meta.env [ %s ]", NULL, false, false, VITE_GIVES },
	READS(JS, "Bun.env .%n"),
	READS(JS, "Bun.env [ %s ]"),
	/* A variable that is all of the environment. */
	{ JS, "env .%n",
		"loadEnv(|env = process.env;|from \"node:process\"|"
		"from 'node:process'|from \"process\"|from 'process'|"
		"$env/dynamic/",
		false, false, NULL },
	/* Nest */
	MEMBER(JS, "configService .get %t ( %a"),
	MEMBER(JS, "configService .getOrThrow %t ( %a"),
	{ JS, "config .get %t ( %a", "ConfigService", false, true, NULL },
	{ JS, "config .getOrThrow %t ( %a", "ConfigService", false, true,
		NULL },
	MEMBER(LANGUAGE_PYTHON, "environ [ %s ]"),
	{ LANGUAGE_PYTHON, "config ( %a", "decouple|starlette.config", false,
		false, NULL },
	READS(LANGUAGE_RUBY | LANGUAGE_TEMPLATE, "ENV [ %s ]"),
	READS(LANGUAGE_PHP | LANGUAGE_TEMPLATE, "$_ENV [ %s ]"),
	READS(LANGUAGE_SHELL | LANGUAGE_COMPOSE, "${%n:?"),
	READS(LANGUAGE_SHELL | LANGUAGE_COMPOSE, "${%n?"),
	READS(LANGUAGE_COMPOSE, "${%n}"),
	ASKS(LANGUAGE_COMPOSE, "${%n:-"),
	ASKS(LANGUAGE_COMPOSE, "${%n-"),
	READS(LANGUAGE_COMPOSE, "$%n"),
};
const size_t reading_count = ARRAY_SIZE(readings);
